"""Relations as linear rows ``sum ? 0``, and what one of them leaves a single cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Negative, terms_of
from gouji.checking.decide import MIRRORED, can_be
from gouji.checking.forgiving import MOST_HIDDEN_ZEROS
from gouji.checking.linear import Ends, Form, Linear, NotLinear, Weighted, forms, integer_span, power, reach, span
from gouji.checking.plain_sums import difference, is_sum
from gouji.figures import Figure, Interval
from gouji.language.ast import Comparison
from gouji.sheet import CellRef


class Row(NamedTuple):
    """``sum ? 0`` with every figure inside its interval.

    ``fixed``: cells whose figures decided what the sum is, as printed; ``None`` where all did.
    """

    sum: Linear
    comparison: Comparison
    fixed: frozenset[CellRef] | None = None


def is_plain(bound: Bound) -> bool:
    """Whether an expression has no branches (MIN, MAX): then its rows say all there is to say about one cell."""
    if isinstance(bound, Applied):
        return bound.function in {"SUM", "AVERAGE"} and all(map(is_plain, bound.arguments))
    if isinstance(bound, (Arithmetic, Compared)):
        return is_plain(bound.left) and is_plain(bound.right)
    return not isinstance(bound, Negative) or is_plain(bound.operand)


class End(NamedTuple):
    """A limit of a cell's truth, and whether the limit itself is excluded."""

    value: Fraction
    is_open: bool


Limits: TypeAlias = tuple[End | None, End | None]
"""The lowest and the highest truth; ``None`` where there is no limit."""


def tighter(one: End | None, other: End | None, *, upper: bool) -> End | None:
    """The end that allows less."""
    if one is None or other is None:
        return one or other
    if one.value == other.value:
        return End(one.value, one.is_open or other.is_open)
    return min(one, other) if upper else max(one, other)


def within(limits: Limits) -> Interval | None:
    """All truths between two limits."""
    low, high = limits
    return None if low is None or high is None else Interval(low.value, high.value, low.is_open, high.is_open)


def rows_of(relation: Bound, money: int) -> list[Row]:
    """The linear rows that a relation is made of: one for sums, two or more for a printed rate, none for the rest."""
    if not isinstance(relation, Compared) or relation.comparison == "<>":
        return []
    plain = difference(relation.left, relation.right)
    if plain is not None:
        return [Row(plain.in_money(money), relation.comparison, frozenset())]
    try:
        left, right = forms(relation.left), forms(relation.right)
    except NotLinear:
        return []
    if len(left) != 1 or len(right) != 1:
        return []
    if left[0].divisor is None and right[0].divisor is None:
        tangled = (side for side in (relation.left, relation.right) if not is_sum(side))
        fixed = frozenset(term.cell for side in tangled for term in terms_of(side))
        return [Row(left[0].dividend.plus(right[0].dividend, -1).in_money(money), relation.comparison, fixed)]
    return _quotient_rows(relation.comparison, left[0], right[0], money)


def _quotient_rows(comparison: Comparison, left: Form, right: Form, money: int) -> list[Row]:
    if left.divisor is not None:
        left, right, comparison = right, left, MIRRORED[comparison]
    return _rate_rows(left.dividend, right, money) if comparison == "=" and left.divisor is None else []


def _rate_rows(rate: Linear, quotient: Form, money: int) -> list[Row]:
    """A rate with ends r₁, r₂ is ``n - r₁·d ≥ 0`` and ``n - r₂·d < 0``; and it lies where the quotient can be."""
    assert quotient.divisor is not None
    below = span(quotient.divisor)
    within = reach(quotient)
    if below.low <= 0 or within is None:
        return []
    ends = span(rate)
    low = quotient.dividend.plus(quotient.divisor, -ends.low).in_money(money)
    high = quotient.dividend.plus(quotient.divisor, -ends.high).in_money(money)
    return [
        Row(low, ">" if ends.low_open else ">="),
        Row(high, "<" if ends.high_open else "<="),
        Row(Linear(rate.terms, rate.constant - within.low, rate.bare), ">="),
        Row(Linear(rate.terms, rate.constant - within.high, rate.bare), "<="),
    ]


def _adjusting(total: Linear) -> Fraction:
    """How far one adjusted last digit, or zeros that hide less than half a last place, can move a sum."""
    pulls = [(abs(Fraction(weight)) * figure.ulp, figure.digits) for weight, figure in total.terms.values()]
    hidden = sorted((pull / 2 for pull, digits in pulls if not digits), reverse=True)[:MOST_HIDDEN_ZEROS]
    return max([sum(hidden, Fraction(0)), *(pull for pull, _ in pulls)])


class Whole:
    """A row with everything its sum can be, found once: what it leaves one of its cells then takes a subtraction."""

    __slots__ = ("_ends", "_fixed", "_scale", "comparison", "sum")

    def __init__(self, row: Row) -> None:
        self.sum, self.comparison, self._fixed = row
        low, high, low_open, high_open, self._scale = integer_span(row.sum)
        self._ends = Ends(low, high, low_open, high_open)

    def says_all(self, cells: Iterable[CellRef]) -> bool:
        """Whether the relation holds for any other figures in these cells exactly where the row does."""
        return self._fixed is not None and self._fixed.isdisjoint(cells)

    def can_hold(self, figures: Mapping[CellRef, Figure]) -> bool:
        """Whether the row can hold with these figures in place."""
        terms = {
            cell: Weighted(weight, figures.get(cell, figure)) for cell, (weight, figure) in self.sum.terms.items()
        }
        return can_be(self.comparison, self.sum._replace(terms=terms))

    def left_for(self, cell: CellRef, *, forgiving: bool = False) -> Limits:
        """The lowest and highest truth that the row leaves ``cell`` when it is free and all others are as printed.

        ``forgiving``: with one last digit adjusted, or a few printed zeros hiding money.
        """
        weight = self.sum.terms[cell].weight
        if not weight:  # the end of a rate that is zero takes its divisor out
            return None, None
        low, high, low_open, high_open = self._without(cell)
        if weight > 0:
            low, high, low_open, high_open = -high, -low, high_open, low_open
        comparison = self.comparison if weight > 0 else MIRRORED[self.comparison]
        strict = comparison in {"<", ">"}
        whole = self._scale * (weight if weight > 0 else -weight)
        slack = _adjusting(self.sum) * self._scale if forgiving else 0
        return (
            None if comparison in {"<=", "<"} else End(Fraction(low - slack, whole), low_open or strict),
            None if comparison in {">=", ">"} else End(Fraction(high + slack, whole), high_open or strict),
        )

    def _without(self, cell: CellRef) -> Ends:
        """Everything the others can come to, times the scale."""
        weight, (digits, places, last, _) = self.sum.terms[cell]
        low, high, low_open, high_open = self._ends
        if not digits:
            return self._ends
        centre = int(weight * digits * self._of_place(places))
        half = 0 if last is None else abs(int(weight * 5 * self._of_place(last + 1)))
        is_up = (weight > 0) is (digits > 0)
        return Ends(
            low - centre + half, high - centre - half,
            low_open and (not half or is_up or self._is_open_without(cell, upwards=False)),
            high_open and (not half or not is_up or self._is_open_without(cell, upwards=True)),
        )  # fmt: skip

    def _of_place(self, places: int) -> int:
        """One unit of a place, times the scale."""
        return self._scale // power(places) if places > 0 else self._scale * power(-places)

    def _is_open_without(self, cell: CellRef, *, upwards: bool) -> bool:
        """Whether another figure than that of ``cell`` never reaches its end: the end away from zero of its box."""
        return any(
            ((weight > 0) is (figure.digits > 0)) is upwards
            for at, (weight, figure) in self.sum.terms.items()
            if at != cell and weight and figure.digits and figure.last is not None
        )
