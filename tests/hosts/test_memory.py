"""openpyxl workbooks in memory: the same values, the same report, notes as comments."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

import gouji
from gouji.errors import GoujiError, WorkbookError
from gouji.hosts.memory.host import MemoryHost
from gouji.hosts.memory.reading import read_workbook
from gouji.hosts.note_text import box_size
from gouji.hosts.package.reading import read_package
from gouji.hosts.protocol import CellNote, ResultRow, ResultSheet
from gouji.report import json_report
from gouji.report.model import Report
from gouji.sheet import Book, CellKind, CellRef
from tests.docs.pages import EXAMPLE

CORRECTED = EXAMPLE.with_name("heilongjiang-2020-corrected.xlsx")
PACK = "heilongjiang-2020"
A06 = "【勾稽 A06】列示 1,899.0。"
B01 = "【勾稽 B01】相差 3.2。"


def bytes_of(report: Report) -> str:
    return json_report.render([report], "zh")


def through_a_file(workbook: openpyxl.Workbook, folder: Path) -> Book:
    """What the package host reads when the workbook is saved."""
    workbook.save(folder / "决算.xlsx")
    return read_package(folder / "决算.xlsx")


# the same report


@pytest.mark.parametrize("path", [EXAMPLE, CORRECTED], ids=["faults", "corrected"])
@pytest.mark.parametrize("data_only", [False, True])
def test_the_report_is_the_same_byte_for_byte(path: Path, data_only: bool) -> None:
    workbook = openpyxl.load_workbook(path, data_only=data_only)
    report = gouji.validate(workbook, pack=PACK, name=path.name)
    assert bytes_of(report) == bytes_of(gouji.validate(path, pack=PACK))


def test_a_workbook_in_memory_has_a_name_of_its_own() -> None:
    assert gouji.validate(openpyxl.load_workbook(CORRECTED), pack=PACK).workbook == "工作簿"


def dirtied(workbook: openpyxl.Workbook) -> openpyxl.Workbook:
    """The corrected example with everything that stands in cells besides plain numbers."""
    sheet = workbook["GK02 收入决算表"]
    sheet["C6"] = "３，９７２．０"
    sheet["D6"] = "=SUM(D7,D14,D21,D24)"
    sheet["C8"] = datetime.date(2020, 12, 31)
    sheet["C9"] = "#REF!"
    sheet["C10"] = True
    sheet["C11"].number_format = "0.00%"
    sheet["C12"] = "=NOW()"
    sheet["E6"] = "—"
    sheet.merge_cells("E7:F7")
    sheet.row_dimensions[11].hidden = True
    sheet.auto_filter.ref = "A5:I25"
    workbook["GK03 支出决算表"].sheet_state = "hidden"
    return workbook


def test_the_report_on_a_dirty_workbook_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    workbook = dirtied(openpyxl.load_workbook(CORRECTED))
    report = gouji.validate(workbook, pack=PACK, name="决算.xlsx")
    assert report.findings
    assert report.not_applied
    through_a_file(workbook, tmp_path)
    assert bytes_of(report) == bytes_of(gouji.validate(tmp_path / "决算.xlsx", pack=PACK))
    again = openpyxl.load_workbook(tmp_path / "决算.xlsx")
    assert bytes_of(gouji.validate(again, pack=PACK, name="决算.xlsx")) == bytes_of(report)


# the same values


VALUES = (
    0, 5, -3, 1888.9, -0.0, 0.1 + 0.2, 1e21, 1e-9, 12345678901234567, Decimal("1888.80"), float("nan"), float("inf"),
    True, False, "文字", " 前后 ", "第一\n第二", "", "3,971.8", "201", "#REF!", "#DIV/0!", "_x000D_", "a & <b>",
    datetime.date(2020, 12, 31), datetime.datetime(2020, 12, 31, 12, 30), datetime.datetime(1900, 1, 1),
    datetime.time(6, 0), datetime.timedelta(hours=36), "=1+1", '="a"&"b"', "=1/0", "=NOW()", "=A1", "=",
    CellRichText("其中：", TextBlock(InlineFont(b=True), "公用经费")), ArrayFormula("C1:C3", "=A1:A3"),
)  # fmt: skip
FORMATS = ("General", "0.00", "#,##0.0_ ", "0.00%", "@", '"约"0.0', "#,##0.00;[Red]-#,##0.00")


@pytest.mark.parametrize("date1904", [False, True])
def test_values_formats_and_formulas_are_read_as_from_the_file(tmp_path: Path, date1904: bool) -> None:
    workbook = openpyxl.Workbook()
    if date1904:
        workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    for row, value in enumerate(VALUES, 1):
        if date1904 and isinstance(value, datetime.datetime) and value.year == 1900:
            continue
        sheet.cell(row, 1, value)
        other = sheet.cell(row, 5, value)
        if not isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
            other.number_format = FORMATS[row % len(FORMATS)]
    file = through_a_file(workbook, tmp_path)
    assert read_workbook(workbook, "决算.xlsx") == file
    assert read_workbook(openpyxl.load_workbook(tmp_path / "决算.xlsx"), "决算.xlsx") == file


def test_merged_areas_notes_and_hidden_sheets_are_read_as_from_the_file(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["B2"] = 5
    sheet.merge_cells("B2:D3")
    sheet.merge_cells("A1:C1")
    sheet["B2"].comment = Comment("已核对\n第二行", "张")
    sheet["F9"].comment = Comment("空格的批注", "")
    workbook.create_sheet("藏").sheet_state = "hidden"
    workbook.create_sheet("深藏").sheet_state = "veryHidden"
    workbook.create_chartsheet("图")
    file, there = through_a_file(workbook, tmp_path), len(sheet._cells)
    assert read_workbook(workbook, "决算.xlsx") == file
    assert len(sheet._cells) == there, "reading makes no cells"


def test_data_tables_are_not_computed() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["B2"] = DataTableFormula("B2:B3", r1="A1", r2="A2")
    cells = read_workbook(workbook, "x").sheets[0].cells
    assert [(place, cell.kind, cell.formula) for place, cell in cells.items()] == [
        ((2, 2), CellKind.UNCOMPUTED, "{=TABLE(A1,A2)}"),
        ((3, 2), CellKind.UNCOMPUTED, "{=TABLE(A1,A2)}"),
    ]


def test_dates_that_files_name_by_number_only_are_dates() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 44196
    workbook.active["A1"].number_format = "0"
    workbook.active["A1"]._style.numFmtId = 31
    assert read_workbook(workbook, "x").sheets[0].cells[1, 1].number_format == 'yyyy"年"m"月"d"日"'


def test_results_loaded_without_formulas_count_as_typed(tmp_path: Path) -> None:
    path = tmp_path / "决算.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "=1+1"
    workbook.save(path)
    loaded = openpyxl.load_workbook(path, data_only=True)
    loaded.active["B1"] = 3
    cells = read_workbook(loaded, "x").sheets[0].cells
    assert [(cell.text, cell.formula) for cell in cells.values()] == [("3", None)]


@pytest.mark.parametrize("function", [gouji.validate, gouji.annotate])
def test_what_cannot_be_read_whole_is_refused(function: object) -> None:
    assert callable(function)
    for workbook in (openpyxl.load_workbook(EXAMPLE, read_only=True), openpyxl.Workbook(write_only=True)):
        with pytest.raises(GoujiError, match="请不带这两个参数打开"):
            function(workbook)


def test_a_workbook_without_tables_says_so() -> None:
    with pytest.raises(WorkbookError, match=r"^工作簿：没有找到任何标准决算表"):
        gouji.validate(openpyxl.Workbook())


# notes


def note(address: str, *paragraphs: str, sheet: str = "Sheet") -> CellNote:
    cell = openpyxl.Workbook().active[address]
    return CellNote(CellRef(sheet, cell.row, cell.column), paragraphs or (A06,), "error")


def comments(workbook: openpyxl.Workbook) -> dict[str, tuple[str, str, int, int]]:
    """Text, author, width and height of every comment."""
    return {
        f"{sheet.title}!{cell.coordinate}": (c.text, c.author, c.width, c.height)
        for sheet in workbook.worksheets
        for cell in sheet._cells.values()
        if (c := cell.comment) is not None
    }


@pytest.fixture
def workbook() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = 5
    sheet.merge_cells("B4:D5")
    sheet["C3"].comment = Comment("已核对", "张", width=300, height=111)
    return book


def test_notes_are_comments_and_a_persons_stay_above(workbook: openpyxl.Workbook) -> None:
    before = comments(workbook)
    outcome = MemoryHost(workbook).annotate([note("A1", A06, B01), note("C3"), note("C5"), note("D4", B01)])
    assert outcome.noted == (CellRef("Sheet", 1, 1), CellRef("Sheet", 3, 3), CellRef("Sheet", 4, 2))
    assert (outcome.path, outcome.backup, outcome.removed, outcome.changed) == (None, None, 0, True)
    both = f"{A06}\n{B01}"
    assert comments(workbook) == {
        "Sheet!A1": (both, "gouji 勾稽", *box_size(both)),
        "Sheet!B4": (both, "gouji 勾稽", *box_size(both)),
        "Sheet!C3": (f"已核对\n{A06}", "张", 300, 111),
    }
    again = MemoryHost(workbook).annotate([note("A1", A06, B01), note("C3"), note("C5"), note("D4", B01)])
    assert again.changed is False
    cleared = MemoryHost(workbook).clear()
    assert (cleared.removed, cleared.noted, cleared.changed) == (3, (), True)
    assert comments(workbook) == before
    assert MemoryHost(workbook).clear().changed is False


def test_notes_that_are_no_longer_true_go(workbook: openpyxl.Workbook) -> None:
    MemoryHost(workbook).annotate([note("A1"), note("C3")])
    outcome = MemoryHost(workbook).annotate([note("A1", B01)])
    assert (outcome.removed, outcome.changed) == (1, True)
    assert {cell: text for cell, (text, *_) in comments(workbook).items()} == {"Sheet!A1": B01, "Sheet!C3": "已核对"}


def test_a_sheet_that_is_not_there_is_refused_whole(workbook: openpyxl.Workbook) -> None:
    MemoryHost(workbook).annotate([note("A1")], highlight=True, result_sheet=ResultSheet("结果", ("级别",), ()))
    before = comments(workbook)
    with pytest.raises(WorkbookError, match="工作簿中没有工作表“乙”，未写入"):
        MemoryHost(workbook).annotate([note("A1", B01), note("A1", sheet="乙")])
    assert comments(workbook) == before
    assert workbook.sheetnames == ["Sheet", "勾稽审核结果"]
    assert len(workbook.active.conditional_formatting) == 1


def test_colours_and_results_come_and_go(workbook: openpyxl.Workbook, tmp_path: Path) -> None:
    yellow = PatternFill("solid", bgColor="FFFF00")
    workbook.active.conditional_formatting.add("A1:A9", CellIsRule(operator="lessThan", formula=["3"], fill=yellow))
    row = ResultRow(("错误", "Sheet!A1"), CellRef("Sheet", 1, 1), "error")
    results = ResultSheet("结果", ("级别", "单元格"), (row,))
    host = MemoryHost(workbook)
    notes = [note("A1"), note("C5")]
    assert host.annotate(notes, highlight=True, result_sheet=results).remarks == ()
    assert workbook.sheetnames == ["Sheet", "勾稽审核结果"]
    sheet = workbook["勾稽审核结果"]
    assert list(sheet.iter_rows(values_only=True)) == [
        ("结果", None), ("级别", "单元格"), ("错误", "Sheet!A1")
    ]  # fmt: skip
    assert sheet["B3"].hyperlink.location == "'Sheet'!A1"
    areas = {str(each.sqref): len(each.rules) for each in workbook.active.conditional_formatting}
    assert areas == {"A1:A9": 1, "A1": 1, "B4:D5": 1}
    assert host.annotate(notes, highlight=True, result_sheet=results).changed is False
    workbook.save(tmp_path / "a.xlsx")
    loaded = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert MemoryHost(loaded).annotate(notes, highlight=True, result_sheet=results).changed is False
    for book in (workbook, loaded):
        assert MemoryHost(book).clear().changed
        assert book.sheetnames == ["Sheet"]
        assert {str(each.sqref): len(each.rules) for each in book.active.conditional_formatting} == {"A1:A9": 1}


def test_a_persons_sheet_of_results_keeps_its_name(workbook: openpyxl.Workbook) -> None:
    workbook.create_sheet("勾稽审核结果")
    outcome = MemoryHost(workbook).annotate([], result_sheet=ResultSheet("结果", ("级别",), ()))
    assert outcome.remarks[0][0] == "工作簿已有工作表“勾稽审核结果”，审核结果写在“勾稽审核结果 (2)”。"
    MemoryHost(workbook).clear()
    assert workbook.sheetnames == ["Sheet", "勾稽审核结果"]


def test_either_host_takes_out_what_the_other_wrote(tmp_path: Path) -> None:
    path = Path(shutil.copy(EXAMPLE, tmp_path / "决算.xlsx"))
    workbook = openpyxl.load_workbook(path)
    here = gouji.annotate(workbook, pack=PACK, highlight=True, result_sheet=True)
    there = gouji.annotate(path, pack=PACK, highlight=True, result_sheet=True, backup=False)
    assert here.written.noted == there.written.noted
    assert {cell: text for cell, (text, *_) in comments(workbook).items()} == {
        cell: text for cell, (text, *_) in comments(openpyxl.load_workbook(path)).items()
    }
    loaded = openpyxl.load_workbook(path)
    assert gouji.clear(loaded).removed == len(there.written.noted)
    assert (comments(loaded), loaded.sheetnames) == ({}, openpyxl.load_workbook(EXAMPLE).sheetnames)
    workbook.save(path)
    assert gouji.clear(path, backup=False).removed == len(here.written.noted)
    left = openpyxl.load_workbook(path)
    assert (comments(left), left.sheetnames) == ({}, loaded.sheetnames)
    assert sum(len(sheet.conditional_formatting) for sheet in left.worksheets) == 0


def test_a_copy_of_a_workbook_in_memory_is_for_its_holder_to_save(tmp_path: Path) -> None:
    with pytest.raises(GoujiError, match=r"请自己保存（save）"):
        gouji.annotate(openpyxl.load_workbook(EXAMPLE), out=tmp_path / "b.xlsx")


# what is loaded


def test_checking_a_file_loads_no_openpyxl() -> None:
    script = f"import sys, gouji; gouji.validate({str(EXAMPLE)!r}, pack={PACK!r}); print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("thing", [5, None, b"x", ["a.xlsx"]])
def test_anything_else_is_a_type_error_without_loading_openpyxl(thing: object) -> None:
    script = (
        f"import sys, gouji\ntry: gouji.validate({thing!r})\n"
        "except TypeError as error: print(str(error)[:7], 'openpyxl' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "要的是工作簿文 False"
