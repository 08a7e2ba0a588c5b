"""What every host takes and gives: a book in, notes out.

A host of a live program (Excel, LibreOffice) is small: it fills one ``SheetBlock`` a sheet, a few calls each, for
``hosts.blocks.book_of``, and offers its notes as ``NoteCells`` for ``hosts.note_cells``. With these two it is a
``Host``, and the report is the same as from a file with the same values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gouji.packs.model import Severity
from gouji.sheet import Address, Area, Book, CellRef, Note

MARKER = "【勾稽"
"""Every paragraph of ours starts with it; authors are lost by some programs, this is not."""
ANSWER = "说明："
"""A line that begins so, directly below a paragraph of ours, is a person's answer to it."""
AUTHOR = "gouji 勾稽"
RESULT_SHEET = "勾稽审核结果"
FIRST_CELL = Address(1, 1)


def answer_in(line: str) -> str | None:
    """The answer in a line ``说明：…`` (or ``说明:…``), ``None`` for any other line."""
    opening, colon, answer = line.strip().replace(":", "：", 1).partition("：")
    return answer.strip() if colon and opening.strip() == ANSWER[:-1] else None


@dataclass(frozen=True, slots=True)
class CellNote:
    """What gouji says in one cell: paragraphs, each starting with ``MARKER``, and the worst severity.

    Lines ``说明：…`` of a paragraph are a person's answer to it, which stays there.
    """

    cell: CellRef
    paragraphs: tuple[str, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of the sheet 勾稽审核结果; ``link`` is the cell it leads to, texts are shown as they are."""

    texts: tuple[str, ...]
    link: CellRef | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """The opt-in sheet 勾稽审核结果: a title line, the headings and one row a finding."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What a write did.

    ``path`` is the file written (``None``: a workbook in memory), ``backup`` the copy kept of the first original
    (``None`` when there was no need), ``noted`` the cells that carry our notes now, ``removed`` how many no longer do,
    ``changed`` whether anything did.
    ``remarks``: (Chinese, English) sentences for the user.
    """

    path: Path | None
    backup: Path | None
    noted: tuple[CellRef, ...]
    removed: int
    changed: bool
    remarks: tuple[tuple[str, str], ...] = ()


class Host(Protocol):
    """A place where a workbook lives."""

    def read(self) -> Book:
        """The workbook as plain values."""

    def annotate(
        self, notes: Sequence[CellNote], *, highlight: bool = False, result_sheet: ResultSheet | None = None
    ) -> WriteOutcome:
        """Make our notes exactly these: earlier ones of ours go, people's own stay."""

    def clear(self) -> WriteOutcome:
        """Remove everything of ours and nothing else."""


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """One sheet as a live program hands it over: its used range in rows, the first cell at ``corner``.

    ``values`` are what cells show: numbers, texts, booleans, dates, ``None`` for nothing; an error is its text
    (``#REF!``). ``formulas`` stand at the same places: a text with ``=`` in front where there is a formula, anything
    else where there is none. ``formats`` are number formats as files spell them (``0.00%``). Both may be left out.
    """

    name: str
    values: Sequence[Sequence[object]]
    formulas: Sequence[Sequence[object]] = ()
    formats: Sequence[Sequence[str]] = ()
    merged: tuple[Area, ...] = ()
    notes: tuple[Note, ...] = ()
    hidden: bool = False
    corner: Address = FIRST_CELL


class NoteCells(Protocol):
    """The notes of a workbook in memory, as texts by cell."""

    def sheets(self) -> Sequence[str]:
        """The names of the sheets in the order of their tabs."""

    def shown_at(self, cell: CellRef) -> CellRef:
        """The cell that shows a note for ``cell``: the top left of its merged area."""

    def texts(self) -> Mapping[CellRef, str]:
        """Every note there is."""

    def write(self, changed: Iterable[tuple[CellRef, str]]) -> None:
        """Make these notes read so, keeping size and author of those there are; an empty text is no note."""
