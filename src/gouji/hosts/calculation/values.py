"""What formulas compute with, and Excel's conversions between numbers, texts and truth values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Context, Decimal
from enum import Enum
from typing import NamedTuple

from gouji.hosts.digits import SIGNIFICANT_DIGITS, float_text, stored_text


class ErrorValue(Enum):
    """An error as a cell shows it."""

    NULL = "#NULL!"
    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    REF = "#REF!"
    NAME = "#NAME?"
    NUM = "#NUM!"
    NA = "#N/A"


Value = float | str | bool | None | ErrorValue
"""A cell's value; ``None`` is a blank cell."""


class Table(NamedTuple):
    """A rectangle of values; ``reference``: cells of a sheet."""

    rows: tuple[tuple[Value, ...], ...]
    reference: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return len(self.rows), len(self.rows[0])

    def values(self) -> Iterator[Value]:
        """Every value, row by row."""
        for row in self.rows:
            yield from row


Argument = Value | Table


class Failed(Exception):  # noqa: N818  an outcome of the formula, no fault of the program
    """The formula's value is this error."""

    def __init__(self, error: ErrorValue) -> None:
        super().__init__(error.value)
        self.error = error


class Unsupported(Exception):  # noqa: N818
    """The value cannot be told with certainty; the reason is a Chinese phrase."""


class Refusal(NamedTuple):
    """An ``Unsupported`` on its way through the functions around it."""

    reason: str


_NEARLY_EQUAL = 2.0**-48
_EXACT = Context(prec=60)
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_PERHAPS_NUMBER = re.compile(r"(?=.*\d)[\s\d,，.．%％￥$¥()（）+\-－/:：年月日时分秒元eE]*", re.DOTALL)
_TEXT_LIMIT = 32_767
"""Characters a cell can hold; longer results are errors in Excel too."""


def scalar(argument: Argument) -> Value:
    """The single value of an argument."""
    if isinstance(argument, Table):
        if argument.shape != (1, 1):
            raise Unsupported("需要数组运算")
        return argument.rows[0][0]
    return argument


def members(argument: Argument) -> Iterator[Value]:
    """The values of an argument, one or many."""
    if isinstance(argument, Table):
        yield from argument.values()
    else:
        yield argument


def checked(value: Value) -> Value:
    """The value itself, unless it is an error."""
    if isinstance(value, ErrorValue):
        raise Failed(value)
    return value


def number(argument: Argument) -> float:
    """As arithmetic takes it: blank 0, TRUE 1, a text that spells a number that number, else ``#VALUE!``."""
    value = checked(scalar(argument))
    if value is None:
        return 0.0
    if isinstance(value, str):
        return number_in_text(value)
    assert not isinstance(value, ErrorValue)
    return float(value)


def number_in_text(text: str) -> float:
    """``" 7 "`` 7, ``1,234.5`` 1234.5, ``12%`` 0.12; a text that only some programs would read is ``Unsupported``."""
    body = text.strip(" ")
    percent = body.endswith("%")
    body = body.removesuffix("%").rstrip(" ") if percent else body
    spelling = stored_text(body.replace(",", "") if _GROUPED.fullmatch(body) else body)
    if spelling is not None:
        return float(spelling) / 100 if percent else float(spelling)
    if _PERHAPS_NUMBER.fullmatch(text):
        raise Unsupported(f"文本“{text}”是否算作数字，各软件不同")
    raise Failed(ErrorValue.VALUE)


def text(argument: Argument) -> str:
    """As ``&`` takes it: blank is empty, numbers at 15 digits, TRUE and FALSE by name."""
    value = checked(scalar(argument))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    assert not isinstance(value, ErrorValue)
    if value and not 1e-5 <= abs(value) < 1e15:
        raise Unsupported("极大或极小的数字转为文本")
    return float_text(value)


def limited(result: str) -> str:
    """A text result, if a cell can hold it."""
    if len(result) > _TEXT_LIMIT:
        raise Failed(ErrorValue.VALUE)
    return result


def truth(argument: Argument) -> bool:
    """As a condition: blank FALSE, numbers by being non-zero, the texts TRUE and FALSE, else ``#VALUE!``."""
    value = checked(scalar(argument))
    if isinstance(value, str):
        if value.upper() not in ("TRUE", "FALSE"):
            require(stored_text(value.strip()) is None, f"文本“{value}”作为条件")
            raise Failed(ErrorValue.VALUE)
        return value.upper() == "TRUE"
    return bool(value)


def whole(argument: Argument) -> int:
    """A count or position: the number without its fraction."""
    return math.trunc(number(argument))


def finite(result: float) -> float:
    """A numeric result, or ``#NUM!`` when it is beyond what a cell holds."""
    if isinstance(result, complex) or not math.isfinite(result):
        raise Failed(ErrorValue.NUM)
    return result


def sum_of(terms: list[float]) -> float:
    """The sum: of decimals exactly, so that amounts leave no binary remainder.

    Where a term has no fifteen digits (1/3), what is left of terms that cancel to their fifteenth digit is 0.
    """
    spelled = [repr(term) for term in terms]
    if all(len(text) <= SIGNIFICANT_DIGITS and "e" not in text for text in spelled):
        total = Decimal(0)
        for text in spelled:
            total = _EXACT.add(total, Decimal(text))
        return float(total)
    result = math.fsum(terms)
    return 0.0 if abs(result) < _NEARLY_EQUAL * max(map(abs, terms)) else finite(result)


def same_number(left: float, right: float) -> bool:
    """Equal to fifteen digits, as Excel compares."""
    return left == right or float_text(left) == float_text(right)


def compared(left: Value, right: Value) -> int:
    """-1, 0 or 1 in Excel's order: numbers before texts before FALSE before TRUE; case does not matter."""
    left, right = _counterpart(checked(left), right), _counterpart(checked(right), left)
    ranks = _rank(left), _rank(right)
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if isinstance(left, str) or isinstance(right, str):
        first, second = str(left).lower(), str(right).lower()
        return (first > second) - (first < second)
    assert isinstance(left, float | int)
    assert isinstance(right, float | int)
    return 0 if same_number(left, right) else (left > right) - (left < right)


def _counterpart(value: Value, other: Value) -> Value:
    """A blank cell takes the empty value of what it is compared with."""
    if value is not None:
        return value
    if isinstance(other, str):
        return ""
    return False if isinstance(other, bool) else 0.0


def _rank(value: Value) -> int:
    if isinstance(value, bool):
        return 2
    return 1 if isinstance(value, str) else 0


def require(condition: bool, reason: str) -> None:
    """Refuse the formula unless the condition holds."""
    if not condition:
        raise Unsupported(reason)
