"""What a cell should print if it alone is wrong: the truths that all relations reading it allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from gouji.binding.bound import Compared, terms_of
from gouji.checking.check import Judged, Verdict, linear_difference
from gouji.checking.linear import Linear, span
from gouji.figures import Figure, Interval
from gouji.language.ast import Comparison
from gouji.sheet import CellRef

MOST_VALUES = 3
_SILENT = frozenset({Verdict.NOT_FORMED, Verdict.UNDECIDED, Verdict.UNCERTAIN})


class Reading(NamedTuple):
    """A linear relation that reads a cell: ``difference ? 0``."""

    difference: Linear
    comparison: Comparison


class Repair(NamedTuple):
    """The range of a cell's truth, and the figures it could print when they are at most ``MOST_VALUES``.

    ``least`` and ``most`` are the smallest and greatest such figure, ``None`` on an open side. ``relations`` is the
    number of relations that were put together.
    """

    range: Interval | None
    values: tuple[Figure, ...]
    least: Figure | None
    most: Figure | None
    relations: int


def readings(judged: Iterable[Judged], cells: Collection[CellRef]) -> dict[CellRef, list[Reading]]:
    """The linear relations that read each of ``cells``, those that hold and those that fail."""
    found: dict[CellRef, list[Reading]] = {}
    for one in judged:
        if one.verdict in _SILENT or not any(term.cell in cells for term in terms_of(one.instance.relation)):
            continue
        relation = one.instance.relation
        difference = linear_difference(relation)
        if difference is None or not isinstance(relation, Compared) or relation.comparison == "<>":
            continue
        for cell in difference.terms:
            if cell in cells:
                found.setdefault(cell, []).append(Reading(difference, relation.comparison))
    return found


def repair(cell: CellRef, figure: Figure, relations: Mapping[CellRef, list[Reading]], money: int) -> Repair | None:
    """What ``cell`` could print so that every relation reading it holds; ``None`` when nothing would do."""
    if figure.last is None:
        return None
    low: tuple[Fraction, bool] | None = None
    high: tuple[Fraction, bool] | None = None
    for reading in relations.get(cell, ()):
        allowed_low, allowed_high = _allowed(cell, reading, money)
        if allowed_low is not None and (low is None or allowed_low > low):
            low = allowed_low
        if allowed_high is not None and (high is None or _higher(high, allowed_high)):
            high = allowed_high
    return _printable(figure, low, high, len(relations.get(cell, ())))


def _higher(one: tuple[Fraction, bool], other: tuple[Fraction, bool]) -> bool:
    """Whether upper end ``one`` allows more than ``other``; an open end allows less."""
    return (one[0], not one[1]) > (other[0], not other[1])


End = tuple[Fraction, bool]


def _allowed(cell: CellRef, reading: Reading, money: int) -> tuple[End | None, End | None]:
    """The ends that one relation leaves the cell, each with whether it is open."""
    difference = reading.difference.in_money(money)
    weight = difference.terms[cell].weight
    rest = Linear({c: w for c, w in difference.terms.items() if c != cell}, difference.constant, difference.bare)
    others = span(rest).scaled(Fraction(-1) / weight)
    comparison = reading.comparison
    downwards = comparison in {"<=", "<"} if weight > 0 else comparison in {">=", ">"}
    strict = comparison in {"<", ">"}
    low = None if downwards else (others.low, others.low_open or strict)
    high = (others.high, others.high_open or strict) if downwards or comparison == "=" else None
    return low, high


def _printable(figure: Figure, low: End | None, high: End | None, relations: int) -> Repair | None:
    least = None if low is None else _outermost(figure, low, upwards=True)
    most = None if high is None else _outermost(figure, high, upwards=False)
    if least is not None and most is not None and least.value > most.value:
        return None
    whole = None if low is None or high is None else Interval(low[0], high[0], low[1], high[1])
    return Repair(whole, _between(least, most), least, most, relations)


def _outermost(figure: Figure, end: End, *, upwards: bool) -> Figure:
    """The first printable figure, from the given end inwards, whose interval reaches into the range."""
    ulp = figure.ulp
    step = 1 if upwards else -1
    units = floor(end[0] / ulp) - 1 if upwards else ceil(end[0] / ulp) + 1
    while not _reaches(_units(figure, units).interval(), end, upwards=upwards):
        units += step
    return _units(figure, units)


def _units(figure: Figure, units: int) -> Figure:
    assert figure.last is not None
    return Figure(units, figure.last, figure.last, figure.unit)


def _reaches(interval: Interval, end: End, *, upwards: bool) -> bool:
    value, is_open = end
    if upwards:
        return interval.high > value or (interval.high == value and not interval.high_open and not is_open)
    return interval.low < value or (interval.low == value and not interval.low_open and not is_open)


def _between(least: Figure | None, most: Figure | None) -> tuple[Figure, ...]:
    if least is None or most is None or most.digits - least.digits >= MOST_VALUES:
        return ()
    return tuple(_units(least, units) for units in range(least.digits, most.digits + 1))
