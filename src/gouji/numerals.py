"""Numbers as people print them in cells and sentences: ``3,971.8``, ``４７．０６％``, ``10分``, ``—``.

Only what is certainly a number is read as one; everything else stays text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from gouji.labels import visible

_DASH = re.compile(r"[-‐‑‒–—―−─━﹘]*|[/\\]")
_TWO_LINES = re.compile(r"\d\s*[\n\r\v\f\x85\u2028\u2029]\s*[\d.]")
_NUMERAL = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−])?(?:¥|￥)?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?"
    r"(?P<close>\))?(?P<unit>%|[^\d\s.,()%]{1,6})?"
)


class Numeral(NamedTuple):
    """A number in text: ``digits × 10 ** -places``, and the unit printed behind it ("" when none)."""

    digits: int
    places: int
    unit: str


@lru_cache(maxsize=8192)
def is_dash(text: str) -> bool:
    """Whether a cell holds only dashes, the printed sign for “nothing”, or prints nothing at all."""
    return _DASH.fullmatch(visible(text)) is not None


@lru_cache(maxsize=8192)
def read_numeral(text: str) -> Numeral | None:
    """The number that ``text`` prints, or ``None`` when it is not one number with at most a unit behind it."""
    plain = visible(text).replace("，", ",")
    match = _NUMERAL.fullmatch(plain)
    if match is None or _TWO_LINES.search(text) or bool(match["open"]) != bool(match["close"]):
        return None
    whole, part = (match["whole"] or "").replace(",", ""), match["part"] or ""
    if not whole + part or len(whole + part) > 30:
        return None
    negative = match["sign"] in {"-", "−"} or bool(match["open"])
    digits = int(whole + part)
    return Numeral(-digits if negative else digits, len(part), match["unit"] or "")


def decimal_digits(text: str) -> tuple[int, int]:
    """``"-1888.90"`` → ``(-188890, 2)``: the digits and places of a plain decimal text."""
    whole, _, part = text.partition(".")
    return int(whole + part), len(part)
