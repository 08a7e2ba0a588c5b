"""Notes in cells: what annotate writes, what a second run does, what clear gives back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from gouji.errors import WorkbookError
from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import CellNote, WriteOutcome
from gouji.packs.model import Severity
from gouji.sheet import CellRef, column_number
from tests.hosts import packages

FIRST, SECOND = "GK02 收入决算表", "It's 支出"
A06 = "【勾稽 A06】本年收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。"
B01 = "【勾稽 B01】<收入> & 支出 “相差” 3.2。"


def cell(sheet: str, address: str) -> CellRef:
    letters = address.rstrip("0123456789")
    return CellRef(sheet, int(address[len(letters) :]), column_number(letters))


def note(address: str, *paragraphs: str, sheet: str = FIRST, severity: Severity = "error") -> CellNote:
    return CellNote(cell(sheet, address), paragraphs or (A06,), severity)


def comments(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(sheet, cell) → (text, author), as openpyxl reads them."""
    workbook = openpyxl.load_workbook(path)
    return {
        (sheet.title, item.coordinate): (item.comment.text, item.comment.author)
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for item in row
        if getattr(item, "comment", None)
    }


def test_notes_stand_in_their_cells_and_nothing_else_changes(book: Path) -> None:
    before = packages.entries(book)
    outcome = annotate_package(book, [note("C8", A06, B01), note("A1", B01, sheet=SECOND)], backup=False)
    assert outcome == WriteOutcome(book, None, (cell(FIRST, "C8"), cell(SECOND, "A1")), 0, True)
    assert comments(book) == {
        (FIRST, "C3"): ("已核对", "张"),
        (FIRST, "C8"): (f"{A06}\n{B01}", "gouji 勾稽"),
        (SECOND, "A1"): (B01, "gouji 勾稽"),
    }
    after = packages.entries(book)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/worksheets/sheet2.xml", "xl/comments/comment1.xml",
        "xl/drawings/commentsDrawing1.vml",
    }  # fmt: skip
    assert [name for name in after if name not in before] == [
        "xl/comments_gouji2.xml", "xl/worksheets/_rels/sheet2.xml.rels", "xl/drawings/vmlDrawing_gouji2.vml",
    ]  # fmt: skip


def test_a_sheet_gets_one_element(book: Path) -> None:
    before = packages.entries(book)["xl/worksheets/sheet2.xml"]
    annotate_package(book, [note("A1", sheet=SECOND)])
    after = packages.entries(book)["xl/worksheets/sheet2.xml"]
    element = (
        b'<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        b'r:id="goujiBoxes"/>'
    )
    assert after == before.replace(b"</worksheet>", element + b"</worksheet>")


def test_annotating_twice_changes_nothing(book: Path) -> None:
    notes = [note("C8"), note("C3"), note("A1", sheet=SECOND)]
    first = annotate_package(book, notes)
    data, mark = book.read_bytes(), book.stat().st_mtime_ns
    second = annotate_package(book, notes)
    assert (second.noted, second.changed, second.backup, second.removed) == (first.noted, False, None, 0)
    assert (book.read_bytes(), book.stat().st_mtime_ns) == (data, mark)


def test_other_notes_take_the_place_of_ours(book: Path) -> None:
    annotate_package(book, [note("C8"), note("C3"), note("D9")])
    outcome = annotate_package(book, [note("C8", B01), note("E2")])
    assert outcome.removed == 2
    assert comments(book) == {
        (FIRST, "C3"): ("已核对", "张"),
        (FIRST, "C8"): (B01, "gouji 勾稽"),
        (FIRST, "E2"): (A06, "gouji 勾稽"),
    }


def test_what_is_annotated_anew_does_not_depend_on_what_was_there(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(book.read_bytes())
    annotate_package(book, [note("C8"), note("C3"), note("D9")], highlight=True)
    annotate_package(book, [note("E2", B01)])
    annotate_package(copy, [note("E2", B01)])
    assert packages.entries(book) == packages.entries(copy)


def test_clear_gives_the_file_back(book: Path) -> None:
    data = book.read_bytes()
    annotate_package(book, [note("C8"), note("C3"), note("A1", sheet=SECOND)])
    outcome = clear_package(book)
    assert (outcome.removed, outcome.noted, outcome.changed) == (3, (), True)
    assert book.read_bytes() == data
    again = clear_package(book)
    assert (again.removed, again.changed) == (0, False)


def test_a_persons_note_is_kept_above_ours_with_size_and_author(book: Path) -> None:
    def box() -> tuple[float, float]:
        found = openpyxl.load_workbook(book)[FIRST]["C3"].comment
        return found.width, found.height

    def shape() -> bytes:
        data = packages.entries(book)["xl/drawings/commentsDrawing1.vml"]
        return data[data.index(b"shape ") : data.index(b"</xml>")]

    before = box(), shape()
    annotate_package(book, [note("C3", A06, B01)])
    assert comments(book)[FIRST, "C3"] == (f"已核对\n{A06}\n{B01}", "张")
    assert (box(), shape()) == before


def test_notes_that_meet_in_a_merged_area_are_one_note_at_its_top_left(book: Path) -> None:
    outcome = annotate_package(book, [note("D5", A06), note("B4", B01, severity="info"), note("C4", A06)])
    assert outcome.noted == (cell(FIRST, "B4"),)
    assert comments(book)[FIRST, "B4"][0] == f"{A06}\n{B01}"


def test_a_paragraphs_line_breaks_become_spaces(book: Path) -> None:
    annotate_package(book, [note("C8", "【勾稽 A06】一\n二")])
    assert comments(book)[FIRST, "C8"][0] == "【勾稽 A06】一 二"


def test_a_paragraph_without_the_marker_is_a_fault_of_the_caller(book: Path) -> None:
    with pytest.raises(ValueError, match="【勾稽"):
        annotate_package(book, [note("C8", "别的话")])


def test_an_unknown_sheet_is_refused_and_nothing_written(book: Path) -> None:
    data = book.read_bytes()
    with pytest.raises(WorkbookError, match="没有工作表“表三”"):
        annotate_package(book, [note("C8"), note("C8", sheet="表三")])
    assert book.read_bytes() == data


def test_a_copy_is_written_and_the_file_left_alone(book: Path, tmp_path: Path) -> None:
    data, out = book.read_bytes(), tmp_path / "副本.xlsx"
    outcome = annotate_package(book, [note("C8")], out=out)
    assert (outcome.path, outcome.backup, outcome.changed) == (out, None, True)
    assert book.read_bytes() == data
    assert comments(out)[FIRST, "C8"][0] == A06
    assert clear_package(out, out=tmp_path / "清除.xlsx").removed == 1
    assert (tmp_path / "清除.xlsx").read_bytes() == data


class TestSavedAgain:
    """A person opens the annotated file in a program that writes every part anew, and saves it."""

    @staticmethod
    def saved_by_openpyxl(path: Path) -> None:
        workbook = openpyxl.load_workbook(path)
        workbook.save(path)

    def test_ours_is_still_known(self, book: Path) -> None:
        annotate_package(book, [note("C8"), note("C3", A06, B01), note("A1", sheet=SECOND)])
        self.saved_by_openpyxl(book)
        outcome = annotate_package(book, [note("C8", B01)])
        assert outcome.removed == 2
        assert comments(book) == {(FIRST, "C3"): ("已核对", "张"), (FIRST, "C8"): (B01, "gouji 勾稽")}
        assert clear_package(book).removed == 1
        assert comments(book) == {(FIRST, "C3"): ("已核对", "张")}

    def test_what_a_person_added_below_or_between_stays(self, book: Path) -> None:
        workbook = openpyxl.load_workbook(book)
        sheet = workbook[FIRST]
        sheet["E5"].comment = Comment(f"{A06}\n已更正\n{B01}", "李")
        sheet["E6"].comment = Comment(f"{A06}\n{B01}\n已更正", "李")
        sheet["E7"].comment = Comment(f"见下\n{A06}\n\n{B01}", "李")
        workbook.save(book)
        clear_package(book)
        texts = {place[1]: text for place, (text, _) in comments(book).items()}
        assert texts == {"C3": "已核对", "E5": "已更正", "E6": "已更正", "E7": "见下\n"}
