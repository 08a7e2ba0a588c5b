"""Files that may not be written, and writing that is all or nothing."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TypeAlias

from gouji.errors import WorkbookError

BACKUP_WORD = "原件"

FileState: TypeAlias = tuple[int, int, int, int]
"""Device, number, size and time of change (ns) of a file: another state, another content."""


def refuse_unwritable(path: Path) -> None:
    """Raise WorkbookError when the file is open in a program, read-only, or in a folder that takes no files."""
    for lock in (f"~${path.name}", _word_lock(path), f".~lock.{path.name}#", f".~{path.name}"):
        if os.path.lexists(path.parent / lock):
            raise WorkbookError(
                f"{path.name} 正在其他程序中打开（有锁定文件 {lock}），未写入。"
                "请先关闭该文件；若确已关闭，请删除这个锁定文件后重试。",
                f"{path.name} is open in another program (lock file {lock}); nothing was written. "
                "Close it there; if it is closed, delete the lock file and run again.",
            )
    if path.exists() and not _writable(path):
        raise WorkbookError(
            f"{path.name} 是只读文件，未写入。请取消只读属性，或用 -o 另存为副本。",
            f"{path.name} is read-only; nothing was written. Make it writable, or write a copy with -o.",
        )
    if not path.parent.is_dir():
        raise WorkbookError(
            f"文件夹 {path.parent} 不存在，未写入。请先建立该文件夹。",
            f"There is no folder {path.parent}; nothing was written. Make it first.",
        )
    if not _writable(path.parent):
        raise _folder_refused(path, "")


def _word_lock(path: Path) -> str:
    """How Word names its lock file: for long names in the place of the first one or two characters."""
    is_word = path.suffix.lower().startswith((".doc", ".dot"))
    return f"~${path.name[min(max(len(path.stem) - 6, 0), 2) if is_word else 0 :]}"


def file_state(path: Path) -> FileState | None:
    """The state of a file now; ``None`` when it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def refuse_changed(path: Path, state: FileState | None) -> None:
    """Raise WorkbookError when the file is no longer as it was when it was read."""
    if state is not None and file_state(path) != state:
        raise WorkbookError(
            f"{path.name} 在审核期间被其他程序改动，未写入。请重新运行。",
            f"{path.name} was changed by another program while it was checked; nothing was written. Run again.",
        )


def backup_path(path: Path) -> Path:
    """Where the copy of the first original stands: beside the file."""
    return path.with_name(f"{path.stem}.{BACKUP_WORD}{path.suffix}")


def keep_original(path: Path, content: bytes) -> Path | None:
    """Keep ``content`` as the original beside the file unless one is kept already."""
    kept = backup_path(path)
    if kept.exists():
        return None
    write_atomically(kept, content, like=path)
    return kept


def write_atomically(path: Path, content: bytes, like: Path) -> None:
    """Write a new file beside ``path``, flush it to disk and move it into place, with the mode of ``like``."""
    try:
        handle, name = tempfile.mkstemp(prefix=".gouji-", suffix=path.suffix, dir=path.parent)
    except OSError as fault:
        raise _folder_refused(path, fault.strerror) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(like.stat().st_mode & 0o7777)
        temporary.replace(path)
    except OSError as fault:
        raise WorkbookError(
            f"{path.name} 未能写入（{fault.strerror}），原文件未变。请检查磁盘空间和权限。",
            f"{path.name} could not be written ({fault.strerror}) and is unchanged. "
            "Check disk space and permissions.",
        ) from None
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _writable(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)


def _folder_refused(path: Path, reason: str | None) -> WorkbookError:
    why_zh, why_en = (f"（{reason}）", f" ({reason})") if reason else ("", "")
    return WorkbookError(
        f"文件夹 {path.parent} 不可写{why_zh}，{path.name} 未写入。请更换文件夹，或用 -o 写到别处。",
        f"The folder {path.parent} is not writable{why_en}; {path.name} was not written. "
        "Write a copy elsewhere with -o.",
    )
