"""说明：… below a paragraph of ours answers it: kept by later checks in every host, shown in every report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

import gouji
from gouji.cli.checking import report_code
from gouji.hosts.note_text import without_ours
from gouji.hosts.package.reading import read_package
from gouji.hosts.protocol import MARKER, CellNote, answer_in
from gouji.report import console, html, json_report
from gouji.report.answers import answers_of
from gouji.report.notes import cell_notes, result_sheet
from gouji.report.spans import Options
from gouji.sheet import Book, CellRef, Note, Sheet

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "examples" / "heilongjiang-2020.xlsx"
WORDS = "经核实，主管部门漏报，下年更正"


@pytest.mark.parametrize(
    ("line", "answer"),
    [("说明：已核", "已核"), (" 说明: 已核 ", "已核"), ("说明：", ""), ("说明已核", None), ("另说明：已核", None)],
)
def test_a_line_of_answer(line: str, answer: str | None) -> None:
    assert answer_in(line) == answer


def test_an_answer_belongs_to_the_paragraph_directly_above() -> None:
    text = f"说明：无主\n{MARKER}·错误 A01】甲\n说明：一\n说明: 二\n{MARKER}·警告 B02】乙\n别的话\n说明：无主"
    book = Book("书", (Sheet("表", {}, notes=(Note(3, 2, text),)),))
    assert answers_of(book) == {(CellRef("表", 3, 2), "A01"): "一\n二"}


def test_only_answers_that_are_written_again_come_out_with_ours() -> None:
    text = f"张：待查\n{MARKER}·错误 A01】甲\n说明：一\n说明：二"
    assert without_ours(text) == "张：待查\n说明：一\n说明：二"
    assert without_ours(text, {"一"}) == "张：待查\n说明：二"
    assert without_ours(text, {"一", "二"}) == "张：待查"
    assert without_ours(f"说明：一\n{MARKER} A】甲", {"一"}) == "说明：一"


def answered_file(folder: Path) -> tuple[Path, CellRef]:
    """A copy that was annotated, and the first note answered by a person in a spreadsheet program."""
    copy = folder / "决算.xlsx"
    gouji.annotate(EXAMPLE, out=copy)
    sheet = next(each for each in read_package(copy).sheets if each.notes)
    note = sheet.notes[0]
    workbook = openpyxl.load_workbook(copy)
    cell = workbook[sheet.name].cell(note.row, note.column)
    cell.comment = Comment(f"{note.text}\n说明:{WORDS}", "张")
    workbook.save(copy)
    return copy, CellRef(sheet.name, note.row, note.column)


def note_in(path: Path, cell: CellRef) -> str:
    sheet = next(each for each in read_package(path).sheets if each.name == cell.sheet)
    return next((note.text for note in sheet.notes if (note.row, note.column) == cell[1:]), "")


def test_an_answer_survives_checks_of_the_file_and_stands_in_every_report(tmp_path: Path) -> None:
    copy, cell = answered_file(tmp_path)
    for _ in range(2):
        report, written = gouji.annotate(copy, result_sheet=True)
        assert [each.answer for each in report.findings if each.answer] == [WORDS]
        assert note_in(copy, cell).endswith(f"\n说明：{WORDS}")
        assert note_in(copy, cell).count("说明") == 1
        assert cell in written.noted
    assert not gouji.annotate(copy, result_sheet=True).written.changed
    full = gouji.validate(copy)
    assert f'"answer":"{WORDS}"' in json_report.render([full]).replace('": "', '":"')
    assert f"说明：{WORDS}" in html.render([full])
    assert f"说明：{WORDS}" in console.plain(full, Options())
    sheet = result_sheet(full)
    assert sheet.headings[-1] == "答复"
    assert [row.texts[-1] for row in sheet.rows if row.texts[-1]] == [WORDS]


def test_clearing_leaves_the_answer_as_a_persons_words(tmp_path: Path) -> None:
    copy, cell = answered_file(tmp_path)
    gouji.annotate(copy)
    gouji.clear(copy)
    assert note_in(copy, cell) == f"说明：{WORDS}"


def test_an_answer_whose_finding_is_gone_stays_a_persons_words(tmp_path: Path) -> None:
    copy, cell = answered_file(tmp_path)
    from gouji.hosts.package.writing import annotate_package

    others = [note for note in cell_notes(gouji.validate(copy)) if note.cell != cell]
    annotate_package(copy, others)
    assert note_in(copy, cell) == f"说明:{WORDS}"


def test_a_workbook_in_memory_keeps_answers_too(tmp_path: Path) -> None:
    copy, cell = answered_file(tmp_path)
    workbook = openpyxl.load_workbook(copy)
    report, _ = gouji.annotate(workbook)
    assert [each.answer for each in report.findings if each.answer] == [WORDS]
    assert workbook[cell.sheet].cell(cell.row, cell.column).comment.text.endswith(f"\n说明：{WORDS}")
    assert not gouji.annotate(workbook).written.changed
    gouji.clear(workbook)
    assert workbook[cell.sheet].cell(cell.row, cell.column).comment.text == f"说明：{WORDS}"


def test_an_answered_warning_does_not_fail_a_run_and_an_error_does() -> None:
    report = gouji.validate(EXAMPLE)
    error = report.findings[0]
    warning = replace(error, severity="warning")
    for finding, code in [(warning, 1), (replace(warning, answer="核"), 0), (replace(error, answer="核"), 1)]:
        assert report_code(replace(report, findings=(finding,)), "warning") == code


def test_a_paragraph_with_answers_is_one_note() -> None:
    from gouji.hosts.note_text import note_text

    note = CellNote(CellRef("表", 1, 1), (f"{MARKER}·错误 A01】甲\n乙\n说明：一\n说明：二",), "error")
    assert note_text(note.paragraphs) == f"{MARKER}·错误 A01】甲 乙\n说明：一\n说明：二"
