"""Forms as located, before their figures are read: what of them was understood, and what was not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gouji.figures import Unit
from gouji.sheet import CellKind
from gouji.tables.cells import Part
from gouji.tables.definition import FIGURE_TYPES
from gouji.tables.grid import Grid
from gouji.tables.grounds import Grounds
from gouji.tables.headings import Heading
from gouji.tables.titles import Title


class Form(NamedTuple):
    """A form as found, before its figures are read. ``unit`` is the one it prints, if any."""

    title: Title
    bottom: int
    parts: list[Part]
    unit: Unit | None

    @property
    def name(self) -> str:
        """The form's name."""
        return self.title.definition.name

    @property
    def is_many(self) -> bool:
        """Whether the form may occur on many sheets."""
        return self.title.definition.many is not None

    @property
    def top(self) -> int:
        """The first heading row."""
        return min(part.heading.band.top for part in self.parts)

    @property
    def is_empty(self) -> bool:
        """Whether it has no line."""
        return not any(part.lines for part in self.parts)

    @property
    def width(self) -> int:
        """How many of its columns are printed."""
        return sum(len(part.heading.columns) for part in self.parts)


class Located(NamedTuple):
    """A form and the sheet, or part of one, that it stands on."""

    grid: Grid
    form: Form

    @property
    def name(self) -> str:
        """The form's name."""
        return self.form.title.definition.name


def nameless(grid: Grid, form: Form, part: Part) -> list[int]:
    """The sheet columns of a section that hold figures beside its lines and that no heading names."""
    if not part.lines:
        return []
    if part.cells is not None:
        places = part.cells.values()
        named, first, last = {at.column for at in places}, min(at.row for at in places), max(at.row for at in places)
        beside = {n for row in grid.between(first, last) for n in grid.rows[row] if n not in named}
        return [n for n in sorted(beside) if _holds_numbers(grid, n, first, last)]
    heading = part.heading
    known = {at for column in heading.columns.values() for at in column.at}
    known.update(n for lane in heading.codes for n in lane)
    known.update(at.column for _, at in heading.strange)
    rows = [line.row for line in part.lines]
    columns = [n for lane in heading.lanes for n in range(lane.left, lane.right + 1)]
    if form.title.definition.lanes_repeat:  # a further lane may have lost its heading
        end = max(grid.rows[row][-1] for row in grid.between(min(rows), max(rows)))
        columns += range(max(columns) + 1, end + 1)
    columns = [n for n in columns if n not in known]
    return [n for n in columns if _holds_numbers(grid, n, min(rows), max(rows))]


def _holds_numbers(grid: Grid, column: int, top: int, bottom: int) -> bool:
    cells = grid.sheet.cells
    return any(
        (cell := cells.get((row, column))) is not None and cell.kind is CellKind.NUMBER
        for row in grid.between(top, bottom)
    )


def grounds(grid: Grid, form: Form) -> Grounds:
    """Why it was taken for the form, and what of it was not understood."""
    lines = [line for part in form.parts for line in part.lines]
    ref = grid.sheet.ref
    strange = tuple(dict.fromkeys((word, ref(*at)) for part in form.parts for word, at in part.heading.strange))
    unknown = tuple([
        (line.label, ref(line.row, part.heading.lanes[line.lane].left))
        for part in form.parts for line in part.lines if not line.known
    ])
    lacking = tuple([name for part in form.parts for name in _lacking(part.heading)])
    columns, rows = (form.width, form.width + len(strange)), (len(lines) - len(unknown), len(lines))
    return Grounds(form.title.sign, columns, rows, strange, unknown, lacking)


def _lacking(heading: Heading) -> Iterable[str]:
    by_name = heading.section.columns_by_name
    return [name for name in heading.lacking if by_name[name].type in FIGURE_TYPES]
