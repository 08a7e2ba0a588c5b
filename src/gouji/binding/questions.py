"""Questions that print answers: comparisons and measures of what a line of a form prints, asked of a whole section.

What a cell says in words is certain; a figure is known within its rounding, and whatever is near the edge is left to
the exact verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import add, mul, sub
from typing import TypeAlias

from gouji import targets
from gouji.binding.evidence import (
    COMPARED,
    NO_OPEN_END,
    NOT_FORMED,
    UNKNOWN,
    Evidence,
    Evidences,
    degree,
)
from gouji.binding.planning import Columns, own_column
from gouji.binding.standing import Group
from gouji.binding.terms import UNFORMED, Spans, column_spans
from gouji.binding.texts import results_of, targets_of
from gouji.labels import squeezed
from gouji.language.ast import Binary, Call, Compare, Expression, Negate, Number, Percent, Text
from gouji.tables.definition import AMOUNT_TYPES, ColumnDefinition
from gouji.tables.model import Section


@dataclass(frozen=True, eq=False)
class Question:
    """A comparison or measure of what a line prints in ``columns``.

    ``find`` the columns that a group's section prints (none: it cannot be answered there), ``answer`` it for every
    line of the section.
    """

    columns: Callable[[Section, Group], Sequence[ColumnDefinition]]
    answer: Callable[[Section, Group, Sequence[ColumnDefinition]], Evidences]

    def asked(self, group: Group) -> Evidences:
        """The answer on each line of ``group``."""
        found = self.on_section(group)
        if found is None:
            return [UNKNOWN] * len(group.lines)
        return [found[line.index] for line in group.lines if line is not None]

    def on_section(self, group: Group) -> Evidences | None:
        """The answer on every line of the group's section, worked out once; ``None`` where there is none."""
        section, names = group.section, group.names
        columns = () if section is None else self.columns(section, group)
        if section is None or not columns:
            return None
        names.read.update([(id(section), one.name) for one in columns])
        key = id(self), id(section), tuple([one.name for one in columns])
        found = names.answers.get(key)
        if found is None:
            found = names.answers[key] = self.answer(section, group, columns)
        return found


def question(node: Expression) -> Question | None:
    """A part of a formula that is no AND, OR or NOT; parts that are written alike are one question."""
    known = _QUESTIONS.get(node)
    if known is None:
        if isinstance(node, Compare):
            known = _of_words(node) or _of_figures(node)
        elif isinstance(node, Call):
            known = _of_measure(node)
        if known is not None:
            if len(_QUESTIONS) >= MOST_QUESTIONS:
                _QUESTIONS.clear()
            _QUESTIONS[node] = known
    return known


MOST_QUESTIONS = 4096
_QUESTIONS: dict[Expression, Question] = {}


def _of_measure(node: Call) -> Question | None:
    """达标 and 可比 of two columns of the line."""
    told = {"达标": _met, "可比": _comparable}.get(node.name)
    named = [own_column(argument) for argument in node.arguments]
    if told is None or len(named) != 2 or None in named:
        return None

    def answer(section: Section, group: Group, columns: Sequence[ColumnDefinition]) -> Evidences:
        aim, done = columns
        wanted = targets_of(group.table, section, aim, group.names)
        had = results_of(group.table, section, done, group.names)
        return [
            NOT_FORMED if want is None or have is None else told(want, have)
            for want, have in zip(wanted, had, strict=True)
        ]

    return Question(_texts(named), answer)


def _texts(named: Sequence[Columns | None]) -> Callable[[Section, Group], Sequence[ColumnDefinition]]:
    """The columns of texts that are named, if each is one."""

    def find(section: Section, group: Group) -> Sequence[ColumnDefinition]:
        found = [each.sole_text(section, group) for each in named if each is not None]
        return [] if None in found else found  # type: ignore[return-value]

    return find


def _met(target: targets.Target, result: targets.Result) -> Evidence:
    verdict = targets.met(target, result)
    return NOT_FORMED if verdict is None else NO_OPEN_END[verdict]


def _comparable(target: targets.Target, result: targets.Result) -> Evidence:
    return NO_OPEN_END[targets.comparable(target, result)]


Said: TypeAlias = str | Evidence
"""What a cell says in words, or why there is nothing to compare."""
Reader: TypeAlias = Callable[[Section, Group, ColumnDefinition], Sequence[Said]]


def _of_words(node: Compare) -> Question | None:
    """A text of the formula, or what a function reads as one, compared with another."""
    if not any(isinstance(side, (Text, Call)) for side in (node.left, node.right)):
        return None
    left, right = _words(node.left), _words(node.right)
    if left is None or right is None or node.comparison not in {"=", "<>"}:
        return None
    wanted = node.comparison == "="
    sides = left, right

    def answer(section: Section, group: Group, columns: Sequence[ColumnDefinition]) -> Evidences:
        column = iter(columns)
        said = [
            [side] * len(section.lines) if isinstance(side, str) else side[1](section, group, next(column))
            for side in sides
        ]
        return [
            NO_OPEN_END[(one == other) is wanted] if type(one) is type(other) is str else _hole(one, other)
            for one, other in zip(*said, strict=True)
        ]

    return Question(_texts([side[0] for side in sides if not isinstance(side, str)]), answer)


def _hole(one: object, other: object) -> Evidence:
    return UNKNOWN if UNKNOWN in (one, other) else NOT_FORMED


def _words(node: Expression) -> str | tuple[Columns, Reader] | None:
    """A text of the formula, the words of a text column of the line, or what 档次, 方向 and 单位 read there."""
    if isinstance(node, Text):
        return squeezed(node.value)
    named = own_column(node.arguments[0]) if isinstance(node, Call) and len(node.arguments) == 1 else own_column(node)
    read = _READ.get(node.name) if isinstance(node, Call) else _printed
    return None if named is None or read is None else (named, read)


def _printed(section: Section, group: Group, column: ColumnDefinition) -> Sequence[Said]:
    if column.type in {"实际值", "指标值"}:
        return [UNKNOWN] * len(section.lines)
    cells, place = group.table.sheet.cells, section.place
    places = [place(line, column.name) for line in section.lines]
    return [
        NOT_FORMED if at is None else "" if (cell := cells.get(at)) is None else squeezed(cell.text)
        for at in places
    ]


def _tier(section: Section, group: Group, column: ColumnDefinition) -> Sequence[Said]:
    names, key = group.names, (id(section), column.name)
    if key not in names.tiers:
        names.tiers[key] = [
            NOT_FORMED if one is None else targets.read_tier(one.words)
            for one in results_of(group.table, section, column, names)
        ]
    return names.tiers[key]


def _of_target(say: Callable[[targets.Target], str]) -> Reader:
    return lambda section, group, column: [
        NOT_FORMED if one is None else say(one) for one in targets_of(group.table, section, column, group.names)
    ]


_READ: dict[str, Reader] = {
    "档次": _tier, "方向": _of_target(lambda target: target.sign), "单位": _of_target(lambda target: target.unit),
}  # fmt: skip


def _of_figures(node: Compare) -> Question | None:
    """Weighted figures of the line compared: their difference with zero."""
    compared = COMPARED.get(node.comparison)
    found = _weighed(node.left, Fraction(1)), _weighed(node.right, Fraction(-1))
    if compared is None or found[0] is None or found[1] is None:
        return None
    fractions = [*found[0], *found[1]]
    common = lcm(*[weight.denominator for weight, _ in fractions])
    weights = [int(weight * common) for weight, _ in fractions]
    named = [column for _, column in fractions]

    def answer(section: Section, group: Group, columns: Sequence[ColumnDefinition]) -> Evidences:
        found = [column_spans(group.table, section, column, group.names) for column in columns]
        told = [compared[one] for one in _degrees(weights, found)]
        for spans in reversed(found):  # the first that is no figure says why
            for line, hole in spans.holes.items():
                told[line] = NOT_FORMED if hole is UNFORMED else UNKNOWN
        return told

    return Question(lambda section, group: _sole_figures(named, section, group), answer)


def _sole_figures(named: Sequence[Columns], section: Section, group: Group) -> list[ColumnDefinition]:
    """The columns, if each is one and all are amounts, or none is: amounts and bare numbers have two scales."""
    wanted = [column.of_figures(section, group) for column in named]
    found = [one[0][0] for one in wanted if one is not None and not one[1]]
    return found if len(found) == len(named) and len({one.type in AMOUNT_TYPES for one in found}) == 1 else []


def _degrees(weights: Sequence[int], found: Sequence[Spans]) -> list[int]:
    """On each line the ``degree`` of weighted figures added up."""
    if weights == [1, -1]:
        one, other = found
        printed, reach = map(sub, one.twice, other.twice), map(add, one.reach, other.reach)
        return list(map(degree, printed, reach))
    heavy = list(map(abs, weights))
    return [
        degree(sum(map(mul, weights, printed)), sum(map(mul, heavy, reach)))
        for printed, reach in zip(
            zip(*[spans.twice for spans in found], strict=True), zip(*[spans.reach for spans in found], strict=True),
            strict=True,
        )
    ]


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
