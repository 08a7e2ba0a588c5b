"""The digits of a number as every host reports them: 15 significant digits, no exponent, as a spreadsheet shows it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

SIGNIFICANT_DIGITS = 15

_SPELLING = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_ROUNDING = Context(prec=SIGNIFICANT_DIGITS, rounding=ROUND_HALF_UP, Emin=-999_999, Emax=999_999)


def float_text(value: float) -> str:
    """The 15 significant digits of a finite binary number, rounded once from its exact value, half away from zero.

    ``1888.8999999999999`` → ``"1888.9"``, ``1e21`` → ``"1000000000000000000000"``, ``-0.0`` → ``"0"``.
    Infinities and NaN are a ``ValueError``.
    """
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return plain(_ROUNDING.plus(number))


def stored_text(spelling: str) -> str | None:
    """The decimal text of a number as a file spells it (``1.8889E3``), or ``None`` when it spells no finite number.

    What has no more than 15 digits stands as it is; a longer spelling means the binary number next to it.
    """
    if len(spelling) <= SIGNIFICANT_DIGITS and spelling.isascii():
        whole, point, fraction = spelling.removeprefix("-").partition(".")
        if whole.isdigit() and (fraction.isdigit() or not point):
            body = (whole.lstrip("0") or "0") + (point + fraction).rstrip("0").rstrip(".")
            return body if body == "0" or spelling[0] != "-" else f"-{body}"
    if _SPELLING.fullmatch(spelling) is None:
        return None
    value = float(spelling)
    return float_text(value) if abs(value) != float("inf") else None


def plain(number: Decimal) -> str:
    """A decimal without exponent, without zeros at the end of its fraction and without a negative zero."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
