"""What is asked of Excel's own objects, as its documentation describes them. No Excel runs here: see docs/live.md."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gouji.hosts.live.asking import block_of, rows_of
from gouji.hosts.live.excel import ExcelOnMac, ExcelOnWindows
from gouji.hosts.live.program import FileKind
from gouji.sheet import Address, Area

KINDS = [FileKind("网页", ".html"), FileKind("JSON", ".json")]


def cells_with(value: object) -> Any:
    return SimpleNamespace(api=SimpleNamespace(Value2=value))


@pytest.mark.parametrize(
    ("value", "rows"),
    [
        (((1.5, "文字", None), (True, -2146826265, 44196.0)), [[1.5, "文字", None], [True, "#REF!", 44196.0]]),
        (-2146826281, [["#DIV/0!"]]),
        (-2146826281.0, [[-2146826281.0]]),
        (None, [[None]]),
    ],
)
def test_errors_come_as_integers_and_numbers_as_floats(value: object, rows: list[list[object]]) -> None:
    assert ExcelOnWindows()._values(cells_with(value)) == rows


@pytest.mark.parametrize(
    ("contents", "drawings", "takes"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_protection(contents: bool, drawings: bool, takes: bool) -> None:
    sheet: Any = SimpleNamespace(api=SimpleNamespace(ProtectContents=contents, ProtectDrawingObjects=drawings))
    assert ExcelOnWindows().takes_notes(sheet) is takes


def test_where_a_colour_applies() -> None:
    area = SimpleNamespace(Row=3, Column=2, Rows=SimpleNamespace(Count=2), Columns=SimpleNamespace(Count=1))
    colour: Any = SimpleNamespace(impl=SimpleNamespace(api=SimpleNamespace(AppliesTo=SimpleNamespace(Areas=[area]))))
    assert ExcelOnWindows().areas(colour) == [Area(3, 2, 4, 2)]


def test_cells_that_hold_conversations() -> None:
    threads = [SimpleNamespace(Parent=SimpleNamespace(Row=3, Column=2)), SimpleNamespace(Parent=cell_at(9, 1))]
    sheet: Any = SimpleNamespace(api=SimpleNamespace(CommentsThreaded=threads))
    assert ExcelOnWindows().conversations(sheet) == {Address(3, 2), Address(9, 1)}
    before_365: Any = SimpleNamespace(api=SimpleNamespace())
    assert ExcelOnWindows().conversations(before_365) == set()


def cell_at(row: int, column: int) -> Any:
    return SimpleNamespace(Row=row, Column=column)


@pytest.mark.parametrize(
    ("answer", "visible", "place"),
    [
        (r"D:\决算 表\报告.json", True, Path(r"D:\决算 表\报告.json")),
        (False, True, None),
        (r"D:\never asked.html", False, Path("/决算 表/甲.html")),
    ],
)
def test_excel_asks_where_a_file_goes(answer: object, visible: bool, place: Path | None) -> None:
    asked: list[tuple[object, ...]] = []

    def ask(*given: object) -> object:
        asked.append(given)
        return answer

    book: Any = SimpleNamespace(app=SimpleNamespace(visible=visible, api=SimpleNamespace(GetSaveAsFilename=ask)))
    proposed = Path("/决算 表/甲.html")
    assert ExcelOnWindows().save_where(book, "导出报告", proposed, KINDS) == place
    assert asked == [(str(proposed), "网页 (*.html),*.html,JSON (*.json),*.json", 1, "导出报告")] * visible


@pytest.mark.parametrize(("code", "place"), [(0, Path("/卷/张 三/甲.html")), (1, None)])
def test_a_mac_asks_where_a_file_goes(code: int, place: Path | None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> Any:
        asked.append(command)
        return SimpleNamespace(returncode=code, stdout="/卷/张 三/甲.html\n" if code == 0 else "")

    monkeypatch.setattr(subprocess, "run", run)
    book: Any = SimpleNamespace(app=SimpleNamespace(visible=True))
    assert ExcelOnMac().save_where(book, "导出报告", Path("/卷/决算 \"a\"/甲.html"), KINDS) == place
    assert asked[0][3:] == ["导出报告", "/卷/决算 \"a\"", "甲.html"]  # words of their own


def test_rows_of_what_a_program_gives() -> None:
    assert rows_of(1) == [[1]]
    assert rows_of((1, 2)) == [[1, 2]]
    assert rows_of(((1, 2), (3, 4))) == [[1, 2], [3, 4]]


class Asked:
    """A sheet that answers as Excel does: a format where all cells agree, else nothing."""

    def __init__(self, values: list[list[object]], formats: list[list[str]], merged: Area) -> None:
        self.values, self.formats, self.around = values, formats, merged
        self.questions = 0
        self.name, self.visible, self.notes = "表", -1, ()
        self.used_range = self.range((1, 1), (len(values), len(values[0])))

    def range(self, first: tuple[int, int], last: tuple[int, int] | None = None) -> Any:
        last = last or first
        return Cells(self, Area(*first, *last))


class Cells:
    def __init__(self, sheet: Asked, area: Area) -> None:
        self.sheet, self.area = sheet, area
        self.row, self.column = area[:2]
        self.shape = (area.bottom - area.top + 1, area.right - area.left + 1)
        self.formula = sheet.values

    def _meets(self) -> bool:
        one, other = self.area, self.sheet.around
        return one.top <= other.bottom and other.top <= one.bottom and one.left <= other.right and (
            other.left <= one.right
        )  # fmt: skip

    @property
    def number_format(self) -> str | None:
        self.sheet.questions += 1
        top, left, bottom, right = self.area
        found = {code for line in self.sheet.formats[top - 1 : bottom] for code in line[left - 1 : right]}
        return found.pop() if len(found) == 1 else None

    @property
    def merge_cells(self) -> bool | None:
        one, other = self.area, self.sheet.around
        inside = one[:2] >= other[:2] and one.right <= other.right and one.bottom <= other.bottom and self._meets()
        return True if inside else None if self._meets() else False

    @property
    def merge_area(self) -> Any:
        return Cells(self.sheet, self.sheet.around if self._meets() else self.area)


def test_a_sheet_is_asked_by_halves() -> None:
    values: list[list[object]] = [["标题", None, None], ["项目", "金额", "比率"], *([["甲", 1.0, 0.5]] * 30)]
    formats = [["General"] * 3, ["@"] * 3, *([["@", "#,##0.00", "0.00%"]] * 30)]
    sheet: Any = Asked(values, formats, Area(1, 1, 1, 3))
    block = block_of(sheet, lambda cells: values)
    assert block.merged == (Area(1, 1, 1, 3),)
    assert not block.hidden
    assert [line[1:] for line in block.formats[2:]] == [["#,##0.00", "0.00%"]] * 30
    assert sheet.questions < 30
