"""Typed tree to text, in Excel's half-width spelling. ``parse(unparse(x)) == x``."""

from __future__ import annotations

import re

from gouji.language.ast import (
    Axis,
    Binary,
    Call,
    Code,
    Compare,
    Each,
    Expression,
    Here,
    Label,
    Negate,
    Number,
    Parameter,
    Path,
    Percent,
    Place,
    Reference,
    Step,
    Text,
)

_COMPARE, _SUM, _PRODUCT, _UNARY, _PERCENT, _ATOM = range(6)
_PLAIN = re.compile(r'[^\s\[\]/:,，"][^\[\]/:,，"\n]*')
_TAKEN = re.compile(r"各.*|下级|本行|本栏|本表|[0-9]{3,}", re.DOTALL)


def unparse(expression: Expression) -> str:
    """The canonical text of an expression, with no more brackets than it needs."""
    return _text(expression)[0]


def unparse_place(place: Place) -> str:
    """The canonical text of a place, without its square brackets."""
    return ", ".join(_axis(axis) for axis in place.axes)


def _text(expression: Expression) -> tuple[str, int]:
    """The text and how tightly its outermost operator binds."""
    match expression:
        case Compare(comparison=sign, left=left, right=right):
            return f"{_bound(left, _SUM)} {sign} {_bound(right, _SUM)}", _COMPARE
        case Binary(operator=sign, left=left, right=right):
            own = _SUM if sign in "+-" else _PRODUCT
            return f"{_bound(left, own)} {sign} {_bound(right, own + 1)}", own
        case Negate(operand=operand):
            return f"-{_bound(operand, _UNARY)}", _UNARY
        case Percent(operand=operand):
            return f"{_bound(operand, _PERCENT)}%", _PERCENT
        case _:
            return _atom(expression), _ATOM


def _bound(expression: Expression, least: int) -> str:
    text, binding = _text(expression)
    return text if binding >= least else f"({text})"


def _atom(expression: Number | Text | Parameter | Call | Reference) -> str:
    match expression:
        case Call(name=name, arguments=arguments):
            return f"{name}({', '.join(unparse(argument) for argument in arguments)})"
        case Reference():
            return _reference(expression)
        case Number(value=value):
            return format(value, "f")
        case Text(value=value):
            return f"“{value}”" if '"' in value else f'"{value}"'
        case Parameter(name=name):
            return name


def _reference(reference: Reference) -> str:
    names = [name for name in (reference.book, reference.table) if name]
    return f"{'.'.join(names)}[{unparse_place(reference.place)}]"


def _axis(axis: Axis) -> str:
    start = _path(axis.start)
    return start if axis.end is None else f"{start}:{_path(axis.end)}"


def _path(path: Path) -> str:
    return "/".join(_step(step) for step in path.steps)


def _step(step: Step) -> str:
    match step:
        case Here(word=word):
            return word
        case Each(kind=kind):
            return kind if kind == "下级" else f"各{kind}"
        case Code(code=code):
            return code
        case Label(name=name):
            plain = _PLAIN.fullmatch(name) and name == name.rstrip() and not _TAKEN.fullmatch(name)
            return name if plain else f'"{name}"'
