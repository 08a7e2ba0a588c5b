"""Whether a relation can hold: for some truth inside the printed intervals, or for all of them.

``possible`` is the verdict of a check, ``certain`` that of a ``when``. Everything is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.binding.bound import Applied, Bound, Compared, NotFormed, Truth, Words
from gouji.checking.linear import HALF_AWAY, Form, Linear, NotLinear, Truths, ends, forms, span
from gouji.checking.plain_sums import difference
from gouji.language.ast import Comparison

OPPOSITE: dict[Comparison, Comparison] = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
MIRRORED: dict[Comparison, Comparison] = {"=": "=", "<>": "<>", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


class DividedByZero(Exception):  # noqa: N818 - a finding, not an error of the program
    """A rate other than zero is printed although its divisor is zero."""


class Sides(NamedTuple):
    """What a comparison of numbers compares: the ``difference`` of two sums with zero, else either of some ``pairs``.

    Whatever rounding is assumed, these are the same.
    """

    difference: Linear | None
    pairs: Sequence[tuple[Form, Form]] = ()


def sides_of(relation: Bound) -> Sides | None:
    """What a relation compares; ``None`` where it compares no numbers. Raises ``NotLinear``."""
    if not isinstance(relation, Compared):
        return None
    _, left, right = relation
    plain = difference(left, right)
    if plain is not None:
        return Sides(plain)
    if isinstance(left, Words) or isinstance(right, Words) or (_is_logical(left) and _is_logical(right)):
        return None
    lefts, rights = forms(left), forms(right)
    if len(lefts) == len(rights) == 1 and lefts[0].divisor is None and rights[0].divisor is None:
        return Sides(lefts[0].dividend.plus(rights[0].dividend, -1))
    return Sides(None, [(one, other) for one in lefts for other in rights])


class Question(NamedTuple):
    """A relation with its ``sides``, which are found once for all that is asked of it; ``money`` as of ``possible``."""

    relation: Bound
    sides: Sides | None
    money: int

    def can_hold(self, truths: Truths) -> bool:
        """Whether some truth makes the relation hold. Raises as ``possible``."""
        if self.sides is None:
            return possible(self.relation, self.money, truths)
        assert isinstance(self.relation, Compared)
        return can_compare(self.relation.comparison, self.sides, self.money, truths)


def possible(bound: Bound, money: int, truths: Truths = HALF_AWAY) -> bool:
    """Whether some truth makes ``bound`` hold. ``money`` is the exponent of the pack's unit.

    Raises ``NotFormed`` (a divisor that may be zero), ``DividedByZero`` and ``NotLinear``.
    """
    if isinstance(bound, Compared):
        sides = sides_of(bound)
        if sides is None:
            return _possible_answers(bound, money, truths)
        return can_compare(bound.comparison, sides, money, truths)
    if isinstance(bound, Truth):
        return bound.value
    if isinstance(bound, Applied):
        if bound.function == "AND":
            return all(possible(one, money, truths) for one in bound.arguments)
        if bound.function == "OR":
            return any(possible(one, money, truths) for one in bound.arguments)
        if bound.function == "NOT":
            return not certain(bound.arguments[0], money, truths)
    raise TypeError(bound)


def certain(bound: Bound, money: int, truths: Truths = HALF_AWAY) -> bool:
    """Whether every truth makes ``bound`` hold."""
    if isinstance(bound, Compared):
        return _certain_comparison(bound, money, truths)
    if isinstance(bound, Truth):
        return bound.value
    if isinstance(bound, Applied):
        if bound.function == "AND":
            return all(certain(one, money, truths) for one in bound.arguments)
        if bound.function == "OR":
            return any(certain(one, money, truths) for one in bound.arguments)
        if bound.function == "NOT":
            return not possible(bound.arguments[0], money, truths)
    raise TypeError(bound)


def _certain_comparison(relation: Compared, money: int, truths: Truths) -> bool:
    comparison, sides = relation.comparison, sides_of(relation)
    if sides is None:
        return not _possible_answers(relation._replace(comparison=OPPOSITE[comparison]), money, truths)
    if comparison == "=":
        return not can_compare("<", sides, money, truths) and not can_compare(">", sides, money, truths)
    return not can_compare(OPPOSITE[comparison], sides, money, truths)


def _is_logical(bound: Bound) -> bool:
    return isinstance(bound, (Truth, Compared)) or (
        isinstance(bound, Applied) and bound.function in {"AND", "OR", "NOT"}
    )


def _possible_answers(relation: Compared, money: int, truths: Truths) -> bool:
    """Whether two texts, or two truth values, can compare so."""
    comparison, left, right = relation
    if isinstance(left, Words) or isinstance(right, Words):
        return _texts(comparison, left, right)
    return _truth_values(comparison, left, right, money, truths)


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


def can_compare(comparison: Comparison, sides: Sides, money: int, truths: Truths = HALF_AWAY) -> bool:
    """Whether some truth makes ``sides`` compare so. Raises as ``possible``."""
    if sides.difference is not None:
        return can_be(comparison, sides.difference.in_money(money), truths)
    return any(_can_compare(comparison, one, other, money, truths) for one, other in sides.pairs)


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
    low, high, low_open, high_open = ends(sides, truths)
    if comparison == "<":
        return low < 0
    if comparison == ">":
        return high > 0
    from_below = low < 0 or (low == 0 and not low_open)
    from_above = high > 0 or (high == 0 and not high_open)
    return from_below if comparison == "<=" else from_above if comparison == ">=" else from_below and from_above


def _rate(
    comparison: Comparison, rate: Linear, dividend: Linear, divisor: Linear, money: int, truths: Truths
) -> bool:
    """``rate ? dividend ÷ divisor``: two linear rows, one for each end of the rate's interval."""
    low, high, _, _ = ends(divisor, truths)
    if low == high == 0:
        if rate.printed:
            raise DividedByZero
        raise NotFormed
    if low <= 0 <= high:
        raise NotFormed
    if comparison == "<>":
        return rate.printed != dividend.printed / divisor.printed
    if high < 0:
        dividend, divisor = dividend.scaled(-1), divisor.scaled(-1)
    printed = span(rate, truths)

    def quotient_can_be(by: Comparison, end: Fraction) -> bool:
        times = dividend.scaled(end.denominator).plus(divisor, -end.numerator)
        return can_be(by, times.in_money(money), truths)

    if comparison in {"<", ">"}:
        return quotient_can_be(">", printed.low) if comparison == "<" else quotient_can_be("<", printed.high)
    reaches = comparison == ">=" or quotient_can_be(">" if printed.low_open else ">=", printed.low)
    return reaches and (comparison == "<=" or quotient_can_be("<" if printed.high_open else "<=", printed.high))
