"""A workbook as plain values: what every host reads and every later stage works on.

Nothing here knows a file format or a spreadsheet program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

PAGE_ROWS = 2**20
"""The rows a worksheet can have."""


class CellKind(StrEnum):
    """What a cell holds. ``UNCOMPUTED``: a formula without a cached value that could not be computed."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"


class Cell(NamedTuple):
    """One cell that holds something.

    ``text`` is the decimal text of a number at 15 significant digits without exponent (``"1888.9"``),
    the characters of a text (rich text joined), ``TRUE``/``FALSE``, an error such as ``#REF!``,
    or the reason why a formula has no value (``UNCOMPUTED``).
    Dates are numbers with a date format.
    """

    kind: CellKind
    text: str
    number_format: str = "General"
    formula: str | None = None


class Address(NamedTuple):
    """A cell's place on its sheet; both 1-based."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


class CellRef(NamedTuple):
    """A cell of a workbook."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The place without the sheet, as ``C12``."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.address}"


class Area(NamedTuple):
    """A rectangle of cells, all four ends included, 1-based."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{Address(self.top, self.left)}:{Address(self.bottom, self.right)}"

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, tuple) or len(place) != 2:
            return False
        row, column = place
        assert isinstance(row, int)
        assert isinstance(column, int)
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Note:
    """A comment as a spreadsheet program shows it: the whole text and its author ("" when unknown)."""

    row: int
    column: int
    text: str
    author: str = ""


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its cells by (row, column), both 1-based; a merged area's value stands at its top left.

    ``header`` is the text at the head of its printed pages, line by line. ``pages`` are the names of worksheets on
    which it goes on: their rows follow, each sheet's ``PAGE_ROWS`` below those of the sheet before.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merged: tuple[Area, ...] = ()
    notes: tuple[Note, ...] = ()
    hidden: bool = False
    header: str = ""
    pages: tuple[str, ...] = ()

    def ref(self, row: int, column: int) -> CellRef:
        """The cell of the workbook at a place of the sheet."""
        if row <= PAGE_ROWS:
            return CellRef(self.name, row, column)
        page, above = divmod(row - 1, PAGE_ROWS)
        return CellRef(self.pages[page - 1], above + 1, column)

    def at(self, ref: CellRef) -> Cell | None:
        """What a cell of the workbook, which is one of this sheet, holds."""
        page = 0 if ref.sheet == self.name else self.pages.index(ref.sheet) + 1
        return self.cells.get((page * PAGE_ROWS + ref.row, ref.column))


@dataclass(frozen=True)
class Book:
    """A workbook as read.

    ``remarks`` are sentences (Chinese, English) about the reading itself that the user should know,
    such as formulas that had to be computed.
    """

    name: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[tuple[str, str], ...] = ()
    date1904: bool = field(default=False)


def column_letters(column: int) -> str:
    """``1`` → ``A``, ``28`` → ``AB``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """``A`` → 1, ``AB`` → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
