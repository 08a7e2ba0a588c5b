"""The second real disclosure, faults included: exactly what is known to be wrong, nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from bench.generator.damage import with_cell

from gouji.flow import validate
from gouji.hosts.package.reading import read_package
from gouji.report.model import Report
from gouji.sheet import CellRef

EXAMPLES = Path(__file__).parents[2] / "templates" / "examples"

SUMMARY = "项目支出自评结果统计表"
FAULTS = [
    # another name, and 10/100% where the form prints 9.99/99.90
    ("P13-2", "warning", SUMMARY, "B4", "", ""),
    ("P13-1", "warning", "绩效1", "C3", "", ""),
    ("P13", "info", "绩效1", "H6", "9.99", "10.00"),
    ("P13", "error", "绩效1", "K6", "99.90", "100.00"),
    # a rate without %
    ("G01", "error", SUMMARY, "F8", "95.54", ""),
    # 386.52 where the projects add up to 386.46; the mean of the rates for the rate of the totals
    ("P12", "error", SUMMARY, "E9", "386.52", "386.46"),
    ("P12-1", "error", SUMMARY, "F9", "98.99", "96.63"),
    # 反向 with 等于
    ("P09", "warning", "绩效1", "E19", "", ""),
    ("P09", "warning", "绩效1", "E20", "", ""),
    ("P09", "warning", "绩效1", "E21", "", ""),
    # 99.73 and 99.72
    ("P13", "info", "绩效3", "K6", "99.72", "99.73"),
    # met targets that score 10 of 15 and 5 of 10
    ("P08", "warning", "绩效3", "K13", "", ""),
    ("P08", "warning", "绩效3", "K15", "", ""),
    # marks that add up to 110
    ("P04", "error", "绩效3", "J28", "100", "110"),
    ("P04", "error", "绩效4", "J32", "100", "110"),
    # scores that add up to 109.97, printed 100; 99.97 in the list; another year
    ("P06", "error", "绩效4", "K32", "100.00", "109.97"),
    ("P13", "error", "绩效4", "K32", "100.00", "99.97"),
    ("P14", "error", "绩效4", "A2", "", ""),
]
NOT_COMPARABLE = {
    "绩效1": ["G19", "G20", "G21", "G28"], "绩效2": ["G15"], "绩效3": ["G19", "G20", "G21", "G26"],
    "绩效4": ["G21", "G22", "G23", "G24", "G30"], "绩效5": ["G17", "G20"],
}  # fmt: skip
"""A date, or 长期, as the target and 100 as what was reached."""


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(EXAMPLES / "ordos-2022.xlsx")


def test_the_pack_is_found_and_every_sheet_is_recognised(report: Report) -> None:
    assert report.pack_id == "neimenggu-2022"
    assert [table.table for table in report.tables if not table.key] == [
        "收入支出决算总表", "收入决算表", "支出决算表", "财政拨款收入支出决算总表", "项目收入支出决算表",
        "一般公共预算财政拨款支出决算表", "一般公共预算财政拨款基本支出决算明细表",
        "一般公共预算财政拨款项目支出决算明细表", "政府性基金预算财政拨款收入支出决算表",
        "国有资本经营预算财政拨款支出决算表", "财政拨款“三公”经费支出决算表",
        "机构运行经费支出、国有资产占用情况及政府采购支出信息表", "项目支出自评结果统计表",
    ]  # fmt: skip
    assert [table.key for table in report.tables if table.key] == [
        "党的建设、意识形态、改革调研三项经费", "数字红会建设费", "三救工作经费", "三献工作经费", "红十字公益事业支出",
    ]
    assert report.unknown_sheets == ()
    assert {(table.unit, table.decimals) for table in report.tables} == {("万元", 2)}


def test_exactly_the_known_faults(report: Report) -> None:
    found = [
        (f.rule, f.severity, f.sheet, f.cell.address, f.left, f.right) for f in report.findings if f.rule != "P11"
    ]
    assert sorted(found) == sorted(FAULTS)


def test_targets_that_nothing_can_be_measured_against_are_only_said_to_be_so(report: Report) -> None:
    found: dict[str, list[str]] = {}
    for finding in report.findings:
        if finding.rule == "P11":
            assert finding.severity == "info"
            found.setdefault(finding.sheet, []).append(finding.cell.address)
    assert found == NOT_COMPARABLE


def test_what_is_right_although_it_does_not_add_up_as_printed_gives_nothing(report: Report) -> None:
    accused = {(finding.rule, finding.sheet) for finding in report.findings}
    assert not {rule for rule, sheet in accused if sheet.startswith("GK")}  # 201.47 + 31.18 and 232.64 among them
    assert ("P12-2", SUMMARY) not in accused  # the mean of the scores is 99.896, printed 99.89
    assert not [rule for rule, _ in accused if rule in {"P01", "P02", "P03", "P05"}]


def test_only_the_rate_without_percent_keeps_rules_from_being_applied(report: Report) -> None:
    assert [(one.rule, one.instances, [cell.address for cell in one.cells]) for one in report.not_applied] == [
        ("P12-1", 1, ["F8"]), ("P13", 1, ["F8"]),
    ]
    assert report.complete


def test_messages_name_both_projects_and_both_years(report: Report) -> None:
    messages = {(finding.rule, finding.sheet): finding.message_zh for finding in report.findings}
    assert messages["P13-1", "绩效1"] == (
        "项目支出绩效自评表 C3 党的建设、意识形态、改革调研三项经费："
        "项目支出自评结果统计表没有“党的建设、意识形态、改革调研三项经费”这一行"
        "（最接近的是“党的建设、意识形态、改革调研工作经费”）。同一个项目在统计表和自评表里写同一个名称。"
    )
    assert messages["P14", "绩效4"] == (
        "项目支出绩效自评表 A2 三献工作经费：年度“2023”，GK01 收入支出决算总表!C3 是“2022”；两处应当相同。"
        "更正年度；附错了的，换成本年度的自评表。"
    )
    assert "没有印 %，可能是 95.54%" in messages["G01", SUMMARY]


def test_the_corrected_workbook_has_no_finding_at_all() -> None:
    corrected = validate(EXAMPLES / "ordos-2022-corrected.xlsx")
    assert corrected.findings == ()
    assert corrected.not_applied == ()
    assert corrected.summary.checked > 1500


def test_a_cause_that_the_rule_names_is_said() -> None:
    """The rate of the totals printed as the mean of the rates of the projects."""
    book = read_package(EXAMPLES / "ordos-2022-corrected.xlsx")
    cells = next(sheet for sheet in book.sheets if sheet.name == SUMMARY).cells
    rates = [Decimal(cells[row, 6].text) for row in range(4, 9)]
    wrong = cells[9, 6]._replace(text=str((sum(rates, Decimal(0)) / 5).quantize(Decimal("0.0001"))))
    report = validate(with_cell(book, CellRef(SUMMARY, 9, 6), wrong))
    (found,) = [finding for finding in report.findings if finding.rule == "P12-1"]
    assert "印的是各项目执行率的平均数，应为合计执行数除以合计预算数。" in found.message_zh


@pytest.fixture(scope="module")
def blamed(report: Report) -> dict[str, list[list[str]]]:
    """By the first rule it explains: the cells of each explanation that are causes."""
    found: dict[str, list[list[str]]] = {}
    for one in report.explanations:
        rule = report.findings[one.explains[0]].rule
        found.setdefault(rule, []).append([each.cell.address for each in one.cells if not each.carries])
    return found


def test_every_group_of_faults_is_explained_or_beyond_any_change_of_amounts(
    blamed: dict[str, list[list[str]]], report: Report
) -> None:
    assert blamed["P12"] == [["E9"]]
    assert blamed["P12-1"] == [["F9"]]
    assert not any("没有列全" in chinese for chinese, _ in report.remarks)
