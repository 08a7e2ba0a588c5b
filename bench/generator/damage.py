"""Figures of a generated workbook made wrong as people do it, so far that no truth rounds to what is printed then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import NamedTuple, TypeAlias

from bench.generator.books import Generated
from bench.generator.style import plain
from gouji.binding.bound import Compared, Instance, terms_of
from gouji.checking.check import linear_difference
from gouji.figures import power_of_ten
from gouji.sheet import Book, Cell, CellKind, CellRef, Sheet

MOST_DRAWS = 400
"""Draws before a workbook is given up: one that prints hardly any money."""


Equations: TypeAlias = Mapping[CellRef, Sequence[Compared]]


class Damage(NamedTuple):
    """One cell made wrong: by which slip, and what it printed (in its own unit) before and after."""

    cell: CellRef
    slip: str
    before: str
    after: str


class Damaged(NamedTuple):
    """A workbook with wrong figures."""

    book: Book
    damages: tuple[Damage, ...]


class Money(NamedTuple):
    """A printed amount: ``units`` last places with ``decimals`` in a unit of ``10 ** exponent`` 元."""

    units: int
    decimals: int
    exponent: int


def damaged(made: Generated, equations: Equations, rng: Random, count: int) -> Damaged | None:
    """``count`` random figures of the workbook made wrong, each beyond what rounding or a last digit explains.

    ``None`` where too few are found.
    """
    cells = [cell for cell in sorted(equations) if cell in made.truths and _money(made, cell).units]
    book, damages = made.book, list[Damage]()
    for _ in range(MOST_DRAWS):
        if len(damages) == count or not cells:
            break
        cell, slip = rng.choice(cells), rng.choice(list(SLIPS))
        money = _money(made, cell)
        wrong = SLIPS[slip](money, rng)
        moved = Fraction(wrong - money.units) * power_of_ten(money.exponent - money.decimals)
        if any(_beyond_rounding(one, cell, moved) for one in equations[cell]):
            before, after = plain(money.units, money.decimals), plain(wrong, money.decimals)
            damages.append(Damage(cell, slip, before, after))
            book = with_cell(book, cell, _printing(book, cell, after))
            cells = [other for other in cells if other != cell]
    return Damaged(book, tuple(damages)) if len(damages) == count else None


def equations_of(instances: Iterable[Instance]) -> Equations:
    """The equations, by the cells they read; hints are left out."""
    found: dict[CellRef, list[Compared]] = {}
    for one in instances:
        relation = one.relation
        if isinstance(relation, Compared) and relation.comparison == "=" and one.rule.severity != "info":
            for cell in {term.cell for term in terms_of(relation)}:
                found.setdefault(cell, []).append(relation)
    return found


def with_cell(book: Book, ref: CellRef, cell: Cell) -> Book:
    """The same workbook with one other cell."""
    def changed(sheet: Sheet) -> Sheet:
        if sheet.name != ref.sheet:
            return sheet
        cells = {**sheet.cells, (ref.row, ref.column): cell}
        return replace(sheet, cells=cells)

    return Book(book.name, tuple(changed(sheet) for sheet in book.sheets), book.remarks)


def adjusted(made: Generated, rng: Random, count: int) -> Generated:
    """The workbook with the last digit of some printed amounts moved by one, as totals are made to add up."""
    cells = [cell for cell in sorted(made.truths) if _money(made, cell).units]
    book, chosen = made.book, rng.sample(cells, min(count, len(cells)))
    for cell in chosen:
        money = _money(made, cell)
        book = with_cell(book, cell, _printing(book, cell, plain(money.units + rng.choice((1, -1)), money.decimals)))
    return replace(made, book=book, adjusted=frozenset(chosen))


def _money(made: Generated, cell: CellRef) -> Money:
    truth = made.truths[cell]
    style = next(t.style for t in made.tables if (t.table, t.sheet) == (truth.table, cell.sheet)).money
    if style.stored:
        return Money(truth.fen, style.exponent, style.exponent - 2)
    return Money(style.rounded(truth.fen), style.decimals, style.exponent - 2)


def _beyond_rounding(relation: Compared, cell: CellRef, moved: Fraction) -> bool:
    """Whether a sum that was nothing cannot be it any more, even with one last digit adjusted.

    Before, all figures together missed by half their last places at most; rounding allows as much again.
    """
    equation = linear_difference(relation)
    if equation is None or cell not in equation.terms:
        return False
    places = [abs(Fraction(weight)) * figure.ulp for weight, figure in equation.terms.values()]
    return abs(moved * Fraction(equation.terms[cell].weight)) > sum(places, Fraction(0)) + 2 * max(places)


def _printing(book: Book, ref: CellRef, text: str) -> Cell:
    cell = next(sheet for sheet in book.sheets if sheet.name == ref.sheet).cells[ref.row, ref.column]
    return Cell(CellKind.NUMBER, text, "General" if cell.number_format == "@" else cell.number_format)


def _digit(money: Money, rng: Random) -> int:
    digits = list(str(money.units))
    at = rng.randrange(len(digits))
    digits[at] = rng.choice([other for other in "0123456789" if other != digits[at]])
    return int("".join(digits))


def _swapped(money: Money, rng: Random) -> int:
    digits = list(str(money.units))
    at = rng.randrange(max(1, len(digits) - 1))
    digits[at : at + 2] = reversed(digits[at : at + 2])
    return int("".join(digits))


def _dropped(money: Money, rng: Random) -> int:
    digits = str(money.units)
    at = rng.randrange(len(digits))
    return int(digits[:at] + digits[at + 1 :] or "0")


def _doubled(money: Money, rng: Random) -> int:
    digits = str(money.units)
    at = rng.randrange(len(digits))
    return int(digits[: at + 1] + digits[at:])


def _reversed(money: Money, rng: Random) -> int:
    return -money.units


def _slipped(money: Money, rng: Random) -> int:
    return _rounded(money.units * power_of_ten(rng.choice((1, 2, -1, -2))))


def _other_unit(money: Money, rng: Random) -> int:
    """元 for a larger unit; 万元 for 元."""
    return _rounded(money.units * power_of_ten(money.exponent or -4))


def _rounded(units: Fraction) -> int:
    return int(units + Fraction(1, 2))


SLIPS: Mapping[str, Callable[[Money, Random], int]] = {
    "digit": _digit, "swap": _swapped, "dropped": _dropped, "doubled": _doubled, "sign": _reversed, "slip": _slipped,
    "unit": _other_unit,
}  # fmt: skip
"""One digit, two neighbours swapped, a digit dropped or doubled, the sign, the decimal point, 元 for 万元."""
