"""Forms are recognised by their words in every print, and nothing is guessed."""

from __future__ import annotations

import pytest

from gouji.flow import judge_book
from gouji.packs.load import load_pack
from gouji.tables.recognise import recognise
from tests.tables.reading import FORMS, figures, only, recognised
from tests.tables.sheets import book, sheet

EXPECTED = {
    ("合计", "本年支出合计"): "30.5", ("合计", "基本支出"): "20.0", ("合计", "项目支出"): "10.5",
    ("201", "本年支出合计"): "30.5", ("201", "基本支出"): "20.0", ("201", "项目支出"): "10.5",
    ("2013101", "本年支出合计"): "30.5", ("2013101", "基本支出"): "20.0", ("2013101", "项目支出"): "10.5",
}

PLAIN = """
支出决算表
部门：某局 | | | | 金额单位：万元
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
栏次 | | 1 | 2 | 3 | 4 | 5 | 6
合计 | | 30.5 | 20.0 | 10.5
201 | 一般公共服务支出 | 30.5 | 20.0 | 10.5
2013101 | 行政运行 | 30.5 | 20.0 | 10.5
注：本表反映部门本年度各项支出情况。
"""
CODES_AS_TEXT = PLAIN.replace("\n201 |", '\n"201" |').replace("\n2013101 |", '\n"2013101" |')
THREE_CODE_CELLS = """
公开03表
某市某局2020年度支出决算表
项目 | < | < | < | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
支出功能分类科目编码 | < | < | 科目名称 | ^ | ^ | ^ | ^ | ^ | ^
类 | 款 | 项 | 栏次 | 1 | 2 | 3 | 4 | 5 | 6
^ | ^ | ^ | 合计 | 30.5 | 20.0 | 10.5
201 | | | 一般公共服务支出 | 30.5 | 20.0 | 10.5
201 | 31 | 1 | 行政运行 | 30.5 | 20.0 | 10.5
"""
TOTAL_LAST = """
支 出 决 算 表
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
201 | 一般公共服务支出 | 30.5 | 20.0 | 10.5 | —— | — | 0.0
2013101 | 行政运行 | 30.5 | 20.0 | 10.5
合　计 | | 30.5 | 20.0 | 10.5
"""
COLUMNS_MOVED = """
支出决算总表
科目名称 | 功能分类科目编码 | 项目支出 | 基本支出 | 某栏 | 本年支出合计 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
合计 | | 10.5 | 20.0 | 7.7 | 30.5
一般公共服务支出 | 201 | 10.5 | 20.0 | 7.7 | 30.5
行政运行 | 2013101 | 10.5 | 20.0 | 7.7 | 30.5
"""


@pytest.mark.parametrize("text", [PLAIN, CODES_AS_TEXT, THREE_CODE_CELLS, TOTAL_LAST, COLUMNS_MOVED],
                         ids=["plain", "codes as text", "three code cells", "total last", "columns moved"])
def test_one_form_in_many_prints(text: str) -> None:
    table = only(text)
    assert table.definition.name == "支出表"
    assert {key: value for key, value in figures(table).items() if value != "0.0"} == EXPECTED


def test_the_tree_follows_printed_codes() -> None:
    section = only(PLAIN).sections[0]
    total, kind, item = section.lines
    assert (total.parent, kind.parent, item.parent) == (None, total.index, kind.index)
    assert (kind.kinds, item.kinds) == (frozenset({"行", "科目", "类"}), frozenset({"行", "科目", "项"}))


def test_two_lanes_are_told_apart_by_the_words_over_them() -> None:
    table = only("""
收入支出决算总表
收入 | < | < | 支出 | < | <
项目 | 行次 | 金额 | 项目 | 行次 | 金额
栏次 | | 1 | 栏次 | | 2
一、一般公共预算财政拨款收入 | 1 | 30.0 | 一、一般公共服务支出 | 9 | 29.0
八、其他收入 | 8 | 0.5 | 二十六、抗疫特别国债安排的支出 | 10 | 0.0
本年收入合计 | 9 | 30.5 | 本年支出合计 | 11 | 29.0
年初结转和结余 | 10 | 0.0 | 年末结转和结余 | 12 | 1.5
总 计 | 11 | 30.5 | 总 计 | 13 | 30.5
""")
    income, expenditure = table.sections
    assert [line.key for line in income.lines] == [
        "一般公共预算财政拨款收入", "其他收入", "本年收入合计", "年初结转和结余", "总计"]
    assert [line.key for line in expenditure.lines] == ["201", "234", "本年支出合计", "年末结转和结余", "总计"]
    assert expenditure.lines[1].label == "抗疫特别国债安排的支出"


SIX_AND_SIX = """
一般公共预算财政拨款“三公”经费支出决算表
预算数 | < | < | < | < | < | 决算数 | < | < | < | < | <
合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费 | 合计 \
| 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费
^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^
1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12
30.0 | 2.2 | 27.1 | 0.0 | 27.1 | 0.7 | 25.4 | 0.0 | 25.0 | 0.0 | 25.0 | 0.4
"""
PAIRS = """
财政拨款"三公"经费支出决算表
合计 | < | 因公出国(境)费用 | < | 公务用车购置及运行维护费 | < | 公务用车购置费 | < \
| 公务用车运行维护费 | < | 公务接待费 | <
预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数 | 预算数 | 决算数
30.0 | 25.4 | 2.2 | 0.0 | 27.1 | 25.0 | 0.0 | 0.0 | 27.1 | 25.0 | 0.7 | 0.4
"""
ITEMS_IN_ROWS = """
财政拨款“三公”经费支出决算表
项目 | 预算数 | 决算数
合计 | 30.0 | 25.4
1.因公出国（境）费 | 2.2 | 0.0
2.公务用车购置及运行维护费 | 27.1 | 25.0
（1）公务用车购置费 | 0.0 | 0.0
（2）公务用车运行维护费 | 27.1 | 25.0
3.公务接待费 | 0.7 | 0.4
"""


@pytest.mark.parametrize("text", [SIX_AND_SIX, PAIRS, ITEMS_IN_ROWS], ids=["6+6", "pairs", "items in rows"])
def test_a_figure_of_three_public_expenses_is_found_by_its_two_names(text: str) -> None:
    found = figures(only(text))
    assert found[("预算数", "合计")] == "30.0"
    assert found[("决算数", "公务用车购置及运行维护费")] == "25.0"
    assert found[("预算数", "公务用车运行维护费")] == "27.1"
    assert found[("决算数", "公务接待费")] == "0.4"
    assert len(found) == 12


def test_lanes_of_one_list_are_put_together() -> None:
    table = only("""
一般公共预算财政拨款基本支出决算表
人员经费 | < | < | 公用经费 | < | <
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 10.0 | 302 | 商品和服务支出 | 3.0
30101 | 基本工资 | 10.0 | 30201 | 办公费 | 3.0
人员经费合计 | < | 10.0 | 公用经费合计 | < | 3.0
""")
    found = figures(table)
    assert found[("30101", "决算数")] == "10.0"
    assert found[("公用经费合计", "决算数")] == "3.0"
    lines = {line.key: line for line in table.sections[0].lines}
    assert lines["302"].parent == lines["公用经费合计"].index


def test_the_unit_is_read_from_the_sheet() -> None:
    table = only(PLAIN.replace("金额单位：万元", "单位：元"))
    assert table.sections[0].unit.name == "元"


def test_two_tables_on_one_sheet() -> None:
    found = recognised(PLAIN + PLAIN.replace("支出决算表", "收入决算表").replace(
        "本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出",
        "本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 附属单位上缴收入 | 其他收入"))
    assert [table.definition.name for table in found.tables] == ["支出表", "收入表"]


def test_what_is_no_standard_table_is_listed_with_the_reason() -> None:
    contents, salaries = "目录\n一、收入决算表\n二、支出决算表", "工资表\n姓名 | 金额\n甲 | 3.0"
    found = recognised(contents, salaries, "收入决算表\n姓名 | 分数\n甲 | 3.0")
    assert found.tables == ()
    assert [(region.sheet, region.chinese) for region in found.unknown] == [
        ("表1", "有标题“收入决算表”，但没有找到表头（应有 科目编码、科目名称、本年收入合计、财政拨款收入 等栏）"),
        ("表1", "有标题“支出决算表”，但没有找到表头（应有 科目编码、科目名称、本年支出合计、基本支出 等栏）"),
        ("表2", "没有标准表的标题"),
        ("表3", "有标题“收入决算表”，但没有找到表头（应有 科目编码、科目名称、本年收入合计、财政拨款收入 等栏）"),
    ]


def test_an_unknown_row_with_a_figure_counts_where_it_stands() -> None:
    table = only("""
收入支出决算总表
单位：万元
项目 | 金额 | 项目 | 金额
一般公共预算财政拨款收入 | 30.0 | 一般公共服务支出 | 29.0
某项新收入 | 0.5 | |
其中：某部分 | 0.1 | |
本年收入合计 | 30.5 | 本年支出合计 | 29.0
总计 | 30.5 | 总计 | 30.5
""")
    lines = {line.label: line for line in table.sections[0].lines}
    assert lines["某项新收入"].parent == lines["本年收入合计"].index
    assert lines["其中:某部分"].parent is None
    assert [remark for remark, _ in table.remarks] == [
        "第 5 行“某项新收入”不是标准行", "第 6 行“其中:某部分”不是标准行",
    ]


def test_decimals_come_from_what_the_table_prints() -> None:
    text = PLAIN.replace("| 20.0 | 10.5", "| 20 | 10.5")
    values = only(text).values
    twenty = next(v for v in values.values() if v.text == "20")
    assert twenty.figure is not None
    assert twenty.figure.last == 1 - 4
    assert twenty.figure.printed() == "20.0"


def test_a_pasted_quotient_does_not_make_its_neighbours_finer() -> None:
    found = recognise(book(sheet(PLAIN.replace("10.5\n注", "3.33333333333\n注"), number_format="General")), FORMS)
    decimals = {section.decimals for table in found.tables for section in table.sections}
    assert decimals == {1}


CARRIED_OVER = """
财政拨款收入支出决算总表
单位：万元
收入 | < | 支出 | < | < | < | <
项目 | 金额 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款 | 国有资本经营预算财政拨款
一、一般公共预算财政拨款 | 30.0 | 一、一般公共服务支出 | 29.0 | 27.0 | 2.0 | 0.0
二、政府性基金预算财政拨款 | 2.0 | | | | |
三、国有资本经营预算财政拨款 | 0.0 | | | | |
本年收入合计 | 32.0 | 本年支出合计 | 29.0 | 27.0 | 2.0 | 0.0
年初财政拨款结转和结余 | -1.5 | 年末财政拨款结转和结余 | 1.5 | 1.5 | 0.0 | 0.0
一般公共预算财政拨款 | -1.5 | | | | |
政府性基金预算财政拨款 | 0.0 | | | | |
国有资本经营预算财政拨款 | 0.0 | | | | |
总计 | 30.5 | 总计 | 30.5 | 28.5 | 2.0 | 0.0
"""


def test_rows_of_two_totals_have_the_kind_of_the_one_they_stand_under() -> None:
    income, expenditure = only(CARRIED_OVER).sections
    carried = [line.name for line in income.lines if "结转" in line.kinds]
    assert carried == [
        "年初财政拨款结转和结余", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款",
    ]
    assert [line.index for line in income.lines if "结转" in line.kinds] == [4, 5, 6, 7]
    assert [line.name for line in expenditure.lines if "结转" in line.kinds] == ["年末财政拨款结转和结余"]


def test_an_amount_carried_over_may_be_negative_in_a_fund_too() -> None:
    report = judge_book(book(sheet(CARRIED_OVER)), load_pack("mof-2020"), {})
    assert [finding.rule for finding in report.findings] == []
    overspent = CARRIED_OVER.replace("二、政府性基金预算财政拨款 | 2.0", "二、政府性基金预算财政拨款 | -2.0")
    report = judge_book(book(sheet(overspent)), load_pack("mof-2020"), {})
    assert ("A18", "B6") in {(finding.rule, finding.cell.address) for finding in report.findings}
