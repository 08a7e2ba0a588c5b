"""A sheet before it is written: texts, roles and merged areas as plain values."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from gouji.hosts.forms.printing import LEFT, UP
from gouji.sheet import Area

Role: TypeAlias = Literal[
    "title", "subtitle", "corner", "side", "centre", "heading", "name", "total", "sum", "code", "sequence",
    "amount", "figure", "text", "note",
]


class Slot(NamedTuple):
    """One cell of a form. ``text`` is what it prints; ``number_format`` shows in a cell still empty.

    ``typed``: a printed number is stored as a number. ``indent``: steps from the left.
    """

    text: str
    role: Role
    typed: bool = False
    number_format: str = "General"
    indent: int = 0


LINE_HEIGHT = 13.5
JOIN_LEFT, JOIN_UP = Slot(LEFT, "text"), Slot(UP, "text")
Row: TypeAlias = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet ready to be written: 1-based cells, merged areas, the bordered grid, sizes and print set-up.

    ``repeat`` rows are printed on every page; ``one_page``: scaled to one page in height too. ``open_rows``: of each
    section of a blank form the rows left for a unit's own lines.
    """

    name: str
    landscape: bool
    widths: tuple[float, ...]
    cells: Mapping[tuple[int, int], Slot]
    merged: tuple[Area, ...]
    bordered: Area
    heights: Mapping[int, float]
    separators: bool
    repeat: int
    one_page: bool
    last_row: int
    open_rows: Mapping[str, range] = field(default_factory=dict)


def place(rows: Sequence[Row], top: int) -> tuple[dict[tuple[int, int], Slot], list[Area]]:
    """Puts drawn rows on the sheet from row ``top``: the cells, and the areas that ``←`` and ``↑`` join."""
    anchors: dict[tuple[int, int], tuple[int, int]] = {}
    cells: dict[tuple[int, int], Slot] = {}
    reach: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows, top):
        for c, slot in enumerate(row, 1):
            at = _anchor(anchors, slot, r, c)
            anchors[r, c] = at
            bottom, right = reach.get(at, at)
            reach[at] = (max(bottom, r), max(right, c))
            if at == (r, c):
                cells[r, c] = slot
    areas = [Area(*at, *end) for at, end in reach.items() if at != end]
    return cells, areas


def _anchor(anchors: Mapping[tuple[int, int], tuple[int, int]], slot: Slot, r: int, c: int) -> tuple[int, int]:
    if slot.text == LEFT:
        return anchors[r, c - 1]
    if slot.text == UP:
        return anchors[r - 1, c]
    return r, c


def text_width(text: str) -> int:
    """Columns a text takes: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def needed_height(text: str, width: float) -> float:
    """Points a wrapped text needs in a cell ``width`` characters wide."""
    usable = max(width - 1.5, 1)
    lines = sum(max(1, math.ceil(text_width(part) / usable)) for part in text.split("\n"))
    return lines * LINE_HEIGHT + 4


def row_heights(
    cells: Mapping[tuple[int, int], Slot], merged: Iterable[Area], widths: Sequence[float],
    rows: range, least: float,
) -> dict[int, float]:
    """A height for every row, so that no text of it is cut. A text merged over rows asks for its share of each."""
    ends = {(area.top, area.left): area for area in merged}
    heights = dict.fromkeys(rows, least)
    for (r, c), slot in cells.items():
        if r not in heights:
            continue
        area = ends.get((r, c), Area(r, c, r, c))
        width = sum(widths[area.left - 1:area.right]) - 2 * slot.indent
        share = needed_height(slot.text, width) / (area.bottom - area.top + 1)
        for covered in range(area.top, area.bottom + 1):
            heights[covered] = max(heights[covered], share)
    return heights
