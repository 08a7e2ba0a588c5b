"""What is wrong in a system: the conflicts of each part in trouble, and the smallest sets of figures explaining it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import NamedTuple

from gouji.diagnosis.conflicts import each_conflict, in_order
from gouji.diagnosis.delta import Range
from gouji.diagnosis.hitting import MOST_SETS, Search, TooMany
from gouji.diagnosis.system import Conflict, System, broken, parts
from gouji.diagnosis.tableau import Budget, OutOfBudget
from gouji.figures import Interval

MOST_VALUES = 3
WORK = 3_000_000
"""Coefficients that may be touched for one part: a few seconds, some ten times what a hard workbook takes."""


class Trouble(NamedTuple):
    """A connected part whose figures cannot all be right.

    ``explanations`` are all sets (sorted figure numbers) of least total ``weight`` whose release makes it right; none
    where no release does. ``complete`` is false when a limit was reached: each listed set is right, others may exist.
    """

    members: tuple[int, ...]
    conflicts: tuple[Conflict, ...]
    explanations: tuple[tuple[int, ...], ...]
    weight: int
    complete: bool = True


class Printable(NamedTuple):
    """Figures that a truth in some range can print, in last-place units: the least and the greatest.

    ``None`` where there is no end. ``least > most``: none at all.
    """

    least: int | None
    most: int | None

    @property
    def number(self) -> int | None:
        """How many there are; ``None``: without end."""
        return None if self.least is None or self.most is None else max(0, self.most - self.least + 1)

    def listed(self) -> tuple[int, ...]:
        """All of at most ``MOST_VALUES``, else the least and the greatest, as far as there are such."""
        if self.least is not None and self.most is not None and self.most - self.least < MOST_VALUES:
            return tuple(range(self.least, self.most + 1))
        return tuple(end for end in (self.least, self.most) if end is not None)


def troubles(
    system: System, weights: Sequence[int | None] | None = None, *, work: int | None = WORK
) -> list[Trouble] | None:
    """The parts of ``system`` in trouble, in the order of their first condition; ``None`` when that is undecided.

    ``weights``: how unlikely it is that a figure is wrong, 1 of all without; ``None`` marks a figure never released.
    ``work`` limits each part. Nothing is guessed: what the limit leaves open is said.
    """
    unmet = set(broken(system))
    if not unmet:
        return []
    found = []
    for members in parts(system):
        if not unmet.isdisjoint(members):
            try:
                trouble = _trouble(system, members, weights or [1] * len(system.figures), Budget(work))
            except OutOfBudget:
                return None
            if trouble is not None:
                found.append(trouble)
    return found


def _trouble(system: System, members: Iterable[int], weights: Sequence[int | None], budget: Budget) -> Trouble | None:
    part = system.component(members, budget)
    if part.conflict() is None:
        return None

    def question(released: frozenset[int]) -> frozenset[int] | None:
        conflict = part.conflict(released)
        return None if conflict is None else conflict.figures

    search = Search(question, weights)
    complete = True
    conflicts: list[Conflict] = []
    try:
        for conflict in each_conflict(part, budget):
            conflicts.append(conflict)
        search.run()
    except (OutOfBudget, TooMany):
        complete = False
    sets = tuple(sorted(tuple(sorted(one)) for one in search.found))
    return Trouble(part.members, tuple(in_order(conflicts)), sets[:MOST_SETS], search.limit, complete)


def ranges(
    system: System, members: Iterable[int], released: Iterable[int], work: int | None = WORK
) -> Mapping[int, Range]:
    """The truths possible for each of the ``released`` figures of a part once all of them are released.

    Raises ``OutOfBudget``, ``ValueError`` where their release leaves a conflict.
    """
    figures = sorted(released)
    part = system.component(members, Budget(work))
    if part.conflict(figures) is not None:
        raise ValueError(figures)
    return {figure: part.range(figure, figures) for figure in figures}


def printable(truths: Range, ulp: Fraction, interval: Callable[[int], Interval]) -> Printable:
    """What truths can print: ``interval(n)`` are those printed as ``n`` units of ``ulp``."""
    least = most = None
    if truths.low is not None:
        least = floor(truths.low / ulp) - 1
        while not truths.reaches_down_to(interval(least)):
            least += 1
    if truths.high is not None:
        most = ceil(truths.high / ulp) + 1
        while not truths.reaches_up_to(interval(most)):
            most -= 1
    return Printable(least, most)


def together(choices: Sequence[Sequence[tuple[int, ...]]], most: int = MOST_SETS) -> tuple[list[tuple[int, ...]], bool]:
    """One set of each part put together in every way, sorted, and whether these are all (at most ``most``)."""
    total = 1
    for one in choices:
        total *= len(one)
    if total > most:
        return [], False
    return sorted(tuple(sorted(v for one in chosen for v in one)) for chosen in product(*choices)), True
