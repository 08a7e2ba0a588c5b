"""What print alone tells is exactly what comes out when every relation is bound and judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from gouji.binding import layouts, series
from gouji.binding.bind import Missed, bind
from gouji.checking.check import Judged, Verdict, check
from gouji.figures import MONEY_UNITS, Rounding
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs import load_pack
from gouji.packs.model import Pack
from gouji.sheet import Book, Cell, CellKind, Sheet
from gouji.tables.recognise import recognise

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
SILENT = {Verdict.HOLDS, Verdict.NOT_FORMED}
TEXTS = [
    "≥95%", "=100%", "≤180天", "≥5次", "2020年12月底前", "优良中低差", "90.00%", "99.98%", "100%", "160天", "6次", "5",
    "优", "2020年11月", "达成年度指标", "部分达成年度指标", "未达成年度指标", "", "——", "按期完成", "良好", "10分",
    "受疫情影响",
]  # fmt: skip
NUMBERS = ["0", "2", "3", "5", "8", "8.5", "9.99", "10", "15", "20", "0.95", "1", "100", "33.3", "-1"]


@pytest.fixture(autouse=True)
def nothing_met() -> Iterator[None]:
    layouts.forget()
    series._PLANS.clear()
    yield
    layouts.forget()
    series._PLANS.clear()


def outcome(pack: Pack, book: Book) -> tuple[int, list[Judged], tuple[Missed, ...]]:
    """How many relations hold, those that do not, and what was not applied."""
    binding = bind(pack, recognise(book, forms_of(pack)), dict(pack.params))
    judged = check(binding.open, MONEY_UNITS[pack.unit].exponent, Rounding(pack.rounding))
    held = sum(one.verdict is Verdict.HOLDS for one in judged)
    failed = [one._replace(rounded=False) for one in judged if one.verdict not in SILENT]
    return binding.settled + held, failed, binding.missed


def damaged(book: Book, random: Random) -> Book:
    return replace(book, sheets=tuple(_damaged(sheet, random) for sheet in book.sheets))


def _damaged(sheet: Sheet, random: Random) -> Sheet:
    cells = dict(sheet.cells)
    for place, cell in sheet.cells.items():
        if random.random() < 0.15 and cell.kind is CellKind.NUMBER:
            cells[place] = cell._replace(text=random.choice(NUMBERS))
        elif random.random() < 0.15 and place[0] > 10 and any(mark in cell.text for mark in "0123456789≥=达"):
            cells[place] = Cell(CellKind.TEXT, random.choice(TEXTS))
    return replace(sheet, cells=cells)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(("example", "pack_id"), [
    ("heilongjiang-2020-corrected", "heilongjiang-2020"), ("ordos-2022-corrected", "neimenggu-2022"),
])
def test_print_tells_nothing_that_judging_does_not(
    example: str, pack_id: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack(pack_id)
    book = damaged(read_package(EXAMPLES / f"{example}.xlsx"), Random(seed))  # noqa: S311 - reproducible on purpose
    told = outcome(pack, book)
    series._PLANS.clear()
    monkeypatch.setattr(series, "evidence", lambda _: None)
    monkeypatch.setattr(series, "settled", lambda _: None)
    judged = outcome(pack, book)
    assert told[0] == judged[0]
    assert told[1] == judged[1]
    assert set(told[2]) <= set(judged[2])
    assert all(pack.rule(one.rule).when is not None for one in set(judged[2]) - set(told[2]))  # not asked there
    assert Counter(one.instance.rule.id for one in judged[1]).total() > 20


def test_most_conditions_of_the_forms_need_not_be_bound() -> None:
    pack = load_pack("heilongjiang-2020")
    recognition = recognise(read_package(EXAMPLES / "heilongjiang-2020.xlsx"), forms_of(pack))
    binding = bind(pack, recognition, dict(pack.params))
    opened = Counter(one.rule.id for one in binding.open)
    assert not {"P07-1", "P07-2", "P07-3", "P08", "P08-1", "P08-2", "P11", "P14-1", "P14-2"} & opened.keys()
    assert {one.rule.id for one in binding.instances} >= {"P07-2", "P08", "P11", "P14-2"}
