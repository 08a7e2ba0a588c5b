"""The relations of a workbook as one system: every figure in its box, every linear relation a condition.

What a check forgave, the system forgives: a figure whose last digit was adjusted is one unit wider, a zero that hid an
amount reaches half a unit, a truncated rate may be truncated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.binding.bound import (
    Applied,
    Arithmetic,
    Bound,
    Compared,
    Constant,
    Many,
    Negative,
    Nothing,
    Single,
    Term,
    cells_of,
    terms_of,
)
from gouji.checking.check import Judged, Verdict
from gouji.checking.decide import MIRRORED
from gouji.checking.forgiving import MOST_HIDDEN_ZEROS
from gouji.checking.linear import Form, Linear, NotLinear, Truths, forms, span
from gouji.diagnosis.conditions import Condition, Ends, Quantity, condition
from gouji.diagnosis.delta import Number, plain
from gouji.diagnosis.relations import FORGIVEN
from gouji.diagnosis.system import System
from gouji.figures import Figure, Interval, common_places, whole_place
from gouji.language.ast import Comparison
from gouji.sheet import CellRef

COUNTED = FORGIVEN | {Verdict.HOLDS, Verdict.FAILS}


class Gathered(NamedTuple):
    """A workbook's system.

    Figure ``n`` is that of ``terms[n]``; ``numbers`` says it for a cell. Rule ``n`` is the relation of the ``n``-th
    judged instance.
    """

    system: System
    terms: tuple[Term, ...]
    numbers: Mapping[CellRef, int]


class _Row(NamedTuple):
    sum: Linear
    comparison: Comparison
    given: tuple[CellRef, ...] = ()


def is_counted(one: Judged) -> bool:
    """Whether a relation has a part in the system: it was decided and is more than a hint."""
    return one.verdict in COUNTED and one.instance.rule.severity != "info"


class FinerPlaces(Exception):  # noqa: N818 - a way to end: the system has to be gathered anew
    """A figure needs more ``places`` than the system has."""

    def __init__(self, places: int) -> None:
        super().__init__(places)
        self.places = places


class Gathering:
    """A system that grows: figures and relations are numbered as they come. ``places``: the finest any figure needs.

    ``zeros_hide``: a printed zero may be an amount below half a last place. ``loosely``: a relation that was forgiven
    may miss by as much again; no single figure of it is wider.
    """

    def __init__(self, money: int, places: int, *, zeros_hide: bool = False, loosely: bool = False) -> None:
        self._money, self.places, self._zeros_hide, self._loosely = money, places, zeros_hide, loosely
        self._terms: list[Term] = []
        self._numbers: dict[CellRef, int] = {}
        self._quantities: list[Quantity] = []
        self._conditions: list[Condition] = []

    def gathered(self) -> Gathered:
        """The system as it is now."""
        return Gathered(System(self._quantities, self._conditions, 10**self.places), tuple(self._terms), self._numbers)

    def number(self, term: Term) -> int:
        """The number of a figure. Raises ``FinerPlaces``."""
        known = self._numbers.get(term.cell)
        if known is None:
            needed = whole_place(term.figure)
            if needed > self.places:
                raise FinerPlaces(needed)
            known = self._numbers[term.cell] = len(self._terms)
            self._terms.append(term)
            hides = self._zeros_hide and not term.figure.digits
            self._quantities.append(_quantity(term, Verdict.ADJUSTED if hides else None, self.places))
        return known

    def take(self, relations: Sequence[Judged], first: int) -> None:
        """Take in the relations that count, the first of them as rule number ``first``. Raises ``FinerPlaces``."""
        for one in relations:
            if is_counted(one):
                self._limit(one)
        for rule, one in enumerate(relations, first):
            if is_counted(one) and _not_negative(one.instance.relation) is None:
                scale = 10**self.places
                found = _conditions(one.instance.relation, rule, self, self._money, scale)
                is_loose = self._loosely and one.verdict in FORGIVEN
                self._conditions += self._loosened(found) if is_loose else found

    def _limit(self, one: Judged) -> None:
        """What a relation says of single figures: forgiven ones are wider, some are never negative."""
        if one.verdict in FORGIVEN and self._loosely:
            return
        if one.verdict is not Verdict.HOLDS:
            read = {term.cell: term for term in terms_of(one.instance.relation)}
            for cell in one.hint:
                if cell in read:
                    n = self.number(read[cell])
                    box = _quantity(read[cell], one.verdict, self.places).box
                    self._quantities[n] = self._quantities[n]._replace(box=box)
        elif (term := _not_negative(one.instance.relation)) is not None:
            n = self.number(term)
            self._quantities[n] = self._quantities[n]._replace(limits=((0, 0), None))

    def _loosened(self, conditions: Iterable[Condition]) -> Iterable[Condition]:
        """Sums that may miss by one last digit or a few hidden halves; what a printed rate asks is left out."""
        for one in conditions:
            if one.comparison == "=" and not one.given:
                pulls = [abs(weight) * self._terms[v].figure.ulp for v, weight in one.weights.items()]
                slack = plain(max(pulls, default=Fraction(0)) * Fraction(MOST_HIDDEN_ZEROS, 2) * 10**self.places)
                yield one._replace(comparison=">=", constant=one.constant + slack)
                yield one._replace(comparison="<=", constant=one.constant - slack)

    def truths(self, cell: CellRef, _: Figure) -> Interval:
        """Where the truth of a numbered figure may be."""
        return _interval(self._quantities[self._numbers[cell]].box, 10**self.places)


def places_needed(relations: Iterable[Judged]) -> int:
    """The finest place that the figures compared by these relations need."""
    compared = (one.instance.relation for one in relations if is_counted(one))
    figures = {
        term.figure[1:3]: term.figure for relation in compared
        if isinstance(relation, Compared) and relation.comparison != "<>" for term in terms_of(relation)
    }  # fmt: skip
    return common_places(figures.values())


def _not_negative(relation: Bound) -> Term | None:
    """The figure of a relation ``figure >= 0`` that its figure as printed meets."""
    if type(relation) is not Compared or relation.comparison != ">=" or type(relation.right) is not Constant:
        return None
    is_sole = type(relation.left) is Single and not relation.right.value
    return relation.left.term if is_sole and relation.left.term.figure.digits >= 0 else None  # type: ignore[union-attr]


def _quantity(term: Term, forgiven: Verdict | None, places: int) -> Quantity:
    figure = term.figure
    value = figure.digits * 10 ** (places - figure.places)
    half = 0 if figure.last is None else 5 * 10 ** (places - figure.last - 1)
    return Quantity(value, _box(value, half, forgiven))


def _box(value: int, half: int, forgiven: Verdict | None) -> Ends:
    if not value or not half:
        return (value, 0), ((half, -1) if half and forgiven is Verdict.ADJUSTED else (value, 0))
    more = 2 * half if forgiven is Verdict.ADJUSTED else 0
    cut = half if forgiven is Verdict.TRUNCATED else 0
    if value > 0:
        return (value - half - more, 0), (value + half + more + cut, -1)
    return (value - half - more - cut, 1), (value + half + more, 0)


def _interval(box: Ends, scale: int) -> Interval:
    low, high = box
    assert low is not None
    assert high is not None
    return Interval(Fraction(low[0]) / scale, Fraction(high[0]) / scale, low[1] > 0, high[1] < 0)


def _conditions(relation: Bound, rule: int, system: Gathering, money: int, scale: int) -> Iterable[Condition]:
    if not isinstance(relation, Compared) or relation.comparison == "<>":
        return
    weights: dict[int, int] = {}
    if _add(relation.left, 1, weights, system) and _add(relation.right, -1, weights, system):
        yield condition(weights, 0, relation.comparison, rule)
        return
    numbers = {term.cell: system.number(term) for term in terms_of(relation)}
    assumed = _assumed(relation)
    for total, comparison, given in _rows(relation, money, system.truths):
        unread = [cell for cell in cells_of(relation) if cell in numbers and cell not in total.terms]
        by_number: dict[int, Number] = {numbers[cell]: one.weight for cell, one in total.terms.items()}
        constant = (total.constant + total.bare) * scale
        taken = {numbers[cell] for cell in (*given, *assumed, *unread)}
        yield condition(by_number, constant, comparison, rule, tuple(sorted(taken)))


def _assumed(bound: Bound) -> list[CellRef]:
    """The cells whose figures decide which branch of a MIN or MAX is taken."""
    if isinstance(bound, Applied):
        if bound.function in {"MIN", "MAX"}:
            return [term.cell for term in terms_of(bound)]
        return [cell for argument in bound.arguments for cell in _assumed(argument)]
    if isinstance(bound, (Arithmetic, Compared)):
        return _assumed(bound.left) + _assumed(bound.right)
    return _assumed(bound.operand) if isinstance(bound, Negative) else []


def _add(bound: Bound, factor: int, weights: dict[int, int], system: Gathering) -> bool:
    """Add a plain sum of figures to ``weights``; ``False`` for anything else, ``weights`` being of no use then."""
    if isinstance(bound, Single):
        number = system.number(bound.term)
        weights[number] = weights.get(number, 0) + factor
        return True
    if isinstance(bound, Many):
        for term in bound.terms:
            number = system.number(term)
            weights[number] = weights.get(number, 0) + factor
        return True
    if isinstance(bound, Nothing):
        return True
    if isinstance(bound, Constant):
        return not bound.value
    if isinstance(bound, Applied) and bound.function == "SUM":
        return all(_add(argument, factor, weights, system) for argument in bound.arguments)
    if isinstance(bound, Arithmetic) and bound.operator in "+-":
        other = factor if bound.operator == "+" else -factor
        return _add(bound.left, factor, weights, system) and _add(bound.right, other, weights, system)
    return False


def _rows(relation: Compared, money: int, truths: Truths) -> list[_Row]:
    try:
        left, right = forms(relation.left), forms(relation.right)
    except NotLinear:
        return []
    if len(left) != 1 or len(right) != 1 or relation.comparison == "<>":
        return []
    if left[0].divisor is not None:
        return _rate_rows(right[0], left[0], MIRRORED[relation.comparison], money, truths)
    if right[0].divisor is not None:
        return _rate_rows(left[0], right[0], relation.comparison, money, truths)
    return [_Row(left[0].dividend.plus(right[0].dividend, -1).in_money(money), relation.comparison)]


def _rate_rows(rate: Form, quotient: Form, comparison: Comparison, money: int, truths: Truths) -> list[_Row]:
    """What a printed rate between r₁ and r₂ asks of the sums it was made of; and the rate, of these as printed."""
    divisor = quotient.divisor
    if comparison != "=" or rate.divisor is not None or divisor is None or span(divisor, truths).low <= 0:
        return []
    low, high, low_open, high_open = span(rate.dividend, truths)
    printed_rate = tuple(rate.dividend.terms)
    rows = [
        _Row(quotient.dividend.plus(divisor, -low).in_money(money), ">" if low_open else ">=", printed_rate),
        _Row(quotient.dividend.plus(divisor, -high).in_money(money), "<" if high_open else "<=", printed_rate),
    ]
    sums = tuple({**quotient.dividend.terms, **divisor.terms})
    reach = _quotients(span(quotient.dividend, truths), span(divisor, truths))
    own = rate.dividend
    return [
        *rows,
        _Row(Linear(own.terms, own.constant - reach.low, own.bare), ">" if reach.low_open else ">=", sums),
        _Row(Linear(own.terms, own.constant - reach.high, own.bare), "<" if reach.high_open else "<=", sums),
    ]


def _quotients(dividend: Interval, divisor: Interval) -> Interval:
    """All quotients by a positive ``divisor``."""
    ends = [
        (a / b, (a_open or b_open) if a else a_open)
        for a, a_open in ((dividend.low, dividend.low_open), (dividend.high, dividend.high_open))
        for b, b_open in ((divisor.low, divisor.low_open), (divisor.high, divisor.high_open))
    ]
    (low, low_open), (high, not_high_open) = min(ends), max((value, not is_open) for value, is_open in ends)
    return Interval(low, high, low_open, not not_high_open)
