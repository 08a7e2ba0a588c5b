"""Dates and spans of performance forms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.periods import Period, read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022年12月31日", date(2022, 12, 31), date(2022, 12, 31)),
        ("2022年6月底前", date(2022, 6, 1), date(2022, 6, 30)),
        ("2022 年 6 月 30 日之前完成", date(2022, 6, 30), date(2022, 6, 30)),
        ("2022年1月-12月", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022年1月—2022年12月", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022年3月至2023年2月", date(2022, 3, 1), date(2023, 2, 28)),
        ("2021年9月1日-2022年8月31日", date(2021, 9, 1), date(2022, 8, 31)),
        ("2022年度", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024年2月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-03-05", date(2022, 3, 5), date(2022, 3, 5)),
        ("2022.3", date(2022, 3, 1), date(2022, 3, 31)),
        ("２０２２年３月", date(2022, 3, 1), date(2022, 3, 31)),
    ],
)
def test_dates_and_spans(text: str, first: date, last: date) -> None:
    assert read_period(text) == Period(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "", "100", "12月底", "20220305", "2022年2月30日", "2022年13月", "2022年12月-3月", "长期", "2022年≥3次",
        "第2022年",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert read_period(text) is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_and_lies_in_its_month(day: date) -> None:
    exact = read_period(f"{day.year}年{day.month}月{day.day}日")
    month = read_period(f"{day.year}年{day.month}月")
    assert exact == Period(day, day)
    assert month is not None
    assert month.first <= day <= month.last
    assert month.first.day == 1
    assert (month.last + timedelta(days=1)).day == 1
