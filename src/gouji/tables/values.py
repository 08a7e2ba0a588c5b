"""What figure cells hold: the decimal read exactly, the last place from what is printed.

The last place is the number format's where it fixes the decimals, else the digits stored, and never less than
what the table prints in the same unit: ``20`` beside ``75.29`` is 20.00.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gouji import number_format
from gouji.figures import BARE, MONEY_UNITS, PERCENT, POINTS, Figure, Unit, round_half_away
from gouji.numerals import decimal_digits, is_dash, read_numeral
from gouji.sheet import Cell, CellKind
from gouji.tables.definition import ColumnDefinition, FigureType
from gouji.tables.model import Status, Value

LARGEST_PLAIN_RATE = 2
"""A rate without any % sign is read as a ratio up to here; above, 47.06 could be 47.06 % or 4706 %."""


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
    if cell.kind is CellKind.NUMBER:
        return _from_number(cell, column.type, unit, percent=percent, as_shown=as_shown)
    if cell.kind is CellKind.TEXT:
        return _from_text(cell.text, column.type, unit, percent=percent)
    if cell.kind is CellKind.UNCOMPUTED:
        return Raw("uncomputed", cell.text)
    return Raw("error" if cell.kind is CellKind.ERROR else "text", cell.text)


def _unit_of(kind: FigureType, unit: Unit) -> Unit:
    return {"金额": unit, "增减额": unit, "比率": PERCENT, "增减率": PERCENT, "分": POINTS}.get(kind, BARE)


def _from_number(cell: Cell, kind: FigureType, unit: Unit, *, percent: bool, as_shown: bool) -> Raw:
    fmt = cell.number_format
    if number_format.is_date(fmt):
        return Raw("text", cell.text)
    digits, places = decimal_digits(cell.text)
    fixed = number_format.decimals(fmt)
    is_percent = number_format.is_percent(fmt)
    if is_percent and kind not in {"比率", "增减率"}:
        return Raw("text", number_format.printed(cell.text, fmt))
    if is_percent and fixed is not None:
        fixed += 2
    finer = fixed is not None and places > fixed
    if fixed is not None and finer and (cell.formula is not None or as_shown):
        rounded = round_half_away(Figure(digits, places, None).value, fixed)
        digits, places, finer = int(rounded * 10**fixed), fixed, False
    shown = places if fixed is None else fixed
    if kind in {"比率", "增减率"}:
        return _rate(Raw("figure", cell.text, digits, places, shown, PERCENT, finer), is_percent, percent)
    return Raw("figure", cell.text, digits, places, shown, _unit_of(kind, unit), finer)


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
    if kind in {"金额", "增减额"} and suffix in MONEY_UNITS:
        return raw._replace(unit=MONEY_UNITS[suffix])
    if kind in {"比率", "增减率"} and suffix in {"", "%"}:
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
    if raw.status not in {"figure", "blank"}:
        return Value(raw.status, raw.text)
    exponent = raw.unit.exponent if raw.unit.name in MONEY_UNITS else 0
    last: int | None
    if column.exact or column.type == "数":
        last = None
    elif column.places is not None:
        last = max(column.places + (2 if raw.unit is PERCENT else 0), raw.places) - exponent
    else:
        own = max(raw.places, raw.shown) if raw.status == "figure" else 0
        last = max(own, decimals) - exponent
    return Value(raw.status, raw.text, Figure(raw.digits, raw.places - exponent, last, raw.unit))
