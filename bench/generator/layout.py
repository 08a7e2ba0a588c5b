"""Rows of a printed form: texts, numbers and amounts, with merges; then rows and columns put in, and made a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from gouji.sheet import Area, Cell, CellKind, CellRef, Sheet

LEFT, UP = "<", "^"
"""Items that join a cell to the one at its left, or to the one above it."""


class Amount(NamedTuple):
    """A true amount in 分 and its two names on the form."""

    fen: int
    row: str
    column: str


class Number(NamedTuple):
    """A number that is no amount: a code, a column's number."""

    text: str


Item: TypeAlias = str | Amount | Number | None
Row: TypeAlias = list[Item]


class Printed(NamedTuple):
    """An amount as a table prints it somewhere."""

    table: str
    row: str
    column: str
    fen: int


class Entry(NamedTuple):
    """What stands at a place: a cell (``None``: left blank) and, for an amount, its truth."""

    cell: Cell | None
    truth: Printed | None = None


@dataclass
class Layout:
    """Entries by place, both 1-based, and merged areas."""

    entries: dict[tuple[int, int], Entry]
    merged: list[Area]

    @property
    def height(self) -> int:
        """The last row that holds anything."""
        return max([row for row, _ in self.entries] + [area.bottom for area in self.merged], default=0)

    @property
    def width(self) -> int:
        """The last column that holds anything."""
        return max([column for _, column in self.entries] + [area.right for area in self.merged], default=0)

    def put_row(self, at: int, count: int = 1) -> None:
        """Blank rows above row ``at``; a merged area across that place grows."""
        self.entries = {(r + count if r >= at else r, c): e for (r, c), e in self.entries.items()}
        self.merged = [
            a._replace(top=a.top + count * (a.top >= at), bottom=a.bottom + count * (a.bottom >= at))
            for a in self.merged
        ]

    def put_column(self, at: int, count: int = 1) -> None:
        """Blank columns to the left of column ``at``; a merged area across that place grows."""
        self.entries = {(r, c + count if c >= at else c): e for (r, c), e in self.entries.items()}
        self.merged = [
            a._replace(left=a.left + count * (a.left >= at), right=a.right + count * (a.right >= at))
            for a in self.merged
        ]

    def put_text(self, row: int, column: int, text: str) -> None:
        """A text cell."""
        self.entries[(row, column)] = Entry(Cell(CellKind.TEXT, text))

    def below(self, other: Layout, gap: int) -> Layout:
        """This layout and ``other`` below it with ``gap`` blank rows between."""
        down = self.height + gap
        entries = {**self.entries, **{(r + down, c): e for (r, c), e in other.entries.items()}}
        moved = [a._replace(top=a.top + down, bottom=a.bottom + down) for a in other.merged]
        return Layout(entries, [*self.merged, *moved])

    def sheet(self, name: str) -> tuple[Sheet, dict[CellRef, Printed]]:
        """The sheet, and the truth of every amount by its cell."""
        cells = {place: e.cell for place, e in sorted(self.entries.items()) if e.cell is not None}
        truths = {CellRef(name, *place): e.truth for place, e in sorted(self.entries.items()) if e.truth is not None}
        return Sheet(name, cells, tuple(self.merged)), truths


def laid_out(rows: Sequence[Row], entry: Callable[[Amount], Entry], text: Callable[[str], Cell]) -> Layout:
    """Rows of items as a layout; ``entry`` prints an amount, ``text`` a label."""
    entries: dict[tuple[int, int], Entry] = {}
    for r, row in enumerate(rows, 1):
        for c, item in enumerate(row, 1):
            if isinstance(item, Amount):
                entries[(r, c)] = entry(item)
            elif isinstance(item, Number):
                entries[(r, c)] = Entry(Cell(CellKind.NUMBER, item.text))
            elif item and item not in {LEFT, UP}:
                entries[(r, c)] = Entry(text(item))
    return Layout(entries, list(_merged(rows)))


def _merged(rows: Sequence[Row]) -> Iterable[Area]:
    for r, row in enumerate(rows):
        for c, item in enumerate(row):
            if item in {LEFT, UP}:
                continue
            right, bottom = c, r
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            while bottom + 1 < len(rows) and c < len(rows[bottom + 1]) and rows[bottom + 1][c] == UP:
                bottom += 1
            if (right, bottom) != (c, r):
                yield Area(r + 1, c + 1, bottom + 1, right + 1)
