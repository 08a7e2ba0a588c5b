"""The seam for a live program: blocks in, texts by cell out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gouji
from gouji.hosts.blocks import book_of
from gouji.hosts.cell_values import plain_cell
from gouji.hosts.note_cells import set_notes
from gouji.hosts.note_text import our_ranges
from gouji.hosts.package.reading import read_package
from gouji.hosts.protocol import MARKER, CellNote, SheetBlock
from gouji.report import json_report
from gouji.sheet import Address, Area, Cell, CellKind, CellRef, Note, Sheet
from tests.docs.pages import EXAMPLE

PACK = "heilongjiang-2020"


def block_of(sheet: Sheet) -> SheetBlock:
    """A sheet as a program shows it: numbers as floats, errors as texts, from its first cell on."""
    rows = range(min(row for row, _ in sheet.cells), max(row for row, _ in sheet.cells) + 1)
    columns = range(min(column for _, column in sheet.cells), max(column for _, column in sheet.cells) + 1)

    def value(cell: Cell | None) -> object:
        if cell is None:
            return None
        return float(cell.text) if cell.kind is CellKind.NUMBER else cell.text

    grid = [[sheet.cells.get((row, column)) for column in columns] for row in rows]
    return SheetBlock(
        sheet.name,
        [[value(cell) for cell in line] for line in grid],
        [[cell.formula if cell else "" for cell in line] for line in grid],
        [[cell.number_format if cell else "General" for cell in line] for line in grid],
        sheet.merged,
        sheet.notes,
        sheet.hidden,
        Address(rows[0], columns[0]),
    )


@pytest.mark.parametrize("name", ["heilongjiang-2020.xlsx", "heilongjiang-2020-corrected.xlsx"])
def test_the_report_from_blocks_is_the_same_byte_for_byte(name: str) -> None:
    path = EXAMPLE.with_name(name)
    book = book_of(name, map(block_of, read_package(path).sheets))
    assert book == read_package(path)
    reports = [gouji.validate(workbook, pack=PACK) for workbook in (book, path)]
    assert json_report.render(reports[:1], "zh") == json_report.render(reports[1:], "zh")


def test_a_block_stands_where_its_corner_is() -> None:
    block = SheetBlock(
        "表",
        [[1.5, "文字", None], [True, "#REF!", 2], [datetime.datetime(2020, 12, 31), "=A1", ""]],
        [["1.5", "文字", "=1+1"], ["TRUE", "=X", "2"]],
        [["0.0", "@"], [], ["General"]],
        (Area(1, 1, 1, 2),),
        (Note(3, 3, "已核对", "张"),),
        hidden=True,
        corner=Address(3, 2),
    )
    book = book_of("书", [block])
    assert book.sheets == (
        Sheet(
            "表",
            {
                (3, 2): Cell(CellKind.NUMBER, "1.5", "0.0"),
                (3, 3): Cell(CellKind.TEXT, "文字", "@"),
                (3, 4): Cell(CellKind.NUMBER, "2", formula="=1+1"),
                (4, 2): Cell(CellKind.BOOLEAN, "TRUE"),
                (4, 3): Cell(CellKind.ERROR, "#REF!", formula="=X"),
                (4, 4): Cell(CellKind.NUMBER, "2"),
                (5, 2): Cell(CellKind.NUMBER, "44196", "yyyy-mm-dd"),
                (5, 3): Cell(CellKind.TEXT, "=A1"),
            },
            (Area(1, 1, 1, 2),),
            (Note(3, 3, "已核对", "张"),),
            hidden=True,
        ),
    )
    assert book.remarks[0][0] == "有 1 个公式单元格没有保存结果，已计算 1 个。"


def test_a_value_that_no_cell_can_hold() -> None:
    with pytest.raises(TypeError, match="a cell cannot hold object"):
        plain_cell(object())


class Board:
    """Notes of a program with one sheet, B2:C3 merged."""

    def __init__(self, texts: Mapping[CellRef, str]) -> None:
        self.there = dict(texts)
        self.calls = 0

    def sheets(self) -> list[str]:
        return ["一"]

    def shown_at(self, cell: CellRef) -> CellRef:
        return CellRef("一", 2, 2) if cell.row in (2, 3) and cell.column in (2, 3) else cell

    def texts(self) -> dict[CellRef, str]:
        return dict(self.there)

    def write(self, changed: Iterable[tuple[CellRef, str]]) -> None:
        for cell, text in changed:
            self.calls += 1
            self.there[cell] = text
            if not text:
                del self.there[cell]


lines = st.text(st.sampled_from("ab 核\n"), min_size=1, max_size=8).filter(lambda text: text.strip("\n"))
places = st.builds(CellRef, st.just("一"), st.integers(1, 4), st.integers(1, 4))
people = st.dictionaries(places.filter(lambda c: Board({}).shown_at(c) == c), lines, max_size=4)
ours = st.lists(
    st.builds(
        CellNote,
        places,
        st.lists(st.sampled_from("甲乙丙").map(f"{MARKER} A】".__add__), min_size=1, max_size=2).map(tuple),
        st.sampled_from(["error", "warning"]),
    ),
    max_size=5,
)


@given(people, ours, ours)
def test_notes_over_any_texts(theirs: dict[CellRef, str], first: list[CellNote], then: list[CellNote]) -> None:
    board = Board(theirs)
    set_notes(board, first)
    carried = {cell for cell, text in board.there.items() if our_ranges(text)}
    outcome = set_notes(board, then)
    assert set(outcome.noted) == {board.shown_at(note.cell) for note in then}
    assert outcome.removed == len(carried - set(outcome.noted))
    for cell in outcome.noted:
        paragraphs = [p for note in then if board.shown_at(note.cell) == cell for p in note.paragraphs]
        expected = "\n".join(dict.fromkeys(paragraphs))
        assert board.there[cell] == (f"{theirs[cell]}\n{expected}" if cell in theirs else expected)
    written = board.calls
    assert set_notes(board, then).changed is False
    assert board.calls == written
    set_notes(board, [])
    assert board.there == theirs
