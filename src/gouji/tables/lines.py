"""The printed rows of a section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gouji.numerals import is_dash, read_numeral
from gouji.sheet import CellKind
from gouji.tables.definition import CodeList, RowDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.lanes import LaneColumns, LaneFinder, lanes_of, words_in
from gouji.tables.model import Line
from gouji.tables.row_names import row_names
from gouji.tables.tree import Placed, lines_of

_TEXT = CellKind.TEXT


def read_lines(grid: Grid, heading: Heading, codes: Mapping[str, CodeList], bottom: int) -> tuple[Line, ...]:
    """All lines of a section down to the row ``bottom``, from top to bottom, lane by lane."""
    reader = _RowReader(grid, heading, codes, bottom)
    rows = [row for row in grid.between(heading.band.bottom + 1, bottom) if row not in grid.numbering]
    printed = reader.printed(rows)
    known = reader.names.lines
    return known[printed] if printed in known else known.keep(printed, lines_of(reader.read(rows)))


class _RowReader:
    """Reads the rows of one section one by one."""

    def __init__(self, grid: Grid, heading: Heading, codes: Mapping[str, CodeList], bottom: int) -> None:
        section = heading.section
        self.grid, self.section, self.open = grid, section, section.open_row
        self.first = heading.band.bottom + 1
        self.cells, self.labels, self.words = grid.sheet.cells, grid.labels, grid.words
        self.names = row_names(section, codes.get(self.open.codes or "") if self.open else None)
        self.named = self.names.named
        self.lanes = lanes_of(grid, heading, bottom)
        self.finder = LaneFinder(grid, self.lanes, section.rows_by_label) if len(self.lanes) > 1 else None
        columns = heading.columns
        self.under = [
            (name, at)  # the merged columns that group the open rows, with their place in the first lane
            for name in (self.open.under if self.open else ())
            if name in columns and (at := columns[name].at[0]) is not None
        ]
        self.group_now: dict[str, str] = {}
        self.last_total_below: str | None = None

    def printed(self, rows: Sequence[int]) -> tuple[object, ...]:
        """All that decides which lines the rows are: sheets that print the same have the same lines."""
        grid = self.grid
        first, last = (rows[0], rows[-1]) if rows else (0, 0)
        merged = [
            (area, grid.labels.get(area[:2]))
            for area in grid.merged
            if area[2] >= first and area[0] <= last
        ]
        words = tuple(map(self.words.__getitem__, rows))
        columns = tuple(map(tuple, map(grid.rows.__getitem__, rows)))
        below = grid.between(self.first, last)
        codes = [grid.text((row, at)) for lane in self.lanes for at in lane.codes for row in below]
        return tuple(self.lanes), tuple(self.under), tuple(merged), tuple(rows), words, columns, tuple(codes)

    def read(self, rows: Sequence[int]) -> list[Placed]:
        """The rows that are lines, lane by lane."""
        found: list[Placed] = []
        for lane in self.lanes:
            self.group_now, self.last_total_below = {}, None
            for row in rows:
                if (placed := self.placed(row, lane)) is not None:
                    found.append(placed)
        return found

    def placed(self, row: int, lane: LaneColumns) -> Placed | None:
        """What a row is in a lane, if it is a line."""
        words = self.words[row]
        if words and (words[-1][0] >= lane.figure or words[0][0] < lane.left):
            words = words_in(self.grid, row, lane)
        if self.finder is not None:
            amounts_in = self.finder.lane_of_amount(row, lane, words)
            if amounts_in is None:
                return None
            lane = amounts_in
        groups = self._groups(row) if self.under else ()
        name = "" if lane.name is None else self._label(row, lane.name)
        entry = name or ("" if lane.entry is None else self.labels.get((row, lane.entry), ""))
        named = self.named[words, name, entry, self._code_cells(row, lane.codes) if lane.codes else ()]
        if named.if_figure and not self._has_figure(row, lane):
            return None
        definition = named.definition
        if definition is not None and (definition.parents or definition.items_below):
            groups = self._under_total(definition, groups)
        return named, groups, row, lane.number

    def _code_cells(self, row: int, columns: Sequence[int]) -> tuple[str, ...]:
        cells = self.cells
        if len(columns) == 1:
            cell = cells.get((row, columns[0]))
            return ("" if cell is None else cell.text,)
        top = self.first
        texts = []
        for at in columns:
            area = self.grid.area(row, at)
            begin = area.top if area is not None and area.left == at and area.top >= top else row
            cell = cells.get((begin, at))  # of a level that is merged over its rows
            texts.append("" if cell is None else cell.text)
        return tuple(texts)

    def _label(self, row: int, column: int) -> str:
        """The label shown in the row: not that of a merged cell which begins above."""
        area = self.grid.area(row, column)
        if area is None:
            return self.labels.get((row, column), "")
        return self.labels.get((row, area.left), "") if area.top == row else ""

    def _groups(self, row: int) -> tuple[str, ...]:
        assert self.open is not None
        now, first = self.group_now, self.open.under[0]
        for name, column in self.under:
            label = self.grid.label(row, column)
            if label and now.get(name) != label:
                if name == first:
                    now.clear()
                now[name] = label
        return tuple([now[name] for name in self.open.under if name in now])

    def _has_figure(self, row: int, lane: LaneColumns) -> bool:
        for column in lane.figures:
            cell = self.cells.get((row, column))
            if cell is not None and (
                cell.kind is not _TEXT or (read_numeral(cell.text) is not None and not is_dash(cell.text))
            ):
                return True
        return False

    def _under_total(self, definition: RowDefinition, groups: tuple[str, ...]) -> tuple[str, ...]:
        """The groups of a fixed row: last the total it belongs to, where it may belong to two."""
        if len(definition.parents) > 1 and (parent := self._parent_name(definition)):
            groups = (*groups, parent)
        if definition.items_below:
            self.last_total_below = definition.name
        return groups

    def _parent_name(self, definition: RowDefinition) -> str | None:
        """The total a row belongs to; of two, the one printed above it when its items stand below."""
        if self.last_total_below in definition.parents:
            return self.last_total_below
        below = self.section.totals_above_items
        above = [p for p in definition.parents if p not in below]
        return above[0] if above else next(iter(definition.parents), None)
