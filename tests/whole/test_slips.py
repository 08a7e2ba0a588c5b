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
SUMMARY, INCOME = "GK01 收入支出决算总表", "GK02 收入决算表"
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
