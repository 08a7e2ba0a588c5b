"""What slip would turn the figure that was meant into the one that is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
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
    own = _decimals(printed)
    decimals = max(own, _decimals(proposed))
    return next(_slips(_digits(one, decimals), _digits(other, decimals), decimals, own), None)


def _slips(shown: str, meant: str, decimals: int, own: int) -> Iterator[Mechanism]:
    """All slips, the more plausible first. The digits of both have ``decimals``, of which ``own`` are printed."""
    target, number, beyond = int(shown), int(meant), decimals - own
    if number - target == 10**beyond:
        yield Mechanism.LAST_UNIT
    if any(_moved(number, places, beyond) == target for places in (WAN, -WAN)):
        yield Mechanism.UNIT
    if any(_moved(number, places, beyond) == target for places in SLIPS):
        yield Mechanism.SLIP
    padded = shown.zfill(len(meant))
    apart = [place for place, (a, b) in enumerate(zip(padded, meant)) if a != b]  # noqa: B905 - longer: never a swap
    is_swap = len(padded) == len(meant) and _are_swapped(padded, meant, apart)
    if is_swap and apart[1] == apart[0] + 1:
        yield Mechanism.SWAP
    if len(shown) == len(meant) and len(apart) == 1:
        yield Mechanism.DIGIT
    point = len(meant) - decimals
    if any(number == target for number in _without_one(meant, point)):
        yield Mechanism.DROPPED
    if any(number == 10 * target for number in _with_one_twice(meant, point)):
        yield Mechanism.DOUBLED
    if is_swap:
        yield Mechanism.FAR_SWAP


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip().rstrip("%％").replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _decimals(text: str) -> int:
    return len(text.strip().rstrip("%％").partition(".")[2])


def _digits(number: Decimal, decimals: int) -> str:
    """``(12.5, 2)`` → ``1250``, without sign and point."""
    return f"{abs(number):.{decimals}f}".replace(".", "")


def _moved(number: int, places: int, beyond: int) -> int:
    """The point moved, and rounded to the decimals that are printed; ``beyond`` are those after them."""
    places -= beyond
    factor = 10 ** abs(places)
    moved = number * factor if places >= 0 else (2 * number + factor) // (2 * factor)
    return int(moved * 10**beyond)


def _are_swapped(one: str, other: str, apart: Sequence[int]) -> bool:
    """Whether two digits exchange their places: those where the digits are ``apart``."""
    return len(apart) == 2 and [one[place] for place in apart] == [other[place] for place in reversed(apart)]


def _without_one(digits: str, point: int) -> Iterator[int]:
    """A digit left out; behind the ``point`` the others move up."""
    for place in range(len(digits)):
        rest = int(f"0{digits[:place]}{digits[place + 1 :]}")
        yield rest if place < point else 10 * rest


def _with_one_twice(digits: str, point: int) -> Iterator[int]:
    """A digit doubled, with one decimal more."""
    for place in range(len(digits)):
        more = int(digits[: place + 1] + digits[place:])
        yield 10 * more if place < point else more
