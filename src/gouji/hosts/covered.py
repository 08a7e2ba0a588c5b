"""What a merged area covers: programs keep it, count it in sums, and never show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import TypeAlias

from gouji.sheet import Area, Book, Cell, CellKind, CellRef, Sheet
from gouji.tables.memory import Kept

_SMALL = 64
"""Cells of a merged area that is gone through whole."""
_MANY = 2_000
"""Covered cells of a sheet above which they are not remembered."""
_Under: TypeAlias = tuple[frozenset[tuple[int, int]], tuple[Area, ...]]
_UNDER: Kept[tuple[Area, ...], _Under] = Kept(most=128)
"""What was found of the merged areas of sheets."""


def without_covered(book: Book) -> Book:
    """The book as it is printed, with a remark where a covered cell holds an amount.

    Formulas must have been computed before: they read covered cells.
    """
    remarks: list[tuple[str, str]] = []
    sheets = tuple(_printed(sheet, remarks) for sheet in book.sheets)
    return book if sheets == book.sheets else replace(book, sheets=sheets, remarks=(*book.remarks, *remarks))


def _printed(sheet: Sheet, remarks: list[tuple[str, str]]) -> Sheet:
    hidden = _covered(sheet)
    if not hidden:
        return sheet
    amounts = sorted(place for place in hidden if _is_amount(sheet.cells[place]))
    if amounts:
        remarks.append(_remark(sheet, amounts))
    cells = {place: cell for place, cell in sheet.cells.items() if place not in hidden}
    return replace(sheet, cells=cells)


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells that hold something and stand in a merged area, but for its first."""
    under, large = _UNDER.get(sheet.merged) or _under(sheet.merged)
    inside = sheet.cells.keys() & under
    if large:
        inside.update(_in_large(sheet, large))
        inside.difference_update(area[:2] for area in sheet.merged)
    return inside


def _under(merged: tuple[Area, ...]) -> _Under:
    """What small areas cover but for their first cells, and the large areas."""
    under: set[tuple[int, int]] = set()
    large: list[Area] = []
    for area in merged:
        top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) > _SMALL:
            large.append(area)
        else:
            under.update(product(range(top, bottom + 1), range(left, right + 1)))
    under.difference_update(area[:2] for area in merged)
    found = (frozenset(under), tuple(large))
    return _UNDER.keep(merged, found) if len(under) <= _MANY else found


def _in_large(sheet: Sheet, areas: Iterable[Area]) -> Iterator[tuple[int, int]]:
    """The cells in areas that may be far larger than what the sheet holds."""
    rows: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        rows.setdefault(row, []).append(column)
    for top, left, bottom, right in areas:
        tall = bottom - top >= len(rows)
        for row in (row for row in rows if top <= row <= bottom) if tall else range(top, bottom + 1):
            yield from ((row, column) for column in rows.get(row, ()) if left <= column <= right)


def _is_amount(cell: Cell) -> bool:
    return cell.kind is CellKind.NUMBER and cell.text != "0"


def _remark(sheet: Sheet, amounts: list[tuple[int, int]]) -> tuple[str, str]:
    row, column = amounts[0]
    area = next(a for a in sheet.merged if a.top <= row <= a.bottom and a.left <= column <= a.right)
    first = CellRef(sheet.name, row, column)
    text = sheet.cells[amounts[0]].text
    more_zh, more_en = (f"等 {len(amounts)} 格", f" and {len(amounts) - 1} more") if amounts[1:] else ("", "")
    return (
        f"{first} {more_zh}被合并区域 {area} 盖住，里面的数（{text}）看不见，未作数；公式求和却会计入。请清除。",
        f"{first}{more_en}: covered by the merged area {area}, so the number in it ({text}) is not shown and was not "
        "read, yet formulas add it up. Clear it.",
    )
