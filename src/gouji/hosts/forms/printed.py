"""Printed figures as a cell holds them: ``3,971.8`` is the number 3971.8 shown as ``#,##0.0``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_NUMBER = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?(?P<percent>%?)")


class CellValue(NamedTuple):
    """What a cell holds and how it shows it."""

    value: str | int | Decimal
    number_format: str = "General"


def cell_value(text: str, *, separators: bool = False) -> CellValue:
    """The value of a printed figure; what is no plain number or percentage (``10分``, ``优``) stays text.

    ``separators``: the table prints thousands separators and a fixed number of decimals.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return CellValue(text)
    part = match["part"] or ""
    decimals = f".{'0' * len(part)}" if part else ""
    number = +Decimal(f"{match['sign']}{match['whole'].replace(',', '')}.{part or 0}")  # + makes -0.0 plain zero
    if match["percent"]:
        return CellValue(number / 100, f"0{decimals}%")
    value = number if part else int(number)
    if separators:
        return CellValue(value, f"#,##0{decimals}")
    return CellValue(value, f"0{decimals}" if part.endswith("0") else "General")  # else the last zero is lost


def shown(value: object, number_format: str) -> str:
    """A cell's value as printed again, for the formats ``cell_value`` gives; the inverse of it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    number = Decimal(str(value))
    decimals = len(number_format.partition(".")[2].rstrip("%"))
    if number_format.endswith("%"):
        return f"{number * 100:.{decimals}f}%"
    if number_format == "General":
        return str(value)
    return f"{number:,.{decimals}f}" if number_format.startswith("#,##0") else f"{number:.{decimals}f}"
