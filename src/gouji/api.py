"""What scripts call: a workbook in, as a path or in memory; a report out; notes written into its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gouji import flow
from gouji.hosts.opening import host_of
from gouji.hosts.protocol import WriteOutcome
from gouji.packs.model import Severity
from gouji.report import notes as notes_of
from gouji.report.model import Report
from gouji.sheet import Book

if TYPE_CHECKING:
    import xlwings
    from openpyxl import Workbook

__all__ = ["Annotated", "annotate", "clear", "validate"]

File: TypeAlias = str | PathLike[str]


class Annotated(NamedTuple):
    """What was found, and what was written."""

    report: Report
    written: WriteOutcome


def validate(
    workbook: File | Workbook | xlwings.Book | Book,
    *,
    pack: str | None = None,
    params: Mapping[str, str] | None = None,
    name: str | None = None,
) -> Report:
    """Check a workbook and write nothing.

    It is given by path, as an openpyxl ``Workbook``, as an ``xlwings.Book`` that is open, or as a ``Book`` of values.

    ``pack`` is an id or a folder; without it the pack whose forms fit best. ``params`` set names that formulas use,
    such as ``{"满分": "100"}``. ``name`` is what the report calls the workbook, else its file's name (工作簿 for one
    in memory). Raises ``WorkbookError`` for a workbook that cannot be read or holds no standard table, ``PackError``
    for a faulty pack, ``GoujiError`` for wrong usage, ``TypeError`` for anything that is no workbook.
    """
    book = workbook if isinstance(workbook, Book) else host_of(workbook).read()
    return flow.validate(_named(book, name), pack=pack, params=params)


def annotate(
    workbook: File | Workbook | xlwings.Book,
    *,
    out: File | None = None,
    pack: str | None = None,
    params: Mapping[str, str] | None = None,
    notes: Severity = "warning",
    highlight: bool = False,
    result_sheet: bool = False,
    backup: bool = True,
    language: str = "zh",
    name: str | None = None,
) -> Annotated:
    """Check a workbook and write what was found into its cells, or into the cells of the copy ``out``.

    ``notes`` is the least severity that gets a note. The first write in place keeps the original beside the file
    unless ``backup`` is false. An openpyxl ``Workbook`` or an open ``xlwings.Book`` is saved by who holds it; ``out``
    is not for them. The report lacks what only machine formats show (``explanations``, ``excel``): see ``validate``.
    Errors as of ``validate``; ``WorkbookError``, too, where the file cannot be written or was changed meanwhile.
    """
    host = host_of(workbook, out=out, backup=backup)
    report = flow.validate(_named(host.read(), name), pack=pack, params=params, details=False)
    written = host.annotate(
        notes_of.cell_notes(report, least=notes, language=language),
        highlight=highlight,
        result_sheet=notes_of.result_sheet(report, language=language) if result_sheet else None,
    )
    return Annotated(report, written)


def clear(
    workbook: File | Workbook | xlwings.Book, *, out: File | None = None, backup: bool = True
) -> WriteOutcome:
    """Remove the notes, colours and the result sheet of gouji, and nothing else; errors as of ``annotate``."""
    return host_of(workbook, out=out, backup=backup).clear()


def _named(book: Book, name: str | None) -> Book:
    return book if name is None else replace(book, name=name)
