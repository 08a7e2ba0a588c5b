"""A few workbooks of those that bench measures: right ones are not accused, wrong figures are named."""

from __future__ import annotations

from random import Random

import pytest
from bench.diagnosis.page import page
from bench.diagnosis.runs import PACK, Measured, Timed, clean, run
from bench.generator.damage import SLIPS, Money

from gouji.packs.load import load_pack
from gouji.packs.model import Pack

SEEDS = range(267, 271)
"""The first needs a repair that leaves 尾差 elsewhere."""


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(PACK)


@pytest.fixture(scope="module")
def measured(pack: Pack) -> Measured:
    one, two = ([found for seed in SEEDS if (found := run(seed, pack, count))] for count in (1, 2))
    usual, limited = [Timed(1.0, 0.5)], [Timed(1.0, 3.0, complete=False)]
    return Measured([clean(seed, pack) for seed in SEEDS], one, two, usual, usual, usual, limited)


def test_consistent_workbooks_are_not_accused(measured: Measured) -> None:
    assert [(one.errors, one.warnings, one.unexplained_hints) for one in measured.clean] == [(0, 0, 0)] * len(SEEDS)


def test_damaged_figures_that_can_be_located_come_first_with_their_true_value(measured: Measured) -> None:
    cells = [cell for each in (*measured.one, *measured.two) for cell in each.blamed]
    assert len(cells) == 3 * len(SEEDS)
    assert all(cell.named for cell in cells)
    located = [cell for cell in cells if cell.standing == "located"]
    assert located
    assert all(cell.first and cell.proposed for cell in located)
    assert not any(each.wrong for each in (*measured.one, *measured.two))


def test_the_page_says_what_was_measured(measured: Measured) -> None:
    text = page(measured)
    assert "| 错误（errors） | 0 |" in text
    assert "| 一处错（one） | 1 | 0.50 | 0.50 | 0.50 |" in text
    assert "| 每个数都错（every figure wrong） | 1 | 3.00 | 3.00 | 3.00 |" in text
    assert "exit code 4: 1 of 1 workbooks with every figure wrong. The longest diagnosis took 3.0 s." in text
    assert "clean 100000–100003" in text


@pytest.mark.parametrize(
    ("slip", "exponent", "expected"),
    [("sign", 4, {-1234}), ("unit", 4, {12340000}), ("unit", 0, {0}), ("slip", 4, {12340, 123400, 123, 12}),
     ("swap", 4, {2134, 1324, 1243}), ("dropped", 4, {234, 134, 124, 123}),
     ("doubled", 4, {11234, 12234, 12334, 12344})],
)  # fmt: skip
def test_slips_are_those_that_people_make(slip: str, exponent: int, expected: set[int]) -> None:
    rng = Random(1)  # noqa: S311 - reproducible on purpose
    assert {SLIPS[slip](Money(1234, 1, exponent), rng) for _ in range(60)} == expected
