"""What slip would turn the figure that was meant into the one that is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum

WAN = 4
SLIPS = (1, 2, 3, -1, -2, -3)


class Mechanism(Enum):
    """A slip, the more plausible the earlier: with its key, and its name in Chinese and English."""

    SIGN = ("sign", "正负号相反", "the sign is reversed")
    LAST_UNIT = ("truncation", "截断而没有四舍五入", "truncated instead of rounded")
    UNIT = ("unit", "元当成万元（或万元当成元）", "元 taken for 万元, or 万元 for 元")
    SLIP = ("slip", "小数点错位", "the decimal point is misplaced")
    SWAP = ("swap", "相邻两位数字颠倒", "two neighbouring digits are swapped")
    DIGIT = ("digit", "一位数字不同", "one digit differs")
    DROPPED = ("dropped", "漏了一位数字", "a digit was dropped")
    DOUBLED = ("doubled", "一位数字重复", "a digit was doubled")
    FAR_SWAP = ("far swap", "两位数字互换", "two digits are exchanged")
    LAST_YEAR = ("last year", "与同一行上年的数相同，像是没有更新", "as in last year's column: not brought up to date")
    NEIGHBOUR = ("neighbour", "与相邻一格的数相同，像是填错了行或栏", "as in the next cell: a wrong row or column")
    COPIED = ("copied", "与另一张同样的表在此处的数相同，像是照抄", "the same as on another sheet of this form: copied")

    def __init__(self, key: str, chinese: str, english: str) -> None:
        self.key = key
        self.chinese = chinese
        self.english = english


ELSEWHERE = frozenset({Mechanism.LAST_YEAR, Mechanism.NEIGHBOUR, Mechanism.COPIED})
"""Those that show in another cell, whatever figure was meant."""
PLAUSIBILITY = {mechanism: rank for rank, mechanism in enumerate(Mechanism)}


def mechanism(printed: str, proposed: str) -> Mechanism | None:
    """The most plausible single slip that prints ``printed`` where ``proposed`` was meant, ``None`` if there is none.

    Both are figures as forms print them (``1,899.0``, ``96.63%``); ``None``, too, where one is no figure or both are
    the same number.
    """
    one, other = _decimal(printed), _decimal(proposed)
    if one is None or other is None or one == other:
        return None
    if one == -other:
        return Mechanism.SIGN
    if not one or not other or (one < 0) is not (other < 0):
        return None
    shown, meant = _aligned(abs(one), abs(other), _decimals(printed, proposed))
    return next((found for found in Mechanism if _explains(found, shown, meant, _decimals(printed))), None)


def _explains(found: Mechanism, shown: str, meant: str, decimals: int) -> bool:
    target = Decimal(shown)
    match found:
        case Mechanism.LAST_UNIT:
            return Decimal(meant) - target == Decimal(1).scaleb(-decimals)
        case Mechanism.UNIT:
            return any(_moved(meant, places, decimals) == target for places in (WAN, -WAN))
        case Mechanism.SLIP:
            return any(_moved(meant, places, decimals) == target for places in SLIPS)
        case Mechanism.SWAP:
            return any(Decimal(text) == target for text in _swapped(meant, neighbours=True))
        case Mechanism.FAR_SWAP:
            return any(Decimal(text) == target for text in _swapped(meant, neighbours=False))
        case Mechanism.DIGIT:
            return len(shown) == len(meant) and sum(a != b for a, b in zip(shown, meant, strict=True)) == 1
        case Mechanism.DROPPED:
            return any(Decimal(text) == target for text in _without_one(meant))
        case Mechanism.DOUBLED:
            return any(Decimal(text) == target for text in _with_one_twice(meant))
        case _:
            return False


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip().rstrip("%％").replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _decimals(*texts: str) -> int:
    """The most decimals printed."""
    return max(len(text.strip().rstrip("%％").partition(".")[2]) for text in texts)


def _aligned(one: Decimal, other: Decimal, decimals: int) -> tuple[str, str]:
    """Both with the same decimals, without sign."""
    return f"{one:.{decimals}f}", f"{other:.{decimals}f}"


def _moved(text: str, places: int, decimals: int) -> Decimal:
    """The point moved, and printed with ``decimals`` again."""
    return Decimal(text).scaleb(places).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _places(text: str) -> list[int]:
    return [place for place, character in enumerate(text) if character != "."]


def _swapped(text: str, *, neighbours: bool) -> Iterator[str]:
    places = _places(text)
    for n, first in enumerate(places):
        for m in range(n + 1, len(places)):
            second = places[m]
            if (m == n + 1) is neighbours and text[first] != text[second]:
                yield (
                    text[:first] + text[second] + text[first + 1 : second] + text[first] + text[second + 1 :]
                )  # fmt: skip


def _without_one(text: str) -> Iterator[str]:
    for place in _places(text):
        rest = text[:place] + text[place + 1 :]
        yield f"0{rest}".rstrip(".")


def _with_one_twice(text: str) -> Iterator[str]:
    for place in _places(text):
        yield text[: place + 1] + text[place] + text[place + 1 :]
