"""Sums and quotients of a relation as a formula has to read them: live cells instead of printed figures.

The same steps as in :mod:`gouji.checking.linear`, but weights that come from exact cells stay references, and the
branches of MIN and MAX stay conditions, so that the formula still judges rightly when other figures are typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple, TypeAlias

from gouji.binding.bound import Applied, Arithmetic, Bound, Constant, Many, Negative, Nothing, Single, Term
from gouji.checking.excel_cells import Leaf, NoExcelForm, leaf_of
from gouji.figures import MONEY_UNITS

Product: TypeAlias = tuple[Leaf, ...]
"""Cells multiplied with each other, at most one of them rounded; ``()`` is the number 1."""


@dataclass(frozen=True, slots=True)
class Sum:
    """``Σ weight × product`` in the base unit; ``bare`` is the part without a unit yet (see ``Linear.bare``)."""

    weights: Mapping[Product, Fraction] = field(default_factory=dict)
    bare: Mapping[Product, Fraction] = field(default_factory=dict)

    def plus(self, other: Sum, factor: Fraction | int = 1) -> Sum:
        """This and ``factor`` times ``other``."""
        return Sum(_added(self.weights, other.weights, factor), _added(self.bare, other.bare, factor))

    def times(self, exact: Sum) -> Sum:
        """This times a sum of exact numbers."""
        factors = _added(exact.weights, exact.bare, 1)
        return Sum(_multiplied(self.weights, factors), _multiplied(self.bare, factors))

    @property
    def is_exact(self) -> bool:
        """Whether rounding never leaves it open."""
        return not any(leaf.rounded for leaf in self.leaves())

    @property
    def constant(self) -> Fraction | None:
        """Its value, when it reads no cell."""
        return None if self.leaves() else sum((*self.weights.values(), *self.bare.values()), Fraction(0))

    def leaves(self) -> list[Leaf]:
        """Every cell read, each once, in the order of the relation."""
        return list(dict.fromkeys(leaf for product in (*self.weights, *self.bare) for leaf in product))

    @property
    def has_money(self) -> bool:
        """Whether an amount is read."""
        return any(leaf.unit in MONEY_UNITS for leaf in self.leaves())

    def in_money(self, exponent: int, *, money: bool) -> Sum:
        """One sum; bare numbers beside amounts (``money``) are amounts in the pack's unit."""
        factor = Fraction(10) ** exponent if money else Fraction(1)
        return Sum(_added(self.weights, self.bare, factor))


def _added(
    left: Mapping[Product, Fraction], right: Mapping[Product, Fraction], factor: Fraction | int
) -> dict[Product, Fraction]:
    total = dict(left)
    for product, weight in right.items():
        total[product] = total.get(product, Fraction(0)) + weight * factor
        if not total[product]:
            del total[product]
    return total


def _multiplied(left: Mapping[Product, Fraction], right: Mapping[Product, Fraction]) -> dict[Product, Fraction]:
    found: dict[Product, Fraction] = {}
    for one, weight in left.items():
        for other, factor in right.items():
            product = tuple(sorted(one + other, key=lambda leaf: (not leaf.rounded, leaf.cell)))
            if sum(leaf.rounded for leaf in product) > 1:
                raise NoExcelForm
            found = _added(found, {product: weight * factor}, 1)
    return found


class Branch(NamedTuple):
    """A sum, or with ``divisor`` a quotient; one of several where ``needs`` says when it has to be tried."""

    dividend: Sum
    divisor: Sum | None = None
    needs: tuple[Needed, ...] = ()


class Needed(NamedTuple):
    """``branch`` can be the least of ``choices`` (the greatest, when not ``least``); ``number`` is its place."""

    least: bool
    choices: tuple[Branch, ...]
    number: int


def common_scale(*sums: Sum) -> Fraction:
    """The least factor that makes every sum and one unit of every last place whole, whatever is typed."""
    steps = [abs(step_of(product, weight)) for each in sums for product, weight in each.weights.items()]
    if not any(steps):
        return Fraction(1)
    return Fraction(lcm(*(s.denominator for s in steps)), gcd(*(s.numerator for s in steps)))


def step_of(product: Product, weight: Fraction) -> Fraction:
    """What one unit of every last place of a weighted product comes to, in the base unit."""
    for leaf in product:
        weight *= leaf.step
    return weight


def branches(bound: Bound, sheet: str) -> list[Branch]:
    """The sums or quotients that ``bound`` may be, for a formula on ``sheet``. Raises ``NoExcelForm``."""
    match bound:
        case Single(term):
            return [Branch(_of_terms((term,), sheet))]
        case Many(terms):
            return [Branch(_of_terms(terms, sheet))]
        case Nothing():
            return [Branch(Sum())]
        case Constant(value, _, money):
            constant: dict[Product, Fraction] = {(): value} if value else {}
            return [Branch(Sum(constant) if money else Sum({}, constant))]
        case Negative(operand):
            return [b._replace(dividend=Sum().plus(b.dividend, -1)) for b in branches(operand, sheet)]
        case Arithmetic(operator, left, right):
            return [_combined(operator, a, b) for a in branches(left, sheet) for b in branches(right, sheet)]
        case Applied("SUM", arguments):
            return _sums(arguments, sheet)
        case Applied("AVERAGE", arguments):
            count = sum(len(a.terms) if isinstance(a, Many) else 1 for a in arguments)
            share = Fraction(1, count)
            return [b._replace(dividend=Sum().plus(b.dividend, share)) for b in _sums(arguments, sheet)]
        case Applied("MIN" | "MAX" as function, arguments):
            return _choices(function == "MIN", [m for a in arguments for m in _members(a, sheet)])
        case _:
            raise NoExcelForm


def _of_terms(terms: tuple[Term, ...], sheet: str) -> Sum:
    total = Sum()
    for term in terms:
        leaf = leaf_of(term, sheet)
        if leaf.typed and not leaf.rounded:
            total = total.plus(Sum({(): term.figure.value}))
        else:
            total = total.plus(Sum({(leaf,): Fraction(1)}))
    return total


def _members(argument: Bound, sheet: str) -> list[Branch]:
    if isinstance(argument, Many):
        return [Branch(_of_terms((term,), sheet)) for term in argument.terms]
    return branches(argument, sheet)


def _sums(arguments: tuple[Bound, ...], sheet: str) -> list[Branch]:
    total = [Branch(Sum())]
    for argument in arguments:
        total = [_combined("+", a, b) for a in total for b in branches(argument, sheet)]
    return total


def _combined(operator: str, left: Branch, right: Branch) -> Branch:
    needs = left.needs + right.needs
    if operator in "+-":
        if left.divisor is not None or right.divisor is not None:
            raise NoExcelForm
        return Branch(left.dividend.plus(right.dividend, 1 if operator == "+" else -1), None, needs)
    if operator == "*":
        for one, other in ((left, right), (right, left)):
            if other.divisor is None and other.dividend.is_exact:
                return Branch(one.dividend.times(other.dividend), one.divisor, needs)
        raise NoExcelForm
    if right.divisor is not None or left.divisor is not None:
        raise NoExcelForm
    constant = right.dividend.constant
    if constant:
        return Branch(Sum().plus(left.dividend, 1 / constant), None, needs)
    return Branch(left.dividend, right.dividend, needs)


def _choices(least: bool, choices: list[Branch]) -> list[Branch]:
    if len(choices) == 1:
        return choices
    if any(choice.needs for choice in choices):
        raise NoExcelForm
    found = tuple(choices)
    return [choice._replace(needs=(Needed(least, found, number),)) for number, choice in enumerate(found)]
