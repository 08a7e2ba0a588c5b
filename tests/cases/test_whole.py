"""Whole cases: grids and annotated workbooks with exactly the findings they must have."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gouji import annotate
from gouji.cases.grids import read_grids
from gouji.cases.whole import run_whole, whole_cases
from gouji.packs.model import Pack
from gouji.sheet import Area, Cell, CellKind
from tests.cases.conftest import shipped

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
GRID = """\
cases:
  - case: 收入合计少加一项
    sheets:
      收入表: |
        收入决算表
        2020年度 | | | | | | 金额单位：万元
        科目编码|科目名称|本年收入合计|财政拨款收入|上级补助收入|事业收入|经营收入|附属单位上缴收入|其他收入
        | 合计 | 1,888.9 | 1,888.8 | 0.0 | 0.0 | 0.0 | 0.0 | 0.1
        201 | 一般公共服务支出 | 1,888.8{mark} | 1,888.8 | 0.0 | 0.0 | 0.0 | 0.0 | {other}
"""


def problems(folder: Path, grid: str, pack: Pack | None = None) -> list[str]:
    """What is wrong with the cases of a pack that has this file, or comes out otherwise."""
    (folder / "cases").mkdir(parents=True, exist_ok=True)
    (folder / "cases" / "收入.yaml").write_text(grid, "utf-8")
    cases, faults = whole_cases(folder)
    found = [*faults, *(p for case in cases for p in run_whole(pack or shipped("mof-2020"), case).differences)]
    return [problem.message().removeprefix("own/cases/收入.yaml:") for problem in found]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


def test_a_clean_grid(own: Path) -> None:
    assert problems(own, GRID.format(mark="", other="0.0").replace("1,888.9", "1,888.8").replace("0.1", "0.0")) == []


def test_marks_say_what_is_found(own: Path) -> None:
    marked = GRID.format(mark="【A06】", other="0.3").replace("1,888.9", "1,889.1【A09】").replace("0.1", "0.3")
    assert problems(own, marked) == []


def test_what_is_missing_surplus_and_different_is_said_at_its_line(own: Path) -> None:
    grid = GRID.format(mark="【A01】", other="0.3").replace("1,888.9", "1,889.1").replace("0.1", "0.3")
    found = problems(own, grid + "    expect: [{rule: A09, at: C4, left: '1,889.1', right: '1,888.7'}]\n")
    assert [message.partition("·")[0] for message in found] == [
        "9:1: 收入合计少加一项：少报 A01，收入表!C5（这一格报的是 A06）",
        "10:1: 收入合计少加一项：A09，收入表!C4，right：应为 1,888.7，实为 1888.8",
        "9:1: 收入合计少加一项：多报 A06，收入表!C5：一般公共服务支出",
    ]


def test_details_of_a_finding(own: Path) -> None:
    grid = GRID.format(mark="", other="0.3").replace("1,888.9", "1,889.1").replace("0.1", "0.3")
    more = """\
    expect:
      - {rule: A06, at: 收入表!C5, severity: 错误, left: '1,888.8', right: '1,889.1', message: 列示 1}
      - {rule: A09, at: C4}
    not_applied: []
"""
    found = problems(own, grid + more)
    assert found != []
    assert all("未应用" in problem for problem in found)
    assert any(problem.startswith("2:1: 收入合计少加一项：B01-1 未应用：") for problem in found)


def test_parameters_of_a_case(own: Path) -> None:
    assert problems(own, GRID.format(mark="", other="0.0") + "    set: {满份: 100}\n") == [
        "2:1: 收入合计少加一项：没有名为“满份”的参数（有 满分、年度）"
    ]


def test_a_grid_without_a_form(own: Path) -> None:
    [found] = problems(own, "cases: [{case: 空, sheets: {表: 甲}}]\n")
    assert found.startswith("1:1: 空：空.xlsx：没有找到任何标准决算表")


@pytest.mark.parametrize(("grid", "expected"), [
    ("cases: [{case: 甲, sheet: {}}]\n", ["1:9: 缺 sheets（各工作表的格子）", "1:19: 没有键 sheet，是 sheets 吗？"]),
    ("cases: [{case: 甲, sheets: {表: 甲}, expect: [{rule: A1, at: C}]}]\n",
     ["1:59: “C”应写作 工作表!C12；有 表"]),
    ("cases: [{case: 甲, sheets: {表: '← | 乙'}}]\n", ["1:32: A1 的 ← 没有可并入的格"]),
    ("case: 甲\n", ["1:1: 缺 cases", "1:1: 没有键 case，是 cases 吗？"]),
])  # fmt: skip
def test_what_is_wrong_with_a_file(own: Path, grid: str, expected: list[str]) -> None:
    (own / "cases").mkdir(parents=True)
    (own / "cases" / "收入.yaml").write_text(grid, "utf-8")
    _, faults = whole_cases(own)
    found = [problem.message().removeprefix("own/cases/收入.yaml:") for problem in faults]
    assert sorted(found) == sorted(expected)


def test_a_grid_as_a_sheet() -> None:
    rows = ["标题 | ← | 合计", "↑ | ↑ | 1,234.50", "2080501 | -3 | 47.06%【P01、P02】"]
    text = "".join(["cases:\n- case: 甲\n  sheets:\n    表: |\n", *(f"      {row}\n" for row in rows)])
    [case], faults = read_grids(text.encode(), "f")
    [sheet] = case.book.sheets
    assert faults == []
    assert sheet.merged == (Area(1, 1, 2, 2),)
    assert sheet.cells == {
        (1, 1): Cell(CellKind.TEXT, "标题"),
        (1, 3): Cell(CellKind.TEXT, "合计"),
        (2, 3): Cell(CellKind.NUMBER, "1234.50", "#,##0.00"),
        (3, 1): Cell(CellKind.NUMBER, "2080501", "0"),
        (3, 2): Cell(CellKind.NUMBER, "-3", "0"),
        (3, 3): Cell(CellKind.NUMBER, "0.4706", "0.00%"),
    }
    assert [(mark.rule, mark.cell.address, mark.line) for mark in case.marks] == [("P01", "C3", 7), ("P02", "C3", 7)]


def test_a_grid_pasted_from_excel() -> None:
    [case], _ = read_grids(
        "cases:\n- case: 甲\n  sheets:\n    表: |\n      项目\t金额\n      合计\t12.0\n".encode(), "f"
    )
    assert {place: cell.text for place, cell in case.book.sheets[0].cells.items()} == {
        (1, 1): "项目", (1, 2): "金额", (2, 1): "合计", (2, 2): "12.0",
    }  # fmt: skip


def annotated(own: Path) -> Path:
    """The real example with gouji's notes, as a case of a pack."""
    (own / "cases").mkdir(parents=True)
    place = own / "cases" / "黑龙江.xlsx"
    annotate(EXAMPLES / "heilongjiang-2020.xlsx", out=place, pack="heilongjiang-2020")
    return place


def test_an_annotated_workbook_finds_what_its_notes_say(own: Path) -> None:
    annotated(own)
    [case], faults = whole_cases(own)
    assert faults == []
    assert {mark.rule for mark in case.marks} >= {"A06", "A09", "A15"}
    assert run_whole(shipped("heilongjiang-2020"), case).differences == ()


def test_notes_of_another_pack_are_missed(own: Path) -> None:
    annotated(own)
    [case], _ = whole_cases(own)
    found = [problem.message() for problem in run_whole(shipped("mof-2020"), case).differences]
    assert found != []
    assert all(message.startswith("own/cases/黑龙江.xlsx:1:1: 黑龙江：少报 ") for message in found)


def test_a_workbook_without_notes_must_be_clean(own: Path) -> None:
    (own / "cases").mkdir(parents=True)
    shutil.copy(EXAMPLES / "heilongjiang-2020-corrected.xlsx", own / "cases" / "1.xlsx")
    shutil.copy(EXAMPLES / "heilongjiang-2020.xlsx", own / "cases" / "2.xlsx")
    clean, faulty = (run_whole(shipped("heilongjiang-2020"), case).differences for case in whole_cases(own)[0])
    assert clean == ()
    assert faulty != ()
    assert all("：多报 " in problem.chinese for problem in faulty)


def test_a_file_that_is_no_workbook(own: Path) -> None:
    (own / "cases").mkdir(parents=True)
    (own / "cases" / "坏.xlsx").write_bytes(b"no workbook")
    cases, [fault] = whole_cases(own)
    assert cases == []
    assert fault.file == "own/cases/坏.xlsx"
