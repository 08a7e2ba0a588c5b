"""Imaginary forms: what an example of a rule prints, as recognised tables.

All fixed rows exist, open rows exist where the example names them, and cells that it does not mention are 无.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gouji.errors import GoujiError
from gouji.figures import MONEY_UNITS, Unit
from gouji.labels import normalised
from gouji.language.ast import Code, Each, Here, Label, Path
from gouji.packs.model import CaseCell, Pack, Rule
from gouji.sheet import Address, Cell, CellKind, Sheet
from gouji.tables.arrangement import Lane
from gouji.tables.bands import Band
from gouji.tables.cells import Part, figure_places
from gouji.tables.definition import ColumnDefinition, RowDefinition, SectionDefinition, TableDefinition
from gouji.tables.figure_values import read_values
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.model import Column, Line, Recognition, Section, Table
from gouji.tables.tree import with_tree

BETWEEN_SHEETS = " | "
SECTION_ROWS = 1000
"""Sheet rows kept for each section of an imaginary form."""


class NoSuchPlace(GoujiError):  # noqa: N818 - says what an example names
    """An example names a cell that its form does not have."""


def imagined(pack: Pack, rule: Rule, cells: Sequence[CaseCell]) -> Recognition:
    """The forms of ``pack`` that print ``cells`` and nothing else, those of ``rule`` first."""
    return Recognition(tuple(
        _form(pack, name, own, rule, number)
        for name in _names(pack, rule) for number, own in enumerate(_sheets(pack, name, cells))
    ), ())  # fmt: skip


def _sheets(pack: Pack, name: str, cells: Sequence[CaseCell]) -> list[list[CaseCell]]:
    """What each sheet of a form prints: those of one that occurs on many stand in one text, with bars between."""
    if pack.tables[name].many is None:
        return [list(cells)]
    split = [(cell, cell.printed.split(BETWEEN_SHEETS)) for cell in cells]
    number = max((len(texts) for cell, texts in split if cell.table == name), default=1)
    return [
        [replace(cell, printed=texts[sheet] if cell.table == name else cell.printed) for cell, texts in split
         if cell.table != name or sheet < len(texts)]
        for sheet in range(number)
    ]  # fmt: skip


def _names(pack: Pack, rule: Rule) -> list[str]:
    return [*rule.tables, *(name for name in pack.tables if name not in rule.tables)]


def _form(pack: Pack, name: str, cells: Sequence[CaseCell], rule: Rule, number: int = 0) -> Table:
    """An imaginary form that prints the fixed rows and what the case says; ``number`` tells its sheets apart."""
    definition = _unprinted_is_nothing(pack.tables[name])
    own = [c for c in cells if (c.table or _default_table(rule)) == name]
    fixed = {row.name for section in definition.sections for row in section.rows if row.each is None}
    in_grid = [c for c in own if _field(definition, c) is None]
    sections = [_lines(section, pack, in_grid, fixed, nth) for nth, section in enumerate(definition.sections)]
    printed: dict[tuple[int, int], Cell] = {}
    fields: dict[str, tuple[str, Address]] = {}
    for cell in own:
        field = _field(definition, cell)
        place = _place(definition, sections, cell) if field is None else _below(sections, len(fields))
        printed[place] = Cell(CellKind.TEXT, cell.printed)
        if field is not None:
            fields[field] = cell.printed, place
    sheet = Sheet(definition.title + (f" ({number + 1})" if number else ""), printed)
    grid = Grid(sheet)
    parts = [Part(heading_of(section), lines) for section, lines in zip(definition.sections, sections, strict=True)]
    unit = MONEY_UNITS[pack.unit]
    read = read_values(grid, figure_places(grid, parts, unit), as_shown=False)
    values = {place: value for place, value in read.values.items() if place in printed}
    made = tuple(section_of(part, unit, read.decimals.get(unit, 0)) for part in parts)
    key, _ = fields.get(definition.many or "", ("", None))
    return Table(definition, sheet, (1, SECTION_ROWS * len(made)), made, values, fields, ("", ""), key)


def _field(definition: TableDefinition, cell: CaseCell) -> str | None:
    """The field that a cell of the case prints (``[年度]``)."""
    words = _words(cell.place.axes[0].start)
    names = {field.name for field in definition.fields}
    return words[0] if len(cell.place.axes) == 1 and len(words) == 1 and words[0] in names else None


def _below(sections: Sequence[tuple[Line, ...]], number: int) -> Address:
    """Where the imaginary form prints its fields: below everything else."""
    return Address(SECTION_ROWS * len(sections) + number + 1, 1)


def _default_table(rule: Rule) -> str:
    return rule.tables[0]


def _unprinted_is_nothing(definition: TableDefinition) -> TableDefinition:
    """The definition with every blank 无: what a case does not mention is no figure."""
    sections = tuple(
        replace(
            section,
            columns=tuple(replace(column, blank="无") for column in section.columns),
            rows=tuple(replace(row, blank=None) for row in section.rows),
        )
        for section in definition.sections
    )
    return replace(definition, sections=sections)


def _lines(
    section: SectionDefinition, pack: Pack, cells: Sequence[CaseCell], fixed: set[str], number: int
) -> tuple[Line, ...]:
    base = SECTION_ROWS * number + 1
    found: list[Line] = []
    for row in section.rows:
        if row.each is None:
            twice = len(row.parents) > 1
            for parent in row.parents if twice else ("",):
                found.append(fixed_line(row, len(found), base, (parent,) if twice else ()))
    named = {line.key for line in found}
    open_row = next((row for row in section.rows if row.each is not None), None)
    for key, groups in _open_rows(section, cells, fixed) if open_row is not None else ():
        if normalised(key) not in named and open_row is not None:
            named.add(normalised(key))
            found.append(open_line(open_row, pack, key, groups, len(found), base))
    found = [line._replace(groups=line.groups or _groups_of(line, cells)) for line in found]
    return with_tree(found, section)


def fixed_line(row: RowDefinition, index: int, base: int, groups: tuple[str, ...]) -> Line:
    """The line that prints a fixed row; ``base`` is the sheet row of the section's first line."""
    kinds = frozenset(filter(None, ("行", row.kind, row.is_entry)))
    return Line(index, row.name, normalised(row.name), row.name, None, kinds, groups, base + index, 0, row)


def open_line(row: RowDefinition, pack: Pack, key: str, groups: tuple[str, ...], index: int, base: int) -> Line:
    """The line of an open row with that code or name."""
    kinds = {"行", row.name, row.kind or "行"}
    code = _code(pack, row, key)
    if code is not None and row.codes:
        kinds |= {level for level, length in pack.codes[row.codes].levels if length == len(code)}
    return Line(index, key, code or normalised(key), key, code, frozenset(kinds), groups, base + index, 0, row)


def _code(pack: Pack, row: RowDefinition, key: str) -> str | None:
    if key.isdigit():
        return key
    names = pack.codes[row.codes].names if row.codes else {}
    return next((code for code, given in names.items() if normalised(key) in map(normalised, given)), None)


def _open_rows(
    section: SectionDefinition, cells: Sequence[CaseCell], fixed: set[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    columns = {column.name for column in section.columns}
    for cell in cells:
        path = cell.place.axes[0].start
        column = cell.place.axes[1].start.steps[-1] if len(cell.place.axes) > 1 else None
        if isinstance(column, Label) and column.name not in columns:
            continue
        key = _key(path)
        first = _words(path)[0]
        if key not in fixed and (len(path.steps) == 1 or first == section.name or _grouped(section)):
            yield key, _group_words(section, path)


def _grouped(section: SectionDefinition) -> bool:
    return any(row.under for row in section.rows)


def _group_words(section: SectionDefinition, path: Path) -> tuple[str, ...]:
    return tuple(normalised(word) for word in _words(path)[:-1] if word != section.name)


def _groups_of(line: Line, cells: Sequence[CaseCell]) -> tuple[str, ...]:
    """The merged cells that the case prints over a fixed line (产出指标/时效指标/★…)."""
    for cell in cells:
        words = _words(cell.place.axes[0].start)
        if line.definition is not None and line.definition.is_entry and words[-1] == line.name:
            return tuple(map(normalised, words[:-1]))
    return ()


def _words(path: Path) -> list[str]:
    texts = []
    for step in path.steps:
        match step:
            case Label(name):
                texts.append(name)
            case Code(code):
                texts.append(code)
            case Here(word):
                texts.append(word)
            case Each(kind):
                texts.append(kind)
    return texts


def _key(path: Path) -> str:
    return _words(path)[-1]


def heading_of(section: SectionDefinition) -> Heading:
    """A heading that prints every column of the section, from column A on."""
    columns = {column.name: Column(column, (number + 1,)) for number, column in enumerate(section.columns)}
    return Heading(section, Band(1, 1), (Lane(1, len(columns)),), columns, ((),))


def section_of(part: Part, unit: Unit, decimals: int) -> Section:
    """The recognised section that a heading and its lines make."""
    by_key: dict[str, list[int]] = {}
    for line in part.lines:
        for key in dict.fromkeys((line.key, normalised(line.name))):
            by_key.setdefault(key, []).append(line.index)
    keys = {key: tuple(found) for key, found in by_key.items()}
    return Section(part.heading.section, part.heading.columns, part.lines, unit, decimals, keys)


def _place(definition: TableDefinition, sections: Sequence[tuple[Line, ...]], cell: CaseCell) -> Address:
    """Where the imaginary form prints a cell of the case."""
    path = cell.place.axes[0].start
    words = _words(path)
    for section, lines in zip(definition.sections, sections, strict=True):
        column = _column(section, cell)
        if column is None or (len(words) > 1 and words[0] in {s.name for s in definition.sections} - {section.name}):
            continue
        wanted = {normalised(words[-1])}
        groups = {normalised(word) for word in words[:-1]} - {section.name}
        for line in lines:
            if wanted & {line.key, normalised(line.name)} and groups <= set(map(normalised, line.groups)):
                return Address(line.row, section.columns.index(column) + 1)
    raise NoSuchPlace(f"{definition.name} 里没有 {cell.text} 这一格", f"{definition.name} has no cell {cell.text}")


def _column(section: SectionDefinition, cell: CaseCell) -> ColumnDefinition | None:
    if len(cell.place.axes) > 1:
        name = _key(cell.place.axes[1].start)
        return next((column for column in section.columns if column.name == name), None)
    figures = [column for column in section.columns if column.type in {"金额", "比率", "分", "数"}]
    return figures[0] if len(figures) == 1 else None
