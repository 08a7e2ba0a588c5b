"""How the colours over flagged cells and the sheet 勾稽审核结果 look, whatever host writes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest

from gouji.hosts.note_text import half_widths
from gouji.hosts.protocol import MARKER, RESULT_SHEET, ResultRow, ResultSheet
from gouji.packs.model import Severity

FILLS: dict[Severity, str] = {"error": "FFFFC9C8", "warning": "FFFFE9B1", "info": "FFDCEBF9"}
"""The colour over a flagged cell."""
ALWAYS = f'"{MARKER}】"<>""'
"""The formula of the conditional format that colours: always true, and it says that the colour is ours."""
INKS: dict[Severity, str] = {"error": "FFC00000", "warning": "FF9C5700", "info": "FF1F4E79"}
"""The colour of a severity's word on the result sheet."""
INKED = 1
"""The column of that word, from 0."""
LINK_INK, TYPEFACE = "FF0563C1", "宋体"
FOOTER_LEFT, FOOTER_RIGHT = f"{MARKER}】审核结果", "第 &P 页，共 &N 页"
"""The foot of the result sheet; survives every program that saves the file again, and says that the sheet is ours."""

_NARROWEST, _NAME, _WIDEST, _LINE, _HIGHEST = 8, 30, 70, 17, 400
"""Characters of a column, of one that holds names, of one that holds sentences; points of a line and of a row.

Not every program fits rows to wrapped text by itself.
"""
TITLE_HEIGHT = 1.5 * _LINE


def free_name(taken: Collection[str]) -> str:
    """The name of the result sheet: a person's own sheet of that name keeps it."""
    used = {name.lower() for name in taken}
    number, name = 1, RESULT_SHEET
    while name.lower() in used:
        number += 1
        name = f"{RESULT_SHEET} ({number})"
    return name


def is_results(name: str, footer: str) -> bool:
    """Whether a sheet is ours; one of that name that a person made has no foot of ours."""
    return name.startswith(RESULT_SHEET) and MARKER in footer


def renamed_remark(name: str) -> list[tuple[str, str]]:
    """What is said when the result sheet could not have its own name."""
    if name == RESULT_SHEET:
        return []
    return [
        (f"工作簿已有工作表“{RESULT_SHEET}”，审核结果写在“{name}”。",
         f"the workbook has a sheet {RESULT_SHEET} of its own; the results are in {name}.")
    ]  # fmt: skip


def widths(content: ResultSheet) -> list[int]:
    """For each column the characters that show its longest line, within limits; the rest wraps."""
    lines = [content.headings, *(row.texts for row in content.rows)]
    longest = [
        max(map(half_widths, "\n".join(column).split("\n"))) + 2 for column in zip_longest(*lines, fillvalue="")
    ]
    return [_WIDEST if length > _WIDEST else min(max(length, _NARROWEST), _NAME) for length in longest]


def row_height(texts: Sequence[str], columns: Sequence[int]) -> float:
    """Points of a row whose texts wrap in columns so wide; two characters a line may stay empty at its end."""
    counts = (
        sum(max(1, -(-half_widths(line) // (width - 2))) for line in text.split("\n"))
        for text, width in zip(texts, columns, strict=False)
    )
    return min(max(counts, default=1) * _LINE, _HIGHEST)


def link_column(row: ResultRow) -> int | None:
    """The column (from 0) that shows the link: the one that prints the cell's address, else the first."""
    if row.link is None or not row.texts:
        return None
    address = row.link.address
    return next((index for index, text in enumerate(row.texts) if text.endswith(address)), 0)
