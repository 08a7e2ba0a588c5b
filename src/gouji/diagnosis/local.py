"""The system around some relations, as far as their truths reach: cost grows with what is broken, not the workbook.

All figures start where they are printed. Relations that read none of the figures that move are met as they were, so
only those that read a moved or released figure have to be taken in, until nothing new moves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import count, islice, product
from typing import NamedTuple, TypeAlias

from gouji.binding.bound import Compared, NotFormed, Term, Truth, terms_of, with_figures
from gouji.checking.check import Judged, Verdict
from gouji.checking.decide import DividedByZero, possible
from gouji.checking.linear import NotLinear
from gouji.diagnosis.conflicts import disjoint_conflicts
from gouji.diagnosis.delta import Range
from gouji.diagnosis.explain import WORK, printable
from gouji.diagnosis.gather import Gathered, Gathering, figure_of, is_counted
from gouji.diagnosis.hitting import Search, TooMany
from gouji.diagnosis.simplex import Budget, OutOfBudget
from gouji.diagnosis.system import Component, Conflict, broken, parts
from gouji.figures import Figure, common_places
from gouji.sheet import CellRef

ReadBy: TypeAlias = Callable[[Term], Sequence[Judged]]
"""The relations with a verdict that read a figure."""
MOST_ROUNDS = 12
MOST_LISTED = 60
MOST_TRIED = 60
MOST_QUESTIONS = 250
WORK_ON_SETS = 100_000
"""Of one group of failed relations; enough for what a person would follow, a few tenths of a second at most."""
FIRST_STEPS, MOST_AT_FIRST, MOST_IN_ALL = 2, 60, 3000
Tried: TypeAlias = tuple[int, tuple[tuple[CellRef, Figure], ...]]
"""A relation, and other figures in some of its cells."""


class Sum(NamedTuple):
    """Relations that contradict each other, put together into one sum that a person can redo.

    ``members``: figures with their weights. Together with ``constant`` (base unit) they must not come to less than 0
    (``exact``: to nothing but 0), whatever they were before rounding; as printed they do, by more than rounding moves.
    """

    relations: tuple[Judged, ...]
    members: tuple[tuple[Term, int], ...]
    constant: Fraction
    exact: bool


class Choice(NamedTuple):
    """A smallest set of cells that, printed differently, would end all conflicts: each with the range of its truth."""

    truths: Mapping[CellRef, Range]
    terms: tuple[Term, ...]


class Choices(NamedTuple):
    """All smallest sets; ``complete`` is false when a limit was reached: each is right, but there may be others."""

    sets: tuple[Choice, ...]
    complete: bool


class _Around:
    """The relations taken in so far, and the system they make."""

    def __init__(
        self, seeds: Iterable[Judged], read_by: ReadBy, money: int, keep: Callable[[Judged], bool],
        *, zeros_hide: bool = False,
    ) -> None:  # fmt: skip
        self._read_by, self._money, self._keep, self._zeros_hide = read_by, money, keep, zeros_hide
        self._taken: dict[int, Judged] = {}
        self._gathering = Gathering(money, 0, zeros_hide=zeros_hide)
        self._add([one for one in seeds if keep(one)])

    def gathered(self) -> Gathered:
        """The system; relations are numbered as ``relations`` lists them."""
        return self._gathering.gathered()

    @property
    def relations(self) -> list[Judged]:
        """All relations taken in."""
        return list(self._taken.values())

    def take_in(self, terms: Iterable[Term]) -> bool:
        """Take in all relations that read the figures; whether there were new ones."""
        new = {id(one): one for term in terms for one in self._read_by(term) if id(one) not in self._taken}
        wanted = [one for one in new.values() if self._keep(one)]
        self._add(wanted)
        return bool(wanted)

    def take_in_around(self, steps: int, most: int) -> None:
        """Take in what reads the figures of the relations taken in, some steps far or till there are many."""
        latest = self.relations
        for _ in range(steps):
            if not latest or len(self._taken) >= most:
                return
            before = len(self._taken)
            terms = {term.cell: term for one in latest for term in terms_of(one.instance.relation)}
            self.take_in(terms.values())
            latest = self.relations[before:]

    def _add(self, relations: Sequence[Judged]) -> None:
        new = [one for one in relations if id(one) not in self._taken]
        places = common_places(term.figure for one in new for term in terms_of(one.instance.relation))
        if places > self._gathering.places:  # figures finer than any before: all are numbered anew in finer units
            self._gathering = Gathering(self._money, places, zeros_hide=self._zeros_hide)
            new, self._taken = [*self._taken.values(), *new], {}
        for one in new:
            if is_counted(one):
                self._gathering.limit(one)
        for one in new:
            if is_counted(one):
                self._gathering.add(one, len(self._taken))
            self._taken[id(one)] = one


def contradictions(
    seeds: Iterable[Judged], read_by: ReadBy, money: int, keep: Callable[[Judged], bool]
) -> tuple[list[Sum], bool]:
    """Irreducible conflicts among relations that can each hold alone; and whether the answer is complete.

    ``seeds`` are those that do not hold for the figures just as printed, ``keep`` the relations that count. A printed
    zero may hide an amount below half a last place here: what that explains is no contradiction.
    """
    seeds = [one for one in seeds if keep(one) and _compares_figures(one)]
    around = _Around(seeds, read_by, money, keep, zeros_hide=True)
    around.take_in_around(MOST_IN_ALL, MOST_IN_ALL)
    budget = Budget(WORK)
    try:
        while True:
            gathered = around.gathered()
            unmet = set(broken(gathered.system))
            components = [
                gathered.system.component(members, budget)
                for members in parts(gathered.system) if not unmet.isdisjoint(members)
            ]  # fmt: skip
            contradictory = [one for one in components if one.conflict() is not None]
            moved = {v for one in components if one not in contradictory for v in one.moved()}
            if not around.take_in(gathered.terms[v] for v in sorted(moved)):
                break
        found = [conflict for one in contradictory for conflict in disjoint_conflicts(one, budget)]
    except OutOfBudget:
        return [], False
    relations = around.relations
    return [_sum(gathered, relations, conflict) for conflict in found], True


def _compares_figures(one: Judged) -> bool:
    relation = one.instance.relation
    if not isinstance(relation, Compared) or isinstance(relation.left, (Compared, Truth)):
        return False
    return bool(terms_of(relation))


def _sum(gathered: Gathered, relations: Sequence[Judged], conflict: Conflict) -> Sum:
    conditions, scale = gathered.system.conditions, gathered.system.scale
    weights: dict[int, int] = {}
    for number, factor in conflict.proof:
        for v, weight in conditions[number].weights.items():
            weights[v] = weights.get(v, 0) + factor * weight
    members = tuple((gathered.terms[v], weight) for v, weight in sorted(weights.items()) if weight)
    constants = (factor * Fraction(conditions[number].constant) / scale for number, factor in conflict.proof)
    constant = sum(constants, Fraction(0))
    exact = all(conditions[number].comparison == "=" for number, _ in conflict.proof)
    return Sum(tuple(relations[n] for n in sorted(conflict.rules)), members, constant, exact)


def choices(
    failed: Sequence[Judged], read_by: ReadBy, money: int, carriers: Callable[[Term], Sequence[Term]],
    trusted: Callable[[Term], bool] = lambda term: False,
) -> Choices:
    """All smallest sets of cells that would explain some failed relations together.

    A cell may be released with its ``carriers``, the totals it is added up into: they are one cause. Other relations
    that fail are left aside: they have explanations of their own.
    """
    wanted = {id(one) for one in failed}
    around = _Around(failed, read_by, money, lambda one: id(one) in wanted or one.verdict is not Verdict.FAILS)
    around.take_in_around(FIRST_STEPS, MOST_AT_FIRST)
    known: dict[Tried, bool] = {}
    budget = Budget(WORK_ON_SETS)
    try:
        for _ in range(MOST_ROUNDS):
            gathered = around.gathered()
            component = _component_of(gathered, failed, around.relations, budget)
            if component is None:
                return Choices((), complete=True)
            certify = _Certifier(component, gathered, around.relations, money, known)
            sets, complete = _searched(component, gathered, certify, carriers, trusted)
            reached = {v for one in sets for v in _reached(component, one)}
            if not around.take_in(gathered.terms[v] for v in sorted(reached)):
                found = tuple(_choice(component, gathered, one) for one in sets[:MOST_LISTED])
                return Choices(found, complete)
    except OutOfBudget:
        pass
    return Choices((), complete=False)


def _component_of(
    gathered: Gathered, failed: Sequence[Judged], relations: Sequence[Judged], budget: Budget
) -> Component | None:
    """The part that the failed relations are in; ``None`` where they say nothing that a sum could express."""
    wanted = {id(one) for one in failed}
    rules = {n for n, one in enumerate(relations) if id(one) in wanted}
    members = [
        number for part in parts(gathered.system)
        if any(gathered.system.conditions[number].rule in rules for number in part) for number in part
    ]  # fmt: skip
    return gathered.system.component(members, budget) if members else None


def _searched(
    component: Component, gathered: Gathered, certify: _Certifier, carriers: Callable[[Term], Sequence[Term]],
    trusted: Callable[[Term], bool],
) -> tuple[list[tuple[int, ...]], bool]:
    terms, numbers = gathered.terms, gathered.numbers

    asked = count(1)

    def question(released: Collection[int]) -> frozenset[int] | None:
        if next(asked) > MOST_QUESTIONS:
            raise TooMany
        conflict = component.conflict(released)
        return None if conflict is None else conflict.figures

    def carried(figure: int) -> frozenset[int]:
        return frozenset(numbers[term.cell] for term in carriers(terms[figure]) if term.cell in numbers)

    weights = [None if trusted(term) else 1 for term in terms]
    def more(released: frozenset[int]) -> frozenset[int] | None:
        if next(asked) > MOST_QUESTIONS:
            raise TooMany
        return certify.unsettled(released)

    search = Search(question, weights, carriers=carried, more=more)
    complete = True
    try:
        search.run()
    except TooMany:
        complete = False
    return sorted(tuple(sorted(one)) for one in search.found), complete


class _Certifier:
    """Holds released figures against the relations that no sum expresses (a smaller of two, a printed word)."""

    def __init__(
        self,
        component: Component,
        gathered: Gathered,
        relations: Sequence[Judged],
        money: int,
        known: dict[Tried, bool],
    ) -> None:
        self._component, self._gathered, self._relations, self._money = component, gathered, relations, money
        self._known = known
        self._given: dict[int, list[tuple[int, ...]]] = {}
        for number in component.members:
            condition = gathered.system.conditions[number]
            self._given.setdefault(condition.rule, []).append(condition.given)
        self._figures = [
            frozenset(
                gathered.numbers[term.cell] for term in terms_of(one.instance.relation) if term.cell in gathered.numbers
            )
            for one in relations
        ]

    def unsettled(self, released: frozenset[int]) -> frozenset[int] | None:
        """Other figures of a relation that no value of the released ones settles; ``None`` where all are settled."""
        for rule, figures in enumerate(self._figures):
            own = figures & released
            expressed = any(not released.intersection(given) for given in self._given.get(rule, ()))
            if own and not expressed and not self._settles(rule, own, released):
                return figures - released
        return None

    def _settles(self, rule: int, own: frozenset[int], released: frozenset[int]) -> bool:
        cells = [self._gathered.terms[v].cell for v in sorted(own)]
        tried = [self._values(v, released) for v in sorted(own)]
        choices_of_values = islice(product(*tried), MOST_TRIED)
        return any(self._holds(rule, tuple(zip(cells, values, strict=True))) for values in choices_of_values)

    def _holds(self, rule: int, figures: tuple[tuple[CellRef, Figure], ...]) -> bool:
        one = self._relations[rule]
        key = id(one), figures
        if key not in self._known:
            try:
                self._known[key] = possible(with_figures(one.instance.relation, dict(figures)), self._money)
            except (NotFormed, DividedByZero, NotLinear):
                self._known[key] = False
        return self._known[key]

    def _values(self, v: int, released: frozenset[int]) -> list[Figure]:
        """Figures that a released cell could print: as it is, the ends of its range, some between."""
        term = self._gathered.terms[v]
        if term.figure.last is None:
            return [term.figure]
        found = printable(self._component.range(v, released), term.figure.ulp, lambda n: figure_of(term, n).interval())
        ends = [end for end in (found.least, found.most) if end is not None]
        between = [ends[0] + (ends[1] - ends[0]) * part // 4 for part in (1, 2, 3)] if len(ends) == 2 else []
        units = dict.fromkeys([*found.listed(), *ends, *between])
        return [figure_of(term, n) for n in units] or [term.figure]


def _reached(component: Component, released: Sequence[int]) -> set[int]:
    component.conflict(released)
    return component.moved() | set(released)


def _choice(component: Component, gathered: Gathered, released: Sequence[int]) -> Choice:
    terms = tuple(gathered.terms[v] for v in released)
    return Choice({gathered.terms[v].cell: component.range(v, released) for v in released}, terms)
