"""Formulas with one mistake each: a wrong operator or sign, a term or a member of a set left out.

What a person gets wrong when typing a formula. The examples of a good rule notice every one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Instance, Many, Negative
from gouji.language.ast import (
    Binary,
    Call,
    Compare,
    Comparison,
    Each,
    Expression,
    Formula,
    Negate,
    Number,
    Operator,
    Reference,
    Text,
)
from gouji.language.functions import SET_FUNCTIONS
from gouji.language.unparse import unparse
from gouji.language.walking import references
from gouji.packs.model import Rule

MutationKind: TypeAlias = Literal["运算符", "比较", "符号", "漏项", "区间端点", "函数", "常数"]
"""Operator, comparison, sign, term left out, end of a range, function, constant."""
KINDS: tuple[MutationKind, ...] = ("运算符", "比较", "符号", "漏项", "区间端点", "函数", "常数")

_COMPARISONS: dict[Comparison, tuple[Comparison, ...]] = {
    "=": ("<=", ">="), "<=": (">=", "="), ">=": ("<=", "="), "<": (">", "="), ">": ("<", "="), "<>": ("=",),
}  # fmt: skip
_OF_WORDS: dict[Comparison, tuple[Comparison, ...]] = {**_COMPARISONS, "=": ("<>",), "<>": ("=",)}
"""Words are equal or not; they have no order."""
_OPERATORS: dict[Operator, Operator] = {"+": "-", "-": "+", "*": "/", "/": "*"}
_FUNCTIONS = {"MIN": "MAX", "MAX": "MIN", "AND": "OR", "OR": "AND", "SUM": "MAX", "AVERAGE": "SUM"}


class Mutant(NamedTuple):
    """A rule with one mistake. ``said`` shows the formula with it.

    ``change`` makes the mistake in instances already bound (a member of a set left out); else ``rule`` holds it.
    """

    kind: MutationKind
    said: str
    rule: Rule
    change: Callable[[Instance], Instance] | None = None


def mutants(rule: Rule) -> Iterator[Mutant]:
    """Every mutant of the rule's checks and of its condition."""
    for number, formula in enumerate(rule.checks):
        for kind, wrong in _wrong(formula.expression):
            checks = (*rule.checks[:number], _formula(formula, wrong), *rule.checks[number + 1 :])
            yield Mutant(kind, unparse(wrong), replace(rule, checks=checks))
        yield from _shorter_sets(rule, formula)
    if rule.when is not None:
        for kind, wrong in _wrong(rule.when.expression):
            yield Mutant(kind, f"when: {unparse(wrong)}", replace(rule, when=_formula(rule.when, wrong)))


def _formula(formula: Formula, expression: Expression) -> Formula:
    return Formula(unparse(expression), expression, formula.line, formula.column)


def _wrong(expression: Expression) -> Iterator[tuple[MutationKind, Expression]]:
    """Copies of an expression with one mistake somewhere in it."""
    yield from _wrong_here(expression)
    match expression:
        case Compare(left=left, right=right):
            mirrored = isinstance(left, Reference) and _has_its_sign_alone(expression)
            words = _is_words(left) or _is_words(right)
            for kind, wrong in (*_wrong(left), *(() if mirrored or words else _negated(left))):
                yield kind, replace(expression, left=wrong)
            for kind, wrong in (*_wrong(right), *(() if words else _negated(right))):
                yield kind, replace(expression, right=wrong)
        case Binary(left=left, right=right):
            yield from ((kind, replace(expression, left=wrong)) for kind, wrong in _wrong(left))
            yield from ((kind, replace(expression, right=wrong)) for kind, wrong in _wrong(right))
        case Negate(operand=operand):
            yield from ((kind, replace(expression, operand=wrong)) for kind, wrong in _wrong(operand))
        case Call(arguments=arguments):
            for number, argument in enumerate(arguments):
                for kind, wrong in _wrong(argument):
                    changed = (*arguments[:number], wrong, *arguments[number + 1 :])
                    yield kind, replace(expression, arguments=changed)


def _wrong_here(expression: Expression) -> Iterator[tuple[MutationKind, Expression]]:
    match expression:
        case Compare(comparison=sign):
            words = any(_is_words(side) for side in (expression.left, expression.right))
            others = _OF_WORDS if words else _COMPARISONS
            yield from (("比较", replace(expression, comparison=other)) for other in others[sign])
        case Binary(operator=sign, left=left, right=right):
            yield "运算符", replace(expression, operator=_OPERATORS[sign])
            if sign in "+-":
                yield "漏项", left
                yield "漏项", right
        case Negate(operand=operand):
            yield "符号", operand
        case Call(name="NOT", arguments=(argument,)):
            yield "函数", argument
        case Call(name=name) if name in _FUNCTIONS:
            yield "函数", replace(expression, name=_FUNCTIONS[name])
        case Number(value=value) if value:
            yield "常数", Number(value + (1 if value == value.to_integral_value() else Decimal(1).scaleb(-1)))
        case Reference():
            yield from _shorter_ranges(expression)


def _has_its_sign_alone(relation: Compare) -> bool:
    """Whether a sign on the left is one on the right (-[a] = [b] is [a] = -[b]), or none at all (-[a] <> 0)."""
    right = relation.right
    return isinstance(right, Reference) or (right == Number(Decimal(0)) and relation.comparison in ("=", "<>"))


def _is_words(side: Expression) -> bool:
    return isinstance(side, Text) or (isinstance(side, Call) and side.name in {"方向", "单位"})


def _negated(side: Expression) -> Iterator[tuple[MutationKind, Expression]]:
    """A side with the sign of its first term wrong."""
    if isinstance(side, Binary) and side.operator in "+-":
        yield from ((kind, replace(side, left=wrong)) for kind, wrong in _negated(side.left))
    elif isinstance(side, Reference | Call | Binary):
        yield "符号", Negate(side)


def _shorter_ranges(reference: Reference) -> Iterator[tuple[MutationKind, Expression]]:
    """A written range that ends where it begins, or begins where it ends."""
    for number, axis in enumerate(reference.place.axes):
        if axis.end is not None:
            for path in (axis.start, axis.end):
                axes = list(reference.place.axes)
                axes[number] = replace(axis, start=path, end=None)
                yield "区间端点", replace(reference, place=replace(reference.place, axes=tuple(axes)))


def _shorter_sets(rule: Rule, formula: Formula) -> Iterator[Mutant]:
    """Sets that lack their first or their last member."""
    if any(call in SET_FUNCTIONS and _is_set(reference) for reference, call in references(formula.expression)):
        for said, kept in (("少第一个", slice(1, None)), ("少最后一个", slice(None, -1))):
            yield Mutant("区间端点", f"{formula.text}（集合{said}）", rule, _shortened(formula, kept))


def _is_set(reference: Reference) -> bool:
    return any(
        axis.end is not None or any(isinstance(step, Each) for step in axis.start.steps)
        for axis in reference.place.axes
    )


def _shortened(formula: Formula, kept: slice) -> Callable[[Instance], Instance]:
    """Leaves only some members of every set in the instances of one formula."""

    def change(instance: Instance) -> Instance:
        if instance.formula is not formula:
            return instance
        return instance._replace(relation=_with_members(instance.relation, kept))

    return change


def _with_members(bound: Bound, kept: slice) -> Bound:
    match bound:
        case Many(terms):
            return Many(terms[kept])
        case Arithmetic() | Compared():
            left, right = _with_members(bound.left, kept), _with_members(bound.right, kept)
            return bound._replace(left=left, right=right)
        case Negative(operand):
            return Negative(_with_members(operand, kept))
        case Applied():
            return bound._replace(arguments=tuple(_with_members(argument, kept) for argument in bound.arguments))
    return bound
