"""What scripts call: ``gouji.validate``, ``gouji.annotate``, ``gouji.clear``."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

import gouji
from gouji.errors import GoujiError, WorkbookError
from gouji.hosts.package.reading import read_package
from tests.docs.pages import EXAMPLE


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "决算.xlsx"))


def test_a_path_may_be_a_text_a_path_or_an_open_book(book: Path) -> None:
    report = gouji.validate(book)
    assert report.summary.error > 0
    assert gouji.validate(str(book)) == report
    assert gouji.validate(read_package(book)) == report


def test_annotate_gives_what_was_found_and_what_was_written(book: Path) -> None:
    report, written = gouji.annotate(book)
    assert [f.message_zh for f in report.findings] == [f.message_zh for f in gouji.validate(EXAMPLE).findings]
    noted = {cell for finding in report.findings if finding.severity != "info" for cell in finding.note_at}
    assert set(written.noted) == noted
    assert written.path == book
    assert written.backup == book.with_name("决算.原件.xlsx")
    assert written.backup.read_bytes() == EXAMPLE.read_bytes()


def test_clear_gives_the_file_back(book: Path) -> None:
    gouji.annotate(book, highlight=True, result_sheet=True, backup=False)
    assert book.read_bytes() != EXAMPLE.read_bytes()
    gouji.clear(book, backup=False)
    assert read_package(book).sheets == read_package(EXAMPLE).sheets


def test_a_copy_leaves_the_file_as_it_is(book: Path, tmp_path: Path) -> None:
    _, written = gouji.annotate(book, out=tmp_path / "副本.xlsx", notes="error", language="en")
    assert book.read_bytes() == EXAMPLE.read_bytes()
    assert written.path == tmp_path / "副本.xlsx"
    assert written.backup is None


def test_errors_are_gouji_errors(tmp_path: Path, book: Path) -> None:
    with pytest.raises(WorkbookError):
        gouji.validate(tmp_path / "没有.xlsx")
    with pytest.raises(GoujiError):
        gouji.validate(book, params={"没有的参数": "1"})


@pytest.mark.parametrize("function", [gouji.validate, gouji.annotate, gouji.clear])
def test_what_is_no_workbook_is_refused(function: object) -> None:
    assert callable(function)
    with pytest.raises(TypeError, match=r"xlwings 的 Book，不是 bytes.*A path, an openpyxl Workbook or"):
        function(b"PK")


def test_a_report_may_be_given_another_name(book: Path) -> None:
    assert gouji.validate(book, name="三季度.xlsx").workbook == "三季度.xlsx"
    assert gouji.annotate(book, name="三季度.xlsx", backup=False).report.workbook == "三季度.xlsx"
    assert gouji.validate(openpyxl.load_workbook(book), name="三季度.xlsx").workbook == "三季度.xlsx"


def test_only_these_names_are_public() -> None:
    assert set(gouji.__all__) <= set(dir(gouji))
    with pytest.raises(AttributeError, match="no attribute 'check_everything'"):
        _ = gouji.check_everything  # type: ignore[attr-defined]
