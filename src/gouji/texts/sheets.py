"""A text that is kept on a sheet of the workbook: cells with sentences instead of a table."""

from __future__ import annotations

import re

from gouji.document import Document, Paragraph
from gouji.sheet import Book, CellKind, CellRef, Sheet
from gouji.tables.model import Recognition

SHORTEST = 12
_FIGURE = re.compile(r"\d\s*(?:[万亿]\s*元|元|%|％)")
_STOP = re.compile(r"[，。；：]")


def sheet_texts(book: Book, recognition: Recognition) -> list[Document]:
    """The sheets that are texts: no standard table is on them, and their cells hold sentences with figures."""
    forms = {table.sheet.name for table in recognition.tables}
    return [
        Document(sheet.name, paragraphs)
        for sheet in book.sheets
        if sheet.name not in forms and any(map(_tells, paragraphs := _paragraphs(sheet)))
    ]


def _paragraphs(sheet: Sheet) -> tuple[Paragraph, ...]:
    """Every line of every cell, from top to bottom and from left to right."""
    return tuple(
        Paragraph(line, None, CellRef(sheet.name, row, column))
        for (row, column), cell in sorted(sheet.cells.items())
        if cell.kind is CellKind.TEXT
        for line in cell.text.splitlines()
        if line.strip()
    )


def _tells(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return len(text) >= SHORTEST and bool(_STOP.search(text)) and bool(_FIGURE.search(text))
