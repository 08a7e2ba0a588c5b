"""The system around some relations, as far as their truths reach: cost grows with what is broken, not the workbook.

All figures start where they are printed. Relations that read none of the figures that move are met as they were, so
only those that read a moved or released figure have to be taken in, until nothing new moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeAlias

from gouji.binding.bound import Term, terms_of
from gouji.checking.check import Judged
from gouji.diagnosis.gather import FinerPlaces, Gathered, Gathering, places_needed

ReadBy: TypeAlias = Callable[[Term], Sequence[Judged]]
"""The relations with a verdict that read a figure."""


class Around:
    """The relations taken in so far, and the system they make. Only those are taken in that ``keep`` accepts."""

    def __init__(
        self, seeds: Iterable[Judged], read_by: ReadBy, money: int, keep: Callable[[Judged], bool],
        *, zeros_hide: bool = False, loosely: bool = False,
    ) -> None:  # fmt: skip
        self._read_by, self._keep = read_by, keep
        self._taken: dict[int, Judged] = {}
        self._gathering_of = partial(Gathering, money, zeros_hide=zeros_hide, loosely=loosely)
        self._gathering = self._gathering_of(0)
        self.take(seeds)

    def gathered(self) -> Gathered:
        """The system; relations are numbered as ``relations`` lists them."""
        return self._gathering.gathered()

    @property
    def relations(self) -> list[Judged]:
        """All relations taken in."""
        return list(self._taken.values())

    def take(self, relations: Iterable[Judged]) -> bool:
        """Take in relations; whether there were new ones."""
        new = {id(one): one for one in relations if id(one) not in self._taken and self._keep(one)}
        first = len(self._taken)
        self._taken.update(new)
        added = list(new.values())
        places = places_needed(added)
        if places > self._gathering.places:  # all are numbered anew in finer units
            self._gathering = self._gathering_of(places)
            added, first = self.relations, 0
        while True:
            try:
                self._gathering.take(added, first)
            except FinerPlaces as finer:  # a cell that was only forgiven
                self._gathering = self._gathering_of(finer.places)
                added, first = self.relations, 0
            else:
                return bool(new)

    def take_in(self, terms: Iterable[Term]) -> bool:
        """Take in all relations that read the figures; whether there were new ones."""
        return self.take([one for term in terms for one in self._read_by(term)])

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
