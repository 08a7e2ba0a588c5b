"""Relations of a known layout bound without looking anything up: where their figures stand is known."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.binding.bound import Arithmetic, Bound, Compared, Many, NotFormed, Single, Term
from gouji.binding.expressions import applied, number
from gouji.binding.known.additions import Members, is_added
from gouji.binding.known.figures import Figures
from gouji.binding.known.layout import Check
from gouji.binding.texts import text_at
from gouji.language.ast import Binary, Call, Compare, Expression, Number, Reference


class _Unknown(Exception):  # noqa: N818 - a way to end, not an error
    """The general way must tell."""


def relation_at(check: Check, line: int, figures: Figures) -> Bound | None:
    """What a comparison of sums yields on a line, by its position; ``None`` where the general way must tell."""
    if check.sums is None or check.verdicts[line] is None:
        return None
    operands = (_operand(figures, each[line]) for each in check.sums.members)
    try:
        return _put_together(check.formula.expression, operands)
    except (_Unknown, NotFormed):
        return None


def _put_together(node: Expression, operands: Iterator[Bound]) -> Bound:
    """A comparison of sums with its references replaced, from left to right."""
    if isinstance(node, Reference):
        return next(operands)
    if isinstance(node, Compare):
        return Compared(node.comparison, _put_together(node.left, operands), _put_together(node.right, operands))
    if isinstance(node, Binary):
        return Arithmetic(node.operator, _put_together(node.left, operands), _put_together(node.right, operands))
    if isinstance(node, Call):
        return applied("SUM", tuple([_put_together(one, operands) for one in node.arguments]))
    if isinstance(node, Number):
        return number(node)
    raise _Unknown


def _operand(figures: Figures, members: Members) -> Bound:
    if isinstance(members, tuple):
        if not all(is_added(figures.numbers[place]) for place in members):
            raise _Unknown
        found = [_term(figures, place) for place in members if type(figures.numbers[place]) is int]
        return Many(tuple([term for term in found if term is not None]))
    term = _term(figures, members) if type(figures.numbers[members]) is int else None
    if term is None:
        raise _Unknown
    return Single(term)


def _term(figures: Figures, place: int) -> Term | None:
    """The figure whose number stands at a place; ``None`` for a number that is none."""
    found = figures.layout.column_at(place)
    if found is None:
        return None
    table, position, column, index = found
    form, names = figures.tables[table], figures.names
    section = form.sections[position]
    key = id(section), index, column.name
    known = names.terms.get(key)
    if known is not None:
        return known
    line = section.lines[index]
    if column.type == "实际值":
        result = text_at(form, section, line, column, names)
        return result.term if isinstance(result, Single) else None
    at = section.place(line, column.name)
    figure = None if at is None else form.values[at].figure
    if at is None or figure is None:
        return None
    uncertain, number = not line.known, figures.numbers[place]
    term = names.terms[key] = Term(form.ref(at), figure, form, section, line, column.name, uncertain, number)
    return term
