"""The sheet 勾稽审核结果 of an open workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gouji.hosts import looks
from gouji.hosts.live.program import Program
from gouji.hosts.protocol import RESULT_SHEET, ResultSheet

if TYPE_CHECKING:
    from xlwings import Book, Sheet


def our_sheets(book: Book, program: Program) -> Iterator[Sheet]:
    """The sheets of results: one, where nobody copied it."""
    for sheet in book.sheets:
        if sheet.name.startswith(RESULT_SHEET) and looks.is_results(sheet.name, program.footer(sheet)):
            yield sheet


def set_results(book: Book, program: Program, content: ResultSheet | None) -> str | None:
    """Make our sheet say exactly this, ``None`` for no sheet: its name where it was written or removed anew."""
    there = list(our_sheets(book, program))
    if content is not None and len(there) == 1 and _texts(there[0], content) == _lines(content):
        return None
    for sheet in there:
        sheet.delete()
    if content is None:
        return RESULT_SHEET if there else None
    return _added(book, program, content)


def _added(book: Book, program: Program, content: ResultSheet) -> str:
    sheets = book.sheets
    name = looks.free_name([sheet.name for sheet in sheets])
    sheet = sheets.add(name, after=sheets[len(sheets) - 1])
    lines = _lines(content)
    cells = sheet.range((1, 1), (len(lines), len(lines[0])))
    cells.number_format = "@"  # a text that begins with "=" is no formula, and 1.10 stays as printed
    cells.raw_value = lines
    for number, row in enumerate(content.rows, 3):
        at = looks.link_column(row)
        if row.link is not None and at is not None:
            target = row.link.sheet.replace("'", "''")
            sheet.range((number, at + 1)).add_hyperlink(f"#'{target}'!{row.link.address}", row.texts[at])
    program.dress(sheet, content)
    return name


def _lines(content: ResultSheet) -> list[list[str]]:
    """The title, the headings and the rows, all as wide as the widest."""
    lines = [[content.title], list(content.headings), *(list(row.texts) for row in content.rows)]
    width = max(map(len, lines))
    return [line + [""] * (width - len(line)) for line in lines]


def _texts(sheet: Sheet, content: ResultSheet) -> list[list[str]]:
    """What the sheet says, as wide as what it should say, and every line of it."""
    width = len(_lines(content)[0])
    used = sheet.used_range
    block = sheet.range((1, 1), (used.row + used.shape[0] - 1, width)).options(ndim=2).value
    return [["" if value is None else str(value) for value in line] for line in block]
