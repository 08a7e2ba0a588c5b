"""What is remembered of one sheet never changes what is read of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from bench.generator.books import generated

from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.sheet import Book, Cell, CellKind, Sheet
from gouji.tables import arrangement, fields, prints, row_names, titles, values
from gouji.tables.memory import Kept, Memory
from gouji.tables.recognise import recognise
from gouji.tables.regions import Forms
from tests.tables.reading import FORMS, recognised
from tests.tables.sheets import book, sheet
from tests.tables.test_recognise import PLAIN

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
KINDS = [CellKind.NUMBER, CellKind.NUMBER, CellKind.BOOLEAN, CellKind.ERROR, CellKind.UNCOMPUTED]
HELD = (
    arrangement.arranged, fields._head, row_names.row_names, titles._named_by, values.number_reader,
)


def forget() -> None:
    for each in HELD:
        each.cache_clear()
    titles._TITLES.clear()
    prints.forget()


def changed(book: Book, rng: Random) -> Book:
    return replace(book, sheets=tuple(_changed(sheet, rng) for sheet in book.sheets))


def _changed(sheet: Sheet, rng: Random) -> Sheet:
    """One thing of a sheet changed: a figure, a text, a place, a merged area, the columns of a row."""
    cells = dict(sheet.cells)
    place, other = rng.choice(sorted(cells)), rng.choice(sorted(cells))
    kind = rng.randrange(9)
    if kind == 0:
        cells[place] = Cell(CellKind.NUMBER, f"{rng.randrange(9999)}.5", "#,##0.0")
    elif kind == 1:
        cells[place], cells[other] = cells[other], cells[place]
    elif kind == 2:
        del cells[place]
    elif kind == 3:
        cells[place] = Cell(CellKind.TEXT, rng.choice(["—", "合计", "201", "1.5", "某行", "（元）", " "]))
    elif kind == 4 and sheet.merged:
        return replace(sheet, merged=tuple(rng.sample(sheet.merged, len(sheet.merged) - 1)))
    elif kind == 5:
        cells[place] = Cell(rng.choice(KINDS), rng.choice(["1", "2", "201", "20101", "2020", "2080501", "0"]))
    elif kind == 6:  # all figures but none of the words
        cells |= {at: Cell(CellKind.NUMBER, f"{rng.randrange(99)}") for at in cells if cells[at].kind is KINDS[0]}
    elif kind == 7:
        return replace(sheet, name=f"{sheet.name}改", header=rng.choice(["", "单位：元", "收入决算表"]))
    else:
        return replace(sheet, cells={(row + (row >= place[0]), column): cell for (row, column), cell in cells.items()})
    return replace(sheet, cells=cells)


def same_after_others(book: Book, forms: Forms, rng: Random, many: int) -> None:
    """Each of many books like ``book`` is read after the others as if it were the first, and once more after all."""
    books = [book, *(changed(book, rng) for _ in range(many))]
    forget()
    after_others = [recognise(each, forms) for each in books]
    assert [recognise(each, forms) for each in books] == after_others
    for each, found in zip(books, after_others, strict=True):
        forget()
        assert recognise(each, forms) == found


@pytest.mark.parametrize("seed", range(4))
def test_a_sheet_read_after_many_like_it_is_read_as_if_it_were_the_first(seed: int) -> None:
    same_after_others(generated(seed).book, FORMS, Random(seed), 12)  # noqa: S311 - reproducible on purpose


@pytest.mark.parametrize(("example", "pack"), [
    ("heilongjiang-2020", "heilongjiang-2020"), ("ordos-2022", "neimenggu-2022"),
])
def test_a_real_workbook_read_after_many_like_it_is_read_as_if_it_were_the_first(example: str, pack: str) -> None:
    book, forms = read_package(EXAMPLES / f"{example}.xlsx"), forms_of(load_pack(pack))
    same_after_others(book, forms, Random(example), 12)  # noqa: S311 - reproducible on purpose


def test_figures_may_change_without_looking_for_the_lines_again() -> None:
    first, second = recognised(PLAIN), recognised(PLAIN.replace("30.5", "31.5"))
    (lines,), (again,) = ([section.lines for section in found.tables[0].sections] for found in (first, second))
    assert lines is again
    assert first.tables[0].values != second.tables[0].values


@pytest.mark.parametrize(("before", "after"), [
    ("2013101 |", "2013102 |"),  # a code typed as a number
    ("| 1 | 2 | 3 |", "| 1 | 2 | 300.5 |"),  # the numbers of the columns
])
def test_numbers_that_are_no_figures_are_looked_at_again(before: str, after: str) -> None:
    first, warm = recognised(PLAIN), recognised(PLAIN.replace(before, after))
    forget()
    assert recognised(PLAIN.replace(before, after)) == warm
    (lines,), (others,) = ([section.lines for section in found.tables[0].sections] for found in (first, warm))
    assert lines != others


def test_how_much_is_remembered_does_not_decide_the_last_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that stands twice prints its decimals once, forgotten in between or not."""
    text = PLAIN.replace("20.0", "10.125", 1).replace("10.5", "10.125", 1)
    printed = book(sheet(text, number_format="General"))
    found = recognise(printed, FORMS)
    assert found.tables[0].sections[0].decimals == 1
    forget()
    monkeypatch.setattr(values, "_MOST_CELLS", 1)
    assert recognise(printed, FORMS) == found


def test_a_text_where_a_number_was_is_another_print() -> None:
    first = recognised(PLAIN)
    second = recognised(PLAIN.replace("30.5", '"30.5"'))
    forget()
    assert recognised(PLAIN.replace("30.5", '"30.5"')) == second
    assert first.tables[0].sheet.cells != second.tables[0].sheet.cells


def test_sheets_too_large_are_not_kept() -> None:
    kept: Kept[str, str] = Kept(10)
    kept.keep("小", "小", 4)
    kept.keep("大", "大", 11)
    kept.keep("中", "中", 6)
    assert dict(kept) == {"小": "小", "中": "中"}
    kept.keep("又一", "又一")
    assert dict(kept) == {"又一": "又一"}


def test_a_memory_never_holds_more_than_it_may() -> None:
    asked: list[int] = []

    def double(number: int) -> int:
        asked.append(number)
        return 2 * number

    memory = Memory(double, 3)
    assert [memory[n] for n in (1, 2, 3, 1, 4, 1)] == [2, 4, 6, 2, 8, 2]
    assert asked == [1, 2, 3, 4, 1]
    assert dict(memory) == {4: 8, 1: 2}


def test_what_is_kept_is_given_back() -> None:
    kept: Kept[str, int] = Kept(1)
    assert kept.keep("甲", 1) == 1
    assert kept.keep("乙", 2) == 2
    assert dict(kept) == {"乙": 2}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    forget()
