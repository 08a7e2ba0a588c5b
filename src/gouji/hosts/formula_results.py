"""What becomes of a book's formulas once it is read: missing results computed, sums that miss figures told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from gouji.numerals import read_numeral
from gouji.sheet import Area, Book, CellKind, CellRef, Sheet, column_number

_SUM = re.compile(r'\b(?:SUM|SUBTOTAL|AVERAGE|MAX|MIN|COUNT|PRODUCT)\(([^()"]*)\)', re.IGNORECASE)
"""A call of a function that passes over texts, with nothing but references in it."""
_CELLS = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!]+)!)?\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?",
    re.IGNORECASE,
)


class LeftOut(NamedTuple):
    """A number typed as text, and a formula that sums it up and, as every spreadsheet does, leaves it out."""

    text: CellRef
    formula: CellRef


def completed(book: Book) -> Book:
    """The book with its ``UNCOMPUTED`` cells computed as far as may be, and with what is to be said of formulas."""
    kinds = {cell.kind for sheet in book.sheets for cell in sheet.cells.values() if cell.formula is not None}
    if CellKind.UNCOMPUTED in kinds:
        from gouji.hosts.recalculation import recalculate

        book = recalculate(book)
    missed = list(left_out(book)) if kinds else []
    return replace(book, remarks=(*book.remarks, _remark(missed, book))) if missed else book


def left_out(book: Book) -> Iterator[LeftOut]:
    """Every number typed as text with the first formula that leaves it out, in the order of the formulas."""
    numbers: dict[str, list[tuple[int, int]]] = {}
    names = {sheet.name.upper(): sheet for sheet in book.sheets}
    seen: set[CellRef] = set()
    for formula, sheet_name, area in _summed(book):
        sheet = names.get(sheet_name)
        if sheet is None:
            continue
        if sheet_name not in numbers:
            numbers[sheet_name] = _typed_as_text(sheet)
        for row, column in numbers[sheet_name]:
            text = CellRef(sheet.name, row, column)
            inside = area.top <= row <= area.bottom and area.left <= column <= area.right
            if inside and text not in seen:
                seen.add(text)
                yield LeftOut(text, formula)


def _summed(book: Book) -> Iterator[tuple[CellRef, str, Area]]:
    """Each formula with the areas it sums up; sheet names in capitals."""
    for sheet in book.sheets:
        for place, cell in sheet.cells.items():
            for arguments in _SUM.findall(cell.formula) if cell.formula else ():
                for argument in arguments.split(","):
                    found = _CELLS.fullmatch(argument.strip())
                    if found:
                        yield CellRef(sheet.name, *place), _sheet_name(found["sheet"], sheet), _area(found)


def _sheet_name(written: str | None, own: Sheet) -> str:
    if written is None:
        return own.name.upper()
    return (written[1:-1].replace("''", "'") if written.startswith("'") else written).upper()


def _area(found: re.Match[str]) -> Area:
    _, left, top, right, bottom = found.groups()
    columns = sorted((column_number(left.upper()), column_number((right or left).upper())))
    rows = sorted((int(top), int(bottom or top)))
    return Area(rows[0], columns[0], rows[1], columns[1])


def _typed_as_text(sheet: Sheet) -> list[tuple[int, int]]:
    return sorted(
        place
        for place, cell in sheet.cells.items()
        if cell.kind is CellKind.TEXT and read_numeral(cell.text) is not None
    )


def _remark(missed: list[LeftOut], book: Book) -> tuple[str, str]:
    first = missed[0]
    cells = {sheet.name: sheet.cells for sheet in book.sheets}
    text = cells[first.text.sheet][first.text.row, first.text.column].text.strip()
    more_zh, more_en = (f"等 {len(missed)} 个单元格", f" and {len(missed) - 1} more cells") if missed[1:] else ("", "")
    return (
        f"{first.text}（“{text}”）{more_zh}是文本型数字，公式（如 {first.formula}）求和时没有计入。请改为数字。",
        f"{first.text} (“{text}”){more_en}: numbers typed as text, which formulas such as {first.formula} leave out. "
        "Enter them as numbers.",
    )
