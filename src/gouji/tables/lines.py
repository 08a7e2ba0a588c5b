"""The printed rows of a section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.labels import normalised, shown, squeezed
from gouji.numerals import is_dash, read_numeral
from gouji.sheet import CellKind
from gouji.tables.definition import FIGURE_TYPES, CodeList, RowDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.model import Line
from gouji.tables.tree import with_tree

_TEXT = CellKind.TEXT


class LaneColumns(NamedTuple):
    """Sheet columns of one lane: ``left`` stand before its first figure, ``name`` and ``entry`` name its rows."""

    number: int
    left: range
    figures: list[int]
    name: int | None
    entry: int | None
    codes: tuple[int, ...]


class _Row(NamedTuple):
    """A row of a lane while it is read: its labels before the figures, and the merged cells over it."""

    row: int
    position: int
    lane: LaneColumns
    labels: list[tuple[int, str]]
    groups: tuple[str, ...]


class LineReader:
    """Reads the lines of one section below its heading."""

    def __init__(self, grid: Grid, heading: Heading, codes: Mapping[str, CodeList]) -> None:
        self.grid = grid
        self.heading = heading
        section = heading.section
        self.fixed = section.rows_by_label
        self.open = section.open_row
        self.codes = codes.get(self.open.codes or "") if self.open else None
        self.code_of: Mapping[str, str] = {} if self.codes is None else self.codes.codes_by_name
        self.lanes = [self._lane(number) for number in range(len(heading.lanes))]
        self.under = self._group_columns()
        self.group_now: dict[str, str] = {}
        self.last_total_below: str | None = None
        self.kinds: dict[object, frozenset[str]] = {}

    def read(self, bottom: int) -> tuple[Line, ...]:
        """All lines down to the row ``bottom``, from top to bottom, lane by lane."""
        found: list[Line] = []
        grid = self.grid
        self.lanes = [lane._replace(codes=self._filled(lane.codes, bottom)) for lane in self.lanes]
        rows = [row for row in grid.between(self.heading.band.bottom + 1, bottom) if not grid.is_numbering(row)]
        for lane in self.lanes:
            self.group_now, self.last_total_below = {}, None
            for row in rows:
                line = self._line(row, lane, len(found))
                if line is not None:
                    found.append(line)
        return with_tree(found, self.heading.section)

    def _lane(self, number: int) -> LaneColumns:
        columns = self.heading.columns
        figures = [
            at for c in columns.values() if c.definition.type in FIGURE_TYPES and (at := c.at[number]) is not None
        ]
        left, right = self.heading.lanes[number]
        before = range(left, min(figures) if figures else right + 1)
        name = next((c for c in columns.values() if c.definition.type == "行名"), None)
        entry = columns.get(self.open.each or "") if self.open else None
        name_at, entry_at = (None if column is None else column.at[number] for column in (name, entry))
        return LaneColumns(number, before, figures, name_at, entry_at, self.heading.codes[number])

    def _filled(self, columns: tuple[int, ...], bottom: int) -> tuple[int, ...]:
        """The code columns without blank ones put in between."""
        if len(columns) < 2:
            return columns
        top = self.heading.band.bottom + 1
        return tuple(column for column in columns if self.grid.holds_figures(column, top, bottom))

    def _group_columns(self) -> list[tuple[str, int]]:
        """The merged columns that group the open rows, with their place in the first lane."""
        names = self.open.under if self.open else ()
        columns = self.heading.columns
        return [(name, at) for name in names if name in columns and (at := columns[name].at[0]) is not None]

    def _line(self, row: int, lane: LaneColumns, index: int) -> Line | None:
        labels = self._labels(row, lane)
        if len(self.lanes) > 1:
            amounts_in = self._lane_of_amount(row, lane, labels)
            if amounts_in is None:
                return None
            lane = amounts_in
        read = _Row(row, index, lane, labels, self._groups(row) if self.under else ())
        name = self._name(row, lane)
        code = self._code(row, lane)
        if code is not None:
            return self._open_line(read, name, code)
        if name in self.fixed:
            return self._fixed_line(read, name)
        for _, text in labels:
            if text in self.fixed:
                return self._fixed_line(read, text)
        return self._other_line(read, name)

    def _labels(self, row: int, lane: LaneColumns) -> list[tuple[int, str]]:
        left = lane.left
        return [word for word in self.grid.words.get(row, ()) if word[0] in left]

    def _lane_of_amount(self, row: int, lane: LaneColumns, labels: Sequence[tuple[int, str]]) -> LaneColumns | None:
        """The lane that prints the amount of the label in ``lane``; ``None``: it belongs to a label further left.

        The label of a total may reach over all lanes to its right (公用经费合计 below three lanes).
        """
        if not labels:
            return None if self._is_taken(row, lane) else lane
        if not any(text in self.fixed for _, text in labels) or self._prints_amount(row, lane):
            return lane
        covered = lane
        for following in self.lanes[lane.number + 1 :]:
            if self._labels(row, following):
                break
            if self._prints_amount(row, following):
                return following
            if self.grid.owner(row, covered.figures[0])[1] < covered.figures[0]:
                covered = following
        return covered

    def _prints_amount(self, row: int, lane: LaneColumns) -> bool:
        return any((row, column) in self.grid.sheet.cells for column in lane.figures)

    def _is_taken(self, row: int, lane: LaneColumns) -> bool:
        """Whether a label further left has its amount here, or beyond."""
        for earlier in reversed(self.lanes[: lane.number]):
            if labels := self._labels(row, earlier):
                found = self._lane_of_amount(row, earlier, labels)
                return found is not None and found.number >= lane.number
        return False

    def _other_line(self, read: _Row, name: str) -> Line | None:
        """A row that is no fixed one: an open row, a row that holds figures and is not understood, or no line."""
        entry = "" if self.open is None else self._entry(read.row, read.lane, name)
        if self.open is not None and entry and (not self.open.codes or entry in self.code_of):
            return self._open_line(read, entry, self.code_of.get(entry))
        if not self._has_figure(read.row, read.lane):
            return None
        if entry:
            return self._open_line(read, entry, self.code_of.get(entry))
        first = read.labels[0][1] if read.labels else ""
        label = self._printed_label(read, first, whole=True)
        return Line(
            read.position, first, first, label, None, frozenset(), read.groups, read.row, read.lane.number, None, False
        )

    def _printed_label(self, read: _Row, name: str, *, whole: bool = False) -> str:
        """The label as the form prints it; ``whole``: with its ordinal and 其中：."""
        for column, label in read.labels:
            if name and label == name:
                text = self.grid.sheet.cells[(read.row, column)].text
                return squeezed(text) if whole else shown(text)
        return name

    def _name(self, row: int, lane: LaneColumns) -> str:
        if lane.name is None:
            return ""
        owner = self.grid.owner(row, lane.name)
        return self.grid.labels.get(owner, "") if owner[0] == row else ""

    def _entry(self, row: int, lane: LaneColumns, name: str) -> str:
        """What names an open row without a code: not a mere row of dots."""
        entry = name or (self.grid.labels.get((row, lane.entry), "") if lane.entry is not None else "")
        return entry if entry.strip(".…·-—") else ""

    def _code(self, row: int, lane: LaneColumns) -> str | None:
        """The subject code of a row, from one cell or from one cell a level."""
        if self.codes is None:
            return None
        digits = ""
        lengths = [length for _, length in self.codes.levels]
        cells = self.grid.sheet.cells
        for number, column in enumerate(lane.codes):
            cell = cells.get((row, column))
            text = "" if cell is None else cell.text.strip()
            if len(lane.codes) > 1 and text.isdigit() and number < len(lengths):
                text = text.zfill(lengths[number] - (lengths[number - 1] if number else 0))
            digits += text
        return digits if digits.isdigit() and len(digits) in lengths else None

    def _groups(self, row: int) -> tuple[str, ...]:
        assert self.open is not None
        now = self.group_now
        for name, column in self.under:
            if label := self.grid.label(row, column):
                if now.get(name) != label and name == self.open.under[0]:
                    now.clear()
                now[name] = label
        return tuple([now[name] for name in self.open.under if name in now])

    def _has_figure(self, row: int, lane: LaneColumns) -> bool:
        cells = self.grid.sheet.cells
        for column in lane.figures:
            cell = cells.get((row, column))
            if cell is not None and (
                cell.kind is not _TEXT or (read_numeral(cell.text) is not None and not is_dash(cell.text))
            ):
                return True
        return False

    def _fixed_line(self, read: _Row, text: str) -> Line:
        definition = self.fixed[text]
        groups = read.groups
        if definition.parents:
            parent = self._parent_name(definition)
            if len(definition.parents) > 1 and parent:
                groups = (*groups, parent)
        if definition.items_below:
            self.last_total_below = definition.name
        name = definition.name
        label = self._printed_label(read, text)
        return Line(
            read.position, name, normalised(name), label, self.code_of.get(text), self._fixed_kinds(definition), groups,
            read.row, read.lane.number, definition,
        )

    def _fixed_kinds(self, definition: RowDefinition) -> frozenset[str]:
        known = self.kinds.get(definition.name)
        if known is None:
            kinds = {"行", definition.kind or "行", definition.is_entry or "行"}
            known = self.kinds[definition.name] = frozenset(kinds)
        return known

    def _parent_name(self, definition: RowDefinition) -> str | None:
        """The total a row belongs to; of two, the one printed above it when its items stand below."""
        if self.last_total_below in definition.parents:
            return self.last_total_below
        below = self.heading.section.totals_above_items
        above = [p for p in definition.parents if p not in below]
        return above[0] if above else next(iter(definition.parents), None)

    def _open_line(self, read: _Row, name: str, code: str | None) -> Line:
        definition = self.open
        assert definition is not None
        known = code is not None or not definition.codes
        label = self._printed_label(read, name) or code or ""
        return Line(
            read.position, name, code or name, label, code, self._open_kinds(definition, code), read.groups,
            read.row, read.lane.number, definition, known,
        )

    def _open_kinds(self, definition: RowDefinition, code: str | None) -> frozenset[str]:
        length = len(code) if code is not None else None
        known = self.kinds.get(length)
        if known is None:
            kinds = {"行", definition.name, definition.kind or "行"}
            if length is not None and self.codes is not None:
                kinds.add(self.codes.level_by_length[length])
            known = self.kinds[length] = frozenset(kinds)
        return known
