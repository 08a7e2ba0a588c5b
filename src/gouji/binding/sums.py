"""Comparisons of sums of which it is known where every number stands: taken from one list and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from gouji.binding.quick import Quick, Settling, sum_of

ZERO = 0
"""The place of a number that is always zero."""
Members: TypeAlias = int | tuple[int, ...] | None
"""Where the number of a figure stands, or those of the members of a sum; ``None``: a layout alone does not tell."""
Numbers: TypeAlias = list[int | None]
"""The figures of a workbook, as of ``column_numbers``; the first is ``ZERO``."""
_FIGURES_ONLY = {int}


class Sums(NamedTuple):
    """A comparison of sums on the lines of a group: of each of its references the places of the numbers, by line."""

    settling: Settling
    members: tuple[tuple[Members, ...], ...]
    lookups: tuple[Callable[[Numbers], Sequence[Quick]], ...]
    everything: Callable[[Numbers], tuple[int | None, ...]]
    compare: Callable[[Numbers], list[bool | None]] | None
    """Where every number is a figure: nothing but additions and a comparison."""
    columns: tuple[tuple[int, int, str], ...]
    """The columns that were looked into: positions of sheet and section, name."""
    readers: dict[int, list[int]]
    """By the place of a number, the lines of the group that read it; filled when first asked for."""

    def verdicts(self, numbers: Numbers, lines: int) -> list[bool | None]:
        """As ``Settling.decide``, for these figures."""
        if self.compare is not None and set(map(type, self.everything(numbers))) == _FIGURES_ONLY:
            return self.compare(numbers)
        return self.settling.decide(lambda number: self.lookups[number](numbers), lines)

    def reading(self, place: int) -> Sequence[int]:
        """The lines of the group, by position, whose sums read the number at ``place``."""
        if not self.readers:
            for members in self.members:
                for position, each in enumerate(members):
                    for one in _places(each):
                        lines = self.readers.setdefault(one, [])
                        if not lines or lines[-1] != position:
                            lines.append(position)
        return sorted(set(self.readers.get(place, ())))


def sums_of(
    settling: Settling, members: tuple[tuple[Members, ...], ...], columns: Iterable[tuple[int, int, str]]
) -> Sums:
    """The comparison with how its numbers are taken; ``members`` hold no ``None``."""
    everything = {place for each in members for one in each for place in _places(one)}
    return Sums(
        settling, members, tuple(map(_lookup, members)), _taking(sorted(everything)), _compared(settling, members),
        tuple(columns), {},
    )


def _places(members: Members) -> tuple[int, ...]:
    return members if isinstance(members, tuple) else (members or ZERO,)


def _taking(places: Sequence[int]) -> Callable[[Numbers], tuple[Any, ...]]:
    """How the numbers at some places are taken."""
    if len(places) > 1:
        return itemgetter(*places)
    only = places[0] if places else ZERO
    return lambda numbers: (numbers[only],)


def _compared(
    settling: Settling, members: Sequence[Sequence[Members]]
) -> Callable[[Numbers], list[bool | None]] | None:
    """The verdicts where every number is a figure; ``None`` where sums without members take a closer look."""
    weights, test = settling.weights, settling.test
    if settling.is_simple and weights[0] == 1 and all(isinstance(one, int) for each in members for one in each):
        left, *right = map(_taking, members)  # type: ignore[arg-type]
        if right:
            return lambda numbers: list(map(test, left(numbers), right[0](numbers)))
        return lambda numbers: list(map(test, left(numbers), repeat(0)))
    lines = list(zip(*members, strict=True))
    if not settling.is_simple and any(() in line for line in lines):
        return None
    sides = [None if () in line else (_side(line, weights, 1), _side(line, weights, -1)) for line in lines]
    return lambda numbers: [
        None if each is None else test(sum(each[0](numbers)), sum(each[1](numbers))) for each in sides
    ]


def _side(line: Sequence[Members], weights: Sequence[int], sign: int) -> Callable[[Numbers], tuple[Any, ...]]:
    """The numbers of one line that are added up with a sign."""
    added = [place for weight, one in zip(weights, line, strict=True) if weight == sign for place in _places(one)]
    return _taking(added)


def _lookup(members: Sequence[Members]) -> Callable[[Numbers], Sequence[Quick]]:
    """How the figures of a reference are taken from the numbers of a workbook, on all lines."""
    if all(isinstance(one, int) for one in members):
        return _taking(members)  # type: ignore[arg-type]
    if all(isinstance(one, tuple) for one in members):
        return lambda numbers: [sum_of([numbers[at] for at in each]) for each in members]  # type: ignore[union-attr]
    return lambda numbers: [
        sum_of([numbers[at] for at in one]) if isinstance(one, tuple) else numbers[one]  # type: ignore[index]
        for one in members
    ]
