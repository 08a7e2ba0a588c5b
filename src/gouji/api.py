"""What scripts call: a workbook's path in, a report out, notes written into the file or a copy."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import NamedTuple, TypeAlias

from gouji import flow
from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import WriteOutcome
from gouji.packs.model import Severity
from gouji.report import notes as notes_of
from gouji.report.model import Report
from gouji.sheet import Book

__all__ = ["Annotated", "annotate", "clear", "validate"]

File: TypeAlias = str | PathLike[str]


class Annotated(NamedTuple):
    """What was found, and what was written."""

    report: Report
    written: WriteOutcome


def validate(
    workbook: File | Book, *, pack: str | None = None, params: Mapping[str, str] | None = None
) -> Report:
    """Check a workbook, given by path or as a ``Book`` of plain values, and write nothing.

    ``pack`` is an id or a folder; without it the pack whose forms fit best. ``params`` set names that formulas use,
    such as ``{"满分": "100"}``. Raises ``WorkbookError`` for a workbook that cannot be read or holds no standard
    table, ``PackError`` for a faulty pack, ``GoujiError`` for wrong usage, ``TypeError`` for anything but a path.
    """
    source = workbook if isinstance(workbook, Book) else _path(workbook)
    return flow.validate(source, pack=pack, params=params)


def annotate(
    workbook: File,
    *,
    out: File | None = None,
    pack: str | None = None,
    params: Mapping[str, str] | None = None,
    notes: Severity = "warning",
    highlight: bool = False,
    result_sheet: bool = False,
    backup: bool = True,
    language: str = "zh",
) -> Annotated:
    """Check a workbook and write what was found into its cells, or into the cells of the copy ``out``.

    ``notes`` is the least severity that gets a note. The first write in place keeps the original beside the file
    unless ``backup`` is false. Its report lacks what only machine formats show (``explanations``, ``excel``): see
    ``validate``. Errors as of ``validate``; ``WorkbookError``, too, where the file cannot be written.
    """
    path = _path(workbook)
    report = flow.validate(path, pack=pack, params=params, details=False)
    written = annotate_package(
        path,
        notes_of.cell_notes(report, least=notes, language=language),
        out=None if out is None else _path(out),
        backup=backup,
        highlight=highlight,
        result_sheet=notes_of.result_sheet(report, language=language) if result_sheet else None,
    )
    return Annotated(report, written)


def clear(workbook: File, *, out: File | None = None, backup: bool = True) -> WriteOutcome:
    """Remove the notes, colours and the result sheet of gouji, and nothing else; errors as of ``annotate``."""
    return clear_package(_path(workbook), out=None if out is None else _path(out), backup=backup)


def _path(workbook: object) -> Path:
    if isinstance(workbook, (str, PathLike)):
        return Path(workbook)
    kind = type(workbook).__name__
    raise TypeError(
        f"要的是工作簿文件的路径（str 或 Path），不是 {kind}；内存里的 openpyxl Workbook 还不支持，请先保存成文件。"
        f"(A path is expected, not {kind}; an openpyxl Workbook in memory is not supported yet: save it first.)"
    )
