"""What a cell could print so that its truth lies between two ends."""

from __future__ import annotations

from fractions import Fraction

from gouji.diagnosis.rows import End
from gouji.figures import Figure, Interval, power_of_ten

MOST_VALUES = 3


def step(figure: Figure) -> Fraction:
    """What a figure moves by: one unit of its last place; of an exact one, of the last place it prints."""
    return power_of_ten(-_place(figure))


def of_units(figure: Figure, units: int) -> Figure:
    """``units`` steps of ``figure``, as it would print them."""
    place = _place(figure)
    return Figure(units, place, figure.last, figure.unit)


def _place(figure: Figure) -> int:
    return figure.places if figure.last is None else figure.last


def printable_ends(figure: Figure, low: End | None, high: End | None) -> tuple[Figure | None, Figure | None]:
    """The least and greatest figure of the same last place whose truths reach into the range."""
    least = None if low is None else _first_printable(figure, low, upwards=True)
    most = None if high is None else _first_printable(figure, high, upwards=False)
    return least, most


def _first_printable(figure: Figure, end: End, *, upwards: bool) -> Figure:
    """The outermost printable figure on one side, found in its steps; a lower end is a mirrored one."""
    limit = end.value / step(figure)
    numerator, denominator = limit.numerator if upwards else -limit.numerator, limit.denominator
    units = (2 * numerator - denominator) // (2 * denominator)
    while not _reaches(units, 2 * numerator, denominator, end.is_open, is_exact=figure.last is None):
        units += 1
    return of_units(figure, units if upwards else -units)


def _reaches(units: int, doubled: int, denominator: int, is_open: bool, *, is_exact: bool) -> bool:
    """Whether the truths of a figure of ``units`` last places reach above a limit, or to it where it is included.

    ``doubled`` is twice the limit times ``denominator``. The upper edge of a positive figure is open, that of a
    negative one closed; zero is exact.
    """
    edge = denominator * (2 * units if is_exact or not units else 2 * units + 1)
    return edge > doubled or (edge == doubled and (is_exact or units <= 0) and not is_open)


def between(least: Figure | None, most: Figure | None) -> tuple[Figure, ...]:
    """All figures between two, where these are at most ``MOST_VALUES``."""
    if least is None or most is None or most.digits - least.digits >= MOST_VALUES:
        return ()
    return tuple(of_units(least, units) for units in range(least.digits, most.digits + 1))


def moved_by(figure: Figure, difference: Fraction) -> Figure | None:
    """The figure with its value changed by so much (base unit); ``None`` where its last place cannot print that."""
    units = (figure.value + difference) / step(figure)
    return of_units(figure, int(units)) if units.denominator == 1 else None


def from_middle(value: Figure, allowed: Interval | None) -> Fraction:
    """How far a value is from the middle of the range: of two that print the same truth the likelier one."""
    return Fraction(0) if allowed is None else abs(value.value - (allowed.low + allowed.high) / 2)
