"""Products and quotients of figures just as printed, as ratios of whole numbers, and what figure prints them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from gouji.figures import Figure

Ratio: TypeAlias = tuple[int, int]
"""A number in the base unit as numerator and positive denominator, not reduced."""
ONE: Ratio = (1, 1)


def ratio_of(figure: Figure) -> Ratio:
    """The figure as printed."""
    places = figure.places
    return (figure.digits, 10**places) if places >= 0 else (figure.digits * 10**-places, 1)


def product(one: Ratio, other: Ratio) -> Ratio:
    """One times the other."""
    return one[0] * other[0], one[1] * other[1]


def quotient(dividend: Ratio, divisor: Ratio) -> Ratio:
    """One divided by another that is positive."""
    return dividend[0] * divisor[1], dividend[1] * divisor[0]


def extreme(choices: Sequence[Ratio], *, least: bool) -> Ratio:
    """The least or the greatest of some."""
    found = choices[0]
    for choice in choices[1:]:
        if (choice[0] * found[1] < found[0] * choice[1]) is least:
            found = choice
    return found


def is_exact(figure: Figure) -> bool:
    """Whether rounding leaves one value."""
    return figure.last is None or not figure.digits


def is_positive(figure: Figure) -> bool:
    """Whether the figure is certainly more than zero: more than half of its own last place."""
    return figure.digits > 0 and (figure.last is None or figure.last >= figure.places)


def prints(figure: Figure, given: Ratio) -> bool:
    """Whether under 四舍五入 the figure is how a number is printed."""
    value, scale = given
    digits, places, last, _ = figure
    finest = max(places, 0 if last is None else last, 0)
    centre: int = 2 * scale * digits * 10 ** (finest - places)
    wanted: int = 2 * value * 10**finest
    if last is None or digits <= 0:
        return centre == wanted
    reach: int = scale * 10 ** (finest - last)
    return centre - reach <= wanted < centre + reach
