"""Figures inside their boxes and linear conditions between them: can all be met together, and if not, why not?

Figures are numbered; a caller keeps names in the same order. All numbers of a system are ``scale`` times larger than
the truths, so that the ends of boxes are integers. *Released* figures may lie anywhere in their ``limits``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gouji.diagnosis.conditions import ENDLESS, Condition, Quantity, bounds_of, boxed, is_inside, is_met
from gouji.diagnosis.delta import Number, Range, plain, ratio, smallest_integers
from gouji.diagnosis.simplex import Clash, Simplex
from gouji.diagnosis.tableau import Budget

MOST_PAIRED = 8
"""Conditions that read one released figure of which every two are compared."""
class Conflict(NamedTuple):
    """Figures and rules that cannot all be right.

    ``proof``: factors of conditions (by number). Added up with them, what the conditions compare with 0 cannot be below
    0; but it is a sum of ``figures`` (and of others inside their limits), and that is below 0 all over their boxes.
    """

    figures: frozenset[int]
    rules: frozenset[int]
    proof: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class System:
    """All figures and conditions, in the order of their numbers."""

    figures: Sequence[Quantity]
    conditions: Sequence[Condition]
    scale: Number = 1

    def component(self, members: Iterable[int], budget: Budget | None = None) -> Component:
        """The part made of the conditions with these numbers."""
        return Component(self, sorted(members), budget or Budget())


class Component:
    """Some conditions of a system and the figures they read. Remembers its last point: similar questions are cheap."""

    def __init__(self, system: System, members: Sequence[int], budget: Budget) -> None:
        self.system = system
        self.members = tuple(members)
        conditions = [system.conditions[number] for number in members]
        read = {v for one in conditions for v in (*one.weights, *one.given)}
        self.figures = tuple(sorted(read))
        self._place = {v: n for n, v in enumerate(self.figures)}
        self._quantities = [system.figures[v] for v in self.figures]
        self._boxed = [boxed(quantity) for quantity in self._quantities]
        self._crossed = {n for n, one in enumerate(self._boxed) if one.is_empty}
        self._conditions = conditions
        self._given: dict[int, list[int]] = {}
        for number, one in enumerate(conditions):
            for v in one.given:
                self._given.setdefault(self._place[v], []).append(number)
        self._released: frozenset[int] = frozenset()
        self._dropped: frozenset[int] = frozenset()
        self._sums = [{self._place[v]: weight for v, weight in one.weights.items()} for one in conditions]
        bounds = [one.ends for one in self._boxed] + [bounds_of(one) for one in conditions]
        self._simplex = Simplex(self._sums, [q.start for q in self._quantities], bounds, budget)
        self._reading: dict[int, list[int]] | None = None
        self._missed = [v - len(self.figures) for v in self._simplex.outside()]

    def conflict(self, released: Collection[int] = (), dropped: Collection[int] = ()) -> Conflict | None:
        """Why the figures contradict each other, ``None`` if they do not.

        ``released`` figures (by number) may lie anywhere in their limits; ``dropped`` rules count as not there. Raises
        ``OutOfBudget``.
        """
        self._set(frozenset(self._place[v] for v in released if v in self._place), frozenset(dropped))
        for n in sorted(self._crossed - self._released):
            return Conflict(frozenset((self.figures[n],)), frozenset(), ())
        clash = self._clash_of_one() or self._clash_of_two() or self._simplex.clash()
        return None if clash is None else self._conflict(clash)

    def _clash_of_one(self) -> Clash | None:
        """A condition that no truths can meet, whatever others ask: found without any exchange."""
        for number in self._missed:
            low, high = self._simplex.low[number + len(self.figures)], self._simplex.high[number + len(self.figures)]
            weights = self._sums[number]
            if low is not None and (most := self._simplex.reach(weights, upwards=True)) is not None and most < low:
                return Clash(number + len(self.figures), below=True, row=weights)
            if high is not None and (least := self._simplex.reach(weights, upwards=False)) is not None and least > high:
                return Clash(number + len(self.figures), below=False, row=weights)
        return None

    def _clash_of_two(self) -> Clash | None:
        """Two conditions that ask for different truths of one released figure: found without any exchange."""
        for n in sorted(self._released):
            readers = self._readers_of(n)
            for first in readers[:MOST_PAIRED]:
                for second in readers[:MOST_PAIRED]:
                    clash = None if first == second else self._clash_over(n, first, second)
                    if clash is not None:
                        return clash
        return None

    def _clash_over(self, n: int, first: int, second: int) -> Clash | None:
        """Whether a condition's sum, written without a figure that another says, cannot reach its bounds."""
        one, other = self._sums[first], self._sums[second]
        share = ratio(one[n], other[n])
        row: dict[int, Number] = {v: w for v, w in one.items() if v != n}
        for v, weight in other.items():
            if v != n:
                row[v] = plain(row.get(v, 0) - share * weight)
        row = {v: w for v, w in row.items() if w}
        row[second + len(self.figures)] = share
        v = first + len(self.figures)
        low, high = self._simplex.low[v], self._simplex.high[v]
        if low is not None and (most := self._simplex.reach(row, upwards=True)) is not None and most < low:
            return Clash(v, below=True, row=row)
        if high is not None and (least := self._simplex.reach(row, upwards=False)) is not None and least > high:
            return Clash(v, below=False, row=row)
        return None

    def _readers_of(self, n: int) -> list[int]:
        if self._reading is None:
            self._reading = {}
            for number, one in enumerate(self._sums):
                for v in one:
                    self._reading.setdefault(v, []).append(number)
        return self._reading.get(n, [])

    def moved(self) -> set[int]:
        """The figures that are not where they are printed at the point last found."""
        at = self._simplex.at
        return {v for n, v in enumerate(self.figures) if at[n] != (self._quantities[n].start, 0)}

    def range(self, figure: int, released: Collection[int]) -> Range:
        """All truths of ``figure`` that are possible with the ``released`` figures, which must not contradict.

        Raises ``OutOfBudget``, ``ValueError`` where they do contradict.
        """
        if self.conflict(released) is not None:
            raise ValueError(released)
        place = self._place.get(figure)
        if place is None:
            return Range.between(*self.system.figures[figure].limits, self.system.scale)
        low = self._simplex.extreme(place, upwards=False)
        return Range.between(low, self._simplex.extreme(place, upwards=True), self.system.scale)

    def _set(self, released: frozenset[int], dropped: frozenset[int]) -> None:
        changed = released ^ self._released
        rules = dropped ^ self._dropped
        self._released, self._dropped = released, dropped
        touched = {number for n in changed for number in self._given.get(n, ())}
        if rules:
            touched |= {number for number, one in enumerate(self._conditions) if one.rule in rules}
        for n in sorted(changed):
            self._simplex.bound(n, *(self._quantities[n].limits if n in released else self._boxed[n].ends))
        for number in sorted(touched):
            one = self._conditions[number]
            void = one.rule in dropped or any(self._place[v] in released for v in one.given)
            self._simplex.bound(len(self.figures) + number, *(ENDLESS if void else bounds_of(one)))

    def _conflict(self, clash: Clash) -> Conflict:
        sign = 1 if clash.below else -1
        sides: list[tuple[int, Number, bool]] = [(clash.variable, sign, clash.below)]
        sides += [(v, -sign * c, clash.below is (c < 0)) for v, c in clash.row.items()]
        figures: set[int] = set()
        factors: dict[int, Number] = {}
        for v, factor, low in sides:
            if v >= len(self.figures):
                factors[v - len(self.figures)] = factor
                figures.update(self._conditions[v - len(self.figures)].given)
            elif v not in self._released and (self._boxed[v].owns_low if low else self._boxed[v].owns_high):
                figures.add(self.figures[v])
        numbers = sorted(factors)
        whole = smallest_integers([factors[number] for number in numbers])
        proof = tuple((self.members[number], factor) for number, factor in zip(numbers, whole, strict=True))
        rules = frozenset(self._conditions[number].rule for number in numbers)
        return Conflict(frozenset(figures), rules, proof)


def broken(system: System, members: Iterable[int] | None = None) -> list[int]:
    """The conditions (of ``members``) that the figures do not meet as printed, or that read one outside its box."""
    outside = {v for v, one in enumerate(system.figures) if not is_inside(one)}
    return [
        number for number in (range(len(system.conditions)) if members is None else members)
        if not is_met(one := system.conditions[number], system.figures) or any(v in outside for v in one.weights)
    ]  # fmt: skip


def parts(system: System) -> list[list[int]]:
    """The numbers of the conditions of each connected part, parts in the order of their first condition."""
    first_rule = len(system.figures)
    leader: dict[int, int] = {}

    def find(key: int) -> int:
        root = key
        while (above := leader.setdefault(root, root)) != root:
            root = above
        while key != root:
            leader[key], key = root, leader[key]
        return root

    for one in system.conditions:
        own = find(first_rule + one.rule)
        for v in (*one.weights, *one.given):
            leader[find(v)] = own
    found: dict[int, list[int]] = {}
    for number, one in enumerate(system.conditions):
        found.setdefault(find(first_rule + one.rule), []).append(number)
    return list(found.values())
