"""Every relation of the examples: the exact verdict and LibreOffice's recalculation of the Excel form agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checking.excel_programs import disagreements, recalculated
from tests.checking.test_excel_examples import EXAMPLES, NAMES, verdicts

pytestmark = [pytest.mark.office, pytest.mark.heavy]


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_agrees(name: str, tmp_path: Path) -> None:
    import openpyxl

    expected = verdicts(name)
    book = openpyxl.load_workbook(EXAMPLES / f"{name}.xlsx")
    assert disagreements(expected, recalculated(book, list(expected), tmp_path)) == {}
