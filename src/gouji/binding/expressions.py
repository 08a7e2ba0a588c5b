"""From a formula to a bound expression: references become figures, functions of the language become arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from gouji import targets
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
    Single,
    Term,
    Truth,
    Words,
)
from gouji.binding.columns import columns
from gouji.binding.resolve import figures, scaled
from gouji.binding.rows import rows
from gouji.binding.standing import Names, Standing, faulty, is_this_row, step_text
from gouji.figures import decimal_text
from gouji.labels import squeezed
from gouji.language.ast import (
    Binary,
    Call,
    Compare,
    Expression,
    Negate,
    Number,
    Parameter,
    Percent,
    Place,
    Reference,
    Text,
)
from gouji.number_format import printed as printed_number
from gouji.numerals import is_dash
from gouji.sheet import Address, Cell, CellKind, CellRef
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.model import Line, Recognition, Section, Table

SUMMING: dict[str, Function] = {
    "SUM": "SUM", "AVERAGE": "AVERAGE", "MIN": "MIN", "MAX": "MAX", "AND": "AND", "OR": "OR", "NOT": "NOT",
}


@dataclass(frozen=True)
class Scope:
    """What formulas can see: the recognised tables, the parameters, the titles of the pack's forms."""

    recognition: Recognition
    params: Mapping[str, Decimal | str]
    titles: Mapping[str, str]


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


def _bind_number(node: Number, at: Standing, scope: Scope) -> Bound:
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


def tables_named(name: str | None, at: Standing, scope: Scope) -> list[Table]:
    """The tables a reference means: the sheet the rule stands on, or every sheet of that form."""
    if name is None or name == at.table.definition.name:
        return [at.table]
    found = list(scope.recognition.named(name))
    title = scope.titles.get(name)
    if title is None:
        raise faulty(at.rule, f"没有名为“{name}”的表", f"there is no table named {name}")
    if not found:
        raise Inapplicable(f"没有找到{title}", f"{title} was not found")
    if len(found) > 1 and found[0].definition.many is None:
        sheets, times = "、".join(table.sheet.name for table in found), len(found)
        raise Inapplicable(f"{title}出现了 {times} 次（{sheets}）", f"{title} occurs {times} times ({sheets})")
    return found


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
    return known


def figures_of(node: Reference, at: Standing, scope: Scope) -> Bound:
    """What a reference yields on one place: figures, or the words of a field or text column."""
    if node.book is not None:
        raise Inapplicable(f"没有给出{node.book}的工作簿", f"the workbook {node.book} was not given")
    tables = tables_named(node.table, at, scope)
    table = tables[0]
    if (text := _text_cell(table, node.place, at)) is not None:
        return text
    if node.table is not None and table.definition.many and table is not at.table:
        terms: list[Term] = []
        for each in tables:
            bound = figures(each, node.place, at)
            terms += bound.terms if isinstance(bound, Many) else [bound.term] if isinstance(bound, Single) else []
        return Many(tuple(terms))
    return figures(table, node.place, at)


def _text_cell(table: Table, place: Place, at: Standing) -> Bound | None:
    """The words of a field or of a text column; ``None`` when the place is about figures."""
    if len(place.axes) == 1:
        name = step_text(place.axes[0].start)
        field = next((f for f in table.definition.fields if f.name == name), None)
        return None if field is None else _field(table, name, field.type == "年")
    found = _text_column(table, place, at)
    if found is None:
        return None
    return text_at(table, *found, at.names)


def text_at(table: Table, section: Section, line: Line, column: ColumnDefinition, names: Names) -> Bound:
    """The words of a text column, or the number that a target or a result prints."""
    cell, address = _shown_cell(table, section, line, column)
    if column.type in {"实际值", "指标值"}:
        return _measure(table, section, line, column, cell, address, names)
    return Words("" if cell is None else squeezed(cell.text), None if address is None else table.ref(address))


def _measure(
    table: Table, section: Section, line: Line, column: ColumnDefinition,
    cell: Cell | None, address: Address | None, names: Names,
) -> Bound:
    """A target or result read as a number; words are nothing to compute with."""
    if cell is None or address is None or is_dash(cell.text):
        raise NotFormed
    unit = _sibling(table, section, line, column.unit)
    if column.type == "指标值":
        figure = targets.read_target(_text(cell), _sibling(table, section, line, column.sign), unit).figure
    else:
        figure = targets.read_result(_text(cell), unit).figure
    if figure is None:
        ref = table.ref(address)
        raise Inapplicable(f"{ref.sheet} {ref.address} 不是数：“{cell.text}”", f"{ref} is no number: {cell.text}", ref)
    places = names.places
    return Single(Term(table.ref(address), figure, table, section, line, column.name, False, scaled(figure, places)))


def _field(table: Table, name: str, is_year: bool) -> Bound:
    if name not in table.fields:
        title = table.definition.title
        raise Inapplicable(f"{title}没有印出“{name}”", f"{title} does not print {name}")
    text, address = table.fields[name]
    if is_year and text.isdigit():
        return Constant(Fraction(int(text)), text)
    return Words(squeezed(text), table.ref(address))


def _text_column(table: Table, place: Place, at: Standing) -> tuple[Section, Line, ColumnDefinition] | None:
    path = place.axes[1].start
    if table is at.table and at.section is not None and at.line is not None and is_this_row(place.axes[0].start):
        named = columns(at.section, path, at)
        is_text = named is not None and not named[1] and named[0][0].type not in FIGURE_TYPES
        return (at.section, at.line, named[0][0]) if named is not None and is_text else None
    for section in table.sections:
        named = columns(section, path, at)
        if named is None or named[1] or named[0][0].type in FIGURE_TYPES:
            continue
        found = rows(table, place.axes[0].start, at)
        lines = [line for owner, line in found.found if owner is section] if found else []
        if len(lines) == 1:
            return section, lines[0], named[0][0]
        if section is at.section:
            raise NotFormed
    return None


def _shown_cell(
    table: Table, section: Section, line: Line, column: ColumnDefinition
) -> tuple[Cell | None, Address | None]:
    address = section.address(line, column.name)
    if address is None:
        raise NotFormed
    return table.sheet.cells.get((address.row, address.column)), address


def _bind_call(node: Call, at: Standing, scope: Scope) -> Bound:
    name, arguments = node.name, node.arguments
    if name in SUMMING:
        return applied(SUMMING[name], tuple(bind_expression(a, at, scope) for a in arguments))
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


def _printed(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    """有(表), 有(表[行]), 有(上年): whether it is printed, or given."""
    (node,) = arguments
    if isinstance(node, Parameter):
        return Truth(bool(scope.recognition.named(node.name)), f"有{scope.titles.get(node.name, node.name)}")
    if not isinstance(node, Reference):
        raise faulty(at.rule, "有( ) 里应是一张表或一行", "有( ) takes a table or a row")
    table = tables_named(node.table, at, scope)[0]
    named = rows(table, node.place.axes[0].start, at)
    name = at.line.label if at.line is not None else step_text(node.place.axes[0].start)
    said = f"{table.definition.title}有“{name}”这一行"
    return Truth(named is not None and bool(named.found or (named.absent and named.absent.below)), said)


class Measured(NamedTuple):
    """A target with its result; ``term`` is the result as a figure of its cell, ``refs`` are both cells."""

    target: targets.Target
    result: targets.Result
    term: Term | None
    refs: tuple[CellRef, ...]


def _measured(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Measured:
    """Target and result named by the two arguments; read once however many functions ask for them."""
    places = [argument.place for argument in arguments if isinstance(argument, Reference)]
    if len(places) != 2:
        raise faulty(at.rule, "须给出目标和实际两格", "give the target and the result")
    target, result = (_text_column(at.table, place, at) for place in places)
    if target is None or result is None:
        raise NotFormed
    (section, line, target_column), (_, result_line, result_column) = target, result
    key = id(section), line.index, target_column.name, result_line.index, result_column.name
    known = at.names.measured
    if key not in known:
        known[key] = _read_measured(at.table, section, (line, target_column), (result_line, result_column))
    found = known[key]
    if found is None:
        raise NotFormed
    return found


def _read_measured(
    table: Table, section: Section, aim: tuple[Line, ColumnDefinition], done: tuple[Line, ColumnDefinition]
) -> Measured | None:
    """Both cells read; ``None`` when one of them is not printed or empty."""
    (line, target_column), (result_line, result_column) = aim, done
    target_at = section.address(line, target_column.name)
    result_at = section.address(result_line, result_column.name)
    target_cell, result_cell = (table.sheet.cells.get(at) if at else None for at in (target_at, result_at))
    if target_cell is None or result_cell is None or target_at is None or result_at is None:
        return None
    sign = _sibling(table, section, line, target_column.sign)
    target = targets.read_target(_text(target_cell), sign, _sibling(table, section, line, target_column.unit))
    result = targets.read_result(_text(result_cell), _sibling(table, section, line, result_column.unit))
    refs = (table.ref(target_at), table.ref(result_at))
    term = None
    if result.figure is not None:
        term = Term(refs[1], result.figure, table, section, line, result_column.name)
    return Measured(target, result, term, refs)


def _text(cell: Cell) -> str:
    return printed_number(cell.text, cell.number_format) if cell.kind is CellKind.NUMBER else cell.text


def _sibling(table: Table, section: Section, line: Line, column: str | None) -> str:
    address = section.address(line, column) if column else None
    cell = table.sheet.cells.get((address.row, address.column)) if address else None
    return cell.text if cell else ""


def _met(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    target, result, _, refs = _measured(arguments, at, scope)
    verdict = targets.met(target, result)
    if verdict is None:
        raise NotFormed
    return Truth(verdict, "达标", refs)


def _comparable(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    target, result, _, refs = _measured(arguments, at, scope)
    return Truth(targets.comparable(target, result), "目标值与实际完成值可以比较", refs)


def _direction(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    return Words(_own_target(arguments, at).sign)


def _target_unit(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    return Words(_own_target(arguments, at).unit)


def _own_target(arguments: tuple[Expression, ...], at: Standing) -> targets.Target:
    (node,) = arguments
    found = _text_column(at.table, node.place, at) if isinstance(node, Reference) else None
    if found is None:
        raise NotFormed
    section, line, column = found
    cell, _ = _shown_cell(at.table, section, line, column)
    if cell is None:
        raise NotFormed
    sign = _sibling(at.table, section, line, column.sign)
    return targets.read_target(_text(cell), sign, _sibling(at.table, section, line, column.unit))


def _share_achieved(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    """完成比: result ÷ target for ≥ and =, target ÷ result for ≤, at most 1."""
    target, result, term, _ = _measured(arguments, at, scope)
    if term is None or target.figure is None or not targets.comparable(target, result):
        raise NotFormed
    want: Bound = Constant(target.figure.value, target.figure.printed(), money=True)
    have: Bound = Single(term)
    if (target.figure if target.sign != "≤" else term.figure).digits <= 0:
        raise NotFormed
    share = Arithmetic("/", want, have) if target.sign == "≤" else Arithmetic("/", have, want)
    return Applied("MIN", (share, Constant(Fraction(1), "100%")))


_OWN: dict[str, Callable[[tuple[Expression, ...], Standing, Scope], Bound]] = {
    "COUNT": _count, "有": _printed, "达标": _met, "可比": _comparable,
    "方向": _direction, "单位": _target_unit, "完成比": _share_achieved,
}

_BINDERS: dict[type, Callable[[Any, Standing, Scope], Bound]] = {
    Compare: _bind_compare, Binary: _bind_binary, Negate: _bind_negate, Percent: _bind_percent,
    Number: _bind_number, Text: _bind_text, Parameter: _bind_parameter, Reference: _bind_reference,
    Call: _bind_call,
}
