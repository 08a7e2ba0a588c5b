"""What print alone tells is exactly what comes out when every relation is bound and judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Literal

import pytest

from gouji.binding import prepared
from gouji.binding.bind import Missed, bind
from gouji.binding.known import layout
from gouji.checking.check import Judged, Verdict, check
from gouji.figures import MONEY_UNITS, Rounding
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.language.ast import Formula
from gouji.language.parse import parse_formula
from gouji.packs import load_pack
from gouji.packs.model import Pack
from gouji.sheet import Book, Cell, CellKind, Sheet
from gouji.tables.definition import Blank, TableDefinition
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
    layout.forget()
    prepared._PLANS.clear()
    yield
    layout.forget()
    prepared._PLANS.clear()


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
    prepared._PLANS.clear()
    monkeypatch.setattr(prepared, "evidence", lambda _: None)
    monkeypatch.setattr(prepared, "settled", lambda _: None)
    monkeypatch.setattr(prepared, "computed", lambda _: None)
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


FAILS, HOLE, MAY_MISS = "[本行, 分值] < 0", "达标([本行, 目标], [本行, 实际完成值])", "[本行, 得分] <= [本行, 分值]"
WRITTEN = [
    f"NOT(AND({FAILS}, {HOLE}))", f"NOT(AND({FAILS}, {MAY_MISS}))", f"OR(AND({FAILS}, {HOLE}), [本行, 分值] >= 0)",
    f"AND(NOT(AND({FAILS}, {MAY_MISS})), {HOLE})", f"AND({MAY_MISS}, {HOLE})", f"AND({HOLE}, {MAY_MISS})",
    f"OR({HOLE}, {MAY_MISS})", f"NOT({MAY_MISS})", "AND([本行, 原因] = \"\", [本行, 得分] > [本行, 分值])",
    "[本行, 得分] <= SUM([本行, 分值], [本行, 得分])", "[本行, 分值] + SUM([本行, 得分], [本行, 分值]) >= [本行, 得分]",
    "[本行, 得分] = [本行, 分值] * 完成比([本行, 目标], [本行, 实际完成值])", "[本行, 得分] = 80% * [本行, 分值]",
    "[本行, 得分] = MIN([本行, 分值], [本行, 分值] * 完成比([本行, 目标], [本行, 实际完成值]))", "[本行, 得分] = 10",
    "[本行, 得分] = MAX([本行, 分值] / 2, [本行, 得分] * 100%)", "[本行, 得分] = [本行, 得分] / [本行, 分值]",
    "2 * [本行, 得分] <> [本行, 分值] - 10% * [本行, 得分]", "方向([本行, 目标]) <> 单位([本行, 目标])",
]  # fmt: skip


def emptied(book: Book, random: Random) -> Book:
    """Some figures are left out."""
    return replace(book, sheets=tuple(
        replace(sheet, cells={
            place: cell for place, cell in sheet.cells.items()
            if cell.kind is not CellKind.NUMBER or place[0] < 10 or random.random() > 0.2
        }) for sheet in book.sheets
    ))  # fmt: skip


def with_blanks(table: TableDefinition, blank: Blank) -> TableDefinition:
    """The form where a blank cell of any column means that."""
    return replace(table, sections=tuple(
        replace(section, columns=tuple(replace(column, blank=blank) for column in section.columns))
        for section in table.sections
    ))  # fmt: skip


@pytest.mark.parametrize(("rounding", "blank"), [("四舍五入", "无"), ("截断", "缺"), ("截断", "零")])
@pytest.mark.parametrize("written", WRITTEN)
def test_parts_that_are_not_formed_are_not_hidden_by_others(
    written: str, rounding: Literal["四舍五入", "截断"], blank: Blank, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack("neimenggu-2022")
    pack = replace(pack, tables={name: with_blanks(table, blank) for name, table in pack.tables.items()})
    model = replace(pack.rule("P07"), when=None)
    always = Formula("1", parse_formula("[本行, 得分] <= [本行, 得分]"))
    asked = Formula(written, parse_formula(written))
    rules = replace(model, id="X1", checks=(asked,)), replace(model, id="X2", when=asked, checks=(always,))
    pack = replace(pack, rules=rules, rounding=rounding)
    random = Random(written)  # noqa: S311 - reproducible on purpose
    book = emptied(damaged(read_package(EXAMPLES / "ordos-2022-corrected.xlsx"), random), random)
    told = outcome(pack, book)
    prepared._PLANS.clear()
    monkeypatch.setattr(prepared, "evidence", lambda _: None)
    monkeypatch.setattr(prepared, "settled", lambda _: None)
    monkeypatch.setattr(prepared, "computed", lambda _: None)
    judged = outcome(pack, book)
    assert told[:2] == judged[:2]
    assert [one for one in told[2] if one.rule == "X1"] == [one for one in judged[2] if one.rule == "X1"]
    assert judged[0] + len(judged[1]) > 0
