"""One figure of a consistent workbook made wrong beyond rounding: a finding reads it, and an explanation names it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from gouji.flow import judge_book
from gouji.packs.load import load_pack
from gouji.packs.model import Pack
from tests.generator.books import generated
from tests.generator.damage import damaged

BOOKS = 1_000
PARTS = 20
LEAST_FOUND = 0.995


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("mof-2020")


def outcomes(seeds: range, pack: Pack) -> Iterator[tuple[str, bool]]:
    """For each workbook that can be damaged: what was done, and whether the wrong cell was named."""
    for seed in seeds:
        made = generated(seed)
        damage = damaged(made, pack, Random(seed))  # noqa: S311 - reproducible on purpose
        if damage is None:
            continue
        report = judge_book(damage.book, pack, {})
        read = any(damage.cell in found.cells for found in report.findings if found.severity != "info")
        suspected = any(damage.cell == suspect.cell for one in report.explanations for suspect in one.cells)
        yield f"{seed}: {damage.cell} {damage.before} -> {damage.after}", read and suspected


def test_a_sample_of_wrong_figures_is_named(pack: Pack) -> None:
    assert [what for what, named in outcomes(range(16), pack) if not named] == []


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_nearly_every_wrong_figure_is_named(part: int, pack: Pack) -> None:
    found = list(outcomes(range(5000 + part * BOOKS // PARTS, 5000 + (part + 1) * BOOKS // PARTS), pack))
    missed = [what for what, named in found if not named]
    assert len(missed) <= (1 - LEAST_FOUND) * len(found), missed
