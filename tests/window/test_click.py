"""A person at a real window: clicks 审核, corrects a figure, clicks again, clears."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from gouji.sheet import CellRef
from tests.window.calc import opened
from tests.window.conftest import notes_of_the_headless_run
from tests.window.desktop import office, screen, wait_for

pytestmark = [pytest.mark.office, pytest.mark.heavy]

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "examples" / "heilongjiang-2020.xlsx"
INCOME = "GK02 收入决算表"
WRONG, TOTAL, CLEAN = CellRef(INCOME, 11, 3), CellRef(INCOME, 10, 3), CellRef(INCOME, 9, 4)
OWN = "已问过财务处，待更正。"


def with_figure(path: Path, cell: CellRef, figure: float) -> Path:
    """A copy of the workbook with one figure changed."""
    book = openpyxl.load_workbook(path)
    book[cell.sheet].cell(cell.row, cell.column, figure)
    copy = path.with_name(f"corrected-{path.name}")
    book.save(copy)
    return copy


def test_clicking_correcting_clicking_again_exporting_and_clearing(extension: Path, tmp_path: Path) -> None:
    book = Path(shutil.copy(EXAMPLE, tmp_path))
    first = notes_of_the_headless_run(book)
    second = notes_of_the_headless_run(with_figure(book, WRONG, 1888.9))
    own = {CLEAN: OWN, WRONG: OWN}
    with screen(tmp_path) as environment, office(tmp_path / "office", environment, extension) as context:
        window = opened(context, book, environment)
        for cell, text in own.items():
            window.write_note(cell, text)

        window.click("审核")
        assert window.notes == {**first, CLEAN: OWN, WRONG: f"{OWN}\n{first[WRONG]}"}

        window.type_into(WRONG, "1888.9")
        wait_for("the figure", lambda: window.cell(WRONG).Value == 1888.9)
        window.click("审核")
        assert set(first) - set(second) == {WRONG, TOTAL}
        assert window.notes == {**second, **own}

        report = book.with_name("heilongjiang-2020.勾稽审核.html")
        window.press("导出报告", "Escape", asks="导出报告")
        assert not report.exists()
        window.press("导出报告", "Return", asks="导出报告")
        assert "勾稽" in report.read_text("utf-8")

        window.click("清除批注")
        assert window.notes == own
        window.document.close(True)
