"""Targets and results of performance forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.targets import DATED, comparable, met, read_result, read_target, read_tier


@pytest.mark.parametrize(
    ("target", "result", "can", "is_met"),
    [
        ("≥150件", "245", True, True),
        ("≥180天", "90", True, False),
        ("=100%", "100.00%", True, True),
        ("≥98%", "100.00%", True, True),
        ("≥25%", "0.00%", True, False),
        ("≤3.3", "2.64", True, True),
        ("≤2000元", "1630元", True, True),
        ("2部", "2部", True, True),
        (">=5", "5", True, True),
        ("优良中低差", "优", True, True),
        ("优良中低差", "良", True, None),
        ("优良中低差", "尚可", False, None),
        ("≥95%", "95", False, None),
        ("2022年1月-12月", "100", False, None),
        ("≥150件", "245人", False, None),
        ("≥90%", "90.00%", True, True),
        ("不少于5个", "5个", True, True),
        ("控制在30万元以内", "28万元", True, True),
        ("30万元以内", "31万元", True, False),
        ("95%以上", "95%", True, True),
        ("5个及以上", "4个", True, False),
        (">5", "5", True, False),
        ("<30分钟", "30分钟", True, False),
        ("3台（套）", "3台", True, True),
        ("15", "15", True, True),
        ("15", "20", True, None),
        ("长期", "长期", True, True),
        ("长期", "100", False, None),
        ("", "", False, None),
    ],
)
def test_comparing(target: str, result: str, can: bool, is_met: bool | None) -> None:
    wanted, had = read_target(target), read_result(result)
    assert comparable(wanted, had) is can
    assert met(wanted, had) is is_met


def test_a_target_printed_in_three_cells() -> None:
    target = read_target("98", sign="大于等于", unit="%")
    assert (target.sign, target.unit) == ("≥", "%")
    assert met(target, read_result("97.5", unit="%")) is False


def test_whole_results_without_percent_are_counts() -> None:
    count, rate = read_result("245"), read_result("10.48%")
    assert count.figure is not None
    assert count.figure.last is None
    assert rate.figure is not None
    assert rate.figure.last == 4


@pytest.mark.parametrize(
    ("target", "result", "can", "is_met"),
    [
        ("2022年12月31日前", "2022年11月", True, True),
        ("2022年6月30日前", "2022年6月30日", True, True),
        ("2022年6月30日前", "2022年7月15日", True, False),
        ("2022年6月15日前", "2022年6月", True, None),
        ("2022年1月-12月", "2022年12月", True, True),
        ("2022年度", "2023年1月", True, False),
        ("≥2022年3月", "2022年2月", True, False),
        ("2022年12月底", "按期完成", True, True),
        ("90%", "按期完成", False, None),
        ("2022年12月底", "100", False, None),
        ("2022.12", "2022.12", True, True),
    ],
)
def test_dates(target: str, result: str, can: bool, is_met: bool | None) -> None:
    wanted, had = read_target(target), read_result(result)
    assert comparable(wanted, had) is can
    assert met(wanted, had) is is_met


@pytest.mark.parametrize(
    ("text", "sign", "unit"),
    [
        ("≥150件", "≥", "件"), ("> =5次", "≥", "次"), ("不低于95%", "≥", "%"), ("至多3天", "≤", "天"),
        ("控制在30万元以内", "≤", "万元"), ("30万元之内", "≤", "万元"), ("5个以上", "≥", "个"), ("=100%", "=", "%"),
        ("等于2部", "=", "部"), ("2部", "", "部"), ("15", "", ""), ("优良中低差", "", ""), ("长期", "", ""),
        ("2022年6月底前", "≤", DATED), ("2022年1月-12月", "≤", DATED), ("不早于2022年", "", ""),
    ],
)  # fmt: skip
def test_signs_and_units_in_all_spellings(text: str, sign: str, unit: str) -> None:
    target = read_target(text)
    assert (target.sign, target.unit) == (sign, unit)


def test_a_target_of_so_many_percent_in_words() -> None:
    target = read_target("98", sign="大于等于", unit="百分比")
    assert target.unit == "%"
    assert met(target, read_result("98.00%")) is True
    assert met(target, read_result("97.5", unit="百分比")) is False


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("达成预期指标", "达成"), ("达成年度指标", "达成"), ("部分达成预期指标并具有一定效果", "部分达成"),
        ("未达成预期指标且效果较差", "未达成"), ("优", ""), ("100%", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_three_tiers_of_indicators_in_words(text: str, tier: str) -> None:
    assert read_tier(text) == tier


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["件", "", "%", "天"]))
def test_at_least_and_at_most_are_exact(target: int, result: int, unit: str) -> None:
    had = read_result(f"{result}{unit}")
    assert met(read_target(f"≥{target}{unit}"), had) is (result >= target)
    assert met(read_target(f"≤{target}{unit}"), had) is (result <= target)
    assert met(read_target(f"={target}{unit}"), had) is (result == target)
    assert met(read_target(f">{target}{unit}"), had) is (result > target)
    assert met(read_target(f"小于{target}{unit}"), had) is (result < target)
