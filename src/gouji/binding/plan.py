"""Formulas prepared for one sheet: what does not depend on the place is looked up once, not for every instance.

A plan gives exactly what ``bind_expression`` gives on each place; it is only faster.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn, TypeAlias

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Many, NotFormed, Single, Term
from gouji.binding.expressions import SUMMING, Scope, applied, bind_expression
from gouji.binding.resolve import Names, Standing, columns, step_text, term_at
from gouji.language.ast import Binary, Call, Compare, Each, Expression, Here, Number, Path, Reference
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.model import Line, Section, Table

Plan: TypeAlias = Callable[[Standing], Bound]
ColumnsAt: TypeAlias = Callable[[Standing], Sequence[ColumnDefinition]]


def plan(node: Expression, sheet: Standing, scope: Scope) -> Plan:
    """The binder of ``node`` for every place of the sheet that ``sheet`` stands on."""
    if isinstance(node, Compare):
        return _comparison(node, plan(node.left, sheet, scope), plan(node.right, sheet, scope))
    if isinstance(node, Binary):
        return _arithmetic(node, plan(node.left, sheet, scope), plan(node.right, sheet, scope))
    if isinstance(node, Call) and node.name in SUMMING:
        return _function(node, [plan(argument, sheet, scope) for argument in node.arguments])
    if isinstance(node, Number):
        constant = bind_expression(node, sheet, scope)
        return lambda at: constant
    if isinstance(node, Reference) and node.table in {None, sheet.table.definition.name} and node.book is None:
        own = _own_row(node, sheet)
        if own is not None:
            return own
    return lambda at: bind_expression(node, at, scope)


def _comparison(node: Compare, left: Plan, right: Plan) -> Plan:
    comparison = node.comparison
    return lambda at: Compared(comparison, left(at), right(at))


def _arithmetic(node: Binary, left: Plan, right: Plan) -> Plan:
    operator = node.operator
    return lambda at: Arithmetic(operator, left(at), right(at))


def _function(node: Call, arguments: list[Plan]) -> Plan:
    function = SUMMING[node.name]
    if function == "SUM" and len(arguments) == 1:
        only = arguments[0]

        def total(at: Standing) -> Bound:
            members = only(at)
            if type(members) is Many and not members.terms:
                raise NotFormed
            return Applied("SUM", (members,))

        return total
    return lambda at: applied(function, tuple(argument(at) for argument in arguments))


def _own_row(node: Reference, sheet: Standing) -> Plan | None:
    """``[本行, …]`` and ``[本行/下级, …]`` of the sheet the rule stands on; ``None`` for every other reference."""
    axes = node.place.axes
    if len(axes) != 2 or any(axis.end is not None for axis in axes):
        return None
    steps = axes[0].start.steps
    if not (isinstance(steps[0], Here) and steps[0].word == "本行"):
        return None
    children = len(steps) == 2 and isinstance(steps[1], Each) and steps[1].kind == "下级"
    if len(steps) > 1 and not children:
        return None
    wanted = _columns_of(axes[1].start, sheet.names)
    if wanted is None or _may_be_text(axes[1].start, sheet):
        return None
    many = isinstance(axes[1].start.steps[-1], Each)
    if children:
        return _children(wanted, sheet.names, sheet.table)
    return _set(wanted, sheet.names, sheet.table) if many else _single(wanted, sheet.names, sheet.table)


def _columns_of(path: Path, names: Names) -> ColumnsAt | None:
    """The columns at each place; what a path without 本行 names is looked up once a section and column."""
    if any(isinstance(step, Here) and step.word != "本栏" for step in path.steps):
        return None
    free = names.is_free(path)
    known: dict[tuple[int, str | None], Sequence[ColumnDefinition]] = {}

    def wanted(at: Standing) -> Sequence[ColumnDefinition]:
        key = id(at.section), None if free else at.column
        found = known.get(key)
        if found is None:
            assert at.section is not None
            named = columns(at.section, path, at)
            found = known[key] = _unknown(path, at) if named is None else named[0]
        return found

    return wanted


def _unknown(path: Path, at: Standing) -> NoReturn:
    from gouji.binding.resolve import faulty

    wanted = step_text(path)
    raise faulty(at.rule, f"没有“{wanted}”这一栏", f"there is no column {wanted}")


def _may_be_text(path: Path, sheet: Standing) -> bool:
    """Whether some section prints texts in the column: those are read elsewhere."""
    names = {getattr(step, "name", None) for step in path.steps}
    return any(
        column.name in names and column.type not in FIGURE_TYPES
        for section in sheet.table.sections
        for column in section.definition.columns
    )


def _single(wanted: ColumnsAt, names: Names, table: Table) -> Plan:
    known = names.singles

    def bind(at: Standing) -> Bound:
        section, line = at.section, at.line
        assert section is not None
        assert line is not None
        column = wanted(at)[0]
        key = id(section), line.index, column.name
        found = known.get(key)
        if found is None:
            term = term_at(table, section, line, column, names, in_set=False)
            if term is None:
                raise NotFormed
            found = known[key] = Single(term)
        return found

    return bind


def _set(wanted: ColumnsAt, names: Names, table: Table) -> Plan:
    def bind(at: Standing) -> Bound:
        assert at.section is not None
        assert at.line is not None
        return Many(tuple(_terms(table, at.section, (at.line,), wanted(at), names)))

    return bind


def _children(wanted: ColumnsAt, names: Names, table: Table) -> Plan:
    def bind(at: Standing) -> Bound:
        section, line = at.section, at.line
        assert section is not None
        assert line is not None
        if not line.children:
            return Many(())
        lines = [section.lines[child] for child in line.children]
        return Many(tuple(_terms(table, section, lines, wanted(at), names)))

    return bind


def _terms(
    table: Table, section: Section, lines: Sequence[Line], wanted: Sequence[ColumnDefinition], names: Names
) -> list[Term]:
    found: list[Term] = []
    known = names.terms
    for line in lines:
        for column in wanted:
            term = known.get((id(section), line.index, column.name))
            if term is None:
                term = term_at(table, section, line, column, names, in_set=True)
                if term is None:
                    continue
            found.append(term)
    return found
