"""On the boundary of what rounding allows: LibreOffice's recalculation of the Excel form gives the exact verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import SearchStrategy

from gouji.checking.check import judge
from gouji.checking.excel import excel_form
from gouji.sheet import Cell, Sheet
from tests.checking.excel_cases import SHEETS, WAN, Case, cases, retyped
from tests.checking.excel_programs import CHECKS, disagreements, from_libreoffice
from tests.checking.test_excel_boundaries import PASSES

pytestmark = [pytest.mark.office, pytest.mark.heavy]


Pair = tuple[Case, Case]


def drawn(strategy: SearchStrategy[Pair], number: int) -> list[Pair]:
    """Pairs of cases (the one a formula is made for, the one it is asked about) as hypothesis draws them."""
    found: list[Pair] = []

    @settings(max_examples=number, derandomize=True, database=None, deadline=None)
    @given(strategy)
    def draw(pair: Pair) -> None:
        found.append(pair)

    draw()
    return found


@pytest.mark.parametrize("strategy", [cases.map(lambda case: (case, case)), retyped()], ids=["as drawn", "retyped"])
def test_libreoffice_agrees(strategy: SearchStrategy[Pair], tmp_path: Path) -> None:
    expected: dict[str, bool] = {}
    cells: tuple[dict[tuple[int, int], Cell], ...] = ({}, {})
    for row, (before, after) in enumerate(drawn(strategy, 1000), 1):
        formula = excel_form(before.placed(row)[0], WAN, sheet=CHECKS)
        if formula is not None:
            instance, sheets = after.placed(row)
            expected[formula] = judge(instance, WAN).verdict in PASSES
            for known, sheet in zip(cells, sheets, strict=True):
                known.update(sheet.cells)
    assert len(expected) > 700
    assert 300 < sum(expected.values()) < len(expected) - 200
    filled = [Sheet(name, known) for name, known in zip(SHEETS, cells, strict=True)]
    assert disagreements(expected, from_libreoffice(list(expected), filled, tmp_path)) == {}
