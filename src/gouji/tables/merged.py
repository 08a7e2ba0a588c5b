"""Merged areas over several amounts: one is printed where there should be several, so none of them is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gouji.numerals import is_dash
from gouji.sheet import Area, Cell, CellKind, Sheet
from gouji.tables.grid import Grid
from gouji.tables.model import Value

_AT_MOST = 4096
"""Cells of an area that is gone through; a larger one is a page, not a figure."""


class Merged(NamedTuple):
    """Amounts that a merged area prints as one: its name on its own sheet, its first cell, and their places."""

    name: str
    first: tuple[int, int]
    amounts: tuple[tuple[int, int], ...]


def merged_amounts(grid: Grid, amounts: Iterable[tuple[int, int]]) -> list[Merged]:
    """The merged areas over several amounts, or over one that is not its first cell.

    An amount that only blank cells are merged with stays itself; one below words has nothing of its own.
    """
    small = [area for area in grid.merged if (area[2] - area[0] + 1) * (area[3] - area[1] + 1) <= _AT_MOST]
    if not small:
        return []
    known = set(amounts)
    top = min((row for row, _ in known), default=0)
    found = []
    for area in small:
        if area.bottom < top:
            continue
        inside = tuple([place for place in _places(area) if place in known])
        first = area[:2]
        if inside and inside != (first,):
            found.append(Merged(_named(grid.sheet, area), first, inside))
    return found


def in_one_cell(sheet: Sheet, areas: Iterable[Merged]) -> Mapping[tuple[int, int], Value]:
    """The values of the amounts that merged areas print as one; zeros in one cell stay zeros."""
    found: dict[tuple[int, int], Value] = {}
    for name, first, amounts in areas:
        if not _is_nothing(sheet.cells.get(first)):
            found |= dict.fromkeys(amounts, Value("merged", name))
    return found


def _places(area: Area) -> Iterable[tuple[int, int]]:
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1))


def _is_nothing(cell: Cell | None) -> bool:
    """Whether the area prints nothing, a dash or a zero: then every amount in it is zero."""
    if cell is None:
        return True
    if cell.kind is CellKind.TEXT:
        return is_dash(cell.text)
    return cell.kind is CellKind.NUMBER and not cell.text.strip("-0.")


def _named(sheet: Sheet, area: Area) -> str:
    """The area as on its own sheet."""
    first, last = sheet.ref(area.top, area.left), sheet.ref(area.bottom, area.right)
    return f"{first.address}:{last.address}"
