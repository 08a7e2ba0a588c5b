"""Prints that no program here makes: recognised, without an error or a warning, and a figure damaged is still found."""

from __future__ import annotations

import pytest

from gouji.flow import forms_of, judge_book
from gouji.packs.load import load_pack
from gouji.report.model import Report
from gouji.sheet import Book, Cell, CellKind, CellRef
from gouji.tables.recognise import recognise
from tests.whole.test_damage import with_cell
from tests.whole.unseen_prints import HEADINGS, PRINTS, TITLES, UNIT, Print, example, plain, rows_of, sheet, subjects

PACK = load_pack("mof-2020")


def book(printed: Print) -> Book:
    other = printed()
    return Book("试.xlsx", tuple(one for n, own in example().items() for one in other.get(n, (own,))))


def judged(one: Book) -> Report:
    return judge_book(one, PACK, {}, details=False)


def a_figure(one: Book, printed: Print) -> CellRef:
    """The middle one of the figures on the sheets printed otherwise, of those that are not zero if there are any."""
    sheets = {sheet.name for others in printed().values() for sheet in others}
    figures = [
        (bool(value.figure and value.figure.digits), table.sheet.ref(*place))
        for table in recognise(one, forms_of(PACK)).tables if table.sheet.name in sheets
        for place, value in table.values.items() if value.status == "figure"
    ]
    best = [ref for filled, ref in figures if filled == max(filled for filled, _ in figures)]
    return best[len(best) // 2]


@pytest.mark.parametrize("printed", PRINTS, ids=lambda printed: printed.__name__)
def test_a_print_is_understood_as_a_whole_and_a_wrong_figure_found(printed: Print) -> None:
    one = book(printed)
    report = judged(one)
    assert [finding.message_zh for finding in report.findings if finding.severity != "info"] == []
    assert sorted({table.table for table in report.tables}) == sorted({
        table.definition.title for table in recognise(Book("例", tuple(example().values())), forms_of(PACK)).tables})
    assert {missed.reason_zh for missed in report.not_applied} == {"没有找到项目支出绩效自评表"}
    assert [unknown.sheet for unknown in report.unknown_sheets] == []
    ref = a_figure(one, printed)
    wrong = judged(with_cell(one, ref, Cell(CellKind.NUMBER, "77777.7", "#,##0.0")))
    assert any(ref in finding.cells for finding in wrong.findings if finding.severity == "error"), str(ref)


def test_a_total_printed_at_both_ends_is_left_out_and_said() -> None:
    printed = {n: [sheet(f"S{n}", [[TITLES[n]], UNIT, *plain(HEADINGS[n]), ["合计", "<", *subjects(n)[0]],
                                   *([code, name, *amounts] for code, name, amounts in subjects(n)[1]),
                                   ["总计", "<", *subjects(n)[0]]])] for n in HEADINGS}
    report = judged(book(lambda: printed))
    assert [finding.message_zh for finding in report.findings] == []
    assert {missed.rule for missed in report.not_applied if "不认识的行" in missed.reason_zh} >= {"A09", "B02"}


def test_a_sum_over_both_kinds_of_basic_expenditure_is_no_line_of_them() -> None:
    rows = rows_of(6)
    rows.insert(34, ["合计", "<", "2991.5"])
    report = judged(book(lambda: {6: [sheet("S6", rows)]}))
    assert [finding.message_zh for finding in report.findings] == []


def test_a_form_with_a_third_lane_is_listed_with_the_reason() -> None:
    rows = rows_of(1)
    rows[4] = ["项目（按来源）", "行次", "决算数", "项目（按功能分类）", "行次", "决算数", "项目（按经济分类）"]
    report = judged(book(lambda: {1: [sheet("Z01 收入支出决算总表(财决01表)", rows)]}))
    assert [finding.message_zh for finding in report.findings] == []
    assert [(one.sheet, one.reason_zh) for one in report.unknown_sheets] == [
        ("Z01 收入支出决算总表(财决01表)", "有标题“收入支出决算总表”，但表头并排印了 1 组栏目，应为 2 组")]
