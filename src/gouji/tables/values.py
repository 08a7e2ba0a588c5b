"""What figure cells hold: the decimal read exactly, the last place from what is printed.

The last place is the number format's where it fixes the decimals, else the digits stored, and never less than
what the table prints in the same unit: ``20`` beside ``75.29`` is 20.00.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from gouji import number_format
from gouji.figures import BARE, MONEY_UNITS, PERCENT, POINTS, Figure, Unit, round_half_away
from gouji.numerals import is_dash, read_numeral
from gouji.sheet import Cell, CellKind
from gouji.tables.dates import date_text
from gouji.tables.definition import AMOUNT_TYPES, FigureType
from gouji.tables.memory import Memory
from gouji.tables.model import Status, Value

LARGEST_PLAIN_RATE = 2
"""A rate without any % sign is read as a ratio up to here; above, 47.06 could be 47.06 % or 4706 %."""
_MOST_CELLS = 4096
_NUMBER, _TEXT = CellKind.NUMBER, CellKind.TEXT  # looking up a member of an enumeration costs as much as a call
_FIGURES: frozenset[Status] = frozenset({"figure", "blank"})
_RATES = frozenset({"比率", "增减率"})
_UNIT_BY_EXPONENT = {unit.exponent: unit for unit in MONEY_UNITS.values()}


Raw: TypeAlias = tuple[Status, str, int, int, int, Unit, bool]
"""A cell read alone: status, text, digits, places (the number is ``digits × 10 ** -places`` of the unit), the decimals
it prints, its unit, and whether more is stored than it prints."""


class CellReader:
    """Reads the cells of one kind of column: type, unit of money, % in the heading, as shown or as stored, days.

    Equal cells give the same ``Raw``, read once.
    """

    def __init__(self, kind: FigureType, unit: Unit, percent: bool, as_shown: bool, date1904: bool) -> None:
        self.kind, self.unit, self.percent, self.as_shown = kind, unit_of(kind, unit), percent, as_shown
        self.date1904 = date1904
        self.blank = _no_figure("blank", "", self.unit)
        self.numbers = Memory(self._number, _MOST_CELLS)
        self.texts = Memory(self._text, _MOST_CELLS)

    def read(self, cells: Iterable[Cell | None]) -> list[Raw]:
        """What the cells hold, one by one."""
        numbers, texts, blank = self.numbers, self.texts, self.blank
        return [
            blank if cell is None
            else numbers[cell[1], cell[2], cell[3] is not None] if (kind := cell[0]) is _NUMBER
            else texts[cell[1]] if kind is _TEXT
            else _without_number(cell)
            for cell in cells
        ]

    def _number(self, cell: tuple[str, str, bool]) -> Raw:
        """A number: its text, its format, and whether a formula made it."""
        text, printed_as, computed = cell
        is_date, is_percent, fixed, power = _format(printed_as)
        is_rate = self.kind in _RATES
        if is_date:
            return _no_figure("text", date_text(text, date1904=self.date1904))
        if is_percent and not is_rate:
            return _no_figure("text", number_format.printed(text, printed_as))
        whole, _, part = text.partition(".")
        digits, places = int(whole + part), len(part)
        if power and self.kind in AMOUNT_TYPES and (own := _UNIT_BY_EXPONENT.get(self.unit.exponent - power)):
            return "figure", text, digits, places, places, own, False  # 元 shown as 万元
        if fixed is None:
            raw: Raw = "figure", text, digits, places, places, self.unit, False
        elif places <= fixed or not (computed or self.as_shown):
            raw = "figure", text, digits, places, fixed, self.unit, places > fixed
        else:
            rounded = round_half_away(Figure(digits, places, None).value, fixed)
            raw = "figure", text, int(rounded * 10**fixed), fixed, fixed, self.unit, False
        return raw if is_percent or not is_rate else _rate(raw, self.percent)

    def _text(self, text: str) -> Raw:
        if is_dash(text):
            return _no_figure("blank", text.strip(), self.unit)
        numeral = read_numeral(text)
        if numeral is None:
            return _no_figure("text", text)
        digits, places, suffix = numeral
        kind = self.kind
        unit = MONEY_UNITS[suffix] if kind in AMOUNT_TYPES and suffix in MONEY_UNITS else self.unit
        raw: Raw = "figure", text, digits, places, places, unit, False
        if kind in _RATES and suffix in {"", "%"}:
            return _rate(raw, self.percent or suffix == "%")
        if not suffix or kind == "数" or suffix == "分" == kind or (kind in AMOUNT_TYPES and suffix in MONEY_UNITS):
            return raw
        return _no_figure("text", text)


def _no_figure(status: Status, text: str, unit: Unit = BARE) -> Raw:
    return status, text, 0, 0, 0, unit, False


@lru_cache(maxsize=256)
def cell_reader(kind: FigureType, unit: Unit, percent: bool, as_shown: bool, date1904: bool) -> CellReader:
    """The reader of one kind of column."""
    return CellReader(kind, unit, percent, as_shown, date1904)


def _without_number(cell: Cell) -> Raw:
    if cell.kind is CellKind.UNCOMPUTED:
        return _no_figure("uncomputed", cell.text)
    return _no_figure("error" if cell.kind is CellKind.ERROR else "text", cell.text)


def unit_of(kind: FigureType, unit: Unit) -> Unit:
    """What figures of a kind are in where amounts are in ``unit``."""
    if kind in AMOUNT_TYPES:
        return unit
    if kind in _RATES:
        return PERCENT
    return POINTS if kind == "分" else BARE


@lru_cache(maxsize=512)
def _format(text: str) -> tuple[bool, bool, int | None, int]:
    """Whether a number format prints a date, a percentage; the decimals it fixes (of the ratio); its scale."""
    decimals, is_percent = number_format.decimals(text), number_format.is_percent(text)
    if is_percent and decimals is not None:
        decimals += 2
    return number_format.is_date(text), is_percent, decimals, number_format.scale(text)


def _rate(raw: Raw, percent: bool) -> Raw:
    """A rate in the base unit: 47.06 % is 0.4706 with four places."""
    status, text, digits, places, shown, unit, finer = raw
    if percent:
        return status, text, digits, places + 2, shown + 2, unit, finer
    if abs(digits) > LARGEST_PLAIN_RATE * 10**places:
        return _no_figure("text", text)
    return raw


@lru_cache(maxsize=256)
def values_by_raw(exact: bool, stated: int | None, decimals: int) -> Memory[Raw, Value]:
    """The values of cells with their last place: ``exact`` figures have none, others that which is ``stated``.

    Where none is, it is their own or that of their table or column in the cell's unit: ``decimals``.
    """
    return Memory(lambda raw: _value_of(raw, exact, stated, decimals), _MOST_CELLS)


def _value_of(raw: Raw, exact: bool, stated: int | None, decimals: int) -> Value:
    status, text, digits, places, shown, unit, _ = raw
    if status not in _FIGURES:
        return Value(status, text)
    exponent = unit.exponent if unit.name in MONEY_UNITS else 0
    last: int | None
    if exact:
        last = None
    elif stated is not None:
        last = max(stated + (2 if unit is PERCENT else 0), places) - exponent
    else:
        last = (max(places, shown, decimals) if status == "figure" else decimals) - exponent
    return Value(status, text, Figure(digits, places - exponent, last, unit))
