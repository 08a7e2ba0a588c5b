"""Cells as Excel formulas write them: one by one, in areas, and counted when they are not zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from gouji import number_format
from gouji.binding.bound import Term
from gouji.figures import MONEY_UNITS, Figure, decimal_text, power_of_ten, round_half_away
from gouji.numerals import decimal_digits, is_dash
from gouji.sheet import Area, Cell, CellKind, CellRef

MOST_ARGUMENTS = 200
"""Arguments given to one function; Excel takes 255."""
EXACT_PLACES = 2
"""Decimals allowed for in cells that hold exact numbers, whatever they print now."""


class NoExcelForm(Exception):  # noqa: N818 - says that there is none, which is no fault
    """The relation cannot be written as a formula that surely gives the exact verdict."""


class Leaf(NamedTuple):
    """A figure as a formula reads it: a number × ``10 ** shift`` of the base unit, with ``places`` decimals.

    ``text`` is the number (``C34``, ``SUM(C34)`` where a dash stands, ``ROUND(C34,1)`` where a formula's result
    counts as printed, digits where the cell holds text); ``area`` the bare reference where the cell may be added
    up and counted inside an area; ``number`` what it holds now; ``rounded`` whether rounding leaves it open.
    """

    cell: CellRef
    prefix: str
    text: str
    area: bool
    number: Fraction
    shift: int
    places: int
    rounded: bool
    typed: bool
    """The number is written into the formula, because the cell holds text."""
    unit: str

    @property
    def step(self) -> Fraction:
        """One unit of its last place, in the base unit."""
        return power_of_ten(self.shift - self.places)


def leaf_of(term: Term, sheet: str) -> Leaf:
    """How a formula on ``sheet`` reads a figure's cell. Raises ``NoExcelForm``."""
    cell = term.table.sheet.at(term.cell)
    figure, ref = term.figure, term.cell
    name = in_sheet(ref, sheet)
    prefix = name.removesuffix(ref.address)
    if cell is None or (cell.kind is CellKind.TEXT and is_dash(cell.text)):
        text = name if cell is None else f"SUM({name})"
        return _leaf(term, prefix, text, Fraction(0), _shift_of_blank(term), area=True)
    if cell.kind is CellKind.TEXT:
        shift = figure.unit.exponent if figure.unit.name in MONEY_UNITS else 0
        number = figure.value / power_of_ten(shift)
        return _leaf(term, prefix, literal(number), number, shift, typed=True)
    if cell.kind is not CellKind.NUMBER:
        raise NoExcelForm
    shift, decimals = _reading(cell, figure)
    number = figure.value / power_of_ten(shift)
    if decimals is None:
        return _leaf(term, prefix, name, number, shift, area=True)
    return _leaf(term, prefix, f"ROUND({name},{decimals})", number, shift)


def in_sheet(ref: CellRef, sheet: str) -> str:
    """A cell as a formula on ``sheet`` names it; other sheets are named, quoted."""
    return ref.address if ref.sheet == sheet else "'" + ref.sheet.replace("'", "''") + f"'!{ref.address}"


def _leaf(
    term: Term, prefix: str, text: str, number: Fraction, shift: int, *, area: bool = False, typed: bool = False
) -> Leaf:
    figure = term.figure
    if figure.last is not None:
        places = figure.last + shift
    else:
        places = figure.places + shift if typed else max(figure.places + shift, EXACT_PLACES)
    if places < 0 or not is_whole(number * power_of_ten(places)):
        raise NoExcelForm
    rounded = figure.last is not None
    return Leaf(term.cell, prefix, text, area, number, shift, places, rounded, typed, figure.unit.name)


def _reading(cell: Cell, figure: Figure) -> tuple[int, int | None]:
    """The power of ten between the stored number and the base unit, and the decimals its figure is rounded to."""
    digits, places = decimal_digits(cell.text)
    stored = Fraction(digits) / power_of_ten(places)
    decimals = number_format.decimals(cell.number_format)
    is_percent = number_format.is_percent(cell.number_format)
    if decimals is not None and is_percent:
        decimals += 2
    shifts = _shifts(cell, figure, places)
    for shift in shifts:
        if stored * power_of_ten(shift) == figure.value:
            return shift, decimals if cell.formula is not None else None
    if decimals is not None:
        shown = round_half_away(stored, decimals)
        found = [shift for shift in shifts if shown * power_of_ten(shift) == figure.value]
        if len(found) == 1:
            return found[0], decimals
    raise NoExcelForm


def _shifts(cell: Cell, figure: Figure, places: int) -> tuple[int, ...]:
    """The powers of ten that may lie between a stored number and its figure, the likelier first."""
    if figure.unit.name in MONEY_UNITS:
        return (figure.unit.exponent,)
    if figure.unit.name != "%" or number_format.is_percent(cell.number_format):
        return (0,)
    return (0, -2) if figure.digits or figure.places < places + 2 else (-2,)


def _shift_of_blank(term: Term) -> int:
    """A blank rate is stored like the other rates of its column."""
    unit = term.figure.unit
    if unit.name in MONEY_UNITS:
        return unit.exponent
    if unit.name != "%":
        return 0
    cells = term.table.sheet.cells
    for (row, column), value in term.table.values.items():
        cell = cells.get((row, column))
        if column != term.cell.column or cell is None or cell.kind is not CellKind.NUMBER:
            continue
        if value.figure is not None and value.figure.digits and value.figure.unit.name == "%":
            return _reading(cell, value.figure)[0]
    raise NoExcelForm


def is_whole(number: Fraction) -> bool:
    """Whether it is an integer."""
    return number.denominator == 1


def literal(number: Fraction | int) -> str:
    """A number as a formula writes it. Excel keeps 15 digits of it; raises ``NoExcelForm`` for more."""
    text = decimal_text(number)
    if Fraction(text) != number or len(text.strip("-").replace(".", "").strip("0")) > 15:
        raise NoExcelForm
    return text


def areas(leaves: Iterable[Leaf]) -> list[tuple[str, int]]:
    """The fewest areas that hold just these cells, and how many cells each has: down columns, else along rows."""
    found: list[tuple[str, int]] = []
    for prefix, on_sheet in groupby(sorted(leaves, key=_place), lambda leaf: leaf.prefix):
        places = sorted((leaf.cell.column, leaf.cell.row) for leaf in on_sheet)
        single: list[tuple[int, int]] = []
        rectangles: list[Area] = []
        for run in _runs(places):
            (column, top), (_, bottom) = run[0], run[-1]
            if len(run) > 1:
                rectangles.append(Area(top, column, bottom, column))
            else:
                single.append((top, column))
        for run in _runs(sorted(single)):
            (row, left), (_, right) = run[0], run[-1]
            rectangles.append(Area(row, left, row, right))
        found += [_written(prefix, area) for area in sorted(rectangles, key=lambda a: (a.left, a.top))]
    return found


def _place(leaf: Leaf) -> tuple[str, CellRef]:
    return leaf.prefix, leaf.cell


def _runs(places: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Places of one first number whose second numbers follow each other."""
    runs: list[list[tuple[int, int]]] = []
    for line, place in places:
        if runs and runs[-1][-1] == (line, place - 1):
            runs[-1].append((line, place))
        else:
            runs.append([(line, place)])
    return runs


def _written(prefix: str, area: Area) -> tuple[str, int]:
    cells = (area.bottom - area.top + 1) * (area.right - area.left + 1)
    return prefix + (str(area).split(":")[0] if cells == 1 else str(area)), cells


def totals(leaves: Sequence[Leaf]) -> list[str]:
    """Addends of the sum of numbers: one as it is, several as SUM over areas."""
    if len(leaves) <= 1:
        return [leaf.text for leaf in leaves]
    listed = [text for text, _ in areas(leaf for leaf in leaves if leaf.area)]
    listed += [leaf.text for leaf in leaves if not leaf.area]
    chunks = [listed[i : i + MOST_ARGUMENTS] for i in range(0, len(listed), MOST_ARGUMENTS)]
    return [f"SUM({','.join(chunk)})" for chunk in chunks]


def counts(leaves: Sequence[Leaf], comparison: str) -> list[str]:
    """Addends that count the numbers which are ``<>``, ``>`` or ``<`` zero."""
    inside = [leaf for leaf in leaves if leaf.area]
    alone = {leaf.prefix + leaf.cell.address: leaf for leaf in inside}
    addends: list[str] = []
    signs = (">", "<") if comparison == "<>" else (comparison,)
    for text, cells in areas(inside):
        if cells == 1:
            addends.append(f"({alone[text].text}{comparison}0)")
        else:
            addends += [f'COUNTIF({text},"{sign}0")' for sign in signs]
    return addends + [f"({leaf.text}{comparison}0)" for leaf in leaves if not leaf.area]
