"""Every form of a pack, filled in: what can be said about rules without a workbook is said of these.

All fixed rows and columns are printed; of open rows a few: of a code list the codes that rules name and two branches
of every level, of other entries three lines, under every group that rules name. Forms that occur on many sheets occur
twice. Every figure cell holds a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from gouji.cases.forms import SECTION_ROWS, fixed_line, heading_of, open_line, section_of
from gouji.figures import MONEY_UNITS
from gouji.labels import normalised
from gouji.language.ast import Code, Label, Place, Reference
from gouji.language.walking import parts
from gouji.packs.model import Pack, Rule
from gouji.sheet import Address, Book, Cell, CellKind, Sheet
from gouji.tables.cells import Part, figure_places
from gouji.tables.definition import CodeList, RowDefinition, SectionDefinition, TableDefinition
from gouji.tables.figure_values import read_values
from gouji.tables.grid import Grid
from gouji.tables.model import Line, Recognition, Table
from gouji.tables.tree import with_tree

ENTRIES = ("项目一", "项目二", "项目三")
"""Names of the open rows that have no code list, and of the sheets of a form that occurs on many."""
_SHEETS = 2
_BRANCHES = 2
_GROUPS: tuple[str, ...] = ("产出指标", "数量指标")
_PRINTED = {"金额": "3.00", "比率": "50%", "分": "5", "数": "3", "增减额": "3.00", "增减率": "50%",
            "指标值": "≥3件", "实际值": "3件"}  # fmt: skip


class _Named(NamedTuple):
    """What the rules of a pack name: codes, and the words before a last step (groups, perhaps)."""

    codes: frozenset[str]
    groups: frozenset[str]


def full_forms(pack: Pack) -> Recognition:
    """All forms of ``pack``, filled in."""
    named = _named(pack.rules)
    return Recognition(tuple(table for one in pack.forms.values() for table in _tables(pack, one, named)), ())


def filled(book: Book, recognition: Recognition) -> Book:
    """The book with a figure in every figure cell of its recognised forms, as ``full_forms`` has them."""
    cells = {sheet.name: dict(sheet.cells) for sheet in book.sheets}
    for table in recognition.tables:
        for section in table.sections:
            for line in section.lines:
                for name, column in section.columns.items():
                    at, text = section.place(line, name), _PRINTED.get(column.definition.type)
                    if at is not None and text is not None and (at in table.values or at not in table.sheet.cells):
                        cells[table.sheet.name][at] = Cell(CellKind.TEXT, text)
    return replace(book, sheets=tuple(replace(sheet, cells=cells[sheet.name]) for sheet in book.sheets))


def _named(rules: Iterable[Rule]) -> _Named:
    codes: set[str] = set()
    groups: set[str] = set()
    for path in (path for rule in rules for place in _places(rule) for axis in place.axes for path in (axis.start,)):
        codes.update(step.code for step in path.steps if isinstance(step, Code))
        groups.update(step.name for step in path.steps[:-1] if isinstance(step, Label))
    return _Named(frozenset(codes), frozenset(groups))


def _places(rule: Rule) -> Iterator[Place]:
    for formula in (*rule.checks, *((rule.when,) if rule.when else ())):
        for part in parts(formula.expression):
            if isinstance(part, Reference):
                yield part.place
    if rule.places:
        yield rule.places.place


def _tables(pack: Pack, definition: TableDefinition, named: _Named) -> Iterator[Table]:
    for number in range(_SHEETS if definition.many else 1):
        lines = [_lines(pack, section, named, order) for order, section in enumerate(definition.sections)]
        yield _table(pack, definition, lines, ENTRIES[number], f"{definition.title}{number + 1 if number else ''}")


def _table(pack: Pack, definition: TableDefinition, lines: Iterable[tuple[Line, ...]], key: str, name: str) -> Table:
    made = [Part(heading_of(section), own) for section, own in zip(definition.sections, lines, strict=True)]
    cells: dict[tuple[int, int], Cell] = {place: cell for part in made for place, cell in _cells(part)}
    fields: dict[str, tuple[str, Address]] = {}
    for number, field in enumerate(definition.fields):
        text = key if field.name == definition.many else str(pack.year or "") if field.type == "年" else field.name
        place = Address(SECTION_ROWS * (len(made) + 1) + number, 1)
        fields[field.name] = text, place
        cells[place] = Cell(CellKind.TEXT, text)
    sheet = Sheet(name, cells)
    unit, grid = MONEY_UNITS[pack.unit], Grid(sheet)
    read = read_values(grid, figure_places(grid, made, unit), as_shown=False)
    sections = tuple(section_of(part, unit, read.decimals.get(unit, 0)) for part in made)
    rows = 1, SECTION_ROWS * (len(made) + 2)
    return Table(definition, sheet, rows, sections, read.values, fields, ("", ""), key if definition.many else "")


def _cells(part: Part) -> Iterator[tuple[Address, Cell]]:
    columns = part.heading.section.columns
    beside = {column.sign: "大于等于" for column in columns} | {column.unit: "件" for column in columns}
    for line in part.lines:
        for number, column in enumerate(columns, 1):
            text = beside.get(column.name) or _PRINTED.get(column.type, line.name)
            if column.type == "编码":
                text = line.code or line.name
            elif column.sign or column.unit:
                text = "3"
            yield Address(line.row, number), Cell(CellKind.TEXT, text)


def _lines(pack: Pack, section: SectionDefinition, named: _Named, number: int) -> tuple[Line, ...]:
    base = SECTION_ROWS * number + 1
    found: list[Line] = []
    for row in section.rows:
        if row.each is None:
            parents = row.parents if len(row.parents) > 1 else ()
            for groups in ((parent,) for parent in parents) if parents else (_GROUPS if row.is_entry else (),):
                found.append(fixed_line(row, len(found), base, groups))
    known = {line.key for line in found}
    for row in section.rows:
        for key, groups in _open_rows(pack, section, row, named):
            line = open_line(row, pack, key, groups, len(found), base)
            if line.key not in known:
                known.add(line.key)
                found.append(line)
    return with_tree(found, section)


def _open_rows(
    pack: Pack, section: SectionDefinition, row: RowDefinition, named: _Named
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names or codes of the lines of an entry, with the merged cells over them."""
    if row.each is None:
        return
    if row.codes:
        coded = any(column.type == "编码" for column in section.columns)
        yield from ((code, ()) for code in _codes(pack.codes[row.codes], section, named.codes, every_level=coded))
    elif row.under:
        fixed = {one.name for one in section.rows} | {section.name}
        for group in (*_GROUPS[1:], *sorted(named.groups - fixed - set(_GROUPS))):
            yield from ((f"{group}{entry}", tuple(map(normalised, (_GROUPS[0], group)))) for entry in ENTRIES)
    else:
        yield from ((entry, ()) for entry in ENTRIES)


def _codes(known: CodeList, section: SectionDefinition, named: Iterable[str], *, every_level: bool) -> list[str]:
    """The codes that rules or totals of the section name, and two branches of every level."""
    levels = sorted(length for _, length in known.levels)
    of = {code for row in section.rows for code in (*row.of, *row.part) if code.isdigit()}
    tops = [code for code in known.names if len(code) == levels[0]]
    found = {*tops[:_BRANCHES], *of}
    wanted = {code for code in (*named, *of) if len(code) in levels and code[: levels[0]] in {*tops, *of}}
    for code in wanted:
        found.update(code[:length] for length in levels if length <= len(code))
    if not every_level:
        return sorted(code for code in found if len(code) == levels[0])
    for shorter, length in pairwise(levels):
        over = sorted(code for code in found if len(code) == shorter)
        found.update(f"{code}{branch:0{length - shorter}}" for code in over for branch in range(1, _BRANCHES + 1))
    return sorted(found)
