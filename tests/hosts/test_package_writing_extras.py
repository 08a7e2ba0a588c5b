"""Colours over flagged cells and the sheet of results: asked for, told apart, taken away."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import RESULT_SHEET, CellNote, ResultRow, ResultSheet
from gouji.packs.model import Severity
from gouji.sheet import CellRef
from tests.hosts import packages

FIRST, SECOND = "GK02 收入决算表", "It's 支出"
ROWS: tuple[tuple[str, int, int, Severity], ...] = (
    (FIRST, 3, 3, "error"), (FIRST, 5, 3, "warning"), (FIRST, 40, 40, "info"), (SECOND, 1, 1, "error"),
)  # fmt: skip
NOTES = [CellNote(CellRef(sheet, row, column), ("【勾稽 A06】不符",), level) for sheet, row, column, level in ROWS]
RESULTS = ResultSheet(
    "勾稽审核结果：2 条",
    ("级别", "表", "单元格", "说明"),
    (
        ResultRow(("错误", "收入决算表", "C3", "一行\n两行 <a> & b"), CellRef(FIRST, 3, 3), "error"),
        ResultRow(("提示", "支出", "A1", "1,899.0"), CellRef(SECOND, 1, 1), "info"),
        ResultRow(("说明", "未审核", "", "=1+1"), None, None),
    ),
)


def test_colours_lie_over_the_cells_and_leave_their_styles(book: Path) -> None:
    before = packages.entries(book)
    annotate_package(book, NOTES, highlight=True)
    after = packages.entries(book)
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        old, new = before[name].decode(), after[name].decode()
        cells = slice(old.index("<sheetData>"), old.index("</sheetData>"))
        assert new[cells] == old[cells]
    sheet = openpyxl.load_workbook(book)[FIRST]
    colours = {
        str(ranges.sqref): rule.dxf.fill.bgColor.rgb for ranges in sheet.conditional_formatting for rule in ranges.rules
    }
    assert colours == {
        "A1:A9": "00FFFF00", "C3": "FFFFC9C8", "B4:D5": "FFFFE9B1", "AN40": "FFDCEBF9",
    }  # fmt: skip


@pytest.mark.parametrize("results", [None, RESULTS])
@pytest.mark.parametrize("highlight", [False, True])
def test_clear_takes_everything_away(book: Path, highlight: bool, results: ResultSheet | None) -> None:
    data = book.read_bytes()
    annotate_package(book, NOTES, highlight=highlight, result_sheet=results)
    annotate_package(book, NOTES[:1], highlight=not highlight, result_sheet=RESULTS)
    clear_package(book)
    assert book.read_bytes() == data


def test_what_is_not_asked_for_again_goes(book: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    annotate_package(book, NOTES, out=plain)
    annotate_package(book, NOTES, highlight=True, result_sheet=RESULTS)
    annotate_package(book, NOTES)
    assert packages.entries(book) == packages.entries(plain)


def test_the_sheet_of_results(book: Path) -> None:
    annotate_package(book, NOTES, result_sheet=RESULTS)
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames == [FIRST, SECOND, RESULT_SHEET]
    sheet = workbook[RESULT_SHEET]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["勾稽审核结果：2 条", None, None, None],
        ["级别", "表", "单元格", "说明"],
        ["错误", "收入决算表", "C3", "一行\n两行 <a> & b"],
        ["提示", "支出", "A1", "1,899.0"],
        ["说明", "未审核", "", "=1+1"],
    ]
    assert {cell.coordinate: cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink} == {
        "C3": "'GK02 收入决算表'!C3", "C4": "'It''s 支出'!A1",
    }  # fmt: skip
    assert sheet.freeze_panes == "A3"
    assert sheet["D3"].alignment.wrap_text
    assert [sheet.row_dimensions[number].height for number in range(1, 6)] == [25.5, 17, 34, 17, 17]
    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [8, 12, 8, 14]


def test_a_long_text_wraps_into_a_high_row(book: Path) -> None:
    row = ResultRow(("错误", "字" * 100))
    annotate_package(book, [], result_sheet=ResultSheet("结果", ("级别", "说明"), (row,)))
    sheet = openpyxl.load_workbook(book)[RESULT_SHEET]
    assert (sheet.column_dimensions["B"].width, sheet.row_dimensions[3].height) == (70, 51)


def test_the_sheet_is_replaced(book: Path) -> None:
    annotate_package(book, NOTES, result_sheet=RESULTS)
    annotate_package(book, NOTES, result_sheet=ResultSheet("勾稽审核结果：没有问题", (), ()))
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames == [FIRST, SECOND, RESULT_SHEET]
    assert workbook[RESULT_SHEET]["A1"].value == "勾稽审核结果：没有问题"


def test_a_persons_sheet_of_that_name_stays(book: Path) -> None:
    workbook = openpyxl.load_workbook(book)
    workbook.create_sheet(RESULT_SHEET)["A1"] = "我的"
    workbook.save(book)
    data = book.read_bytes()
    outcome = annotate_package(book, NOTES, result_sheet=RESULTS)
    assert outcome.remarks == (
        ("工作簿已有工作表“勾稽审核结果”，审核结果写在“勾稽审核结果 (2)”。",
         "the workbook has a sheet 勾稽审核结果 of its own; the results are in 勾稽审核结果 (2)."),
    )  # fmt: skip
    workbook = openpyxl.load_workbook(book)
    assert workbook.sheetnames == [FIRST, SECOND, RESULT_SHEET, f"{RESULT_SHEET} (2)"]
    assert workbook[RESULT_SHEET]["A1"].value == "我的"
    clear_package(book)
    assert book.read_bytes() == data


class TestSavedAgain:
    """A program that writes every part anew saved the annotated file."""

    def test_colours_are_still_taken_away(self, book: Path) -> None:
        annotate_package(book, NOTES, highlight=True)
        workbook = openpyxl.load_workbook(book)
        workbook.save(book)
        clear_package(book)
        sheet = openpyxl.load_workbook(book)[FIRST]
        assert [str(ranges.sqref) for ranges in sheet.conditional_formatting] == ["A1:A9"]

    def test_the_sheet_of_results_is_still_ours(self, book: Path) -> None:
        annotate_package(book, NOTES, result_sheet=RESULTS)
        workbook = openpyxl.load_workbook(book)
        workbook.active = 2
        workbook.save(book)
        clear_package(book)
        workbook = openpyxl.load_workbook(book)
        assert workbook.sheetnames == [FIRST, SECOND]
        assert workbook.active.title == FIRST

    def test_a_sheet_that_names_depend_on_stays_and_is_said(self, book: Path) -> None:
        annotate_package(book, [], result_sheet=RESULTS)
        workbook = openpyxl.load_workbook(book)
        workbook.move_sheet(RESULT_SHEET, -2)
        workbook[SECOND].print_title_rows = "1:2"
        workbook.save(book)
        outcome = clear_package(book)
        assert outcome.remarks[0][0] == "工作表“勾稽审核结果”之后还有工作表定义了名称，未自动删除，请手工删除。"
        assert openpyxl.load_workbook(book).sheetnames == [RESULT_SHEET, FIRST, SECOND]


def test_a_workbook_without_styles_is_noted_all_the_same(tmp_path: Path) -> None:
    parts = packages.workbook({"一": packages.sheet(packages.DATA.replace(' s="1"', ""))})
    del parts["xl/styles.xml"]
    path = packages.save(tmp_path, parts)
    data = path.read_bytes()
    outcome = annotate_package(
        path, [CellNote(CellRef("一", 1, 1), ("【勾稽 A06】",), "error")], highlight=True, result_sheet=RESULTS
    )
    assert outcome.remarks[0][0] == "工作簿没有样式，未加底色。"
    assert openpyxl.load_workbook(path).sheetnames == ["一", RESULT_SHEET]
    clear_package(path)
    assert path.read_bytes() == data
