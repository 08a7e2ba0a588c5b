"""Tables inside a text that compare years: each line must agree in itself; other tables are named as not checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji import flow
from gouji.document import Document, Paragraph
from gouji.hosts.protocol import CellNote
from gouji.hosts.word.reading import read_document
from gouji.packs import load_pack
from gouji.report.model import Report
from gouji.report.notes import span_notes
from gouji.sheet import Cell, CellKind, Sheet

HEADING = ("项目", "2022年", "2021年", "增减额", "增减率（%）")
RIGHT = (("公务接待费", "0.40", "0.46", "-0.06", "-13.04"), ("其他交通费用", "20.53", "20.53", "0", "0.00"))


def table(*rows: tuple[str, ...], name: str = "表1") -> Sheet:
    return Sheet(name, {
        (row, column): Cell(CellKind.TEXT, text)
        for row, texts in enumerate(rows, 1) for column, text in enumerate(texts, 1) if text
    })  # fmt: skip


def judged(*tables: Sheet) -> Report:
    document = Document("说明.docx", (Paragraph("2022年度部门决算情况说明"),), tables)
    return flow.judge_text(document, load_pack("mof"), {})


def found(*tables: Sheet) -> list[tuple[str, str]]:
    return [(one.rule, one.text.address) for one in judged(*tables).findings if one.text]


def test_a_table_that_agrees_gives_nothing_and_is_counted() -> None:
    report = judged(table(HEADING, *RIGHT))
    assert (report.findings, report.remarks) == ((), ())
    assert (report.texts[0].figures, report.texts[0].understood) == (8, 8)


WRONG = {
    "sign": (("合计", "25.4", "40.1", "-14.7", "36.7"), [("T01", "表1 E2")]),
    "divided by this year": (("合计", "25.4", "40.1", "-14.7", "-57.9"), [("T01", "表1 E2")]),
    "difference": (("合计", "25.4", "40.1", "-17.4", ""), [("T02", "表1 D2")]),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_agree_is_found_at_its_cell(name: str) -> None:
    row, faults = WRONG[name]
    assert found(table(HEADING, row)) == faults


def test_units_are_those_of_the_heading_or_above() -> None:
    heading = ("项目", "本年数（元）", "上年数（万元）", "增减额（万元）", "增减幅度")
    assert found(table(heading, ("合计", "254000", "40.1", "-14.7", "-36.7%"))) == []
    heading = ("项目", "本年", "上年", "增减", "增减率")
    assert found(table(("单位：元",), heading, ("合计", "254000", "401000", "-147000", "-36.66%"))) == []


def test_a_table_of_another_kind_is_named_as_not_checked() -> None:
    report = judged(table(("资产", "数量", "价值"), ("车辆", "8", "25.4")))
    assert report.findings == ()
    ((said, _),) = report.remarks
    assert said == "说明.docx 的表1（资产、数量、价值…）没有核对：不是看得懂的对比表。"


def test_the_last_year_on_the_left_is_understood_by_its_heading() -> None:
    heading = ("项目", "2021年", "2022年", "增减额", "增减率")
    assert found(table(heading, ("合计", "40.1", "25.4", "-14.7", "-36.7%"))) == []
    assert found(table(heading, ("合计", "25.4", "40.1", "-14.7", ""))) == [("T02", "表1 D2")]


def test_the_note_stands_in_the_cell(tmp_path: Path) -> None:
    (note,) = span_notes(judged(table(HEADING, WRONG["sign"][0])))
    assert isinstance(note, CellNote)
    assert str(note.cell) == "表1!E2"
    rows = [HEADING, ("---",) * 5, WRONG["sign"][0]]
    lines = ["# 2022年度部门决算情况说明", "", *("|" + "|".join(row) + "|" for row in rows)]
    (tmp_path / "说明.md").write_text("\n".join(lines), "utf-8")
    report = flow.validate_text(read_document(tmp_path / "说明.md"))
    assert [(one.rule, one.text.address) for one in report.findings if one.text] == [("T01", "表1 E2")]
