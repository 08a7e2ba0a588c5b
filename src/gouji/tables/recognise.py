"""Which standard forms a workbook holds: by title and heading labels, never by sheet name, number or position."""

from __future__ import annotations

import re
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

_YEAR = re.compile(r"\(?(?:19|20)\d\d年?度?\)?")
_LONGEST_TITLE = 60


@dataclass(frozen=True)
class Forms:
    """What recognition needs of a pack: definitions by name, code lists by name, the unit where none is printed."""

    tables: Mapping[str, TableDefinition]
    codes: Mapping[str, CodeList]
    unit: str = "万元"
    as_shown: bool = False


class Title(NamedTuple):
    """A printed title: where it stands, the definition it names, and whether it is the whole text of its cell."""

    row: int
    column: int
    whole: bool
    definition: TableDefinition


def recognise(book: Book, forms: Forms) -> Recognition:
    """All standard forms of ``book`` in the order of its sheets, and what is none, with reasons."""
    titles = Titles(forms.tables.values())
    tables: list[Table] = []
    unknown: list[UnknownRegion] = []
    for sheet in book.sheets:
        found, missed = _on_sheet(sheet, forms, titles)
        tables += found
        unknown += missed
    return Recognition(tuple(tables), tuple(unknown))


def titles_printed(book: Book, choices: Iterable[Iterable[TableDefinition]]) -> list[int]:
    """How many titles of each choice of definitions are printed on the sheets of ``book``: how well a pack fits it."""
    labels = [Grid(sheet).labels for sheet in book.sheets]
    found = []
    for definitions in choices:
        titles = Titles(definitions)
        found.append(sum(len({title.definition.name for title in titles.printed(on)}) for on in labels))
    return found


class Titles:
    """The titles of forms, and where they are printed."""

    def __init__(self, definitions: Iterable[TableDefinition]) -> None:
        self.definitions = {normalised(title): form for form in definitions for title in form.titles}
        self._known: dict[str, tuple[bool, TableDefinition] | None] = {}

    def printed(self, labels: Mapping[tuple[int, int], str]) -> list[Title]:
        """Titles from top to bottom; those that fill their cell when there are any."""
        found = []
        for (row, column), label in labels.items():
            if len(label) <= _LONGEST_TITLE and (match := self._match(label)):
                found.append(Title(row, column, *match))
        found.sort(key=lambda title: (title.row, title.column))
        return [title for title in found if title.whole] or found

    def _match(self, label: str) -> tuple[bool, TableDefinition] | None:
        """The definition whose title ``label`` is, or ends with (a unit's name may stand before it)."""
        if label not in self._known:  # the sheets of a workbook print the same labels again and again
            self._known[label] = self._new_match(_YEAR.sub("", label))
        return self._known[label]

    def _new_match(self, name: str) -> tuple[bool, TableDefinition] | None:
        titles = self.definitions
        if name in titles:
            return True, titles[name]
        if not name.endswith("表"):
            return None
        tails = (name[start:] for start in range(1, len(name) - 3))
        return next(((False, titles[tail]) for tail in tails if tail in titles), None)


def _on_sheet(
    sheet: Sheet, forms: Forms, titles: Titles
) -> tuple[list[Table], list[UnknownRegion]]:
    if not sheet.cells:
        return [], [UnknownRegion(sheet.name, "空表", "the sheet is empty")]
    grid = Grid(sheet)
    printed = titles.printed(grid.labels)
    if not printed:
        return [], [UnknownRegion(sheet.name, "没有标准表的标题", "no title of a standard form")]
    tables: list[Table] = []
    missed: dict[str, UnknownRegion] = {}
    bottoms = [*(title.row - 1 for title in printed[1:]), grid.row_numbers[-1]]
    for title, bottom in zip(printed, bottoms, strict=True):
        found = _table(grid, title, bottom, forms)
        if isinstance(found, Table):
            tables.append(found)
        else:
            missed[title.definition.name] = _missed(sheet, title.definition, found)
    recognised = {table.definition.name for table in tables}
    return tables, [region for name, region in missed.items() if name not in recognised]


def _missed(sheet: Sheet, definition: TableDefinition, why: Missing) -> UnknownRegion:
    return UnknownRegion(
        sheet.name,
        f"有标题“{definition.title}”，但{why.chinese}",
        f"the title {definition.title} is there, but {why.english}",
    )


def _table(grid: Grid, title: Title, bottom: int, forms: Forms) -> Table | Missing:
    parts = _parts(grid, title, bottom, forms)
    if isinstance(parts, Missing):
        return parts
    top = min(part.heading.band.top for part in parts)
    unit = _unit(grid, title.row, parts) or MONEY_UNITS[forms.unit]
    cells = read_values(grid, parts, unit, as_shown=forms.as_shown)
    sections = tuple(_section(part, unit, cells.decimals.get(unit, 0)) for part in parts)
    definition = title.definition
    fields = read_fields(grid, definition.fields, grid.between(title.row, max(top - 1, title.row)))
    key, _ = fields.get(definition.many or "", ("", None))
    return Table(
        definition, grid.sheet, (title.row, bottom), sections, cells.values, fields, _reason(grid, title, parts),
        key, (*cells.remarks, *_unknown_lines(sections)),
    )


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
    if not any(part.lines for part in parts):
        return Missing("表头之下没有任何行", "there are no rows below the heading")
    return parts


def _bottom(heading: Heading, headings: Sequence[Heading], bottom: int) -> int:
    """Where a section ends: above the next section's heading."""
    return min([*(h.band.top - 1 for h in headings if h.band.top > heading.band.bottom), bottom])


def _unit(grid: Grid, top: int, parts: Iterable[Part]) -> Unit | None:
    return printed_unit(grid, grid.between(top, max(part.heading.band.bottom for part in parts)))


def _section(part: Part, unit: Unit, decimals: int) -> Section:
    by_key: dict[str, list[int]] = {}
    for line in part.lines:
        for key in dict.fromkeys((line.key, normalised(line.name))):
            by_key.setdefault(key, []).append(line.index)
    places = {key: tuple(found) for key, found in by_key.items()}
    heading = part.heading
    return Section(heading.section, heading.columns, part.lines, unit, decimals, places, part.cells)


def _reason(grid: Grid, title: Title, parts: Sequence[Part]) -> tuple[str, str]:
    text = grid.sheet.cells[(title.row, title.column)].text.strip()
    columns = sum(len(part.heading.columns) for part in parts)
    lines = sum(len(part.lines) for part in parts)
    return (
        f"标题“{text}”，表头 {columns} 栏，{lines} 行",
        f"title {text}, {columns} columns in the heading, {lines} rows",
    )


def _unknown_lines(sections: Iterable[Section]) -> list[tuple[str, str]]:
    return [
        (f"第 {line.row} 行“{line.label}”不是标准行", f"row {line.row} “{line.label}” is no standard row")
        for section in sections
        for line in section.unknown_lines()
    ]
