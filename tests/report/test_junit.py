"""JUnit XML as build servers read it."""
# ruff: noqa: E501 - expected texts stand whole, as a user sees them

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from gouji.report import junit
from gouji.report.sarif import Unread
from tests.report.sample import INCOME_TITLE, a06, clean, sample


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own output


def cases(root: ElementTree.Element, tag: str) -> list[str]:
    found = [case for case in root.iter("testcase") if case.find(tag) is not None]
    return [f"{case.get('classname')} | {case.get('name')}" for case in found]


def test_a_rule_that_failed_on_a_table_is_a_failed_case() -> None:
    root = parsed(junit.render([sample()]))
    assert cases(root, "failure") == [
        "收入决算表 (GK02 收入决算表) | A09 合计 = 各类之和，类 = 各款之和，款 = 各项之和",
        "收入决算表 (GK02 收入决算表) | A06 合计栏 = 各分栏之和",
        "一般公共预算财政拨款“三公”经费支出决算表 (GK07 三公) | A15 合计 = 出国 + 公务用车 + 接待",
        "省级项目（专项）支出绩效自评表 (绩效3 政府公共热线) | P05 得分不超过分值",
        "省级项目（专项）支出绩效自评表 (绩效5 信访工作经费) | H07 ★ 季度累计支出率未达标的，得分 = 支出率 ÷ 目标 × 分值",
    ]
    failure = root.find(".//failure[@type='error']")
    assert failure is not None
    assert failure.get("message", "").startswith("收入决算表 C11")
    assert (failure.text or "").startswith("GK02 收入决算表!C11: 收入决算表 C11")


def test_what_is_below_the_limit_passes_and_is_output() -> None:
    root = parsed(junit.render([sample()], fail_on="error"))
    assert cases(root, "system-out") == [
        "一般公共预算财政拨款基本支出决算表 (GK06 基本支出) | B17 养老保险缴费两处一致",
        "省级项目（专项）支出绩效自评表 (绩效5 信访工作经费) | P10 全年支出率 = 执行率",
    ]
    assert len(cases(parsed(junit.render([sample()], fail_on="warning")), "failure")) == 6
    assert len(cases(parsed(junit.render([sample()], fail_on="info")), "failure")) == 7
    assert cases(parsed(junit.render([sample()], fail_on="never")), "failure") == []


def test_a_table_without_findings_is_a_passed_case() -> None:
    root = parsed(junit.render([clean()]))
    assert [case.get("name") for case in root.iter("testcase")] == ["各项关系"] * 5
    assert (root.get("tests"), root.get("failures")) == ("5", "0")


def test_rules_not_applied_are_skipped_and_a_workbook_not_read_is_an_error() -> None:
    root = parsed(junit.render([sample()], unread=[Unread("坏.xlsx", ("不是工作簿。", "No workbook."))]))
    assert cases(root, "skipped") == ["未应用 | A16 A17", "未应用 | P11"]
    assert cases(root, "error") == ["坏.xlsx | 读取"]
    counted = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counted == {"tests": "10", "failures": "5", "errors": "1", "skipped": "2"}
    assert len(list(root.iter("testcase"))) == 10


def test_several_instances_of_a_rule_on_a_table_are_one_case() -> None:
    twice = replace(sample(), findings=(a06(), replace(a06(), cell=a06().cell._replace(row=15))))
    root = parsed(junit.render([twice]))
    [failure] = root.iter("failure")
    assert len((failure.text or "").splitlines()) == 2
    assert cases(root, "failure") == [f"{INCOME_TITLE} (GK02 收入决算表) | A06 合计栏 = 各分栏之和"]


def test_characters_xml_does_not_allow_do_not_break_the_document() -> None:
    odd = replace(a06(), message_zh="甲\x00乙\x1b<&>\ud800")
    root = parsed(junit.render([replace(sample(), findings=(odd,))]))
    assert [failure.get("message") for failure in root.iter("failure")] == ["甲�乙�<&>�"]
