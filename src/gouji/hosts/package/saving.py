"""Writing an edited package to its file or into a copy: all or nothing, and only when something changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gouji.errors import WorkbookError
from gouji.hosts.package import locks
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.parts import Parts


class Target(NamedTuple):
    """Where to write: the file itself or the copy ``out``; ``backup``: keep the original beside it once."""

    path: Path
    out: Path | None
    backup: bool
    clearing: bool = False

    @property
    def in_place(self) -> bool:
        """Whether the file itself is written."""
        return self.out is None or (self.out.exists() and self.out.samefile(self.path))


class Saved(NamedTuple):
    """The file written, the copy kept of the original, whether its content changed, and (Chinese, English) remarks."""

    path: Path
    backup: Path | None
    changed: bool
    remarks: tuple[tuple[str, str], ...]


def save(archive: Archive, parts: Parts, target: Target) -> Saved:
    """Write what changed in ``parts``, if anything did or a copy is wanted.

    Raises WorkbookError, and writes nothing, when the file cannot be written, is open elsewhere, was changed since it
    was read, or is digitally signed and would be changed in place.
    """
    changed, added, removed = parts.differences()
    differs = bool(changed or added or removed)
    content = archive.rewrite(changed, added, removed) if differs else archive.data
    remarks = tuple(_mind_signature(archive, target)) if differs else ()
    where = target.path if target.out is None else target.out
    kept = None
    if differs or not target.in_place:
        real, in_place = where.resolve(), target.in_place
        locks.refuse_unwritable(real)
        if in_place:
            locks.refuse_changed(real, archive.state)
        if in_place and target.backup:
            kept = locks.keep_original(real, archive.data)
        locks.write_atomically(real, content, like=real if real.exists() else target.path)
    return Saved(where, kept, differs, remarks)


def _mind_signature(archive: Archive, target: Target) -> Iterator[tuple[str, str]]:
    """A digital signature covers the parts; people must not lose it without being told."""
    if target.clearing or not any(name.startswith("_xmlsignatures/") for name in archive.names):
        return
    if target.in_place:
        raise WorkbookError(
            f"{archive.label} 带有数字签名，写入批注会使签名失效，未写入。请用 -o 写到副本。",
            f"{archive.label} is digitally signed and notes would break the signature; "
            "nothing was written. Write a copy with -o.",
        )
    yield (
        "原文件带有数字签名，副本中的签名不再有效；clear 之后恢复。",
        "the original is digitally signed; the signature does not hold for the copy until it is cleared.",
    )
