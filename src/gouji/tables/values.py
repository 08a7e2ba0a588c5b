"""What figure cells hold: the decimal read exactly, the last place from what is printed.

The last place is the number format's where it fixes the decimals, else the digits stored, and never less than
what the table prints in the same unit: ``20`` beside ``75.29`` is 20.00.
"""

from __future__ import annotations

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
_MOST_DECIMALS = 16
_FIGURES: frozenset[Status] = frozenset({"figure", "blank"})
_RATES = frozenset({"比率", "增减率"})
_UNIT_BY_EXPONENT = {unit.exponent: unit for unit in MONEY_UNITS.values()}


Raw: TypeAlias = tuple[Status, str, int, int, int, Unit, bool]
"""A cell read alone: status, text, digits, places (the number is ``digits × 10 ** -places`` of the unit), the decimals
it prints, its unit, and whether more is stored than it prints."""


class NumberReader:
    """Reads the numbers of one kind of column that one number format prints, by their texts; equal ones once.

    ``unit`` is what its figures are in; ``raws`` are the numbers read alone, ``values`` those with their last place,
    by what decides it: whether they are exact, the last place that is stated for them, and the decimals that their
    table or column prints in their unit. ``met_finer``: some number stored more than it printed.
    """

    def __init__(
        self, kind: FigureType, unit: Unit, percent: bool, printed_as: str, as_shown: bool, date1904: bool
    ) -> None:
        self._kind, self._percent, self._printed_as = kind, percent, printed_as
        self._as_shown, self._date1904 = as_shown, date1904
        self._format = _format(printed_as)
        power = self._format[3]
        self._scaled = _UNIT_BY_EXPONENT.get(unit.exponent - power) if power and kind in AMOUNT_TYPES else None
        self.unit = self._scaled or unit  # 元 shown as 万元
        self.met_finer = False
        self.raws = Memory(self._raw, _MOST_CELLS)
        self.values = Memory(self._values, _MOST_DECIMALS)

    def _values(self, last: tuple[bool, int | None, int]) -> Memory[str, Value]:
        raws = self.raws
        return Memory(lambda text: value_of(raws[text], *last), _MOST_CELLS)

    def _raw(self, text: str) -> Raw:
        is_date, is_percent, fixed, _ = self._format
        is_rate = self._kind in _RATES
        if is_date:
            return _no_figure("text", date_text(text, date1904=self._date1904))
        if is_percent and not is_rate:
            return _no_figure("text", number_format.printed(text, self._printed_as))
        whole, _, part = text.partition(".")
        digits, places = int(whole + part), len(part)
        if self._scaled or fixed is None:
            raw: Raw = "figure", text, digits, places, places, self.unit, False
        elif places <= fixed or not self._as_shown:
            raw = "figure", text, digits, places, fixed, self.unit, places > fixed
            self.met_finer |= places > fixed
        else:
            rounded = round_half_away(Figure(digits, places, None).value, fixed)
            raw = "figure", text, int(rounded * 10**fixed), fixed, fixed, self.unit, False
        return raw if is_percent or not is_rate else _rate(raw, self._percent)


@lru_cache(maxsize=256)
def number_reader(
    kind: FigureType, unit: Unit, percent: bool, printed_as: str, as_shown: bool, date1904: bool
) -> NumberReader:
    """The reader of numbers of a type of column, in a unit, below a heading with or without %, in a number format.

    ``as_shown``: they count as the format shows them, not as stored; ``date1904`` says from when days are counted.
    """
    return NumberReader(kind, unit, percent, printed_as, as_shown, date1904)


def read_other(cell: Cell | None, kind: FigureType, unit: Unit, percent: bool) -> Raw:
    """What a cell without a number holds."""
    if cell is None:
        return _no_figure("blank", "", unit)
    if cell.kind is CellKind.TEXT:
        return _text(cell.text, kind, unit, percent)
    if cell.kind is CellKind.UNCOMPUTED:
        return _no_figure("uncomputed", cell.text)
    return _no_figure("error" if cell.kind is CellKind.ERROR else "text", cell.text)


def _text(text: str, kind: FigureType, own: Unit, percent: bool) -> Raw:
    if is_dash(text):
        return _no_figure("blank", text.strip(), own)
    numeral = read_numeral(text)
    if numeral is None:
        return _no_figure("text", text)
    digits, places, suffix = numeral
    unit = MONEY_UNITS[suffix] if kind in AMOUNT_TYPES and suffix in MONEY_UNITS else own
    raw: Raw = "figure", text, digits, places, places, unit, False
    if kind in _RATES and suffix in {"", "%"}:
        return _rate(raw, percent or suffix == "%")
    if not suffix or kind == "数" or suffix == "分" == kind or (kind in AMOUNT_TYPES and suffix in MONEY_UNITS):
        return raw
    return _no_figure("text", text)


def _no_figure(status: Status, text: str, unit: Unit = BARE) -> Raw:
    return status, text, 0, 0, 0, unit, False


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


def value_of(raw: Raw, exact: bool, stated: int | None, decimals: int) -> Value:
    """What a cell holds with its last place: ``exact`` figures have none, others that which is ``stated``.

    Where none is, it is their own or that of their table or column in the cell's unit: ``decimals``.
    """
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
