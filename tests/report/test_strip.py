"""The sum of a finding as a clerk redoes it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.report.model import Finding
from gouji.report.strip import StripLine, adds_up, multiplies_out, printed_value, strip
from tests.report.sample import INCOME, INCOME_TITLE, a06, a15, b17, h07, operand, p05


def test_the_parts_are_added_up_to_what_the_judged_figure_should_be() -> None:
    assert strip(a15()) == (
        StripLine("figure", "", "预算数·因公出国（境）费", "B8", "2.2"),
        StripLine("figure", "+", "预算数·公务用车购置及运行维护费", "C8", "27.1"),
        StripLine("figure", "+", "预算数·公务接待费", "F8", "0.7"),
        StripLine("rule"),
        StripLine("total", "", "应为", "", "30.0"),
        StripLine("total", "", "列示", "A8", "20.1"),
        StripLine("difference", "", "相差", "", "9.9"),
    )


def test_zeros_are_only_counted() -> None:
    assert [(line.sign, line.label) for line in strip(a06())[:3]] == [
        ("", "行政运行·财政拨款收入"), ("+", "行政运行·其他收入"), ("", "其余 4 项为 0"),
    ]  # fmt: skip


def test_two_figures_are_set_under_one_another() -> None:
    assert strip(p05(), "en") == (
        StripLine("figure", "", "任务启动后完成时间·得分", "G21", "15"),
        StripLine("figure", "", "任务启动后完成时间·分值", "F21", "10"),
        StripLine("rule"),
        StripLine("difference", "", "over by", "", "5"),
    )


def test_figures_that_do_not_add_up_to_the_side_are_listed_under_the_relation_without_signs() -> None:
    lines = strip(h07())
    assert lines[0] == StripLine(
        "relation", label="[本行, 得分] = [本行, 分值] * 完成比([本行, 目标], [本行, 实际完成值])"
    )
    assert [(line.role, line.sign, line.label) for line in lines[1:]] == [
        ("figure", "", "★一季度预算资金累计支出率·分值"),
        ("figure", "", "★一季度预算资金累计支出率·目标"),
        ("figure", "", "★一季度预算资金累计支出率·实际完成值"),
        ("rule", "", ""),
        ("total", "", "算得"),
        ("total", "", "列示"),
        ("difference", "", "相差"),
    ]


def test_a_quotient_is_worked_out_in_order() -> None:
    cell = operand(INCOME, INCOME_TITLE, (5, 6), "执行率", "89.81%", unit="%")
    spent = operand(INCOME, INCOME_TITLE, (5, 4), "全年执行数", "5.00")
    budget = operand(INCOME, INCOME_TITLE, (5, 3), "全年预算数", "50,600", sign="÷", unit="元")
    finding = replace(
        a06(), operands=(cell, spent, budget), left_count=1, unit="%", left="89.81", right="98.81", difference="9.00"
    )
    assert [(line.sign, line.label, line.figure) for line in strip(finding)] == [
        ("", "全年执行数", "5.00万元"), ("÷", "全年预算数", "50,600元"), ("", "", ""), ("", "算得", "98.81%"),
        ("", "列示", "89.81%"), ("", "相差", "9.00%"),
    ]  # fmt: skip


def test_figures_that_neither_add_up_nor_multiply_out_have_no_signs() -> None:
    cell = operand(INCOME, INCOME_TITLE, (5, 6), "得分", "3", unit="分")
    parts = (
        operand(INCOME, INCOME_TITLE, (5, 4), "分值", "2", unit="分"),
        operand(INCOME, INCOME_TITLE, (5, 3), "目标", "0", sign="÷", unit=""),
    )
    finding = replace(a06(), operands=(cell, *parts), left_count=1, unit="分", left="3", right="2", difference="1")
    assert [(line.role, line.sign) for line in strip(finding)][:3] == [("relation", ""), ("figure", ""), ("figure", "")]


def test_a_figure_multiplied_by_another_is_never_shown_as_added() -> None:
    parts = (
        operand(INCOME, INCOME_TITLE, (5, 4), "甲", "2"),
        operand(INCOME, INCOME_TITLE, (5, 3), "乙", "2", sign="×"),
    )
    assert not adds_up(parts, "4", "万元")
    assert multiplies_out((replace(parts[0], unit=""), replace(parts[1], unit="")), "4", "")
    assert not multiplies_out(parts, "x", "万元")


def test_a_finding_of_one_figure_has_no_strip() -> None:
    assert strip(b17()) == ()


def test_a_finding_that_compares_no_numbers_only_lists_what_it_read() -> None:
    lines = strip(replace(p05(), left="", right="", difference=""))
    assert [line.role for line in lines] == ["figure", "figure"]


def test_a_figure_of_another_table_is_named_with_it() -> None:
    other = operand("GK03 支出决算表", "支出决算表", (9, 3), "本年支出合计", "1,888.9")
    finding = replace(a06(), operands=(a06().operands[0], other), right="1888.9")
    assert strip(finding)[1].place == "支出决算表 C9"


def test_a_figure_in_another_unit_shows_it_and_adds_up() -> None:
    parts = (
        operand(INCOME, INCOME_TITLE, (12, 4), "甲", "18,888,000", unit="元"),
        operand(INCOME, INCOME_TITLE, (12, 5), "乙", "0.1"),
    )
    lines = strip(replace(a06(), operands=(a06().operands[0], *parts), right="1888.9"))
    assert lines[0].figure == "18,888,000元"
    assert lines[2:4] == (StripLine("rule"), StripLine("total", "", "应为", "", "1,888.9"))


def test_both_sides_are_added_up_where_the_left_has_several_figures() -> None:
    left = tuple(operand(INCOME, INCOME_TITLE, (20, 3 + index), name, "10.0") for index, name in enumerate("甲乙"))
    right = (
        operand(INCOME, INCOME_TITLE, (21, 3), "丙", "30.0"),
        operand(INCOME, INCOME_TITLE, (21, 4), "丁", "5.0", sign="-"),
    )
    finding = replace(a06(), operands=left + right, left_count=2, left="20.0", right="25.0", difference="-5.0")
    assert [(line.sign, line.label, line.figure) for line in strip(finding)] == [
        ("", "甲", "10.0"), ("+", "乙", "10.0"), ("", "", ""), ("", "左边", "20.0"),
        ("", "丙", "30.0"), ("-", "丁", "5.0"), ("", "", ""), ("", "右边", "25.0"), ("", "相差", "5.0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "unit", "value"),
    [
        ("1,899.0", "万元", Decimal("1899.0")),
        ("—", "万元", Decimal(0)),
        ("", "万元", Decimal(0)),
        ("12,300", "元", Decimal("1.23")),
        ("47.06%", "万元", Decimal("47.06")),
        ("≥25%", "万元", None),
        ("NaN", "万元", None),
        ("15", "分", None),
    ],
)
def test_a_printed_figure_is_read_in_the_unit_of_the_finding(printed: str, unit: str, value: Decimal | None) -> None:
    assert printed_value(operand(INCOME, INCOME_TITLE, (1, 1), "甲", printed, unit=unit), "万元") == value


@given(st.lists(st.decimals(-999, 999, places=1), min_size=2, max_size=40), st.integers(8, 20))
def test_a_strip_keeps_its_limit_and_every_shown_sum_is_right(values: list[Decimal], limit: int) -> None:
    lines = strip(_sum_of(values), limit=limit)
    assert len(lines) <= limit
    shown = [line for line in lines if line.role in ("figure", "rest") and line.figure]
    total = sum((_signed(line) for line in shown), Decimal(0))
    assert total == sum(values)


def _sum_of(values: list[Decimal]) -> Finding:
    judged = operand(INCOME, INCOME_TITLE, (9, 3), "合计", "0.5")
    parts = tuple(
        operand(
            INCOME, INCOME_TITLE, (10 + index, 3), f"第{index}项", f"{abs(value):,}", sign="-" if value < 0 else "+"
        )
        for index, value in enumerate(values)
    )
    total = sum(values, Decimal(0))
    assert adds_up(parts, str(total), "万元")
    return replace(
        a06(), operands=(judged, *parts), left="0.5", right=str(total), difference=str(Decimal("0.5") - total)
    )


def _signed(line: StripLine) -> Decimal:
    figure = Decimal(line.figure.replace(",", ""))
    return -figure if line.sign == "-" else figure
