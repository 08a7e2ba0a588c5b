"""Formulas on a column of lines as far as print alone tells: what surely holds, or surely does not, is not bound.

This is for the conditions and yes-or-no checks of performance forms, as ``quick`` is for sums. What a cell says in
words is certain; a figure is known within its rounding, and whatever is near the edge is left to the exact verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from gouji import targets
from gouji.binding.evidence import (
    DECIDE,
    HOLES,
    NO_OPEN_END,
    NOT_FORMED,
    OPPOSITE,
    SETTLED,
    UNKNOWN,
    WEIGHT,
    WEIGHT_OF_PARTS,
    Decide,
    Evidence,
    Evidences,
    any_of,
)
from gouji.binding.planning import Columns, Plan, own_column
from gouji.binding.scope import Scope
from gouji.binding.standing import Group
from gouji.binding.terms import UNFORMED, NoFigure, Span, column_spans
from gouji.binding.texts import results_of, targets_of
from gouji.labels import squeezed
from gouji.language.ast import Binary, Call, Compare, Expression, Negate, Number, Percent, Text
from gouji.tables.definition import AMOUNT_TYPES, ColumnDefinition
from gouji.tables.model import Section


def evidence(node: Expression, *, is_part: bool = False) -> Plan[Evidence] | None:
    """What print tells of a formula on each line of a group; ``None`` for a formula that it tells nothing of.

    A formula that surely fails by one part of an AND is told ``IMPOSSIBLE`` whatever the others are; as a part of an
    OR or NOT (``is_part``) it is so only where all of them are formed.
    """
    if isinstance(node, Compare):
        return _of_words(node) or _of_figures(node)
    if isinstance(node, Call):
        if node.name in {"AND", "OR", "NOT"}:
            return _of_parts(node, is_part=is_part)
        return _of_measure(node)
    return None


def _of_parts(node: Call, *, is_part: bool) -> Plan[Evidence] | None:
    found = [evidence(argument, is_part=is_part or node.name != "AND") for argument in node.arguments]
    parts = [part for part in found if part is not None]
    if len(parts) != len(found):
        return None
    if node.name == "NOT":
        (only,) = parts
        return lambda group, scope: [OPPOSITE[one] for one in only(group, scope)]
    if node.name == "AND":
        ends, weight = (HOLES, WEIGHT_OF_PARTS) if is_part else (SETTLED, WEIGHT)
        return lambda group, scope: _all(parts, group, scope, ends, weight)
    return lambda group, scope: [
        any_of(frozenset(each)) for each in zip(*[part(group, scope) for part in parts], strict=True)
    ]


def _all(
    parts: Sequence[Plan[Evidence]], group: Group, scope: Scope, ends: frozenset[Evidence],
    weight: Mapping[Evidence, int],
) -> Evidences:  # fmt: skip
    """Part after part, only where those before leave something to ask; of two the lighter tells."""
    found = parts[0](group, scope)
    for part in parts[1:]:
        asked = [number for number, one in enumerate(found) if one not in ends]
        if not asked:
            break
        lines = group.lines
        told = part(group if len(asked) == len(lines) else group._replace(lines=[lines[n] for n in asked]), scope)
        for number, one in zip(asked, told, strict=True):
            if weight[one] < weight[found[number]]:
                found[number] = one
    return found


def _of_measure(node: Call) -> Plan[Evidence] | None:
    """达标 and 可比 of two columns of the line."""
    told = {"达标": _met, "可比": _comparable}.get(node.name)
    named = [own_column(argument) for argument in node.arguments]
    if told is None or len(named) != 2 or None in named:
        return None
    aims, results = named

    def look_up(group: Group, scope: Scope) -> Evidences:
        return _told_of_both(group, aims, results, told)  # type: ignore[arg-type]

    return look_up


def _told_of_both(
    group: Group, aims: Columns, results: Columns, told: Callable[[targets.Target, targets.Result], Evidence]
) -> Evidences:
    section, table = group.section, group.table
    aim, done = aims.sole_text(section, group), results.sole_text(section, group)
    if section is None or aim is None or done is None:
        return [UNKNOWN] * len(group.lines)
    wanted, had = targets_of(table, section, aim, group.names), results_of(table, section, done, group.names)
    return [
        NOT_FORMED if (want := wanted[line.index]) is None or (have := had[line.index]) is None else told(want, have)
        for line in group.lines if line is not None
    ]


def _met(target: targets.Target, result: targets.Result) -> Evidence:
    verdict = targets.met(target, result)
    return NOT_FORMED if verdict is None else NO_OPEN_END[verdict]


def _comparable(target: targets.Target, result: targets.Result) -> Evidence:
    return NO_OPEN_END[targets.comparable(target, result)]


Said: TypeAlias = str | Evidence
"""What a cell says in words, or why there is nothing to compare."""


def _of_words(node: Compare) -> Plan[Evidence] | None:
    """A text of the formula, or what a function reads as one, compared with another."""
    if not any(isinstance(side, (Text, Call)) for side in (node.left, node.right)):
        return None
    left, right = _words(node.left), _words(node.right)
    if left is None or right is None or node.comparison not in {"=", "<>"}:
        return None
    wanted = node.comparison == "="
    return lambda group, scope: [
        NO_OPEN_END[(one == other) is wanted] if type(one) is type(other) is str else _hole(one, other)
        for one, other in zip(left(group), right(group), strict=True)
    ]


def _hole(one: object, other: object) -> Evidence:
    return UNKNOWN if UNKNOWN in (one, other) else NOT_FORMED


def _words(node: Expression) -> Callable[[Group], Sequence[Said]] | None:
    """A text of the formula, the words of a text column of the line, or what 档次, 方向 and 单位 read there."""
    if isinstance(node, Text):
        text = squeezed(node.value)
        return lambda group: [text] * len(group.lines)
    named = own_column(node.arguments[0]) if isinstance(node, Call) and len(node.arguments) == 1 else own_column(node)
    read = _READ.get(node.name) if isinstance(node, Call) else _printed
    if named is None or read is None:
        return None

    def look_up(group: Group) -> Sequence[Said]:
        section = group.section
        column = named.sole_text(section, group)
        if section is None or column is None:
            return [UNKNOWN] * len(group.lines)
        return read(group, section, column)

    return look_up


def _printed(group: Group, section: Section, column: ColumnDefinition) -> Sequence[Said]:
    if column.type in {"实际值", "指标值"}:
        return [UNKNOWN] * len(group.lines)
    group.names.read.add((id(section), column.name))
    cells, place = group.table.sheet.cells, section.place
    places = [place(line, column.name) for line in group.lines if line is not None]
    return [
        NOT_FORMED if at is None else "" if (cell := cells.get(at)) is None else squeezed(cell.text)
        for at in places
    ]


def _tier(group: Group, section: Section, column: ColumnDefinition) -> Sequence[Said]:
    found = results_of(group.table, section, column, group.names)
    return [
        NOT_FORMED if (one := found[line.index]) is None else targets.read_tier(one.words)
        for line in group.lines if line is not None
    ]


def _of_target(say: Callable[[targets.Target], str]) -> Callable[[Group, Section, ColumnDefinition], Sequence[Said]]:
    def read(group: Group, section: Section, column: ColumnDefinition) -> Sequence[Said]:
        found = targets_of(group.table, section, column, group.names)
        return [
            NOT_FORMED if (one := found[line.index]) is None else say(one) for line in group.lines if line is not None
        ]

    return read


_READ: dict[str, Callable[[Group, Section, ColumnDefinition], Sequence[Said]]] = {
    "档次": _tier, "方向": _of_target(lambda target: target.sign), "单位": _of_target(lambda target: target.unit),
}  # fmt: skip


class _Weighed(NamedTuple):
    """A figure of the line with a whole weight."""

    weight: int
    column: Columns


def _of_figures(node: Compare) -> Plan[Evidence] | None:
    """Weighted figures of the line compared: their difference with zero."""
    decide = DECIDE.get(node.comparison)
    found = _weighed(node.left, Fraction(1)), _weighed(node.right, Fraction(-1))
    if decide is None or found[0] is None or found[1] is None:
        return None
    fractions = [*found[0], *found[1]]
    common = lcm(*[weight.denominator for weight, _ in fractions])
    figures = [_Weighed(int(weight * common), column) for weight, column in fractions]

    def look_up(group: Group, scope: Scope) -> Evidences:
        section = group.section
        columns = [] if section is None else _sole_figures(figures, section, group)
        if section is None or not columns:
            return [UNKNOWN] * len(group.lines)
        found = [column_spans(group.table, section, column, group.names) for column in columns]
        return [
            _difference(decide, figures, [spans[line.index] for spans in found])
            for line in group.lines if line is not None
        ]

    return look_up


def _sole_figures(figures: Sequence[_Weighed], section: Section, group: Group) -> list[ColumnDefinition]:
    """The columns, if each is one and all are amounts, or none is: amounts and bare numbers have two scales."""
    wanted = [each.column.of_figures(section, group) for each in figures]
    found = [one[0][0] for one in wanted if one is not None and not one[1]]
    return found if len(found) == len(figures) and len({one.type in AMOUNT_TYPES for one in found}) == 1 else []


def _difference(decide: Decide, figures: Sequence[_Weighed], spans: Sequence[Span | NoFigure | None]) -> Evidence:
    printed = reach = 0
    for (weight, _), span in zip(figures, spans, strict=True):
        if type(span) is not tuple:
            return NOT_FORMED if span is UNFORMED else UNKNOWN
        printed += weight * span[0]
        reach += abs(weight) * span[1]
    return decide(printed, reach)


def _weighed(node: Expression, weight: Fraction) -> list[tuple[Fraction, Columns]] | None:
    """The figures of a sum; ``None`` for anything that is no sum of weighted figures of the line."""
    if isinstance(node, Number) and not node.value:
        return []
    if isinstance(node, Negate):
        return _weighed(node.operand, -weight)
    if isinstance(node, Binary) and node.operator in "+-":
        left, right = _weighed(node.left, weight), _weighed(node.right, weight if node.operator == "+" else -weight)
        return None if left is None or right is None else [*left, *right]
    if isinstance(node, Binary) and node.operator == "*" and (factor := _number(node.left)) is not None:
        return _weighed(node.right, weight * factor)
    column = own_column(node)
    return None if column is None else [(weight, column)]


def _number(node: Expression) -> Fraction | None:
    if isinstance(node, Percent):
        whole = _number(node.operand)
        return None if whole is None else whole / 100
    return Fraction(node.value) if isinstance(node, Number) else None
