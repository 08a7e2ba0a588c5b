"""Sheets written as rows of text, for tests of recognition: ``1,234.5`` is a number, ``^`` and ``<`` merge."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.numerals import read_numeral
from gouji.sheet import Area, Book, Cell, CellKind, Sheet


def sheet(text: str, name: str = "Sheet1", number_format: str = "#,##0.0") -> Sheet:
    """A sheet from lines with ``|`` between cells: ``<`` joins the cell to its left, ``^`` to the one above.

    Texts in double quotes stay text although they look like numbers.
    """
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    cells = {
        (r, c): _cell(value, number_format)
        for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)
        if value and value not in {"<", "^"}
    }
    return Sheet(name, cells, tuple(_merged(rows)))


def book(*sheets: Sheet) -> Book:
    """A workbook of these sheets."""
    return Book("试.xlsx", sheets)


def _cell(value: str, number_format: str) -> Cell:
    if value.startswith('"') and value.endswith('"') and len(value) > 1:
        return Cell(CellKind.TEXT, value[1:-1])
    numeral = read_numeral(value)
    if numeral is not None and not numeral.unit:
        plain = value.replace(",", "")
        return Cell(CellKind.NUMBER, plain, number_format if "." in plain else "General")
    return Cell(CellKind.TEXT, value)


def _merged(rows: Sequence[Sequence[str]]) -> list[Area]:
    found = []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value in {"<", "^"}:
                continue
            right, bottom = c, r
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while bottom + 1 < len(rows) and c < len(rows[bottom + 1]) and rows[bottom + 1][c] == "^":
                bottom += 1
            if (right, bottom) != (c, r):
                found.append(Area(r + 1, c + 1, bottom + 1, right + 1))
    return found
