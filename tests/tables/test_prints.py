"""One case for every way of printing that random prints (``tests/variety``) showed to be different."""

from __future__ import annotations

import pytest

from gouji.tables.recognise import recognise
from tests.tables.reading import FORMS, figures, only, recognised
from tests.tables.sheets import book, sheet
from tests.tables.test_recognise import EXPECTED, PAIRS, PLAIN


@pytest.mark.parametrize("title", [
    "某县教育局支出决算表", "2021年度支出决算表", "支出决算表（2021年度）", "公开03表　支出决算表", "某局\n支出决算表",
    "支出决算表（单位：万元）", "支出决算表（金额单位：万元）", "某市住房公积金中心2021年度支出决算表",
])
def test_a_title_with_other_words_around_it(title: str) -> None:
    text = PLAIN.replace("\n支出决算表\n", f"\n{title.replace(chr(10), '')}\n")
    assert {key: value for key, value in figures(only(text)).items() if value != "0.0"} == EXPECTED


@pytest.mark.parametrize("title", ["政府性基金预算财政拨款支出决算表", "财政拨款支出决算表", "项目支出决算表"])
def test_the_title_of_another_form_is_not_that_of_the_form_it_ends_with(title: str) -> None:
    found = recognised(PLAIN.replace("\n支出决算表\n", f"\n{title}\n"))
    assert found.tables == ()
    assert [region.chinese for region in found.unknown] == ["没有标准表的标题"]


def test_quotes_in_a_title_may_be_left_out() -> None:
    assert only(PAIRS.replace('"三公"', "三公")).definition.name == "三公"


def test_a_sheet_without_a_title_is_known_by_its_name_and_all_its_columns() -> None:
    text = PLAIN.replace("\n支出决算表\n", "\n")
    found = recognise(book(sheet(text, "Z03 支出决算表(财决03表)")), FORMS)
    assert [table.confidence[0] for table in found.tables] == [
        "没有标题，工作表名“Z03 支出决算表(财决03表)”，表头 8 栏，3 行"]
    by_columns = recognise(book(sheet(text, "Sheet3")), FORMS)
    assert [table.confidence[0] for table in by_columns.tables] == ["没有标题，栏目只合这一种表，表头 8 栏，3 行"]
    lacking = recognise(book(sheet(text.replace("| 经营支出", "| 某支出"), "支出决算表")), FORMS)
    assert [region.chinese for region in lacking.unknown] == ["没有标准表的标题"]


def test_a_sheet_without_a_title_is_no_second_copy_of_a_form() -> None:
    found = recognised(PLAIN, PLAIN.replace("\n支出决算表\n", "\n"))
    assert [table.sheet.name for table in found.tables] == ["表1"]
    assert [region.chinese for region in found.unknown] == ["没有标准表的标题，栏目合于 支出决算表"]


EMPTY = """
政府性基金预算财政拨款收入支出决算表
单位：万元
项目 | < | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转和结余
科目编码 | 科目名称 | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^
"""


@pytest.mark.parametrize("body", [
    "", "栏次 | < | 1 | 2 | 3 | 4 | 5 | 6", "本部门本年度没有政府性基金，故本表为空。 | < | <",
])
def test_a_form_without_lines_is_an_empty_one(body: str) -> None:
    table = only(EMPTY + body)
    assert table.sections[0].lines == ()
    assert [remark for remark, _ in table.remarks] == ["表头之下没有任何行，作为空表，各数为零"]


def test_a_form_without_lines_that_lacks_a_column_is_none() -> None:
    assert recognised(EMPTY.replace("| 本年收入 ", "| 某栏 ")).tables == ()


def test_a_repeated_heading_without_lines_is_no_second_form() -> None:
    found = recognised(EMPTY + "合计 | < | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0", EMPTY)
    assert [table.sheet.name for table in found.tables] == ["表1"]
    assert [region.sheet for region in found.unknown] == ["表2"]


def test_a_total_without_amounts_below_a_heading_of_two_rows_is_a_line() -> None:
    table = only(EMPTY + "\n | 合计 | | | | | | ")
    assert [line.name for line in table.sections[0].lines] == ["合计"]


@pytest.mark.parametrize("heading", [
    "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
    "科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出",
    "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出",
    "项目 | < | 本年支出 | < | <\n科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出",
    "项目 | < | 本年支出 | < | < | <\n科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出 | ",
])
def test_the_column_that_adds_up_the_others(heading: str) -> None:
    table = only(f"""
一般公共预算财政拨款支出决算表
单位：万元
{heading}
201 | 一般公共服务支出 | 30.5 | 20.0 | 10.5
""")
    assert figures(table) == {("201", "本年支出"): "30.5", ("201", "基本支出"): "20.0", ("201", "项目支出"): "10.5"}


def test_two_columns_of_figures_below_one_word_are_not_understood() -> None:
    found = recognised("""
一般公共预算财政拨款支出决算表
科目编码 | 科目名称 | 本年支出合计 | < | 基本支出 | 项目支出
201 | 一般公共服务支出 | 30.5 | 7.0 | 20.0 | 10.5
""")
    assert [region.chinese for region in found.unknown] == [
        "有标题“一般公共预算财政拨款支出决算表”，但栏“本年支出”下面有几列数"]


def test_blank_columns_between_code_cells_and_below_a_merged_heading() -> None:
    table = only("""
一般公共预算财政拨款支出决算表
单位：万元
项目 | < | < | < | < | 本年支出 | < | < | <
科目编码 | < | < | < | 科目名称 | 小计 | | 基本支出 | 项目支出
201 | | | | 一般公共服务支出 | 30.5 | | 20.0 | 10.5
201 | | 31 | 1 | 行政运行 | 30.5 | | 20.0 | 10.5
""")
    assert {key for key, _ in figures(table)} == {"201", "2013101"}
    assert figures(table)[("2013101", "项目支出")] == "10.5"


@pytest.mark.parametrize("total", ["公用经费合计 | < | < | < | < | 4.0", "公用经费合计 | | | | | 4.0"])
def test_a_total_whose_amount_stands_below_the_last_lane(total: str) -> None:
    table = only(f"""
一般公共预算财政拨款基本支出决算表
单位：万元
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 10.0 | 302 | 商品和服务支出 | 3.0 | 310 | 资本性支出 | 1.0
人员经费合计 | < | 10.0 | {total}
""")
    assert figures(table)[("公用经费合计", "决算数")] == "4.0"
    assert len(table.sections[0].by_key["公用经费合计"]) == 1


def test_items_of_three_public_expenses_without_amounts_are_zero() -> None:
    table = only("""
财政拨款“三公”经费支出决算表
单位：万元
项目 | 行次 | 预算数 | 决算数
合计 | 1 | "0.7" | 0.4
1.因公出国（境）费 | 2 | — | —
2.公务用车购置及运行维护费 | 3
（1）公务用车购置费 | 4 | |
（2）公务用车运行维护费 | 5 | — |
3.公务接待费 | 6 | "0.7" | 0.4
""")
    assert figures(table)[("预算数", "公务接待费")] == "0.7"
    assert len(table.values) == 12


def test_the_name_of_a_class_without_an_amount_is_a_line() -> None:
    table = only("""
收入支出决算总表
项目 | 金额 | 项目 | 金额
一般公共预算财政拨款收入 | 30.0 | 一、一般公共服务支出 | 30.0
 | | 二、外交支出 |
本年收入合计 | 30.0 | 本年支出合计 | 30.0
收入总计 | 30.0 | 支出总计 | 30.0
""")
    assert [line.key for line in table.sections[1].lines] == ["201", "202", "本年支出合计", "总计"]


@pytest.mark.parametrize(("words", "unit"), [
    ("编制单位：元谋县教育局 | | | | 金额单位：万元", "万元"),
    ("单位：元氏县水利局 | | | | 单位：元", "元"),
    ("金额单位：元　公开03表", "元"),
    ("（单位：元）", "元"),
    ("部门：万元店镇人民政府", "万元"),
])
def test_the_unit_of_money_is_no_part_of_a_name(words: str, unit: str) -> None:
    assert only(PLAIN.replace("部门：某局 | | | | 金额单位：万元", words)).sections[0].unit.name == unit


def test_the_unit_may_stand_above_the_title() -> None:
    text = PLAIN.replace("部门：某局 | | | | 金额单位：万元", "部门：某局")
    assert only("公开03表 | | | 单位：元" + text).sections[0].unit.name == "元"


def test_a_form_that_prints_no_unit_is_in_that_of_all_others() -> None:
    in_yuan = PLAIN.replace("金额单位：万元", "单位：元").replace("支出决算表", "收入决算表").replace(
        "本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出",
        "本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 附属单位上缴收入 | 其他收入")
    silent = PLAIN.replace("金额单位：万元", "")
    tables = recognised(in_yuan, silent).tables
    assert [table.sections[0].unit.name for table in tables] == ["元", "元"]
    assert [remark for table in tables for remark, _ in table.remarks] == ["没有印金额单位，按元"]
    assert only(silent).sections[0].unit.name == "万元"


def test_a_form_that_prints_no_unit_is_left_out_where_the_others_do_not_tell_it() -> None:
    silent = PLAIN.replace("金额单位：万元", "")
    others = [EMPTY.replace("万元", "元"), EMPTY.replace("政府性基金", "国有资本经营")]
    found = recognised(silent, *others)
    assert [table.definition.name for table in found.tables] == ["基金", "国资"]
    assert [region.chinese for region in found.unknown] == [
        "有标题“支出决算表”，但没有印金额单位，其他表的单位又不足以推断"]
