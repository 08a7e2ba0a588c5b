"""Formulas bound on a column of lines at a time: on each line exactly what ``bind_expression`` yields there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import NoneType
from typing import Any, TypeAlias

from gouji.binding.bound import Arithmetic, Compared, Inapplicable, Many, Negative, NotFormed, Term
from gouji.binding.expressions import SUMMING, applied
from gouji.binding.measures import MEASURES, Measured, measured_on
from gouji.binding.planning import Plan, References, own_column
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Names
from gouji.binding.terms import Operands, Outcome, member_at
from gouji.language.ast import Binary, Call, Compare, Expression, Negate, Reference
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table

Outcomes: TypeAlias = list[Outcome]
_HOLES = frozenset({NoneType, Inapplicable})


class _Bounds:
    """Figures as operands of bound expressions."""

    def value(self, outcome: Outcome) -> Outcome:
        return outcome

    def column(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> Operands:
        return Operands(table, section, column, names)

    def sums(
        self, table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition],
        lines: Sequence[Sequence[Line]],
    ) -> Outcomes:
        return [_many(table, section, names, chosen, each) for each in lines]


def _many(
    table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition], lines: Sequence[Line]
) -> Outcome:
    """A set of figures: what is not printed is no member."""
    found: list[Term] = []
    for line in lines:
        for column in chosen:
            term = member_at(table, section, line, column, names)
            if isinstance(term, Inapplicable):
                return term
            if term is not None:
                found.append(term)
    return Many(tuple(found))


_REFERENCES = References(_Bounds())


def bounds(node: Expression) -> Plan[Outcome]:
    """What ``node`` yields on each line: bound, not formed (``None``), or why it is not applicable."""
    make = _PLANNERS.get(type(node))
    return _REFERENCES.once(node) if make is None else make(node)


def _compared(node: Compare) -> Plan[Outcome]:
    comparison, left, right = node.comparison, bounds(node.left), bounds(node.right)
    return lambda group, scope: [
        one if type(one) in _HOLES else other if type(other) in _HOLES else Compared(comparison, one, other)  # type: ignore[arg-type]
        for one, other in zip(left(group, scope), right(group, scope), strict=True)
    ]


def _calculated(node: Binary) -> Plan[Outcome]:
    operator, left, right = node.operator, bounds(node.left), bounds(node.right)
    return lambda group, scope: [
        one if type(one) in _HOLES else other if type(other) in _HOLES else Arithmetic(operator, one, other)  # type: ignore[arg-type]
        for one, other in zip(left(group, scope), right(group, scope), strict=True)
    ]


def _negated(node: Negate) -> Plan[Outcome]:
    operand = bounds(node.operand)
    return lambda group, scope: [
        one if type(one) in _HOLES else Negative(one)  # type: ignore[arg-type]
        for one in operand(group, scope)
    ]


def _called(node: Call) -> Plan[Outcome]:
    function = SUMMING.get(node.name)
    if function is None:
        return _measured(node) or _REFERENCES.each(node)
    arguments = [bounds(argument) for argument in node.arguments]

    def bind(group: Group, scope: Scope) -> Outcomes:
        return [
            _of_arguments(function, each) for each in zip(*[one(group, scope) for one in arguments], strict=True)
        ]

    return bind


def _measured(node: Call) -> Plan[Outcome] | None:
    """达标, 可比 and 完成比 of two text columns of the line."""
    measure = MEASURES.get(node.name)
    named = [own_column(argument) for argument in node.arguments]
    if measure is None or len(named) != 2 or None in named:
        return None
    aims, results = named
    general = _REFERENCES.each(node)

    def bind(group: Group, scope: Scope) -> Outcomes:
        section, table, names = group.section, group.table, group.names
        aim = aims.sole_text(section, group)  # type: ignore[union-attr]
        done = results.sole_text(section, group)  # type: ignore[union-attr]
        if section is None or aim is None or done is None:
            return general(group, scope)
        found = [measured_on(table, (section, line, aim), done, names) for line in group.lines if line is not None]
        return [None if one is None else _applied(measure, one) for one in found]

    return bind


def _applied(measure: Callable[[Measured], Outcome], found: Measured) -> Outcome:
    try:
        return measure(found)
    except NotFormed:
        return None


def _of_arguments(function: Any, arguments: tuple[Any, ...]) -> Outcome:
    for one in arguments:
        if type(one) in _HOLES:
            return one  # type: ignore[no-any-return]
    try:
        return applied(function, arguments)
    except NotFormed:
        return None


_PLANNERS: dict[type, Callable[[Any], Plan[Outcome]]] = {
    Compare: _compared, Binary: _calculated, Negate: _negated, Call: _called, Reference: _REFERENCES.plan,
}  # fmt: skip
