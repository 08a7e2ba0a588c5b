"""Targets and results of performance forms: ``≥150件`` against ``245``, ``优良中低差`` against ``优``.

A target is exact; a result is a figure. What cannot be compared is said to be so and never scored.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from gouji.figures import BARE, PERCENT, Figure
from gouji.labels import squeezed
from gouji.numerals import Numeral, read_numeral
from gouji.periods import Period, read_period

Sign: TypeAlias = Literal["≥", "≤", "=", ""]
Tier: TypeAlias = Literal["达成", "部分达成", "未达成", ""]
_SIGNS: dict[str, Sign] = {
    "≥": "≥", ">=": "≥", "=>": "≥", "≧": "≥", ">": "≥",
    "大于等于": "≥", "大于或等于": "≥", "不少于": "≥", "不低于": "≥", "不小于": "≥", "至少": "≥", "达到": "≥",
    "大于": "≥", "高于": "≥", "多于": "≥", "超过": "≥",
    "≤": "≤", "<=": "≤", "=<": "≤", "≦": "≤", "<": "≤",
    "小于等于": "≤", "小于或等于": "≤", "不超过": "≤", "不高于": "≤", "不大于": "≤", "不多于": "≤", "至多": "≤",
    "控制在": "≤",
    "小于": "≤", "低于": "≤", "少于": "≤",
    "=": "=", "等于": "=",
}
_STRICT = frozenset({">", "大于", "高于", "多于", "超过", "<", "小于", "低于", "少于"})
_SIGNED = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_BEHIND: dict[str, Sign] = {"及以上": "≥", "以上": "≥", "及以下": "≤", "以下": "≤", "以内": "≤", "之内": "≤"}
_ENDING = re.compile("|".join(sorted(_BEHIND, key=len, reverse=True)) + "$")
_TIERS: dict[str, Tier] = {"部分达成": "部分达成", "未达成": "未达成", "达成": "达成"}
_IN_TIME = frozenset({"按期", "按时", "如期", "按期完成", "按时完成", "如期完成", "已按期完成", "已按时完成"})
_PERCENT_WORDS = frozenset({"百分比", "百分数"})
_ASIDE = re.compile(r"(?<=[^\d\s(])\([^()\d]*\)$")  # 3台(套)
GRADES = "优良中低差"
DATED = "日期"
"""The unit of targets and results that are dates."""


class Target(NamedTuple):
    """A target: ``sign`` with a figure and its unit, a ``period``, the ``grades`` it lists, or just ``words``.

    ``sign`` is "" where none is printed; ``strict``: the figure itself does not meet it (``>5``).
    """

    sign: Sign
    figure: Figure | None
    unit: str
    grades: str = ""
    period: Period | None = None
    words: str = ""
    strict: bool = False


class Result(NamedTuple):
    """An actual value: a figure and its unit, a ``period``, or words."""

    figure: Figure | None
    unit: str
    words: str = ""
    period: Period | None = None


@lru_cache(maxsize=4096)
def read_target(text: str, sign: str = "", unit: str = "") -> Target:
    """A printed target; ``sign`` and ``unit`` come from sibling columns where the form splits it."""
    plain = squeezed(text)
    match = _SIGNED.match(squeezed(sign) or plain)
    printed = match[0] if match else ""
    value = plain[len(printed):] if match and not sign else plain
    kind: Sign = _SIGNS[printed] if printed else ""
    if (period := read_period(value)) is not None and not _is_plain_number(value):
        return Target(kind or "≤", None, DATED, period=period, words=plain)
    ending = _ENDING.search(value)
    numeral = read_numeral(_ASIDE.sub("", value[: ending.start()] if ending else value))
    if numeral is None:
        grades = plain if len(plain) > 1 and set(plain) <= set(GRADES) else ""
        return Target("", None, "", grades, words=plain)
    if ending and not printed:
        kind = _BEHIND[ending[0]]
    figure, printed_unit = _figure(numeral, unit)
    return Target(kind, figure._replace(last=None), printed_unit, words=plain, strict=printed in _STRICT)


@lru_cache(maxsize=4096)
def read_result(text: str, unit: str = "") -> Result:
    """A printed result; whole numbers that are no percentage are exact counts."""
    words = squeezed(text)
    if (period := read_period(words)) is not None and not _is_plain_number(words):
        return Result(None, DATED, words, period)
    numeral = read_numeral(_ASIDE.sub("", words))
    if numeral is None:
        return Result(None, "", words)
    figure, printed_unit = _figure(numeral, unit)
    if figure.unit is not PERCENT and figure.places <= 0:
        return Result(figure._replace(last=None), printed_unit, words)
    return Result(figure, printed_unit, words)


@lru_cache(maxsize=1024)
def read_tier(text: str) -> Tier:
    """Which of the three 定性指标 tiers a result names (``部分达成预期指标并具有一定效果``), "" for none."""
    words = squeezed(text)
    return next((tier for start, tier in _TIERS.items() if words.startswith(start)), "")


def _is_plain_number(text: str) -> bool:
    """Whether a text that could be a date is just a number: 2022.12 is no December."""
    return read_numeral(text) is not None and "年" not in text


def _figure(numeral: Numeral, unit: str) -> tuple[Figure, str]:
    """The figure and its unit. ``90 百分比`` is the number 90 of the unit %, ``90%`` is 0.9."""
    digits, places, printed = numeral
    given = _ASIDE.sub("", squeezed(printed or unit))
    if given == "%":
        return Figure(digits, places + 2, places + 2, PERCENT), "%"
    return Figure(digits, places, places, BARE), "%" if given in _PERCENT_WORDS else given


@lru_cache(maxsize=4096)
def comparable(target: Target, result: Result) -> bool:
    """Whether the result can be measured against the target: numbers of one kind, dates, a grade of the list.

    The very words of the target are a result that meets it.
    """
    if target.grades:
        return result.words in tuple(target.grades)
    if target.period is not None:
        return result.period is not None or result.words in _IN_TIME
    if target.figure is None:
        return bool(target.words) and target.words == result.words
    return result.figure is not None and _same_kind(target, result)


def _same_kind(target: Target, result: Result) -> bool:
    """Numbers of one unit, also where one of them prints none; but 95 beside 95% could be 9500%."""
    if target.unit and result.unit:
        return target.unit == result.unit
    return all(side.figure is None or side.figure.unit is not PERCENT for side in (target, result))


def _values(target: Figure, result: Figure) -> tuple[Fraction, Fraction]:
    """Both numbers in one scale."""
    scales = [100 if figure.unit is PERCENT and target.unit != result.unit else 1 for figure in (target, result)]
    return target.value * scales[0], result.value * scales[1]


@lru_cache(maxsize=4096)
def met(target: Target, result: Result) -> bool | None:
    """Whether the target is met; ``None`` when they cannot be compared or the form leaves it open.

    It does so for a middle grade, for a number without a sign that is not reached exactly (more may be better, or
    worse), and for a month that holds the day. The printed result is taken as it stands: 90.00 % meets ≥90 %.
    """
    if not comparable(target, result):
        return None
    if target.grades:
        return True if result.words == target.grades[0] else None
    if target.period is not None:
        return True if result.period is None else _in_time(target.sign, target.period, result.period)
    if target.figure is None:
        return True
    assert result.figure is not None  # comparable
    want, have = _values(target.figure, result.figure)
    if have == want:
        return not target.strict
    return {"≥": have > want, "≤": have < want, "=": False, "": None}[target.sign]


def _in_time(sign: Sign, target: Period, result: Period) -> bool | None:
    """Whether something was done by the end of a period (``≥``: not before it); ``None`` where a span is open."""
    if sign == "≥":
        return True if result.first >= target.first else False if result.last < target.first else None
    return True if result.last <= target.last else False if result.first > target.last else None
