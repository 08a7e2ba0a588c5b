"""Targets and results of performance forms: ``≥150件`` against ``245``, ``优良中低差`` against ``优``.

A target is exact; a result is a figure. What cannot be compared is said to be so and never scored.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from gouji.figures import BARE, PERCENT, Figure
from gouji.labels import squeezed
from gouji.numerals import read_numeral

Sign: TypeAlias = Literal["≥", "≤", "=", ""]
_SIGNS: dict[str, Sign] = {
    "≥": "≥", ">=": "≥", "大于等于": "≥", "不少于": "≥", "不低于": "≥", "≧": "≥",
    "≤": "≤", "<=": "≤", "小于等于": "≤", "不超过": "≤", "不高于": "≤", "≦": "≤",
    "=": "=", "等于": "=",
}
_SIGNED = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
GRADES = "优良中低差"


class Target(NamedTuple):
    """A target: ``sign`` with a figure and its unit, or the ``grades`` it lists, or words (all empty)."""

    sign: Sign
    figure: Figure | None
    unit: str
    grades: str = ""


class Result(NamedTuple):
    """An actual value: a figure and its unit, or words."""

    figure: Figure | None
    unit: str
    words: str = ""


@lru_cache(maxsize=4096)
def read_target(text: str, sign: str = "", unit: str = "") -> Target:
    """A printed target; ``sign`` and ``unit`` come from sibling columns where the form splits it."""
    plain = squeezed(text)
    match = _SIGNED.match(squeezed(sign) or plain)
    number = plain[match.end():] if match and not sign else plain
    numeral = read_numeral(number)
    if numeral is None:
        grades = plain if len(plain) > 1 and set(plain) <= set(GRADES) else ""
        return Target("", None, "", grades)
    kind: Sign = _SIGNS[match[0]] if match else "="
    figure, printed_unit = _figure(numeral.digits, numeral.places, numeral.unit or unit)
    return Target(kind, figure._replace(last=None), printed_unit)


@lru_cache(maxsize=4096)
def read_result(text: str, unit: str = "", shown: int | None = None) -> Result:
    """A printed result; whole numbers without % are exact counts. ``shown`` are the decimals a format prints."""
    numeral = read_numeral(text)
    if numeral is None:
        return Result(None, "", squeezed(text))
    figure, printed_unit = _figure(numeral.digits, numeral.places, numeral.unit or unit)
    if printed_unit != "%" and figure.places <= 0:
        return Result(figure._replace(last=None), printed_unit)
    return Result(figure, printed_unit)


def _figure(digits: int, places: int, unit: str) -> tuple[Figure, str]:
    if unit == "%":
        return Figure(digits, places + 2, places + 2, PERCENT), "%"
    return Figure(digits, places, places, BARE), unit


@lru_cache(maxsize=4096)
def comparable(target: Target, result: Result) -> bool:
    """Whether the result can be measured against the target: numbers of one kind, or a grade of the list."""
    if target.grades:
        return result.words in tuple(target.grades)
    if target.figure is None or result.figure is None:
        return False
    return (target.unit == "%") == (result.unit == "%") and _same(target.unit, result.unit)


def _same(target: str, result: str) -> bool:
    return not target or not result or target == result


@lru_cache(maxsize=4096)
def met(target: Target, result: Result) -> bool | None:
    """Whether the target is met; ``None`` when they cannot be compared or a middle grade leaves it open.

    The printed result is taken as it stands: 90.00 % meets ≥90 %.
    """
    if not comparable(target, result):
        return None
    if target.grades:
        return True if result.words == target.grades[0] else None
    assert target.figure is not None  # comparable
    assert result.figure is not None
    want, have = target.figure.value, result.figure.value
    return {"≥": have >= want, "≤": have <= want, "=": have == want, "": None}[target.sign]
