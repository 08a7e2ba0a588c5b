"""Forms whose row and column names may both stand in the heading or swap sides (三公): a figure has two names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.labels import normalised
from gouji.numerals import is_dash, read_numeral
from gouji.sheet import Address, CellKind
from gouji.tables.arrangement import Lane, Missing, column_named
from gouji.tables.bands import Band, printed_heading
from gouji.tables.definition import ColumnDefinition, RowDefinition, SectionDefinition, TableDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.model import Column, Line
from gouji.tables.tree import with_tree


class FreeTable(NamedTuple):
    """A form found by the two names of each figure."""

    heading: Heading
    lines: tuple[Line, ...]
    cells: Mapping[tuple[str, str], Address]


def locate_free(grid: Grid, definition: TableDefinition, top: int, bottom: int) -> FreeTable | Missing:
    """The figures of ``definition`` between its title row ``top`` and ``bottom``, by (row name, column name)."""
    section = definition.sections[0]
    columns, rows = section.columns_by_label, section.rows_by_label
    band = _band(grid, {*columns, *rows}, top, bottom)
    if band is None:
        return Missing("没有找到表头", "no heading was found")
    paths = printed_heading(grid, band).paths()
    last = len(paths)
    cells: dict[tuple[str, str], Address] = {}
    for row in _figure_rows(grid, {*columns, *rows}, band, bottom):
        beside = [word for column in range(1, last + 1) if _is_word(word := grid.label(row, column))]
        for column, path in paths.items():
            names = _names(path, beside, columns, rows)
            if names is None or names in cells or _is_label(grid, row, column):
                continue
            cells[names] = Address(row, column)
    if not cells:
        return Missing("没有找到预算数、决算数各栏", "no figure could be named by its headings")
    return _free_table(section, band, last, paths, cells)


def _band(grid: Grid, labels: set[str], top: int, bottom: int) -> Band | None:
    first = 0
    for row in grid.between(top + 1, bottom):
        named = any(grid.labels.get((row, column), "") in labels for column in grid.rows[row])
        if first and (grid.is_numbering(row) or _has_numbers(grid, row) or _names_only_its_row(grid, labels, row)):
            return Band(first, row - 1)
        if named and not first:
            first = row
    if not first:
        return None
    last = max(row for row in grid.between(first, bottom)
               if any(grid.labels.get((row, column), "") in labels for column in grid.rows[row]))
    return Band(first, last)


def _names_only_its_row(grid: Grid, labels: set[str], row: int) -> bool:
    """Whether the row prints one name, at its left, and no other words: an item whose amounts are blank."""
    words = [(column, word) for column, word, _ in grid.words.get(row, ()) if _is_word(word)]
    return len(words) == 1 and words[0][1] in labels and words[0][0] == min(grid.rows[row])


def _is_word(label: str) -> bool:
    return not is_dash(label) and read_numeral(label) is None


def _has_numbers(grid: Grid, row: int) -> bool:
    return any(_is_number(grid, row, column) for column in grid.rows[row])


def _is_number(grid: Grid, row: int, column: int) -> bool:
    cell = grid.sheet.cells[(row, column)]
    return cell.kind is CellKind.NUMBER or (cell.kind is CellKind.TEXT and read_numeral(cell.text) is not None)


def _is_label(grid: Grid, row: int, column: int) -> bool:
    """Whether the cell is a name beside the figures rather than a (possibly faulty) figure under a heading."""
    label = grid.labels.get((row, column), "")
    return bool(label) and not is_dash(label) and column == min(grid.rows[row], default=0) and len(label) > 1 \
        and read_numeral(label) is None


def _figure_rows(grid: Grid, labels: set[str], band: Band, bottom: int) -> list[int]:
    below = [row for row in grid.between(band.bottom + 1, bottom) if not grid.is_numbering(row)]
    rows = [row for row in below if _has_numbers(grid, row) or _names_only_its_row(grid, labels, row)]
    if rows:
        return rows
    dashed = [row for row in below if all(is_dash(grid.sheet.cells[(row, column)].text) for column in grid.rows[row])]
    if dashed:
        return dashed[:1]
    numbered = [row for row in grid.between(band.bottom + 1, bottom) if grid.is_numbering(row)]
    return [(numbered[-1] if numbered else band.bottom) + 1]


def _names(
    path: Sequence[str], beside: Sequence[str],
    columns: Mapping[str, Sequence[ColumnDefinition]], rows: Mapping[str, RowDefinition],
) -> tuple[str, str] | None:
    """The row and column name of the figure under ``path`` and beside ``beside``."""
    row = next((rows[word] for word in (*path, *beside) if word in rows), None)
    column = column_named([w for w in path if w not in rows], columns) or column_named(
        [w for w in beside if w not in rows], columns)
    return None if row is None or column is None else (row.name, column.name)


def _free_table(
    section: SectionDefinition, band: Band, last: int,
    paths: Mapping[int, tuple[str, ...]], cells: Mapping[tuple[str, str], Address],
) -> FreeTable:
    printed = {name for _, name in cells}
    columns = {c.name: Column(c, (None,)) for c in section.columns if c.name in printed}
    found: list[Line] = []
    for definition in section.rows:
        place = next((at for (name, _), at in cells.items() if name == definition.name), None)
        if place is not None:
            kinds = frozenset({"行", definition.kind or "行"})
            key = normalised(definition.name)
            name, number = definition.name, len(found)
            found.append(Line(number, name, key, name, None, kinds, (), place.row, 0, definition))
    heading = Heading(section, band, (Lane(1, last),), columns, ((),))
    return FreeTable(heading, with_tree(found, section), cells)
