"""Annotated files in real programs: LibreOffice shows the notes, the Open XML SDK finds nothing new to fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.hosts.note_text import box_size
from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import CellNote, ResultRow, ResultSheet
from gouji.sheet import CellRef
from tests import programs
from tests.hosts import packages
from tests.hosts.test_package_writing_lossless import PACKAGES, TEXT

FIRST, SECOND = "GK02 收入决算表", "It's 支出"
NOTES = (
    CellNote(CellRef(FIRST, 3, 3), (TEXT, "【勾稽 B01】第二段 <a> & “b”"), "error"),
    CellNote(CellRef(FIRST, 4, 2), (TEXT,), "warning"),
    CellNote(CellRef(SECOND, 1, 1), ("【勾稽 A01】提示",), "info"),
)
RESULTS = ResultSheet(
    "勾稽审核结果：3 条", ("级别", "单元格", "说明"),
    tuple(ResultRow((n.severity, n.cell.address, n.paragraphs[0]), n.cell, n.severity) for n in NOTES),
)  # fmt: skip

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def shown(path: Path) -> dict[str, list[str]]:
    """The notes of each sheet in a flat OpenDocument file, paragraphs joined by line breaks."""
    found: dict[str, list[str]] = {}
    for table in packages.xml(path.read_bytes()).iter(f"{_TABLE}table"):
        for note in table.iter(f"{_OFFICE}annotation"):
            text = "\n".join("".join(p.itertext()) for p in note.iter(f"{_TEXT}p"))
            found.setdefault(str(table.get(f"{_TABLE}name")), []).append(text)
    return found


@pytest.mark.office
def test_libreoffice_shows_the_notes(book: Path, tmp_path: Path) -> None:
    annotate_package(book, NOTES, highlight=True, result_sheet=RESULTS)
    notes = shown(programs.converted(book, "fods", tmp_path))
    assert notes == {
        FIRST: [f"已核对\n{TEXT}\n【勾稽 B01】第二段 <a> & “b”", TEXT], SECOND: ["【勾稽 A01】提示"],
    }  # fmt: skip


@pytest.mark.office
@pytest.mark.parametrize("name", ["strict", "threads", "utf-16", "prefixed names", "rich text note"])
def test_libreoffice_shows_the_notes_of_other_makes(tmp_path: Path, name: str) -> None:
    path = packages.save(tmp_path, PACKAGES[name], "一.xlsx")
    annotate_package(path, [CellNote(CellRef("一", 2, 1), (TEXT,), "error")])
    (text,) = shown(programs.converted(path, "fods", tmp_path))["一"]
    assert text.endswith(TEXT)


@pytest.mark.office
def test_ours_is_known_after_libreoffice_saved_the_file(book: Path, tmp_path: Path) -> None:
    annotate_package(book, NOTES, highlight=True, result_sheet=RESULTS)
    saved = programs.converted(book, "xlsx", tmp_path)
    assert clear_package(saved, backup=False).removed == 3
    assert not clear_package(saved).changed
    again = programs.converted(saved, "fods", tmp_path)
    assert shown(again) == {FIRST: ["已核对"]}
    book_element = next(packages.xml(again.read_bytes()).iter(f"{_OFFICE}spreadsheet"))
    assert [table.get(f"{_TABLE}name") for table in book_element.findall(f"{_TABLE}table")] == [FIRST, SECOND]
    assert "勾稽" not in again.read_text("utf-8")


@pytest.mark.validator
@pytest.mark.parametrize("extras", [False, True], ids=["notes", "notes, colours, results"])
def test_the_validator_finds_nothing_new(book: Path, validator: list[str], extras: bool) -> None:
    before = programs.schema_errors(validator, book)
    annotate_package(book, NOTES, highlight=extras, result_sheet=RESULTS if extras else None)
    assert programs.schema_errors(validator, book) - before == set()


@pytest.mark.validator
@pytest.mark.parametrize(
    "name",
    ["plain", "rich text note", "plain text note", "empty note", "header and footer pictures", "prefixed names",
     "prefixed comments", "strict", "self-closed", "empty lists", "threads"],
)  # fmt: skip
def test_the_validator_finds_nothing_new_in_other_makes(tmp_path: Path, validator: list[str], name: str) -> None:
    path = packages.save(tmp_path, PACKAGES[name], "one.xlsx")
    before = programs.schema_errors(validator, path)
    notes = [CellNote(CellRef("一", row, column), (TEXT,), "error") for row, column in ((2, 1), (7, 30))]
    rows = (ResultRow(("错误", "A2"), notes[0].cell, "error"),)
    annotate_package(path, notes, highlight=True, result_sheet=ResultSheet("结果", ("级别", "单元格"), rows))
    assert programs.schema_errors(validator, path) - before == set()


@pytest.mark.validator
def test_the_validator_would_see_a_misplaced_element(tmp_path: Path, validator: list[str]) -> None:
    path = packages.save(tmp_path, PACKAGES["header and footer pictures"], "one.xlsx")
    annotate_package(path, [CellNote(CellRef("一", 2, 1), (TEXT,), "error")])
    parts = packages.entries(path)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b'<legacyDrawing r:id="goujiBoxes"/>', b"")
    sheet = sheet.replace(b"<sheetData>", b'<legacyDrawing r:id="goujiBoxes"/><sheetData>')
    broken = packages.save(tmp_path, parts | {"xl/worksheets/sheet1.xml": sheet}, "two.xlsx")
    found = programs.schema_errors(validator, broken) - programs.schema_errors(validator, path)
    assert {error[0] for error in found} == {"/xl/worksheets/sheet1.xml"}


def test_boxes_are_as_large_as_their_text() -> None:
    assert box_size("") == (144, 79)
    assert box_size("【勾稽】") == (136, 34)
    assert box_size("字" * 23) == (338, 52)
    assert box_size("\n".join(["字" * 100] * 3)) == (356, 16 + 18 * 15)
