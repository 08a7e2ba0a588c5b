"""An openpyxl ``Workbook`` as a ``Book``: the same values as from the file it would be saved to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouji.errors import GoujiError
from gouji.hosts.cell_values import GENERAL, plain_cell
from gouji.hosts.formula_results import completed
from gouji.hosts.memory.results import our_sheets
from gouji.hosts.package.markup import unescaped
from gouji.hosts.package.styles import BUILTIN_FORMATS
from gouji.hosts.page_header import header_lines
from gouji.sheet import Area, Book, Cell, CellKind, Note, Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_FIRST_OWN_FORMAT = 164


def read_workbook(workbook: Workbook, name: str) -> Book:
    """The workbook that reports call ``name``.

    Loaded with formulas, these are computed; loaded with ``data_only``, their results are taken as typed values.
    Raises ``GoujiError`` for a workbook opened only to be read, or only to be written.
    """
    if workbook.read_only or workbook.write_only:
        raise GoujiError(
            "read_only 或 write_only 方式打开的 openpyxl 工作簿缺少合并区域和批注。请不带这两个参数打开。",
            "A workbook opened with read_only or write_only lacks merged areas and comments. Open it without either.",
        )
    date1904 = workbook.epoch.year == 1904
    ours = our_sheets(workbook)
    sheets = tuple(_sheet(sheet, date1904) for sheet in workbook.worksheets if sheet not in ours)
    return completed(Book(name, sheets, date1904=date1904))


def _sheet(sheet: Worksheet, date1904: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    notes: list[Note] = []
    spills: list[tuple[Area, Cell]] = []
    # to ask for rows would make every cell of the rectangle
    for place, written in sorted(sheet._cells.items()):
        if written.comment is not None:
            notes.append(Note(place[0], place[1], unescaped(written.comment.text), written.comment.author or ""))
        cell = _cell(written, date1904)
        if cell is not None:
            cells[place] = cell
            if written.data_type == "f" and hasattr(written.value, "ref"):
                spills.append((_area(written.value.ref), cell))
    for area, cell in spills:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                cells.setdefault((row, column), cell)
    merged = sorted(Area(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges)
    head = sheet.oddHeader
    header = header_lines("\n".join(part.text for part in (head.left, head.center, head.right) if part.text))
    return Sheet(sheet.title, cells, tuple(merged), tuple(notes), sheet.sheet_state != "visible", header)


def _cell(written: Any, date1904: bool) -> Cell | None:
    value, kind = written.value, written.data_type
    if value is None:
        return None
    if kind == "f":
        return plain_cell(None, _format(written), _formula(value))
    cell = plain_cell(value, _format(written), date1904=date1904)
    if cell is None or cell.kind is not CellKind.TEXT:
        return cell
    return cell._replace(kind=CellKind.ERROR) if kind == "e" else cell._replace(text=unescaped(cell.text))


def _formula(value: Any) -> str:
    """The formula as the package tells it; ``value`` is its text or openpyxl's object for arrays and data tables."""
    if isinstance(value, str):
        return value
    if value.t == "array":
        return f"{{={(value.text or '').removeprefix('=')}}}"
    return f"{{=TABLE({value.r1 or ''},{value.r2 or ''})}}"


def _format(written: Any) -> str:
    """The number format; those that files name by number only as a Chinese installation prints them."""
    number = written._style.numFmtId if written.has_style else 0
    return str(written.number_format) if number >= _FIRST_OWN_FORMAT else BUILTIN_FORMATS.get(number, GENERAL)


def _area(reference: str) -> Area:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(reference)
    return Area(top, left, bottom, right)
