"""Formulas without saved values: the same values as a spreadsheet program, or none and the reason."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.hosts import recalculation
from gouji.hosts.calculation.plan import FUNCTIONS
from gouji.hosts.formula_text import Piece, moved, tokens
from gouji.hosts.package.reading import read_package
from gouji.hosts.recalculation import recalculate
from gouji.sheet import Book, Cell, CellKind, Sheet, column_number
from tests import programs

NUMBER, TEXT, BOOLEAN, ERROR = CellKind.NUMBER, CellKind.TEXT, CellKind.BOOLEAN, CellKind.ERROR
UNCOMPUTED = CellKind.UNCOMPUTED

DATA: dict[str, float | str] = {
    "A1": 1.5, "A2": 2.5, "A3": "x", "A6": "7", "A7": -3, "A8": 0, "A9": "合计", "A10": 1888.8, "A11": 0.1,
    "A13": 1.005, "A14": "Apple", "A15": "apple pie", "A16": "1,234.5", "A17": 0.285,
    "B1": 10, "B2": 20, "B3": 30, "B4": 40, "B5": 50,
    "C1": "甲", "C2": "乙", "C3": "甲", "C4": "丙*", "C5": "丙丁",
}  # fmt: skip
"""A4, A5, A12 are blank."""

FORMULAS = """
SUM(A1:A8) | SUM(A6) | SUM(A1:A2,A7) | SUM(A3:A5) | SUM(A10,A11,-1888.9) | SUM(B1:B5)=150 | SUM(A1/A8,1)
SUM(A3,1) | A1+A2 | A1+A3 | A1+A4 | A1+A6 | A4 | A4&"x" | A1&A2 | A1*A2-A7 | A1/A8 | A1/A4 | -A7 | -A1^2 | 2^3^2
A1% | 10% | +A3 | -A6 | A10+A11 | A10+A11-1888.9 | 0.1+0.2-0.3 | 0.1+0.2=0.3 | A1--A2
-(A1+A2) | A1+A2*2 | 50%^2 | 2%*50 | 2*-3 | A1=A2 | A3="X" | A4=0 | A4="" | A8="" | A8=A4 | A3<A1 | A6=7
A1<>A2 | "a"<"B" | A1>=A2 | A1<=A2 | A2>A1 | "1"=1 | 1=1=TRUE | "3"+1 | "3"*"4" | "1,234.5"+1 | "5%"+1 | " 5 "+1
A16+1 | "a"+1 | TRUE+1 | 1/3&"" | 0.1+0.2&"" | 0.00001&"" | 123456789012&"" | ROUND(A13,2) | ROUND(-2.5,0)
ROUND(2.5,0) | ROUND(1234.5,-2) | ROUND(A4,1) | ROUND(A6,0) | ROUND(A3,1) | ROUND(2.675,2) | ROUND(A10+A11,1)
ROUND(A17,2) | ROUND(-A17,2) | ROUND(1.115,2) | ROUND(5.015,2) | ROUND(33.335,2) | ROUND(4.35*100,0)
ROUNDUP(2.11,1) | ROUNDUP(-2.11,1) | ROUNDDOWN(-2.19,1) | ROUNDDOWN(2.19,1) | TRUNC(-2.57,1) | TRUNC(2.9)
INT(-2.5) | INT(A6) | ABS(A7) | ABS(A3) | ABS(A4) | SIGN(A7) | MOD(-7,3) | MOD(7,-3) | MOD(7.5,2) | MOD(7,0)
POWER(2,10) | SQRT(16) | PRODUCT(B1:B2) | PRODUCT(A1:A4) | MIN(A1:A8) | MAX(A1:A8) | MIN(A3:A4) | MAX(A4,A7)
MIN(A4,5) | MAX(A3) | AVERAGE(A1:A8) | AVERAGE(A3:A4) | COUNT(A1:A12) | COUNT(A1,A3,A4,A6)
COUNT(1,"2","x",TRUE) | COUNTA(A1:A12) | COUNTA(A4) | COUNTBLANK(A1:A12) | LARGE(B1:B5,2) | SMALL(B1:B5,2)
IF(A1>1,"y","n") | IF(A1>2,"y") | IF(A4,1,2) | IF(A3,1,2) | IF(A8=0,"—",A1/A8) | IF(A4="",0,A4) | IF(1,,2)
IF(A1>1,A4,2) | IF(ABS(SUM(B1:B5)-150)<0.05,"√","×") | IF(AND(A1>0,OR(A2>3,A2=2.5)),ROUND(A1/A2,4),"")
IFERROR(A1/A8,0) | IFERROR(A1,0) | IFERROR(A4,5) | IFERROR(VLOOKUP("zz",C1:C5,1,FALSE),"无") | AND(A1>1,A2>1)
AND(A1:A2) | AND(A3) | AND(A4,A1) | OR(A1>2,A2>9) | OR(A8,A4) | NOT(A8) | NOT(A4) | NOT(A3) | AND("x",TRUE)
TRUE() | FALSE() | COUNTIF(C1:C5,"甲") | COUNTIF(C1:C5,"丙?") | COUNTIF(C1:C5,"丙*") | COUNTIF(C1:C5,"丙~*")
COUNTIF(B1:B5,">20") | COUNTIF(B1:B5,20) | COUNTIF(B1:B5,"<>20") | COUNTIF(A1:A12,">0") | COUNTIF(A1:A12,"<0")
COUNTIF(A1:A12,0) | COUNTIF(A1:A12,"") | COUNTIF(A1:A12,"<>") | COUNTIF(A1:A12,A3) | COUNTIF(A1:A15,"APPLE")
COUNTIF(B1:B5,">"&A2) | COUNTIF(A4:A4,0) | COUNTIFS(C1:C5,"甲",B1:B5,">10") | SUMIF(C1:C5,"甲",B1:B5)
SUMIF(B1:B5,">20") | SUMIF(C1:C5,"丙*",B1:B5) | SUMIF(B1:B5,"<="&B2,B1:B5) | SUMIF(C1:C5,"无",B1:B5)
SUMIF(B1:B5,20,A1:A5) | SUMIFS(B1:B5,C1:C5,"甲",B1:B5,">10") | AVERAGEIF(C1:C5,"甲",B1:B5)
AVERAGEIF(C1:C5,"无",B1:B5) | SUMPRODUCT(A1:A2,B1:B2) | SUMPRODUCT(A1:A3,B1:B3) | SUMPRODUCT((C1:C5="甲")*B1:B5)
SUMPRODUCT((C1:C5="甲")*(B1:B5>10)) | SUMPRODUCT(--(C1:C5="甲"),B1:B5) | SUMPRODUCT(B1:B5)
VLOOKUP("乙",C1:C5,1,FALSE) | VLOOKUP(20,B1:C5,2,FALSE) | VLOOKUP(25,B1:C5,2,0)
VLOOKUP("APPLE",A14:B15,1,FALSE) | HLOOKUP(10,B1:C2,2,FALSE) | INDEX(B1:B5,3) | INDEX(B1:C5,2,2)
INDEX(B1:B5,MATCH("乙",C1:C5,0)) | MATCH(30,B1:B5,0) | MATCH("乙",C1:C5,0) | MATCH("丙?",C1:C5,0)
MATCH("q",C1:C5,0) | LEFT("行政运行",2) | LEFT(A9) | RIGHT("行政运行",2) | MID("行政运行",2,2) | MID("abc",9,1)
LEFT("abc",0) | LEFT("abc",-1) | LEFT(A10,3) | LEN("行政") | LEN(A4) | LEN(A1) | TRIM("  a  b ")
CONCATENATE(A10,"万元") | CONCATENATE("a",A4,1) | SUBSTITUTE("a-b-c","-","") | FIND("行","政行行")
FIND("x","abc") | EXACT("a","A") | EXACT("甲",C1) | VALUE("12.5") | VALUE(A6) | VALUE(A16) | VALUE("12%")
VALUE(A3) | TEXT(A10,"0.00") | TEXT(A10,"#,##0.0") | TEXT(0.4706,"0.00%") | ISNUMBER(A1) | ISNUMBER(A3)
ISNUMBER(A4) | ISTEXT(A3) | ISTEXT(A4) | ISBLANK(A4) | ISBLANK(A3) | ISERROR(A1/A8) | ISERROR(A1)
ISNA(MATCH("q",C1:C5,0)) | ISNA(A1/A8) | SUM(B1:B5)/COUNT(B1:B5) | SUM(附表!A1:A3) | '附 表'!A1*2 | 附表!A2+A1
SUM(附表!A4,'附 表'!A2)
"""
"""Over DATA, a sheet 附表 with formulas of its own and a sheet 附 表; blanks as in DATA."""


def formulas() -> list[str]:
    return [formula.strip() for line in FORMULAS.splitlines() for formula in line.split(" | ") if formula.strip()]


def script_workbook(path: Path) -> None:
    """A workbook as scripts write it: formulas in column E of the first sheet, no value saved for any."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "主表"
    for address, value in DATA.items():
        sheet[address] = value
    for row, formula in enumerate(formulas(), 1):
        sheet.cell(row, 5, f"={formula}")
    second = workbook.create_sheet("附表")
    second["A1"], second["A2"], second["A3"], second["A4"] = "=A2*2", "=主表!B1+1", "文字", "=SUM(A1:A3)/3"
    third = workbook.create_sheet("附 表")
    third["A1"], third["A2"] = "=附表!A4", 2
    workbook.save(path)


@pytest.mark.office
def test_every_verified_function_gives_what_libreoffice_gives(tmp_path: Path) -> None:
    """IFNA is written ``_xlfn.IFNA`` in files and stands apart; truth values in cells do too, being numbers there."""
    path = tmp_path / "script.xlsx"
    script_workbook(path)
    ours = read_package(path)
    theirs = read_package(programs.converted(path, "xlsx", tmp_path))
    assert [remark[0] for remark in theirs.remarks] == [
        "主表!A6（“7”）是文本型数字，公式（如 主表!E1）求和时没有计入。请改为数字。"
    ]
    assert ours.remarks[0][0] == f"有 {len(formulas()) + 4} 个公式单元格没有保存结果，已计算 {len(formulas()) + 4} 个。"
    for sheet, other in zip(ours.sheets, theirs.sheets, strict=True):
        for place, cell in sheet.cells.items():
            found = other.cells[place]
            assert (cell.kind, cell.text) == (found.kind, found.text), f"{sheet.name} {cell.formula}"


def test_the_comparison_covers_every_verified_function() -> None:
    used = {token.text.upper() for formula in formulas() for token in tokens(formula) if token.piece is Piece.FUNCTION}
    assert set(FUNCTIONS) - used == {"IFNA", "_XLFN.IFNA"}


# one formula at a time


def computed(formula: str, cells: dict[str, Cell] | None = None) -> Cell:
    """The cell Z1 with this formula on a sheet 表 that holds ``cells``."""
    found = {place(address): cell for address, cell in (cells or {}).items()}
    found[1, 26] = Cell(UNCOMPUTED, "", "General", formula)
    return recalculate(Book("b", (Sheet("表", found),))).sheets[0].cells[1, 26]


def place(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_number(letters)


def number(text: str) -> Cell:
    return Cell(NUMBER, text)


@pytest.mark.parametrize(
    ("formula", "kind", "text"),
    [
        ('=SUM("7",1)', NUMBER, "8"),
        ('=MAX("9",5)', NUMBER, "9"),
        ('=SUM("x",1)', ERROR, "#VALUE!"),
        ("=SUM(A5,1)", NUMBER, "1"),
        ("=SUM(TRUE,1)", NUMBER, "2"),
        ("=A5+1", NUMBER, "2"),
        ("=COUNT(A5)", NUMBER, "0"),
        ("=AND(A5,TRUE)", BOOLEAN, "TRUE"),
        ("=A5=1", BOOLEAN, "FALSE"),
        ("=A5=TRUE", BOOLEAN, "TRUE"),
        ('=A5&""', TEXT, "TRUE"),
        ("=SUMPRODUCT(--(A5:A6=TRUE),B5:B6)", NUMBER, "4"),
        ("=SQRT(-1)", ERROR, "#NUM!"),
        ("=0^0", ERROR, "#NUM!"),
        ("=9^999", ERROR, "#NUM!"),
        ("=(-8)^(1/3)", ERROR, "#NUM!"),
        ("=INDEX(B5:B6,9)", ERROR, "#REF!"),
        ("=1+#REF!", ERROR, "#REF!"),
        ("=A7", ERROR, "#DIV/0!"),
        ("=SUM(A5:A7)", ERROR, "#DIV/0!"),
        ("=IFERROR(A7,5)", NUMBER, "5"),
        ("=_xlfn.IFNA(A7,5)", ERROR, "#DIV/0!"),
        ("=_xlfn.IFNA(MATCH(1,B5:B6,0),5)", NUMBER, "5"),
        ("=IFNA(MATCH(4,B5:B6,0),5)", NUMBER, "1"),
        ("=1E3+1", NUMBER, "1001"),
        ("=1/3*3", NUMBER, "1"),
        ("=C9*3", NUMBER, "1"),
        ("=$B$5+表!B6", NUMBER, "9"),
        ("= B5 + \n B6 ", NUMBER, "9"),
        ('="a""b"', TEXT, 'a"b'),
        ("=sum(b5:b6)", NUMBER, "9"),
        ("=SUM(B6:B5)", NUMBER, "9"),
        ("=---B5", NUMBER, "-4"),
        ('=--"5"', NUMBER, "5"),
        ('=+"a"', TEXT, "a"),
        ("=SUM(B5,,B6)", NUMBER, "9"),
    ],
)
def test_excels_meaning(formula: str, kind: CellKind, text: str) -> None:
    cells = {
        "A5": Cell(BOOLEAN, "TRUE"), "A6": Cell(TEXT, "x"), "A7": Cell(ERROR, "#DIV/0!"),
        "B5": number("4"), "B6": number("5"), "C9": Cell(UNCOMPUTED, "", formula="=1/3"),
    }  # fmt: skip
    assert computed(formula, cells) == Cell(kind, text, "General", formula)


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("=SUM(A:A)", "整行或整列的引用"),
        ("=SUM(1:2)", "整行或整列的引用"),
        ("=SUM(表一:表三!A1)", "跨多张工作表的引用"),
        ("=[1]表!A1", "引用其他工作簿"),
        ("=SUM(表1[金额])", "名称“表1”"),
        ("=本年收入", "名称“本年收入”"),
        ("=表!本年收入", "名称引用"),
        ("=无此表!A1", "引用的工作表“无此表”不存在"),
        ("=SUBTOTAL(9,A1:A3)", "函数 SUBTOTAL 不在可核实之列"),
        ("=INDIRECT(\"A\"&1)", "函数 INDIRECT 不在可核实之列"),
        ("=A1:A3", "需要数组运算"),
        ("=A1:A3*2", "需要数组运算"),
        ("=SUM(A1:A3*2)", "需要数组运算"),
        ("=SUMPRODUCT(ROUND(A1:A3,1))", "需要数组运算"),
        ("=IF(A1:A3>1,1)", "需要数组运算"),
        ("=VLOOKUP(1,A1:B3,2)", "近似匹配的查找"),
        ("=MATCH(1,A1:A3)", "近似匹配的查找"),
        ('=SUMIF(A1:A3,">0",B1)', "条件区域与求和区域大小不同"),
        ("=SUMPRODUCT(A1:A2*A1:A3)", "区域大小不一致的数组运算"),
        ("={=SUM(A1:A3*2)}", "符号“{”"),
        ("=SUM({1,2})", "符号“{”"),
        ("=A1 B1", "交叉引用"),
        ("=SUM((A1,B1))", "联合引用"),
        ("=@A1", "符号“@”"),
        ("=A1#", "符号“#”"),
        ('="2020-12-31"+1', "文本“2020-12-31”是否算作数字，各软件不同"),
        ('="１２"+1', "文本“１２”是否算作数字，各软件不同"),
        ('=COUNTIF(C1:C2,7)', "文本形式的数字“7”是否符合条件，各软件不同"),
        ("=IF(C1,1,2)", "文本“7”作为条件"),
        ("=INT(4.35*100)", "结果取决于第十六位数字"),
        ("=1E20&\"\"", "极大或极小的数字转为文本"),
        ('=TEXT(44196,"yyyy年m月")', "TEXT 的这种格式"),
        ("=ABS()", "参数个数不对"),
        ("=ABS(1,2)", "参数个数不对"),
        ("=SUM(", "公式无法解析"),
        ("=A1)", "括号不配对"),
        ("=A1+", "公式无法解析"),
        ("=", "公式为空"),
        ("=Z1+1", "循环引用"),
        ("=SUM(Y1:Z2)", "循环引用"),
        ("=SUM(A1:A30000)", "引用区域超过 20000 格"),
        ("=SUM(A1:A20000)+SUM(A1:ALK1)", "引用区域过大"),
        ("=" + "(" * 50 + "1" + ")" * 50, "嵌套过深"),
        ("=" + "+".join(["A1"] * 1000), "公式过长"),
    ],
)  # fmt: skip
def test_what_is_not_verified_is_not_computed(formula: str, reason: str) -> None:
    cells = {"A1": number("1"), "B1": number("2"), "C1": Cell(TEXT, "7")}
    assert computed(formula, cells) == Cell(UNCOMPUTED, reason, "General", formula)


def test_amounts_leave_no_binary_remainder() -> None:
    """A spreadsheet program is left with 1.4E-13 here."""
    assert computed("=1888.9-A1-A2", {"A1": number("1888.8"), "A2": number("0.1")}).text == "0"


# the book


def book_of(formulas_by_place: dict[str, str]) -> Book:
    cells = {place(address): Cell(UNCOMPUTED, "", "0.00", formula) for address, formula in formulas_by_place.items()}
    return Book("b", (Sheet("支出", cells | {(1, 1): number("0.1")}),), remarks=(("前", "before"),))


def texts(book: Book) -> dict[str, str]:
    letters = "ABCDEFGH"
    return {f"{letters[column - 1]}{row}": cell.text for (row, column), cell in book.sheets[0].cells.items()}


def test_formulas_are_computed_after_those_they_read_whatever_the_order() -> None:
    book = recalculate(book_of({"B1": "=B2+1", "B2": "=SUM(B3:B4)", "B3": "=A1*2", "B4": "=支出!B3"}))
    assert texts(book) == {"B1": "1.4", "B2": "0.4", "B3": "0.2", "B4": "0.2", "A1": "0.1"}
    assert book.sheets[0].cells[1, 2] == Cell(NUMBER, "1.4", "0.00", "=B2+1")
    assert book.remarks == (
        ("前", "before"),
        ("有 4 个公式单元格没有保存结果，已计算 4 个。", "4 formula cells hold no saved result; 4 were computed."),
    )


def test_a_circle_and_what_hangs_on_it_are_not_computed() -> None:
    book = recalculate(book_of({"B1": "=B2", "B2": "=B3+B4", "B3": "=B1", "B4": "=B2", "B5": "=B1+1", "B6": "=A1"}))
    assert texts(book) == {
        "B1": "循环引用", "B2": "循环引用", "B3": "循环引用", "B4": "循环引用",
        "B5": "所引用的 支出!B1 未能计算", "B6": "0.1", "A1": "0.1",
    }  # fmt: skip
    assert book.remarks[1] == (
        "有 6 个公式单元格没有保存结果，已计算 1 个，5 个未能计算：循环引用（4 个）；"
        "所引用的 支出!B1 未能计算（1 个）。"
        "如 支出!B1、支出!B2、支出!B3；读取这些单元格的关系未审核。请用 Excel 或 WPS 打开并保存一次后再审核。",
        "6 formula cells hold no saved result; 1 were computed, 5 could not be (支出!B1, 支出!B2, 支出!B3 …); "
        "relations that read them were not applied. Open and save the workbook once in a spreadsheet program, "
        "then run again.",
    )


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = {f"B{row}": f"=B{row + 1}+1" for row in range(1, 4000)} | {"B4000": "=A1"}
    assert texts(recalculate(book_of(chain)))["B1"] == "3999.1"


def test_sheet_names_match_whatever_their_capitals() -> None:
    cells = {(1, 1): Cell(UNCOMPUTED, "", formula="='gk01 It''s'!B2*2")}
    book = recalculate(Book("b", (Sheet("甲", cells), Sheet("GK01 It's", {(2, 2): number("1.5")}))))
    assert book.sheets[0].cells[1, 1].text == "3"


def test_reasons_and_remarks_name_cells_in_the_order_and_spelling_of_the_book() -> None:
    cells = {(1, 1): Cell(UNCOMPUTED, "", formula="=A2*2"), (2, 1): Cell(UNCOMPUTED, "", formula="=NOW()")}
    book = recalculate(Book("b", (Sheet("Sheet1", cells),)))
    assert book.sheets[0].cells[1, 1].text == "所引用的 Sheet1!A2 未能计算"
    assert "如 Sheet1!A1、Sheet1!A2；" in book.remarks[0][0]


def test_number_and_time_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "MAX_FORMULAS", 2)
    found = texts(recalculate(book_of({"B1": "=1", "B2": "=2", "B3": "=3"})))
    assert (found["B1"], found["B2"], found["B3"]) == ("1", "2", "没有结果的公式超过 2 个")
    monkeypatch.setattr(recalculation, "MAX_SECONDS", -1.0)
    assert texts(recalculate(book_of({"B1": "=1"})))["B1"] == "计算超过 -1 秒"


def test_a_text_that_doubles_stops_at_what_a_cell_holds() -> None:
    doubling = {"B1": '="合计"'} | {f"B{row}": f"=B{row - 1}&B{row - 1}" for row in range(2, 40)}
    book = recalculate(book_of(doubling))
    assert book.sheets[0].cells[14, 2] == Cell(TEXT, "合计" * 2**13, "0.00", "=B13&B13")
    assert book.sheets[0].cells[16, 2] == Cell(ERROR, "#VALUE!", "0.00", "=B15&B15")


def test_a_book_with_all_its_values_comes_back_itself() -> None:
    book = Book("b", (Sheet("表", {(1, 1): number("1")}),))
    assert recalculate(book) is book


# mathematics

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


@given(amounts, st.integers(0, 3))
def test_round_is_half_away_from_zero(value: Decimal, places: int) -> None:
    cell = computed(f"=ROUND(A1,{places})", {"A1": number(format(value, "f"))})
    assert Decimal(cell.text) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(st.lists(st.decimals(min_value=-(10**6), max_value=10**6, places=2), min_size=1, max_size=12))
def test_sums_of_amounts_are_exact(values: list[Decimal]) -> None:
    cells = {f"A{row}": number(format(value, "f")) for row, value in enumerate(values, 1)}
    total = sum(values, Decimal(0))
    assert Decimal(computed(f"=SUM(A1:A{len(values)})", cells).text) == total
    cells["B1"] = number(format(total, "f"))
    assert computed(f"=SUM(A1:A{len(values)})-B1", cells).text == "0"


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_moving_a_formula_there_and_back_changes_nothing(rows: int, columns: int) -> None:
    formula = "SUM(K10:$L12)+'表 A1'!M$9&\"A1\"+名称K10+LOG10(K9)+$A$1+K:M+9:$11+1E5"
    assert moved(moved(formula, rows, columns), -rows, -columns) == formula


def test_what_moves_off_the_sheet_is_no_reference() -> None:
    assert moved("A1+$A1+SUM(B2:A1)+A$1", -1, -1) == "#REF!+#REF!+SUM(#REF!)+#REF!"
