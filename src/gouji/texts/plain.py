"""Plain text as a document: one paragraph a line; lines with tabs are rows of tables."""

from __future__ import annotations

from collections.abc import Iterable

from gouji.document import Document, Paragraph
from gouji.sheet import Cell, CellKind, Sheet


def document_of(name: str, text: str) -> Document:
    """The document that ``text`` is: blank lines are left out, lines with tabs one below the other make a table."""
    paragraphs: list[Paragraph] = []
    tables: list[Sheet] = []
    rows: list[list[str]] = []
    for line in [*text.lstrip("\ufeff").splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            tables.append(_sheet(f"表{len(tables) + 1}", rows))
            rows = []
        if line.strip():
            paragraphs.append(Paragraph(line.strip()))
    return Document(name, tuple(paragraphs), tuple(tables))


def _sheet(name: str, rows: Iterable[list[str]]) -> Sheet:
    return Sheet(name, {
        (row, column): Cell(CellKind.TEXT, text.strip())
        for row, cells in enumerate(rows, 1)
        for column, text in enumerate(cells, 1)
        if text.strip()
    })
