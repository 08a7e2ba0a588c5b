"""The standard forms on one sheet: below their titles, one under the other or side by side, or without a title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from gouji.sheet import CellKind, Sheet
from gouji.tables.arrangement import Missing
from gouji.tables.cells import Part
from gouji.tables.definition import CodeList, TableDefinition
from gouji.tables.fields import printed_unit, unit_in
from gouji.tables.free_axes import locate_free
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading, locate
from gouji.tables.lines import read_lines
from gouji.tables.located import Form, Located, nameless
from gouji.tables.model import UnknownRegion
from gouji.tables.titles import Title, Titles, another_title

NO_LINES = Missing("表头之下没有任何行", "there are no rows below the heading")
_UNNAMED = Missing("有几栏数认不出栏名", "some columns of figures have no heading that is known")
_LEAST_NUMBERS = 3
_ROWS_OVER_TITLE = 3
_ROWS_APART = 2
"""How many rows the titles of two forms side by side may stand apart."""


@dataclass(frozen=True)
class Forms:
    """What recognition needs of a pack: definitions by name, code lists by name, the unit where none is printed."""

    tables: Mapping[str, TableDefinition]
    codes: Mapping[str, CodeList]
    unit: str = "万元"
    as_shown: bool = False


def below_titles(grid: Grid, printed: Sequence[Title], forms: Forms) -> tuple[list[Located], Sequence[UnknownRegion]]:
    """The forms below the titles of a sheet, and the titles without one."""
    if len(printed) > 1 and len(windows := _windows(grid, printed)) > 1:
        sides = [below_titles(window, titles, forms) for window, titles in windows]
        return [one for found, _ in sides for one in found], [one for _, missed in sides for one in missed]
    key = "below", grid.numbering, id(forms.codes), *map(id, printed)
    found, missed = grid.once(key, (printed, forms.codes), partial(_below_titles, grid, printed, forms))
    return [Located(grid, form) for form in found], missed


def _below_titles(grid: Grid, printed: Sequence[Title], forms: Forms) -> tuple[list[Form], list[UnknownRegion]]:
    """The forms that stand one below the other, and the titles without one."""
    found: list[Form] = []
    missed: dict[str, UnknownRegion] = {}
    begun: Title | None = None
    bottoms = [*(title.row - 1 for title in printed[1:]), grid.row_numbers[-1]]
    for title, bottom in zip(printed, bottoms, strict=True):
        form = _locate(grid, title, bottom, forms)
        if found and _goes_on(found[-1], title, form):
            form = _locate(grid, found.pop().title, bottom, forms)
        elif isinstance(form, Missing) and begun is not None and begun.definition is title.definition:
            form = _locate(grid, begun, bottom, forms)  # its sections stand each below the title printed anew
        if isinstance(form, Form):
            found.append(form)
            begun = None
        else:
            missed[title.definition.name] = missing_form(grid.sheet, title.definition, form)
            begun = title
    names = {one.name for one in found}
    return found, [region for name, region in missed.items() if name not in names]


def _goes_on(before: Form, title: Title, found: Form | Missing) -> bool:
    """Whether a form goes on below its title printed once more."""
    if isinstance(found, Missing):
        return title.continued and title.definition.name == before.name
    return continues(before, found)


def continues(before: Form, after: Form) -> bool:
    """Whether ``after`` is the rest of the form ``before``: the same columns, other rows, and one total at most twice.

    Two units' tables of one form have rows in common; where neither prints a total, only the title can say so.
    """
    if before.name != after.name or before.is_many or len(before.parts) != len(after.parts):
        return False
    for first, rest in zip(before.parts, after.parts, strict=True):
        if first.cells is not None or first.heading.section != rest.heading.section:
            return False
        if {name: c.at for name, c in first.heading.columns.items()} != {
            name: c.at for name, c in rest.heading.columns.items()
        }:
            return False
        if {line.key for line in first.lines if line.known} & {line.key for line in rest.lines if line.known}:
            return False
    has_total = any(
        line.definition is not None and line.definition.of
        for one in (before, after) for part in one.parts for line in part.lines
    )
    return (has_total or after.title.continued) and not after.is_empty


def _windows(grid: Grid, printed: Sequence[Title]) -> list[tuple[Grid, list[Title]]]:
    """The sheet as parts with forms side by side; one part where there are none.

    A part begins behind the last blank column before its title, else at its title.
    """
    first = printed[0]
    beside = {
        title.column: title
        for title in printed
        if title.row - first.row <= _ROWS_APART and title.definition is not first.definition
        and title.column >= grid.right_of(first.row, first.column)
    }
    if not beside:
        return [(grid, list(printed))]
    used = {column for columns in grid.rows.values() for column in columns}
    used.update(column for area in grid.merged for column in range(area.left, area.right + 1))
    edges = [1]
    for column in sorted(beside):
        blank = [at for at in range(edges[-1] + 1, column) if at not in used]
        edges.append(max(blank) + 1 if blank else column)
    ends = [*(edge - 1 for edge in edges[1:]), max(used)]
    parts = [Grid(_between(grid.sheet, left, right)) for left, right in zip(edges, ends, strict=True)]
    return [
        (part, [title for title in printed if left <= title.column <= right])
        for part, left, right in zip(parts, edges, ends, strict=True)
    ]


def _between(sheet: Sheet, left: int, right: int) -> Sheet:
    """The columns ``left`` to ``right`` of a sheet, in their places."""
    cells = {place: cell for place, cell in sheet.cells.items() if left <= place[1] <= right}
    return replace(sheet, cells=cells, merged=tuple(a for a in sheet.merged if left <= a.left and a.right <= right))


def untitled_form(grid: Grid, titles: Titles, forms: Forms) -> Located | UnknownRegion:
    """The form of a sheet that prints no title: all of its columns are printed, more than of any other form."""
    key = "untitled", grid.numbering, id(titles), id(forms.codes)
    found = grid.once(key, (titles, forms.codes), partial(_untitled, grid, titles, forms))
    return found if isinstance(found, UnknownRegion) else Located(grid, found)


def _untitled(grid: Grid, titles: Titles, forms: Forms) -> Form | UnknownRegion:
    found: list[Form] = []
    for title in titles.possible(grid):
        form = _locate(grid, title, grid.row_numbers[-1], forms)
        if isinstance(form, Form) and _is_certain(grid, form):
            found.append(form)
    most = max((form.width for form in found), default=0)
    found = [form for form in found if form.width == most]
    if len(found) == 1:
        return found[0]
    many = _one_of_many(grid, titles, forms)
    fitting = [form.title.definition.title for form in found] or ([] if many is None else [many.title])
    return no_title(grid.sheet, fitting, "" if many is None else many.name)


def _one_of_many(grid: Grid, titles: Titles, forms: Forms) -> TableDefinition | None:
    """The form of projects that a sheet without a title looks like: which project's, nobody can be sure."""
    for title in titles.of_many(grid):
        form = _locate(grid, title, grid.row_numbers[-1], forms)
        if isinstance(form, Form) and not form.is_empty:
            return title.definition
    return None


def _is_certain(grid: Grid, form: Form) -> bool:
    complete = not any(part.heading.lacking for part in form.parts)
    named = form.title.sign.by != "栏目"
    return complete and (named or not form.is_empty) and not another_title(grid, form.top)


def no_title(sheet: Sheet, fitting: Sequence[str], form: str = "") -> UnknownRegion:
    """A sheet without a title, whose columns fit forms of these titles; ``form`` as in ``UnknownRegion``."""
    chinese, english = "没有标准表的标题", "no title of a standard form"
    if fitting:
        chinese += f"，栏目合于 {'、'.join(fitting)}"
        english += f"; the columns fit {', '.join(fitting)}"
    return UnknownRegion(sheet.name, chinese, english, form)


def missing_form(sheet: Sheet, definition: TableDefinition, why: Missing) -> UnknownRegion:
    """A title without its form, or with one that cannot be read; a mere list of titles holds no numbers."""
    numbers = sum(cell.kind is CellKind.NUMBER for cell in sheet.cells.values())
    return UnknownRegion(
        sheet.name,
        f"有标题“{definition.title}”，但{why.chinese}",
        f"the title {definition.title} is there, but {why.english}",
        definition.name if numbers >= _LEAST_NUMBERS else "",
    )


def _locate(grid: Grid, title: Title, bottom: int, forms: Forms) -> Form | Missing:
    """The form between a title and the row ``bottom``."""
    parts = _parts(grid, title, bottom, forms)
    if isinstance(parts, Missing):
        return parts
    last = max(part.heading.band.bottom for part in parts)
    rows = grid.between(title.row, last)
    above = grid.texts_above(title.row, _ROWS_OVER_TITLE)
    unit = printed_unit(grid, rows) or printed_unit(grid, above) or unit_in(grid.sheet.header)
    if isinstance(unit, Missing):
        return unit
    form = Form(title, bottom, parts, unit)
    if title.definition.lanes_repeat and any(nameless(grid, form, part) for part in parts):
        return _UNNAMED
    return form


def _parts(grid: Grid, title: Title, bottom: int, forms: Forms) -> list[Part] | Missing:
    if title.definition.axes_any:
        free = locate_free(grid, title.definition, title.row, bottom)
        return free if isinstance(free, Missing) else [Part(*free)]
    headings = locate(grid, title.definition, title.row, bottom)
    if isinstance(headings, Missing):
        return headings
    parts = [
        Part(heading, read_lines(grid, heading, forms.codes, _bottom(heading, headings, bottom)))
        for heading in headings
    ]
    if not any(part.lines for part in parts) and not _may_be_empty(title.definition, headings):
        return NO_LINES
    return parts


def _may_be_empty(definition: TableDefinition, headings: Sequence[Heading]) -> bool:
    """Whether a heading without lines is the form of a unit that has nothing to report: nothing of it is missing."""
    return definition.many is None and all(not heading.lacking for heading in headings)


def _bottom(heading: Heading, headings: Sequence[Heading], bottom: int) -> int:
    """Where a section ends: above the next section's heading."""
    return min([*(h.band.top - 1 for h in headings if h.band.top > heading.band.bottom), bottom])
