"""Rows that number the columns are never figures, even where a number was lost, doubled or moved."""

from __future__ import annotations

import pytest

from gouji.tables.grid import Grid
from tests.tables.sheets import sheet


@pytest.mark.parametrize(("row", "numbers"), [
    ("1 | 2 | 3", True), ("1 | 2 | 3 | 4 | 5 | 6", True), ("2 | 3 | 4 | 5 | 6", True), ("1 | 2 | 4 | 5 | 6", True),
    ("1 | 2 | 3 | 4 | 6 | 5", True), ("1 | 2 | 3 | 3 | 4 | 5", True), ("栏次 | 1 | 2", True),
    ("2 | 3 | 4", False), ("1 | 3 | 4", False), ("0 | 1 | 2 | 3 | 4", False), ("3 | 1 | 2 | 5 | 4 | 9", False),
    ("5 | 5 | 5 | 5 | 5", False), ("1.0 | 2.0 | 3.5", False), ("10 | 20 | 30 | 40 | 50", False),
])  # fmt: skip
def test_numbers_of_columns(row: str, numbers: bool) -> None:
    assert (1 in Grid(sheet(row)).numbering) is numbers
