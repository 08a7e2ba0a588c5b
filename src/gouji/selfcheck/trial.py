"""A blank workbook filled in for trial, so that every rule finds its cells: a key in each line, a figure in each cell.

Formulas are made on it and then stand in the blank one. Nothing of the trial is seen in them but the decimals that
figures are to be filled in with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from gouji.hosts.forms.plan import SheetPlan
from gouji.packs.model import Pack
from gouji.sheet import Book, Cell, CellKind, Sheet, column_letters
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, SectionDefinition, TableDefinition
from gouji.tables.model import Line, Recognition, Section, Table
from gouji.tables.recognise import recognise
from gouji.tables.regions import Forms

RATE_PLACES = 2
SCORE_PLACES = 2
_WORDS = {"指标性质": "正向", "指标方向": "大于等于"}
"""Texts that forms offer to choose from."""


@dataclass(frozen=True)
class OpenRows:
    """The rows of a section that a unit fills with lines of its own, ``top`` to ``bottom``."""

    table: Table
    section: Section
    top: int
    bottom: int

    def area(self, column: str) -> str:
        """The cells of a column, as a formula on any sheet names them."""
        letters = column_letters(self._at(column))
        return f"{self._sheet}${letters}${self.top}:${letters}${self.bottom}"

    def cell(self, row: int, column: str) -> str:
        """One of its cells."""
        return f"{self._sheet}{column_letters(self._at(column))}{row}"

    @property
    def key(self) -> str:
        """The column that tells its lines apart: that of codes, else that of names."""
        printed = [column.definition for column in self.section.columns.values()]
        return next(each.name for kind in ("编码", "行名") for each in printed if each.type == kind)

    def holds(self, line: Line) -> bool:
        """Whether a line is one of those."""
        return self.top <= line.row <= self.bottom

    @property
    def _sheet(self) -> str:
        return quoted(self.table.sheet.name)

    def _at(self, column: str) -> int:
        at = self.section.columns[column].at[0]
        assert at is not None  # templates print every column of a section with open lines
        return at


class Trial(NamedTuple):
    """The forms filled in for trial, the pack with stated decimals, the open rows by the ``id`` of their section."""

    pack: Pack
    recognition: Recognition
    open: Mapping[int, OpenRows]


def quoted(sheet: str) -> str:
    """A sheet's name as it stands before a cell in a formula."""
    return "'" + sheet.replace("'", "''") + "'!"


def fill_for_trial(pack: Pack, blank: Book, plans: Sequence[SheetPlan], decimals: int) -> Trial:
    """Every form of the blank workbook with a figure in each cell; amounts have ``decimals``."""
    stated = replace(
        pack,
        tables={name: _stated(table, decimals) for name, table in pack.forms.items()},
        rules=tuple(rule for rule in pack.rules if not pack.texts.keys() & pack.tables_of(rule)),
    )
    forms = Forms(stated.tables, stated.codes, stated.unit)
    rows = {plan.name: plan.open_rows for plan in plans}
    found = recognise(blank, forms)
    filled = [_filled(table, rows[table.sheet.name], stated, decimals) for table in found.tables]
    recognition = recognise(replace(blank, sheets=tuple(filled)), forms)
    opened = {
        id(section): OpenRows(table, section, own.start, own.stop - 1)
        for table in recognition.tables for section in table.sections
        if (own := rows[table.sheet.name].get(section.definition.name)) is not None
    }
    return Trial(stated, recognition, opened)


def _stated(table: TableDefinition, decimals: int) -> TableDefinition:
    """The definition with the decimals its figures are filled in with."""
    places = {"金额": decimals, "比率": RATE_PLACES, "分": SCORE_PLACES}

    def stated(section: SectionDefinition) -> SectionDefinition:
        columns = tuple(replace(one, places=places.get(one.type, one.places)) for one in section.columns)
        return replace(section, columns=columns)

    return replace(table, sections=tuple(map(stated, table.sections)))


def _filled(table: Table, open_rows: Mapping[str, range], pack: Pack, decimals: int) -> Sheet:
    cells = dict(table.sheet.cells)
    for section in table.sections:
        lines = {line.row for line in section.lines}
        free = [row for row in open_rows.get(section.definition.name, ()) if row not in lines]
        for row, name in zip(free, _keys(section.definition, pack), strict=False):
            cells.update(_open_line(section, row, name))
        for place, column in [*_printed(section), *_open(section, free)]:
            if column.type in FIGURE_TYPES:
                cells.setdefault(place, _figure(column, decimals))  # what the form itself prints stays
    key = key_cell(table)
    if key is not None:
        cells.setdefault(key, Cell(CellKind.TEXT, table.definition.title))
    return replace(table.sheet, cells=cells)


def _keys(section: SectionDefinition, pack: Pack) -> Iterable[str]:
    """As many keys as are wanted: codes of the most digits below the first class, or names."""
    entry = section.open_row
    codes = pack.codes.get(entry.codes or "") if entry is not None else None
    if codes is None:
        return (f"第{number}行" for number in count(1))
    longest = max(length for _, length in codes.levels)
    first = min(codes.names, default="1")
    return (first + str(number).zfill(longest - len(first)) for number in count(1))


def _open_line(section: Section, row: int, key: str) -> Iterable[tuple[tuple[int, int], Cell]]:
    for name, column in section.columns.items():
        at = column.at[0]
        kind = column.definition.type
        if at is None:
            continue
        if kind in {"编码", "行名"}:
            yield (row, at), Cell(CellKind.TEXT, key)
        elif name in _WORDS:
            yield (row, at), Cell(CellKind.TEXT, _WORDS[name])


def _printed(section: Section) -> Iterable[tuple[tuple[int, int], ColumnDefinition]]:
    """Every cell of the lines that the form prints."""
    for line in section.lines:
        for name, column in section.columns.items():
            if (place := section.place(line, name)) is not None:
                yield place, column.definition


def _open(section: Section, rows: Iterable[int]) -> Iterable[tuple[tuple[int, int], ColumnDefinition]]:
    for row in rows:
        for column in section.columns.values():
            if (at := column.at[0]) is not None:
                yield (row, at), column.definition


def _figure(column: ColumnDefinition, decimals: int) -> Cell:
    """A figure as large as is likely, so that formulas are written for such."""
    if column.type == "比率":
        percent = "%" in column.labels[0] or "％" in column.labels[0]
        return Cell(CellKind.NUMBER, "99.99", "0.00") if percent else Cell(CellKind.NUMBER, "0.9999", "0.00%")
    if column.type == "分":
        return Cell(CellKind.NUMBER, "10" if column.exact else "9.99", "General" if column.exact else "0.00")
    digits = f"9999999.{'9' * decimals}" if decimals else "9999999"
    return Cell(CellKind.NUMBER, digits, f"#,##0{'.' + '0' * decimals if decimals else ''}")


def key_cell(table: Table) -> tuple[int, int] | None:
    """Where a form that occurs on many sheets prints the field that tells them apart, filled in or not."""
    many = table.definition.many
    if many is None:
        return None
    labels = next(({*field.labels, many} for field in table.definition.fields if field.name == many), {many})
    for (row, column), cell in table.sheet.cells.items():
        if cell.text in labels:
            merged = next((area for area in table.sheet.merged if (area.top, area.left) == (row, column)), None)
            return row, (column if merged is None else merged.right) + 1
    return None
