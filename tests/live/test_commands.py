"""What the buttons do, in a real LibreOffice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.hosts.live.libreoffice.bridge import enum, struct
from gouji.hosts.live.libreoffice.program import LibreOffice
from gouji.hosts.protocol import RESULT_SHEET
from gouji.live import commands, excel, office, settings
from gouji.live.commands import CAPTIONS, run
from gouji.live.settings import Settings
from gouji.report import json_report
from gouji.report.notes import cell_notes
from gouji.sheet import CellRef
from tests.windows import HEILONGJIANG, Window

pytestmark = pytest.mark.office


@pytest.fixture
def book(window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return window.open(HEILONGJIANG)


def notes_of(book: Any) -> dict[CellRef, str]:
    return {
        CellRef(sheet.name, note.location.row, note.location.column): note.text
        for sheet in book.sheets
        for note in sheet.notes
    }


def test_every_button_has_its_command() -> None:
    assert set(CAPTIONS) == set(commands._COMMANDS) == {name for name in CAPTIONS if hasattr(excel, name)}


def test_checking_walking_and_clearing(book: Any) -> None:
    flagged = [note.cell for note in cell_notes(gouji.validate(HEILONGJIANG))]
    nothing = run("next", book)
    assert nothing.kind == "warning"
    assert "请先点“审核”" in nothing.text()
    found = run("check", book)
    assert found.kind == "warning"
    assert f"批注 {len(flagged)} 格" in found.text()
    assert set(notes_of(book)) == set(flagged)
    assert "与上次相同" in run("check", book).text()
    book.sheets[0].activate()
    book.sheets[0].range("A1").select()
    first = run("next", book)
    assert first.text().startswith(f"1/{len(flagged)}  {flagged[0]} 【勾稽·错误")
    assert first.selected == flagged[0]
    assert book.sheets.active.name == flagged[0].sheet
    assert book.selection.address.replace("$", "") == flagged[0].address
    assert run("previous", book).text().startswith(f"{len(flagged)}/{len(flagged)}  ")
    assert run("next", book).selected == flagged[0]
    assert run("clear", book).text() == f"已清除 {len(flagged)} 处批注。"
    assert notes_of(book) == {}
    assert run("clear", book).text() == "没有勾稽的批注可清除。"


def test_hidden_sheets_are_passed_over_and_said(book: Any) -> None:
    run("check", book)
    cells = list(notes_of(book))
    hidden = cells[0].sheet
    book.sheets[hidden].visible = False
    left = [cell for cell in cells if cell.sheet != hidden]
    told = run("next", book)
    assert told.selected in left
    assert f"/{len(left)}  " in told.text()
    assert f"另有 {len(cells) - len(left)} 处在隐藏的工作表" in told.text()


def test_rows_filtered_out_are_checked_said_and_stay_filtered_out(book: Any) -> None:
    cells = [note.cell for note in cell_notes(gouji.validate(HEILONGJIANG))]
    sheet = book.sheets[cells[0].sheet]
    table = sheet.range("A5:J30").impl.xl
    chosen = table.createFilterDescriptor(True)
    chosen.ContainsHeader = True
    equal = enum("sheet.FilterOperator", "EQUAL")
    chosen.setFilterFields((struct("sheet.TableFilterField", Field=0, Operator=equal, StringValue="208"),))
    table.filter(chosen)
    assert sheet.range((cells[0].row, 1)).impl.row_hidden
    assert not sheet.range("A14").impl.row_hidden
    run("check", book)
    assert set(notes_of(book)) == set(cells)
    sheet.range("A1").select()
    told = run("next", book)
    assert told.selected == cells[0]
    assert "（所在行被隐藏或筛选掉了）" in told.text()
    assert sheet.range((cells[0].row, 1)).impl.row_hidden


def test_checking_one_sheet_writes_on_it_alone(book: Any) -> None:
    cells = [note.cell for note in cell_notes(gouji.validate(HEILONGJIANG))]
    sheet = cells[0].sheet
    book.sheets[sheet].activate()
    told = run("check_sheet", book)
    assert told.text().startswith(f"{sheet}：")
    assert set(notes_of(book)) == {cell for cell in cells if cell.sheet == sheet}


def test_an_answer_stays_while_its_finding_does(book: Any) -> None:
    run("check", book)
    cell, text = next(iter(notes_of(book).items()))
    note = book.sheets[cell.sheet].range((cell.row, cell.column)).note
    note.text = f"{text}\n说明：已报主管部门"
    run("check", book)
    assert notes_of(book)[cell].endswith("\n说明：已报主管部门")
    assert "与上次相同" in run("check", book).text()
    told = run("export", book, settings=Settings(export_format="json"))
    assert told.path is not None
    report = json.loads(told.path.read_text("utf-8"))
    assert [each["answer"] for each in report["findings"] if each["answer"]] == ["已报主管部门"]
    run("clear", book)
    assert notes_of(book) == {cell: "说明：已报主管部门"}


def test_the_exported_report_is_that_of_the_file(book: Any, tmp_path: Path) -> None:
    told = run("export", book, settings=Settings(export_format="json", export_to=tmp_path))
    assert told.path == tmp_path / "heilongjiang-2020.勾稽审核.json"
    assert told.path.read_text("utf-8") == json_report.render([gouji.validate(HEILONGJIANG)])
    beside = run("export", book)
    assert beside.path == Path(book.fullname).with_name("heilongjiang-2020.勾稽审核.html")
    assert str(beside.path) in beside.text()
    lost = run("export", book, settings=Settings(export_to=tmp_path / "没有"))
    assert (lost.kind, "无法写入" in lost.text()) == ("error", True)


def test_the_person_says_where_the_report_goes(book: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Path, list[str]]] = []

    def answering(place: Path | None) -> None:
        def save_where(_self: object, _book: object, title: str, proposed: Path, kinds: Any) -> Path | None:
            asked.append((title, proposed, [kind.suffix for kind in kinds]))
            return place

        monkeypatch.setattr(LibreOffice, "save_where", save_where)

    answering(tmp_path / "我的 报告.json")
    told = run("export", book)
    beside = Path(book.fullname).with_name("heilongjiang-2020.勾稽审核.html")
    assert asked == [("导出报告", beside, [".html", ".json", ".sarif", ".xml"])]
    assert told.path == tmp_path / "我的 报告.json"
    assert told.path.read_text("utf-8") == json_report.render([gouji.validate(HEILONGJIANG)])
    answering(None)
    told = run("export", book, settings=Settings(export_format="json"))
    assert (told.text(), told.path, told.kind) == ("没有导出。", None, "info")
    assert asked[-1][2][0] == ".json"
    assert not beside.exists()
    run("export", book, settings=Settings(export_to=tmp_path))
    assert len(asked) == 2


def test_results_are_shown_and_kept_up_to_date(book: Any) -> None:
    run("results", book)
    assert book.sheets.active.name == RESULT_SHEET
    rows = book.sheets[RESULT_SHEET].used_range.shape[0]
    assert rows > 10
    for sheet in list(book.sheets)[:-1]:
        sheet.activate()
    run("check", book)
    assert book.sheets[RESULT_SHEET].used_range.shape[0] == rows
    run("clear", book)
    assert RESULT_SHEET not in [sheet.name for sheet in book.sheets]


def test_packs_are_listed_and_the_chosen_one_is_used(book: Any) -> None:
    told = run("packs", book)
    assert told.choices[0].id == ""
    assert told.choices[0].chosen
    assert {"mof-2020", "heilongjiang-2020"} <= {choice.id for choice in told.choices}
    settings.choose_pack("mof-2020")
    assert [choice.id for choice in run("packs", book).choices if choice.chosen] == ["mof-2020"]
    assert "mof-2020" in run("about", book).text()
    settings.choose_pack("没有这个包")
    assert run("check", book).kind == "error"


def test_no_command_ever_raises(book: Any, window: Window) -> None:
    empty = run("check", window.new())
    assert empty.kind == "error"
    assert "没有" in empty.text()
    assert run("no such command", book).kind == "error"
    settings.settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_file().write_text("pack = ", "utf-8")
    assert "读不懂设置文件" in run("check", book).text()


def test_a_manual_calculation_is_said_and_left_alone(book: Any) -> None:
    book.app.calculation = "manual"
    told = run("check", book)
    assert "手动计算" in told.text()
    assert book.app.calculation == "manual"
    book.app.calculation = "automatic"


def test_what_excel_calls_runs_on_the_calling_book(book: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    book.set_mock_caller()
    monkeypatch.setattr(type(book.impl.app), "status_bar", property(lambda _: False, lambda _, text: said.append(text)))
    monkeypatch.setattr(type(book.impl.app), "alert", lambda *given: said.append(given[1]))
    excel.check()
    excel.choose_pack("mof-2020")
    excel.choose_pack("没有这个包")
    assert said[0] == "勾稽：正在处理，请稍候……"
    assert said[1].startswith("勾稽：错误 ")
    assert said[2] == "勾稽：规则包：" + next(c.title for c in run("packs", book).choices if c.id == "mof-2020")
    assert said[-1].startswith("没有规则包 没有这个包")
    assert settings.load().pack == "mof-2020"
    assert notes_of(book)


def test_what_libreoffice_calls_runs_on_the_book_in_front(book: Any, libreoffice: Any) -> None:
    book.activate()
    assert office.run("check", libreoffice).text() == run("check", book).text().replace("，与上次相同", "")
    assert notes_of(book)
