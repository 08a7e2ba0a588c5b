"""Files named on the command line, and writing one whole or not at all."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from pathlib import Path

from gouji.errors import GoujiError, WorkbookError

_LOCK = "~$"


def expanded(names: Iterable[str]) -> list[str | WorkbookError]:
    """The files meant, each once: patterns that no shell expanded are expanded here.

    A pattern that fits no file gives the error in its place, so that the other files are still read.
    """
    files: dict[str, str | WorkbookError] = {}
    for name in names:
        for file in _matches(name) if glob.has_magic(name) and not os.path.exists(name) else [name]:
            files.setdefault(os.path.normcase(os.path.abspath(file)), file)
        if glob.has_magic(name) and not os.path.exists(name) and not _matches(name):
            files[name] = WorkbookError(f"没有与 {name} 相符的文件。", f"No file matches {name}.")
    return list(files.values())


def same_file(one: str | Path, other: str | Path) -> bool:
    """Whether both names lead to one file."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return os.path.abspath(one) == os.path.abspath(other)


def write_whole(path: Path, text: str) -> None:
    """Write the text as UTF-8: a new file beside it, flushed to disk, then renamed. ``GoujiError`` when it cannot."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        try:
            with temporary.open("wb") as stream:
                stream.write(text.encode("utf-8", "backslashreplace"))
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise GoujiError(f"无法写入 {path}：{reason}。", f"Cannot write {path}: {reason}.") from error


def _matches(pattern: str) -> list[str]:
    return sorted(each for each in glob.glob(pattern) if not os.path.basename(each).startswith(_LOCK))
