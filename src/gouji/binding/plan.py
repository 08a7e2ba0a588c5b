"""Formulas prepared for one form: what does not depend on the place is looked up once, not for every instance.

A plan gives exactly what ``bind_expression`` gives on each place; it is only faster. It holds for every sheet of the
form that its rule stands on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Many, Negative, NotFormed
from gouji.binding.expressions import SUMMING, Scope, applied, bind_expression, figures_of, tables_named
from gouji.binding.own_row import own_row
from gouji.binding.resolve import figures
from gouji.binding.standing import Names, Standing, step_text
from gouji.language.ast import Binary, Call, Compare, Expression, Negate, Number, Parameter, Percent, Reference, Text
from gouji.tables.definition import TableDefinition
from gouji.tables.model import Table

Plan: TypeAlias = Callable[[Standing], Bound]


def plan(node: Expression, sheet: Standing, scope: Scope) -> Plan:
    """The binder of ``node`` for every place of the form whose sheet ``sheet`` stands on."""
    if isinstance(node, Compare):
        return _comparison(node, plan(node.left, sheet, scope), plan(node.right, sheet, scope))
    if isinstance(node, Binary):
        return _arithmetic(node, plan(node.left, sheet, scope), plan(node.right, sheet, scope))
    if isinstance(node, Negate):
        operand = plan(node.operand, sheet, scope)
        return lambda at: Negative(operand(at))
    if isinstance(node, Call) and node.name in SUMMING:
        return _function(node, [plan(argument, sheet, scope) for argument in node.arguments])
    if _is_constant(node):
        return _once(node, scope)
    if isinstance(node, Reference) and node.book is None:
        return _reference(node, sheet, scope)
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


def _is_constant(node: Expression) -> bool:
    if isinstance(node, Percent):
        return isinstance(node.operand, Number)
    return isinstance(node, (Number, Text, Parameter))


def _once(node: Expression, scope: Scope) -> Plan:
    """A constant or parameter: bound when the first place asks for it (an unknown name is a fault only then)."""
    known: list[Bound] = []

    def bind(at: Standing) -> Bound:
        if not known:
            known.append(bind_expression(node, at, scope))
        return known[0]

    return bind


def _reference(node: Reference, sheet: Standing, scope: Scope) -> Plan:
    axes, own_form = node.place.axes, sheet.table.definition
    is_own = node.table in {None, own_form.name}
    is_free = all(sheet.names.uses(axis.start).is_free for axis in axes)
    if not is_free and any(axis.end for axis in axes):
        return _anything(node, scope)
    if not is_free and is_own and (own := own_row(node.place, sheet)) is not None:
        return own
    form = own_form if is_own else _form(node.table, scope)
    if form is None or _may_be_text(node, form, sheet):
        lookup = _anything(node, scope)
    elif is_free or len(axes) == 1:
        lookup = _figures(node, scope)
    else:
        lookup = _by_column(_figures(node, scope), _anything(node, scope), form)
    return _once_a_sheet(node, sheet.names, lookup) if is_free else lookup


def _anything(node: Reference, scope: Scope) -> Plan:
    return lambda at: figures_of(node, at, scope)


def _once_a_sheet(node: Reference, names: Names, lookup: Plan) -> Plan:
    """A reference without 本行, 本栏 and 本表: it yields the same wherever on the sheet the rule stands."""
    known = names.bound

    def bind(at: Standing) -> Bound:
        key = id(node), id(at.table)
        found = known.get(key)
        if found is None:
            found = known[key] = lookup(at)
        return found

    return bind


def _by_column(numbers: Plan, texts: Plan, form: TableDefinition) -> Plan:
    """本栏 is a column of figures or one of texts: known only on each place."""
    columns = form.text_columns
    return lambda at: texts(at) if at.column in columns else numbers(at)


def _form(name: str | None, scope: Scope) -> TableDefinition | None:
    """The other form that a reference reads, where one sheet prints it."""
    tables = scope.recognition.named(name or "")
    return tables[0].definition if len(tables) == 1 and not tables[0].definition.many else None


def _may_be_text(node: Reference, form: TableDefinition, sheet: Standing) -> bool:
    """Whether the reference could name a field or a text column, as far as that is known before the places are."""
    axes = node.place.axes
    if len(axes) == 1:
        return any(step_text(axes[0].start) == field.name for field in form.fields)
    path = axes[1].start
    uses = sheet.names.uses(path)
    names = {getattr(step, "name", None) for step in path.steps}
    return uses.row or uses.sheet or bool(names & form.text_columns)


def _figures(node: Reference, scope: Scope) -> Plan:
    """A reference to figures; its table is looked up once when it is another form."""
    place = node.place
    other: list[Table] = []

    def bind(at: Standing) -> Bound:
        if node.table is None or node.table == at.table.definition.name:
            return figures(at.table, place, at)
        if not other:
            other.append(tables_named(node.table, at, scope)[0])
        return figures(other[0], place, at)

    return bind
