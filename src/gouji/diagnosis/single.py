"""One cell at a time: would the findings go away if it alone were different, and what should it print?

A proposal is certified before it is made: with the new figure in the cell, every relation that reads the cell holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from gouji.binding.bound import NotFormed, Term, terms_of
from gouji.checking.check import Judged, Verdict
from gouji.checking.decide import DividedByZero, possible
from gouji.diagnosis.rows import End, left_for, rows_of
from gouji.figures import Figure, Interval
from gouji.sheet import CellRef

MOST_VALUES = 3
_SILENT = frozenset({Verdict.NOT_FORMED, Verdict.UNDECIDED, Verdict.UNCERTAIN})
FAILING = frozenset({Verdict.FAILS, Verdict.ADJUSTED, Verdict.TRUNCATED, Verdict.ZERO_DIVISOR})


@dataclass(frozen=True, slots=True)
class Repair:
    """What a cell could print. ``values`` are all of at most ``MOST_VALUES`` figures, else ``least`` and ``most`` are
    the ends (``None`` where there is none). ``range`` is the interval of its truth, ``relations`` how many were
    put together.
    """

    range: Interval | None
    values: tuple[Figure, ...]
    least: Figure | None
    most: Figure | None
    relations: int


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that explains findings (positions in the list of failed instances) all by itself."""

    term: Term
    repair: Repair
    explains: tuple[int, ...]
    unique: bool


class Diagnosis:
    """Single-cell explanations of the failed instances among ``judged``."""

    def __init__(self, judged: Sequence[Judged], money: int) -> None:
        self.money = money
        self.failed = [one for one in judged if one.verdict in FAILING]
        self._terms = {term.cell: term for one in self.failed for term in terms_of(one.instance.relation)}
        self._readers = _readers(judged, self._terms) if self.failed else {}
        self._repairs: dict[CellRef, Repair | None] = {}

    def repair(self, cell: CellRef) -> Repair | None:
        """What ``cell`` should print if it alone is wrong; ``None`` when no figure would do."""
        if cell not in self._repairs:
            self._repairs[cell] = self._repair(cell, self._readers[cell])
        return self._repairs[cell]

    def by_itself(self, one: Judged, cell: CellRef) -> Repair | None:
        """What ``cell`` should print for this one relation, whatever others say."""
        return self._repair(cell, [one])

    def suspects(self) -> list[Suspect]:
        """Cells that explain what they are read by, those that explain most first."""
        found = [
            (term, repair, tuple(n for n, one in enumerate(self.failed) if self._reads(one, cell)))
            for cell, term in self._terms.items()
            if (repair := self.repair(cell)) is not None
        ]
        found.sort(key=lambda item: (-len(item[2]), item[0].cell))
        return [
            Suspect(term, repair, explains, not any(
                set(explains) <= set(others) for other, _, others in found if other.cell != term.cell))
            for term, repair, explains in found
        ]

    def _reads(self, one: Judged, cell: CellRef) -> bool:
        return any(term.cell == cell for term in terms_of(one.instance.relation))

    def _repair(self, cell: CellRef, readers: Sequence[Judged]) -> Repair | None:
        figure = self._terms[cell].figure
        if figure.last is None:
            return None
        low: End | None = None
        high: End | None = None
        for one in readers:
            for row in rows_of(one.instance.relation, self.money):
                if cell in row.sum.terms:
                    low_here, high_here = left_for(cell, row)
                    low, high = _tighter(low, low_here, upper=False), _tighter(high, high_here, upper=True)
        return self._certified(cell, figure, low, high, readers)

    def _certified(
        self, cell: CellRef, figure: Figure, low: End | None, high: End | None, readers: Sequence[Judged]
    ) -> Repair | None:
        least = None if low is None else _first_printable(figure, low, upwards=True)
        most = None if high is None else _first_printable(figure, high, upwards=False)
        if least is not None and most is not None and least.digits > most.digits:
            return None
        values = _between(least, most)
        kept = tuple(value for value in values if self._settles(cell, value, readers))
        ends = values or tuple(end for end in (least, most) if end is not None)
        if not (kept if values else any(self._settles(cell, end, readers) for end in ends)):
            return None
        whole = None if low is None or high is None else Interval(low.value, high.value, low.is_open, high.is_open)
        return Repair(whole, kept, least, most, len(readers))

    def _settles(self, cell: CellRef, value: Figure, readers: Iterable[Judged]) -> bool:
        def replaced(at: CellRef, figure: Figure) -> Interval:
            return (value if at == cell else figure).interval()

        try:
            return all(possible(one.instance.relation, self.money, replaced) for one in readers)
        except (NotFormed, DividedByZero):
            return False


def _readers(judged: Iterable[Judged], cells: Collection[CellRef]) -> Mapping[CellRef, list[Judged]]:
    """The judged instances that read each of ``cells``."""
    found: dict[CellRef, list[Judged]] = {cell: [] for cell in cells}
    for one in judged:
        if one.verdict not in _SILENT:
            for cell in {term.cell for term in terms_of(one.instance.relation)}:
                if cell in found:
                    found[cell].append(one)
    return found


def _tighter(one: End | None, other: End | None, *, upper: bool) -> End | None:
    """The end that allows less."""
    if one is None or other is None:
        return one or other
    if one.value == other.value:
        return End(one.value, one.is_open or other.is_open)
    return min(one, other) if upper else max(one, other)


def _first_printable(figure: Figure, end: End, *, upwards: bool) -> Figure:
    """The first printable figure from the given end inwards whose truths reach into the range."""
    step = 1 if upwards else -1
    units = floor(end.value / figure.ulp) - 1 if upwards else ceil(end.value / figure.ulp) + 1
    while not _reaches(_of_units(figure, units).interval(), end, upwards=upwards):
        units += step
    return _of_units(figure, units)


def _reaches(truths: Interval, end: End, *, upwards: bool) -> bool:
    edge, edge_open = (truths.high, truths.high_open) if upwards else (truths.low, truths.low_open)
    inside = edge > end.value if upwards else edge < end.value
    return inside or (edge == end.value and not edge_open and not end.is_open)


def _of_units(figure: Figure, units: int) -> Figure:
    assert figure.last is not None
    return Figure(units, figure.last, figure.last, figure.unit)


def _between(least: Figure | None, most: Figure | None) -> tuple[Figure, ...]:
    if least is None or most is None or most.digits - least.digits >= MOST_VALUES:
        return ()
    return tuple(_of_units(least, units) for units in range(least.digits, most.digits + 1))

