"""Relations that hold one by one and contradict each other, in a whole workbook."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.generator.damage import with_cell

from gouji.flow import judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.packs.model import Pack
from gouji.report.model import Report
from gouji.report.notes import cell_notes
from gouji.sheet import Book, CellKind, CellRef

CORRECTED = Path(__file__).parents[2] / "templates" / "examples" / "heilongjiang-2020-corrected.xlsx"
INCOME = "GK02 收入决算表"
LAST_DIGITS = {"D9": "20.1"}
"""One last digit moved by one: no relation fails by more than an adjusted last digit."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("heilongjiang-2020")


def changed(texts: dict[str, str]) -> Book:
    book = read_package(CORRECTED)
    sheet = next(one for one in book.sheets if one.name == INCOME)
    for address, text in texts.items():
        ref = next(CellRef(INCOME, *place) for place in sheet.cells if CellRef(INCOME, *place).address == address)
        book = with_cell(book, ref, sheet.cells[ref.row, ref.column]._replace(text=text))
    return book


@pytest.fixture(scope="module")
def report(pack: Pack) -> Report:
    return judge_book(changed(LAST_DIGITS), pack, {})


def test_what_no_single_relation_shows_is_a_warning(report: Report) -> None:
    assert report.complete
    assert {(f.rule, f.severity) for f in report.findings} == {("joint", "warning"), ("A06", "info"), ("A09", "info")}
    assert report.summary.error == 0


def test_the_contradiction_is_a_sum_that_a_person_can_redo(report: Report) -> None:
    (found,) = [f for f in report.findings if f.rule == "joint"]
    assert found.message_zh == (
        "收入决算表 C8 政府办公厅（室）及相关机构事务·本年收入合计：2 条关系（A06、A09）分开看都说得通，"
        "合起来不能同时成立：把它们相加，"
        "C8（政府办公厅（室）及相关机构事务 20.0） - D9（信访事务·财政拨款收入 20.1） 应为 0，"
        "按列示的数是 -0.1，而四舍五入带来的不到 0.1。请核对这些格。"
    )
    assert (found.left, found.right, found.comparison) == ("-0.1", "0", "=")
    assert found.note_at == (CellRef(INCOME, 8, 3),)


def test_errors_come_first(pack: Pack) -> None:
    """Where a relation of the connected sheets fails, it is repaired before the sheets are judged together."""
    rules = {f.rule for f in judge_book(changed({**LAST_DIGITS, "D20": "999.9"}), pack, {}).findings}
    assert "joint" not in rules
    assert "A09" in rules


def test_one_wrong_cell_gives_one_full_note_and_short_ones_elsewhere(pack: Pack) -> None:
    report = judge_book(changed({"C11": "1899.0"}), pack, {})
    notes = {note.cell.address: note.paragraphs for note in cell_notes(report)}
    assert set(notes) == {"C10", "C11"}
    assert notes["C10"][0].endswith("见 C11 的批注。")
    assert notes["C11"][0].endswith("由此不符的还有 C10（A09）。")
    assert "应为 1,888.9 或 1,889.0" in notes["C11"][0]


@pytest.mark.heavy
def test_where_every_figure_is_wrong_the_work_ends_and_the_answer_is_said_to_be_incomplete(pack: Pack) -> None:
    book = read_package(CORRECTED)
    for sheet in book.sheets:
        if sheet.name.startswith("GK"):
            for number, (place, cell) in enumerate(sorted(sheet.cells.items())):
                if cell.kind is CellKind.NUMBER and place[1] > 2:
                    text = str(round(float(cell.text) * 3 + 17 + number * 7.3, 1))
                    book = with_cell(book, CellRef(sheet.name, *place), cell._replace(text=text))
    report = judge_book(book, pack, {})
    assert report.summary.error > 200
    assert not report.complete
    assert any("没有列全可能有误的格组" in chinese for chinese, _ in report.remarks)
