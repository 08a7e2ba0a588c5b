"""Comparisons of sums, those of a whole workbook at once: where every number stands is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from operator import itemgetter, not_
from typing import Any, NamedTuple, TypeAlias

from gouji.binding.quick import Settling
from gouji.binding.terms import NoFigure

ZERO = 0
"""The place of a number that is always zero."""
Members: TypeAlias = int | tuple[int, ...]
"""The place of the number of a figure, or those of the members of a sum."""
Numbers: TypeAlias = Sequence[Any]
"""The figures of a workbook as whole numbers (``NoFigure`` and ``None`` as of ``column_numbers``); the first is 0."""
Relation: TypeAlias = tuple[int, int]
"""The number of a check in its layout, and the position of a line in its group."""


class Sums(NamedTuple):
    """A comparison of sums on the lines of a group: of each of its references the places of the numbers, by line."""

    settling: Settling
    members: tuple[tuple[Members, ...], ...]
    readers: dict[int, list[int]]
    """By the place of a number, the lines of the group that read it; filled when first asked for."""

    def reading(self, place: int | None) -> Sequence[int]:
        """The lines of the group, by position, whose sums read the number at ``place``."""
        if not self.readers:
            for position, line in enumerate(zip(*self.members, strict=True)):
                for one in {one for each in line for one in places_of(each)}:
                    self.readers.setdefault(one, []).append(position)
        return self.readers.get(place, ()) if place is not None else ()

    def added(self, line: int, sign: int) -> tuple[int, ...]:
        """The places of what is added up on one side: ``1`` is the left, ``-1`` the right, brought over by a sign."""
        weighted = zip(self.settling.weights, self.members, strict=True)
        return tuple([place for weight, each in weighted if weight == sign for place in places_of(each[line])])


def places_of(members: Members) -> tuple[int, ...]:
    """The places of a figure or of the members of a sum."""
    return members if isinstance(members, tuple) else (members,)


class Addition(NamedTuple):
    """The numbers of one relation, all of them figures or nothing: those of its left and of its right are added up."""

    test: Callable[[int, int], bool]
    left: tuple[int, ...]
    right: tuple[int, ...]
    relation: Relation


_Side: TypeAlias = Callable[[Numbers], Sequence[int]]
"""One side of many relations."""


class Additions:
    """The relations of a layout that are plain additions, by how they are worked out."""

    def __init__(self, relations: Iterable[Addition]) -> None:
        alike: dict[tuple[Any, bool, bool], list[Addition]] = {}
        for one in relations:
            alike.setdefault((one.test, len(one.left) == 1, len(one.right) == 1), []).append(one)
        self._kinds = [
            (test, _side([one.left for one in some]), _side([one.right for one in some]), [x.relation for x in some])
            for (test, _, _), some in alike.items()
        ]

    def failing(self, numbers: Numbers) -> dict[int, list[int]]:
        """The lines of each check, by position, on which it does not hold as printed."""
        found: dict[int, list[int]] = {}
        for test, left, right, relations in self._kinds:
            for check, line in compress(relations, map(not_, map(test, left(numbers), right(numbers)))):
                found.setdefault(check, []).append(line)
        return found


def _side(places: Sequence[tuple[int, ...]]) -> _Side:
    if all(len(one) == 1 for one in places):
        return taking([one for one, in places])
    taken = [taking(one) for one in places]
    return lambda numbers: [sum(take(numbers)) for take in taken]


def taking(places: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """How what stands at some places is taken."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda values: tuple([values[place] for place in places])


def is_added(number: object) -> bool:
    """Whether a number is a figure, or nothing that adds to a sum."""
    return type(number) is int or type(number) is NoFigure
