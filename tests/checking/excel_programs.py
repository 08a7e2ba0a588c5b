"""Asking the ``formulas`` library and LibreOffice for the value of formulas over the cells of given sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from gouji.hosts.calculation.plan import FUNCTIONS
from gouji.sheet import Cell, CellKind, Sheet, column_number
from tests.programs import converted

CHECKS = "检查"
"""The sheet on which the formulas stand."""
_AREA = re.compile(r"(?:(?:'((?:[^']|'')+)'|([^!]+))!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_FUNCTION = re.compile(r"([A-Z]+)\(")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def functions_of(formula: str) -> set[str]:
    """The names of the functions a formula calls."""
    return set(_FUNCTION.findall(_QUOTED.sub("", formula)))


@cache
def _parser() -> Any:
    import formulas

    return formulas.Parser()


@lru_cache(maxsize=4096)
def _compiled(formula: str) -> Any:
    return _parser().ast(formula)[1].compile()


class Library:
    """The ``formulas`` library over the cells of some sheets."""

    def __init__(self, sheets: Iterable[Sheet]) -> None:
        self.sheets = {sheet.name.upper(): sheet for sheet in sheets}

    def value(self, formula: str) -> object:
        """The formula's value; only functions whose results were compared with a spreadsheet program are allowed."""
        assert functions_of(formula) <= set(FUNCTIONS), formula
        compiled = _compiled(formula)
        result = compiled(*(self._range(name) for name in compiled.inputs))
        return getattr(result, "flat", [result])[0]

    def _range(self, name: str) -> Any:
        import numpy as np
        from formulas.ranges import Ranges

        match = _AREA.fullmatch(name)
        assert match, name
        quoted, plain, left, top, right, bottom = match.groups()
        sheet = plain or quoted.replace("''", "'")
        cells = self.sheets[sheet.upper()].cells
        rows = range(int(top), int(bottom or top) + 1)
        columns = range(column_number(left), column_number(right or left) + 1)
        values = [[_value(cells.get((row, column))) for column in columns] for row in rows]
        area = f"{left}{top}:{right or left}{bottom or top}"
        whole_name = "'" + sheet.replace("'", "''") + f"'!{area}"
        return Ranges().set_value(Ranges.get_range(whole_name), np.array(values, dtype=object))


def _value(cell: Cell | None) -> object:
    if cell is None:
        from schedula import EMPTY

        return EMPTY
    return float(cell.text) if cell.kind is CellKind.NUMBER else cell.text


def from_library(formulas: Sequence[str], sheets: Iterable[Sheet]) -> list[object]:
    """The value of each formula by the ``formulas`` library."""
    library = Library(sheets)
    return [library.value(formula) for formula in formulas]


def from_libreoffice(formulas: Sequence[str], sheets: Iterable[Sheet], folder: Path) -> list[object]:
    """The value of each formula after LibreOffice recalculated a workbook made of these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            place = page.cell(row, column)
            place.value = float(cell.text) if cell.kind is CellKind.NUMBER else cell.text
            place.data_type = "n" if cell.kind is CellKind.NUMBER else "s"
            place.number_format = cell.number_format
    return recalculated(book, formulas, folder)


def recalculated(book: Any, formulas: Sequence[str], folder: Path) -> list[object]:
    """The value of each formula after LibreOffice recalculated ``book`` (openpyxl) with them on a sheet of its own."""
    import openpyxl

    checks = book.create_sheet(CHECKS)
    for row, formula in enumerate(formulas, 1):
        checks.cell(row, 1, formula)
    path = folder / "asked.xlsx"
    book.save(path)
    answered = openpyxl.load_workbook(converted(path, "xlsx", folder), data_only=True)[CHECKS]
    return [answered.cell(row, 1).value for row in range(1, len(formulas) + 1)]


def disagreements(expected: Mapping[str, bool], values: Iterable[object]) -> dict[str, object]:
    """The formulas whose value is not the expected one."""
    pairs = zip(expected.items(), values, strict=True)
    return {formula: value for (formula, wanted), value in pairs if not _same(value, wanted)}


def _same(value: object, wanted: bool) -> bool:
    return type(value).__name__ in {"bool", "bool_"} and bool(value) is wanted
