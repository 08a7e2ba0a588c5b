"""Findings of rules without two numbers: what is printed, what should be, what to do, for every such rule there is."""

from __future__ import annotations

from functools import cache

import pytest

from gouji.cases.running import BROKEN, judge_case, sides
from gouji.checking.check import Judged
from gouji.packs import available_packs, load_pack
from gouji.report.findings import judged_term
from gouji.report.yes_no import yes_no

READINGS = {
    ("mof", "B16"): "本年支出列示 1,891.4，支出决算表没有“2013101”这一行",
    ("mof", "P08"): "目标“≥15次”，实际完成值“20次”，分值列示 15，得分列示 10，原因空白；得分应等于分值，或者应填写原因",
    ("mof", "P08-2"): "目标“2022年6月30日前”，实际完成值“2022年7月15日”，分值列示 10，得分列示 10，没有达标",
    ("mof", "P09"): "目标“≥30万元”；方向“≥”应为“≤”",
    ("mof", "P09-1"): "目标“≥180天”；方向不应是“≥”",
    ("mof", "P11"): "目标“2022年1月-12月”，实际完成值“100”，不能比较",
    ("mof", "P14"): "年度“2023”，收入支出决算总表!A2001 是“2022”；两处应当相同",
    ("mof", "P14-1"): "目标“≥50件”，实际完成值“25件”，分值列示 10，得分列示 5，原因空白；应填写原因",
    ("mof", "P14-2"): "目标“效果明显”，实际完成值“有所改善”，分值列示 10，得分列示 8，原因空白；应填写原因",
    ("heilongjiang-2020", "P14-1"): "目标“≥50件”，实际完成值“25件”，分值列示 10，得分列示 5，原因空白；应填写原因",
    ("neimenggu-2022", "B15"): (
        "公务用车购置数列示 0，财政拨款“三公”经费支出决算表 决算数·公务用车购置费列示 18.00；应当同时有数，或者同时没有"
    ),
    ("neimenggu-2022", "P09"): "指标性质“反向”，指标方向“等于”；“反向”与“小于等于”应当同时出现",
    ("neimenggu-2022", "P13-1"): (
        "项目名称“三救工作经费”，项目支出自评结果统计表没有“三救工作经费”这一行（最接近的是“三献工作经费”）"
    ),
    ("neimenggu-2022", "P13-2"): (
        "项目名称“三献工作经费”；绩效表的项目名称与它相同的有 0 处，应有 1 处"
    ),
    ("sichuan-2023", "SC01"): "执行率列示 85.00%，原因空白；应填写原因",
}  # fmt: skip


@cache
def _unlike_numbers() -> dict[tuple[str, str], Judged]:
    """By pack and rule: the first failing example's relation, of every rule that no two numbers decide."""
    found: dict[tuple[str, str], Judged] = {}
    for pack in map(load_pack, available_packs()):
        for rule in pack.rules:
            if rule.origin.pack != pack.id or rule.id.startswith("T"):
                continue
            for case in (case for case in rule.cases if case.outcome == "fail"):
                broken = [one for one in judge_case(pack, rule, case) if one.verdict in BROKEN]
                if broken and (judged_term(broken[0]) is None or sides(pack, broken[0]) is None):
                    found.setdefault((pack.id, rule.id), broken[0])
    return found


def test_no_rule_without_numbers_is_left_out() -> None:
    assert set(_unlike_numbers()) == set(READINGS)


@pytest.mark.parametrize("which", READINGS, ids=" ".join)
def test_what_is_printed_and_what_should_be(which: tuple[str, str]) -> None:
    one = _unlike_numbers()[which]
    assert yes_no(one.instance, judged_term(one), "").chinese == READINGS[which]


@pytest.mark.parametrize("which", READINGS, ids=" ".join)
def test_the_next_step_is_the_rules_own(which: tuple[str, str]) -> None:
    assert _unlike_numbers()[which].instance.rule.advice


def test_a_cell_that_the_sentence_begins_with_is_not_said_again() -> None:
    one = _unlike_numbers()["neimenggu-2022", "P13-2"]
    said = yes_no(one.instance, judged_term(one), "三献工作经费")
    assert said.chinese == "绩效表的项目名称与它相同的有 0 处，应有 1 处"
    assert said.english == "0 of 绩效表的项目名称 are the same, it should be 1"


def test_english() -> None:
    one = _unlike_numbers()["mof", "P08"]
    assert yes_no(one.instance, judged_term(one), "").english == (
        "目标 “≥15次”, 实际完成值 “20次”, 分值 printed 15, 得分 printed 10, 原因 is blank; "
        "得分 should be 分值, or 原因 must be filled in"
    )
