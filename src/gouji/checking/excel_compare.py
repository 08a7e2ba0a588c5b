"""Comparisons of sums and quotients in whole numbers: the tests of :mod:`gouji.checking.decide` as Excel texts.

With *v* the difference as printed and *h* its half (½ of a last place for each figure that is not zero), both whole:
``=`` is ``ABS(v)<MAX(1,h)``, ``<=`` is ``v<MAX(1,h)``. Ends never matter there, since a figure that is not zero is at
least twice its own half place. They do where exact numbers stand beside rounded figures: then figures that leave the
end open are counted, ``v-h+(count>0)<=0``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.checking.excel_cells import Leaf, NoExcelForm, is_whole, literal
from gouji.checking.excel_sums import Branch, Needed, Sum, common_scale, step_of
from gouji.checking.excel_whole import (
    LARGEST_WHOLE,
    Coefficient,
    Half,
    Whole,
    addends,
    as_number,
    coefficients,
    joined,
    open_ends,
    unwrapped,
    whole,
)
from gouji.language.ast import Comparison


class Test(NamedTuple):
    """A comparison as a text; ``guard`` (a divisor that may be zero) comes first and then gives ``guarded``."""

    text: str
    guard: str = ""
    guarded: str = "TRUE"


def compared(comparison: Comparison, difference: Sum) -> str:
    """``difference ? 0`` for a sum without bare numbers."""
    scale = common_scale(difference)
    if comparison in {"<", ">", "<>"}:
        value, half, _ = whole(difference, scale)
        if comparison == "<>":
            return f"{unwrapped(value)}<>0"
        return f"{_below(value, half)}<0" if comparison == "<" else f"{_above(value, half)}>0"
    if _ends_never_matter(difference):
        return _closed(comparison, *whole(difference, scale)[:2])
    scale *= 2
    value, half, _ = whole(difference, scale)
    below = f"{_below(value, half)}{_one_if('+', open_ends(difference, scale, '<'))}<=0"
    above = f"{_above(value, half)}{_one_if('-', open_ends(difference, scale, '>'))}>=0"
    return {"=": f"AND({below},{above})", "<=": below, ">=": above}[comparison]


def _closed(comparison: Comparison, value: str, half: Half) -> str:
    if not half:
        return f"{unwrapped(value)}{comparison}0"
    room = f"MAX(1,{as_number(addends(half))})"
    return {"=": f"ABS({unwrapped(value)})<{room}", "<=": f"{value}<{room}", ">=": f"{value}>-{room}"}[comparison]


def _ends_never_matter(difference: Sum) -> bool:
    """No exact number beside rounded figures; or beside one only, and a whole number of its last places."""
    exact = [step_of(p, w) for p, w in difference.weights.items() if not any(leaf.rounded for leaf in p)]
    rounded = [(p, w) for p, w in difference.weights.items() if any(leaf.rounded for leaf in p)]
    if not exact or not rounded:
        return True
    if len(rounded) > 1 or len(rounded[0][0]) > 1:
        return False
    step = step_of(*rounded[0])
    return all(is_whole(number / step) for number in exact)


def _below(value: str, half: Half) -> str:
    """The lower end."""
    return value + "".join(f"-{text}" for text in addends(half))


def _above(value: str, half: Half) -> str:
    """The upper end."""
    return "+".join([value, *addends(half)])


def _one_if(sign: str, counted: Sequence[str]) -> str:
    """Plus or minus one where something was counted."""
    if not counted:
        return ""
    alone = len(counted) == 1 and counted[0].startswith("(")
    return sign + (counted[0] if alone else f"({'+'.join(counted)}>0)")


class _Quotient(NamedTuple):
    """``dividend ÷ divisor`` compared with ``end / scale``; everything whole, ends included."""

    dividend: Sum
    divisor: Sum
    n: Whole
    d: Whole
    scale: Fraction
    """The scale of both sums."""
    times_n: int
    times_d: int

    def value(self, end: str) -> str:
        """Dividend − end × divisor, with the sign that makes the divisor positive."""
        above, below = _product(self.times_n, self.n.value), _product(self.times_d, end, self.d.value)
        return f"{self.sign}*({above}-{below})"

    @property
    def sign(self) -> str:
        """The sign of the divisor."""
        return f"SIGN({_alone(self.divisor) or unwrapped(self.d.value)})"

    def half(self, end: str) -> list[str]:
        """Addends of how far rounding of dividend and divisor reaches to either side of that."""
        if not set(self.dividend.leaves()) & set(self.divisor.leaves()):
            return self.half_apart(end)
        return [
            f"ABS({coefficient})" + ("" if leaf.typed else f"*({leaf.text}<>0)")
            for leaf, coefficient in self._coefficients(end).items()
            if not leaf.typed or leaf.number
        ]

    def half_apart(self, end: str) -> list[str]:
        """The same where a cell in both counts as two."""
        return addends(self.n.half, self.times_n) + addends(self.d.half, self.times_d, f"ABS({unwrapped(end)})")

    def open_ends(self, end: str, side: str) -> list[str]:
        """Addends that count the figures which leave that end open."""
        coefficients_now = self._coefficients(end).items()
        return [f"({self.sign}*({coefficient})*{leaf.text}{side}0)" for leaf, coefficient in coefficients_now]

    def _coefficients(self, end: str) -> dict[Leaf, str]:
        """Half of what each rounded cell is multiplied by."""
        above, below = coefficients(self.dividend, self.scale), coefficients(self.divisor, self.scale)
        found: dict[Leaf, list[str]] = {}
        for leaf, one in above.items():
            found.setdefault(leaf, []).append(_signed(one, 1, _product(self.times_n)))
        for leaf, one in below.items():
            found.setdefault(leaf, []).append(_signed(one, -1, _product(self.times_d, end)))
        return {leaf: joined(texts) for leaf, texts in found.items()}


def _signed(coefficient: Coefficient, sign: int, text: str) -> str:
    half, factor, own = coefficient
    product = _product(half, text, *([factor] if factor else []))
    return f"-{product}" if sign * own < 0 else product


def _product(number: Fraction | int, *texts: str) -> str:
    kept = [text for text in texts if text != "1"]
    if number == 1 and kept:
        return "*".join(kept)
    return "*".join([literal(number), *kept])


def _quotient(dividend: Sum, divisor: Sum, end_scale: Fraction, end_size: Fraction) -> _Quotient:
    scale = 2 * common_scale(dividend, divisor)
    n, d = whole(dividend, scale), whole(divisor, scale)
    times_n, times_d = end_scale.numerator, end_scale.denominator
    if times_n * n.size + times_d * end_size * d.size >= LARGEST_WHOLE:
        raise NoExcelForm
    return _Quotient(dividend, divisor, n, d, scale, times_n, times_d)


def rate_test(comparison: Comparison, rate: Sum, dividend: Sum, divisor: Sum, money: int) -> Test:
    """``rate ? dividend ÷ divisor``: two whole comparisons, one for each end of the rate."""
    amounts = dividend.has_money or divisor.has_money
    if amounts and divisor.bare:
        raise NoExcelForm
    rate = rate.in_money(0, money=False)
    dividend, divisor = dividend.in_money(money, money=amounts), divisor.in_money(money, money=amounts)
    scale = 2 * common_scale(rate)
    printed, half, size = whole(rate, scale)
    quotient = _quotient(dividend, divisor, scale, size)
    low, high = (f"({_below(printed, half)})", f"({_above(printed, half)})") if half else (printed, printed)
    guard, guarded = _guard(rate, printed, divisor, quotient.d)
    return Test(_rate_text(comparison, rate, scale, quotient, printed, low, high), guard, guarded)


def _rate_text(
    comparison: Comparison, rate: Sum, scale: Fraction, quotient: _Quotient, printed: str, low: str, high: str
) -> str:
    if comparison == "<>":
        return f"{quotient.value(printed)}<>0"
    reach_low, reach_high = quotient.half(low), quotient.half(high)
    top = "+".join([quotient.value(low), *reach_low])
    bottom = quotient.value(high) + "".join(f"-{text}" for text in reach_high)
    if comparison in {"<", ">"}:
        return f"{top}>0" if comparison == "<" else f"{bottom}<0"
    if _rate_ends_never_matter(rate, quotient):
        reaches = f"{quotient.value(low)}>-MAX(1,{as_number(reach_low)})"
        within = f"{quotient.value(high)}<MAX(1,{as_number(reach_high)})"
    else:
        low_open = _one_if("-", open_ends(rate, scale, "<") + quotient.open_ends(low, ">"))
        high_open = _one_if("+", open_ends(rate, scale, ">") + quotient.open_ends(high, "<"))
        reaches, within = f"{top}{low_open}>=0", f"{bottom}{high_open}<=0"
    return {"=": f"AND({reaches},{within})", "<=": reaches, ">=": within}[comparison]


def _rate_ends_never_matter(rate: Sum, quotient: _Quotient) -> bool:
    """One figure as the rate, and only rounded figures, each once, in the quotient."""
    alone = len(rate.weights) == 1 and [len(product) for product in rate.weights] == [1] and not rate.is_exact
    products = [*quotient.dividend.weights, *quotient.divisor.weights]
    cells = [leaf for product in products for leaf in product]
    only_rounded = all(any(leaf.rounded for leaf in product) for product in products)
    return alone and only_rounded and len(cells) == len(set(cells))


def _guard(rate: Sum, printed: str, divisor: Sum, d: Whole) -> tuple[str, str]:
    """The test for a divisor that may be zero, and the verdict then: a rate other than zero beside it is wrong."""
    rate_is_zero = f"{_alone(rate) or unwrapped(printed)}=0"
    if not divisor.leaves():
        return ("", "") if divisor.constant else ("TRUE", rate_is_zero)
    sole = _alone(divisor)
    if sole or not d.half:
        return f"{sole or unwrapped(d.value)}=0", rate_is_zero
    half = as_number(addends(d.half))
    return f"ABS({unwrapped(d.value)})<={half}", f"OR({unwrapped(d.value)}<>0,{half}>0,{rate_is_zero})"


def _alone(each: Sum) -> str:
    """The cell, where the sum is a single one times a number."""
    products = list(each.weights)
    return products[0][0].text if len(products) == 1 and len(products[0]) == 1 else ""


def needed_text(needed: Needed) -> str:
    """The condition under which a branch of MIN or MAX has to be tried, as ``linear._branches`` chooses them."""
    choices = [
        c._replace(
            dividend=c.dividend.in_money(0, money=False),
            divisor=None if c.divisor is None else c.divisor.in_money(0, money=False),
        )
        for c in needed.choices
    ]
    own = choices[needed.number]
    texts = [
        _reaches(own, other, least=needed.least, first=place > needed.number)
        for place, other in enumerate(choices)
        if place != needed.number
    ]
    maybe_zero = [_may_be_zero(c.divisor) for c in choices if c.divisor is not None]
    text = texts[0] if len(texts) == 1 else f"AND({','.join(texts)})"
    return f"OR({','.join([*maybe_zero, text])})" if maybe_zero else text


def _may_be_zero(divisor: Sum) -> str:
    value, half, _ = whole(divisor, 2 * common_scale(divisor))
    return f"ABS({unwrapped(value)})<={as_number(addends(half))}"


def _reaches(own: Branch, other: Branch, *, least: bool, first: bool) -> str:
    """Whether ``own`` can lie below ``other`` (above, when not ``least``); ``first``: equal single numbers count."""
    if own.divisor is not None and other.divisor is not None:
        raise NoExcelForm
    if own.divisor is not None:
        return _quotient_reaches(own.dividend, own.divisor, other.dividend, below=least, own=first)
    if other.divisor is not None:
        return _quotient_reaches(other.dividend, other.divisor, own.dividend, below=not least, line=first)
    scale = 2 * common_scale(own.dividend, other.dividend)
    one, two = whole(own.dividend, scale), whole(other.dividend, scale)
    equal = _one_if_none(one.half) if first else ""
    if least:
        return f"{_below(one.value, one.half)}<{_above(two.value, two.half)}{equal}"
    return f"{_above(one.value, one.half)}{equal}>{_below(two.value, two.half)}"


def _one_if_none(half: Half) -> str:
    """Plus one where rounding leaves nothing open: ``<`` then becomes ``<=``."""
    return f"+({as_number(addends(half))}=0)" if half else "+1"


def _quotient_reaches(
    dividend: Sum, divisor: Sum, other: Sum, *, below: bool, own: bool = False, line: bool = False
) -> str:
    """Whether the quotient can lie below the upper end of the other sum, or above its lower end.

    ``own`` and ``line``: equal counts where the quotient, or the other sum, is a single number.
    """
    scale = 2 * common_scale(other)
    value, half, size = whole(other, scale)
    quotient = _quotient(dividend, divisor, scale, size)
    end = f"({_above(value, half) if below else _below(value, half)})" if half else value
    equal = _one_if_none(half) if line else _one_if_single(quotient) if own else ""
    reach = f"({as_number(quotient.half_apart(end))}{equal})"
    return f"{quotient.value(end)}<{reach}" if below else f"{quotient.value(end)}>-{reach}"


def _one_if_single(quotient: _Quotient) -> str:
    """Plus one where the quotient is one number."""
    n, d = (as_number(addends(whole.half)) for whole in (quotient.n, quotient.d))
    return f"+1*AND({n}=0,OR({d}=0,{unwrapped(quotient.n.value)}=0))"
