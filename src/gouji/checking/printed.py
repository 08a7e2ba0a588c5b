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
    if given is None or not prints(term.figure, given):
        return False
    return all(other.cell != term.cell for other in terms_of(bound))


def _ratio(bound: Bound) -> Ratio | None:
    """What a product, a quotient, MIN or MAX gives; ``None`` where the exact verdict has more to consider.

    That is the case of amounts beside bare numbers, of divisors that rounding may make zero, and of everything that
    the language does not judge.
    """
    if isinstance(bound, Single):
        return ratio_of(bound.term.figure) if bound.term.figure.unit.name not in MONEY_UNITS else None
    if isinstance(bound, Constant):
        return (bound.value.numerator, bound.value.denominator) if not bound.money else None
    if isinstance(bound, Arithmetic):
        return _product(bound.left, bound.right) if bound.operator == "*" else _quotient(bound)
    if isinstance(bound, Applied) and bound.function in {"MIN", "MAX"}:
        choices = [_ratio(argument) for argument in bound.arguments]
        known = [choice for choice in choices if choice is not None]
        return extreme(known, least=bound.function == "MIN") if len(known) == len(choices) else None
    return None


def _product(left: Bound, right: Bound) -> Ratio | None:
    if not _is_exact(left) and not _is_exact(right):
        return None
    one, other = _ratio(left), _ratio(right)
    return None if one is None or other is None else product(one, other)


def _quotient(bound: Arithmetic) -> Ratio | None:
    if bound.operator != "/":
        return None
    _, dividend, divisor = bound
    if isinstance(divisor, Constant):
        one = _ratio(dividend) if divisor.value > 0 and isinstance(dividend, Single) else None
        return None if one is None else quotient(one, (divisor.value.numerator, divisor.value.denominator))
    if not isinstance(divisor, Single) or not is_positive(divisor.term.figure):
        return None
    if isinstance(dividend, Single):
        return quotient(ratio_of(dividend.term.figure), ratio_of(divisor.term.figure))
    if isinstance(dividend, Constant) and dividend.money:
        return quotient((dividend.value.numerator, dividend.value.denominator), ratio_of(divisor.term.figure))
    return None


def _is_exact(bound: Bound) -> bool:
    """Whether rounding leaves one value: a constant, or a figure that is exact or zero."""
    return is_exact(bound.term.figure) if isinstance(bound, Single) else isinstance(bound, Constant)
