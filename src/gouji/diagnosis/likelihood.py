"""A suspect cell: what it should print, by what slip it may print what it does, and how likely it is to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from gouji.binding.bound import Compared, Single, Term
from gouji.checking.check import Judged, Verdict
from gouji.diagnosis.delta import Range
from gouji.diagnosis.elsewhere import taken_from
from gouji.diagnosis.mechanism import PLAUSIBILITY, Mechanism, mechanism
from gouji.diagnosis.printing import of_units
from gouji.diagnosis.relations import is_equation
from gouji.figures import Figure, Interval
from gouji.sheet import CellRef
from gouji.tables.model import Recognition

_ZERO, _TOTAL, _SLIP = 4, 1, 3
MOST_LIKELY = 100
"""Values of a range among which a likely one is looked for."""


class Suspect(NamedTuple):
    """A cell, and what it should print: ``values`` are all of a few figures, else (``wide``) the ends of their range.

    ``plausible``: the only one of many that a slip would turn into what is printed. ``carries``: it is no cause itself
    but adds up one.
    """

    term: Term
    range: Range | Interval | None
    values: tuple[Figure, ...]
    mechanism: Mechanism | None = None
    carries: bool = False
    wide: bool = False
    plausible: Figure | None = None


def suspect_of(
    term: Term, truths: Range | Interval | None, values: tuple[Figure, ...],
    ends: tuple[Figure | None, Figure | None], recognition: Recognition, *, carries: bool = False,
) -> Suspect:  # fmt: skip
    """A cell that could print ``values``, or where these are too many anything between the ``ends``."""
    if values:
        return Suspect(term, truths, values, _mechanism(term, values, recognition), carries)
    listed = tuple(end for end in ends if end is not None)
    slips = _slips(term.figure, *ends)
    likeliest = min(slips, key=lambda found: PLAUSIBILITY[found], default=None)
    plausible = slips[likeliest][0] if likeliest is not None and len(slips[likeliest]) == 1 else None
    kept = likeliest if plausible is not None else None
    return Suspect(term, truths, listed, kept, carries, wide=True, plausible=plausible)


def _mechanism(term: Term, values: Sequence[Figure], recognition: Recognition) -> Mechanism | None:
    """What slip would print the figure instead of one of the values it should have."""
    printed = term.figure.printed()
    slips = [found for value in values if (found := mechanism(printed, value.printed())) is not None]
    if slips or not term.figure.digits:
        return min(slips, key=lambda found: PLAUSIBILITY[found], default=None)
    return taken_from(term, recognition)


def _slips(printed: Figure, least: Figure | None, most: Figure | None) -> dict[Mechanism, list[Figure]]:
    """Of not too many figures between two those that a slip would turn into what is printed, by the slip."""
    found: dict[Mechanism, list[Figure]] = {}
    if least is None or most is None or most.digits - least.digits >= MOST_LIKELY:
        return found
    for units in range(least.digits, most.digits + 1):
        value = of_units(printed, units)
        slip = mechanism(printed.printed(), value.printed())
        if slip is not None:
            found.setdefault(slip, []).append(value)
    return found


def unlikelihood(
    cells: Sequence[Suspect], read_by: Callable[[Term], Iterable[Judged]]
) -> tuple[int, int, list[CellRef]]:
    """How unlikely it is that all of these are wrong; ``read_by``: the relations that read a figure."""
    causes = [one for one in cells if not one.carries]
    weight = sum(_weight(one, read_by(one.term)) for one in causes)
    rank = sum(PLAUSIBILITY[one.mechanism] for one in causes if one.mechanism is not None)
    return weight, rank, [one.term.cell for one in cells]


def _weight(suspect: Suspect, readers: Iterable[Judged]) -> int:
    """How unlikely it is that a figure is wrong: what others confirm, a total, a line without money."""
    term = suspect.term
    holding = [one for one in readers if one.verdict is Verdict.HOLDS and is_equation(one.instance.relation)]
    weight = len(holding) + (_TOTAL if any(_is_total(one, term) for one in holding) else 0)
    weight += 0 if term.figure.digits else _ZERO
    return weight - (_SLIP if suspect.mechanism is not None else 0)


def _is_total(one: Judged, term: Term) -> bool:
    relation = one.instance.relation
    return isinstance(relation, Compared) and isinstance(relation.left, Single) and relation.left.term.cell == term.cell
