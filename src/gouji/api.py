"""What scripts call: a workbook in, as a path or in memory; a report out; notes written into its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gouji import flow
from gouji.collection import uncollected
from gouji.document import Document
from gouji.hosts.opening import clear_file, document_of, host_of, is_document
from gouji.hosts.protocol import WriteOutcome
from gouji.packs.model import Severity
from gouji.report.model import Report
from gouji.report.notes import NoteOptions, span_notes, write_notes
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


@uncollected
def validate(
    workbook: File | Workbook | xlwings.Book | Book,
    *,
    pack: str | None = None,
    params: Mapping[str, str] | None = None,
    name: str | None = None,
    text: File | Document | None = None,
) -> Report:
    """Check a workbook and write nothing.

    It is given by path, as an openpyxl ``Workbook``, as an ``xlwings.Book`` that is open, or as a ``Book`` of values.

    ``text`` is the 情况说明 that belongs to it, a .docx or .txt file or a ``Document``: its sentences are judged with
    the tables. The path of such a file in the place of the workbook checks the text alone.

    ``pack`` is an id or a folder; without it the pack whose forms fit best. ``params`` set names that formulas use,
    such as ``{"满分": "100"}``. ``name`` is what the report calls the workbook, else its file's name (工作簿 for one
    in memory). Raises ``WorkbookError`` for a workbook that cannot be read or holds no standard table, ``PackError``
    for a faulty pack, ``GoujiError`` for wrong usage, ``TypeError`` for anything that is no workbook.
    """
    if isinstance(workbook, (str, PathLike)) and is_document(Path(workbook)):
        return flow.validate_text(document_of(workbook), pack=pack, params=params)
    book = workbook if isinstance(workbook, Book) else host_of(workbook).read()
    beside = None if text is None else document_of(text)
    return flow.validate(_named(book, name), pack=pack, params=params, text=beside)


@uncollected
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
    text: File | None = None,
    text_out: File | None = None,
) -> Annotated:
    """Check a workbook and write what was found into its cells, or into the cells of the copy ``out``.

    ``text`` is the Word document that belongs to it: what is wrong there is written on its words, or into the copy
    ``text_out`` (``written.text`` tells what was).

    ``notes`` is the least severity that gets a note. The first write in place keeps the original beside the file
    unless ``backup`` is false. An openpyxl ``Workbook`` or an open ``xlwings.Book`` is saved by who holds it; ``out``
    is not for them. The report lacks what only machine formats show (``explanations``, ``excel``): see ``validate``.
    Errors as of ``validate``; ``WorkbookError``, too, where the file cannot be written or was changed meanwhile.
    """
    host = host_of(workbook, out=out, backup=backup)
    beside = None if text is None else document_of(text)
    report = flow.validate(_named(host.read(), name), pack=pack, params=params, details=False, text=beside)
    written = write_notes(host, report, NoteOptions(notes, highlight, result_sheet, language))
    if text is None:
        return Annotated(report, written)
    from gouji.hosts.word.writing import annotate_document  # only for texts

    comments = span_notes(report, least=notes, language=language)
    copy = None if text_out is None else Path(text_out)
    on_words = annotate_document(Path(text), comments, out=copy, backup=backup)
    return Annotated(report, replace(written, text=on_words))


def clear(
    workbook: File | Workbook | xlwings.Book, *, out: File | None = None, backup: bool = True
) -> WriteOutcome:
    """Remove the notes, colours and the result sheet of gouji, and nothing else; errors as of ``annotate``.

    The path of a Word document is taken, too: its comments of gouji go.
    """
    if isinstance(workbook, (str, PathLike)) and is_document(Path(workbook)):
        return clear_file(Path(workbook), out=None if out is None else Path(out), backup=backup)
    return host_of(workbook, out=out, backup=backup).clear()


def _named(book: Book, name: str | None) -> Book:
    return book if name is None else replace(book, name=name)
