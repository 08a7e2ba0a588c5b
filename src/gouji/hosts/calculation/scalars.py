"""Functions of single values: rounding, conditions, texts, questions."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from gouji.hosts.calculation.operators import Function, each, power
from gouji.hosts.calculation.values import (
    Argument,
    ErrorValue,
    Failed,
    Value,
    checked,
    finite,
    limited,
    number,
    number_in_text,
    require,
    text,
    truth,
    whole,
)
from gouji.hosts.digits import float_text
from gouji.number_format import decimals, is_date, printed

_WIDE = Context(prec=400, Emin=-999_999, Emax=999_999)
_EDGE = "结果取决于第十六位数字"


def _rounded(value: Decimal, places: int, rounding: str) -> float:
    exponent = Decimal(1).scaleb(-places, _WIDE)
    return finite(float(value.quantize(exponent, rounding, _WIDE)))


def _round(value: Value, places: Value) -> Value:
    """Half away from zero of the fifteen digits the number has."""
    return _rounded(Decimal(float_text(number(value))), _places(places), ROUND_HALF_UP)


def _directed(rounding: str) -> Callable[..., Value]:
    """Rounding up or down, refused where the fifteen digits and the binary number behind them part ways."""

    def rounded(value: Value, places: Value = 0.0) -> Value:
        exact, digits = number(value), _places(places)
        result = _rounded(Decimal(float_text(exact)), digits, rounding)
        require(_near(exact) or result == _rounded(Decimal(exact), digits, rounding), _EDGE)
        return result

    return rounded


def _near(exact: float) -> bool:
    """Whether the binary number is the one its fifteen digits spell, so that nothing is left over to disagree on."""
    return float(float_text(exact)) == exact


def _places(value: Value) -> int:
    places = whole(value)
    require(abs(places) <= 300, "舍入位数过大")
    return places


def _integer(value: Value) -> Value:
    exact = number(value)
    result = math.floor(Decimal(float_text(exact)))
    require(_near(exact) or result == math.floor(exact), _EDGE)
    return float(result)


def _remainder(value: Value, divisor: Value) -> Value:
    by = number(divisor)
    if by == 0:
        raise Failed(ErrorValue.DIV0)
    above = Decimal(float_text(number(value)))
    below = Decimal(float_text(by))
    return float(above - below * math.floor(above / below))


def _root(value: Value) -> Value:
    found = number(value)
    if found < 0:
        raise Failed(ErrorValue.NUM)
    return math.sqrt(found)


def _sign(value: Value) -> Value:
    found = number(value)
    return float((found > 0) - (found < 0))


def _if(condition: Argument, then: Argument = True, otherwise: Argument = False) -> Argument:
    return then if truth(condition) else otherwise


def _if_error(value: Value, instead: Value) -> Value:
    return instead if isinstance(value, ErrorValue) else value


def _if_not_available(value: Value, instead: Value) -> Value:
    return instead if value is ErrorValue.NA else value


def _left(value: Value, count: Value = 1.0) -> Value:
    return text(value)[: _length(count)]


def _right(value: Value, count: Value = 1.0) -> Value:
    found, length = text(value), _length(count)
    return found[-length:] if length else ""


def _middle(value: Value, start: Value, count: Value) -> Value:
    first = whole(start)
    if first < 1:
        raise Failed(ErrorValue.VALUE)
    return text(value)[first - 1 : first - 1 + _length(count)]


def _length(count: Value) -> int:
    length = whole(count)
    if length < 0:
        raise Failed(ErrorValue.VALUE)
    return length


def _trim(value: Value) -> Value:
    return " ".join(part for part in text(value).split(" ") if part)


def _concatenate(*values: Value) -> Value:
    return limited("".join(text(value) for value in values))


def _substitute(value: Value, old: Value, new: Value) -> Value:
    found, searched = text(value), text(old)
    return limited(found.replace(searched, text(new))) if searched else found


def _find(searched: Value, within: Value, start: Value = 1.0) -> Value:
    first = whole(start)
    position = text(within).find(text(searched), first - 1) if first >= 1 else -1
    if position < 0:
        raise Failed(ErrorValue.VALUE)
    return float(position + 1)


def _value(value: Value) -> Value:
    if isinstance(checked(value), bool):
        raise Failed(ErrorValue.VALUE)
    return number_in_text(value) if isinstance(value, str) else number(value)


def _text(value: Value, number_format: Value) -> Value:
    """Only for formats that fix their decimals; the others depend on the program's language."""
    wanted = text(number_format)
    if isinstance(checked(value), str):
        return value
    require(decimals(wanted) is not None and not is_date(wanted) and "[" not in wanted, "TEXT 的这种格式")
    return printed(float_text(number(value)), wanted)


def _is_blank(value: Value) -> Value:
    return value is None


def _is_number(value: Value) -> Value:
    return isinstance(value, float | int) and not isinstance(value, bool)


SCALARS: dict[str, Function] = {
    "ROUND": each(_round),
    "ROUNDUP": each(_directed(ROUND_UP)),
    "ROUNDDOWN": each(_directed(ROUND_DOWN)),
    "TRUNC": each(_directed(ROUND_DOWN)),
    "INT": each(_integer),
    "MOD": each(_remainder),
    "ABS": each(lambda value: abs(number(value))),
    "SIGN": each(_sign),
    "SQRT": each(_root),
    "POWER": each(power),
    "IF": _if,
    "IFERROR": each(_if_error),
    "IFNA": each(_if_not_available),
    "_XLFN.IFNA": each(_if_not_available),
    "NOT": each(lambda value: not truth(value)),
    "TRUE": lambda: True,
    "FALSE": lambda: False,
    "LEFT": each(_left),
    "RIGHT": each(_right),
    "MID": each(_middle),
    "LEN": each(lambda value: float(len(text(value).encode("utf-16-le")) // 2)),
    "TRIM": each(_trim),
    "CONCATENATE": each(_concatenate),
    "SUBSTITUTE": each(_substitute),
    "FIND": each(_find),
    "EXACT": each(lambda left, right: text(left) == text(right)),
    "VALUE": each(_value),
    "TEXT": each(_text),
    "ISNUMBER": each(_is_number),
    "ISTEXT": each(lambda value: isinstance(value, str)),
    "ISBLANK": each(_is_blank),
    "ISERROR": each(lambda value: isinstance(value, ErrorValue)),
    "ISNA": each(lambda value: value is ErrorValue.NA),
}
