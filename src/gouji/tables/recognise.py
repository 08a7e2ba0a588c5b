"""Which standard forms a workbook holds: by title and heading labels, never by number or position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gouji.figures import MONEY_UNITS, Unit
from gouji.labels import normalised
from gouji.sheet import Book, Sheet
from gouji.tables.cells import Part, read_values
from gouji.tables.definition import CodeList, TableDefinition
from gouji.tables.fields import printed_unit, read_fields
from gouji.tables.free_axes import locate_free
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading, Missing, locate
from gouji.tables.lines import LineReader
from gouji.tables.model import Recognition, Section, Table, UnknownRegion
from gouji.tables.titles import Title, Titles, another_title


@dataclass(frozen=True)
class Forms:
    """What recognition needs of a pack: definitions by name, code lists by name, the unit where none is printed."""

    tables: Mapping[str, TableDefinition]
    codes: Mapping[str, CodeList]
    unit: str = "万元"
    as_shown: bool = False


_NO_UNIT = Missing("没有印金额单位，其他表的单位又不足以推断", "prints no unit of money, and the others do not tell it")
_ROWS_OVER_TITLE = 3
_NO_LINES = Missing("表头之下没有任何行", "there are no rows below the heading")


class _Located(NamedTuple):
    """A form found on a sheet, before its figures are read. ``unit`` is the one it prints, if any."""

    grid: Grid
    title: Title
    bottom: int
    parts: list[Part]
    unit: Unit | None

    @property
    def name(self) -> str:
        return self.title.definition.name

    @property
    def is_many(self) -> bool:
        return self.title.definition.many is not None

    @property
    def top(self) -> int:
        """The first heading row."""
        return min(part.heading.band.top for part in self.parts)

    @property
    def is_empty(self) -> bool:
        return not any(part.lines for part in self.parts)


def recognise(book: Book, forms: Forms) -> Recognition:
    """All standard forms of ``book`` in the order of its sheets, and what is none, with reasons."""
    titles = Titles(forms.tables.values())
    located: list[_Located] = []
    untitled: list[_Located] = []
    unknown: list[UnknownRegion] = []
    for sheet in book.sheets:
        grid = Grid(sheet)
        if not grid.row_numbers:
            unknown.append(UnknownRegion(sheet.name, "空表", "the sheet is empty"))
        elif printed := titles.printed(grid):
            found, missed = _below_titles(grid, printed, forms)
            located += found
            unknown += missed
        else:
            one = _untitled(grid, forms, titles)
            (untitled if isinstance(one, _Located) else unknown).append(one)  # type: ignore[arg-type]
    chosen, missed = _each_once(located, untitled)
    place = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    chosen.sort(key=lambda one: place[one.grid.sheet.name])
    units = {many: _usual_unit([one for one in chosen if one.is_many is many], forms) for many in (False, True)}
    tables: list[Table] = []
    for one in chosen:
        unit = one.unit or units[one.is_many]
        if unit is None:
            missed.append(_missed(one.grid.sheet, one.title.definition, _NO_UNIT))
        else:
            tables.append(_read(one, unit, forms))
    regions = sorted([*unknown, *missed], key=lambda region: place[region.sheet])
    return Recognition(tuple(tables), tuple(regions))


def _each_once(
    located: Sequence[_Located], untitled: Sequence[_Located]
) -> tuple[list[_Located], list[UnknownRegion]]:
    """Without sheets that repeat a form: one without a title, or without a line, beside a full one."""
    titled = {one.name for one in located}
    missed = [_no_title(one.grid.sheet, [one.title.definition.title]) for one in untitled if one.name in titled]
    chosen = [*located, *(one for one in untitled if one.name not in titled)]
    filled = {one.name for one in chosen if not one.is_empty}
    repeated = [one for one in chosen if one.is_empty and one.name in filled]
    missed += [_missed(one.grid.sheet, one.title.definition, _NO_LINES) for one in repeated]
    return [one for one in chosen if not one.is_empty or one.name not in filled], missed


def _usual_unit(located: Sequence[_Located], forms: Forms) -> Unit | None:
    """The unit of forms that print none: that of the others, or the pack's where none prints any.

    ``None``: the others print several, or only a few print one that is not the pack's.
    """
    printed = [one.unit for one in located if one.unit is not None]
    usual = MONEY_UNITS[forms.unit]
    if not printed or set(printed) == {usual}:
        return usual
    return printed[0] if len(set(printed)) == 1 and 2 * len(printed) >= len(located) else None


def titles_printed(book: Book, choices: Iterable[Iterable[TableDefinition]]) -> list[int]:
    """How many titles of each choice of definitions are printed on the sheets of ``book``: how well a pack fits it."""
    grids = [Grid(sheet) for sheet in book.sheets]
    found = []
    for definitions in choices:
        titles = Titles(definitions)
        found.append(sum(len({title.definition.name for title in titles.printed(grid)}) for grid in grids))
    return found


def _below_titles(
    grid: Grid, printed: Sequence[Title], forms: Forms
) -> tuple[list[_Located], list[UnknownRegion]]:
    """The forms below the titles of a sheet, and the titles without one."""
    located: list[_Located] = []
    missed: dict[str, UnknownRegion] = {}
    bottoms = [*(title.row - 1 for title in printed[1:]), grid.row_numbers[-1]]
    for title, bottom in zip(printed, bottoms, strict=True):
        found = _locate(grid, title, bottom, forms)
        if isinstance(found, _Located):
            located.append(found)
        else:
            missed[title.definition.name] = _missed(grid.sheet, title.definition, found)
    names = {one.name for one in located}
    return located, [region for name, region in missed.items() if name not in names]


def _untitled(grid: Grid, forms: Forms, titles: Titles) -> _Located | UnknownRegion:
    """The form of a sheet that prints no title: all of its columns are printed, more than of any other form."""
    found: list[_Located] = []
    for title in titles.possible(grid):
        one = _locate(grid, title, grid.row_numbers[-1], forms)
        if isinstance(one, _Located) and _is_certain(one):
            found.append(one)
    most = max((_columns(one.parts) for one in found), default=0)
    found = [one for one in found if _columns(one.parts) == most]
    return found[0] if len(found) == 1 else _no_title(grid.sheet, [one.title.definition.title for one in found])


def _is_certain(one: _Located) -> bool:
    complete = not any(part.heading.lacking for part in one.parts)
    return complete and (one.title.by_name or not one.is_empty) and not another_title(one.grid, one.top)


def _no_title(sheet: Sheet, fitting: Sequence[str]) -> UnknownRegion:
    chinese, english = "没有标准表的标题", "no title of a standard form"
    if fitting:
        chinese += f"，栏目合于 {'、'.join(fitting)}"
        english += f"; the columns fit {', '.join(fitting)}"
    return UnknownRegion(sheet.name, chinese, english)


def _missed(sheet: Sheet, definition: TableDefinition, why: Missing) -> UnknownRegion:
    return UnknownRegion(
        sheet.name,
        f"有标题“{definition.title}”，但{why.chinese}",
        f"the title {definition.title} is there, but {why.english}",
    )


def _locate(grid: Grid, title: Title, bottom: int, forms: Forms) -> _Located | Missing:
    """The form between a title and the row ``bottom``."""
    parts = _parts(grid, title, bottom, forms)
    if isinstance(parts, Missing):
        return parts
    last = max(part.heading.band.bottom for part in parts)
    rows = grid.between(title.row, last)
    unit = printed_unit(grid, rows) or printed_unit(grid, grid.texts_above(title.row, _ROWS_OVER_TITLE))
    return _Located(grid, title, bottom, parts, unit)


def _read(one: _Located, unit: Unit, forms: Forms) -> Table:
    """The form with its figures in ``unit``."""
    grid, title, bottom, parts, _ = one
    cells = read_values(grid, parts, unit, as_shown=forms.as_shown)
    sections = tuple(_section(part, unit, cells.decimals.get(unit, 0)) for part in parts)
    definition = title.definition
    fields = read_fields(grid, definition.fields, grid.between(title.row, max(one.top - 1, title.row)))
    key, _ = fields.get(definition.many or "", ("", None))
    remarks = [*cells.remarks, *_assumed(one, unit), *_empty(one), *_unknown_lines(sections)]
    return Table(
        definition, grid.sheet, (max(title.row, 1), bottom), sections, cells.values, fields, _reason(title, parts),
        key, tuple(remarks),
    )


def _assumed(one: _Located, unit: Unit) -> list[tuple[str, str]]:
    if one.unit is not None:
        return []
    return [(f"没有印金额单位，按{unit.name}", f"no unit of money is printed; {unit.name} is taken")]


def _empty(one: _Located) -> list[tuple[str, str]]:
    if not one.is_empty:
        return []
    return [("表头之下没有任何行，作为空表，各数为零", "there are no rows below the heading: an empty form, all zero")]


def _parts(grid: Grid, title: Title, bottom: int, forms: Forms) -> list[Part] | Missing:
    if title.definition.axes_any:
        free = locate_free(grid, title.definition, title.row, bottom)
        return free if isinstance(free, Missing) else [Part(*free)]
    headings = locate(grid, title.definition, title.row, bottom)
    if isinstance(headings, Missing):
        return headings
    parts = [
        Part(heading, LineReader(grid, heading, forms.codes).read(_bottom(heading, headings, bottom)))
        for heading in headings
    ]
    if not any(part.lines for part in parts) and not _may_be_empty(title.definition, headings):
        return _NO_LINES
    return parts


def _may_be_empty(definition: TableDefinition, headings: Sequence[Heading]) -> bool:
    """Whether a heading without lines is the form of a unit that has nothing to report: nothing of it is missing."""
    return definition.many is None and all(not heading.lacking for heading in headings)


def _bottom(heading: Heading, headings: Sequence[Heading], bottom: int) -> int:
    """Where a section ends: above the next section's heading."""
    return min([*(h.band.top - 1 for h in headings if h.band.top > heading.band.bottom), bottom])


def _section(part: Part, unit: Unit, decimals: int) -> Section:
    by_key: dict[str, list[int]] = {}
    for line in part.lines:
        for key in dict.fromkeys((line.key, normalised(line.name))):
            by_key.setdefault(key, []).append(line.index)
    places = {key: tuple(found) for key, found in by_key.items()}
    heading = part.heading
    return Section(heading.section, heading.columns, part.lines, unit, decimals, places, part.cells)


def _reason(title: Title, parts: Sequence[Part]) -> tuple[str, str]:
    columns = _columns(parts)
    lines = sum(len(part.lines) for part in parts)
    return (
        f"{title.chinese}，表头 {columns} 栏，{lines} 行",
        f"{title.english}, {columns} columns in the heading, {lines} rows",
    )


def _columns(parts: Iterable[Part]) -> int:
    return sum(len(part.heading.columns) for part in parts)


def _unknown_lines(sections: Iterable[Section]) -> list[tuple[str, str]]:
    return [
        (f"第 {line.row} 行“{line.label}”不是标准行", f"row {line.row} “{line.label}” is no standard row")
        for section in sections
        for line in section.unknown_lines()
    ]
