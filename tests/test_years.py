"""The year of the accounts: what the workbook prints decides which rules hold and what 年度 is, not the pack's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.errors import NoStandardTable
from gouji.flow import judge_book
from gouji.language import parse_formula
from gouji.language.ast import Formula
from gouji.packs.model import Pack
from gouji.report.model import Report
from gouji.sheet import Book, Cell, CellKind, Sheet
from tests.cases.conftest import shipped

HEADINGS = [
    "科目编码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入",
    "其他收入",
]  # fmt: skip


def book(year: str) -> Book:
    """An income form whose total misses 10.0."""
    rows = [
        ["收入决算表"], [year, "", "", "", "", "", "", "", "金额单位：万元"], HEADINGS,
        ["", "合计", "110.0", "100.0"], ["201", "一般公共服务支出", "110.0", "100.0"],
    ]
    cells = {
        (row, column): Cell(CellKind.TEXT, text) for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1) if text
    }
    return Book("决算.xlsx", (Sheet("收入", cells),))


def with_rule(**changes: int) -> Pack:
    """The 2020 pack with only A06, for certain years."""
    pack = shipped("mof-2020")
    return replace(pack, rules=(replace(pack.rule("A06"), **changes),))  # type: ignore[arg-type]


def found(report: Report) -> int:
    return len(report.findings)


@pytest.mark.parametrize(
    ("changes", "year", "count"),
    [
        ({"since": 2021}, "2020年度", 0),
        ({"since": 2021}, "2021年度", 2),
        ({"since": 2021}, "2022年度", 2),
        ({"until": 2020}, "2020年度", 2),
        ({"until": 2020}, "2021年度", 0),
        ({"since": 2021}, "", 0),
    ],
)
def test_rules_for_certain_years_go_by_the_printed_year(changes: dict[str, int], year: str, count: int) -> None:
    assert found(judge_book(book(year), with_rule(**changes), {})) == count


def test_another_year_than_the_pack_s_is_said_where_it_matters() -> None:
    said = "工作簿印的是 2021 年度，规则包 mof-2020 是 2020 年度的：公式里的年度、规则适用的年度按 2021。"
    assert said in [remark[0] for remark in judge_book(book("2021年度"), with_rule(since=2021), {}).remarks]
    assert said not in [remark[0] for remark in judge_book(book("2021年度"), with_rule(), {}).remarks]
    assert said not in [remark[0] for remark in judge_book(book("2020年度"), with_rule(since=2021), {}).remarks]


def test_formulas_read_the_printed_year_and_the_command_line_has_the_last_word() -> None:
    text = "[合计, 本年收入合计] = 年度 - 1911"
    pack = with_rule()
    rule = replace(pack.rules[0], tables=("收入表",), checks=(Formula(text, parse_formula(text)),), places=None)
    pack = replace(pack, rules=(rule,))
    assert found(judge_book(book("2021年度"), pack, {})) == 0  # 110.0 = 2021 - 1911
    assert found(judge_book(book("2020年度"), pack, {})) == 1
    assert found(judge_book(book("2020年度"), pack, {"年度": "2021"})) == 0


def test_no_table_is_still_no_table() -> None:
    with pytest.raises(NoStandardTable):
        judge_book(Book("空.xlsx", ()), with_rule(since=2021), {})
