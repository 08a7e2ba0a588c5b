"""Sheets that a live program hands over in blocks, as a ``Book``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, repeat

from gouji.hosts.cell_values import ERRORS, GENERAL, plain_cell
from gouji.hosts.covered import without_covered
from gouji.hosts.formula_results import completed
from gouji.hosts.protocol import SheetBlock
from gouji.sheet import Book, Cell, CellKind, Sheet


def book_of(name: str, blocks: Iterable[SheetBlock], *, date1904: bool = False) -> Book:
    """The workbook that reports call ``name``; formulas without value are computed, as of a file."""
    return without_covered(completed(Book(name, tuple(_sheet(block, date1904) for block in blocks), date1904=date1904)))


def _sheet(block: SheetBlock, date1904: bool) -> Sheet:
    cells: dict[tuple[int, int], Cell] = {}
    lines = zip(block.values, _rows(block.formulas), _rows(block.formats), strict=False)
    for row, (values, formulas, formats) in enumerate(lines, block.corner.row):
        line = zip(values, chain(formulas, repeat(None)), chain(formats, repeat(GENERAL)), strict=False)
        for column, (value, formula, number_format) in enumerate(line, block.corner.column):
            cell = _cell(value, formula, number_format, date1904)
            if cell is not None:
                cells[row, column] = cell
    return Sheet(block.name, cells, block.merged, block.notes, block.hidden)


def _rows(lines: Sequence[Sequence[object]]) -> Iterable[Sequence[object]]:
    return chain(lines, repeat(()))


def _cell(value: object, formula: object, number_format: object, date1904: bool) -> Cell | None:
    is_formula = isinstance(formula, str) and formula.startswith("=") and formula != value
    found = plain_cell(value, str(number_format), str(formula) if is_formula else None, date1904=date1904)
    if found is not None and found.kind is CellKind.TEXT and found.text in ERRORS:
        return found._replace(kind=CellKind.ERROR)
    return found
