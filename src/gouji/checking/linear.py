"""Sums of weighted figures and quotients of two such sums, over everything that rounding leaves possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from gouji.binding.bound import Applied, Arithmetic, Bound, Constant, Function, Many, Negative, Nothing, Single, Term
from gouji.figures import MONEY_UNITS, Figure, Interval, Rounding
from gouji.language.ast import Operator
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
        return all(figure.last is None or not figure.digits for _, figure in self.terms.values())

    @property
    def printed(self) -> Fraction:
        """Its value with every figure as printed."""
        if not self.terms:
            return Fraction(self.constant + self.bare)
        weighted = self.terms.values()
        places = max([0, *[figure.places for _, figure in weighted]])
        total = sum([weight * figure.digits * _TENS[places - figure.places] for weight, figure in weighted])
        value = Fraction(total, _TENS[places])
        return value + (self.constant + self.bare) if self.constant or self.bare else value

    def scaled(self, factor: Weight) -> Linear:
        """Every weight times ``factor``."""
        if not factor:
            return NOTHING
        factor = whole(factor)
        terms = {cell: Weighted(_times(weight, factor), figure) for cell, (weight, figure) in self.terms.items()}
        return Linear(terms, _times(self.constant, factor), _times(self.bare, factor))

    def plus(self, other: Linear, factor: Weight = 1) -> Linear:
        """This and ``factor`` times ``other``; a cell in both is one truth."""
        terms = dict(self.terms)
        for cell, (weight, figure) in other.terms.items():
            known = terms.get(cell)
            more = _times(weight, factor)
            total = more if known is None else known.weight + more
            if total or known is None:
                terms[cell] = Weighted(total, figure)
            else:
                del terms[cell]
        constant = self.constant + _times(other.constant, factor)
        return Linear(terms, constant, self.bare + _times(other.bare, factor))

    def in_money(self, exponent: int) -> Linear:
        """Bare numbers beside amounts are amounts in the pack's unit (``10 ** exponent`` 元)."""
        if not self.bare or not any(w.figure.unit.name in MONEY_UNITS for w in self.terms.values()):
            return self
        return Linear(self.terms, self.constant + self.bare * 10**exponent)


def _times(weight: Weight, factor: Weight) -> Weight:
    """One times the other, without the cost of fractions where one of them is nothing or one, as most are."""
    if not weight or factor == 1:
        return weight
    return factor if weight == 1 else weight * factor


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
    if isinstance(bound, Single):
        return [Form(Linear({bound.term.cell: Weighted(1, bound.term.figure)}))]
    if isinstance(bound, Constant):
        value = whole(bound.value)
        return [Form(Linear({}, value) if bound.money else Linear({}, bare=value))]
    if isinstance(bound, Arithmetic):
        right = forms(bound.right)
        return [_combined(bound.operator, one, other) for one in forms(bound.left) for other in right]
    if isinstance(bound, Many):
        return [Form(_of_terms(bound.terms))]
    if isinstance(bound, Applied):
        return _applied(bound.function, bound.arguments)
    if isinstance(bound, Negative):
        return [Form(one.dividend.scaled(-1), one.divisor) for one in forms(bound.operand)]
    if isinstance(bound, Nothing):
        return [Form(NOTHING)]
    raise NotLinear


def _applied(function: Function, arguments: tuple[Bound, ...]) -> list[Form]:
    if function == "SUM":
        return _sums(arguments)
    if function == "AVERAGE":
        count = sum(len(one.terms) if isinstance(one, Many) else 1 for one in arguments)
        return [Form(one.dividend.scaled(Fraction(1, count))) for one in _sums(arguments)]
    if function in {"MIN", "MAX"}:
        return _branches([form for one in arguments for form in _members(one)], least=function == "MIN")
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


def _combined(operator: Operator, left: Form, right: Form) -> Form:
    if operator == "*":
        return _product(left, right)
    if left.divisor is not None or right.divisor is not None:
        raise NotLinear
    if operator != "/":
        return Form(left.dividend.plus(right.dividend, 1 if operator == "+" else -1))
    number = 0 if right.dividend.terms else right.dividend.constant + right.dividend.bare
    if number:
        return Form(left.dividend.scaled(Fraction(number.denominator, number.numerator)))
    return Form(left.dividend, right.dividend)


def _product(left: Form, right: Form) -> Form:
    """One side times the other, which is exact: rather a number, so that what is counted stays a count."""
    pairs = ((left, right), (right, left))
    for one, other in pairs if left.dividend.terms or not right.dividend.terms else reversed(pairs):
        if other.divisor is None and other.dividend.is_exact:
            return Form(one.dividend.scaled(other.dividend.printed), one.divisor)
    raise NotLinear


def _branches(choices: list[Form], *, least: bool) -> list[Form]:
    """The choices that can be the least (or greatest) one."""
    spans = [_whole_reach(choice) for choice in choices]
    known = [span for span in spans if span is not None]
    if len(known) < len(choices) or len(choices) == 1:
        return choices
    common = lcm(*[scale for _, _, scale in known])
    if least:
        ends = [(low * (common // scale), high * (common // scale)) for low, high, scale in known]
    else:
        ends = [(-high * (common // scale), -low * (common // scale)) for low, high, scale in known]
    limit = min([high for _, high in ends])
    kept = [choice for choice, (low, _) in zip(choices, ends, strict=True) if low < limit]
    exact = next(choice for choice, (_, high) in zip(choices, ends, strict=True) if high == limit)
    return kept if any(choice is exact for choice in kept) else [*kept, exact]


def _whole_reach(form: Form) -> tuple[int, int, int] | None:
    """The ends of everything a sum or quotient can be, in whole numbers, and the scale they are in."""
    if form.divisor is None:
        low, high, _, _, scale = integer_span(form.dividend)
        return low, high, scale
    found = reach(form)
    if found is None:
        return None
    low_scale, high_scale = found.low.denominator, found.high.denominator
    return found.low.numerator * high_scale, found.high.numerator * low_scale, low_scale * high_scale


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


def ends(linear: Linear, truths: Truths = HALF_AWAY) -> tuple[Weight, Weight, bool, bool]:
    """On which sides of zero the sum can be, as of ``Ends``; under 四舍五入 found in whole numbers."""
    return integer_span(linear)[:4] if truths is HALF_AWAY else span(linear, truths)


class _Tens(dict[int, int]):
    """Powers of ten, found at the cost of a lookup."""

    def __missing__(self, exponent: int) -> int:
        return int(10**exponent)


_TENS = _Tens({exponent: 10**exponent for exponent in range(64)})


def integer_span(linear: Linear) -> tuple[int, int, bool, bool, int]:
    """The ends of the sum under 四舍五入 in integers, whether each is open, and the scale they are in."""
    weighted = linear.terms.values()
    places = 0
    for _, (_, own, last, _) in weighted:
        needed = own if last is None or own > last else last + 1
        places = needed if needed > places else places
    constant = linear.constant + linear.bare
    factor = lcm(constant.denominator, *[weight.denominator for weight, _ in weighted])
    scale = factor * _TENS[places]
    centre, halves = constant.numerator * (scale // constant.denominator), 0
    low_open = high_open = False
    for weight, (digits, own, last, _) in weighted:
        if not digits or not weight:
            continue
        in_whole = weight.numerator if factor == 1 else weight.numerator * (factor // weight.denominator)
        centre += in_whole * digits * _TENS[places - own]
        if last is None:
            continue
        if (in_whole > 0) is (digits > 0):
            high_open = True
        else:
            low_open = True
        halves += abs(in_whole) * _TENS[places - last - 1]
    return centre - 5 * halves, centre + 5 * halves, low_open, high_open, scale


def power(exponent: int) -> int:
    """``10 ** exponent``."""
    return _TENS[exponent]
