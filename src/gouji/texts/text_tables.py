"""Text tables: statements as lines of a recognised table, so that rules stand on them as on every form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.document import Document
from gouji.figures import MONEY_UNITS
from gouji.labels import normalised
from gouji.packs.model import Pack
from gouji.sheet import Sheet
from gouji.tables.definition import RowDefinition, TableDefinition
from gouji.tables.model import Column, Line, Section, Spoken, TextTable, Value
from gouji.texts.statements import Said, Statement

ROW = 0
"""The row of every figure of a text; no cell of a sheet has it."""


def column_of(number: int) -> int:
    """The column of a figure by its number: every other one, so that no two figures are neighbours."""
    return 2 * number + 2


class Filled(NamedTuple):
    """Statements of one text table."""

    definition: TableDefinition
    statements: Sequence[Statement]


def text_table(filled: Filled, document: Document, sheet: Sheet, pack: Pack) -> TextTable:
    """The table whose lines are the statements."""
    definition, statements = filled
    section = definition.sections[0]
    rows = {row.name: row for row in section.rows}
    children, parents = _tree(statements)
    lines = tuple(
        _line(index, one, rows[one.row], pack, parents.get(index), children.get(index, ()))
        for index, one in enumerate(statements)
    )
    columns = {
        column.name: Column(column, tuple(_at(one.figures.get(column.name)) for one in statements))
        for column in section.columns
    }
    said = {each.number: each for one in statements for each in one.figures.values()}
    made = Section(section, columns, lines, MONEY_UNITS[pack.unit], 0, _by_key(lines))
    return TextTable(
        definition, sheet, (ROW, ROW), (made,),
        {(ROW, column_of(number)): Value("figure", _words(document, one), one.figure) for number, one in said.items()},
        {}, ("", ""), spoken={column_of(number): spoken(document, one) for number, one in said.items()},
    )


def spoken(document: Document, said: Said) -> Spoken:
    """Where a figure stands."""
    cell = said.cell or document.paragraphs[said.paragraph].cell
    return Spoken(
        document.name, column_of(said.number), said.paragraph + 1, said.start, said.end, _words(document, said), cell
    )


def _words(document: Document, said: Said) -> str:
    if said.cell is not None:
        sheet = next(table for table in document.tables if table.name == said.cell.sheet)
        return sheet.cells[said.cell.row, said.cell.column].text
    return document.paragraphs[said.paragraph].text[said.start : said.end]


def _at(said: Said | None) -> int | None:
    return None if said is None else column_of(said.number)


def _tree(statements: Sequence[Statement]) -> tuple[dict[int, tuple[int, ...]], dict[int, int]]:
    place = {id(one): index for index, one in enumerate(statements)}
    children = {
        index: tuple(place[id(child)] for child in one.children if id(child) in place)
        for index, one in enumerate(statements)
        if one.children
    }
    return children, {child: index for index, own in children.items() for child in own}


def _line(
    index: int, one: Statement, row: RowDefinition, pack: Pack, parent: int | None, children: tuple[int, ...]
) -> Line:
    if row.each is None:
        kinds = frozenset(filter(None, ("行", row.kind, row.is_entry)))
        return Line(
            index, row.name, normalised(row.name), one.label, None, kinds, (), ROW, index, row, True, parent, children
        )
    code = one.key if row.codes and one.key.isdigit() else None
    levels = pack.codes[row.codes].level_by_length if row.codes else {}
    kinds = frozenset(filter(None, ("行", row.name, row.kind, levels.get(len(code or "")))))
    name = code or one.key
    return Line(index, name, name, one.label, code, kinds, (), ROW, index, row, True, parent, children)


def _by_key(lines: Sequence[Line]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for line in lines:
        for key in dict.fromkeys((line.key, normalised(line.name))):
            found.setdefault(key, []).append(line.index)
    return {key: tuple(indexes) for key, indexes in found.items()}
