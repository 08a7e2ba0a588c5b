"""One figure of a generated workbook made wrong, so far that no rounding and no last digit explains it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from gouji.binding.bind import bind
from gouji.binding.bound import Compared, terms_of
from gouji.flow import forms_of
from gouji.packs.model import Pack
from gouji.sheet import Book, Cell, CellKind, CellRef, Sheet
from gouji.tables.recognise import recognise
from tests.generator.books import Generated
from tests.generator.style import plain

FAR = 500
"""A damaged figure is at least this many of the workbook's coarsest last places away from the truth."""


class Damage(NamedTuple):
    """The damaged workbook, the cell, what it was and what it became."""

    book: Book
    cell: CellRef
    before: str
    after: str


def damaged(made: Generated, pack: Pack, rng: Random) -> Damage | None:
    """One random figure that an equality reads, damaged like people do; ``None`` where no equality reads any."""
    cells = sorted(read_by_equalities(made.book, pack) & set(made.truths))
    if not cells:
        return None
    ref = rng.choice(cells)
    style = next(t.style for t in made.tables if (t.table, t.sheet) == (made.truths[ref].table, ref.sheet)).money
    coarsest = max(table.style.money.ulp for table in made.tables)
    units = style.rounded(made.truths[ref].fen)
    wrong = rng.choice(MECHANISMS)(units, rng)
    if abs(wrong - units) * style.ulp < FAR * coarsest:
        wrong = units + FAR * coarsest // style.ulp + rng.randint(1, 9999)
    before, after = plain(units, style.decimals), plain(wrong, style.decimals)
    number_format = style.number_format if style.number_format != "@" else "General"
    return Damage(with_cell(made.book, ref, Cell(CellKind.NUMBER, after, number_format)), ref, before, after)


def read_by_equalities(book: Book, pack: Pack) -> set[CellRef]:
    """Every figure cell of a relation that must be equal and is more than a hint."""
    instances = bind(pack, recognise(book, forms_of(pack)), dict(pack.params)).instances
    return {
        term.cell
        for one in instances
        if isinstance(one.relation, Compared) and one.relation.comparison == "=" and one.rule.severity != "info"
        for term in terms_of(one.relation)
    }


def with_cell(book: Book, ref: CellRef, cell: Cell) -> Book:
    """The same workbook with one other cell."""
    def changed(sheet: Sheet) -> Sheet:
        if sheet.name != ref.sheet:
            return sheet
        cells = {**sheet.cells, (ref.row, ref.column): cell}
        return Sheet(sheet.name, cells, sheet.merged, sheet.notes, sheet.hidden)

    return Book(book.name, tuple(changed(sheet) for sheet in book.sheets), book.remarks)


def _digit(units: int, rng: Random) -> int:
    digits = list(str(units))
    digits[rng.randrange(len(digits))] = str(rng.randint(0, 9))
    return int("".join(digits))


def _swapped(units: int, rng: Random) -> int:
    digits = list(str(units))
    at = rng.randrange(max(1, len(digits) - 1))
    digits[at : at + 2] = reversed(digits[at : at + 2])
    return int("".join(digits))


def _slipped(units: int, rng: Random) -> int:
    return units * 10 ** rng.choice((1, 2, 4)) if rng.random() < 0.5 else units // 10


def _emptied(units: int, rng: Random) -> int:
    return 0


def _doubled(units: int, rng: Random) -> int:
    return 2 * units


MECHANISMS: tuple[Callable[[int, Random], int], ...] = (_digit, _digit, _swapped, _slipped, _emptied, _doubled)
