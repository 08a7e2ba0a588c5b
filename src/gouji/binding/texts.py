"""Words and measures: what fields and text columns print, and targets and results read as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from gouji import targets
from gouji.binding.bound import Bound, Constant, Inapplicable, NotFormed, Single, Term, Words
from gouji.binding.columns import columns
from gouji.binding.rows import rows
from gouji.binding.standing import Names, Standing, step_text
from gouji.binding.terms import scaled
from gouji.labels import squeezed
from gouji.language.ast import Place
from gouji.number_format import printed as printed_number
from gouji.numerals import is_dash
from gouji.sheet import Address, Cell, CellKind
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.model import Line, Section, Table

TextCell = tuple[Section, Line, ColumnDefinition]
"""A line and one of its text columns."""


def text_of(table: Table, place: Place, at: Standing) -> Bound | None:
    """The words of a field or of a text column; ``None`` when the place is about figures."""
    if len(place.axes) == 1:
        name = step_text(place.axes[0].start)
        field = next((f for f in table.definition.fields if f.name == name), None)
        return None if field is None else _field(table, name, field.type == "年")
    found = text_column(table, place, at)
    return None if found is None else text_at(table, *found, at.names)


def text_column(table: Table, place: Place, at: Standing) -> TextCell | None:
    """The text column that a place names, with its line; ``None`` when it names figures."""
    row, path = place.axes[0].start, place.axes[1].start
    if table is at.table and at.section is not None and at.line is not None and at.names.uses(row).is_this_row:
        named = columns(at.section, path, at)
        is_text = named is not None and not named[1] and named[0][0].type not in FIGURE_TYPES
        return (at.section, at.line, named[0][0]) if named is not None and is_text else None
    for section in table.sections:
        named = columns(section, path, at)
        if named is None or named[1] or named[0][0].type in FIGURE_TYPES:
            continue
        found = rows(table, row, at)
        lines = [line for owner, line in found.found if owner is section] if found else []
        if len(lines) == 1:
            return section, lines[0], named[0][0]
        if section is at.section:
            raise NotFormed
    return None


def text_at(table: Table, section: Section, line: Line, column: ColumnDefinition, names: Names) -> Bound:
    """The words of a text column, or the number that a target or a result prints."""
    address = section.address(line, column.name)
    if address is None:
        raise NotFormed
    cell = table.sheet.cells.get(address)
    names.read.add((id(section), column.name))
    if column.type in {"实际值", "指标值"}:
        return _measure(table, (section, line, column), cell, address, names)
    return Words("" if cell is None else squeezed(cell.text), table.ref(address))


def targets_of(
    table: Table, section: Section, column: ColumnDefinition, names: Names
) -> Sequence[targets.Target | None]:
    """The target that each line prints, read once; ``None`` where the cell is empty."""
    key = id(section), column.name
    found = names.targets.get(key)
    if found is None:
        found = names.targets[key] = [_target_at(table, (section, line, column)) for line in section.lines]
    return found


def results_of(
    table: Table, section: Section, column: ColumnDefinition, names: Names
) -> Sequence[targets.Result | None]:
    """The result that each line prints, read once; ``None`` where the cell is empty."""
    key = id(section), column.name
    names.read.add(key)
    found = names.results.get(key)
    if found is None:
        found = names.results[key] = [_result_at(table, (section, line, column)) for line in section.lines]
    return found


def target_at(table: Table, found: TextCell, names: Names) -> targets.Target | None:
    """The target that a cell prints; ``None`` when it is empty."""
    section, line, column = found
    return targets_of(table, section, column, names)[line.index]


def result_at(table: Table, found: TextCell, names: Names) -> targets.Result | None:
    """The result that a cell prints; ``None`` when it is empty."""
    section, line, column = found
    return results_of(table, section, column, names)[line.index]


def _target_at(table: Table, found: TextCell) -> targets.Target | None:
    section, line, column = found
    cell = cell_at(table, section, line, column.name)
    if cell is None:
        return None
    sign, unit = _beside(table, section, line, column.sign), _beside(table, section, line, column.unit)
    return targets.read_target(_printed(cell), sign, unit)


def _result_at(table: Table, found: TextCell) -> targets.Result | None:
    section, line, column = found
    cell = cell_at(table, section, line, column.name)
    return None if cell is None else targets.read_result(_printed(cell), _beside(table, section, line, column.unit))


def cell_at(table: Table, section: Section, line: Line, column: str) -> Cell | None:
    """The cell of a line and column."""
    place = section.place(line, column)
    return table.sheet.cells.get(place) if place is not None else None


def _beside(table: Table, section: Section, line: Line, column: str | None) -> str:
    """What a sibling column prints: the sign or unit of a target."""
    cell = cell_at(table, section, line, column) if column else None
    return cell.text if cell else ""


def _measure(table: Table, found: TextCell, cell: Cell | None, address: Address, names: Names) -> Bound:
    """A target or result read as a number; words are nothing to compute with."""
    if cell is None or is_dash(cell.text):
        raise NotFormed
    section, line, column = found
    key = id(section), line.index, column.name
    term = names.terms.get(key)
    if term is None:
        read = (target_at if column.type == "指标值" else result_at)(table, found, names)
        figure = read.figure if read is not None else None
        ref = table.ref(address)
        if figure is None:
            said = f"{ref.sheet} {ref.address} 不是数：“{cell.text}”", f"{ref} is no number: {cell.text}"
            raise Inapplicable(*said, ref)
        term = Term(ref, figure, table, section, line, column.name, False, scaled(figure, names.places))
        names.terms[key] = term
    return Single(term)


def _printed(cell: Cell) -> str:
    return printed_number(cell.text, cell.number_format) if cell.kind is CellKind.NUMBER else cell.text


def _field(table: Table, name: str, is_year: bool) -> Bound:
    if name not in table.fields:
        title = table.definition.title
        raise Inapplicable(f"{title}没有印出“{name}”", f"{title} does not print {name}")
    text, address = table.fields[name]
    if is_year and text.isdigit():
        return Constant(Fraction(int(text)), text, cells=(table.ref(address),))
    return Words(squeezed(text), table.ref(address))
