"""What would explain a wrong figure is said in its message: the slip, or where the figure was taken from."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.generator.damage import with_cell

from gouji.document import Document, Paragraph
from gouji.flow import judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.packs.model import Pack
from gouji.report.model import Finding, Report
from gouji.sheet import Book, Cell, CellKind, CellRef

CORRECTED = Path(__file__).parents[2] / "templates" / "examples" / "heilongjiang-2020-corrected.xlsx"
SUMMARY, INCOME, PROJECT = "GK01 收入支出决算总表", "GK02 收入决算表", "绩效1"
SPENT, POINTS = (7, 6), (15, 7)
C, K = 3, 11
TOTAL_INCOME, OPENING, CLOSING = (33, 3), (35, 3), (35, 6)
"""Columns by their letters."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("heilongjiang-2020")


def changed(sheet: str, cells: dict[tuple[int, int], str]) -> Book:
    book = read_package(CORRECTED)
    own = next(one for one in book.sheets if one.name == sheet)
    for place, text in cells.items():
        kind = CellKind.NUMBER if text.replace(".", "").isdigit() else CellKind.TEXT
        cell = own.cells[place]._replace(text=text) if place in own.cells else Cell(kind, text)
        book = with_cell(book, CellRef(sheet, *place), cell)
    return book


def about(report: Report, rule: str) -> Finding:
    return next(one for one in report.findings if one.rule == rule)


def slips(report: Report) -> list[str | None]:
    return [cell.mechanism for one in report.explanations for cell in one.cells if not cell.carries]


def test_last_years_figure_in_a_column_of_comparison(pack: Pack) -> None:
    book = changed(INCOME, {(4, K): "上年决算数", (11, K): "1745.3", (11, C): "1745.3"})
    report = judge_book(book, pack, {})
    found = about(report, "A06")
    assert found.message_zh == (
        "收入决算表 C11 行政运行·本年收入合计：列示 1,745.3，财政拨款收入 + 其他收入为 1,888.9，相差 143.6。"
        "若仅此格有误，应为 1,888.9 或 1,889.0（3 条关系合起来）；与同一行上年的数相同，像是没有更新。"
    )
    assert found.message_en.endswith(
        "If only this cell is wrong, it should be 1,888.9 or 1,889.0 (3 relations together); "
        "as in last year's column: not brought up to date."
    )
    assert slips(report) == ["last year"]


def test_what_was_carried_over_from_last_year_is_this_years_money(pack: Pack) -> None:
    book = changed(INCOME, {(4, K): "上年结转和结余", (11, K): "1745.3", (11, C): "1745.3"})
    assert slips(judge_book(book, pack, {})) == [None]


def test_last_years_figure_that_the_text_gives(pack: Pack) -> None:
    said = Paragraph("本年收入合计3,972.0万元，比上年决算数3,460.2万元增加511.8万元，增长14.8%。")
    report = judge_book(changed(SUMMARY, {TOTAL_INCOME: "3460.2"}), pack, {}, text=Document("说明.txt", (said,)))
    found = next(one for one in report.findings if one.cell == CellRef(SUMMARY, *TOTAL_INCOME) and one.rule == "A01")
    assert found.message_zh.endswith("；与同一行上年的数相同，像是没有更新。")


def test_the_closing_amount_of_last_year_in_place_of_this_years(pack: Pack) -> None:
    opening = next(one for one in read_package(CORRECTED).sheets if one.name == SUMMARY).cells[OPENING].text
    report = judge_book(changed(SUMMARY, {CLOSING: opening}), pack, {})
    assert "last year" in slips(report)


@pytest.mark.parametrize(("place", "printed", "rule", "cell", "expected"), [
    (SPENT, "130.91", "P03", SPENT,
     "F7 年度资金总额·全年执行数：列示 130.91，省级资金为 75.29，相差 55.62。"
     "若仅此格有误，应为 75.29（2 条关系合起来）；"
     "与另一张同样的表在此处的数相同，像是照抄。"),
    (SPENT, "20", "P03", SPENT,
     "F7 年度资金总额·全年执行数：列示 20.00，省级资金为 75.29，相差 55.29。"
     "若仅此格有误，应为 75.29（2 条关系合起来）。"),
    ((7, 5), "75.29", "P03", (7, 5),
     "E7 年度资金总额·全年预算数：列示 75.29，省级资金为 160.00，相差 84.71。"
     "若仅此格有误，应为 160.00（2 条关系合起来）；"
     "与相邻一格的数相同，像是填错了行或栏。"),
    (SPENT, "160", "P03", SPENT,
     "F7 年度资金总额·全年执行数：列示 160.00，省级资金为 75.29，相差 84.71。"
     "若仅此格有误，应为 75.29（2 条关系合起来）。"),
    (POINTS, "15", "P04", (31, 7),
     "G31 总分·分值：列示 100，购买硬件设备总件数等 11 项之和 + 年度资金总额·分值为 110，相差 10。"
     "若仅一格有误，是 G15（★预算编制到项目率·分值，列示 15），应为 5。调整各指标的分值，使它们与资金分值合计为 100。"),
], ids=["copied", "20 on both sheets", "beside", "160 beside 160", "15 points below 15"])
def test_the_same_figure_elsewhere_is_a_slip_only_with_three_telling_digits(
    pack: Pack, place: tuple[int, int], printed: str, rule: str, cell: tuple[int, int], expected: str
) -> None:
    report = judge_book(changed(PROJECT, {place: printed}), pack, {})
    found = next(one for one in report.findings if one.rule == rule and one.cell == CellRef(PROJECT, *cell))
    assert found.message_zh == "省级项目（专项）支出绩效自评表 " + expected
