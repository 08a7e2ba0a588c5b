"""The printed rows of a section and the tree they form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.labels import is_part, normalised, shown, squeezed
from gouji.numerals import is_dash, read_numeral
from gouji.sheet import CellKind
from gouji.tables.definition import FIGURE_TYPES, CodeList, RowDefinition, SectionDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.model import Line


class LineReader:
    """Reads the lines of one section below its heading."""

    def __init__(self, grid: Grid, heading: Heading, codes: Mapping[str, CodeList]) -> None:
        self.grid = grid
        self.heading = heading
        section = heading.section
        self.fixed = fixed_rows(section)
        self.open = next((row for row in section.rows if row.each is not None), None)
        self.codes = codes.get(self.open.codes or "") if self.open else None
        self.code_of = {} if self.codes is None else codes_by_name(self.codes)
        self.columns_left = [self._left_columns(lane) for lane in range(len(heading.lanes))]
        self.figure_columns = [self._figure_columns(lane) for lane in range(len(heading.lanes))]
        self.group_now: dict[str, str] = {}
        self.last_total_below: str | None = None

    def read(self, bottom: int) -> tuple[Line, ...]:
        """All lines down to the row ``bottom``, from top to bottom, lane by lane."""
        found: list[Line] = []
        for lane in range(len(self.heading.lanes)):
            self.group_now, self.last_total_below = {}, None
            for row in self.grid.between(self.heading.band.bottom + 1, bottom):
                if not self.grid.is_numbering(row):
                    line = self._line(row, lane, len(found))
                    found += [] if line is None else [line]
        return with_tree(found, self.heading.section)

    def _left_columns(self, lane: int) -> range:
        """The sheet columns of a lane that stand before its first figure."""
        figures = self._figure_columns(lane)
        left, right = self.heading.lanes[lane]
        return range(left, min(figures) if figures else right + 1)

    def _figure_columns(self, lane: int) -> list[int]:
        columns = self.heading.columns.values()
        return [at for c in columns if c.definition.type in FIGURE_TYPES and (at := c.at[lane]) is not None]

    def _line(self, row: int, lane: int, index: int) -> Line | None:
        labels = self.grid.labels
        groups = self._groups(row)
        code = self._code(row, lane)
        if code is not None and self.open is not None:
            return self._open_line(row, lane, index, self._name(row, lane), code, groups)
        texts = [labels[(row, c)] for c in self.columns_left[lane] if (row, c) in labels]
        for text in [self._name(row, lane), *texts]:
            if text in self.fixed:
                return self._fixed_line(row, lane, index, text, groups)
        if self.open is not None:
            entry = self._open_name(row, lane)
            if entry and (self._has_figure(row, lane) or not self.open.codes):
                return self._open_line(row, lane, index, entry, self.code_of.get(entry), groups)
        if self._has_figure(row, lane):
            name = next(iter(texts), "")
            label = self._printed_label(row, lane, name, whole=True)
            return Line(index, name, name, label, None, frozenset(), groups, row, lane, None, known=False)
        return None

    def _printed_label(self, row: int, lane: int, name: str, *, whole: bool = False) -> str:
        """The label as the form prints it; ``whole``: with its ordinal and 其中：."""
        for column in self.columns_left[lane]:
            if name and self.grid.labels.get((row, column)) == name:
                text = self.grid.sheet.cells[(row, column)].text
                return squeezed(text) if whole else shown(text)
        return name

    def _name(self, row: int, lane: int) -> str:
        column = next((c for c in self.heading.columns.values() if c.definition.type == "行名"), None)
        at = None if column is None else column.at[lane]
        if at is None:
            return ""
        owner = self.grid.owner(row, at)
        return self.grid.labels.get(owner, "") if owner[0] == row else ""

    def _open_name(self, row: int, lane: int) -> str:
        assert self.open is not None
        column = self.heading.columns.get(self.open.each or "")
        at = None if column is None else column.at[lane]
        name = self._name(row, lane) or (self.grid.labels.get((row, at), "") if at is not None else "")
        return "" if not name.strip(".…·-—") else name

    def _code(self, row: int, lane: int) -> str | None:
        """The subject code of a row, from one cell or from one cell a level."""
        if self.codes is None:
            return None
        digits = ""
        lengths = [length for _, length in self.codes.levels]
        columns = self.heading.codes[lane]
        for number, column in enumerate(columns):
            cell = self.grid.sheet.cells.get((row, column))
            text = "" if cell is None else cell.text.strip()
            if len(columns) > 1 and text.isdigit() and number < len(lengths):
                text = text.zfill(lengths[number] - (lengths[number - 1] if number else 0))
            digits += text
        return digits if digits.isdigit() and len(digits) in lengths else None

    def _groups(self, row: int) -> tuple[str, ...]:
        if self.open is None:
            return ()
        for name in self.open.under:
            column = self.heading.columns.get(name)
            at = None if column is None else column.at[0]
            if at is not None and (label := self.grid.label(row, at)):
                if self.group_now.get(name) != label and name == self.open.under[0]:
                    self.group_now.clear()
                self.group_now[name] = label
        return tuple(self.group_now[name] for name in self.open.under if name in self.group_now)

    def _has_figure(self, row: int, lane: int) -> bool:
        for column in self.figure_columns[lane]:
            cell = self.grid.sheet.cells.get((row, column))
            if cell is not None and (
                cell.kind is not CellKind.TEXT or (not is_dash(cell.text) and read_numeral(cell.text) is not None)
            ):
                return True
        return False

    def _fixed_line(self, row: int, lane: int, index: int, text: str, groups: tuple[str, ...]) -> Line:
        definition = self.fixed[text]
        parent = self._parent_name(definition)
        if definition.items_below:
            self.last_total_below = definition.name
        kinds = {"行", definition.kind or "行"}
        if definition.is_entry:
            kinds.add(definition.is_entry)
        name = definition.name
        code = self.code_of.get(text)
        label = self._printed_label(row, lane, text)
        line = Line(index, name, normalised(name), label, code, frozenset(kinds), groups, row, lane, definition)
        return replace(line, groups=(*groups, *((parent,) if parent else ()))) if len(definition.parents) > 1 else line

    def _parent_name(self, definition: RowDefinition) -> str | None:
        """The total a row belongs to; of two, the one printed above it when its items stand below."""
        if self.last_total_below in definition.parents:
            return self.last_total_below
        above = [p for p in definition.parents if not self._items_below(p)]
        return above[0] if above else next(iter(definition.parents), None)

    def _items_below(self, name: str) -> bool:
        return any(row.name == name and row.items_below for row in self.heading.section.rows)

    def _open_line(
        self, row: int, lane: int, index: int, name: str, code: str | None, groups: tuple[str, ...]
    ) -> Line:
        assert self.open is not None
        kinds = {"行", self.open.name, self.open.kind or "行"}
        if code is not None and self.codes is not None:
            kinds.add(next(level for level, length in self.codes.levels if length == len(code)))
        known = code is not None or not self.open.codes
        label = self._printed_label(row, lane, name) or code or ""
        return Line(
            index, name, code or name, label, code, frozenset(kinds), groups, row, lane, self.open, known
        )


def fixed_rows(section: SectionDefinition) -> dict[str, RowDefinition]:
    """Fixed rows by every printed variant, normalised."""
    return {
        normalised(label): row
        for row in section.rows
        if row.each is None
        for label in (*row.labels, row.name)
    }


def codes_by_name(codes: CodeList) -> dict[str, str]:
    """Codes by every printed name, normalised."""
    return {normalised(name): code for code, names in codes.names.items() for name in names}


def with_tree(lines: Sequence[Line], section: SectionDefinition) -> tuple[Line, ...]:
    """The lines with parents and children: by printed codes, by ``of``, and unknown lines where they stand."""
    totals = {line.name: line.index for line in reversed(lines) if line.definition and line.definition.of}
    by_code = {line.code: line.index for line in reversed(lines) if line.code}
    parents: list[int | None] = []
    for line in lines:
        parent = _parent(line, totals, by_code, section)
        if parent is None and not line.known and parents and not is_part(line.label):
            parent = parents[-1]
        parents.append(None if parent == line.index else parent)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(index)
    return tuple(
        replace(line, parent=parents[line.index], children=tuple(children.get(line.index, ())))
        if parents[line.index] is not None or line.index in children else line
        for line in lines
    )


def _parent(
    line: Line, totals: Mapping[str, int], by_code: Mapping[str, int], section: SectionDefinition
) -> int | None:
    if line.code and line.definition is not None and line.definition.each is not None:
        for length in range(len(line.code) - 1, 0, -1):
            if (found := by_code.get(line.code[:length])) is not None:
                return found
    for name in _totals_over(line, section):
        if name in totals:
            return totals[name]
    return None


def _totals_over(line: Line, section: SectionDefinition) -> Iterator[str]:
    """Names of the totals that a top line of the tree belongs to."""
    definition = line.definition
    if definition is None:
        return
    if len(definition.parents) > 1:
        yield line.groups[-1]
        return
    for row in section.rows:
        codes = [name for name in row.of if name.isdigit()]
        if (line.code and any(line.code.startswith(code) for code in codes)) or definition.name in row.of or (definition.is_entry or "") in row.of:
            yield row.name
