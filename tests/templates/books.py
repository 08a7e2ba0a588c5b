"""The committed workbooks, their data, and reading them back with openpyxl."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from gouji.hosts.forms.content import BookContent, FormContent, read_content
from gouji.hosts.forms.printed import shown

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
EXAMPLE = TEMPLATES / "examples" / "heilongjiang-2020.xlsx"
CORRECTED = TEMPLATES / "examples" / "heilongjiang-2020-corrected.xlsx"
DATA = TEMPLATES / "examples" / "data" / "heilongjiang-2020.yaml"
REPAIRS = TEMPLATES / "examples" / "data" / "heilongjiang-2020-corrected.yaml"
BLANKS = [TEMPLATES / "mof-2020.xlsx", TEMPLATES / "heilongjiang-2020.xlsx"]
NUMBERED = ["总表", "收入表", "支出表", "拨款总表", "一般支出", "基本明细", "三公", "基金", "国资"]


def load(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def content() -> BookContent:
    return read_content(DATA)


def sheets_of(book: Any, data: BookContent) -> Iterator[tuple[str, Any, FormContent]]:
    """Each table's name, sheet and content: sheet GK0n is the n-th table, 绩效n the n-th project."""
    for number, name in enumerate(NUMBERED, 1):
        sheet = next(each for each in book.worksheets if each.title.startswith(f"GK0{number} "))
        yield name, sheet, data.forms[name][0]
    for number, form in enumerate(data.forms["绩效表"], 1):
        yield "绩效表", book[f"绩效{number}"], form


def texts(sheet: Any, row: int, columns: range | list[int]) -> tuple[str, ...]:
    """What some cells of a row print."""
    return tuple(printed(sheet.cell(row, column)) for column in columns)


def printed(cell: Any) -> str:
    return shown(cell.value, cell.number_format)


def row_of(sheet: Any, label: str, column: int = 1) -> int:
    """The only row whose cell in ``column`` is that label."""
    found = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == label]
    assert len(found) == 1, (sheet.title, label, found)
    return found[0]
