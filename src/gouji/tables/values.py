"""What figure cells hold: the decimal read exactly, the last place from what is printed.

The last place is the number format's where it fixes the decimals, else the digits stored, and never less than
what the table prints in the same unit: ``20`` beside ``75.29`` is 20.00.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from gouji import number_format
from gouji.figures import BARE, MONEY_UNITS, PERCENT, POINTS, Figure, Unit, round_half_away
from gouji.numerals import decimal_digits, is_dash, read_numeral
from gouji.sheet import Cell, CellKind
from gouji.tables.definition import ColumnDefinition, FigureType
from gouji.tables.model import Status, Value

LARGEST_PLAIN_RATE = 2
"""A rate without any % sign is read as a ratio up to here; above, 47.06 could be 47.06 % or 4706 %."""
_NUMBER, _TEXT = CellKind.NUMBER, CellKind.TEXT  # looking up a member of an enumeration costs as much as a call
_FIGURES: frozenset[Status] = frozenset({"figure", "blank"})
_AMOUNTS = frozenset({"金额", "增减额"})
_RATES = frozenset({"比率", "增减率"})


class Raw(NamedTuple):
    """A cell read alone: ``digits × 10 ** -places`` of ``unit``; ``shown`` are the decimals it prints."""

    status: Status
    text: str
    digits: int = 0
    places: int = 0
    shown: int = 0
    unit: Unit = BARE
    stored_finer: bool = False


def read_raw(cell: Cell | None, column: ColumnDefinition, unit: Unit, *, percent: bool, as_shown: bool) -> Raw:
    """The cell of a figure column; ``unit`` is the table's, ``percent`` whether the heading prints %."""
    if cell is None:
        return Raw("blank", "", unit=_unit_of(column.type, unit))
    kind = cell.kind
    if kind is _NUMBER:
        return _from_number(cell, column.type, unit, percent=percent, as_shown=as_shown)
    if kind is _TEXT:
        return _from_text(cell.text, column.type, unit, percent=percent)
    if kind is CellKind.UNCOMPUTED:
        return Raw("uncomputed", cell.text)
    return Raw("error" if kind is CellKind.ERROR else "text", cell.text)


def _unit_of(kind: FigureType, unit: Unit) -> Unit:
    if kind in _AMOUNTS:
        return unit
    if kind in _RATES:
        return PERCENT
    return POINTS if kind == "分" else BARE


class _Format(NamedTuple):
    """What a number format says about the figures it prints."""

    is_date: bool
    is_percent: bool
    decimals: int | None


@lru_cache(maxsize=512)
def _format(text: str) -> _Format:
    return _Format(number_format.is_date(text), number_format.is_percent(text), number_format.decimals(text))


def _from_number(cell: Cell, kind: FigureType, unit: Unit, *, percent: bool, as_shown: bool) -> Raw:
    is_date, is_percent, fixed = _format(cell.number_format)
    if is_date:
        return Raw("text", cell.text)
    digits, places = decimal_digits(cell.text)
    if is_percent and kind not in _RATES:
        return Raw("text", number_format.printed(cell.text, cell.number_format))
    if is_percent and fixed is not None:
        fixed += 2
    finer = fixed is not None and places > fixed
    if fixed is not None and finer and (cell.formula is not None or as_shown):
        rounded = round_half_away(Figure(digits, places, None).value, fixed)
        digits, places, finer = int(rounded * 10**fixed), fixed, False
    raw = Raw("figure", cell.text, digits, places, places if fixed is None else fixed, _unit_of(kind, unit), finer)
    return _rate(raw, is_percent, percent) if kind in _RATES else raw


def _rate(raw: Raw, is_percent: bool, percent: bool) -> Raw:
    """A rate in the base unit: 47.06 % is 0.4706 with four places."""
    if is_percent:
        return raw
    if percent:
        return raw._replace(places=raw.places + 2, shown=raw.shown + 2)
    if abs(raw.digits) > LARGEST_PLAIN_RATE * 10**raw.places:
        return Raw("text", raw.text)
    return raw


def _from_text(text: str, kind: FigureType, unit: Unit, *, percent: bool) -> Raw:
    if is_dash(text):
        return Raw("blank", text.strip(), unit=_unit_of(kind, unit))
    numeral = read_numeral(text)
    if numeral is None:
        return Raw("text", text)
    digits, places, suffix = numeral
    raw = Raw("figure", text, digits, places, places, _unit_of(kind, unit))
    if kind in _AMOUNTS and suffix in MONEY_UNITS:
        return raw._replace(unit=MONEY_UNITS[suffix])
    if kind in _RATES and suffix in {"", "%"}:
        return _rate(raw, False, percent or suffix == "%")
    if not suffix or (kind == "分" and suffix == "分") or kind == "数":
        return raw
    return Raw("text", text)


def shown_decimals(raws: Iterable[Raw], most: int) -> int:
    """The decimals a table (or column) prints: the most that any of its figures shows, up to ``most``.

    What shows more than ``most`` (a pasted quotient) stands for itself and does not make its neighbours finer.
    """
    return max((r.shown for r in raws if r.status == "figure" and r.shown <= most), default=0)


def value_of(raw: Raw, column: ColumnDefinition, decimals: int) -> Value:
    """The figure with its last place; ``decimals`` are those of its table or column in the cell's unit."""
    status, text, digits, places, shown, unit, _ = raw
    if status not in _FIGURES:
        return Value(status, text)
    exponent = unit.exponent if unit.name in MONEY_UNITS else 0
    last: int | None
    if column.exact or column.type == "数":
        last = None
    elif column.places is not None:
        last = max(column.places + (2 if unit is PERCENT else 0), places) - exponent
    else:
        own = (places if places > shown else shown) if status == "figure" else 0
        last = (own if own > decimals else decimals) - exponent
    return Value(status, text, Figure(digits, places - exponent, last, unit))
