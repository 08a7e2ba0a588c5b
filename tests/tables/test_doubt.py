"""What is doubtful is left out and said: lost names, lost headings, one figure finer than all others."""

from __future__ import annotations

from gouji.flow import judge_book
from gouji.packs.load import load_pack
from gouji.report.model import Report
from tests.tables.reading import only, recognised
from tests.tables.sheets import book, sheet
from tests.tables.test_recognise import ITEMS_IN_ROWS, PLAIN

TREE = """
支出决算表
单位：万元
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
合计 | | 30.5 | 20.0 | 10.5
201 | 一般公共服务支出 | 30.5 | 20.0 | 10.5
20131 | 党委办公厅（室）及相关机构事务 | 30.5 | 20.0 | 10.5
2013101 | 行政运行 | 20.0 | 20.0 | 0.0
2013102 | 一般行政管理事务 | 10.5 | 0.0 | 10.5
"""
LANES = """
一般公共预算财政拨款基本支出决算表
单位：万元
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 10.0 | 302 | 商品和服务支出 | 3.0
30101 | 基本工资 | 10.0 | 30201 | 办公费 | 3.0
人员经费合计 | < | 10.0 | 公用经费合计 | < | 3.0
"""


def judged(text: str) -> Report:
    return judge_book(book(sheet(text)), load_pack("mof-2020"), {})


def test_a_line_without_its_code_counts_in_every_total_that_it_may_belong_to() -> None:
    assert judged(TREE).findings == ()
    for lost in (TREE.replace("2013102 |", "某码 |"), TREE.replace("2013102 | 一般行政管理事务", " | "),
                 TREE.replace("20131 |", "某码 |")):
        report = judged(lost)
        assert [(finding.rule, str(finding.cell)) for finding in report.findings] == []
        assert any("不认识的行" in each.reason_zh for each in report.not_applied)


def test_one_figure_finer_than_the_others_does_not_make_them_finer() -> None:
    finer = TREE.replace("2013102 | 一般行政管理事务 | 10.5", "2013102 | 一般行政管理事务 | 0.00105")
    table = only(finer)
    assert table.sections[0].decimals == 1
    assert {finding.cell.address for finding in judged(finer).findings} <= {"C6", "C8"}


def test_figures_under_a_lost_heading_are_told() -> None:
    table = only(PLAIN.replace("| 项目支出 |", "| |"))
    assert "E 栏有数，但认不出栏名，没有核对" in [chinese for chinese, _ in table.remarks]
    rows = only(ITEMS_IN_ROWS.replace("| 预算数 |", "| 某数 |"))
    assert "B 栏有数，但认不出栏名，没有核对" in [chinese for chinese, _ in rows.remarks]


def test_a_list_in_lanes_with_a_lost_heading_is_left_out_as_a_whole() -> None:
    found = recognised(LANES.replace("| 科目编码 | 科目名称 | 决算数\n301", "| | |\n301"))
    assert found.tables == ()
    assert [region.chinese for region in found.unknown] == [
        "有标题“一般公共预算财政拨款基本支出决算表”，但有几栏数认不出栏名"]
    assert found.unread == {"基本明细": "表1"}
    assert len(only(LANES).sections[0].lines) == 6
