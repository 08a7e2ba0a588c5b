"""Workbooks open in LibreOffice: the same report as from the file, the same notes, and nothing else changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.hosts.live.asking import block_of
from gouji.hosts.live.host import LiveHost
from gouji.hosts.live.libreoffice.formulas import in_excel
from gouji.hosts.live.libreoffice.program import LibreOffice
from gouji.hosts.live.libreoffice.ranges import Range
from gouji.hosts.live.program import program_of
from gouji.hosts.live.quiet import Quiet
from gouji.hosts.package.reading import read_package
from gouji.hosts.protocol import MARKER, RESULT_SHEET
from gouji.report import json_report
from gouji.report.notes import cell_notes
from gouji.sheet import Address, CellRef
from tests.windows import EXAMPLES, HEILONGJIANG, Window

pytestmark = pytest.mark.office


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def notes_of(book: Any) -> dict[CellRef, str]:
    return {
        CellRef(sheet.name, note.location.row, note.location.column): note.text
        for sheet in book.sheets
        for note in sheet.notes
    }


def notes_in(path: Path) -> dict[CellRef, str]:
    return {
        CellRef(sheet.name, note.row, note.column): note.text for sheet in read_package(path).sheets
        for note in sheet.notes
    }  # fmt: skip


def test_the_report_is_that_of_the_file_to_the_byte(example: Path, window: Window) -> None:
    live = gouji.validate(window.open(example))
    assert json_report.render([live]) == json_report.render([gouji.validate(example)])


def test_every_cell_and_merged_area_is_read(example: Path, window: Window) -> None:
    live, file = LiveHost(window.open(example)).read(), read_package(example)
    assert [sheet.name for sheet in live.sheets] == [sheet.name for sheet in file.sheets]
    for one, other in zip(live.sheets, file.sheets, strict=True):
        assert set(one.merged) == set(other.merged)
        assert {place: (cell.kind, cell.text) for place, cell in one.cells.items()} == {
            place: (cell.kind, cell.text) for place, cell in other.cells.items()
        }


def test_annotating_writes_the_notes_of_the_file_into_the_same_cells(
    example: Path, window: Window, tmp_path: Path
) -> None:
    book, copy = window.open(example), tmp_path / "copy.xlsx"
    written, expected = gouji.annotate(book).written, gouji.annotate(example, out=copy).written
    assert set(written.noted) == set(expected.noted)
    assert notes_of(book) == notes_in(copy)
    again = gouji.annotate(book).written
    assert (again.changed, again.removed, set(again.noted)) == (False, 0, set(expected.noted))


def test_clearing_keeps_what_a_person_wrote(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    flagged = gouji.validate(HEILONGJIANG).findings[0].note_at[0]
    book.sheets[flagged.sheet].range((flagged.row, flagged.column)).add_note("已与财政核对")
    book.sheets[0].range("F30").add_note("待查")
    gouji.annotate(book)
    assert notes_of(book)[flagged].startswith(f"已与财政核对\n{MARKER}")
    cleared = gouji.clear(book)
    assert cleared.changed
    assert notes_of(book) == {flagged: "已与财政核对", CellRef(book.sheets[0].name, 30, 6): "待查"}
    assert not gouji.clear(book).changed


def test_a_corrected_figure_loses_its_note_and_no_other_is_touched(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    gouji.annotate(book)
    before = notes_of(book)
    corrected = read_package(HEILONGJIANG.with_name("heilongjiang-2020-corrected.xlsx"))
    wrong = {
        CellRef(old.name, *place): new.cells[place]
        for old, new in zip(read_package(HEILONGJIANG).sheets, corrected.sheets, strict=True)
        for place, cell in old.cells.items()
        if new.cells[place] != cell
    }
    cell, right = next((cell, right) for cell, right in wrong.items() if cell in before)
    target = book.sheets[cell.sheet].range((cell.row, cell.column))
    target.value = float(right.text) if right.kind == "number" else right.text
    written = gouji.annotate(book).written
    after = notes_of(book)
    assert cell not in after
    assert written.removed == len(before) - len(after) > 0
    book.save()
    assert {cell for cell in after if after[cell] != before[cell]} == {
        each for each in after if notes_in_words(book, each) != before[each]
    }


def notes_in_words(book: Any, cell: CellRef) -> str:
    return str(book.sheets[cell.sheet].range((cell.row, cell.column)).note.text)


def test_colours_and_the_sheet_of_results_come_and_go(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    untouched = json_report.render([gouji.validate(book)])
    first = gouji.annotate(book, highlight=True, result_sheet=True).written
    assert book.sheets[-1].name == RESULT_SHEET
    assert book.sheets[RESULT_SHEET].range("A2").value == "序号"
    coloured = [area for sheet in book.sheets for each in sheet.cells.conditional_formats for area in each.impl.areas]
    assert len(coloured) == len(first.noted)
    assert not gouji.annotate(book, highlight=True, result_sheet=True).written.changed
    assert json_report.render([gouji.validate(book)]) == untouched
    assert first.changed
    gouji.clear(book)
    assert RESULT_SHEET not in [sheet.name for sheet in book.sheets]
    assert not any(len(sheet.cells.conditional_formats) for sheet in book.sheets)


def test_what_libreoffice_saves_is_ours_to_clear_in_the_file(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    gouji.annotate(book, highlight=True, result_sheet=True)
    book.save()
    path = Path(book.fullname)
    book.impl.close()
    assert RESULT_SHEET not in [sheet.name for sheet in read_package(path).sheets]
    assert gouji.clear(path).changed
    assert notes_in(path) == {}
    assert MARKER.encode() not in b"".join(_parts(path))


def _parts(path: Path) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets")]


def test_a_protected_sheet_is_said_and_the_others_are_written(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    shut = gouji.validate(HEILONGJIANG).findings[0].note_at[0].sheet
    book.sheets[shut].api.protect("")
    written = gouji.annotate(book, highlight=True).written
    there = notes_of(book)
    assert {cell.sheet for cell in there} == {cell.sheet for cell in written.noted}
    assert shut not in {cell.sheet for cell in there}
    assert [zh for zh, _ in written.remarks if shut in zh and "受保护" in zh and "撤销工作表保护" in zh]


class Conversing(LibreOffice):
    """LibreOffice with a threaded comment in one cell, as Excel would tell of it."""

    def __init__(self, cell: CellRef) -> None:
        super().__init__()
        self._cell = cell

    def conversations(self, sheet: Any) -> set[Address]:
        return {Address(self._cell.row, self._cell.column)} if sheet.name == self._cell.sheet else set()


def test_a_cell_with_a_conversation_is_left_alone_and_said(window: Window) -> None:
    book, notes = window.open(HEILONGJIANG), cell_notes(gouji.validate(HEILONGJIANG))
    talk = notes[0].cell
    stands_in = f"[会话式批注]\n{MARKER}·错误 A06】有人引用了这一句"
    book.sheets[talk.sheet].range((talk.row, talk.column)).add_note(stands_in)
    host = LiveHost(book, program=Conversing(talk))
    written = host.annotate(notes)
    assert set(written.noted) == {note.cell for note in notes[1:]}
    assert [zh for zh, _ in written.remarks if talk.sheet in zh and "1 个单元格已有会话式批注" in zh]
    assert host.clear().removed == len(notes) - 1
    assert notes_of(book) == {talk: stands_in}


def test_a_note_that_the_program_fails_to_write_is_said(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    book, notes = window.open(HEILONGJIANG), cell_notes(gouji.validate(HEILONGJIANG))
    monkeypatch.setattr(Range, "add_note", lambda *_: 1 / 0)
    written = LiveHost(book).annotate(notes)
    assert (written.noted, written.changed) == ((), False)
    assert all("程序没有接受" in zh and "took no notes" in en for zh, en in written.remarks)
    sheets = {note.cell.sheet for note in notes}
    assert len(written.remarks) == len(sheets)
    assert all(any(f"工作表“{sheet}”有 " in zh for zh, _ in written.remarks) for sheet in sheets)


def test_hidden_sheets_and_filtered_rows_are_checked_like_others(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    book.sheets[1].visible = False
    book.sheets[0].range("A5:A12").impl.row_hidden = True
    report, written = gouji.annotate(book)
    assert json_report.render([gouji.validate(book)]) == json_report.render([gouji.validate(HEILONGJIANG)])
    assert written.noted == gouji.annotate(book).written.noted
    assert LiveHost(book).read().sheets[1].hidden
    assert report.findings


def test_a_workbook_never_saved(window: Window) -> None:
    book = window.new()
    source = read_package(HEILONGJIANG).sheets[0]
    book.sheets[0].name = source.name
    for (row, column), cell in source.cells.items():
        target = book.sheets[0].range((row, column))
        target.value = float(cell.text) if cell.kind == "number" else cell.text
    for area in source.merged:
        book.sheets[0].range((area.top, area.left), (area.bottom, area.right)).merge()
    report = gouji.validate(book)
    assert report.workbook == book.name
    assert [table.table for table in report.tables] == ["收入支出决算总表"]


def test_an_old_xls_opened_in_the_program(window: Window, tmp_path: Path) -> None:
    source = window.open(HEILONGJIANG)
    source.impl.save(str(tmp_path / "旧.xls"))
    source.impl.close()
    book = window.open(tmp_path / "旧.xls")
    assert book.name == "旧.xls"
    expected = gouji.validate(HEILONGJIANG, name="旧.xls")
    assert json_report.render([gouji.validate(book)]) == json_report.render([expected])
    assert len(gouji.annotate(book).written.noted) == len({c for f in expected.findings for c in f.note_at})


def test_the_view_and_the_program_are_as_before_whatever_happens(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    program = program_of(book)
    book.sheets[3].activate()
    book.sheets[3].range("C7:D9").select()
    program.scroll_to(book, (4, 1))
    before = _state(book)
    gouji.annotate(book, highlight=True, result_sheet=True)
    assert _state(book) == before
    with pytest.raises(ZeroDivisionError), Quiet(book, program):  # noqa: PT012 - what happens on the way is the test
        assert not book.app.screen_updating
        assert not book.app.enable_events
        book.sheets[0].activate()
        book.sheets[0].range("A1").select()
        raise ZeroDivisionError
    assert _state(book) == before
    book.app.screen_updating = False
    gouji.clear(book)
    assert not book.app.screen_updating
    book.app.screen_updating = True


def _state(book: Any) -> tuple[object, ...]:
    app = book.app
    return (
        app.screen_updating, app.enable_events, app.display_alerts, app.calculation, book.sheets.active.name,
        book.selection.address, program_of(book).scroll(book),
    )  # fmt: skip


def test_reading_by_questions_gives_the_same_sheet(window: Window) -> None:
    book = window.open(HEILONGJIANG)
    program = program_of(book)
    for sheet in list(book.sheets)[:2]:
        block = program.block(sheet)
        values = block.values
        asked = block_of(sheet, lambda cells: values)  # noqa: B023 - called before the next sheet
        assert asked.merged == block.merged
        assert (asked.name, asked.hidden, asked.corner) == (block.name, block.hidden, block.corner)
        for line, ours, theirs in zip(block.values, asked.formats, block.formats, strict=True):
            numbers = [column for column, value in enumerate(line) if isinstance(value, float)]
            assert [ours[column] for column in numbers] == [theirs[column] for column in numbers]


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("=SUM(A1:B2;$'收入 表'.C3)", "=SUM(A1:B2,'收入 表'!C3)"),
        ("=$GK01.B$7+1.5", "=GK01!B$7+1.5"),
        ('=IF(A1="甲;乙.B2";1;2)', '=IF(A1="甲;乙.B2",1,2)'),
        ("{=SUM(A1:A2*2)}", "=SUM(A1:A2*2)"),
    ],
)
def test_formulas_are_spelled_as_in_files(written: str, spelled: str) -> None:
    assert in_excel(written) == spelled
