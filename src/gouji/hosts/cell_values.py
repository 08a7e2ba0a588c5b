"""What programs hold in a cell, Python's numbers, texts, booleans and dates, as a ``Cell``."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import SupportsFloat

from gouji.hosts.dates import serial_of
from gouji.hosts.digits import float_text, stored_text
from gouji.sheet import Cell, CellKind

GENERAL = "General"
"""The number format of a cell that has none."""
NOT_COMPUTED = "公式没有保存计算结果"
"""The text of a formula cell for which there is no value."""
ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
"""Texts that a live program gives for the errors of formulas."""

_ONLY_DATE_FORMAT = "yyyy-mm-dd"


def plain_cell(
    value: object, number_format: str = GENERAL, formula: str | None = None, *, date1904: bool = False
) -> Cell | None:
    """The cell of a value, ``None`` for a cell that holds nothing.

    A formula without value is ``UNCOMPUTED``; a number that is none (NaN, infinite) is nothing, as in files. Raises
    ``TypeError`` for a value of no kind that a cell can hold.
    """
    if value is None:
        return None if formula is None else Cell(CellKind.UNCOMPUTED, NOT_COMPUTED, number_format, formula)
    if isinstance(value, bool):
        return Cell(CellKind.BOOLEAN, str(value).upper(), number_format, formula)
    if isinstance(value, (datetime, date, time, timedelta)):
        return Cell(CellKind.NUMBER, serial_of(value, date1904), date_format(number_format), formula)
    if isinstance(value, (float, int)) or (not isinstance(value, str) and isinstance(value, SupportsFloat)):
        number = _number_text(value)
        return plain_cell(None, number_format, formula) if number is None else Cell(
            CellKind.NUMBER, number, number_format, formula
        )  # fmt: skip
    return _text_cell(value, number_format, formula)


def date_format(number_format: str) -> str:
    """The format of a cell that holds a date as such."""
    return _ONLY_DATE_FORMAT if number_format == GENERAL else number_format


def _number_text(value: SupportsFloat) -> str | None:
    if isinstance(value, (int, Decimal)):
        return stored_text(str(value))
    number = float(value)
    return float_text(number) if abs(number) < float("inf") else None


def _text_cell(value: object, number_format: str, formula: str | None) -> Cell | None:
    if not isinstance(value, (str, list)):
        raise TypeError(f"a cell cannot hold {type(value).__name__}")
    text = str(value)
    return Cell(CellKind.TEXT, text, number_format, formula) if text or formula is not None else None
