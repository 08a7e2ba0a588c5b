"""Which host a workbook or a text needs, found without loading a library that the caller does not use."""

from __future__ import annotations

import sys
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.errors import GoujiError
from gouji.hosts.protocol import Host, WriteOutcome

if TYPE_CHECKING:
    from openpyxl import Workbook


def host_of(
    workbook: str | PathLike[str] | Workbook, *, out: str | PathLike[str] | None = None, backup: bool = True
) -> Host:
    """The host of a file, given by path, or of an openpyxl ``Workbook``.

    ``out`` and ``backup`` are for files: where a copy is written, whether the original is kept. Raises ``TypeError``
    for anything else, ``GoujiError`` for ``out`` with a workbook in memory.
    """
    if isinstance(workbook, (str, PathLike)):
        from gouji.hosts.package.host import PackageHost

        return PackageHost(Path(workbook), out=None if out is None else Path(out), backup=backup)
    if not is_workbook(workbook):
        kind = type(workbook).__name__
        raise TypeError(
            f"要的是工作簿文件的路径（str 或 Path）或 openpyxl 的 Workbook，不是 {kind}。"
            f"(A path or an openpyxl Workbook is expected, not {kind}.)"
        )
    if out is not None:
        raise GoujiError(
            "内存中的工作簿没有文件，不能指定 out；写好批注后请自己保存（wb.save）。",
            "A workbook in memory is no file and takes no out; save it yourself when it is annotated (wb.save).",
        )
    from gouji.hosts.memory.host import MemoryHost

    return MemoryHost(workbook)


_DOCUMENTS = frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps", ".txt", ".md", ".markdown", ".text"})


def is_document(path: Path) -> bool:
    """Whether a file is named as a text (Word or plain), not as a workbook."""
    return path.suffix.lower() in _DOCUMENTS


def clear_file(path: Path, *, out: Path | None = None, backup: bool = True) -> WriteOutcome:
    """Take everything of ours out of a workbook or a Word document; errors as of ``Host.clear``."""
    if is_document(path):
        from gouji.hosts.word.writing import clear_document

        return clear_document(path, out=out, backup=backup)
    from gouji.hosts.package.writing import clear_package

    return clear_package(path, out=out, backup=backup)


def is_workbook(workbook: object) -> bool:
    """Whether it is an openpyxl ``Workbook``; there is none while openpyxl is not loaded."""
    module = sys.modules.get("openpyxl.workbook.workbook")
    return module is not None and isinstance(workbook, module.Workbook)
