"""Walks over expressions."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.language.ast import Binary, Call, Compare, Expression, Negate, Percent, Reference


def children(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly below one."""
    match expression:
        case Call(arguments=arguments):
            return arguments
        case Negate(operand=operand) | Percent(operand=operand):
            return (operand,)
        case Binary(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
    return ()


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, from the left."""
    yield expression
    for child in children(expression):
        yield from parts(child)


def references(expression: Expression, call: str | None = None) -> Iterator[tuple[Reference, str | None]]:
    """Every reference from the left, with the function whose argument it is (``None`` outside of functions)."""
    if isinstance(expression, Reference):
        yield expression, call
        return
    inner = expression.name if isinstance(expression, Call) else None
    for child in children(expression):
        yield from references(child, inner)
