"""Functions over many values: in cells texts, truth values and blanks are passed over, elsewhere they are converted."""

from __future__ import annotations

import math
from collections.abc import Iterator

from gouji.hosts.calculation.operators import Function
from gouji.hosts.calculation.values import (
    Argument,
    ErrorValue,
    Failed,
    Table,
    checked,
    finite,
    members,
    number,
    require,
    sum_of,
    truth,
)


def numbers(arguments: tuple[Argument, ...]) -> Iterator[float]:
    """The numbers an aggregate takes; an error among them is its result."""
    for argument in arguments:
        if not isinstance(argument, Table):
            yield number(argument)
            continue
        for value in argument.values():
            if type(value) is float:
                yield value
            else:
                checked(value)


def _sum(*arguments: Argument) -> Argument:
    return sum_of(list(numbers(arguments)))


def _product(*arguments: Argument) -> Argument:
    found = list(numbers(arguments))
    return finite(math.prod(found)) if found else 0.0


def _average(*arguments: Argument) -> Argument:
    return mean(list(numbers(arguments)))


def mean(found: list[float]) -> float:
    """The mean; of nothing it is ``#DIV/0!``."""
    if not found:
        raise Failed(ErrorValue.DIV0)
    return sum_of(found) / len(found)


def _minimum(*arguments: Argument) -> Argument:
    return min(numbers(arguments), default=0.0)


def _maximum(*arguments: Argument) -> Argument:
    return max(numbers(arguments), default=0.0)


def _count(*arguments: Argument) -> Argument:
    return float(sum(_counts(value, argument) for argument in arguments for value in members(argument)))


def _counts(value: Argument, argument: Argument) -> bool:
    if isinstance(argument, Table):
        return isinstance(value, float | int) and not isinstance(value, bool)
    try:
        number(value)
    except Failed:
        return False
    return True


def _count_filled(*arguments: Argument) -> Argument:
    return float(sum(value is not None for argument in arguments for value in members(argument)))


def _count_blank(argument: Argument) -> Argument:
    return float(sum(value is None or value == "" for value in members(argument)))


def _truths(arguments: tuple[Argument, ...]) -> list[bool]:
    found = []
    for argument in arguments:
        if not isinstance(argument, Table):
            found.append(truth(argument))
            continue
        for value in argument.values():
            if not isinstance(checked(value), str | None):
                found.append(truth(value))
    if not found:
        raise Failed(ErrorValue.VALUE)
    return found


def _and(*arguments: Argument) -> Argument:
    return all(_truths(arguments))


def _or(*arguments: Argument) -> Argument:
    return any(_truths(arguments))


def _sum_of_products(*arguments: Argument) -> Argument:
    tables = [argument if isinstance(argument, Table) else Table(((argument,),)) for argument in arguments]
    if len({table.shape for table in tables}) > 1:
        raise Failed(ErrorValue.VALUE)
    rows = zip(*(table.values() for table in tables), strict=True)
    return sum_of([finite(math.prod(_factor(value) for value in row)) for row in rows])


def _factor(value: Argument) -> float:
    """Inside SUMPRODUCT whatever is no number counts as 0."""
    if isinstance(value, ErrorValue):
        raise Failed(value)
    return float(value) if isinstance(value, float | int) and not isinstance(value, bool) else 0.0


def _largest(argument: Argument, position: Argument) -> Argument:
    return _ranked(argument, position, descending=True)


def _smallest(argument: Argument, position: Argument) -> Argument:
    return _ranked(argument, position, descending=False)


def _ranked(argument: Argument, position: Argument, *, descending: bool) -> Argument:
    found = sorted(numbers((argument,)), reverse=descending)
    place = number(position)
    require(place == int(place), "名次不是整数")
    if not 1 <= place <= len(found):
        raise Failed(ErrorValue.NUM)
    return found[int(place) - 1]


AGGREGATES: dict[str, Function] = {
    "SUM": _sum,
    "PRODUCT": _product,
    "AVERAGE": _average,
    "MIN": _minimum,
    "MAX": _maximum,
    "COUNT": _count,
    "COUNTA": _count_filled,
    "COUNTBLANK": _count_blank,
    "AND": _and,
    "OR": _or,
    "SUMPRODUCT": _sum_of_products,
    "LARGE": _largest,
    "SMALL": _smallest,
}
