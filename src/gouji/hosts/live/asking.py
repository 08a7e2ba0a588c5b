"""A sheet read through xlwings alone: blocks for values and formulas, halving where a program answers only for one.

A program asked for the number format of many cells says it when all agree and nothing otherwise. So an area is asked
for as a whole and halved where the cells differ; areas without numbers are not asked for at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from gouji.hosts.cell_values import GENERAL
from gouji.hosts.live.program import is_hidden, numbers_in
from gouji.hosts.protocol import SheetBlock
from gouji.sheet import Address, Area, Note

if TYPE_CHECKING:
    from xlwings import Range, Sheet

Values = list[list[object]]


def block_of(sheet: Sheet, values_of: Callable[[Range], Any]) -> SheetBlock:
    """The sheet's used range; ``values_of`` reads the values of all its cells in one call."""
    used = sheet.used_range
    values, formulas = rows_of(values_of(used)), rows_of(used.formula)
    corner = Address(used.row, used.column)
    whole = Area(0, 0, len(values) - 1, len(values[0]) - 1)
    formats = [[GENERAL] * len(line) for line in values]
    for area, code in _formats(sheet, corner, values, whole):
        for row in range(area.top, area.bottom + 1):
            formats[row][area.left : area.right + 1] = [code] * (area.right - area.left + 1)
    notes = tuple(
        Note(note.location.row, note.location.column, note.text, note.author or "") for note in sheet.notes
    )
    merged = tuple(sorted(set(_merged(sheet, corner, whole))))
    return SheetBlock(
        sheet.name, values, formulas, formats, merged, notes,
        hidden=is_hidden(sheet), corner=corner,
    )  # fmt: skip


def rows_of(block: Any) -> Values:
    """Rows of rows of what a program gives for several cells, for one cell, or for one line."""
    if not isinstance(block, (list, tuple)):
        return [[block]]
    if block and not isinstance(block[0], (list, tuple)):
        return [list(block)]
    return [list(line) for line in block]


def _cells(sheet: Sheet, corner: Address, area: Area) -> Range:
    first = (corner.row + area.top, corner.column + area.left)
    last = (corner.row + area.bottom, corner.column + area.right)
    return sheet.range(first, last)


def _formats(sheet: Sheet, corner: Address, values: Values, area: Area) -> Iterator[tuple[Area, str]]:
    """Number formats by area, those that are not general."""
    if next(numbers_in(values, area), None) is None:
        return
    code = _cells(sheet, corner, area).number_format
    if code is not None:
        if code != GENERAL:
            yield area, code
        return
    for half in _halves(area):
        yield from _formats(sheet, corner, values, half)


def _merged(sheet: Sheet, corner: Address, area: Area) -> Iterator[Area]:
    """The merged areas that begin or pass in the area."""
    cells = _cells(sheet, corner, area)
    if cells.merge_cells is False:
        return
    if area[:2] == area[2:]:
        around = cells.merge_area
        rows, columns = around.shape
        yield Area(around.row, around.column, around.row + rows - 1, around.column + columns - 1)
        return
    for half in _halves(area):
        yield from _merged(sheet, corner, half)


def _halves(area: Area) -> tuple[Area, Area]:
    """By columns first: the figures of a column share their format."""
    top, left, bottom, right = area
    if left < right:
        middle = (left + right) // 2
        return Area(top, left, bottom, middle), Area(top, middle + 1, bottom, right)
    middle = (top + bottom) // 2
    return Area(top, left, middle, right), Area(middle + 1, left, bottom, right)
