"""Plain text as a document: one paragraph a line; in Markdown, headings and tables too."""

from __future__ import annotations

import re
from pathlib import Path

from gouji.document import Document, Paragraph
from gouji.errors import WorkbookError
from gouji.hosts.package import refusals
from gouji.sheet import Cell, CellKind, Sheet

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*\Z")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*\Z")
_LINE_ENDS = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029\x85]")
_NOT_TEXT = (b"PK\3\4", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")


def read_plain(path: Path) -> Document:
    """The lines of a text file. Raises WorkbookError when it cannot be read or is no text."""
    data = refusals.content_of(path, refusals.DOCUMENT)
    text = _decoded(data)
    if text is None or data.startswith(_NOT_TEXT):
        raise WorkbookError(
            f"{path.name} 不是纯文本：内容不是 UTF-8、UTF-16 或 GB 18030 编码的文字。"
            "请核对文件；Word 文档请给出 .docx。",
            f"{path.name} is no plain text in UTF-8, UTF-16 or GB 18030. "
            "Check the file; name a Word document as .docx.",
        )
    lines = _LINE_ENDS.split(text)
    if path.suffix.lower() in (".md", ".markdown"):
        return _markdown(path.name, lines)
    return Document(path.name, tuple(Paragraph(line) for line in lines))


def _decoded(data: bytes) -> str | None:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for coding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _markdown(name: str, lines: list[str]) -> Document:
    paragraphs: list[Paragraph] = []
    tables: list[Sheet] = []
    at = 0
    while at < len(lines):
        rows = _table_rows(lines, at)
        if rows:
            tables.append(_sheet(f"表{len(tables) + 1}", rows, paragraphs))
            at += len(rows) + 1
            continue
        heading = _HEADING.match(lines[at])
        paragraphs.append(Paragraph(heading[2], len(heading[1])) if heading else Paragraph(lines[at]))
        at += 1
    return Document(name, tuple(paragraphs), tuple(tables))


def _table_rows(lines: list[str], at: int) -> list[list[str]]:
    """The rows of a table that begins at this line (its second line is the rule), else nothing."""
    if "|" not in lines[at] or at + 1 >= len(lines) or "|" not in lines[at + 1] or not _RULE.match(lines[at + 1]):
        return []
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return [_cells(line) for line in (lines[at], *lines[at + 2 : end])]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _sheet(name: str, rows: list[list[str]], before: list[Paragraph]) -> Sheet:
    cells = {
        (row, column): Cell(CellKind.TEXT, text)
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
        if text
    }
    above = [paragraph.text for paragraph in before[-4:] if paragraph.text and len(paragraph.text) <= 60]
    return Sheet(name, cells, header="\n".join(above))
