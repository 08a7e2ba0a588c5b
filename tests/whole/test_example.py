"""The real disclosure, faults included: exactly what is known to be wrong, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.binding.bind import bind
from gouji.binding.bound import terms_of
from gouji.flow import forms_of, validate
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.report.model import Report
from gouji.tables.recognise import recognise

EXAMPLES = Path(__file__).parents[2] / "templates" / "examples"

FORM = "省级项目（专项）支出绩效自评表"
TABLE_FAULTS = [
    ("A09", "error", "收入决算表", "C10", "3119.0", "3129.0", "10.0"),
    ("A06", "error", "收入决算表", "C11", "1899.0", "1888.9", "10.1"),
    ("A15", "error", "一般公共预算财政拨款“三公”经费支出决算表", "A8", "20.1", "30.0", "9.9"),
]
FORM_FAULTS = [
    ("P09-1", "warning", "政府公共热线整合开办费", "任务启动后完成时间", "", ""),
    ("P05", "error", "政府公共热线整合开办费", "任务启动后完成时间·得分", "15.00", "10.00"),
    ("P07", "warning", "政府公共热线整合开办费", "任务启动后完成时间·得分", "15.00", "5.00"),
    ("H07", "error", "维修及设备购置经费", "★一季度预算资金累计支·得分", "0.07", "0.14"),
    ("P03", "error", "全省信访信息系统设备续保升级", "年度资金总额·全年预算数", "6.55", "6.49"),
    ("P10", "error", "信访网络运维", "★全年预算资金支出率·实际完成值", "96.63", "87.23"),
    ("H07", "error", "信访工作经费", "★一季度预算资金累计支·得分", "0.07", "0.14"),
    ("P10", "error", "信访工作经费", "★全年预算资金支出率·实际完成值", "90.67", "96.14"),
    ("P10", "error", "疫情防控和运行经费", "★二季度预算资金累计支·实际完成值", "73.53", "31.03"),
    ("H07", "error", "疫情防控和运行经费", "★三季度预算资金累计支·得分", "1.55", "2.07"),
    ("P10", "error", "疫情防控和运行经费", "★全年预算资金支出率·实际完成值", "96.63", "98.02"),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(EXAMPLES / "heilongjiang-2020.xlsx")


def test_the_pack_is_found_and_every_sheet_is_recognised(report: Report) -> None:
    assert report.pack_id == "heilongjiang-2020"
    assert [t.table for t in report.tables if t.table != FORM] == [
        "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表",
        "一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算表",
        "一般公共预算财政拨款“三公”经费支出决算表", "政府性基金预算财政拨款收入支出决算表",
        "国有资本经营预算财政拨款支出决算表",
    ]
    assert sum(t.table == FORM for t in report.tables) == 9
    assert report.unknown_sheets == ()
    assert {(t.unit, t.decimals) for t in report.tables[:7]} == {("万元", 1)}


def test_the_nine_tables_hold_exactly_three_failed_instances(report: Report) -> None:
    found = [
        (f.rule, f.severity, f.table, f.cell.address, f.left, f.right, f.difference)
        for f in report.findings if f.table != FORM
    ]
    assert found == TABLE_FAULTS


def test_the_forms_hold_exactly_the_known_faults(report: Report) -> None:
    projects = {table.sheet: table.key for table in report.tables}
    found = [
        (f.rule, f.severity, projects[f.sheet].partition("（")[0], f.row_label, f.left, f.right)
        for f in report.findings if f.table == FORM
    ]
    assert found == FORM_FAULTS


def test_every_rule_was_applied(report: Report) -> None:
    assert report.not_applied == ()
    assert report.complete
    assert report.summary.info == 0


def test_the_message_names_label_both_numbers_difference_and_next_step(report: Report) -> None:
    message = next(f.message_zh for f in report.findings if f.rule == "A06")
    assert message == (
        "收入决算表 C11 行政运行·本年收入合计：列示 1,899.0，财政拨款收入 + 其他收入为 1,888.9，相差 10.1。"
        "若仅此格有误，应为 1,888.9 或 1,889.0（3 条关系合起来）。"
    )


def test_the_corrected_workbook_has_no_finding_at_all() -> None:
    corrected = validate(EXAMPLES / "heilongjiang-2020-corrected.xlsx")
    assert corrected.findings == ()
    assert corrected.not_applied == ()
    assert corrected.summary.checked > 1300


def test_each_form_reads_its_own_sheet() -> None:
    """Nine sheets of one layout, with the same rows: no figure of one is taken for that of another."""
    pack = load_pack("heilongjiang-2020")
    recognition = recognise(read_package(EXAMPLES / "heilongjiang-2020.xlsx"), forms_of(pack))
    found = bind(pack, recognition, dict(pack.params)).instances
    own = [one for one in found if one.table.definition.many]
    assert len(own) > 300
    assert {term.table is one.table for one in own for term in terms_of(one.relation)} == {True}
    assert {term.cell.sheet == one.table.sheet.name for one in own for term in terms_of(one.relation)} == {True}
