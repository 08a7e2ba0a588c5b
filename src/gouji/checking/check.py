"""The verdict on every instance: holds, fails, fails by an adjusted last digit, or is not formed after all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from gouji.binding.bound import (
    Bound,
    Compared,
    Instance,
    NotFormed,
    Term,
    terms_of,
    with_figures,
)
from gouji.binding.standing import faulty
from gouji.checking.decide import DividedByZero, certain, possible
from gouji.checking.linear import HALF_AWAY, Linear, NotLinear, Truths, forms, rounded, span
from gouji.checking.plain_sums import difference
from gouji.checking.printed import holds_as_printed
from gouji.figures import Figure, Interval, Rounding
from gouji.sheet import CellRef

MOST_HIDDEN_ZEROS = 3
MOST_ZEROS_TRIED = 12


class Verdict(Enum):
    """How an instance ends. ``NOT_FORMED``: ``when`` is not met, or a divisor may be zero."""

    HOLDS = "holds"
    FAILS = "fails"
    ADJUSTED = "adjusted"
    TRUNCATED = "truncated"
    ZERO_DIVISOR = "zero divisor"
    UNCERTAIN = "uncertain"
    UNDECIDED = "undecided"
    NOT_FORMED = "not formed"

    __hash__ = object.__hash__  # every member is one object; by its name, as usual, takes a call for each instance


_HOLDS = Verdict.HOLDS  # looking up a member of an enumeration costs as much as a call

class Judged(NamedTuple):
    """An instance with its verdict.

    ``hint``: the cells whose last digit, or hidden amount, would make it hold. ``rounded``: it holds, but not for the
    figures just as printed.
    """

    instance: Instance
    verdict: Verdict
    hint: tuple[CellRef, ...] = ()
    rounded: bool = False


def check(instances: Iterable[Instance], money: int, rounding: Rounding) -> list[Judged]:
    """Judge every instance; ``money`` is the exponent of the pack's unit."""
    truths = HALF_AWAY if rounding is Rounding.HALF_AWAY else rounded(rounding)
    return [judge(instance, money, truths) for instance in instances]


def judge(instance: Instance, money: int, truths: Truths = HALF_AWAY) -> Judged:
    """The verdict on one instance, exactly. Raises ``PackError`` where a rule is outside the language."""
    try:
        when, relation = instance.when, instance.relation
        if when is not None and not certain(when, money, truths):
            return Judged(instance, Verdict.UNDECIDED if possible(when, money, truths) else Verdict.NOT_FORMED)
        if holds_as_printed(relation, half_away=truths is HALF_AWAY):
            return Judged(instance, _HOLDS)
        if possible(relation, money, truths):
            return Judged(instance, _HOLDS, rounded=True)
    except NotFormed:
        return Judged(instance, Verdict.NOT_FORMED)
    except DividedByZero:
        return Judged(instance, Verdict.ZERO_DIVISOR)
    except NotLinear:
        text = instance.formula.text
        raise faulty(
            instance.rule, f"这样的关系不能精确判断：{text}", f"this relation cannot be judged exactly: {text}"
        ) from None
    return _failed(instance, money, truths)


def _failed(instance: Instance, money: int, truths: Truths) -> Judged:
    terms = list({term.cell: term for term in terms_of(instance.relation)}.values())
    if any(term.uncertain for term in terms):
        return Judged(instance, Verdict.UNCERTAIN, tuple(term.cell for term in terms if term.uncertain))
    relation = instance.relation
    if not _beyond_adjusting(relation, money, truths):
        for hint, adjusted, hiding in _adjustments(relation, terms, truths):
            if _holds(adjusted, money, hiding):
                return Judged(instance, Verdict.ADJUSTED, hint)
    rates = [term for term in terms if term.figure.unit.name == "%"]
    if rates and _holds(relation, money, _truncated(rates, truths)):
        return Judged(instance, Verdict.TRUNCATED, tuple(term.cell for term in rates))
    return Judged(instance, Verdict.FAILS)


def _beyond_adjusting(relation: Bound, money: int, truths: Truths) -> bool:
    """Whether a sum misses by more than any one last place, or three hidden halves, could move it."""
    difference = linear_difference(relation)
    if difference is None:
        return False
    ends = span(difference.in_money(money), truths)
    gap = max(ends.low, -ends.high)
    pulls = [abs(weighted.weight * weighted.figure.ulp) for weighted in difference.terms.values()]
    widest = max(pulls, default=Fraction(0))
    return gap > 2 * widest


def _holds(relation: Bound, money: int, truths: Truths) -> bool:
    try:
        return possible(relation, money, truths)
    except (NotFormed, DividedByZero):
        return False


def _adjustments(
    relation: Bound, terms: list[Term], truths: Truths
) -> Iterator[tuple[tuple[CellRef, ...], Bound, Truths]]:
    """One figure one last-place unit higher or lower; or up to three printed zeros that hid less than half a unit."""
    for term in terms:
        for units in (1, -1):
            if term.figure.last is not None:
                moved = {term.cell: term.figure.moved(units)}
                yield (term.cell,), with_figures(relation, moved), truths
    for hidden in _hidden_zeros(relation, terms):
        yield tuple(term.cell for term in hidden), relation, _hiding(hidden, truths)


def _hidden_zeros(relation: Bound, terms: list[Term]) -> Iterator[tuple[Term, ...]]:
    """Zeros worth trying, fewest first: of a sum those that pull hardest to one side, else every choice of a few."""
    zeros = [term for term in terms if not term.figure.digits and term.figure.last is not None]
    difference = linear_difference(relation)
    if difference is None:
        for number in range(1, MOST_HIDDEN_ZEROS + 1):
            yield from combinations(zeros[:MOST_ZEROS_TRIED], number)
        return
    pulls = sorted(
        ((difference.terms[t.cell].weight * t.figure.ulp, t) for t in zeros if t.cell in difference.terms),
        key=lambda pull: -abs(pull[0]),
    )
    for number in range(1, MOST_HIDDEN_ZEROS + 1):
        for side in ([t for pull, t in pulls if pull > 0], [t for pull, t in pulls if pull < 0]):
            if len(side) >= number:
                yield tuple(side[:number])


def linear_difference(relation: Bound) -> Linear | None:
    """Left minus right of a comparison of two sums; ``None`` for every other relation."""
    if not isinstance(relation, Compared):
        return None
    plain = difference(relation.left, relation.right)
    if plain is not None:
        return plain
    try:
        left, right = forms(relation.left), forms(relation.right)
    except NotLinear:
        return None
    if len(left) != 1 or len(right) != 1 or left[0].divisor or right[0].divisor:
        return None
    return left[0].dividend.plus(right[0].dividend, -1)


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
