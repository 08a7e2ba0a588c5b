"""The JSON that other programs rely on: names, order and bytes."""
# ruff: noqa: E501 - expected texts stand whole, as a user sees them

from __future__ import annotations

import json
from dataclasses import replace

from gouji.report import json_report
from tests.report.sample import a06, clean, sample

FINDING_KEYS = [
    "rule", "severity", "table", "sheet", "cell", "cells", "note_at", "left", "right", "difference", "message",
    "formula", "excel",
]  # fmt: skip


def test_the_exact_line_of_a_small_report() -> None:
    report = sample()
    small = replace(
        report, tables=report.tables[:1], findings=(replace(a06(), operands=a06().operands[:1]),),
        not_applied=report.not_applied[2:],
    )  # fmt: skip
    assert json_report.render([small]) == (
        '{"schema": "gouji/report/1", "workbook": "heilongjiang-2020.xlsx", '
        '"pack": {"id": "heilongjiang-2020", "version": "3f2a91c", "title": "黑龙江省 2020 年部门决算公开"}, "complete": true, '
        '"summary": {"checked": 812, "failed": 7, "not_applied": 4, "error": 5, "warning": 1, "info": 1, "undecided": 2}, '
        '"tables": [{"table": "收入决算表", "sheet": "GK02 收入决算表", "unit": "万元", "decimals": 1, "area": "A1:I33", '
        '"key": "", "recognised_by": "按标题识别", "remarks": []}], '
        '"findings": [{"rule": "A06", "severity": "error", "table": "收入决算表", "sheet": "GK02 收入决算表", "cell": "C12", '
        '"cells": ["GK02 收入决算表!C12", "GK02 收入决算表!D12", "GK02 收入决算表!E12", "GK02 收入决算表!F12", '
        '"GK02 收入决算表!G12", "GK02 收入决算表!H12", "GK02 收入决算表!I12"], "note_at": ["GK02 收入决算表!C12"], '
        '"left": "1899.0", "right": "1888.9", "difference": "10.1", '
        '"message": "收入决算表 C12 行政运行·本年收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。若仅此格有误，应为 1,888.9。", '
        '"formula": "[2013101, 本年收入合计] = SUM([2013101, 本年收入合计/下级])", "excel": "=ROUND(C12-SUM(D12:I12),1)=0", '
        '"name": "合计栏 = 各分栏之和", "basis": "部门决算公开表编制说明", "row_label": "行政运行", "comparison": "=", '
        '"unit": "万元", "adjusted": false, '
        '"operands": [{"sign": "+", "label": "行政运行·本年收入合计", "printed": "1,899.0", "cell": "GK02 收入决算表!C12", '
        '"table": "收入决算表", "unit": "万元"}], "left_count": 1, "suspect": null, "answer": null}], '
        '"explanations": [{"explains": [0, 1], "unique": true, "cells": [{"sheet": "GK02 收入决算表", "cell": "C12", '
        '"printed": "1899.0", "range": "(1888.85, 1889.00)", "values": ["1888.9", "1889.0"], "mechanism": "digit", '
        '"carries": false, "label": ""}]}], '
        '"not_applied": [{"rule": "P11", "reason": "“2022年1月-12月”与 100 不可比", "cells": ["绩效3 政府公共热线!D23"], '
        '"instances": 1}], '
        '"unknown_sheets": [{"sheet": "填表说明", "reason": "没有标准表的标题"}], '
        '"remarks": ["有 3 个公式没有缓存值，已重新计算。"]}\n'
    )


def test_the_fixed_names_stand_first_and_in_their_order() -> None:
    document = json_report.as_object(sample())
    assert list(document)[:9] == [
        "schema", "workbook", "pack", "complete", "summary", "tables", "findings", "explanations", "not_applied",
    ]  # fmt: skip
    assert list(document["pack"])[:2] == ["id", "version"]
    assert list(document["summary"])[:6] == ["checked", "failed", "not_applied", "error", "warning", "info"]
    assert all(list(table)[:4] == ["table", "sheet", "unit", "decimals"] for table in document["tables"])
    assert all(list(finding)[: len(FINDING_KEYS)] == FINDING_KEYS for finding in document["findings"])
    assert [list(each) for each in document["explanations"]] == [["explains", "unique", "cells"]]
    assert list(document["not_applied"][0])[:2] == ["rule", "reason"]


def test_several_workbooks_are_json_lines() -> None:
    lines = json_report.render([sample(), clean()]).splitlines()
    assert [json.loads(line)["workbook"] for line in lines] == ["heilongjiang-2020.xlsx", "corrected.xlsx"]


def test_the_language_changes_sentences_only() -> None:
    chinese, english = (json_report.as_object(sample(), language) for language in ("zh", "en"))
    assert english["findings"][3]["message"].endswith("score 15 exceeds its weight 10.")
    assert english["unknown_sheets"] == [{"sheet": "填表说明", "reason": "no title of a standard table"}]
    assert english["remarks"] == ["3 formulas had no cached value and were computed."]
    for report in (chinese, english):
        for finding in report["findings"]:
            del finding["message"]
    assert chinese["findings"] == english["findings"]


def test_a_rule_without_an_excel_form_has_null() -> None:
    assert [finding["excel"] is None for finding in json_report.as_object(sample())["findings"]] == [
        False, False, True, False, True, True, True,
    ]  # fmt: skip
