"""From a formula to a bound expression: references become figures, functions of the language become arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gouji.binding import measures
from gouji.binding.bound import (
    Applied,
    Arithmetic,
    Bound,
    Compared,
    Constant,
    Function,
    Inapplicable,
    Many,
    Negative,
    NotFormed,
    Nothing,
    Single,
    Term,
    Words,
    cells_of,
    terms_of,
)
from gouji.binding.presence import printed
from gouji.binding.projects import alike
from gouji.binding.resolve import figures
from gouji.binding.scope import Scope, refuse_unread, tables_named
from gouji.binding.standing import Standing, faulty
from gouji.binding.texts import text_of
from gouji.figures import decimal_text
from gouji.labels import squeezed
from gouji.language.ast import Binary, Call, Compare, Expression, Negate, Number, Parameter, Percent, Reference, Text

SUMMING: dict[str, Function] = {
    "SUM": "SUM", "AVERAGE": "AVERAGE", "MIN": "MIN", "MAX": "MAX", "AND": "AND", "OR": "OR", "NOT": "NOT",
}


def bind_expression(node: Expression, at: Standing, scope: Scope) -> Bound:
    """The bound form of ``node`` on one place. Raises ``NotFormed``, ``Inapplicable`` or ``PackError``."""
    return _BINDERS[type(node)](node, at, scope)


def _bind_compare(node: Compare, at: Standing, scope: Scope) -> Bound:
    return Compared(node.comparison, bind_expression(node.left, at, scope), bind_expression(node.right, at, scope))


def _bind_binary(node: Binary, at: Standing, scope: Scope) -> Bound:
    return Arithmetic(node.operator, bind_expression(node.left, at, scope), bind_expression(node.right, at, scope))


def _bind_negate(node: Negate, at: Standing, scope: Scope) -> Bound:
    return Negative(bind_expression(node.operand, at, scope))


def _bind_percent(node: Percent, at: Standing, scope: Scope) -> Bound:
    return Arithmetic("*", bind_expression(node.operand, at, scope), Constant(Fraction(1, 100), "1%"))


def number(node: Number) -> Constant:
    """A number of a formula."""
    return Constant(Fraction(node.value), str(node.value))


def _bind_text(node: Text, at: Standing, scope: Scope) -> Bound:
    return Words(squeezed(node.value))


def _bind_parameter(node: Parameter, at: Standing, scope: Scope) -> Bound:
    name = node.name
    value = scope.params.get(name)
    if value is None:
        raise faulty(at.rule, f"不认识的名字“{name}”", f"unknown name {name}")
    if isinstance(value, str):
        return Words(value)
    return Constant(Fraction(value), decimal_text(Fraction(value)))


def _bind_reference(node: Reference, at: Standing, scope: Scope) -> Bound:
    if not all(at.names.uses(axis.start).is_free for axis in node.place.axes):
        return figures_of(node, at, scope)
    return bind_once(node, at, scope)


def bind_once(node: Reference, at: Standing, scope: Scope) -> Bound:
    """What a reference without 本行, 本栏 and 本表 yields on the sheet, looked up once."""
    key = id(node), id(at.table)
    known = at.names.bound.get(key)
    if known is None:
        known = at.names.bound[key] = figures_of(node, at, scope)
    else:
        at.names.read.update((id(term.section), term.column) for term in terms_of(known))
    return known


def figures_of(node: Reference, at: Standing, scope: Scope) -> Bound:
    """What a reference yields on one place: figures, or the words of a field or text column."""
    if node.book is not None:
        raise Inapplicable(f"没有给出{node.book}的工作簿", f"the workbook {node.book} was not given")
    if node.table is not None and node.table in scope.absent and not scope.recognition.named(node.table):
        refuse_unread(node.table, scope)
        return _unprinted(node.table, scope)
    if not at.table.key and any(at.names.uses(axis.start).sheet for axis in node.place.axes):
        raise NotFormed  # a blank form is no project's yet
    tables = tables_named(node.table, at, scope)
    table = tables[0]
    if (text := text_of(table, node.place, at)) is not None:
        return text
    if node.table is not None and table.definition.many and table is not at.table:
        terms: list[Term] = []
        for each in tables:
            bound = figures(each, node.place, at)
            terms += bound.terms if isinstance(bound, Many) else [bound.term] if isinstance(bound, Single) else []
        return Many(tuple(terms))
    return figures(table, node.place, at)


def _unprinted(table: str, scope: Scope) -> Bound:
    """What a form that is not printed yields."""
    if scope.absent[table] == "零":
        return Nothing(scope.titles[table])
    raise NotFormed


def _bind_call(node: Call, at: Standing, scope: Scope) -> Bound:
    name, arguments = node.name, node.arguments
    if name in SUMMING:
        return applied(SUMMING[name], tuple(bind_expression(a, at, scope) for a in arguments))
    if name in measures.MEASURES:
        return measures.MEASURES[name](measures.measured(arguments, at))
    own = _OWN.get(name)
    if own is None:
        raise faulty(at.rule, f"没有函数 {name}", f"there is no function {name}")
    return own(arguments, at, scope)


def applied(function: Function, arguments: tuple[Bound, ...]) -> Bound:
    """A function over bound arguments; of nothing at all it is not formed."""
    empty = all(isinstance(a, Many) and not a.terms for a in arguments)
    if empty and function in {"SUM", "AVERAGE", "MIN", "MAX"}:
        raise NotFormed
    return Applied(function, arguments)


def _count(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    bound = [bind_expression(argument, at, scope) for argument in arguments]
    number = sum(len(b.terms) if isinstance(b, Many) else 1 for b in bound)
    return Constant(Fraction(number), str(number))


def _count_if(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    """COUNTIF: how many members are the value; names of projects as ``projects.alike`` compares them."""
    among, wanted = arguments
    value = bind_expression(wanted, at, scope)
    members = _members(among, at, scope)
    if isinstance(value, Words):
        texts = [member for member in members if isinstance(member, Words)]
        number = len(alike(value.text, [member.text for member in texts]))
    else:
        number = sum(_is_printed_alike(member, value) for member in members)
    return Constant(Fraction(number), str(number), cells=tuple(cells_of(value)))


def _members(node: Expression, at: Standing, scope: Scope) -> list[Bound]:
    """The members of a set, or the field of every sheet of a form that occurs on many."""
    if not isinstance(node, Reference) or node.table is None:
        return _singly(bind_expression(node, at, scope))
    return [
        member for table in tables_named(node.table, at, scope)
        for member in _singly(text_of(table, node.place, at) or figures(table, node.place, at))
    ]


def _singly(bound: Bound) -> list[Bound]:
    return [Single(term) for term in bound.terms] if isinstance(bound, Many) else [bound]


def _is_printed_alike(one: Bound, other: Bound) -> bool:
    """Whether two numbers are the same just as printed."""
    values = [
        side.term.figure.value if isinstance(side, Single) else side.value if isinstance(side, Constant) else None
        for side in (one, other)
    ]
    return values[0] is not None and values[0] == values[1]


def _measure(function: Callable[[tuple[Expression, ...], Standing], Bound]) -> _Binder:
    return lambda arguments, at, scope: function(arguments, at)


_Binder = Callable[[tuple[Expression, ...], Standing, Scope], Bound]
_OWN: dict[str, _Binder] = {
    "COUNT": _count, "COUNTIF": _count_if, "有": printed,
    "方向": _measure(measures.direction), "单位": _measure(measures.unit), "档次": _measure(measures.tier),
}

_BINDERS: dict[type, Callable[[Any, Standing, Scope], Bound]] = {
    Compare: _bind_compare, Binary: _bind_binary, Negate: _bind_negate, Percent: _bind_percent,
    Number: lambda node, at, scope: number(node), Text: _bind_text, Parameter: _bind_parameter,
    Reference: _bind_reference, Call: _bind_call,
}
