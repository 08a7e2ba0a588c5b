"""The grid of a w:tbl: which cell stands at which row and column, and what is merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gouji.hosts.package.spans import Element
from gouji.hosts.word.names import child_value, flag, number
from gouji.sheet import Area

_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml"})
_WIDEST = 1000


class GridCell(NamedTuple):
    """A w:tc that is shown, at (row, column) from 1."""

    place: tuple[int, int]
    element: Element


class Grid(NamedTuple):
    """The cells from top to bottom and left to right; those that continue a merged one above are left out."""

    cells: Sequence[GridCell]
    merged: tuple[Area, ...]


def grid_of(table: Element) -> Grid:
    """The grid of a table; rows deleted by a tracked change are not there."""
    cells: list[GridCell] = []
    areas: list[Area] = []
    above: dict[int, int] = {}
    for row, line in enumerate(_rows(table), 1):
        here: dict[int, int] = {}
        column = 1 + min(number(line.child("trPr"), "gridBefore", 0), _WIDEST)
        for cell in _inside(line, "tc"):
            properties = cell.child("tcPr")
            right = column + min(max(number(properties, "gridSpan", 1), 1), _WIDEST) - 1
            if _continues(properties) and column in above:
                index = here[column] = above[column]
                areas[index] = areas[index]._replace(bottom=row)
            else:
                cells.append(GridCell((row, column), cell))
                here[column] = len(areas)
                areas.append(Area(row, column, row, right))
            column = right + 1
        above = here
    return Grid(cells, tuple(area for area in areas if area[:2] != area[2:]))


def _rows(table: Element) -> Iterator[Element]:
    for row in _inside(table, "tr"):
        properties = row.child("trPr")
        if properties is None or not flag(properties, "del"):
            yield row


def _inside(holder: Element, name: str) -> Iterator[Element]:
    for child in holder.children:
        if child.name == name:
            yield child
        elif child.name in _WRAPPERS:
            yield from _inside(child, name)


def _continues(properties: Element | None) -> bool:
    merge = properties.child("vMerge") if properties else None
    return merge is not None and child_value(properties, "vMerge") != "restart"
