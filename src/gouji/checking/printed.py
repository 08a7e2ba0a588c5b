"""The quick verdict: a relation that holds for figures just as printed holds, for these are themselves possible truths.

Nearly every instance ends here, in whole numbers. ``False`` only means that it takes the exact verdict.
"""

from __future__ import annotations

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Constant, Single, Term, terms_of
from gouji.binding.ratios import Ratio, extreme, is_exact, is_positive, prints, product, quotient, ratio_of
from gouji.binding.totals import printed_total
from gouji.figures import MONEY_UNITS


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
    given = _ratio(bound) if term.figure.unit.name not in MONEY_UNITS else None
    if given is None or any(other.cell == term.cell for other in terms_of(bound)):
        return False
    return prints(term.figure, given)


def _ratio(bound: Bound) -> Ratio | None:
    """What a product, a quotient, MIN or MAX gives; ``None`` where the exact verdict has more to consider.

    That is the case of amounts beside bare numbers, of divisors that rounding may make zero, and of everything that
    the language does not judge.
    """
    match bound:
        case Single(term):
            return ratio_of(term.figure) if term.figure.unit.name not in MONEY_UNITS else None
        case Constant(value, _, money):
            return (value.numerator, value.denominator) if not money else None
        case Arithmetic("*", left, right) if _is_exact(left) or _is_exact(right):
            one, other = _ratio(left), _ratio(right)
            return None if one is None or other is None else product(one, other)
        case Arithmetic("/", Single(dividend), Single(divisor)) if is_positive(divisor.figure):
            return quotient(ratio_of(dividend.figure), ratio_of(divisor.figure))
        case Arithmetic("/", Single() as amount, Constant(value)) if value > 0:
            one = _ratio(amount)
            return None if one is None else quotient(one, (value.numerator, value.denominator))
        case Arithmetic("/", Constant(value, _, True), Single(divisor)) if is_positive(divisor.figure):
            return quotient((value.numerator, value.denominator), ratio_of(divisor.figure))
        case Applied("MIN" | "MAX" as function, arguments):
            choices = [found for argument in arguments if (found := _ratio(argument)) is not None]
            return extreme(choices, least=function == "MIN") if len(choices) == len(arguments) else None
    return None


def _is_exact(bound: Bound) -> bool:
    """Whether rounding leaves one value: a constant, or a figure that is exact or zero."""
    return is_exact(bound.term.figure) if isinstance(bound, Single) else isinstance(bound, Constant)
