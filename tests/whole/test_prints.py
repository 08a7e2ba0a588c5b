"""Rules across forms whose prints differ."""

from __future__ import annotations

from gouji.flow import judge_book
from gouji.packs.load import load_pack
from tests.tables.sheets import book, sheet

APPROPRIATION = """
财政拨款收入支出决算总表
单位：万元
收入 | < | 支出 | < | < | < | <
项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 | 国有资本经营预算财政拨款
一、一般公共预算财政拨款 | 0.0 | 二十三、国有资本经营预算支出 | 5.0 | 0.0 | 0.0 | 5.0
二、政府性基金预算财政拨款 | 0.0 |
三、国有资本经营预算财政拨款 | 5.0 |
本年收入合计 | 5.0 | 本年支出合计 | 5.0 | 0.0 | 0.0 | 5.0
年初财政拨款结转和结余 | 0.0 | 年末财政拨款结转和结余 | 0.0 | 0.0 | 0.0 | 0.0
总计 | 5.0 | 总计 | 5.0 | 0.0 | 0.0 | 5.0
"""
CAPITAL = """
国有资本经营预算财政拨款支出决算表
单位：万元
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
223 | 国有资本经营预算支出 | 5.0 | 0.0 | 5.0
2230105 | 国有企业退休人员社会化管理补助支出 | 5.0 | 0.0 | 5.0
"""


def test_a_column_that_is_not_printed_is_not_zero_where_the_total_row_is_not_printed_either() -> None:
    report = judge_book(book(sheet(APPROPRIATION, "4"), sheet(CAPITAL, "9")), load_pack("mof-2020"), {})
    assert [finding.message_zh for finding in report.findings] == []
    assert "B06" not in {one.rule for one in report.not_applied}
