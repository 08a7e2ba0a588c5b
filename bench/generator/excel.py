"""A generated workbook as an .xlsx file, written by openpyxl."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from gouji.sheet import Book, CellKind


def write(book: Book, path: Path) -> None:
    """Write ``book`` with its values, number formats and merged areas."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        page = workbook.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            value = float(cell.text) if cell.kind is CellKind.NUMBER else cell.text
            page.cell(row, column, value).number_format = cell.number_format
        for area in sheet.merged:
            page.merge_cells(str(area))
    workbook.save(path)
