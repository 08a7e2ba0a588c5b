"""The layout of a sheet as far as a note's box needs it, and the order of a sheet's elements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from gouji.hosts.package.comments_xml import address_of
from gouji.hosts.package.known import LARGEST
from gouji.hosts.package.spans import Element, outline, prefix
from gouji.sheet import Address, Area
from gouji.tables.memory import Kept

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins",
    "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors",
    "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls",
    "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""The children of a worksheet in the order that the format prescribes."""
_LEAVES = ("sheetData", "mergeCells")
"""Children of a worksheet of which only the bytes are searched, in their order."""
_SIZING = ("sheetFormatPr", "cols", "mergeCells")
"""Children of a worksheet that, with its rows, make its grid."""
_MOST_ROWS = 500
_ROW = re.compile(
    rb"""(?=[^>]*?\sr=["'](\d+)["'])(?:(?=[^>]*?\sht=["'](\d{1,4}(?:\.\d*)?)["']))?"""
    rb"""(?:(?=[^>]*?\shidden=["'](1|true)["']))?"""
)
"""Number, height and whether it is hidden, of a row's start tag."""
_MERGED = re.compile(rb"""<(?:[\w.-]+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([^"'&]*)["']""")
_RANK = {name: rank for rank, name in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Grid:
    """Merged areas and the sizes in pixels that differ from the defaults; rows and columns 1-based."""

    merged: tuple[Area, ...]
    columns: tuple[tuple[int, int, int], ...]
    heights: dict[int, int]
    column_default: int = 64
    row_default: int = 20

    def top_left(self, cell: Address) -> Address:
        """The cell that shows a merged area's content, or the cell itself."""
        area = self.area_at(cell)
        return Address(area.top, area.left)

    def area_at(self, cell: Address) -> Area:
        """The merged area around a cell, or the cell as an area."""
        row, column = cell
        for area in self.merged:
            top, left, bottom, right = area
            if top <= row <= bottom and left <= column <= right:
                return area
        return Area(row, column, row, column)

    def width(self, column: int) -> int:
        """Pixels; 0 when hidden."""
        for first, last, width in self.columns:
            if first <= column <= last:
                return width
        return self.column_default

    def height(self, row: int) -> int:
        """Pixels; 0 when hidden."""
        return self.heights.get(row, self.row_default)

    def box_beside(self, area: Area, size: tuple[int, int]) -> tuple[tuple[int, ...], int, int]:
        """The VML anchor of a box right of an area and a little above it, and its left and top in pixels."""
        left = _placed(area.right + 1, 15, size[0], self.width, LAST_COLUMN)
        top = _placed(max(area.top - 1, 1), 4, size[1], self.height, LAST_ROW)
        x = sum(map(self.width, range(1, left[0] + 1))) + left[1]
        y = self.row_default * top[0] + top[1]
        y += sum(height - self.row_default for row, height in self.heights.items() if row <= top[0])
        return (*left[:2], *top[:2], *left[2:], *top[2:]), x, max(y, 0)


def _placed(
    first: int, offset: int, length: int, size: Callable[[int], int], last: int
) -> tuple[int, int, int, int]:
    """(start, offset, end, offset) of ``length`` pixels, 0-based as in anchors; moved back where the sheet ends."""
    start, room = min(first, last), 0
    at = start
    while room < offset + length and at <= last:
        room += size(at)
        at += 1
    if room >= offset + length:
        return start - 1, offset, at - 2, size(at - 1) - (room - offset - length)
    while room < length and start > 1:
        start -= 1
        room += size(start)
    return start - 1, 0, last - 1, size(last)


_GRIDS: Kept[tuple[tuple[bytes, ...], tuple[bytes, ...]], Grid] = Kept(most=128)
"""Grids by what states them: elements as written, and start tags of rows."""


class Layout(NamedTuple):
    """A worksheet's root element without its cells, and its grid."""

    root: Element
    grid: Grid


def layout(data: bytes, part: str) -> Layout:
    """Read a worksheet part without its cells."""
    root = outline(data, part, _LEAVES)
    stated = tuple(data[e.start : e.end] for e in root.children if e.name in _SIZING and e.space == root.space)
    rows = _row_tags(root, data)
    known = (stated, rows)
    grid = _GRIDS.get(known)
    if grid is None:
        grid = _grid(root, data, rows)
        if sum(map(len, stated)) <= LARGEST and len(rows) <= _MOST_ROWS:
            _GRIDS.keep(known, grid)
    return Layout(root, grid)


def _row_tags(root: Element, data: bytes) -> tuple[bytes, ...]:
    """The start tags of the rows that say something of themselves."""
    cells = root.child("sheetData")
    if not cells:
        return ()
    tag = re.compile(b"<" + re.escape(prefix(data, root)) + rb"row\s[^>]*")
    return tuple(tag.findall(data, cells.inner, cells.inner_end))


def _grid(root: Element, data: bytes, rows: Iterable[bytes]) -> Grid:
    merged = tuple(
        _area(text.decode())
        for held in root.named("mergeCells") for text in _MERGED.findall(data, held.inner, held.inner_end)
    )  # fmt: skip
    columns = tuple(
        (int(c.number("min", 1)), int(c.number("max", 1)), _column_pixels(c))
        for held in root.named("cols") for c in held.named("col") if "width" in c.attributes
    )  # fmt: skip
    form = root.child("sheetFormatPr")
    width, height = 8.43, 15.0
    if form:
        width = form.number("defaultColWidth", form.number("baseColWidth", 8) + 0.43)
        height = form.number("defaultRowHeight", height)
    return Grid(merged, columns, _heights(rows), max(int(width * 7 + 5), 0), max(round(height * 4 / 3), 1))


def _heights(rows: Iterable[bytes]) -> dict[int, int]:
    """The rows whose height is stated, in pixels; a row that does not state its number is passed over."""
    stated = [found.groups() for found in map(_ROW.match, rows) if found]
    return {
        int(row): 0 if hidden else round(float(height) * 4 / 3) for row, height, hidden in stated if height or hidden
    }


def insertion_point(root: Element, name: str) -> int:
    """The offset at which a new child of this name keeps the prescribed order."""
    rank = _RANK[name]
    later = (child.start for child in root.children if _rank(child) > rank)
    return next(later, root.inner_end)


def _rank(element: Element) -> int:
    """The place of a child of the worksheet; one in ``AlternateContent`` counts as what it stands for."""
    if element.name == "AlternateContent":
        return max((_RANK.get(e.name, -1) for choice in element.children for e in choice.children), default=-1)
    return _RANK.get(element.name, -1)


def legacy_drawings(root: Element) -> list[Element]:
    """The ``legacyDrawing`` elements of a sheet: its own, or those in an ``AlternateContent`` of its own."""
    alternatives = (
        e for held in root.children if held.name == "AlternateContent" for choice in held.children
        for e in choice.children if e.name == "legacyDrawing" and e.space == root.space
    )  # fmt: skip
    return [*root.named("legacyDrawing"), *alternatives]


def _area(text: str) -> Area:
    first, _, last = text.partition(":")
    top, left = address_of(first)
    bottom, right = address_of(last or first)
    return Area(top, left, bottom, right)


def _column_pixels(column: Element) -> int:
    hidden = column.attributes.get("hidden") in ("1", "true")
    return 0 if hidden else max(int(column.number("width", 8.43) * 7 + 0.5), 0)
