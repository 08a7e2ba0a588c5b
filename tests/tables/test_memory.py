"""What is remembered of one sheet never changes what is read of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from bench.generator.books import generated

from gouji.sheet import Book, Cell, CellKind, Sheet
from gouji.tables import arrangement, fields, row_names, titles, values
from gouji.tables.memory import Kept, Memory
from gouji.tables.recognise import recognise
from tests.tables.reading import FORMS

HELD = (
    arrangement.arranged, fields._head, row_names.row_names, titles._named_by, values.cell_reader, values.values_by_raw,
)


def forget() -> None:
    for each in HELD:
        each.cache_clear()


def changed(book: Book, rng: Random) -> Book:
    return replace(book, sheets=tuple(_changed(sheet, rng) for sheet in book.sheets))


def _changed(sheet: Sheet, rng: Random) -> Sheet:
    """One thing of a sheet changed: a figure, a text, a place, a merged area, the columns of a row."""
    cells = dict(sheet.cells)
    place, other = rng.choice(sorted(cells)), rng.choice(sorted(cells))
    kind = rng.randrange(6)
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
    else:
        return replace(sheet, cells={(row + (row >= place[0]), column): cell for (row, column), cell in cells.items()})
    return replace(sheet, cells=cells)


@pytest.mark.parametrize("seed", range(4))
def test_a_sheet_read_after_many_like_it_is_read_as_if_it_were_the_first(seed: int) -> None:
    book, rng = generated(seed).book, Random(seed)  # noqa: S311 - reproducible on purpose
    books = [book, *(changed(book, rng) for _ in range(12))]
    forget()
    after_others = [recognise(each, FORMS) for each in books]
    for each, found in zip(books, after_others, strict=True):
        forget()
        assert recognise(each, FORMS) == found


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
