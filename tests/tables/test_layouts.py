"""Where forms stand: side by side, on several pages and sheets, under titles in cells, page headers or sheet names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.flow import judge_book
from gouji.packs.load import load_pack
from gouji.sheet import Sheet
from gouji.tables.model import Recognition
from gouji.tables.recognise import recognise
from tests.tables.reading import FORMS, figures, only, recognised
from tests.tables.sheets import book, sheet
from tests.tables.test_recognise import EXPECTED, PAIRS, PLAIN

HEADING = "科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出"
TOTAL = "合计 | | 30.5 | 20.0 | 10.5"
CLASS = "201 | 一般公共服务支出 | 30.5 | 20.0 | 10.5"
ITEM = "2013101 | 行政运行 | 30.5 | 20.0 | 10.5"
INCOME = PLAIN.replace("支出决算表", "收入决算表").replace(
    "本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出",
    "本年收入合计 | 财政拨款收入 | 上级补助收入 | 事业收入 | 经营收入 | 附属单位上缴收入 | 其他收入")


def page(title: str, *rows: str) -> str:
    return "\n".join([title, "单位：万元", HEADING, *rows])


def amounts(found: Recognition) -> dict[tuple[str, str], str]:
    assert [region.chinese for region in found.unknown] == []
    (table,) = found.tables
    return {key: value for key, value in figures(table).items() if value != "0.0"}


def beside(left: str, right: str, width: int, gap: int) -> str:
    """Two sheets as one, the second ``gap`` columns behind the ``width`` columns of the first."""
    one, other = left.strip("\n").split("\n"), right.strip("\n").split("\n")
    length = max(len(one), len(other))
    rows = zip(one + [""] * (length - len(one)), other + [""] * (length - len(other)), strict=True)
    return "\n".join(a + " |" * (width + gap - a.count("|")) + b for a, b in rows)


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_two_tables_side_by_side(gap: int) -> None:
    found = recognised(beside(PLAIN, INCOME, 8, gap))
    assert [region.chinese for region in found.unknown] == []
    assert [table.definition.name for table in found.tables] == ["支出表", "收入表"]
    expenditure, income = map(figures, found.tables)
    assert {key: value for key, value in expenditure.items() if value != "0.0"} == EXPECTED
    assert income[("2013101", "财政拨款收入")] == "20.0"
    assert {row for row, _ in income} == {"合计", "201", "2013101"}


def test_two_tables_in_different_units_on_one_sheet() -> None:
    income = INCOME.replace("万元", "元").replace("30.5", "305000.00")
    found = recognised(PLAIN + income)
    assert [table.sections[0].unit.name for table in found.tables] == ["万元", "元"]
    assert figures(found.tables[1])[("合计", "本年收入合计")] == "305,000.00"


def test_a_column_that_prints_a_unit_of_its_own() -> None:
    table = only(PLAIN.replace("| 项目支出 |", "| 项目支出（元） |").replace("| 10.5", "| 105000.00"))
    assert figures(table)[("201", "项目支出")] == "105,000.00"
    assert figures(table)[("201", "基本支出")] == "20.0"
    assert table.sections[0].unit.name == "万元"


@pytest.mark.parametrize("second", ["支出决算表", "支出决算表（续）", "支出决算表续表", "支出决算表（续表一）"])
def test_a_form_that_goes_on_below_its_title_printed_once_more(second: str) -> None:
    assert amounts(recognised(page("支出决算表", TOTAL, CLASS) + "\n" + page(second, ITEM))) == EXPECTED


def test_a_form_whose_heading_is_printed_once_more() -> None:
    assert amounts(recognised(page("支出决算表", TOTAL, CLASS, HEADING, ITEM))) == EXPECTED


@pytest.mark.parametrize("second", [
    page("支出决算表", ITEM), page("支出决算表（续）", ITEM), f"支出决算表（续表）\n{ITEM}",
], ids=["same title", "said to go on", "no heading"])
def test_a_form_that_goes_on_on_another_sheet(second: str) -> None:
    found = recognised(page("支出决算表", TOTAL, CLASS), second)
    assert amounts(found) == EXPECTED
    (table,) = found.tables
    item = table.sections[0].lines[2]
    address = table.sections[0].address(item, "项目支出")
    assert address is not None
    row = 2 if second.count("\n") == 1 else 4
    assert str(table.ref(address)) == f"表2!E{row}"
    assert table.sheet.at(table.ref(address)) == table.sheet.cells[address]
    assert (table.rows, table.remarks[0][0]) == ((1, 5), "续在工作表“表2”上")


def test_a_finding_on_the_second_sheet_of_a_form_names_its_cell() -> None:
    sheets = [sheet(page("支出决算表", TOTAL, CLASS), "表1"), sheet(page("支出决算表（续）", ITEM), "表2")]
    assert judge_book(book(*sheets), load_pack("mof-2020"), {}).findings == ()
    wrong = sheet(page("支出决算表（续）", ITEM.replace("| 20.0", "| 17.0")), "表2")
    report = judge_book(book(sheets[0], wrong), load_pack("mof-2020"), {})
    assert {(finding.rule, str(finding.cell)) for finding in report.findings} == {("A09", "表1!D5"), ("A06", "表2!C4")}
    assert {str(cell) for finding in report.findings for cell in finding.cells if cell.sheet == "表2"} == {
        f"表2!{column}4" for column in "CDEFGH"}


def test_two_units_tables_of_one_form_are_not_one() -> None:
    found = recognised(PLAIN, PLAIN)
    assert [table.sheet.name for table in found.tables] == ["表1", "表2"]
    without_total = recognised(page("支出决算表", CLASS), page("支出决算表", ITEM))
    assert [table.sheet.name for table in without_total.tables] == ["表1", "表2"]


def headed(text: str, header: str, name: str = "Sheet1") -> Sheet:
    return replace(sheet(text, name), header=header)


UNTITLED = PLAIN.replace("\n支出决算表\n", "\n")


def test_the_title_may_stand_in_the_page_header() -> None:
    found = recognise(book(headed(UNTITLED, "某县教育局\n2020年度支出决算表\n第 1 页")), FORMS)
    assert amounts(found) == EXPECTED
    assert found.tables[0].confidence == (
        "没有标题，页眉“2020年度支出决算表”，表头 8 栏，3 行",
        "no title, page header 2020年度支出决算表, 8 columns in the heading, 3 rows",
    )


def test_the_unit_may_stand_in_the_page_header() -> None:
    text = UNTITLED.replace("金额单位：万元", "")
    assert recognise(book(headed(text, "支出决算表\n单位：元")), FORMS).tables[0].sections[0].unit.name == "元"


def test_a_page_header_copied_from_another_sheet_names_nothing() -> None:
    found = recognise(book(headed(UNTITLED, "收入决算表", "支出决算表")), FORMS)
    assert [table.definition.name for table in found.tables] == ["支出表"]
    assert [sign.by for table in found.tables if table.grounds for sign in [table.grounds.sign]] == ["工作表名"]


@pytest.mark.parametrize("title", ["附件3：支出决算表", "附表3 支出决算表", "表三 支出决算表", "表3、支出决算表"])
def test_a_title_with_the_number_of_an_enclosure(title: str) -> None:
    assert amounts(recognised(PLAIN.replace("\n支出决算表\n", f"\n{title}\n"))) == EXPECTED


@pytest.mark.parametrize(("total", "strange"), [
    ("^ | 合计 | 30.5 | 20.0 | 10.5", []),
    ("合计 | ^ | 30.5 | 20.0 | 10.5", []),
    ("^ | ^ | 30.5 | 20.0 | 10.5", [4]),
])
def test_a_total_beside_heading_cells_that_reach_down_to_it(total: str, strange: list[int]) -> None:
    table = only(page("支出决算表", total, CLASS, ITEM))
    assert [line.row for line in table.sections[0].unknown_lines()] == strange
    assert len(table.sections[0].lines) == 3


@pytest.mark.parametrize(("text", "reason"), [
    ("单位：千元", "金额单位“千元”不认识（应为 亿元、万元、元）"),
    ("金额单位：人民币百万元", "金额单位“百万元”不认识（应为 亿元、万元、元）"),
])
def test_amounts_in_a_unit_that_is_not_known_are_left_out(text: str, reason: str) -> None:
    found = recognised(PLAIN.replace("金额单位：万元", text))
    assert [region.chinese for region in found.unknown] == [f"有标题“支出决算表”，但{reason}"]


def test_the_currency_may_stand_before_the_unit() -> None:
    assert only(PLAIN.replace("金额单位：万元", "单位：人民币元")).sections[0].unit.name == "元"


@pytest.mark.parametrize("text", [
    PLAIN.replace("\n201 |", "\n２０１ |").replace("\n2013101 |", "\n２０１３１０１ |"),
    PLAIN.replace("\n201 |", '\n" 201" |').replace("\n2013101 |", '\n"2013101 " |'),
    PLAIN.replace("科目编码 | ", "").replace("栏次 | |", "栏次 |").replace("合计 | |", "合计 |")
         .replace("201 | ", "201 ").replace("2013101 | ", "2013101-"),
    PLAIN.replace("科目编码 |", "序号 | 科目编码 |").replace("栏次 | |", "栏次 | | |")
         .replace("合计 | |", "1 | 合计 | |")
         .replace("\n201 |", "\n2 | 201 |").replace("\n2013101 |", "\n3 | 2013101 |"),
], ids=["full width", "spaces", "with the name", "behind a serial number"])
def test_subject_codes_in_other_cells_and_characters(text: str) -> None:
    assert amounts(recognised(text)) == EXPECTED


NOTES = ["填表说明：", "1.本表由系统生成", "2.请勿修改", "3.合计为各项之和", "合计", "支出", "201"]


def test_free_notes_left_of_a_form_are_no_part_of_it() -> None:
    rows = PLAIN.strip("\n").split("\n")[:7]
    text = "\n".join(f"{note} | | {row}" for note, row in zip(NOTES, rows, strict=True))
    assert amounts(recognised(text)) == EXPECTED


@pytest.mark.parametrize("text", [
    PLAIN.replace("对附属单位补助支出", "对附属单位补助支出 | | 经办人意见")
         .replace(TOTAL, TOTAL + " | | | | | 同比增加 5.0"),
    PLAIN.replace("201 | 一般", "其中财政拨款安排如下： | |\n201 | 一般"),
    PLAIN.replace("201 | 一般", "（一）基本情况 | |\n\n201 | 一般"),
    PLAIN.replace("| 项目支出 |", "| 备注 | 项目支出 |").replace("| 10.5", "| 见附件 | 10.5")
         .replace("| 3 |", "| | 3 |"),
], ids=["right of it", "between its rows", "a blank row", "a column of words"])
def test_words_inserted_by_people(text: str) -> None:
    assert amounts(recognised(text)) == EXPECTED


def test_three_public_expenses_beside_the_year_before() -> None:
    found = figures(only("""
一般公共预算财政拨款“三公”经费支出决算表
单位：万元
项目 | 上年决算数 | 本年决算数 | 增减额 | 增减幅
合计 | 30.0 | 25.4 | -4.6 | -15.33%
1.因公出国（境）费 | 2.2 | 0.0 | -2.2 | -100%
2.公务用车购置及运行维护费 | 27.1 | 25.0 | -2.1 | -7.75%
（1）公务用车购置费 | 0.0 | 0.0
（2）公务用车运行维护费 | 27.1 | 25.0 | -2.1
3.公务接待费 | 0.7 | 0.4 | -0.3
"""))
    assert {name: found[("决算数", name)] for name in ("合计", "公务用车运行维护费", "公务接待费")} == {
        "合计": "25.4", "公务用车运行维护费": "25.0", "公务接待费": "0.4"}
    assert {row for row, _ in found} == {"决算数"}


@pytest.mark.parametrize("codes", ["301 | 1", '"301" | "01"'])
def test_economic_codes_in_two_cells(codes: str) -> None:
    table = only(f"""
一般公共预算财政拨款基本支出决算表
单位：万元
经济分类科目编码 | < | 科目名称 | 决算数 | 经济分类科目编码 | < | 科目名称 | 决算数
类 | 款 | ^ | ^ | 类 | 款 | ^ | ^
301 | | 工资福利支出 | 10.0 | 302 | | 商品和服务支出 | 3.0
{codes} | 基本工资 | 10.0 | {codes.replace("301", "302")} | 办公费 | 3.0
人员经费合计 | < | < | 10.0 | 公用经费合计 | < | < | 3.0
""")
    assert [line.key for line in table.sections[0].lines] == [
        "301", "30101", "人员经费合计", "302", "30201", "公用经费合计"]


def test_what_was_not_understood_is_named_with_its_cell() -> None:
    strange = PLAIN.replace("| 项目支出 |", "| 项目支出 | 其中：专项 |").replace("| 10.5", "| 10.5 | 3.0")
    strange = strange.replace("\n2013101 |", "\n小计 | | 30.5 | 20.0 | 10.5\n2013101 |")
    table = only(strange.replace("| 经营支出 ", "| "))
    grounds = table.grounds
    assert grounds is not None
    assert (grounds.sign.by, str(grounds.sign.at), grounds.sign.text) == ("标题", "A1", "支出决算表")
    assert (grounds.columns, grounds.lines, grounds.lacking) == ((7, 8), (3, 4), ("经营支出",))
    assert [(word, str(at)) for word, at in grounds.strange_columns] == [("专项", "表1!F3")]
    assert [(word, str(at)) for word, at in grounds.strange_lines] == [("小计", "表1!A7")]
    assert grounds.share == (7 + 3) / (8 + 4 + 1)
    assert table.confidence == (
        "标题“支出决算表”，表头 8 栏中认出 7 栏，4 行中认出 3 行，不认识 F3“专项”、A7“小计”，没有印 经营支出 栏",
        "title 支出决算表, 8 columns in the heading, 7 of them understood, 4 rows, 3 of them understood, "
        "not understood: F3“专项”, A7“小计”, the columns 经营支出 are not printed",
    )


def test_a_form_understood_as_a_whole_says_so() -> None:
    for text in (PLAIN, PAIRS):
        grounds = only(text).grounds
        assert grounds is not None
        assert (grounds.share, grounds.strange_columns, grounds.strange_lines) == (1.0, (), ())
