"""Merged areas over several amounts: one is printed where there should be several, so none of them is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gouji.numerals import is_dash
from gouji.sheet import Area, Cell, CellKind
from gouji.tables.grid import Grid
from gouji.tables.model import Value

_AT_MOST = 4096
"""Cells of an area that is gone through; a larger one is a page, not a figure."""


def in_one_cell(grid: Grid, amounts: Iterable[tuple[int, int]]) -> Mapping[tuple[int, int], Value]:
    """The values of the amounts that a merged area prints as one; zeros in one cell stay zeros.

    An amount that only blank cells are merged with stays itself; one below words has nothing of its own.
    """
    small = [area for area in grid.merged if (area[2] - area[0] + 1) * (area[3] - area[1] + 1) <= _AT_MOST]
    if not small:
        return {}
    known = set(amounts)
    top = min((row for row, _ in known), default=0)
    found: dict[tuple[int, int], Value] = {}
    for area in small:
        if area.bottom < top:
            continue
        inside = [place for place in _places(area) if place in known]
        first = area[:2]
        if inside and inside != [first] and not _is_nothing(grid.sheet.cells.get(first)):
            found |= dict.fromkeys(inside, Value("merged", _named(grid, area)))
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


def _named(grid: Grid, area: Area) -> str:
    """The area as on its own sheet."""
    first, last = grid.sheet.ref(area.top, area.left), grid.sheet.ref(area.bottom, area.right)
    return f"{first.address}:{last.address}"
