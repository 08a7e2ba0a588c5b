"""Heading bands: the rows of a sheet that print the column names of a section, and the words over each column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.numerals import read_numeral
from gouji.sheet import Area, CellKind
from gouji.tables.definition import ColumnDefinition, SectionDefinition
from gouji.tables.grid import Grid, bare
from gouji.tables.prints import Place, Word

TOTAL_WORDS = frozenset({"小计", "合计"})
_MOST_ROWS = 4
_CODE_LEVELS = frozenset({"类", "款", "项"})
_KEYS = frozenset({"行名", "编码"})

Labels = Mapping[str, Sequence[ColumnDefinition]]


class Band(NamedTuple):
    """The rows of a heading."""

    top: int
    bottom: int


class PrintedHeading(NamedTuple):
    """A heading as printed, wherever it stands: all that decides which column is which.

    ``rows`` are the words of each row; ``merged`` the areas that reach into it as (top, left, bottom, right, label),
    rows counted from the first, with the label of those that begin above; ``last`` is the last sheet column.
    """

    rows: tuple[tuple[Word, ...], ...]
    merged: tuple[tuple[int, int, int, int, str], ...]
    last: int

    def paths(self) -> dict[int, tuple[str, ...]]:
        """The words over each sheet column from top to bottom, each merged cell once."""
        return {column: tuple([bare(label) for _, label in shown]) for column, shown in self.places().items()}

    def places(self) -> dict[int, list[tuple[Place, str]]]:
        """The words over each sheet column with their places and with the unit printed behind them."""
        labels = {(row, column): label for row, words in enumerate(self.rows) for column, label, _ in words}
        owners: dict[Place, Place] = {}
        for top, left, bottom, right, label in self.merged:
            if top < 0 and label:
                labels[top, left] = label
            rows = range(max(top, 0), min(bottom + 1, len(self.rows)))
            owners.update(((row, column), (top, left)) for row in rows for column in range(left, right + 1))
        found = {}
        for column in range(1, self.last + 1):
            places = [(row, column) for row in range(len(self.rows))]
            shown = dict.fromkeys([owners.get(place, place) for place in places])
            found[column] = [(place, labels[place]) for place in shown if place in labels]
        return found


def printed_heading(grid: Grid, band: Band) -> PrintedHeading:
    """What the rows of ``band`` print."""
    top, bottom = band
    merged, last = [], max([grid.rows[row][-1] for row in grid.between(top, bottom)], default=0)
    for area in grid.merged:
        first, left, end, right = area
        if first <= bottom and end >= top:
            label = grid.labels.get((first, left), "")
            merged.append((first - top, left, end - top, right, label if first < top else ""))
            if right > last and _holds_anything(grid, area, band):
                last = right
    return PrintedHeading(tuple([grid.words.get(row, ()) for row in range(top, bottom + 1)]), tuple(merged), last)


def _holds_anything(grid: Grid, area: Area, band: Band) -> bool:
    """Whether a merged area holds something in the rows of ``band``."""
    rows = range(max(area.top, band.top), min(area.bottom, band.bottom) + 1)
    return any(area.left <= column <= area.right for row in rows for column in grid.rows.get(row, ()))


def find_band(grid: Grid, section: SectionDefinition, top: int, bottom: int) -> Band | None:
    """The heading rows: around the row that prints most of the section's column names.

    Of several such rows the first below the section's own word, where it is printed; else the first.
    """
    labels = section.columns_by_label
    rows: list[int] = []
    most = 1
    for row in grid.between(top + 1, bottom):
        if len(grid.words[row]) >= most and len(known := labels.keys() & grid.headings(row)) >= most:
            count = len({labels[word][0].name for word in known})
            if count > most:
                rows, most = [row], count
            elif rows and count == most:
                rows.append(row)
    if not rows:
        return None
    best = _below_own_word(grid, rows, top, section.words_over)
    return Band(_upwards(grid, best, top, labels, section.words_over), _downwards(grid, best, bottom, labels))


def _below_own_word(grid: Grid, rows: Sequence[int], top: int, heads: frozenset[str]) -> int:
    """Of heading rows that print as much the first that stands right below one of ``heads``, else the first."""
    for row in rows if len(rows) > 1 else ():
        if not heads.isdisjoint(word for above in grid.between(top + 1, row)[-2:-1] for word in grid.headings(above)):
            return row
    return rows[0]


def _upwards(grid: Grid, row: int, top: int, labels: Labels, heads: frozenset[str]) -> int:
    while row - 1 > top and (_names(grid, row - 1, labels) or not heads.isdisjoint(grid.headings(row - 1))):
        row -= 1
    return row


def _downwards(grid: Grid, row: int, bottom: int, labels: Labels) -> int:
    first = row
    for column, label, _ in grid.words[first]:
        area = grid.area(first, column)
        if area is not None and bare(label) in labels:
            row = max(row, area.bottom)
    amounts = [below for below in grid.between(first + 1, row) if _holds_amounts(grid, below, labels)]
    if amounts:
        return amounts[0] - 1  # a total whose name stands in a merged heading cell, or beside one
    while row < min(bottom, first + _MOST_ROWS) and _continues(grid, row + 1, first, labels):
        row += 1
    return row


def _continues(grid: Grid, row: int, first: int, labels: Labels) -> bool:
    """Whether ``row`` still belongs to the heading that starts at ``first``."""
    own = grid.rows.get(row)
    if not own or not _names(grid, row, labels) or _holds_number(grid, row) or grid.is_numbering(row):
        return False
    paths = printed_heading(grid, Band(first, row - 1)).paths()
    for column in own:
        keyed = any(d.type in _KEYS for word in paths.get(column, ()) for d in labels.get(word, ()))
        label = grid.labels.get((row, column), "")
        if keyed and label not in labels and label not in _CODE_LEVELS:
            return False
    return True


def _names(grid: Grid, row: int, labels: Labels) -> bool:
    """Whether any word of the row names a column, or is 小计 or 合计."""
    words = grid.headings(row)
    return not (labels.keys().isdisjoint(words) and TOTAL_WORDS.isdisjoint(words))


def _holds_amounts(grid: Grid, row: int, labels: Labels) -> bool:
    """Whether a row holds more numbers than names of columns; those that number the columns do not count."""
    if row in grid.numbering:
        return False
    cells = [grid.sheet.cells[row, column] for column in grid.rows[row]]
    numbers = sum(
        cell.kind is CellKind.NUMBER or ((numeral := read_numeral(cell.text)) is not None and not numeral.unit)
        for cell in cells
    )
    return numbers > sum(word in labels for word in grid.headings(row))


def _holds_number(grid: Grid, row: int) -> bool:
    cells = grid.sheet.cells
    return any(
        cell.kind is CellKind.NUMBER or read_numeral(cell.text) is not None
        for column in grid.rows[row]
        if (cell := cells[row, column])
    )
