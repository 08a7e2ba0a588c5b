"""Sums of weighted figures and quotients of two such sums, over everything that rounding leaves possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from gouji.binding.bound import (
    Applied,
    Arithmetic,
    Bound,
    Constant,
    Many,
    Negative,
    Nothing,
    Single,
    Term,
)
from gouji.figures import MONEY_UNITS, Figure, Interval, Rounding
from gouji.sheet import CellRef

Weight: TypeAlias = int | Fraction
Truths: TypeAlias = Callable[[CellRef, Figure], Interval]
"""The interval of truths of a figure; replaced to ask what would hold if one of them were different."""


class NotLinear(Exception):  # noqa: N818 - says that the expression is outside the language's relations
    """The expression is no sum or quotient of figures that can be judged exactly."""


class Weighted(NamedTuple):
    """A figure with its weight in a sum."""

    weight: Weight
    figure: Figure


class Linear(NamedTuple):
    """``Σ weight × figure + constant`` in base units, each cell once; ``bare`` are numbers without a unit yet.

    Whole numbers are kept as ``int``: most sums have no other, and fractions cost ten times as much.
    """

    terms: Mapping[CellRef, Weighted]
    constant: Weight = 0
    bare: Weight = 0

    @property
    def is_exact(self) -> bool:
        """Whether rounding leaves it one value."""
        return all(w.figure.last is None or not w.figure.digits for w in self.terms.values())

    @property
    def printed(self) -> Fraction:
        """Its value with every figure as printed."""
        if not self.terms:
            return Fraction(self.constant + self.bare)
        weighted = self.terms.values()
        places = max([0, *(figure.places for _, figure in weighted)])
        total = sum(weight * figure.digits * power(places - figure.places) for weight, figure in weighted)
        value = Fraction(total, power(places))
        return value + (self.constant + self.bare) if self.constant or self.bare else value

    def scaled(self, factor: Weight) -> Linear:
        """Every weight times ``factor``."""
        if not factor:
            return Linear({})
        factor = whole(factor)
        terms = {cell: Weighted(weight * factor, figure) for cell, (weight, figure) in self.terms.items()}
        return Linear(terms, self.constant * factor, self.bare * factor)

    def plus(self, other: Linear, factor: Weight = 1) -> Linear:
        """This and ``factor`` times ``other``; a cell in both is one truth."""
        terms = dict(self.terms)
        for cell, (weight, figure) in other.terms.items():
            known = terms.get(cell)
            total = weight * factor + (known.weight if known else 0)
            if total or known is None:
                terms[cell] = Weighted(total, figure)
            else:
                del terms[cell]
        return Linear(terms, self.constant + other.constant * factor, self.bare + other.bare * factor)

    def in_money(self, exponent: int) -> Linear:
        """Bare numbers beside amounts are amounts in the pack's unit (``10 ** exponent`` 元)."""
        if not self.bare or not any(w.figure.unit.name in MONEY_UNITS for w in self.terms.values()):
            return self
        return Linear(self.terms, self.constant + self.bare * 10**exponent)


def whole(value: Weight) -> Weight:
    """``value`` as an ``int`` where it is one."""
    return value.numerator if value.denominator == 1 else value


class Form(NamedTuple):
    """A sum, or with ``divisor`` a quotient of two sums."""

    dividend: Linear
    divisor: Linear | None = None


NOTHING = Linear({})


def forms(bound: Bound) -> list[Form]:
    """The sums or quotients that ``bound`` may be: one, or one for each branch of MIN and MAX that rounding allows."""
    match bound:
        case Single(term):
            return [Form(_of_terms((term,)))]
        case Many(terms):
            return [Form(_of_terms(terms))]
        case Nothing():
            return [Form(NOTHING)]
        case Constant(value, _, money):
            return [Form(Linear({}, whole(value)) if money else Linear({}, bare=whole(value)))]
        case Negative(operand):
            return [Form(f.dividend.scaled(-1), f.divisor) for f in forms(operand)]
        case Arithmetic(operator, left, right):
            return [_combined(operator, a, b) for a in forms(left) for b in forms(right)]
        case Applied("SUM", arguments):
            return _sums(arguments)
        case Applied("AVERAGE", arguments):
            count = sum(len(a.terms) if isinstance(a, Many) else 1 for a in arguments)
            return [Form(f.dividend.scaled(Fraction(1, count))) for f in _sums(arguments)]
        case Applied("MIN" | "MAX", arguments):
            return _branches(bound.function == "MIN", [f for a in arguments for f in _members(a)])
        case _:
            raise NotLinear


def _of_terms(terms: tuple[Term, ...]) -> Linear:
    found: dict[CellRef, Weighted] = {}
    for term in terms:
        known = found.get(term.cell)
        found[term.cell] = Weighted(1 if known is None else known.weight + 1, term.figure)
    return Linear(found)


def _members(argument: Bound) -> list[Form]:
    if isinstance(argument, Many):
        return [Form(_of_terms((term,))) for term in argument.terms]
    return forms(argument)


def _sums(arguments: tuple[Bound, ...]) -> list[Form]:
    total = forms(arguments[0]) if arguments else [Form(NOTHING)]
    if any(form.divisor is not None for form in total):
        raise NotLinear
    for argument in arguments[1:]:
        total = [_combined("+", a, b) for a in total for b in forms(argument)]
    return total


def _combined(operator: str, left: Form, right: Form) -> Form:
    if operator in "+-":
        if left.divisor is not None or right.divisor is not None:
            raise NotLinear
        return Form(left.dividend.plus(right.dividend, 1 if operator == "+" else -1))
    if operator == "*":
        pairs = sorted(((left, right), (right, left)), key=lambda pair: _has_cells(pair[1].dividend))
        for one, other in pairs:  # a number scales a figure, so that what is counted stays a count
            if other.divisor is None and other.dividend.is_exact:
                return Form(one.dividend.scaled(other.dividend.printed), one.divisor)
        raise NotLinear
    if right.divisor is not None or left.divisor is not None:
        raise NotLinear
    if right.dividend.is_exact and right.dividend.printed and not _has_cells(right.dividend):
        return Form(left.dividend.scaled(1 / right.dividend.printed))
    return Form(left.dividend, right.dividend)


def _has_cells(linear: Linear) -> bool:
    return bool(linear.terms)


def _branches(least: bool, choices: list[Form]) -> list[Form]:
    """The choices that can be the least (or greatest) one."""
    spans = [reach(choice) for choice in choices]
    if any(span is None for span in spans):
        return choices
    known = [span for span in spans if span is not None]
    limit = min(s.high for s in known) if least else max(s.low for s in known)
    kept = [c for c, s in zip(choices, known, strict=True) if (s.low < limit if least else s.high > limit)]
    exact = [c for c, s in zip(choices, known, strict=True) if (s.high if least else s.low) == limit]
    return list({id(c): c for c in kept + exact[:1]}.values())


def reach(form: Form) -> Interval | None:
    """Everything a sum or quotient can be; ``None`` where the divisor may be zero."""
    if form.divisor is None:
        return span(form.dividend)
    above, below = span(form.dividend), span(form.divisor)
    if below.low <= 0 <= below.high:
        return None
    ends = [a / b for a in (above.low, above.high) for b in (below.low, below.high)]
    return Interval(min(ends), max(ends))


def rounded(rounding: Rounding) -> Truths:
    """The truths of figures under one rounding."""
    return lambda _cell, figure: figure.interval(rounding)


HALF_AWAY = rounded(Rounding.HALF_AWAY)


def span(linear: Linear, truths: Truths = HALF_AWAY) -> Interval:
    """Everything the sum can be."""
    if truths is HALF_AWAY:
        low, high, low_open, high_open, scale = integer_span(linear)
        return Interval(Fraction(low, scale), Fraction(high, scale), low_open, high_open)
    total = Interval.point(linear.constant + linear.bare)
    for cell, (weight, figure) in linear.terms.items():
        total = total.plus(truths(cell, figure).scaled(weight))
    return total


class Ends(NamedTuple):
    """The ends of a sum times some positive number: enough to compare it with zero."""

    low: Weight
    high: Weight
    low_open: bool
    high_open: bool


def ends(linear: Linear, truths: Truths = HALF_AWAY) -> Ends:
    """On which sides of zero the sum can be; under 四舍五入 found in whole numbers."""
    if truths is HALF_AWAY:
        return Ends(*integer_span(linear)[:4])
    return Ends(*span(linear, truths))


_TENS = tuple(10**power for power in range(64))


def integer_span(linear: Linear) -> tuple[int, int, bool, bool, int]:
    """The ends of the sum under 四舍五入 in integers, whether each is open, and the scale they are in."""
    weighted = list(linear.terms.values())
    places = 0
    for _, (_, own, last, _) in weighted:
        needed = own if last is None or own > last else last + 1
        places = needed if needed > places else places
    constant = linear.constant + linear.bare
    factor = lcm(constant.denominator, *[weight.denominator for weight, _ in weighted])
    scale = factor * power(places)
    low = high = int(constant * scale)
    low_open = high_open = False
    for weight, (digits, own, last, _) in weighted:
        if not digits or not weight:
            continue
        in_whole = weight.numerator if factor == 1 else int(weight * factor)
        centre = in_whole * digits * power(places - own)
        half = 0 if last is None else abs(in_whole) * 5 * power(places - last - 1)
        low += centre - half
        high += centre + half
        if half and (weight > 0) is (digits > 0):
            high_open = True
        elif half:
            low_open = True
    return low, high, low_open, high_open, scale


def power(exponent: int) -> int:
    """``10 ** exponent``."""
    return _TENS[exponent] if 0 <= exponent < 64 else int(10**exponent)
