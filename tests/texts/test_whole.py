"""Texts through the whole program: beside a workbook, alone, on a sheet of it, in every report."""

from __future__ import annotations

import json
from pathlib import Path

import gouji
from gouji import flow
from gouji.cli import main
from gouji.document import Document, Paragraph, SpanNote
from gouji.hosts.package.reading import read_package
from gouji.report import console, html, json_report, junit, sarif
from gouji.report.model import Report
from gouji.report.notes import cell_notes, span_notes
from gouji.report.spans import Options
from gouji.sheet import Book, Cell, CellKind, Sheet

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
WORKBOOK = EXAMPLES / "heilongjiang-2020-corrected.xlsx"
OTHER = EXAMPLES / "ordos-2022.xlsx"
SAID = "（三）公务接待费 0.9 万元，比上年减少 0.1 万元，下降 10.0%。"


def beside() -> Report:
    lines = ("2020 年度决算情况说明", "六、“三公”经费支出的说明", SAID)
    return flow.validate(WORKBOOK, text=Document("说明.docx", tuple(map(Paragraph, lines))))


def test_the_interface_takes_a_file_or_a_document() -> None:
    by_path = gouji.validate(WORKBOOK, text=EXAMPLES / "heilongjiang-2020.docx")
    assert [text.document for text in by_path.texts] == ["heilongjiang-2020.docx"]
    alone = gouji.validate(EXAMPLES / "heilongjiang-2020.docx")
    assert alone.tables == ()
    assert {one.rule for one in alone.findings if one.severity == "error"} == {"T01", "T05"}


def test_a_text_that_is_kept_on_a_sheet_is_noted_in_its_cell() -> None:
    book = read_package(WORKBOOK)
    lines = f"六、“三公”经费支出的说明\n{SAID}"
    cells = {(1, 1): Cell(CellKind.TEXT, "决算情况说明"), (3, 2): Cell(CellKind.TEXT, lines)}
    report = flow.validate(Book(book.name, (*book.sheets, Sheet("文字", cells))))
    found = [(one.rule, str(one.note_at[0]), one.text.words) for one in report.findings if one.text]
    assert found == [("T33", "文字!B3", "0.9 万元")]
    note = next(one for one in cell_notes(report) if one.cell.sheet == "文字")
    assert note.cell.address == "B3"
    assert note.paragraphs[0].startswith("【勾稽·错误 T33】")
    assert "文字" not in {each.sheet for each in report.unknown_sheets}


def test_the_words_are_in_every_report() -> None:
    report = beside()
    (found,) = [one for one in report.findings if one.text]
    (finding,) = [one for one in json_report.as_object(report)["findings"] if one.get("text")]
    start = SAID.index("0.9")
    assert finding["cell"] == ""
    assert finding["text"] == {
        "document": "说明.docx", "paragraph": 3, "start": start, "end": start + 6, "words": "0.9 万元", "cell": None,
    }
    assert json_report.as_object(report)["texts"][0]["figures"] == 3
    assert "第 3 段" in console.plain(report, Options("zh"))
    assert "说明.docx：3 个数，看懂 3 个" in console.plain(report, Options("zh"))
    assert "第 3 段" in html.render([report], "zh")
    results = json.loads(sarif.render([report], "zh"))["runs"][0]["results"]
    region = next(one for one in results if one["ruleId"] == found.rule)["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": start + 1, "endColumn": start + 7}
    assert "第 3 段" in junit.render([report], "zh")


def test_what_is_said_of_words_stands_on_those_words() -> None:
    (note,) = span_notes(beside())
    start = SAID.index("0.9")
    assert isinstance(note, SpanNote)
    assert note.span == (2, start, start + 6)
    assert note.paragraphs[0].startswith("【勾稽·错误 T33】")


def test_the_command_line_takes_a_text(tmp_path: Path) -> None:
    out = tmp_path / "报告.json"
    assert main(["validate", str(WORKBOOK), "--text", str(EXAMPLES / "heilongjiang-2020.docx"), "-o", str(out)]) == 1
    assert json.loads(out.read_text("utf-8"))["texts"][0]["document"] == "heilongjiang-2020.docx"
    assert main(["validate", str(EXAMPLES / "ordos-2022.docx"), "-o", str(out)]) == 1
    assert json.loads(out.read_text("utf-8"))["tables"] == []
    assert main(["validate", str(WORKBOOK), str(OTHER), "--text", str(EXAMPLES / "ordos-2022.docx")]) == 2
    assert main(["validate", str(OTHER), "--text", str(EXAMPLES / "ordos-2022.docx"), "-o", str(out)]) == 1
