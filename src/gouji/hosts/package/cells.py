"""What is written of a cell, its reference, type, style and value, as a place and a ``Cell``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from gouji.hosts.cell_values import GENERAL, NOT_COMPUTED, date_format
from gouji.hosts.dates import serial_number
from gouji.hosts.digits import stored_text
from gouji.hosts.package.markup import unescaped
from gouji.sheet import Cell, CellKind, column_number
from gouji.tables.memory import Kept, Memory

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_LOOKS = 10_000
"""Different cells of a workbook that are remembered, so that the same one need not be made again."""

Place: TypeAlias = tuple[int, int]
"""(row, column), both 1-based."""

_DIGITS = "0123456789"
_TRUE = ("1", "true")


class UnknownStringError(ValueError):
    """A cell refers to a shared string that is not there; the argument is the number as written."""


class ImpossiblePlaceError(ValueError):
    """A reference is no cell of a sheet; the argument is the reference as written."""


def _place(reference: str) -> Place:
    """``C12`` → (12, 3). Raises ``ImpossiblePlaceError``."""
    letters = reference.rstrip(_DIGITS)
    row = int(reference[len(letters) :] or 0)
    is_column = 1 <= len(letters) <= 3 and letters.isascii() and letters.isalpha()
    column = column_number(letters.upper()) if is_column else 0
    if not 1 <= row <= MAX_ROW or not 1 <= column <= MAX_COLUMN:
        raise ImpossiblePlaceError(reference)
    return row, column


PLACES = Memory(_place, most=20_000)
"""The place of a cell by its reference as written. Raises ``ImpossiblePlaceError``."""


class CellReader:
    """Makes the cells of one workbook; those that look alike are made once.

    ``zero_is_no_result``: the workbook is to be computed when it is opened. Programs that cannot compute save a 0 as
    the result of every formula then.
    """

    def __init__(
        self,
        strings: Sequence[str] = (),
        formats: Sequence[str] = (),
        date1904: bool = False,
        *,
        zero_is_no_result: bool = False,
    ) -> None:
        self._strings = strings
        self._formats = formats
        self._date1904 = date1904
        self._no_results = ("0",) if zero_is_no_result else ()
        self.looks: Kept[str, Cell | None] = Kept(MAX_LOOKS)
        self._parsed: Kept[tuple[str | None, str | None, str | None, str | None], Cell | None] = Kept(MAX_LOOKS)

    def look(
        self, written: str, style: str | None, kind: str | None, formula: str | None, value: str | None,
        inline: str | None,
    ) -> Cell | None:
        """The cell that is ``written`` so, kept in ``looks``; ``None`` for one that holds nothing."""
        if written in self.looks:
            return self.looks[written]
        if formula is None:
            cell = self._plain(kind, style, value, inline)
        else:
            cell = self.formula_cell(f"={formula}", kind, style, value, inline)
        return self.looks.keep(written, cell)

    def cell(self, kind: str | None, style: str | None, value: str | None, inline: str | None) -> Cell | None:
        """The cell of a type, style, value and inline text (which goes before the value), unless it holds nothing."""
        parts = (kind, style, value, inline)
        return self._parsed[parts] if parts in self._parsed else self._parsed.keep(parts, self._plain(*parts))

    def formula_cell(
        self, formula: str, kind: str | None, style: str | None, value: str | None, inline: str | None
    ) -> Cell:
        """The same with a formula; ``UNCOMPUTED`` where no result is written."""
        if (value and value not in self._no_results) or (value is not None and kind == "str"):
            return self._made(kind, style, value, inline)._replace(formula=formula)
        return Cell(CellKind.UNCOMPUTED, NOT_COMPUTED, self._format(style), formula)

    def _plain(self, kind: str | None, style: str | None, value: str | None, inline: str | None) -> Cell | None:
        if not (value or inline):
            return None
        cell = self._made(kind, style, value or "", inline)
        return cell if cell.text else None

    def _made(self, kind: str | None, style: str | None, value: str, inline: str | None) -> Cell:
        number_format = self._format(style)
        if inline is not None:
            return Cell(CellKind.TEXT, unescaped(inline), number_format)
        if kind == "s":
            return Cell(CellKind.TEXT, self._string(value), number_format)
        if kind is None or kind == "n":
            number = stored_text(value) or stored_text(value.strip())
            if number is not None:
                return Cell(CellKind.NUMBER, number, number_format)
        if kind == "b":
            return Cell(CellKind.BOOLEAN, "TRUE" if value.strip() in _TRUE else "FALSE", number_format)
        if kind == "e":
            return Cell(CellKind.ERROR, value.strip(), number_format)
        if kind == "d" and (serial := serial_number(value, self._date1904)) is not None:
            return Cell(CellKind.NUMBER, serial, date_format(number_format))
        return Cell(CellKind.TEXT, unescaped(value), number_format)

    def _string(self, index: str) -> str:
        number = int(index)
        if not 0 <= number < len(self._strings):
            raise UnknownStringError(index)
        return self._strings[number]

    def _format(self, style: str | None) -> str:
        number = 0 if style is None else int(style)
        return self._formats[number] if 0 <= number < len(self._formats) else GENERAL
