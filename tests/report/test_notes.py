"""What is written into cells and onto the sheet 勾稽审核结果."""
# ruff: noqa: E501 - expected texts stand whole, as a user sees them

from __future__ import annotations

from dataclasses import replace

from gouji.hosts.protocol import MARKER, CellNote, ResultRow
from gouji.report.notes import cell_notes, result_sheet
from gouji.sheet import CellRef
from tests.report.sample import (
    BASIC,
    FORM_TITLE,
    HOTLINE,
    INCOME,
    INCOME_TITLE,
    PETITION,
    SANGONG,
    a06,
    a09,
    b17,
    p10,
    sample,
)  # fmt: skip

A06_TEXT = (
    "【勾稽·错误 A06】行政运行·本年收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。若仅此格有误，应为 1,888.9。"
)


def test_a_note_says_the_message_without_repeating_its_own_cell() -> None:
    report = replace(sample(), findings=(a06(),))
    assert cell_notes(report) == [CellNote(CellRef(INCOME, 12, 3), (A06_TEXT,), "error")]


def test_a_note_on_another_cell_names_the_cell_judged() -> None:
    notes = {note.cell: note for note in cell_notes(sample())}
    assert notes[CellRef(INCOME, 12, 3)].paragraphs == (
        A06_TEXT,
        "【勾稽·错误 A09】收入决算表 C11 党委办公厅（室）及相关机构事务·本年收入合计：列示 3,119.0，各项之和 3,129.2，相差 10.2。",
    )


def test_notes_stand_in_the_order_of_tables_rows_and_columns() -> None:
    assert [str(note.cell) for note in cell_notes(sample())] == [
        f"{INCOME}!C11", f"{INCOME}!C12", f"{SANGONG}!A8", f"{HOTLINE}!G21", f"{PETITION}!G17", f"{PETITION}!E20",
    ]  # fmt: skip


def test_the_order_of_findings_does_not_change_the_order_of_notes() -> None:
    report = sample()
    turned = replace(report, findings=tuple(reversed(report.findings)))
    assert [note.cell for note in cell_notes(turned)] == [note.cell for note in cell_notes(report)]


def test_infos_get_a_note_only_when_asked_for() -> None:
    def cells(least: str) -> list[str]:
        return [note.cell.sheet for note in cell_notes(sample(), least=least)]  # type: ignore[arg-type]

    assert BASIC in cells("info")
    assert BASIC not in cells("warning")
    assert cells("error").count(PETITION) == 1


def test_the_worst_stands_first_and_gives_the_note_its_severity() -> None:
    info = replace(b17(), cell=a06().cell, note_at=a06().note_at)
    note = cell_notes(replace(sample(), findings=(info, p10(), a06())), least="info")[0]
    assert note.severity == "error"
    assert [paragraph[:8] for paragraph in note.paragraphs] == ["【勾稽·错误 A", "【勾稽·提示 B"]


def test_the_same_paragraph_is_written_once() -> None:
    assert len(cell_notes(replace(sample(), findings=(a06(), a06())))[0].paragraphs) == 1


def test_every_paragraph_is_one_line_that_begins_with_the_marker() -> None:
    broken = replace(a09(), message_zh="第一行\n第二行\r第三行", message_en="one\ntwo")
    for language in ("zh", "en"):
        for note in cell_notes(
            replace(sample(), findings=(broken, *sample().findings)), least="info", language=language
        ):
            for paragraph in note.paragraphs:
                assert paragraph.startswith(MARKER)
                assert "\n" not in paragraph
                assert "\r" not in paragraph


def test_an_english_note() -> None:
    [note] = cell_notes(replace(sample(), findings=(a06(),)), language="en")
    assert note.paragraphs == (
        "【勾稽·error A06】行政运行·本年收入合计: printed 1,899.0, the sources add up to 1,888.9, difference 10.1.",
    )


def test_a_clean_workbook_has_no_notes() -> None:
    assert cell_notes(replace(sample(), findings=())) == []


def test_the_result_sheet_lists_every_finding_with_its_link_then_what_was_not_applied() -> None:
    sheet = result_sheet(sample())
    assert sheet.title == "勾稽审核结果  错误 5 处，警告 1 处，提示 1 处；核对关系 812 项，未应用 4 项"
    assert sheet.headings == (
        "序号", "级别", "表", "工作表", "单元格", "规则", "列示", "应为", "相差", "说明", "依据",
    )  # fmt: skip
    assert sheet.rows[0] == ResultRow(
        (
            "1", "错误", INCOME_TITLE, INCOME, "C12", "A06", "1,899.0", "1,888.9", "10.1",
            "行政运行·本年收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。若仅此格有误，应为 1,888.9。",
            "部门决算公开表编制说明",
        ),
        CellRef(INCOME, 12, 3),
        "error",
    )  # fmt: skip
    assert [row.texts[5] for row in sheet.rows] == [
        "A06",
        "A09",
        "A15",
        "P05",
        "H07",
        "P10",
        "B17",
        "A16",
        "A17",
        "P11",
    ]
    assert sheet.rows[-1] == ResultRow(
        ("10", "未应用", "", HOTLINE, "D23", "P11", "", "", "", "“2022年1月-12月”与 100 不可比", ""),
        CellRef(HOTLINE, 23, 4),
        None,
    )
    assert {len(row.texts) for row in sheet.rows} == {len(sheet.headings)}
    assert FORM_TITLE in {row.texts[2] for row in sheet.rows}
