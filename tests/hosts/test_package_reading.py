"""Reading packages: equal to openpyxl on what it writes, and right on what other programs write."""

from __future__ import annotations

import datetime
import io
import random
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from gouji.errors import WorkbookError
from gouji.hosts.covered import without_covered
from gouji.hosts.digits import float_text
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.reading import read_archive, read_package
from gouji.sheet import Area, Book, Cell, CellKind, Note, Sheet
from tests import programs
from tests.hosts import packages

NUMBER, TEXT, BOOLEAN, ERROR = CellKind.NUMBER, CellKind.TEXT, CellKind.BOOLEAN, CellKind.ERROR


def read(parts: packages.Parts) -> Book:
    return read_archive(Archive(packages.zipped(parts), "决算.xlsx"), "决算.xlsx")


def read_one(inside: str, more: packages.Parts | None = None, **keywords: str) -> Sheet:
    """The only sheet of a workbook whose worksheet holds ``inside``."""
    return read(packages.workbook({"表": packages.sheet(inside, **keywords)}, more)).sheets[0]


def cells_of(rows: str) -> dict[str, Cell]:
    """The cells of a ``sheetData`` by address."""
    sheet = read_one(f"<sheetData>{rows}</sheetData>")
    return {str(Area(row, column, row, column)).partition(":")[0]: cell for (row, column), cell in sheet.cells.items()}


def strings_part(inside: str) -> tuple[packages.Parts, tuple[tuple[str, str, str], ...]]:
    part = f'{packages.HEAD}<sst xmlns="{packages.MAIN}">{inside}</sst>'.encode()
    return {"xl/sharedStrings.xml": part}, (("rIdT", "sharedStrings", "sharedStrings.xml"),)


# against openpyxl


def varied_workbook(path: Path) -> None:
    """Every kind of value, many formats, merged areas and comments, reproducibly at random."""
    chance = random.Random(7)  # noqa: S311  no secret
    workbook = openpyxl.Workbook()
    formats = ["General", "0.00", "#,##0.0_ ", "0.00%", "@", '"约"0.0', "#,##0.00;[Red]-#,##0.00", "0%"]
    for index in range(3):
        sheet = workbook.create_sheet(f"表 {index}&<甲>")
        for row in range(1, 40):
            for column in range(1, 9):
                value = chance.choice(
                    [None, row, chance.uniform(-1e6, 1e6), chance.random() * 1e-8, 1e21, f"行 {row}", "a & <b>",
                     True, False, "#REF!", " 前后 ", "第一\n第二", datetime.date(2020, 12, 31)]
                )  # fmt: skip
                cell = sheet.cell(row, column, value)
                if not isinstance(value, datetime.date):
                    cell.number_format = chance.choice(formats)
        sheet.merge_cells("J1:L3")
        sheet.merge_cells("A41:H41")
        sheet["B2"].comment = Comment("已核对\n第二行", "审核 甲")
        sheet["D9"].comment = Comment("x", "李")
    workbook["表 1&<甲>"].sheet_state = "hidden"
    workbook["表 2&<甲>"].sheet_state = "veryHidden"
    workbook.save(path)


@pytest.mark.parametrize("through_office", [False, pytest.param(True, marks=pytest.mark.office)])
def test_equals_openpyxl_cell_by_cell(tmp_path: Path, through_office: bool) -> None:
    path = tmp_path / "book.xlsx"
    varied_workbook(path)
    if through_office:
        path = programs.converted(path, "xlsx", tmp_path)
    book = read_package(path)
    theirs = openpyxl.load_workbook(path)
    values = openpyxl.load_workbook(path, data_only=True)
    assert [sheet.name for sheet in book.sheets] == theirs.sheetnames
    for sheet in book.sheets:
        other = theirs[sheet.name]
        assert sheet.hidden == (other.sheet_state != "visible")
        expected = {
            (cell.row, cell.column): as_openpyxl(cell, values[sheet.name].cell(cell.row, cell.column))
            for row in other.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
        assert dict(sheet.cells) == expected
        assert {str(area) for area in sheet.merged} == {str(area) for area in other.merged_cells.ranges}
        notes = {(note.row, note.column): (note.text, note.author) for note in sheet.notes}
        assert notes == {
            (cell.row, cell.column): (cell.comment.text, cell.comment.author or "")
            for row in other.iter_rows()
            for cell in row
            if cell.comment
        }


def as_openpyxl(cell: openpyxl.cell.Cell, valued: openpyxl.cell.Cell) -> Cell:
    """The cell as openpyxl knows it: its formula in one loading, its value in another."""
    kind = {"n": NUMBER, "d": NUMBER, "s": TEXT, "b": BOOLEAN, "e": ERROR}[valued.data_type]
    value = valued.value
    if kind is NUMBER and not isinstance(value, int | float):
        value = (value - datetime.datetime(1899, 12, 30)).days
    text = {NUMBER: lambda: float_text(value), BOOLEAN: lambda: str(value).upper()}.get(kind, lambda: str(value))()
    return Cell(kind, text, cell.number_format, cell.value if cell.data_type == "f" else None)


def test_rich_text_is_joined(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = CellRichText("其中：", TextBlock(InlineFont(b=True), "公用经费"))
    workbook.save(tmp_path / "rich.xlsx")
    assert read_package(tmp_path / "rich.xlsx").sheets[0].cells[1, 1] == Cell(TEXT, "其中：公用经费")


# values


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>1888.8999999999999</v></c>', Cell(NUMBER, "1888.9")),
        ('<c r="A1" t="n"><v>1.8889E3</v></c>', Cell(NUMBER, "1888.9")),
        ('<c r="A1"><v> 12 </v></c>', Cell(NUMBER, "12")),
        ('<c r="A1"><v>-0</v></c>', Cell(NUMBER, "0")),
        ('<c r="A1" s="1"><v>20</v></c>', Cell(NUMBER, "20", "#,##0.00")),
        ('<c r="A1" s="99"><v>20</v></c>', Cell(NUMBER, "20")),
        ('<c r="A1"><v>—</v></c>', Cell(TEXT, "—")),
        ('<c r="A1"><v>1e999</v></c>', Cell(TEXT, "1e999")),
        ('<c r="A1" t="b"><v>1</v></c>', Cell(BOOLEAN, "TRUE")),
        ('<c r="A1" t="b"><v>false</v></c>', Cell(BOOLEAN, "FALSE")),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', Cell(ERROR, "#DIV/0!")),
        ('<c r="A1" t="str"><f>"合"&amp;"计"</f><v>合计</v></c>', Cell(TEXT, "合计", formula='="合"&"计"')),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', Cell(TEXT, "", formula='=""')),
        ('<c r="A1" t="str"><v>第_x000D_一_x005F_x</v></c>', Cell(TEXT, "第\r一_x")),
        ('<c r="A1" t="inlineStr"><is><t>项 目</t></is></c>', Cell(TEXT, "项 目")),
        (
            '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>合</t></r><r><t xml:space="preserve"> 计</t></r>'
            '<rPh sb="0" eb="1"><t>hé</t></rPh></is></c>',
            Cell(TEXT, "合 计"),
        ),
        ('<c r="A1" t="d"><v>2020-12-31</v></c>', Cell(NUMBER, "44196", "yyyy-mm-dd")),
        ('<c r="A1" t="d"><v>2020-12-31T12:00:00</v></c>', Cell(NUMBER, "44196.5", "yyyy-mm-dd")),
        ('<c r="A1" t="d"><v>12:00:00</v></c>', Cell(NUMBER, "0.5", "yyyy-mm-dd")),
        ('<c r="A1" t="d"><v>1900-01-01</v></c>', Cell(NUMBER, "1", "yyyy-mm-dd")),
        ('<c r="A1" t="d"><v>某日</v></c>', Cell(TEXT, "某日")),
        ('<c r="A1"><f>A2+0.1</f><v>1888.8999999999999</v></c>', Cell(NUMBER, "1888.9", formula="=A2+0.1")),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell(ERROR, "#DIV/0!", formula="=1/0")),
        ('<c r="A1"><f t="array" ref="A1">SUM(B1:B2)</f><v>3</v></c>', Cell(NUMBER, "3", formula="{=SUM(B1:B2)}")),
        ('<c r="A1"><f t="dataTable" r1="B1" r2="C1"/><v>3</v></c>', Cell(NUMBER, "3", formula="{=TABLE(B1,C1)}")),
    ],
)  # fmt: skip
def test_a_cell_as_programs_write_it(cell: str, expected: Cell) -> None:
    assert cells_of(f'<row r="1">{cell}</row>') == {"A1": expected}


@pytest.mark.parametrize(
    "cell",
    ['<c r="A1" s="1"/>', '<c r="A1"><v/></c>', '<c r="A1" t="inlineStr"><is><t></t></is></c>', '<c r="A1" t="str"/>'],
)
def test_a_cell_that_holds_nothing_is_left_out(cell: str) -> None:
    assert cells_of(f'<row r="1">{cell}</row>') == {}


def test_places_that_are_not_written_follow_on() -> None:
    found = cells_of(
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="5"><c r="B5"><v>4</v></c><c><v>5</v></c></row>'
        "<row><c><v>6</v></c></row>"
    )
    assert {address: cell.text for address, cell in found.items()} == {
        "A1": "1", "C1": "3", "B5": "4", "C5": "5", "A6": "6",
    }  # fmt: skip


def test_shared_formulas_are_told_as_each_cell_has_them() -> None:
    found = cells_of(
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C3" si="0">SUM(A1:B$1)+\'A1 表\'!$D2&amp;"A1"+LOG10(E1)</f>'
        "<v>1</v></c></row>"
        '<row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c><c r="D2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    assert [cell.formula for cell in found.values()] == [
        "=SUM(A1:B$1)+'A1 表'!$D2&\"A1\"+LOG10(E1)",
        "=SUM(A2:B$1)+'A1 表'!$D3&\"A1\"+LOG10(E2)",
        "=SUM(B2:C$1)+'A1 表'!$D3&\"A1\"+LOG10(F2)",
    ]


def test_shared_strings_join_runs_and_leave_phonetics_out() -> None:
    more, relations = strings_part(
        "<si><t>甲</t></si><si><r><t>其中</t></r><r><rPr/><t>：乙</t></r><rPh sb='0' eb='1'><t>qí</t></rPh></si><si/>"
    )
    rows = '<c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>2</v></c>'
    sheet = packages.sheet(f'<sheetData><row r="1">{rows}</row></sheetData>')
    cells = read(packages.workbook({"表": sheet}, more, more_rels=relations)).sheets[0].cells
    assert cells == {(1, 1): Cell(TEXT, "其中：乙"), (1, 2): Cell(TEXT, "甲")}


# the package around them


@given(
    st.sets(st.tuples(st.integers(1, 30), st.integers(1, 12)), max_size=60),
    st.lists(st.tuples(st.integers(1, 28), st.integers(1, 10), st.integers(0, 25), st.integers(0, 9)), max_size=4),
)
def test_what_merged_areas_cover_is_not_there(
    places: set[tuple[int, int]], corners: list[tuple[int, int, int, int]]
) -> None:
    merged = tuple(Area(top, left, top + tall, left + wide) for top, left, tall, wide in corners)
    book = Book("书", (Sheet("表", {place: Cell(TEXT, "字") for place in places}, merged),))
    firsts = {(area.top, area.left) for area in merged}
    shown = {place for place in places if place in firsts or not any(place in area for area in merged)}  # type: ignore[comparison-overlap]
    printed = without_covered(book)
    assert set(printed.sheets[0].cells) == shown
    assert printed.remarks == ()


def test_a_merged_area_as_large_as_a_sheet_takes_no_time() -> None:
    whole = Area(1, 1, 1_048_576, 16_384)
    book = Book("书", (Sheet("表", {(1, 1): Cell(TEXT, "字"), (9, 9): Cell(NUMBER, "5")}, (whole,) * 50),))
    printed = without_covered(book)
    assert printed.sheets[0].cells == {(1, 1): Cell(TEXT, "字")}
    assert printed.remarks[0][0] == (
        "表!I9 被合并区域 A1:XFD1048576 盖住，里面的数（5）看不见，未作数；公式求和却会计入。请清除。"
    )


def test_strict_namespaces() -> None:
    main, rel = packages.STRICT_MAIN, packages.STRICT_REL
    sheets = {"表": packages.sheet(main=main, rel=rel)}
    sheet = read(packages.workbook(sheets, main=main, rel=rel)).sheets[0]
    assert sheet.cells[2, 1] == Cell(NUMBER, "1899", "#,##0.00")


def test_prefixed_elements() -> None:
    data = (
        f'<x:worksheet xmlns:x="{packages.MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>5</x:v></x:c></x:row>'
        '</x:sheetData><x:mergeCells><x:mergeCell ref="B2:C3"/></x:mergeCells></x:worksheet>'
    ).encode()
    sheet = read(packages.workbook({"表": data})).sheets[0]
    assert (dict(sheet.cells), sheet.merged) == ({(2, 2): Cell(NUMBER, "5")}, (Area(2, 2, 3, 3),))


def test_elements_of_other_namespaces_are_not_cells() -> None:
    sheet = read_one(
        '<sheetData/><extLst><ext xmlns:o="urn:o"><o:row r="1"><o:c r="A1"><o:v>1</o:v></o:c></o:row></ext></extLst>'
    )
    assert dict(sheet.cells) == {}


def test_sheets_in_workbook_order_without_charts_and_with_hidden_ones() -> None:
    parts = packages.workbook({"甲": packages.sheet(), "图": packages.sheet(), "乙": packages.sheet()})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'sheetId="3"', b'sheetId="3" state="veryHidden"')
    parts["xl/_rels/workbook.xml.rels"] = packages.rels(
        ("rId3", "worksheet", "/xl/worksheets/sheet1.xml"), ("rId2", "chartsheet", "chartsheets/sheet1.xml"),
        ("rId1", "worksheet", "./worksheets/../worksheets/sheet3.xml"), ("rIdS", "styles", "Styles.XML"),
    )  # fmt: skip
    parts["xl/worksheets/sheet3.xml"] = packages.sheet('<sheetData><row><c s="1"><v>3</v></c></row></sheetData>')
    first, second = read(parts).sheets
    assert (first.name, first.hidden, first.cells[1, 1]) == ("甲", False, Cell(NUMBER, "3", "#,##0.00"))
    assert (second.name, second.hidden, second.cells[2, 1].text) == ("乙", True, "1899")


def test_date_system_of_1904() -> None:
    parts = packages.workbook(
        {"表": packages.sheet('<sheetData><row><c t="d"><v>1904-01-02</v></c></row></sheetData>')}
    )
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<bookViews>", b'<workbookPr date1904="1"/><bookViews>'
    )
    book = read(parts)
    assert book.date1904
    assert book.sheets[0].cells[1, 1].text == "1"


def test_built_in_and_own_formats() -> None:
    styles = (
        f'<styleSheet xmlns="{packages.MAIN}"><numFmts><numFmt numFmtId="176" formatCode="0.0_ "/>'
        '<numFmt numFmtId="3" formatCode="0.000"/></numFmts><cellStyleXfs><xf numFmtId="10"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="9"/><xf numFmtId="176"/><xf numFmtId="3"/><xf numFmtId="31"/><xf numFmtId="77"/><xf/>'
        '</cellXfs><dxfs><dxf><numFmt numFmtId="176" formatCode="0%"/></dxf></dxfs></styleSheet>'
    ).encode()
    cells = "<c><v>1</v></c>" + "".join(f'<c s="{style}"><v>1</v></c>' for style in range(1, 6))
    found = read_one(f"<sheetData><row>{cells}</row></sheetData>", {"xl/styles.xml": styles}).cells
    assert [cell.number_format for cell in found.values()] == [
        "0%", "0.0_ ", "0.000", 'yyyy"年"m"月"d"日"', "General", "General",
    ]  # fmt: skip


def test_notes_with_authors_rich_text_and_threads() -> None:
    thread = "[Threaded comment]\n\nComment:\n    请核对"
    parts = packages.workbook({"表": packages.sheet()}) | {
        "xl/comments1.xml": packages.comments(
            '<comment ref="C12" authorId="1"><text><r><rPr><b/></rPr><t>李：</t></r><r><t>已核</t></r></text></comment>'
            f'<comment ref="AB3" authorId="0"><text><t>{thread}</t></text></comment>'
            '<comment ref="A1" authorId="9"><text/></comment>',
            "<author>tc={0000-1}</author><author>李</author>",
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": packages.rels(("r1", "comments", "../comments1.xml")),
    }
    assert read(parts).sheets[0].notes == (
        Note(12, 3, "李：已核", "李"),
        Note(3, 28, thread, "tc={0000-1}"),
        Note(1, 1, "", ""),
    )


# damage


def message(parts: packages.Parts) -> str:
    with pytest.raises(WorkbookError) as caught:
        read(parts)
    assert caught.value.exit_code == 3
    assert caught.value.english
    return caught.value.chinese


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "1"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<worksheet", "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：XML 有误（1:1 unclosed token）"),
        (b"", "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：XML 有误（1:1 no element found）"),
        (BOMB, "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：含有文档类型声明（DTD），不安全"),
        (b"<html/>", "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：不是工作表"),
        (
            packages.sheet('<sheetData><row><c r="A0"><v>1</v></c></row></sheetData>'),
            "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：不可能的单元格 A0",
        ),
        (
            packages.sheet('<sheetData><row><c r="XFE1"><v>1</v></c></row></sheetData>'),
            "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：不可能的单元格 XFE1",
        ),
        (
            packages.sheet('<sheetData><row><c r="甲1"><v>1</v></c></row></sheetData>'),
            "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：不可能的单元格 甲1",
        ),
        (
            packages.sheet('<sheetData><row r="2000000"/></sheetData>'),
            "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：不可能的单元格 row 2000000",
        ),
        (
            packages.sheet('<sheetData><row><c t="s"><v>4</v></c></row></sheetData>'),
            "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：A1 引用了不存在的共享字符串 4",
        ),
        (
            packages.sheet('<sheetData/><mergeCells><mergeCell ref=""/></mergeCells>'),
            "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：不可能的单元格 ",
        ),
        (
            packages.sheet('<sheetData><row r="x"/></sheetData>'),
            "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：内容有误（invalid literal for int() with base 10: 'x'）",
        ),
    ],
)
def test_a_damaged_sheet_is_named(data: bytes, expected: str) -> None:
    assert message(packages.workbook({"表": data})) == expected


def test_missing_parts_are_named() -> None:
    parts = packages.workbook({"表": packages.sheet()})
    del parts["xl/worksheets/sheet1.xml"]
    assert message(parts) == "工作簿的部件 xl/worksheets/sheet1.xml 无法读取：部件不存在"
    parts = packages.workbook({"表": packages.sheet()})
    parts["xl/_rels/workbook.xml.rels"] = packages.rels(("rIdS", "styles", "styles.xml"))
    assert message(parts) == "工作簿的部件 xl/workbook.xml 无法读取：工作表“表”没有对应的部件"


def test_a_main_part_that_is_no_workbook() -> None:
    parts = packages.workbook({"表": packages.sheet()})
    parts["xl/workbook.xml"] = b"<document/>"
    assert message(parts) == "工作簿的部件 xl/workbook.xml 无法读取：不是工作簿"
    parts["_rels/.rels"] = packages.rels(("rId1", "thumbnail", "xl/workbook.xml"))
    assert message(parts) == "这个文件里没有工作簿（不是 .xlsx 或 .xlsm）"


# formulas without values


def test_formulas_without_values_are_computed_and_said(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet["A1"], sheet["A2"], sheet["A3"] = 1888.8, 0.1, "=ROUND(SUM(A1:A2),1)"
    sheet["A4"] = "=SUM(A:A)"
    sheet["B1"] = ArrayFormula("B1:B3", "=A1:A3*2")
    sheet["A3"].number_format = "0.0"
    workbook.save(tmp_path / "script.xlsx")
    book = read_package(tmp_path / "script.xlsx")
    cells = book.sheets[0].cells
    assert cells[3, 1] == Cell(NUMBER, "1888.9", "0.0", "=ROUND(SUM(A1:A2),1)")
    assert cells[4, 1] == Cell(CellKind.UNCOMPUTED, "整行或整列的引用", formula="=SUM(A:A)")
    assert {cells[row, 2].text for row in (1, 2, 3)} == {"数组公式"}
    assert {cells[row, 2].formula for row in (1, 2, 3)} == {"{=A1:A3*2}"}
    assert book.remarks[0][0].startswith("有 5 个公式单元格没有保存结果，已计算 1 个，4 个未能计算：")


def test_a_workbook_with_all_its_values_brings_no_remark() -> None:
    assert read(packages.workbook({"表": packages.sheet()})).remarks == ()


def test_reading_loads_no_heavy_library() -> None:
    program = (
        "import sys, gouji.hosts.package.reading\n"
        "print([name for name in ('openpyxl', 'formulas', 'numpy', 'lark', 'rich') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"


def test_a_package_in_memory_reads_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    varied_workbook(path)
    buffer = io.BytesIO(path.read_bytes())
    assert read_archive(Archive(buffer.getvalue(), "book.xlsx"), "book.xlsx") == read_package(path)
