"""Where packs are: a folder given by path, else an id in ``GOUJI_PACKS`` or among the shipped packs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gouji.errors import PackError, Problem

SEARCH_VARIABLE = "GOUJI_PACKS"
PACK_FILE = "pack.yaml"
FOLDERS = ("codes", "tables", "texts", "rules")
"""The folders of a pack whose files are read with it."""
CASES_FOLDER = "cases"
"""The folder of whole cases: read only when they are run."""
DRAFTS_FOLDER = "drafts"
"""The folder of templates for texts: read only when a draft is written."""
_LOOKS_LIKE_PACK = re.compile(rb"^(?:pack|codes|table|text|rules|cases)[ \t]*:", re.MULTILINE)
_EXTENDS = re.compile(rb"^extends[ \t]*:[ \t]*(?P<id>[^\s#]+)[ \t]*(?:#.*)?\r?$", re.MULTILINE)

_ID = re.compile(r"\w[\w.\-]*")


class PackFiles(NamedTuple):
    """A pack's folder as read: ``files`` maps paths relative to it (with ``/``) to their bytes."""

    folder: Path
    files: dict[str, bytes]

    @property
    def name(self) -> str:
        """The folder's name, by which messages name its files."""
        return self.folder.name

    def shown(self, path: str) -> str:
        """How messages name one of its files."""
        return f"{self.name}/{path}"


@cache
def shipped_packs() -> Path:
    """The folder of the packs that come with gouji."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_data" / "rules"
    return installed if installed.is_dir() else package.parents[1] / "rules"


def search_path() -> tuple[Path, ...]:
    """Folders that hold packs by id: those of ``GOUJI_PACKS`` first, then the shipped ones."""
    own = os.environ.get(SEARCH_VARIABLE, "").split(os.pathsep)
    return (*(Path(folder) for folder in own if folder), shipped_packs())


def available_packs() -> tuple[str, ...]:
    """The ids of all packs that can be named without a path, sorted."""
    return tuple(sorted({found.parent.name for folder in search_path() for found in folder.glob(f"*/{PACK_FILE}")}))


def find_pack(pack: str | Path) -> Path:
    """The folder of a pack given by id or by path; ``PackError`` when there is none."""
    if isinstance(pack, str) and not ({"/", os.sep} & set(pack)):
        folder = _by_id(pack, search_path())
        if folder:
            return folder
    folder = Path(pack)
    if (folder / PACK_FILE).is_file():
        return folder.resolve()
    (meant_zh, meant_en), known = _meant(str(pack)), "、".join(available_packs())
    raise PackError([Problem(
        str(pack), 1, 1,
        f"没有规则包 {pack}（文件夹里要有 {PACK_FILE}）{meant_zh}已有：{known}",
        f"no pack {pack} (a folder with {PACK_FILE}){meant_en} there are: {known}",
    )])


def read_lineage(folder: Path) -> tuple[PackFiles, ...]:
    """The pack in ``folder`` and all it extends, the root first; ``PackError`` when one is missing."""
    chain: list[PackFiles] = []
    while True:
        pack = PackFiles(folder, dict(_files(folder)))
        chain.insert(0, pack)
        parent = declared_parent(pack.files[PACK_FILE])
        if parent is None:
            return tuple(chain)
        folder = _parent_folder(pack, parent, chain)


def declared_parent(content: bytes) -> str | None:
    """The id behind ``extends:`` in a pack.yaml, read without a YAML parser so that a cached pack loads fast."""
    match = _EXTENDS.search(content)
    return match["id"].decode("utf-8", "replace").strip("'\"") if match else None


def extends_line(content: bytes) -> int:
    """The 1-based line of ``extends:``."""
    match = _EXTENDS.search(content)
    return content.count(b"\n", 0, match.start()) + 1 if match else 1


def _by_id(pack_id: str, folders: tuple[Path, ...]) -> Path | None:
    if not _ID.fullmatch(pack_id):
        return None
    for folder in folders:
        if (folder / pack_id / PACK_FILE).is_file():
            return (folder / pack_id).resolve()
    return None


def _parent_folder(pack: PackFiles, parent: str, chain: list[PackFiles]) -> Path:
    line = extends_line(pack.files[PACK_FILE])
    folder = _by_id(parent, (pack.folder.parent, *search_path()))
    if folder is None:
        (meant_zh, meant_en), known = _meant(parent), "、".join(available_packs())
        raise PackError([Problem(
            pack.shown(PACK_FILE), line, 1,
            f"没有规则包 {parent} 可继承{meant_zh}已有：{known}",
            f"no pack {parent} to extend{meant_en} there are: {known}",
        )])
    if any(above.folder == folder for above in chain):
        raise PackError([Problem(
            pack.shown(PACK_FILE), line, 1,
            f"继承成了圈：{parent}", f"packs extend one another in a circle: {parent}",
        )])
    return folder


def _meant(pack: str) -> tuple[str, str]:
    from gouji.language.spelling import nearest

    guess = nearest(pack, available_packs())
    return (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("；", ";")


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a pack, also those that stand where no file of a pack is read; not its cases, not hidden ones."""
    try:
        yield PACK_FILE, (folder / PACK_FILE).read_bytes()
        for name in sorted(os.listdir(folder)):
            if name in (PACK_FILE, CASES_FOLDER, DRAFTS_FOLDER) or name.startswith("."):
                continue
            if (folder / name).is_dir():
                yield from _files_of(folder, name)
            elif _is_yaml(name) and _LOOKS_LIKE_PACK.search(content := (folder / name).read_bytes()):
                yield name, content
    except OSError as error:
        raise PackError([Problem(
            folder.name, 1, 1, f"读不了规则包：{error.strerror}", f"cannot read the pack: {error.strerror}",
        )]) from None


def _files_of(folder: Path, part: str) -> Iterator[tuple[str, bytes]]:
    for name in sorted(os.listdir(folder / part)):
        place = folder / part / name
        if _is_yaml(name) and place.is_file():
            yield f"{part}/{name}", place.read_bytes()
        elif part in FOLDERS and place.is_dir():
            yield from ((f"{part}/{name}/{deep.name}", deep.read_bytes()) for deep in sorted(place.glob("*.y*ml")))


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))
