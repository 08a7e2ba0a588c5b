"""The quick verdict: a relation that holds for figures just as printed holds, for these are themselves possible truths.

Nearly every instance ends here, in whole numbers. ``False`` only means that it takes the exact verdict.
"""

from __future__ import annotations

from typing import TypeAlias

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Constant, Single, Term, terms_of
from gouji.binding.totals import printed_total
from gouji.checking.linear import power
from gouji.figures import MONEY_UNITS, Figure

Ratio: TypeAlias = tuple[int, int]
"""A number in the base unit as numerator and positive denominator, not reduced."""


def holds_as_printed(relation: Bound, *, half_away: bool = True) -> bool:
    """Whether sums compare as printed, or a figure can print what a product, quotient, MIN or MAX of others gives.

    The second is asked only under 四舍五入 (``half_away``).
    """
    if type(relation) is not Compared:
        return False
    comparison, left, right = relation
    one, other = printed_total(left), printed_total(right)
    if one is None or other is None:
        return half_away and comparison == "=" and type(left) is Single and _can_print(left.term, right)
    if comparison == "=":
        return one == other
    if comparison == ">=":
        return one >= other
    return comparison == "<=" and one <= other


def _can_print(term: Term, bound: Bound) -> bool:
    """Whether the figure's interval holds what ``bound`` gives when its own figures are just as printed."""
    figure = term.figure
    ratio = _ratio(bound) if figure.unit.name not in MONEY_UNITS else None
    if ratio is None or any(other.cell == term.cell for other in terms_of(bound)):
        return False
    value, scale = ratio
    places = max(figure.places, 0 if figure.last is None else figure.last, 0)
    centre = 2 * scale * figure.digits * power(places - figure.places)
    given = 2 * value * power(places)
    if figure.last is None or figure.digits <= 0:
        return centre == given
    reach = scale * power(places - figure.last)
    return centre - reach <= given < centre + reach


def _ratio_of(figure: Figure) -> Ratio:
    places = figure.places
    return (figure.digits, power(places)) if places >= 0 else (figure.digits * power(-places), 1)


def _ratio(bound: Bound) -> Ratio | None:
    """What a product, a quotient, MIN or MAX gives; ``None`` where the exact verdict has more to consider.

    That is the case of amounts beside bare numbers, of divisors that rounding may make zero, and of everything that
    the language does not judge.
    """
    match bound:
        case Single(term):
            return _ratio_of(term.figure) if term.figure.unit.name not in MONEY_UNITS else None
        case Constant(value, _, money):
            return (value.numerator, value.denominator) if not money else None
        case Arithmetic("*", left, right) if _is_exact(left) or _is_exact(right):
            one, other = _ratio(left), _ratio(right)
            return None if one is None or other is None else (one[0] * other[0], one[1] * other[1])
        case Arithmetic("/", Single(dividend), Single(divisor)) if _is_positive(divisor.figure):
            one, other = _ratio_of(dividend.figure), _ratio_of(divisor.figure)
            return one[0] * other[1], one[1] * other[0]
        case Arithmetic("/", Single() as amount, Constant(value)) if value > 0:
            one = _ratio(amount)
            return None if one is None else (one[0] * value.denominator, one[1] * value.numerator)
        case Arithmetic("/", Constant(value, _, True), Single(divisor)) if _is_positive(divisor.figure):
            other = _ratio_of(divisor.figure)
            return value.numerator * other[1], value.denominator * other[0]
        case Applied("MIN" | "MAX" as function, arguments):
            return _extreme(function == "MIN", [_ratio(argument) for argument in arguments])
    return None


def _extreme(least: bool, choices: list[Ratio | None]) -> Ratio | None:
    found = choices[0]
    for choice in choices:
        if choice is None or found is None:
            return None
        if (choice[0] * found[1] < found[0] * choice[1]) is least:
            found = choice
    return found


def _is_exact(bound: Bound) -> bool:
    """Whether rounding leaves one value: a constant, or a figure that is exact or zero."""
    if isinstance(bound, Single):
        return bound.term.figure.last is None or not bound.term.figure.digits
    return isinstance(bound, Constant)


def _is_positive(figure: Figure) -> bool:
    """Whether the figure is certainly more than zero: more than half of its own last place."""
    return figure.digits > 0 and (figure.last is None or figure.last >= figure.places)
