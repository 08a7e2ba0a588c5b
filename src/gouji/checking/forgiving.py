"""What a relation that fails is forgiven: one adjusted last digit, zeros that hid an amount, rates cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from gouji.binding.bound import NotFormed, Term, with_figures
from gouji.checking.decide import DividedByZero, Question, possible
from gouji.checking.linear import HALF_AWAY, Truths, Weight, integer_span, power, span
from gouji.figures import Figure, Interval, Rounding
from gouji.sheet import CellRef

MOST_HIDDEN_ZEROS = 3
MOST_ZEROS_TRIED = 12


class Miss(NamedTuple):
    """How far the difference of two sums stays away from zero: ``gap``, both times some positive whole number.

    ``pulls``: how far one unit of the last place of each figure moves the difference.
    """

    gap: Weight
    pulls: Mapping[CellRef, int]

    @property
    def is_beyond_adjusting(self) -> bool:
        """Whether neither one last place nor three hidden halves could close the gap."""
        return self.gap > 2 * max(map(abs, self.pulls.values()), default=0)

    def is_beyond_truncating(self, rates: Sequence[Term]) -> bool:
        """Whether it takes more than half a last place of each of the rates, which were taken as rounded."""
        return 2 * self.gap > sum([abs(self.pulls.get(rate.cell, 0)) for rate in rates])


def miss_of(question: Question, truths: Truths) -> Miss | None:
    """By how much two sums miss; ``None`` for every other relation."""
    sides = question.sides
    if sides is None or sides.difference is None:
        return None
    total = sides.difference.in_money(question.money)
    low: Weight
    high: Weight
    low, high, _, _, scale = integer_span(total)
    if truths is not HALF_AWAY:
        low, high = (end * scale for end in span(total, truths)[:2])
    pulls = {cell: _pull(weight, figure.last, scale) for cell, (weight, figure) in total.terms.items()}
    return Miss(max(low, -high), pulls)


def _pull(weight: Weight, last: int | None, scale: int) -> int:
    if last is None:
        return 0
    weighted = weight.numerator * (scale // weight.denominator)
    return weighted // power(last) if last > 0 else weighted * power(-last)


def adjusting(
    question: Question, miss: Miss | None, terms: Sequence[Term], truths: Truths
) -> tuple[CellRef, ...]:
    """The figure that is one last-place unit off, or up to three printed zeros that hid less than half a unit."""
    if miss is not None and miss.is_beyond_adjusting:
        return ()
    for term in terms:
        for units in (1, -1):
            if term.figure.last is not None and _can_hold_moved(question, term, units, truths):
                return (term.cell,)
    for hidden in _hidden_zeros(miss, terms):
        if _can_hold(question, _hiding(hidden, truths)):
            return tuple([term.cell for term in hidden])
    return ()


def truncating(
    question: Question, miss: Miss | None, terms: Sequence[Term], truths: Truths
) -> tuple[CellRef, ...]:
    """The rates, where the relation holds once they are taken as cut off instead of rounded."""
    rates = [term for term in terms if term.figure.unit.name == "%"]
    if not rates or (truths is HALF_AWAY and miss is not None and miss.is_beyond_truncating(rates)):
        return ()
    return tuple([term.cell for term in rates]) if _can_hold(question, _truncated(rates, truths)) else ()


def _can_hold(question: Question, truths: Truths) -> bool:
    try:
        return question.can_hold(truths)
    except (NotFormed, DividedByZero):
        return False


def _can_hold_moved(question: Question, term: Term, units: int, truths: Truths) -> bool:
    moved = with_figures(question.relation, {term.cell: term.figure.moved(units)})
    try:
        return possible(moved, question.money, truths)
    except (NotFormed, DividedByZero):
        return False


def _hidden_zeros(miss: Miss | None, terms: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Zeros worth trying, fewest first: of a sum those that pull hardest to one side, else every choice of a few."""
    zeros = [term for term in terms if not term.figure.digits and term.figure.last is not None]
    if miss is None:
        for number in range(1, MOST_HIDDEN_ZEROS + 1):
            yield from combinations(zeros[:MOST_ZEROS_TRIED], number)
        return
    pulls = sorted(
        ((miss.pulls[zero.cell], zero) for zero in zeros if zero.cell in miss.pulls), key=lambda pull: -abs(pull[0])
    )
    for number in range(1, MOST_HIDDEN_ZEROS + 1):
        for side in ([t for pull, t in pulls if pull > 0], [t for pull, t in pulls if pull < 0]):
            if len(side) >= number:
                yield tuple(side[:number])


def _hiding(hidden: tuple[Term, ...], truths: Truths) -> Truths:
    cells = {term.cell for term in hidden}

    def hiding(at: CellRef, figure: Figure) -> Interval:
        if at not in cells:
            return truths(at, figure)
        unit = figure.moved(1)  # whatever is too small to be printed as one
        return Interval(figure.value, truths(at, unit).low, low_open=False, high_open=True)

    return hiding


def _truncated(rates: list[Term], truths: Truths) -> Truths:
    cells = {term.cell for term in rates}

    def truncated(at: CellRef, figure: Figure) -> Interval:
        return figure.interval(Rounding.TRUNCATED) if at in cells else truths(at, figure)

    return truncated
