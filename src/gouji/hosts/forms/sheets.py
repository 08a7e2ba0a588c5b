"""One form as a sheet: title, number, unit and year above, the grid, notes below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gouji.hosts.forms import blocks, tables
from gouji.hosts.forms.blocks import block_rows
from gouji.hosts.forms.content import FormContent
from gouji.hosts.forms.lookup import Lookup
from gouji.hosts.forms.plan import JOIN_LEFT, Role, Row, SheetPlan, Slot, place, row_heights, text_width
from gouji.hosts.forms.printing import PrintLayout, read_print
from gouji.hosts.forms.tables import table_rows
from gouji.packs.model import Pack
from gouji.sheet import Area
from gouji.tables.definition import TableDefinition

_TITLE_HEIGHT, _CORNER_HEIGHT = 32.0, 17.5


def plan_sheet(
    pack: Pack, definition: TableDefinition, fields: Mapping[str, str], content: FormContent | None, name: str = ""
) -> SheetPlan:
    """The sheet of a form, blank when there is no content. ``fields``: 年度 and 单位 of the workbook.

    A form's own field of that name goes before: a form may print another year.
    """
    layout = read_print(definition)
    lookup = Lookup(content)
    fields = {**fields, **lookup.content.fields}
    above = _above_form(definition, layout, fields) if layout.blocks else _above_table(definition, layout, fields)
    least: dict[int, float] = {}
    if layout.blocks:
        grid, least = block_rows(definition, layout, lookup)
    else:
        grid = table_rows(pack, definition, layout, lookup)
    lines = {} if lookup.filled else blocks.open_lines(layout) or tables.open_lines(definition, layout)
    lookup.finish(definition.name)
    texts = [note.replace("{年度}", fields.get("年度", "")) for note in (*layout.notes, *lookup.content.notes)]
    notes = [_wide(text, "note", len(layout.widths)) for text in texts]
    plan = _assemble(layout, name or layout.sheet, (above, grid, notes), least)
    top = plan.bordered.top
    return replace(plan, open_rows={each: range(top + rows.start, top + rows.stop) for each, rows in lines.items()})


def _assemble(
    layout: PrintLayout, name: str, parts: tuple[list[Row], list[Row], list[Row]], least: Mapping[int, float]
) -> SheetPlan:
    """Above, grid and notes as one sheet; ``least`` heights by row of the grid (0-based)."""
    width = len(layout.widths)
    above, grid, notes = parts
    rows = [*above, *grid, *notes]
    cells, merged = place(rows, 1)
    top, bottom = len(above) + 1, len(above) + len(grid)
    heights = row_heights(
        cells, merged, layout.widths, range(top, len(rows) + 1), 22.5 if layout.blocks else 15.0
    )
    for row, height in least.items():
        heights[top + row] = max(heights[top + row], height)
    for row in range(1, top):
        heights[row] = _TITLE_HEIGHT if cells[row, 1].role == "title" else _CORNER_HEIGHT
    return SheetPlan(
        name=name, landscape=layout.landscape, widths=layout.widths, cells=cells, merged=tuple(merged),
        bordered=Area(top, 1, bottom, width), heights=heights, separators=not layout.blocks,
        repeat=len(above) + len(layout.heading), one_page=bool(layout.blocks or layout.lanes), last_row=len(rows),
    )


def _above_table(definition: TableDefinition, layout: PrintLayout, fields: Mapping[str, str]) -> list[Row]:
    width = len(layout.widths)
    unit = f"部门：{fields.get('单位', '')}"
    left, middle, right = _thirds(layout.widths, text_width(unit))
    year = f"{fields.get('年度', '')}年度"
    line = [
        Slot(unit, "side"), *[JOIN_LEFT] * (left - 1),
        Slot(year, "centre"), *[JOIN_LEFT] * (middle - 1),
        Slot(f"金额单位：{fields.get('金额单位', '万元')}", "corner"), *[JOIN_LEFT] * (right - 1),
    ]
    number = [_wide(layout.number, "corner", width)] if layout.number else []
    return [_wide(definition.title, "title", width), *number, tuple(line)]


def _above_form(definition: TableDefinition, layout: PrintLayout, fields: Mapping[str, str]) -> list[Row]:
    width = len(layout.widths)
    subtitle = layout.subtitle.replace("{年度}", fields.get("年度", ""))
    rows = [_wide(definition.title, "title", width), _wide(subtitle, "subtitle", width)]
    return [_wide(layout.above, "side", width), *rows] if layout.above else rows


def _wide(text: str, role: Role, width: int) -> Row:
    return (Slot(text, role), *[JOIN_LEFT] * (width - 1))


def _thirds(widths: Sequence[float], needed: float) -> tuple[int, int, int]:
    """How many columns the left, middle and right cell of the line above the grid span; at least one each.

    The left one is ``needed`` wide where the middle can spare it.
    """
    total = sum(widths)
    left = next((k for k in range(1, len(widths)) if sum(widths[:k]) >= max(total * 0.3, needed)), len(widths))
    right = next(k for k in range(1, len(widths)) if sum(widths[-k:]) >= total * 0.14)
    left = min(left, len(widths) - 2)
    right = min(right, len(widths) - left - 1)
    return left, len(widths) - left - right, right
