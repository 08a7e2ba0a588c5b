"""One sheet of LibreOffice in a few calls: values, formulas and formats of its used area, merged areas, notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from gouji.hosts.cell_values import ERRORS
from gouji.hosts.live.libreoffice.bridge import constant
from gouji.hosts.live.libreoffice.formulas import in_excel
from gouji.hosts.protocol import SheetBlock
from gouji.sheet import Area, Note

_LOGICAL = 1024
"""The type of number formats that show TRUE and FALSE."""
_PROGRAM_ERRORS = {502: "#VALUE!", 503: "#NUM!", 504: "#REF!", 507: "#NAME?", 508: "#NAME?", 509: "#NAME?"}


class NumberFormat(NamedTuple):
    """How files spell a number format, and whether it shows booleans."""

    code: str
    logical: bool = False


class Formats(dict[int, NumberFormat]):
    """The number formats of a document by key, asked for once each."""

    def __init__(self, document: Any) -> None:
        super().__init__()
        self._formats = document.NumberFormats

    def __missing__(self, key: int) -> NumberFormat:
        known = self._formats.getByKey(key)
        code = "General" if known.StandardFormat and known.FormatString else known.FormatString
        found = self[key] = NumberFormat(_standard(code, known), bool(known.Type & _LOGICAL))
        return found


class _Part(NamedTuple):
    """Cells of one look: their areas, the rows and columns of the merged area each begins, the number format."""

    areas: tuple[Area, ...]
    size: tuple[int, int]
    format: NumberFormat


def block_of(sheet: Any, formats: Formats) -> SheetBlock:
    """The sheet as ``hosts.blocks`` takes it."""
    used = used_range(sheet)
    values, formulas = used.getDataArray(), used.getFormulaArray()
    parts = list(_parts(sheet, used, formats))
    lines = [[None if value == "" else value for value in row] for row in values]
    codes = [["General"] * len(row) for row in values]
    for part in parts:
        if part.format != _GENERAL:
            _apply(part, lines, codes)
    spelled = [[in_excel(text) if text[:1] in "={" else None for text in row] for row in formulas]
    _empty_texts(lines, values, spelled)
    _put_errors(sheet, used, lines)
    notes = tuple(Note(*place, text, author) for place, text, author in notes_of(sheet))
    return SheetBlock(
        sheet.Name, lines, spelled, codes, tuple(sorted(_merged(parts))), notes, hidden=not sheet.IsVisible
    )


def used_range(sheet: Any) -> Any:
    """From A1 to the last cell in use."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow)


def notes_of(sheet: Any) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Place, text and author of every note."""
    for note in sheet.Annotations:
        at = note.Position
        yield (at.Row + 1, at.Column + 1), note.String, note.Author


def area_of(address: Any) -> Area:
    """LibreOffice's address, from 0, as an area."""
    return Area(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def merged_around(cursor: Any, row: int, column: int) -> Area:
    """The merged area around a cell, or the cell; ``cursor`` is any of the sheet's."""
    cursor.collapseToSize(1, 1)
    here = cursor.getRangeAddress()
    cursor.gotoOffset(column - 1 - here.StartColumn, row - 1 - here.StartRow)
    cursor.collapseToMergedArea()
    return area_of(cursor.getRangeAddress())


_GENERAL = NumberFormat("General")
_SINGLE = (1, 1)


def _standard(code: str, known: Any) -> str:
    return "General" if known.Type & 16 and code.upper() in {"GENERAL", "STANDARD", "常规", "G/通用格式"} else code


def _parts(sheet: Any, used: Any, formats: Formats) -> Iterator[_Part]:
    """One object a look: each object that comes over a pipe costs more than many calls on one."""
    looks, cursor = used.getUniqueCellFormatRanges(), sheet.createCursor()
    for index in range(looks.getCount()):
        cells = looks.getByIndex(index)
        areas = tuple(map(area_of, cells.getRangeAddresses()))
        yield _Part(areas, _size_at(cursor, areas[0]), formats[cells.NumberFormat])


def _size_at(cursor: Any, area: Area) -> tuple[int, int]:
    """The rows and columns of the merged area that begins at the first cell of ``area``."""
    top, left, bottom, right = merged_around(cursor, area.top, area.left)
    return (bottom - top + 1, right - left + 1) if (top, left) == area[:2] else _SINGLE


def _apply(part: _Part, lines: list[list[object]], codes: list[list[str]]) -> None:
    """Put the format where it stands; numbers shown as TRUE and FALSE are booleans."""
    for top, left, bottom, right in part.areas:
        for row in range(top - 1, bottom):
            codes[row][left - 1 : right] = [part.format.code] * (right - left + 1)
            if part.format.logical:
                line = lines[row]
                for column in range(left - 1, right):
                    if isinstance(line[column], float):
                        line[column] = bool(line[column])


def _merged(parts: list[_Part]) -> Iterator[Area]:
    """Cells of one look begin merged areas of one size."""
    for part in parts:
        if part.size != _SINGLE:
            down, across = part.size[0] - 1, part.size[1] - 1
            for top, left, bottom, right in part.areas:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        yield Area(row, column, row + down, column + across)


def _empty_texts(lines: list[list[object]], values: Any, formulas: list[list[str | None]]) -> None:
    """A formula whose result is the empty text shows it; any other cell without text holds nothing."""
    for line, row, spelled in zip(lines, values, formulas, strict=True):
        for column, formula in enumerate(spelled):
            if formula is not None and row[column] == "":
                line[column] = ""


def _put_errors(sheet: Any, used: Any, lines: list[list[object]]) -> None:
    failing = used.queryFormulaCells(constant("sheet.FormulaResult.ERROR"))
    for area in map(area_of, failing.getRangeAddresses()):
        for row in range(area.top - 1, area.bottom):
            for column in range(area.left - 1, area.right):
                lines[row][column] = _error(sheet.getCellByPosition(column, row))


def _error(cell: Any) -> str:
    shown = str(cell.getString())
    return shown if shown in ERRORS else _PROGRAM_ERRORS.get(cell.getError(), "#VALUE!")


