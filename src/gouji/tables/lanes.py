"""Lanes: the sheet columns in which a section prints its rows, and which of several lanes a row belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gouji.tables.definition import FIGURE_TYPES, RowDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.prints import Word


@dataclass(frozen=True, slots=True)
class LaneColumns:
    """Sheet columns of one lane: ``left`` to before ``figure`` stand before its first figure.

    ``name`` and ``entry`` name its rows, ``codes`` print their code.
    """

    number: int
    left: int
    figure: int
    figures: tuple[int, ...]
    name: int | None
    entry: int | None
    codes: tuple[int, ...]


def lanes_of(grid: Grid, heading: Heading, bottom: int) -> list[LaneColumns]:
    """The lanes below a heading, down to the row ``bottom``."""
    columns = heading.columns
    open_row = heading.section.open_row
    figures = [column.at for column in columns.values() if column.definition.type in FIGURE_TYPES]
    nowhere = (None,) * len(heading.lanes)
    names = next((column.at for column in columns.values() if column.definition.type == "行名"), nowhere)
    entry = columns.get(open_row.each or "") if open_row else None
    entries = nowhere if entry is None else entry.at
    found = []
    for number, (left, right) in enumerate(heading.lanes):
        printed = [at for column in figures if (at := column[number]) is not None]
        codes = _filled(grid, heading, heading.codes[number], bottom)
        end = min(printed, default=right + 1)
        found.append(LaneColumns(number, left, end, tuple(printed), names[number], entries[number], codes))
    return found


def _filled(grid: Grid, heading: Heading, columns: tuple[int, ...], bottom: int) -> tuple[int, ...]:
    """The code columns without blank ones put in between."""
    if len(columns) < 2:
        return columns
    return tuple(column for column in columns if grid.holds_figures(column, heading.band.bottom + 1, bottom))


class LaneFinder:
    """Which of several lanes the label of a row has its amount in."""

    def __init__(self, grid: Grid, lanes: Sequence[LaneColumns], fixed: Mapping[str, RowDefinition]) -> None:
        self.grid, self.lanes, self.fixed = grid, lanes, fixed

    def lane_of_amount(self, row: int, lane: LaneColumns, words: Sequence[Word]) -> LaneColumns | None:
        """The lane that prints the amount of the label in ``lane``; ``None``: it belongs to a label further left.

        The label of a total may reach over all lanes to its right (公用经费合计 below three lanes).
        """
        if not words:
            return None if self._is_taken(row, lane) else lane
        if not any(label in self.fixed for _, label, _ in words) or self._prints_amount(row, lane):
            return lane
        covered = lane
        for following in self.lanes[lane.number + 1 :]:
            if words_in(self.grid, row, following):
                break
            if self._prints_amount(row, following):
                return following
            if self.grid.owner(row, covered.figures[0])[1] < covered.figures[0]:
                covered = following
        return covered

    def _prints_amount(self, row: int, lane: LaneColumns) -> bool:
        columns = self.grid.rows[row]
        return any(column in columns for column in lane.figures)

    def _is_taken(self, row: int, lane: LaneColumns) -> bool:
        """Whether a label further left has its amount here, or beyond."""
        for earlier in reversed(self.lanes[: lane.number]):
            if words := words_in(self.grid, row, earlier):
                found = self.lane_of_amount(row, earlier, words)
                return found is not None and found.number >= lane.number
        return False


def words_in(grid: Grid, row: int, lane: LaneColumns) -> tuple[Word, ...]:
    """The words of a row before the first figure of a lane."""
    left, figure = lane.left, lane.figure
    return tuple([word for word in grid.words[row] if left <= word[0] < figure])
