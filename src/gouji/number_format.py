"""What an Excel number format prints: how many decimals it fixes, percent, thousands, and the printed number itself.

Formats are read piece by piece: quoted words, escapes, colours, conditions, ``_x`` and ``*x`` are no digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class Part(Enum):
    """What a piece of a number format is; ``DATE`` includes elapsed times such as ``[h]``."""

    LITERAL = "literal"
    DIGIT = "digit"
    POINT = "point"
    COMMA = "comma"
    PERCENT = "percent"
    EXPONENT = "exponent"
    FRACTION = "fraction"
    DATE = "date"
    GENERAL = "general"
    TEXT = "text"
    SECTION = "section"
    CONDITION = "condition"


class Piece(NamedTuple):
    """A piece with what it prints: the characters of a literal, the sign ``0`` ``#`` ``?`` of a digit."""

    part: Part
    text: str


_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.) | _(?P<space>.) | \*(?P<fill>.)
    | \[(?P<elapsed>[hms]+)\] | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式) | (?P<exponent>E[+-]) | (?P<date>AM/PM|A/P|上午/下午|[ymdhsbgea]+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SIGNS = {
    "0": Part.DIGIT,
    "#": Part.DIGIT,
    "?": Part.DIGIT,
    ".": Part.POINT,
    ",": Part.COMMA,
    "%": Part.PERCENT,
    "/": Part.FRACTION,
    "@": Part.TEXT,
    ";": Part.SECTION,
}
_CONDITION = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?[0-9.]+)")


@lru_cache(maxsize=512)
def sections(number_format: str) -> tuple[tuple[Piece, ...], ...]:
    """The sections between semicolons (at most positive; negative; zero; text), each as its pieces."""
    found: list[list[Piece]] = [[]]
    for match in _TOKEN.finditer(number_format):
        piece = _piece(match)
        if piece is None:
            continue
        if piece.part is Part.SECTION:
            found.append([])
        else:
            found[-1].append(piece)
    return tuple(tuple(section) for section in found)


def _piece(match: re.Match[str]) -> Piece | None:
    kind, text = match.lastgroup, match[match.lastgroup or 0]
    if kind in ("quoted", "escaped"):
        return Piece(Part.LITERAL, text)
    if kind == "space":
        return Piece(Part.LITERAL, " ")
    if kind == "fill":
        return None
    if kind == "bracket":
        return _bracket(text)
    if kind == "sign":
        return Piece(_SIGNS.get(text, Part.LITERAL), text)
    return Piece({"elapsed": Part.DATE}.get(kind or "") or Part(kind), text)


def _bracket(text: str) -> Piece | None:
    """A condition, the symbol of a currency (``[$￥-804]``), or nothing that prints (a colour, a locale)."""
    if _CONDITION.fullmatch(text.strip()):
        return Piece(Part.CONDITION, text.strip())
    if text.startswith("$"):
        return Piece(Part.LITERAL, text[1:].partition("-")[0])
    return None


def _has(section: Iterable[Piece], part: Part) -> bool:
    return any(piece.part is part for piece in section)


@lru_cache(maxsize=512)
def _numeric(number_format: str) -> tuple[Piece, ...] | None:
    """The first section that prints the number by digits; ``None`` for General, text, dates and pure words."""
    for section in sections(number_format)[:3]:
        if _has(section, Part.DATE) or _has(section, Part.GENERAL):
            return None
        if _has(section, Part.DIGIT):
            return section
    return None


@lru_cache(maxsize=512)
def decimals(number_format: str) -> int | None:
    """The decimals a format fixes for the number it prints; ``None`` when it leaves them open.

    ``0.00`` 2, ``#,##0.0_ `` 1, ``0%`` 0; open are ``General``, ``@``, dates, fractions, scientific notation and
    optional places such as ``0.##``. In ``0%`` the places are those of the printed percentage.
    In ``0.0,`` they are those of the printed thousands: see :func:`scale`.
    """
    section = _numeric(number_format)
    if section is None or _has(section, Part.EXPONENT) or _has(section, Part.FRACTION):
        return None
    places = _places(section)
    return len(places) if all(sign == "0" for sign in places) else None


def _places(section: tuple[Piece, ...]) -> str:
    """The digit signs after the decimal point."""
    signs = "".join(piece.text for piece in section if piece.part in (Part.DIGIT, Part.POINT))
    return signs.partition(".")[2].replace(".", "")


@lru_cache(maxsize=512)
def is_percent(number_format: str) -> bool:
    """Whether the number is printed as a percentage."""
    section = _numeric(number_format)
    return section is not None and _has(section, Part.PERCENT)


@lru_cache(maxsize=512)
def is_date(number_format: str) -> bool:
    """Whether the number is printed as a date or a time."""
    return any(_has(section, Part.DATE) for section in sections(number_format)[:3])


def scale(number_format: str) -> int:
    r"""The power of ten between the value and what is seen: 3 for each comma right after the last digit.

    ``0.0,`` prints 12,345 as 12.3. A point that is a mere literal counts for the digits behind it: ``0\.0,`` shows
    39,720,000 as 3972.0, ten thousandths. Percent is not counted here (:func:`is_percent`).
    """
    section = _numeric(number_format)
    return 0 if section is None else 3 * _scaling_commas(section) + _behind_literal_point(section)


def _behind_literal_point(section: tuple[Piece, ...]) -> int:
    points = [at for at, piece in enumerate(section) if piece == (Part.LITERAL, ".")]
    if len(points) != 1 or _has(section, Part.POINT) or not _has(section[: points[0]], Part.DIGIT):
        return 0
    return sum(piece.part is Part.DIGIT for piece in section[points[0] :])


def _scaling_commas(section: tuple[Piece, ...]) -> int:
    """Commas that follow the last digit before the point, or the last digit of all."""
    signs = "".join(piece.text for piece in section if piece.part in (Part.DIGIT, Part.POINT, Part.COMMA))
    whole, _, fraction = signs.partition(".")
    return sum(len(side) - len(side.rstrip(",")) for side in (whole, fraction))


def _has_thousands(section: tuple[Piece, ...]) -> bool:
    signs = "".join(piece.text for piece in section if piece.part in (Part.DIGIT, Part.POINT, Part.COMMA))
    return "," in signs.partition(".")[0].strip(",")


@lru_cache(maxsize=4096)
def printed(text: str, number_format: str) -> str:
    """How a number looks in its cell: ``("1888.95", "#,##0.0")`` → ``1,889.0``; exact, half away from zero.

    ``text`` is a decimal text; anything else, and what the format leaves open (General, dates, fractions,
    scientific notation), comes back as it is. Padding spaces are left out.
    """
    try:
        value = Decimal(text)
    except ArithmeticError:
        return text
    chosen = _chosen(value, number_format)
    if chosen is None or not value.is_finite():
        return text
    section, signed = chosen
    with localcontext(Context(prec=400, rounding=ROUND_HALF_UP)):
        power = 2 * sum(piece.part is Part.PERCENT for piece in section) - 3 * _scaling_commas(section)
        return _filled(section, value.scaleb(power), signed)


def _chosen(value: Decimal, number_format: str) -> tuple[tuple[Piece, ...], bool] | None:
    """The section for this value and whether a minus sign is ours to print; ``None`` when it prints by itself."""
    found = sections(number_format)
    numeric = found[:3]
    index = _section_index(value, numeric)
    section = numeric[index]
    open_ended = (Part.GENERAL, Part.DATE, Part.EXPONENT, Part.FRACTION, Part.TEXT)
    if any(_has(section, part) for part in open_ended) or not section:
        return None
    return section, index == 0 or _conditions(numeric) != ()


def _section_index(value: Decimal, numeric: tuple[tuple[Piece, ...], ...]) -> int:
    for index, condition in _conditions(numeric):
        if _holds(value, condition):
            return index
    if _conditions(numeric):
        return len(numeric) - 1
    if value < 0 and len(numeric) > 1:
        return 1
    return 2 if value == 0 and len(numeric) > 2 else 0


def _conditions(numeric: tuple[tuple[Piece, ...], ...]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (index, piece.text)
        for index, section in enumerate(numeric)
        for piece in section
        if piece.part is Part.CONDITION
    )


def _holds(value: Decimal, condition: str) -> bool:
    match = _CONDITION.fullmatch(condition)
    assert match is not None
    bound = Decimal(match[2])
    return {
        "<": value < bound,
        ">": value > bound,
        "=": value == bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "<>": value != bound,
    }[match[1]]


def _filled(section: tuple[Piece, ...], value: Decimal, signed: bool) -> str:
    places = len(_places(section))
    rounded = abs(value).quantize(Decimal(1).scaleb(-places))
    whole, _, fraction = format(rounded, "f").partition(".")
    point = next((index for index, piece in enumerate(section) if piece.part is Part.POINT), len(section))
    left = _left_of_point(section[:point], whole.lstrip("0"), _has_thousands(section))
    minus = "-" if signed and value < 0 and rounded else ""
    return (minus + left.lstrip() + _right_of_point(section[point:], fraction)).strip()


def _left_of_point(pieces: tuple[Piece, ...], digits: str, grouped: bool) -> str:
    """Fills the digit signs from the right; the first sign takes all digits that are left over."""
    first = next((index for index, piece in enumerate(pieces) if piece.part is Part.DIGIT), None)
    out = [] if first is not None else [digits]
    count = 0
    for index, piece in reversed(list(enumerate(pieces))):
        if piece.part is not Part.DIGIT:
            out.append(_literal(piece))
            continue
        taken, digits = (digits, "") if index == first else (digits[-1:], digits[:-1])
        for digit in reversed(taken or piece.text.strip("#?")):
            if grouped and count and count % 3 == 0:
                out.append(",")
            out.append(digit)
            count += 1
    return "".join(reversed(out))


def _right_of_point(pieces: tuple[Piece, ...], fraction: str) -> str:
    """The point and its digits; a ``#`` or ``?`` prints only what is not a zero at the end."""
    out: list[str] = []
    for piece in pieces:
        if piece.part is Part.POINT:
            out.append(piece.text)
        elif piece.part is not Part.DIGIT:
            out.append(_literal(piece))
        else:
            if piece.text == "0" or fraction.strip("0"):
                out.append(fraction[:1])
            fraction = fraction[1:]
    return "".join(out)


def _literal(piece: Piece) -> str:
    return piece.text if piece.part in (Part.LITERAL, Part.PERCENT) else ""
