"""Whether a relation can hold: for some truth inside the printed intervals, or for all of them.

``possible`` is the verdict of a check, ``certain`` that of a ``when``. Everything is exact.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from gouji.binding.bound import Applied, Bound, Compared, NotFormed, Truth, Words
from gouji.checking.linear import HALF_AWAY, Ends, Form, Linear, NotLinear, Truths, ends, forms, span
from gouji.checking.plain_sums import difference
from gouji.language.ast import Comparison

Test: TypeAlias = Callable[[Ends], bool]

OPPOSITE: dict[Comparison, Comparison] = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRRORED: dict[Comparison, Comparison] = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class DividedByZero(Exception):  # noqa: N818 - a finding, not an error of the program
    """A rate other than zero is printed although its divisor is zero."""


def _reaches_below(s: Ends) -> bool:
    return s.low < 0


def _reaches_above(s: Ends) -> bool:
    return s.high > 0


def _touches_below(s: Ends) -> bool:
    return s.low < 0 or (s.low == 0 and not s.low_open)


def _touches_above(s: Ends) -> bool:
    return s.high > 0 or (s.high == 0 and not s.high_open)


_CAN_BE: dict[Comparison, Test] = {
    "=": lambda s: _touches_below(s) and _touches_above(s),
    "<=": _touches_below,
    ">=": _touches_above,
    "<": _reaches_below,
    ">": _reaches_above,
}


def possible(bound: Bound, money: int, truths: Truths = HALF_AWAY) -> bool:
    """Whether some truth makes ``bound`` hold. ``money`` is the exponent of the pack's unit.

    Raises ``NotFormed`` (a divisor that may be zero), ``DividedByZero`` and ``NotLinear``.
    """
    match bound:
        case Compared(comparison, left, right):
            return _possible_comparison(comparison, left, right, money, truths)
        case Truth(value):
            return value
        case Applied("AND", arguments):
            return all(possible(a, money, truths) for a in arguments)
        case Applied("OR", arguments):
            return any(possible(a, money, truths) for a in arguments)
        case Applied("NOT", (argument,)):
            return not certain(argument, money, truths)
        case _:
            raise TypeError(bound)


def certain(bound: Bound, money: int, truths: Truths = HALF_AWAY) -> bool:
    """Whether every truth makes ``bound`` hold."""
    match bound:
        case Truth(value):
            return value
        case Applied("AND", arguments):
            return all(certain(a, money, truths) for a in arguments)
        case Applied("OR", arguments):
            return any(certain(a, money, truths) for a in arguments)
        case Applied("NOT", (argument,)):
            return not possible(argument, money, truths)
        case Compared("=", left, right) if not _is_yes_no(left, right):
            below = _possible_comparison("<", left, right, money, truths)
            return not below and not _possible_comparison(">", left, right, money, truths)
        case Compared(comparison, left, right):
            return not _possible_comparison(OPPOSITE[comparison], left, right, money, truths)
        case _:
            raise TypeError(bound)


def _is_yes_no(left: Bound, right: Bound) -> bool:
    return isinstance(left, Words) or isinstance(right, Words) or _is_logical(left)


def _is_logical(bound: Bound) -> bool:
    return isinstance(bound, (Truth, Compared)) or (
        isinstance(bound, Applied) and bound.function in {"AND", "OR", "NOT"}
    )


def _possible_comparison(comparison: Comparison, left: Bound, right: Bound, money: int, truths: Truths) -> bool:
    if isinstance(left, Words) or isinstance(right, Words):
        return _texts(comparison, left, right)
    if _is_logical(left) and _is_logical(right):
        return _truth_values(comparison, left, right, money, truths)
    plain = difference(left, right)
    if plain is not None:
        return can_be(comparison, plain.in_money(money), truths)
    return any(
        _can_compare(comparison, a, b, money, truths) for a in forms(left) for b in forms(right)
    )


def _texts(comparison: Comparison, left: Bound, right: Bound) -> bool:
    words = [side.text if isinstance(side, Words) else None for side in (left, right)]
    equal = words[0] == words[1]
    return equal if comparison == "=" else not equal


def _truth_values(comparison: Comparison, left: Bound, right: Bound, money: int, truths: Truths) -> bool:
    left_can = (possible(left, money, truths), not certain(left, money, truths))
    right_can = (possible(right, money, truths), not certain(right, money, truths))
    same = (left_can[0] and right_can[0]) or (left_can[1] and right_can[1])
    differ = (left_can[0] and right_can[1]) or (left_can[1] and right_can[0])
    return same if comparison == "=" else differ


def _can_compare(comparison: Comparison, left: Form, right: Form, money: int, truths: Truths) -> bool:
    if left.divisor is not None:
        left, right, comparison = right, left, MIRRORED[comparison]
    if left.divisor is not None:
        raise NotLinear
    if right.divisor is not None:
        return _rate(comparison, left.dividend, right.dividend, right.divisor, money, truths)
    return can_be(comparison, left.dividend.plus(right.dividend, -1).in_money(money), truths)


def can_be(comparison: Comparison, sides: Linear, truths: Truths = HALF_AWAY) -> bool:
    """Whether the difference of two ``sides`` can compare so with zero."""
    if comparison == "<>":
        return sides.printed != 0
    return _CAN_BE[comparison](ends(sides, truths))


def _rate(
    comparison: Comparison, rate: Linear, dividend: Linear, divisor: Linear, money: int, truths: Truths
) -> bool:
    """``rate ? dividend ÷ divisor``: two linear rows, one for each end of the rate's interval."""
    below = ends(divisor, truths)
    if below.low == below.high == 0:
        if rate.printed:
            raise DividedByZero
        raise NotFormed
    if below.low <= 0 <= below.high:
        raise NotFormed
    if below.high < 0:
        dividend, divisor = dividend.scaled(-1), divisor.scaled(-1)
    printed = span(rate, truths)

    def over(end: Fraction) -> Ends:
        return ends(dividend.plus(divisor, -end).in_money(money), truths)

    reaches = _reaches_above(over(printed.low)) if printed.low_open else _touches_above(over(printed.low))
    within = _reaches_below(over(printed.high)) if printed.high_open else _touches_below(over(printed.high))
    if comparison == "=":
        return reaches and within
    if comparison in {"<=", "<"}:
        return reaches if comparison == "<=" else _reaches_above(over(printed.low))
    if comparison in {">=", ">"}:
        return within if comparison == ">=" else _reaches_below(over(printed.high))
    return rate.printed != dividend.printed / divisor.printed
