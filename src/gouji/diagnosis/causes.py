"""One cause at a time: a cell that, if it alone were different, would make findings go away, and what it should print.

A cell together with the totals added up from it is one cause: a wrong score and the 总分 that carries it.
Every proposal is certified before it is made: with the new figures in place, every relation that reads a changed
cell holds. A sentence confirms a figure of a form or goes along with a cause found there; it never makes a figure of a
form doubtful by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from gouji.binding.bound import Instance, Term, terms_of
from gouji.checking.check import Judged, Verdict
from gouji.diagnosis.printing import (
    MOST_VALUES,
    between,
    from_middle,
    moved_by,
    of_units,
    printable_ends,
    step,
)  # fmt: skip
from gouji.diagnosis.readers import Readers
from gouji.diagnosis.relations import FAILING, SERIOUS, adds_up, has_a_say, is_said, settles, still_adjusted, total_of
from gouji.diagnosis.rows import End, Limits, Whole, is_plain, rows_of, tighter, within
from gouji.figures import Figure, Interval
from gouji.sheet import CellRef
from gouji.tables.model import Spoken

Reading: TypeAlias = Callable[[Term], Iterable[Instance]]
MOST_TOTALS = 12
MOST_ADJUSTED = 24
"""Values tried where some relations may be left with an adjusted last digit."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a cell could print.

    ``values`` are all of at most ``MOST_VALUES`` figures, else ``least`` and ``most`` are the ends (``None`` where
    there is none). ``range`` is the interval of its truth, ``relations`` how many were put together, ``forgiven`` how
    many of these would still miss by an adjusted last digit. ``totals``: sums that carry the error, with what they
    would print (for the one value proposed). ``apart``: what sentences say of the cell was left aside.
    """

    range: Interval | None
    values: tuple[Figure, ...]
    least: Figure | None
    most: Figure | None
    relations: int
    totals: tuple[tuple[Term, Figure], ...] = ()
    forgiven: int = 0
    apart: bool = False


class Diagnosis:
    """Single causes of the failed relations among those that had to be decided.

    ``reading`` gives all relations that read a figure, one after the other, also those that hold just as printed and
    were never decided. ``money`` is the exponent of the pack's unit, ``reading_forms`` as ``reading`` without what
    reads sentences, where there are any.
    """

    def __init__(
        self, decided: Sequence[Judged], reading: Reading, money: int, reading_forms: Reading | None = None
    ) -> None:
        self.money = money
        self._decided = decided
        self.failed = [one for one in decided if one.verdict in FAILING]
        self._terms: dict[CellRef, Term] = {}
        self._failing: dict[CellRef, list[Judged]] = {}
        for one in self.failed:
            for cell, term in {term.cell: term for term in terms_of(one.instance.relation)}.items():
                self._terms[cell] = term
                if has_a_say(one):
                    self._failing.setdefault(cell, []).append(one)
        self._reading, self._reading_forms = reading, reading_forms
        self._judged = {id(one.instance): one for one in decided}
        self._readers: dict[CellRef, Readers] = {}
        self._repairs: dict[CellRef, Repair | None] = {}
        self._forgiving: dict[CellRef, Repair | None] = {}
        self._known_rows: dict[int, list[Whole]] = {}

    def repair(self, cell: CellRef) -> Repair | None:
        """What ``cell`` should print if it is the one cause; ``None`` when no figure would do.

        Where no single cell settles a failed relation and all that is said of it, one is looked for that the forms
        alone would accept, else one that leaves others with an adjusted last digit.
        """
        found = self._strict(cell)
        if found is None and cell not in self._forgiving:
            is_needed = any(self._has_no_repair(one) for one in self._failing.get(cell, ()))
            found = (self._apart(cell) or self._adjusted(cell, self._all_readers(cell))) if is_needed else None
            self._forgiving[cell] = found
        return found or self._forgiving[cell]

    def _strict(self, cell: CellRef) -> Repair | None:
        if cell not in self._repairs:
            failing = self._failing.get(cell, ())
            is_doubted = isinstance(cell, Spoken) or any(
                one.verdict in SERIOUS and not is_said(one) for one in failing
            )
            self._repairs[cell] = self._alone_or_carried(cell) if is_doubted else None
        return self._repairs[cell]

    def _alone_or_carried(self, cell: CellRef) -> Repair | None:
        failing = self._failing.get(cell, ())
        ends = self._left(cell, failing)
        found = None if ends is None else self._certified(cell, *ends, self._all_readers(cell))
        if found is not None:
            return found
        apart = [one for one in failing if not adds_up(one, cell)]  # what totals alone miss they do not carry
        ends = self._left(cell, apart, lambda one: not adds_up(one, cell)) if apart else None
        return None if ends is None else self._carried(cell, ends)

    def _left(
        self, cell: CellRef, failing: Sequence[Judged], counts: Callable[[Judged], bool] = lambda one: True
    ) -> Limits | None:
        """What relations leave a cell, the ``failing`` first; ``None`` for no figure: mostly two of them say so."""
        ends: Limits = (None, None)
        width = step(self._terms[cell].figure)
        for one in chain(failing, self._lazily(self._terms[cell])):
            if counts(one):
                low, high = ends = self._tightened(cell, one, ends)
                if low is not None and high is not None and low.value - high.value >= width:
                    return None
        return ends

    def _apart(self, cell: CellRef) -> Repair | None:
        """What the forms alone say that a cell of theirs should print, whatever sentences say of it."""
        if self.forms is self or cell not in self.forms._terms:
            return None
        found = self.forms.repair(cell)
        return None if found is None else replace(found, apart=True)

    @cached_property
    def forms(self) -> Diagnosis:
        """The same without sentences."""
        if self._reading_forms is None:
            return self
        return Diagnosis([one for one in self._decided if not is_said(one)], self._reading_forms, self.money)

    def _has_no_repair(self, one: Judged) -> bool:
        cells = [term.cell for term in terms_of(one.instance.relation)]
        if any(self._repairs.get(cell) is not None for cell in cells):  # known already
            return False
        return all(self._strict(cell) is None for cell in cells)

    def read_by(self, term: Term) -> list[Judged]:
        """The relations with a verdict that read a figure."""
        return self._lazily(term).all()

    def _all_readers(self, cell: CellRef) -> list[Judged]:
        return self.read_by(self._terms[cell])

    def _lazily(self, term: Term) -> Readers:
        found = self._readers.get(term.cell)
        if found is None:
            every = map(self.judged, self._reading(term))
            found = self._readers[term.cell] = Readers(one for one in every if has_a_say(one))
        return found

    def judged(self, one: Instance) -> Judged:
        """A relation with its verdict: what had not to be decided holds."""
        known = self._judged.get(id(one))
        if known is None:
            known = self._judged[id(one)] = Judged(one, Verdict.HOLDS)
        return known

    def by_itself(self, one: Judged, cell: CellRef) -> Repair | None:
        """What ``cell`` should print for this one relation, whatever others say."""
        return self._alone(cell, [one])

    def explained(self, cell: CellRef, repair: Repair) -> tuple[int, ...]:
        """The failed relations (positions in ``failed``) that would hold with a cell repaired."""
        changed = {cell, *(total.cell for total, _ in repair.totals)}
        return tuple(
            number for number, one in enumerate(self.failed)
            if any(term.cell in changed for term in terms_of(one.instance.relation))
            and not (repair.apart and is_said(one))
        )

    def carriers(self, term: Term) -> list[Term]:
        """The totals that a figure is added up into by relations that hold."""
        self._terms.setdefault(term.cell, term)
        return self._totals_over(term.cell)

    def _alone(self, cell: CellRef, readers: Sequence[Judged]) -> Repair | None:
        """A repair by this cell only."""
        low, high = self._allowed(cell, readers)
        return self._certified(cell, low, high, readers)

    def _adjusted(self, cell: CellRef, readers: Sequence[Judged]) -> Repair | None:
        """A repair that leaves the fewest relations with an adjusted last digit, among a few values."""
        figure = self._terms[cell].figure
        least, most = printable_ends(figure, *self._allowed(cell, readers, forgiving=True))
        if least is None or most is None or not 0 <= most.digits - least.digits < MOST_ADJUSTED:
            return None
        tried = [of_units(least, units) for units in range(least.digits, most.digits + 1)]
        adjusted = {value: still_adjusted({cell: value}, readers, self.money) for value in tried}
        fewest = min((number for number in adjusted.values() if number is not None), default=None)
        kept = tuple(value for value in tried if adjusted[value] == fewest)
        if fewest is None or len(kept) > MOST_VALUES:
            return None
        (low, _, low_open, _), (_, high, _, high_open) = kept[0].interval(), kept[-1].interval()
        return Repair(Interval(low, high, low_open, high_open), kept, kept[0], kept[-1], len(readers), forgiven=fewest)

    def _allowed(self, cell: CellRef, readers: Iterable[Judged], *, forgiving: bool = False) -> Limits:
        ends: Limits = (None, None)
        for one in readers:
            ends = self._tightened(cell, one, ends, forgiving=forgiving)
        return ends

    def _tightened(self, cell: CellRef, one: Judged, ends: Limits, *, forgiving: bool = False) -> Limits:
        """What a relation leaves of a range for ``cell``."""
        low, high = ends
        for row in self._rows(one):
            if cell in row.sum.terms:
                low_here, high_here = row.left_for(cell, forgiving=forgiving)
                low, high = tighter(low, low_here, upper=False), tighter(high, high_here, upper=True)
        return low, high

    def _rows(self, one: Judged) -> list[Whole]:
        rows = self._known_rows.get(id(one))
        if rows is None:
            rows = self._known_rows[id(one)] = [Whole(row) for row in rows_of(one.instance.relation, self.money)]
        return rows

    def _certified(
        self, cell: CellRef, low: End | None, high: End | None, readers: Sequence[Judged]
    ) -> Repair | None:
        least, most = printable_ends(self._terms[cell].figure, low, high)
        if least is not None and most is not None and least.digits > most.digits:
            return None
        values = between(least, most)
        beyond = self._beyond_rows(cell, readers)
        kept = tuple(value for value in values if settles({cell: value}, beyond, self.money))
        ends = tuple(end for end in (least, most) if end is not None)
        if not (kept or (not values and any(settles({cell: end}, beyond, self.money) for end in ends))):
            return None
        return Repair(within((low, high)), kept, least, most, len(readers))

    def _beyond_rows(self, cell: CellRef, readers: Iterable[Judged]) -> list[Judged]:
        """The relations of which rows do not say all there is to say about one cell."""
        return [
            one for one in readers
            if not (rows := self._rows(one)) or not (rows[0].says_all((cell,)) or is_plain(one.instance.relation))
        ]  # fmt: skip

    def _settles(self, figures: Mapping[CellRef, Figure], relations: Iterable[Judged]) -> bool:
        """As ``settles``, by the row of a relation where that says all."""
        return all(
            rows[0].can_hold(figures) if (rows := self._rows(one)) and rows[0].says_all(figures)
            else settles(figures, (one,), self.money)
            for one in relations
        )  # fmt: skip

    def _carried(self, cell: CellRef, ends: Limits) -> Repair | None:
        """A repair by this cell and the totals it is added up into, all moved by the same amount."""
        readers = self._all_readers(cell)
        own = [one for one in readers if not adds_up(one, cell)]
        values = () if len(own) == len(readers) else between(*printable_ends(self._terms[cell].figure, *ends))
        totals = self._totals_over(cell) if values else []
        allowed = within(ends)
        for value in sorted(values, key=lambda v: from_middle(v, allowed)):
            moved = self._moved(cell, value, totals)
            if moved is None:
                continue
            changed = {cell: value, **{total.cell: figure for total, figure in moved}}
            reading = {id(one): one for term in (self._terms[cell], *totals) for one in self.read_by(term)}
            is_settled = self._settles(changed, reading.values())
            if is_settled and settles({cell: value}, self._beyond_rows(cell, own), self.money):
                return Repair(allowed, (value,), value, value, len(own), totals=moved)
        return None

    def _totals_over(self, cell: CellRef) -> list[Term]:
        """The totals that the cell is added up into, directly or through others; too many are none."""
        found: dict[CellRef, Term] = {}
        todo = [self._terms[cell]]
        while todo and len(found) <= MOST_TOTALS:
            for one in self.read_by(todo.pop()):
                total = total_of(one)
                is_new = total is not None and total.cell not in found and total.cell != cell
                if is_new and one.verdict is Verdict.HOLDS and adds_up(one, cell, found):
                    assert total is not None
                    found[total.cell] = total
                    todo.append(total)
        return list(found.values()) if len(found) <= MOST_TOTALS else []

    def _moved(self, cell: CellRef, value: Figure, totals: Sequence[Term]) -> tuple[tuple[Term, Figure], ...] | None:
        difference = value.value - self._terms[cell].figure.value
        moved = [(total, moved_by(total.figure, difference)) for total in totals]
        kept = tuple((total, figure) for total, figure in moved if figure is not None)
        return kept if kept and len(kept) == len(moved) else None
