"""Headings: which sheet column prints which column of the definition, in which lane, below which rows.

A heading is found by the words in it. It may fill one to four rows; a merged cell counts for every column it spans;
小计 or 合计 under a heading X is X itself; the same columns printed again to the right are another lane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from gouji.sheet import Address
from gouji.tables.arrangement import Arranged, Lane, Missing, arranged, columns_by_name
from gouji.tables.bands import Band, find_band, printed_heading
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, SectionDefinition, TableDefinition
from gouji.tables.grid import Grid
from gouji.tables.model import Column


class Heading(NamedTuple):
    """Where a section stands: its heading rows, its lanes and its columns by name."""

    section: SectionDefinition
    band: Band
    lanes: tuple[Lane, ...]
    columns: Mapping[str, Column]
    codes: tuple[tuple[int, ...], ...]
    """Of each lane the sheet columns that print the code: one, or one a level."""
    units: Mapping[int, str] = MappingProxyType({})
    """The units that the headings of sheet columns print: % or one of money."""
    strange: tuple[tuple[str, Address], ...] = ()
    """The words of the heading that name no column."""

    @property
    def lacking(self) -> list[str]:
        """Names of the columns that must be printed and are not."""
        return [
            column.name for column in self.section.columns
            if column.absent == "缺" and column.type != "行名" and column.name not in self.columns
        ]


def locate(grid: Grid, definition: TableDefinition, top: int, bottom: int) -> list[Heading] | Missing:
    """The headings of all sections between the title row ``top`` and ``bottom``."""
    found: list[tuple[Band, SectionDefinition]] = []
    for section in definition.sections:
        band = find_band(grid, section, top, bottom)
        if band is None:
            if section.absent == "缺":
                return _no_heading(section)
            continue
        found.append((band, section))
    headings: list[Heading] = []
    for end in dict.fromkeys(band.bottom for band, _ in found):
        together = [(band.top, section) for band, section in found if band.bottom == end]
        sections = [section for _, section in together]
        band = Band(min(top for top, _ in together), end)
        some = _headings_in(grid, band, bottom, sections, repeat=definition.lanes_repeat)
        if isinstance(some, Missing):
            return some
        headings += some
    return headings


def _no_heading(section: SectionDefinition) -> Missing:
    named = "、".join(column.name for column in section.columns[:4])
    where = f"“{section.name}”部分的" if section.name else ""
    return Missing(f"没有找到{where}表头（应有 {named} 等栏）", f"no heading found with columns such as {named}")


def _headings_in(
    grid: Grid, band: Band, bottom: int, sections: Sequence[SectionDefinition], *, repeat: bool
) -> list[Heading] | Missing:
    """Headings of the sections that share ``band``: side by side in lanes, or one."""
    sides = arranged(tuple(sections), repeat, printed_heading(grid, band))
    if isinstance(sides, Missing):
        return sides
    found: list[Heading] = []
    for one in sides:
        heading = _heading(grid, one, band, bottom)
        if isinstance(heading, Missing):
            return heading
        if one.faulty is not None:
            return one.faulty
        found.append(heading)
    return found


def _heading(grid: Grid, side: Arranged, band: Band, bottom: int) -> Heading | Missing:
    columns: Mapping[str, Column] | Missing | None = side.columns
    if columns is None:
        columns = columns_by_name(side.section, side.named, partial(_the_one, grid, band, bottom))
    if isinstance(columns, Missing):
        return columns
    strange = tuple([(word, Address(band.top + row, column)) for word, (row, column) in side.strange])
    return Heading(side.section, band, side.lanes, columns, side.codes, side.units, strange)


def _the_one(
    grid: Grid, band: Band, bottom: int, definition: ColumnDefinition, columns: Sequence[int]
) -> int | Missing:
    """Of the sheet columns under one name the one that holds something: others are blank ones put in between."""
    if definition.type == "编码":
        return columns[0]
    below = grid.holds_figures if definition.type in FIGURE_TYPES else grid.holds_anything
    filled = [column for column in columns if below(column, band.bottom + 1, bottom)]
    if len(filled) < 2:
        return (filled or columns)[0]
    name = definition.name
    if len({_leaf_owner(grid, band, column) for column in filled}) > 1:
        return Missing(f"栏“{name}”印了两次", f"column {name} is printed twice")
    if definition.type in FIGURE_TYPES:
        return Missing(f"栏“{name}”下面有几列数", f"there are several columns of figures below {name}")
    return filled[0]


def _leaf_owner(grid: Grid, band: Band, column: int) -> tuple[int, int]:
    """The cell that prints the lowest heading word over ``column``."""
    for row in range(band.bottom, band.top - 1, -1):
        owner = grid.owner(row, column)
        if owner in grid.labels:
            return owner
    return band.top, column
