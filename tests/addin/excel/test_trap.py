"""A whole click on a hostile workbook in a hostile folder, with a real spreadsheet program: as if neither were hostile.

LibreOffice stands for Excel; the process is closed off as the add-in closes it off.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import openpyxl
import pytest

import gouji
from tests.addin.excel.test_clicks import EXAMPLE, SETTINGS, trap
from tests.programs import office_bridge, soffice

__all__ = ["trap"]
pytestmark = [pytest.mark.office, pytest.mark.heavy]

CLICK = """
import sys
from pathlib import Path
from gouji.addin.excel.__main__ import main
from gouji.hosts.live.libreoffice.engine import activate
from gouji.hosts.live.libreoffice.process import Office

with Office(Path(sys.argv[1])) as context:
    book = activate(context).apps.active.books.open(sys.argv[2])
    code = main(["check"])
    book.save()
    book.close()
sys.exit(code)
"""


def notes(path: Path) -> dict[tuple[str, str], str]:
    """The notes of a workbook by sheet and cell."""
    cells = (cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row)
    return {(cell.parent.title, cell.coordinate): cell.comment.text for cell in cells if cell.comment}


def hostile_workbook(path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book.create_sheet("xlwings.conf", 0)
    for row in SETTINGS.items():
        sheet.append(row)
    book.save(path)


def test_a_click_writes_the_notes_of_the_headless_run_and_runs_nothing_else(
    trap: Path, tmp_path_factory: pytest.TempPathFactory, own_python: str
) -> None:
    soffice()
    office_bridge()
    aside = tmp_path_factory.mktemp("aside")
    hostile_workbook(trap / "决算.xlsx")
    gouji.annotate(trap / "决算.xlsx", out=aside / "expected.xlsx")
    environment = {
        **os.environ, "PYTHONPATH": str(trap), "GOUJI_BOOK": "决算.xlsx", "XDG_CONFIG_HOME": str(aside),
    }  # fmt: skip
    done = subprocess.run(
        [own_python, "-I", "-X", "utf8", "-c", CLICK, str(aside), str(trap / "决算.xlsx")],
        cwd=trap, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=240,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert notes(trap / "决算.xlsx") == notes(aside / "expected.xlsx") != {}
    assert not any(trap.rglob("RAN"))
