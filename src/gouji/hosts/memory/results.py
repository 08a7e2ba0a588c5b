"""The opt-in sheet 勾稽审核结果 of an openpyxl ``Workbook``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gouji.hosts import looks
from gouji.hosts.protocol import ResultRow, ResultSheet
from gouji.sheet import CellRef

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.worksheet import Worksheet


def add_results(workbook: Workbook, content: ResultSheet) -> str:
    """Append the sheet to a workbook that has none of ours; its name."""
    name = looks.free_name(workbook.sheetnames)
    sheet = workbook.create_sheet(name)
    columns = looks.widths(content)
    _write(sheet, 1, [content.title], looks.TITLE_HEIGHT, wrap=False)
    _write(sheet, 2, content.headings, looks.row_height(content.headings, columns))
    for number, row in enumerate(content.rows, 3):
        _write(sheet, number, row.texts, looks.row_height(row.texts, columns))
        _mark(sheet, number, row)
    for at, width in enumerate(columns, 1):
        sheet.column_dimensions[sheet.cell(2, at).column_letter].width = width
    _make_readable(sheet)
    return name


def strip_results(workbook: Workbook) -> None:
    """Take our sheet out."""
    for sheet in our_sheets(workbook):
        workbook.remove(sheet)


def result_texts(workbook: Workbook) -> list[tuple[object, ...]]:
    """What our sheet says, in rows."""
    return [row for sheet in our_sheets(workbook) for row in sheet.iter_rows(values_only=True)]


def our_sheets(workbook: Workbook) -> list[Worksheet]:
    """The sheets of results: one, where nobody copied it."""
    return [sheet for sheet in workbook.worksheets if looks.is_results(sheet.title, sheet.oddFooter.left.text or "")]


def _write(sheet: Worksheet, row: int, texts: Sequence[str], height: float, *, wrap: bool = True) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.row_dimensions[row].height = height
    for at, text in enumerate(texts, 1):
        cell = sheet.cell(row, at)
        cell.value = text
        cell.data_type = "s"  # a text that begins with "=" is none
        cell.font = Font(name=looks.TYPEFACE, size=14 if row == 1 else 11, bold=row < 3)
        if wrap:
            across, up = ("center", "center") if row == 2 else ("left", "top")
            cell.alignment = Alignment(horizontal=across, vertical=up, wrap_text=True)


def _mark(sheet: Worksheet, number: int, row: ResultRow) -> None:
    from openpyxl.styles import Font

    at = looks.link_column(row)
    if row.severity:
        word = sheet.cell(number, looks.INKED + 1)
        word.font = Font(name=looks.TYPEFACE, size=11, bold=True, color=looks.INKS[row.severity])
    if row.link is not None and at is not None:
        cell = sheet.cell(number, at + 1)
        cell.hyperlink = _link(cell.coordinate, row.link)
        cell.font = Font(name=looks.TYPEFACE, size=11, underline="single", color=looks.LINK_INK)


def _link(reference: str, target: CellRef) -> Hyperlink:
    from openpyxl.worksheet.hyperlink import Hyperlink

    sheet = target.sheet.replace("'", "''")
    return Hyperlink(ref=reference, location=f"'{sheet}'!{target.address}", display=str(target))


def _make_readable(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A3"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.oddFooter.left.text = looks.FOOTER_LEFT
    sheet.oddFooter.right.text = looks.FOOTER_RIGHT
