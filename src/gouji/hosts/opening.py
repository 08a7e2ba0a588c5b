"""Which host a workbook or a text needs, found without loading a library that the caller does not use."""

from __future__ import annotations

import sys
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from gouji.document import Document
from gouji.errors import GoujiError
from gouji.hosts.protocol import Host, WriteOutcome

if TYPE_CHECKING:
    import xlwings
    from openpyxl import Workbook


def host_of(
    workbook: str | PathLike[str] | Workbook | xlwings.Book,
    *,
    out: str | PathLike[str] | None = None,
    backup: bool = True,
) -> Host:
    """The host of a file, given by path, of an openpyxl ``Workbook`` or of an open ``xlwings.Book``.

    ``out`` and ``backup`` are for files: where a copy is written, whether the original is kept. Raises ``TypeError``
    for anything else, ``GoujiError`` for ``out`` with a workbook in memory.
    """
    if isinstance(workbook, (str, PathLike)):
        from gouji.hosts.package.host import PackageHost

        return PackageHost(Path(workbook), out=None if out is None else Path(out), backup=backup)
    if not is_workbook(workbook) and not is_live(workbook):
        kind = type(workbook).__name__
        raise TypeError(
            f"要的是工作簿文件的路径（str 或 Path）、openpyxl 的 Workbook 或 xlwings 的 Book，不是 {kind}。"
            f"(A path, an openpyxl Workbook or an xlwings Book is expected, not {kind}.)"
        )
    if out is not None:
        raise GoujiError(
            "内存中或开着的工作簿不能指定 out；写好批注后请自己保存（save）。",
            "A workbook in memory or in a window takes no out; save it yourself when it is annotated (save).",
        )
    if is_live(workbook):
        from gouji.hosts.live.host import LiveHost

        return LiveHost(workbook)
    from gouji.hosts.memory.host import MemoryHost

    return MemoryHost(workbook)


_DOCUMENTS = frozenset({".docx", ".docm", ".dotx", ".dotm", ".doc", ".wps", ".txt", ".md", ".markdown", ".text"})


def is_document(path: Path) -> bool:
    """Whether a file is named as a text (Word or plain), not as a workbook."""
    return path.suffix.lower() in _DOCUMENTS


def document_of(text: str | PathLike[str] | Document) -> Document:
    """The text of a file; a ``Document`` is one already. Raises WorkbookError for a file that cannot be read."""
    if isinstance(text, Document):
        return text
    from gouji.hosts.word.reading import read_document  # only for texts

    return read_document(Path(text))


def clear_file(path: Path, *, out: Path | None = None, backup: bool = True) -> WriteOutcome:
    """Take everything of ours out of a workbook or a Word document; errors as of ``Host.clear``."""
    if is_document(path):
        from gouji.hosts.word.writing import clear_document

        return clear_document(path, out=out, backup=backup)
    from gouji.hosts.package.writing import clear_package

    return clear_package(path, out=out, backup=backup)


def is_live(workbook: object) -> TypeGuard[xlwings.Book]:
    """Whether it is a book of xlwings; there is none while xlwings is not loaded."""
    module = sys.modules.get("xlwings")
    return module is not None and isinstance(workbook, module.Book)


def is_workbook(workbook: object) -> TypeGuard[Workbook]:
    """Whether it is an openpyxl ``Workbook``; there is none while openpyxl is not loaded."""
    module = sys.modules.get("openpyxl.workbook.workbook")
    return module is not None and isinstance(workbook, module.Workbook)
