"""All smallest sets of figures whose release ends every conflict, from conflicts that are found on the way.

A set that ends all conflicts may still need ``more``: one of some figures that go with those it holds.
A figure may have carriers, the totals it is added up into: together they are one cause and weigh what it weighs.
A set that ends all conflicts holds a figure of each. So sets are built from conflicts: take one that is not hit yet,
try each of its figures, ask for the next conflict; disjoint conflicts tell how much is needed at least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

Figures: TypeAlias = frozenset[int]
Question: TypeAlias = Callable[[Figures], Figures | None]
"""Figures that contradict each other when those given are released; ``None`` when nothing does."""

MOST_SETS = 1000


class TooMany(Exception):  # noqa: N818 - a way to end: not all are listed
    """More sets than anyone reads."""


class Search:
    """A search that can be stopped: ``found`` are sets of the weight ``limit``, the least there is.

    ``conflicts`` are those met so far, of figures that may be released; ``known`` ones need not be asked for.
    """

    def __init__(
        self,
        question: Question,
        weights: Sequence[int | None],
        most: int = MOST_SETS,
        carriers: Callable[[int], Figures] | None = None,
        more: Question = lambda released: None,
        known: Iterable[Figures] = (),
    ) -> None:
        self._question = question
        self._weights = weights
        self._carriers = carriers
        self._more = more
        self._most = most
        self.conflicts: list[Figures] = list(known)
        self._next: int | None = None
        self.found: set[Figures] = set()
        self.limit = 0

    def run(self) -> None:
        """Fill ``found``; it stays empty where no release ends all conflicts.

        Raises ``TooMany`` and what the question raises.
        """
        limit: int | None = 0
        while limit is not None and not self.found:
            self.limit, self._next = limit, None
            self._extend(frozenset(), frozenset(), limit)
            limit = self._next

    def _extend(self, chosen: Figures, barred: Figures, room: int) -> None:
        """All sets with ``chosen`` and without ``barred`` whose further figures weigh no more than ``room``."""
        open_conflicts = self._disjoint(chosen, barred, room)
        if open_conflicts is None:
            return
        if not open_conflicts:
            more = self._more(chosen)
            if more is None:
                self._keep(chosen)
                return
            open_conflicts = [frozenset(v for v in more if self._weights[v] is not None) - barred]
        smallest = min(open_conflicts, key=_size)
        for figure in sorted(smallest):
            weight = self._weight(figure)
            if weight <= room:
                self._extend(chosen | {figure}, barred, room - weight)
                if self._carriers is not None and (carriers := self._carriers(figure) - chosen - barred):
                    self._extend(chosen | {figure} | carriers, barred, room - weight)
            else:
                self._beyond(weight - room)
            barred |= {figure}

    def _keep(self, chosen: Figures) -> None:
        if any(one <= chosen for one in self.found):
            return
        self.found = {one for one in self.found if not chosen < one}
        self.found.add(chosen)
        if len(self.found) > self._most:
            raise TooMany

    def _disjoint(self, chosen: Figures, barred: Figures, room: int) -> list[Figures] | None:
        """Conflicts still to be hit, no two with a common figure, as many as can be told; ``None``: beyond ``room``."""
        found: list[Figures] = []
        taken, needed = chosen, 0
        while (conflict := self._unhit(taken)) is not None:
            free = conflict - barred
            if not free:
                return None
            least = min(self._weight(figure) for figure in free)
            needed = needed + least if self._carriers is None else max(needed, least)  # one cause may hit several
            if needed > room:
                self._beyond(needed - room)
                return None
            found.append(free)
            taken |= free
        return found

    def _unhit(self, taken: Figures) -> Figures | None:
        """A conflict that is left when ``taken`` are released: a known one, else a new one."""
        for conflict in self.conflicts:
            if not conflict & taken:
                return conflict
        conflict_found = self._question(taken)
        if conflict_found is None:
            return None
        conflict = frozenset(figure for figure in conflict_found if self._weights[figure] is not None)
        self.conflicts.append(conflict)
        return conflict

    def _beyond(self, excess: int) -> None:
        """Note that a set weighs ``excess`` more than the limit at least."""
        least = self.limit + excess
        self._next = least if self._next is None else min(self._next, least)

    def _weight(self, figure: int) -> int:
        weight = self._weights[figure]
        assert weight is not None
        return weight


def _size(conflict: Figures) -> tuple[int, list[int]]:
    return len(conflict), sorted(conflict)
