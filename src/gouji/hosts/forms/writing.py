"""Sheet plans as an .xlsx file, the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from gouji.hosts.forms.check_sheets import RuleChecks, add_check_sheets
from gouji.hosts.forms.plan import SheetPlan, Slot
from gouji.hosts.forms.printed import CellValue, cell_value
from gouji.hosts.forms.styles import FONT, thin_border
from gouji.sheet import Area, column_letters

_SIZES = {"title": 18, "subtitle": 11}
_CENTRED = {"title", "subtitle", "centre", "heading", "total", "sum", "sequence", "figure"}
_RIGHT = {"corner", "amount"}
_UNWRAPPED = {"amount", "sequence", "code", "side", "corner"}
_MOMENT = "2021-01-01T00:00:00Z"
_ZIP_TIME = (2021, 1, 1, 0, 0, 0)


def write_workbook(plans: Sequence[SheetPlan], path: Path, title: str, checks: Sequence[RuleChecks] = ()) -> None:
    """Writes the sheets in order, then those of the checks. Dates inside are fixed: equal plans give equal bytes."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "gouji"
    book.properties.title = title
    for plan in plans:
        _write_sheet(book.create_sheet(plan.name), plan)
    if checks:
        add_check_sheets(book, checks)
    buffer = io.BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_reproducible(buffer.getvalue()))


def _write_sheet(sheet: Any, plan: SheetPlan) -> None:
    for (row, column), slot in plan.cells.items():
        _write_cell(sheet.cell(row, column), slot, plan)
    for area in plan.merged:
        sheet.merge_cells(str(area))
    _draw_borders(sheet, plan.bordered)
    for number, width in enumerate(plan.widths, 1):
        sheet.column_dimensions[column_letters(number)].width = width
    for row, height in plan.heights.items():
        sheet.row_dimensions[row].height = round(height, 2)
    _set_page(sheet, plan)


def _write_cell(cell: Any, slot: Slot, plan: SheetPlan) -> None:
    value = cell_value(slot.text, separators=plan.separators and slot.role == "amount")
    if not slot.typed:
        value = CellValue(slot.text, slot.number_format)
    if slot.text:
        cell.value = value.value
        if isinstance(value.value, str):
            cell.data_type = "s"
            cell.quotePrefix = slot.text.startswith("=")
    cell.number_format = value.number_format if slot.text and slot.typed else slot.number_format
    cell.font = _font(_SIZES.get(slot.role, 10), slot.role in ("title", "sum"))
    cell.alignment = _alignment(slot.role, slot.indent)


@cache
def _font(size: int, bold: bool) -> Any:
    return Font(name=FONT, charset=134, size=size, bold=bold)


@cache
def _alignment(role: str, indent: int) -> Any:
    across = "center" if role in _CENTRED else "right" if role in _RIGHT else "left"
    return Alignment(horizontal=across, vertical="center", indent=indent, wrap_text=role not in _UNWRAPPED)


def _draw_borders(sheet: Any, area: Area) -> None:
    border = thin_border()
    for line in sheet.iter_rows(area.top, area.bottom, area.left, area.right):
        for cell in line:
            cell.border = border


def _set_page(sheet: Any, plan: SheetPlan) -> None:
    page = sheet.page_setup
    page.paperSize = 9
    page.orientation = "landscape" if plan.landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    page.fitToWidth, page.fitToHeight = 1, 1 if plan.one_page else 0
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.59
    margins.top = margins.bottom = 0.59
    margins.header = margins.footer = 0.3
    sheet.print_area = str(Area(1, 1, plan.last_row, len(plan.widths)))
    if not plan.one_page:
        sheet.print_title_rows = f"1:{plan.repeat}"
    sheet.sheet_view.showGridLines = False


def _reproducible(package: bytes) -> bytes:
    """The same package with fixed dates, in zip entries and document properties."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _MOMENT.encode(), data)
            fixed = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            fixed.create_system = 0
            out.writestr(fixed, data)
    return target.getvalue()
