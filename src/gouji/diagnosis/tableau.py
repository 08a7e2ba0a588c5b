"""A tableau: sums of variables solved for others, exchanged exactly, with the work that this may take.

Variables ``0 … n-1`` are quantities, ``n …`` the sums, in the order given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from gouji.diagnosis.delta import Number, plain, ratio

FRACTIONS = 6
"""How many times the work of an integer a fraction takes."""


class OutOfBudget(Exception):  # noqa: N818 - a way to end: the answer is incomplete
    """The work that was allowed is used up."""


class Budget:
    """Work that is left: coefficients of the tableau that may still be touched; ``None`` is endless."""

    def __init__(self, work: int | None = None) -> None:
        self.left = work
        self.exchanges = 0

    def spend(self, work: int) -> None:
        """Count ``work``; raises ``OutOfBudget`` when there is none left."""
        if self.left is not None:
            self.left -= work
            if self.left < 0:
                raise OutOfBudget


class Tableau:
    """Which variables are made of which: ``rows`` of those in the basis, ``columns`` of those that they are made of.

    A sum is written only when one of its quantities moves, so that far places of a large system cost nothing:
    ``readers`` are the sums of each quantity that may not be written yet, ``unwritten`` all of these.
    """

    def __init__(self, sums: Sequence[Mapping[int, int]], count: int, budget: Budget) -> None:
        self._sums = sums
        self._count = count
        self._budget = budget
        self.rows: dict[int, dict[int, Number]] = {}
        self.columns: list[set[int]] = [set() for _ in range(count + len(sums))]
        self.readers: list[list[int]] = [[] for _ in range(count)]
        for number, one in enumerate(sums):
            for v in one:
                self.readers[v].append(number + count)
        self.unwritten = set(range(count, count + len(sums)))

    def write(self, v: int) -> None:
        """Write a sum into the tableau: none of its quantities has moved so far."""
        row: dict[int, Number] = dict(self._sums[v - self._count])
        self.unwritten.discard(v)
        self.rows[v] = row
        for k in row:
            self.columns[k].add(v)

    def write_readers(self, v: int) -> None:
        """Write every sum that reads ``v``, before it moves or enters the basis for the first time."""
        if v < self._count and self.readers[v]:
            for reader in self.readers[v]:
                if reader in self.unwritten:
                    self.write(reader)
            self.readers[v] = []

    def exchange(self, out: int, entering: int) -> None:
        """Solve the row of ``out`` for ``entering``, which takes its place in the basis; raises ``OutOfBudget``."""
        row = self.rows.pop(out)
        for v in row:
            self.columns[v].discard(out)
        weight = row.pop(entering)
        if weight == 1:
            solved = {v: -c for v, c in row.items()}
        elif weight == -1:
            solved = row
        else:
            solved = {v: ratio(-c, weight) for v, c in row.items()}
        solved[out] = ratio(1, weight)
        self._budget.exchanges += 1
        weighing = FRACTIONS if any(type(c) is Fraction for c in solved.values()) else 1
        self._budget.spend(weighing * len(solved) * (1 + len(self.columns[entering])))
        substitute = _substitute_whole if weighing == 1 else _substitute
        for basic in self.columns[entering]:
            substitute(self.rows[basic], basic, entering, solved, self.columns)
        self.columns[entering] = set()
        self.rows[entering] = solved
        for v in solved:
            self.columns[v].add(entering)

def _substitute(
    row: dict[int, Number], basic: int, entering: int, solved: Mapping[int, Number], columns: Sequence[set[int]]
) -> None:
    """Write what ``entering`` is made of into the row of ``basic``."""
    factor = row.pop(entering)
    for v, c in solved.items():
        known = row.get(v)
        if known is None:
            row[v] = plain(factor * c)
            columns[v].add(basic)
        elif total := known + factor * c:
            row[v] = plain(total)
        else:
            del row[v]
            columns[v].discard(basic)


def _substitute_whole(
    row: dict[int, Number], basic: int, entering: int, solved: Mapping[int, Number], columns: Sequence[set[int]]
) -> None:
    """The same for whole numbers, which stay whole; nearly all rows have no others."""
    factor = row[entering]
    if type(factor) is not int:
        _substitute(row, basic, entering, solved, columns)
        return
    del row[entering]
    for v, c in solved.items():
        known = row.get(v)
        if known is None:
            row[v] = factor * c
            columns[v].add(basic)
            continue
        total = known + factor * c
        if not total:
            del row[v]
            columns[v].discard(basic)
        else:
            row[v] = total if type(total) is int else plain(total)
