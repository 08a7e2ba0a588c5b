"""What is drafted agrees with the tables it was written from, and is understood sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gouji import flow
from gouji.drafting.workbooks import draft_workbook
from gouji.hosts.word.new import new_document
from gouji.hosts.word.reading import read_document
from gouji.report.model import Report

BOOK = Path(__file__).resolve().parents[2] / "templates" / "examples" / "ordos-2022-corrected.xlsx"


@pytest.fixture(scope="module")
def last_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with every amount of the summary tables a little less, as if it were the year before."""
    path = tmp_path_factory.mktemp("上年") / "上年.xlsx"
    book = openpyxl.load_workbook(BOOK)
    for sheet in book.worksheets[:10]:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, float) and cell.value > 1:
                    cell.value = round(cell.value * 0.9, 2)
    book.save(path)
    return path


def judged(draft_of: Path, last: Path | None, folder: Path) -> Report:
    path = folder / "说明.docx"
    path.write_bytes(new_document(draft_workbook(draft_of, last).document))
    return flow.validate(draft_of, text=read_document(path))


def test_a_draft_has_no_finding_and_is_understood(tmp_path: Path, last_year: Path) -> None:
    for last in (None, last_year):
        report = judged(BOOK, last, tmp_path)
        assert [finding.message("zh") for finding in report.findings] == []
        [text] = report.texts
        assert text.figures > 60
        assert text.unread == ()


def test_names_of_subjects_may_hold_brackets(tmp_path: Path) -> None:
    """其他党委办公厅(室)及相关机构事务支出（项）; the share of 0.1 in 3,972.0 is drafted as 0.003%, not as nothing."""
    report = judged(BOOK.with_name("heilongjiang-2020-corrected.xlsx"), None, tmp_path)
    assert report.findings == ()
    assert report.texts[0].unread == ()
