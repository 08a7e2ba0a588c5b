"""Excel's operators, value by value; a rectangle on either side makes a rectangle."""

from __future__ import annotations

import operator
from collections.abc import Callable

from gouji.hosts.calculation.values import (
    Argument,
    ErrorValue,
    Failed,
    Table,
    Unsupported,
    Value,
    compared,
    finite,
    limited,
    number,
    scalar,
    sum_of,
    text,
)

Function = Callable[..., Argument]


def each(function: Callable[..., Value]) -> Function:
    """The function applied to every place of its arguments; one row, one column or one value is repeated."""

    def broadcast(*arguments: Argument) -> Argument:
        shapes = [argument.shape for argument in arguments if isinstance(argument, Table)]
        height = max((shape[0] for shape in shapes), default=1)
        width = max((shape[1] for shape in shapes), default=1)
        if (height, width) == (1, 1):
            return function(*(scalar(argument) for argument in arguments))
        if any(shape[0] not in (1, height) or shape[1] not in (1, width) for shape in shapes):
            raise Unsupported("区域大小不一致的数组运算")
        return Table(
            tuple(
                tuple(_outcome(function, [_at(a, row, column) for a in arguments]) for column in range(width))
                for row in range(height)
            )
        )

    return broadcast


def _at(argument: Argument, row: int, column: int) -> Value:
    if not isinstance(argument, Table):
        return argument
    height, width = argument.shape
    return argument.rows[row if height > 1 else 0][column if width > 1 else 0]


def _outcome(function: Callable[..., Value], arguments: list[Value]) -> Value:
    try:
        return function(*arguments)
    except Failed as failed:
        return failed.error


def _add(left: Value, right: Value) -> Value:
    return sum_of([number(left), number(right)])


def _subtract(left: Value, right: Value) -> Value:
    return sum_of([number(left), -number(right)])


def _multiply(left: Value, right: Value) -> Value:
    return finite(number(left) * number(right))


def _divide(left: Value, right: Value) -> Value:
    above, below = number(left), number(right)
    if below == 0:
        raise Failed(ErrorValue.DIV0)
    return finite(above / below)


def power(left: Value, right: Value) -> Value:
    """``left ^ right``; 0 to the 0 is ``#NUM!``."""
    base, exponent = number(left), number(right)
    if base == 0 and exponent <= 0:
        raise Failed(ErrorValue.DIV0 if exponent else ErrorValue.NUM)
    try:
        return finite(base**exponent)
    except OverflowError:
        raise Failed(ErrorValue.NUM) from None


def _join(left: Value, right: Value) -> Value:
    return limited(text(left) + text(right))


def _comparison(holds: Callable[[int, int], bool]) -> Function:
    return each(lambda left, right: holds(compared(left, right), 0))


def identity(argument: Argument) -> Argument:
    """Unary plus: nothing changes, not even a text."""
    return argument


as_number = each(number)
"""Two minus signs: TRUE becomes 1, a text its number."""

OPERATORS: dict[str, Function] = {
    "+": each(_add),
    "-": each(_subtract),
    "*": each(_multiply),
    "/": each(_divide),
    "^": each(power),
    "&": each(_join),
    "%": each(lambda value: number(value) / 100),
    "U-": each(lambda value: -number(value)),
    "U+": identity,
    "=": _comparison(operator.eq),
    "<>": _comparison(operator.ne),
    "<": _comparison(operator.lt),
    "<=": _comparison(operator.le),
    ">": _comparison(operator.gt),
    ">=": _comparison(operator.ge),
}
"""By the names the parser gives them: ``U-`` and ``U+`` are signs."""
