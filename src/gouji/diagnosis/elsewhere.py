"""Whether the figure of a cell stands somewhere else, where it may have been taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from gouji.binding.bound import Term
from gouji.diagnosis.mechanism import Mechanism
from gouji.figures import Figure, power_of_ten, round_half_away
from gouji.sheet import CellKind
from gouji.tables.model import Recognition, Section, Spoken, Table, TextTable

LAST_YEARS = re.compile(r"(?:上年|去年|上一年|同期)(?!.*(?:结转|结余))")
"""A heading over figures of last year; what was carried over from last year is money of this one."""
TELLING_DIGITS = 3
"""Fewer without trailing zeros (10, 100, 5.00) are equal in so many cells that it says nothing."""
_SPENT, _CLOSING, _OPENING = "决算数", "年末", "年初"


def taken_from(term: Term, recognition: Recognition) -> Mechanism | None:
    """Last year's figure of the line, that of a cell beside it, or of its place on another sheet of the form.

    Of the last two only what has ``TELLING_DIGITS``: equal figures with fewer stand beside one another by chance.
    """
    if not term.figure.digits:
        return None
    if any(figure == term.figure.value for figure in _of_last_year(term, recognition)):
        return Mechanism.LAST_YEAR
    if isinstance(term.cell, Spoken) or len(str(abs(term.figure.digits)).rstrip("0")) < TELLING_DIGITS:
        return None
    row, column = term.cell.row, term.cell.column
    beside = [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
    if any(_prints(term.table, place, term.figure) for place in beside):
        return Mechanism.NEIGHBOUR
    others = [one for one in recognition.named(term.table.definition.name) if one is not term.table]
    return Mechanism.COPIED if any(_prints_at(one, term) for one in others) else None


def _of_last_year(term: Term, recognition: Recognition) -> Iterator[Fraction]:
    """Everything the workbook and its text say of the line's figure of last year (base unit)."""
    if not isinstance(term.cell, Spoken):
        yield from _in_columns_of_last_year(term)
        yield from _of_opening(term)
    for table in recognition.tables:
        if isinstance(table, TextTable):
            for section in table.sections:
                if section is term.section or not isinstance(term.cell, Spoken):
                    yield from _said_of_last_year(term, table, section)


def _in_columns_of_last_year(term: Term) -> Iterator[Fraction]:
    """Other numbers in the cell's row under a heading such as 上年决算数, whether the form knows that column or not."""
    sheet, unit = term.table.sheet, power_of_ten(term.section.unit.exponent)
    row, last = term.line.row, term.figure.last
    for (at, column), cell in sheet.cells.items():
        if at == row and cell.kind is CellKind.NUMBER and _is_of_last_year(term, column):
            value = Fraction(cell.text) * unit
            yield value if last is None else round_half_away(value, last)


def _is_of_last_year(term: Term, column: int) -> bool:
    sheet, first, below = term.table.sheet, term.table.rows[0], term.line.row
    over = {(row, column) for row in range(first, below)}
    over |= {
        (area.top, area.left) for area in sheet.merged
        if area.left <= column <= area.right and first <= area.bottom and area.top < below
    }  # fmt: skip
    texts = (sheet.cells[place].text for place in over if place in sheet.cells)
    return any(LAST_YEARS.search("".join(text.split())) for text in texts)


def _of_opening(term: Term) -> Iterator[Fraction]:
    """Of a closing amount (年末): the opening one (年初), which is what closed last year."""
    name, column = term.line.name, term.column
    if _CLOSING not in name and _CLOSING not in column:
        return
    places = [
        section.place(line, column.replace(_CLOSING, _OPENING))
        for section in term.table.sections for line in section.lines
        if line.name == name.replace(_CLOSING, _OPENING)
    ]  # fmt: skip
    for place in places:
        figure = None if place is None else _figure_at(term.table, place)
        if figure is not None:
            yield figure.value


def _said_of_last_year(term: Term, table: Table, section: Section) -> Iterator[Fraction]:
    """What sentences on the same line say: 上年数, or this year's less the change."""
    for index in section.by_key.get(term.line.key, ()):
        line = section.lines[index]
        said = {}
        for name in (_SPENT, "上年数", "较上年增减额"):
            place = section.place(line, name)
            value = None if place is None else table.values.get(place)
            if value is not None and value.figure is not None:
                said[name] = value.figure.value
        if "上年数" in said:
            yield said["上年数"]
        if _SPENT in said and "较上年增减额" in said:
            yield said[_SPENT] - said["较上年增减额"]


def _figure_at(table: Table, place: tuple[int, int]) -> Figure | None:
    value = table.values.get(place)
    return value.figure if value is not None and value.status == "figure" else None


def _prints(table: Table, place: tuple[int, int], figure: Figure) -> bool:
    printed = _figure_at(table, place)
    return printed is not None and printed.value == figure.value


def _prints_at(table: Table, term: Term) -> bool:
    places = [
        section.place(section.lines[index], term.column)
        for section in table.sections if section.definition is term.section.definition
        for index in section.by_key.get(term.line.key, ())
    ]  # fmt: skip
    return any(place is not None and _prints(table, place, term.figure) for place in places)
