"""Dates and spans as performance forms print them: ``2022年12月31日``, ``2022年6月底前``, ``2022年1月-12月``.

Only what names a year is read as a date: ``12月底`` by itself could be any year's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from gouji.labels import squeezed

_DAY = (
    r"(?P<year{n}>(?:19|20)\d\d)(?:年度?|[-./])"
    r"(?:(?P<month{n}>1[0-2]|0?[1-9])(?:月份?|[-./]|$|(?=[-~至到—底前]))(?:(?P<day{n}>3[01]|[12]\d|0?[1-9])日?)?)?"
)
_SPAN_END = (
    r"(?:(?P<year2>(?:19|20)\d\d)年)?(?P<month2>1[0-2]|0?[1-9])月份?(?:(?P<day2>3[01]|[12]\d|0?[1-9])日)?"
)
_TAIL = r"(?:底|末)?(?:[之以]?[前内])?(?:完成)?"
_DATE = re.compile(_DAY.format(n=1) + _TAIL)
_SPAN = re.compile(_DAY.format(n=1) + r"(?:-|~|至|到|—+)" + _SPAN_END + _TAIL)


class Period(NamedTuple):
    """From the first to the last day meant, both included: a month is all of its days."""

    first: date
    last: date


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period | None:
    """The date or span that ``text`` prints, ``None`` when it is none, or no possible one."""
    plain = squeezed(text)
    span = _SPAN.fullmatch(plain)
    found = span or _DATE.fullmatch(plain)
    if found is None or not found["year1"]:
        return None
    start = _whole(found["year1"], found["month1"], found["day1"])
    if span is None or start is None:
        return start
    end = _whole(span["year2"] or span["year1"], span["month2"], span["day2"])
    return Period(start.first, end.last) if end is not None and start.first <= end.last else None


def _whole(year: str, month: str | None, day: str | None) -> Period | None:
    """A year, a month or a day with all of its days."""
    if month is None:
        return Period(date(int(year), 1, 1), date(int(year), 12, 31))
    days = monthrange(int(year), int(month))[1]
    if day is None:
        return Period(date(int(year), int(month), 1), date(int(year), int(month), days))
    if int(day) > days:
        return None
    exact = date(int(year), int(month), int(day))
    return Period(exact, exact)
