"""Random small relations on the boundary of what rounding allows, as hypothesis strategies.

A case is drawn without places, so that a whole batch can later be put into one workbook: :meth:`Case.placed`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from hypothesis import strategies as st

from gouji.binding.bound import (
    Applied,
    Arithmetic,
    Bound,
    Compared,
    Constant,
    Instance,
    Many,
    Negative,
    Nothing,
    Single,
    Term,
    Truth,
)
from gouji.binding.terms import scaled
from gouji.figures import BARE, PERCENT, POINTS, WAN_YUAN, YUAN, Figure, Unit
from gouji.language.ast import Comparison, Formula, Text
from gouji.sheet import Cell, CellKind, CellRef, Sheet
from gouji.tables.model import Table
from tests.checking.builders import DEFINITION, LINE, PRINTED, RULE

WAN = 4
"""The pack's unit of these cases: 万元."""
COMPARISONS: tuple[Comparison, ...] = ("=", "<=", ">=", "<", ">")
SHEETS = ("数 表", "别'表")
Held: TypeAlias = Literal["number", "text", "blank", "dash", "percent", "computed"]
Relation: TypeAlias = Callable[[Sequence[Single]], Bound]


@dataclass(frozen=True)
class Drawn:
    """A figure and how its cell holds it: ``digits`` with ``decimals`` of ``unit``."""

    digits: int
    decimals: int
    unit: Unit
    exact: bool = False
    held: Held = "number"
    elsewhere: bool = False
    """On the other sheet."""

    @property
    def figure(self) -> Figure:
        """The figure in the base unit."""
        places = self.decimals - self.unit.exponent
        return Figure(self.digits, places, None if self.exact else places, self.unit)

    @property
    def cell(self) -> Cell | None:
        """What stands in the cell."""
        number = Decimal(self.digits).scaleb(-self.decimals)
        if not self.digits and self.held in {"blank", "dash"}:
            return None if self.held == "blank" else Cell(CellKind.TEXT, "—")
        if self.held == "text":
            return Cell(CellKind.TEXT, f"{number:,f}" + ("%" if self.unit is PERCENT else ""))
        if self.held == "percent" and self.unit is PERCENT:
            places = "." + "0" * self.decimals if self.decimals else ""
            return Cell(CellKind.NUMBER, _plain(number.scaleb(-2)), f"0{places}%")
        if self.held == "computed" and self.unit is not PERCENT:
            places = "." + "0" * self.decimals if self.decimals else ""
            finer = number + Decimal(4 if self.digits >= 0 else -4).scaleb(-self.decimals - 1)
            return Cell(CellKind.NUMBER, _plain(finer), f"#,##0{places}", "1+1")
        return Cell(CellKind.NUMBER, _plain(number))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Case:
    """Figures, and the relation that is made of them once their cells are known."""

    drawn: tuple[Drawn, ...]
    relation: Relation
    when: Relation | None = None

    def placed(self, row: int) -> tuple[Instance, tuple[Sheet, Sheet]]:
        """The instance with its figures in columns A, B, C … of ``row`` of two sheets."""
        cells: tuple[dict[tuple[int, int], Cell], ...] = ({}, {})
        for column, drawn in enumerate(self.drawn, 1):
            if drawn.cell is not None:
                cells[drawn.elsewhere][row, column] = drawn.cell
        sheets = (Sheet(SHEETS[0], cells[0]), Sheet(SHEETS[1], cells[1]))
        tables = [Table(DEFINITION, sheet, (1, 1), (PRINTED,), {}, {}, ("", "")) for sheet in sheets]
        singles = [
            Single(_term(d, CellRef(SHEETS[d.elsewhere], row, column), tables[d.elsewhere]))
            for column, d in enumerate(self.drawn, 1)
        ]
        when = None if self.when is None else self.when(singles)
        formula = Formula("试", Text("试"))
        return Instance(RULE, formula, tables[0], PRINTED, LINE, None, self.relation(singles), when), sheets


def _term(drawn: Drawn, cell: CellRef, table: Table) -> Term:
    return Term(cell, drawn.figure, table, PRINTED, LINE, "金额", scaled=scaled(drawn.figure, 6))


small = st.integers(-12, 12)
zeros = st.just(0)
large = st.builds(lambda top, rest: top * 10**13 + rest, st.integers(-99, 99), small)
"""Up to 15 digits."""
held: st.SearchStrategy[Held] = st.sampled_from(("number", "number", "number", "text", "blank", "dash", "computed"))


def amounts(digits: st.SearchStrategy[int], units: Sequence[Unit] = (WAN_YUAN, YUAN)) -> st.SearchStrategy[Drawn]:
    """Amounts in the units."""
    return st.builds(
        Drawn,
        digits=digits,
        decimals=st.integers(0, 2),
        unit=st.sampled_from(units),
        held=held,
        elsewhere=st.booleans(),
    )


def _nearest(drawn: Drawn, value: Fraction, off: int) -> Drawn:
    """The figure with the digits nearest to ``value``, ``off`` last places beside it."""
    digits = round(value / (Fraction(10) ** (drawn.unit.exponent - drawn.decimals))) + off
    return replace(drawn, digits=digits)


@st.composite
def sums(
    draw: st.DrawFn, digits: st.SearchStrategy[int] = small | zeros, units: Sequence[Unit] = (WAN_YUAN, YUAN)
) -> Case:
    """One figure against a sum, weights, differences and constants; the figure at most a few last places off."""
    members = draw(st.lists(amounts(digits, units), min_size=1, max_size=5))
    signs = draw(st.lists(st.sampled_from((1, 1, 1, -1)), min_size=len(members), max_size=len(members)))
    constant = draw(st.sampled_from((None, None, Fraction(0), Fraction(1, 2), Fraction(5, 100), Fraction(3))))
    value = sum((sign * d.figure.value for sign, d in zip(signs, members, strict=True)), Fraction(0))
    value += (constant or 0) * 10**WAN
    first = _nearest(draw(amounts(zeros, units)), value, draw(st.integers(-4, 4)))
    comparison = draw(st.sampled_from((*COMPARISONS, "<>")))

    def relation(cells: Sequence[Single]) -> Bound:
        plus = tuple(cell.term for cell, sign in zip(cells[1:], signs, strict=True) if sign > 0)
        right: Bound = Applied("SUM", (Many(plus),)) if plus else Nothing("无")
        for cell, sign in zip(cells[1:], signs, strict=True):
            right = Arithmetic("-", right, cell) if sign < 0 else right
        if constant is not None:
            right = Arithmetic("+", right, Constant(constant, str(constant)))
        return Compared(comparison, cells[0], right)

    return Case((first, *members), relation)


@st.composite
def long_sums(draw: st.DrawFn) -> Case:
    """A total of many amounts with many digits, where binary noise adds up."""
    digits = st.integers(10**8, 10**9) | st.integers(10**12, 10**13)
    kind = draw(st.builds(Drawn, digits=zeros, decimals=st.integers(1, 2), unit=st.just(YUAN)))
    members = [replace(kind, digits=n) for n in draw(st.lists(digits, min_size=15, max_size=40))]
    value = sum((d.figure.value for d in members), Fraction(0))
    off = draw(st.sampled_from((-1, 0, 1))) + draw(st.sampled_from((-1, 0, 1))) * ((len(members) + 1) // 2)
    comparison = draw(st.sampled_from(COMPARISONS))

    def relation(cells: Sequence[Single]) -> Bound:
        return Compared(comparison, cells[0], Applied("SUM", (Many(tuple(cell.term for cell in cells[1:])),)))

    return Case((_nearest(kind, value, off), *members), relation)


@st.composite
def averages(draw: st.DrawFn) -> Case:
    """A figure against the average of others, which also stand in it negatively."""
    members = draw(st.lists(amounts(small | zeros), min_size=2, max_size=4))
    mean = sum((d.figure.value for d in members), Fraction(0)) / len(members)
    first = _nearest(draw(amounts(zeros)), -mean, draw(st.integers(-2, 2)))
    comparison = draw(st.sampled_from(COMPARISONS))

    def relation(cells: Sequence[Single]) -> Bound:
        inside = Many(tuple(cell.term for cell in cells[1:]))
        return Compared(comparison, cells[0], Negative(Applied("AVERAGE", (inside,))))

    return Case((first, *members), relation)


def rates(digits: st.SearchStrategy[int]) -> st.SearchStrategy[Drawn]:
    """Rates, stored as fractions formatted as % or as text with %."""
    holds: st.SearchStrategy[Held] = st.sampled_from(("percent", "percent", "text"))
    return st.builds(Drawn, digits=digits, decimals=st.integers(0, 2), unit=st.just(PERCENT), held=holds)


@st.composite
def quotients(draw: st.DrawFn) -> Case:
    """A printed rate against a quotient of sums; the rate is at most a few last places off."""
    above = draw(st.lists(amounts(st.integers(-40, 60) | zeros), min_size=1, max_size=2))
    below = draw(st.lists(amounts(st.integers(-30, 60) | zeros), min_size=1, max_size=2))
    shared = draw(st.booleans())
    numerator, divisor = (sum((d.figure.value for d in side), Fraction(0)) for side in (above, below))
    value = (numerator - shared * divisor) / divisor if divisor else Fraction(0)
    first = _nearest(draw(rates(zeros)), value, draw(st.integers(-2, 2)))
    comparison = draw(st.sampled_from((*COMPARISONS, "<>", "=", "=")))
    mirrored = draw(st.booleans())

    def relation(cells: Sequence[Single]) -> Bound:
        upper = Many(tuple(cell.term for cell in cells[1 : 1 + len(above)]))
        lower = Many(tuple(cell.term for cell in cells[1 + len(above) :]))
        dividend: Bound = Applied("SUM", (upper,))
        if shared:
            dividend = Arithmetic("-", dividend, Applied("SUM", (lower,)))
        quotient = Arithmetic("/", dividend, Applied("SUM", (lower,)))
        return Compared(comparison, quotient, cells[0]) if mirrored else Compared(comparison, cells[0], quotient)

    return Case((first, *above, *below), relation)


@st.composite
def scores(draw: st.DrawFn) -> Case:
    """A score against full marks × the lesser (or greater) of a rate and 100 %."""
    rate = draw(rates(st.integers(9900, 10100) | st.integers(98, 102) | st.integers(-9, 9)))
    marks = Drawn(draw(st.integers(0, 30)), draw(st.integers(0, 1)), POINTS, True, draw(held))
    least = draw(st.booleans())
    limit = draw(st.sampled_from((Fraction(1), Fraction(1, 100), Fraction(0))))
    value = (min if least else max)(rate.figure.value, limit) * marks.figure.value
    score = Drawn(0, draw(st.integers(0, 2)), POINTS, draw(st.booleans()), draw(held))
    first = _nearest(score, value, draw(st.integers(-1, 1)))
    first_is_rate = draw(st.booleans())

    def relation(cells: Sequence[Single]) -> Bound:
        choices: tuple[Bound, ...] = (cells[1], Constant(limit, str(limit)))
        chosen = Applied("MIN" if least else "MAX", choices if first_is_rate else choices[::-1])
        return Compared("=", cells[0], Arithmetic("*", chosen, cells[2]))

    return Case((first, rate, marks), relation)


@st.composite
def shares(draw: st.DrawFn) -> Case:
    """A score against full marks × target ÷ result, at most 1 (完成比 of a ≤ target)."""
    exact = draw(st.booleans())
    result = Drawn(draw(st.integers(-5, 40)), draw(st.integers(0, 1)), BARE, exact)
    target = Fraction(draw(st.integers(-2, 40)), draw(st.sampled_from((1, 10))))
    marks = Drawn(draw(st.integers(0, 20)), 0, POINTS, True)
    share = min(target / result.figure.value, Fraction(1)) if result.digits else Fraction(0)
    score = Drawn(0, draw(st.integers(0, 2)), POINTS)
    first = _nearest(score, share * marks.figure.value, draw(st.integers(-1, 1)))
    comparison = draw(st.sampled_from(COMPARISONS))
    least, turned = draw(st.booleans()), draw(st.booleans())

    def relation(cells: Sequence[Single]) -> Bound:
        quotient = Arithmetic("/", Constant(target, str(target), money=True), cells[1])
        choices: tuple[Bound, ...] = (quotient, Constant(Fraction(1), "100%"))
        chosen = Applied("MIN" if least else "MAX", choices[::-1] if turned else choices)
        return Compared(comparison, cells[0], Arithmetic("*", cells[2], chosen))

    return Case((first, result, marks), relation)


@st.composite
def conditions(draw: st.DrawFn) -> Case:
    """Truth values compared, AND, OR, NOT, and a ``when``."""
    members = draw(st.lists(amounts(st.integers(-3, 3) | zeros), min_size=4, max_size=4))
    comparisons = [draw(st.sampled_from((*COMPARISONS, "<>"))) for _ in range(4)]
    function: Literal["AND", "OR"] = draw(st.sampled_from(("AND", "OR")))
    bounds = draw(st.lists(st.integers(-2, 2), min_size=4, max_size=4))
    outer: Comparison = draw(st.sampled_from(("=", "<>")))
    truth = draw(st.booleans())

    def parts(cells: Sequence[Single]) -> list[Bound]:
        steps = [Constant(Fraction(number, 2), str(number)) for number in bounds]
        sides: list[Bound] = [*cells[:2], Arithmetic("-", cells[2], cells[3]), Arithmetic("+", cells[0], cells[3])]
        return [Compared(c, left, right) for c, left, right in zip(comparisons, sides, steps, strict=True)]

    def relation(cells: Sequence[Single]) -> Bound:
        one, two, three, four = parts(cells)
        return Compared(outer, Applied(function, (one, Applied("NOT", (two,)))), Applied("OR", (three, four)))

    def when(cells: Sequence[Single]) -> Bound:
        one, two, three, _ = parts(cells)
        return Applied("OR", (Applied("NOT", (three,)), Applied(function, (two, one, Truth(truth, ("有", "given"))))))

    return Case(tuple(members), relation, when if draw(st.booleans()) else None)


cases: st.SearchStrategy[Case] = st.one_of(
    sums(),
    sums(),
    sums(large, (YUAN,)),
    long_sums(),
    averages(),
    quotients(),
    quotients(),
    scores(),
    shares(),
    conditions(),
)


@st.composite
def retyped(draw: st.DrawFn) -> tuple[Case, Case]:
    """A case, and the same relation after other figures were typed into its cells (none of them as text or dash)."""
    case = draw(cases)
    numbers = tuple(
        replace(d, held="number") if d.held == "text" or (d.held == "dash" and d.digits) else d for d in case.drawn
    )
    typed = [draw(zeros | st.integers(d.digits - 2, d.digits + 2)) for d in numbers]
    after = tuple(replace(d, digits=digits) for d, digits in zip(numbers, typed, strict=True))
    return replace(case, drawn=numbers), replace(case, drawn=after)
