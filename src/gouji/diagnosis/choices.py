"""All smallest sets of cells that explain failed relations together, sought in the system around them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from itertools import islice, product
from typing import NamedTuple, TypeAlias

from gouji.binding.bound import NotFormed, Term, terms_of, with_figures
from gouji.checking.check import Judged, Verdict
from gouji.checking.decide import DividedByZero, possible
from gouji.checking.linear import NotLinear
from gouji.diagnosis.around import Around, ReadBy
from gouji.diagnosis.delta import Range
from gouji.diagnosis.explain import printable
from gouji.diagnosis.gather import Gathered
from gouji.diagnosis.hitting import Search, TooMany
from gouji.diagnosis.printing import of_units, step
from gouji.diagnosis.system import Component, parts
from gouji.diagnosis.tableau import Budget, OutOfBudget
from gouji.figures import Figure
from gouji.sheet import CellRef

MOST_ROUNDS, ROUNDS_BY_STEPS = 12, 3
MOST_LISTED = 60
MOST_TRIED = 60
MOST_QUESTIONS = 400
WORK_ON_SETS, WORK_AT_FIRST = 600_000, 100_000
"""Of one group of failed relations; enough for what a person would follow, about a second at most."""
FIRST_STEPS, MOST_AT_FIRST = 2, 60
Tried: TypeAlias = tuple[int, tuple[tuple[CellRef, Figure], ...]]
"""A relation, and other figures in some of its cells."""


class Choice(NamedTuple):
    """A smallest set of cells that, printed differently, would end all conflicts: each with the range of its truth."""

    truths: Mapping[CellRef, Range]
    terms: tuple[Term, ...]


class Choices(NamedTuple):
    """All smallest sets, of so many ``causes``; ``complete`` is false when a limit was reached.

    Each that is listed is right, but there may be others then.
    """

    sets: tuple[Choice, ...]
    causes: int
    complete: bool


def choices(
    failed: Sequence[Judged], read_by: ReadBy, money: int, carriers: Callable[[Term], Sequence[Term]],
    trusted: Callable[[Term], bool] = lambda term: False,
    connected: Callable[[], Sequence[Judged] | None] = lambda: None, *, work: int = WORK_ON_SETS,
) -> Choices:
    """All smallest sets of cells that would explain some failed relations together.

    A cell may be released with its ``carriers``, the totals it is added up into: they are one cause. Other relations
    that fail are left aside: they have explanations of their own. ``connected`` gives all relations that these may have
    to do with, where they are not too many, ``work`` bounds the search. Where zeros that hide money would make a
    smaller set do, that is preferred.
    """
    strict = _Seeker(failed, read_by, money, carriers, trusted, connected, work, zeros_hide=False).choices()
    if strict.causes <= 1 or not any(_can_hide(term) for one in failed for term in terms_of(one.instance.relation)):
        return strict
    wider = _Seeker(failed, read_by, money, carriers, trusted, connected, work // 3, zeros_hide=True).choices()
    return wider if wider.sets and (not strict.sets or wider.causes < strict.causes) else strict


def _can_hide(term: Term) -> bool:
    return not term.figure.digits and term.figure.last is not None


class _Seeker:
    """Seeks sets in the system around failed relations, which is widened as far as these sets move anything."""

    def __init__(
        self, failed: Sequence[Judged], read_by: ReadBy, money: int, carriers: Callable[[Term], Sequence[Term]],
        trusted: Callable[[Term], bool], connected: Callable[[], Sequence[Judged] | None], work: int,
        *, zeros_hide: bool,
    ) -> None:  # fmt: skip
        wanted = {id(one) for one in failed}
        self._failed, self._money, self._carriers, self._trusted = failed, money, carriers, trusted
        self._connected = connected
        self._around = Around(
            failed, read_by, money, lambda one: id(one) in wanted or one.verdict is not Verdict.FAILS,
            zeros_hide=zeros_hide, loosely=True,
        )  # fmt: skip
        self._known: dict[Tried, bool] = {}
        self._budget = Budget(work)
        self._asked = 0

    def choices(self) -> Choices:
        """All smallest sets, as far as the limits allow."""
        self._around.take_in_around(FIRST_STEPS, MOST_AT_FIRST)
        try:
            for round_number in range(MOST_ROUNDS):
                gathered = self._around.gathered()
                component = _component_of(gathered, self._failed, self._around.relations, self._budget)
                if component is None:
                    return Choices((), 0, complete=True)
                search, complete = self._searched(component, gathered)
                sets = sorted(tuple(sorted(one)) for one in search.found)
                reached = {v for one in sets for v in _reached(component, one)}
                if not self._widened([gathered.terms[v] for v in sorted(reached)], round_number):
                    found = tuple(_choice(component, gathered, one) for one in sets[:MOST_LISTED])
                    return Choices(found, search.limit, complete and len(sets) <= MOST_LISTED)
        except OutOfBudget:
            pass
        return Choices((), 0, complete=False)

    def _widened(self, reached: Sequence[Term], round_number: int) -> bool:
        """Whether what moved is read by more relations; these are taken in, after some rounds all at once."""
        if not self._around.take_in(reached):
            return False
        every = self._connected() if round_number >= ROUNDS_BY_STEPS else None
        if every is not None:
            self._around.take(every)
        return True

    def _searched(self, component: Component, gathered: Gathered) -> tuple[Search, bool]:
        terms, numbers = gathered.terms, gathered.numbers
        certify = _Certifier(component, gathered, self._around.relations, self._money, self._known)

        def ask() -> None:
            self._asked += 1
            if self._asked > MOST_QUESTIONS:
                raise TooMany

        def question(released: Collection[int]) -> frozenset[int] | None:
            ask()
            conflict = component.conflict(released)
            return None if conflict is None else conflict.figures

        def more(released: frozenset[int]) -> frozenset[int] | None:
            ask()
            return certify.unsettled(released)

        def carried(figure: int) -> frozenset[int]:
            return frozenset(numbers[term.cell] for term in self._carriers(terms[figure]) if term.cell in numbers)

        weights = [None if self._trusted(term) else 1 for term in terms]
        search = Search(question, weights, carriers=carried, more=more)
        try:
            search.run()
        except TooMany:
            return search, False
        return search, True


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
    return _without_others(gathered.system.component(members, budget), rules, budget) if members else None


def _without_others(component: Component, rules: Set[int], budget: Budget) -> Component:
    """The part without relations that contradict each other whatever the failed ones (``rules``) say."""
    others: set[int] = set()
    while (conflict := component.conflict((), rules | others)) is not None and conflict.rules:
        others |= conflict.rules
    if not others:
        return component
    conditions = component.system.conditions
    return component.system.component((n for n in component.members if conditions[n].rule not in others), budget)


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
        truths = self._component.range(v, released)
        found = printable(truths, step(term.figure), lambda n: of_units(term.figure, n).interval())
        ends = [end for end in (found.least, found.most) if end is not None]
        between = [ends[0] + (ends[1] - ends[0]) * part // 4 for part in (1, 2, 3)] if len(ends) == 2 else []
        units = dict.fromkeys([*found.listed(), *ends, *between])
        return [of_units(term.figure, n) for n in units] or [term.figure]


def _reached(component: Component, released: Sequence[int]) -> set[int]:
    component.conflict(released)
    return component.moved() | set(released)


def _choice(component: Component, gathered: Gathered, released: Sequence[int]) -> Choice:
    terms = tuple(gathered.terms[v] for v in released)
    return Choice({gathered.terms[v].cell: component.range(v, released) for v in released}, terms)
