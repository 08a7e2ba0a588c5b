"""References: from a place of a table to the figures it names, or what stands for what is not printed."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from gouji.binding.bound import Bound, Constant, Inapplicable, Many, NotFormed, Nothing, Single, Term
from gouji.binding.columns import columns, sole_column
from gouji.binding.rows import Rows, rows
from gouji.binding.standing import Standing, Wanted, faulty, step_text
from gouji.binding.terms import check_not_printed, term_at
from gouji.language.ast import Axis, Place
from gouji.tables.definition import RowDefinition
from gouji.tables.model import Line, Section, Table


def figures(table: Table, place: Place, at: Standing) -> Bound:
    """What a place of ``table`` yields: one figure, a set, or a zero that is not printed."""
    first = place.axes[0]
    named = _rows_of_axis(table, first, at)
    if named is None:
        return _one_row(table, first, at)
    if named.absent is not None:
        return _absent(table, named, place, at)
    found: list[Term] = []
    is_set = named.is_set
    for section, line in named.found:
        wanted, columns_set = _columns_at(section, place, at)
        is_set = is_set or columns_set
        for column in wanted:
            term = term_at(table, section, line, column, at.names, in_set=is_set)
            if term is not None:
                found.append(term)
    if is_set:
        return Many(tuple(found))
    if len(found) > 1:
        label = found[0].line.label
        raise Inapplicable(
            f"{table.definition.title}中“{label}”印了 {len(found)} 次",
            f"{label} is printed {len(found)} times in {table.definition.title}",
        )
    return Single(found[0]) if found else Nothing(f"{table.definition.title} {step_text(first.start)}")


def _columns_at(section: Section, place: Place, at: Standing) -> Wanted:
    if len(place.axes) == 1:
        return sole_column(section, at)
    named = columns(section, place.axes[1].start, at)
    if named is None:
        wanted = step_text(place.axes[1].start)
        raise faulty(at.rule, f"没有“{wanted}”这一栏", f"there is no column {wanted}")
    return named


def _rows_of_axis(table: Table, axis: Axis, at: Standing) -> Rows | None:
    start = rows(table, axis.start, at)
    if axis.end is None or start is None:
        return start
    end = rows(table, axis.end, at)
    if end is None or not start.found or not end.found:
        raise Inapplicable(
            f"{table.definition.title}没有印出“{step_text(axis.start)}”到“{step_text(axis.end)}”的两端",
            f"{table.definition.title} does not print both ends of {step_text(axis.start)}:{step_text(axis.end)}",
        )
    section, first = start.found[0]
    low, high = first.index, end.found[0][1].index
    inside = {line.index for line in section.lines[low : high + 1]}
    chosen = [section.lines[i] for i in sorted(inside) if section.lines[i].parent not in inside]
    return Rows(tuple((section, line) for line in chosen), True)


def _one_row(table: Table, axis: Axis, at: Standing) -> Bound:
    """A place with one axis that names no row: a column of a one-row table, or a field."""
    for section in table.sections:
        named = columns(section, axis.start, at)
        if named is not None and len(section.lines) == 1:
            terms = [term_at(table, section, section.lines[0], c, at.names, in_set=named[1]) for c in named[0]]
            found = [term for term in terms if term is not None]
            return Many(tuple(found)) if named[1] else Single(found[0])
    wanted = step_text(axis.start)
    raise faulty(
        at.rule, f"{table.definition.name}没有“{wanted}”这一行", f"{table.definition.name} has no row {wanted}"
    )


def _absent(table: Table, named: Rows, place: Place, at: Standing) -> Bound:
    """A row that is not printed: what the definition says it yields."""
    assert named.absent is not None
    section, definition, name, below = named.absent
    if below:
        return _sum_below(table, section, below, place, at)
    if named.is_set:
        return Many(())
    if definition.absent == "无":
        raise NotFormed
    title = table.definition.title
    if definition.absent == "缺":
        raise Inapplicable(f"{title}没有“{name}”这一行", f"{title} has no row {name}")
    if unknown := section.unknown_lines():
        label = unknown[0].label or f"第 {unknown[0].row} 行"
        raise Inapplicable(
            f"{title}没有“{name}”这一行，又有不认识的行“{label}”",
            f"{title} has no row {name} but an unknown row {label}",
        )
    if definition.absent == "下级之和":
        return _sum_below(table, section, _top_members(section, definition), place, at)
    return Nothing(f"{title} {name}")


def _top_members(section: Section, definition: RowDefinition) -> tuple[Line, ...]:
    """The printed lines that a total which is not printed would add up."""
    def belongs(line: Line) -> bool:
        own = line.definition
        names = {own.name, own.is_entry or own.name} if own else set()
        by_code = line.code is not None and any(o.isdigit() and line.code.startswith(o) for o in definition.of)
        return line.parent is None and (bool(names & set(definition.of)) or by_code)

    return tuple(line for line in section.lines if belongs(line))


def _sum_below(table: Table, section: Section, lines: Iterable[Line], place: Place, at: Standing) -> Bound:
    terms: list[Term] = []
    wanted, is_set = _columns_at(section, place, at)
    for column in wanted:
        if column.name not in section.columns:
            check_not_printed(table, column, in_set=is_set)
    for line in lines:
        for column in wanted:
            term = term_at(table, section, line, column, at.names, in_set=True)
            terms += [] if term is None else [term]
    return Many(tuple(terms)) if terms else Constant(Fraction(0), "0", money=True)
