"""Printed figures and the truths that round to them.

A figure is what a cell prints. It is exact arithmetic from here on: integers at a decimal place, never floats.
A rounded figure stands for every truth inside half a unit of its last place (四舍五入, half away from zero):
``x > 0`` is ``[x - h, x + h)``, ``x < 0`` is ``(x - h, x + h]``, and a printed zero is exactly zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple


class Rounding(Enum):
    """How truths became printed figures."""

    HALF_AWAY = "四舍五入"
    TRUNCATED = "截断"


class Unit(NamedTuple):
    """A unit of measure: one of it is ``10 ** exponent`` of the base unit (元; the pure number for %)."""

    name: str
    exponent: int


YUAN = Unit("元", 0)
WAN_YUAN = Unit("万元", 4)
YI_YUAN = Unit("亿元", 8)
PERCENT = Unit("%", -2)
POINTS = Unit("分", 0)
BARE = Unit("", 0)
MONEY_UNITS = {unit.name: unit for unit in (YUAN, WAN_YUAN, YI_YUAN)}


class Interval(NamedTuple):
    """The set of numbers between two ends, each open or closed."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Fraction | int) -> Interval:
        """Exactly one number."""
        return cls(Fraction(value), Fraction(value))

    def contains(self, value: Fraction | int) -> bool:
        """Whether ``value`` lies inside."""
        above = value > self.low or (value == self.low and not self.low_open)
        below = value < self.high or (value == self.high and not self.high_open)
        return above and below

    def scaled(self, weight: Fraction | int) -> Interval:
        """Every member times ``weight``; a negative weight swaps the ends."""
        if weight == 0:
            return Interval.point(0)
        if weight > 0:
            return Interval(self.low * weight, self.high * weight, self.low_open, self.high_open)
        return Interval(self.high * weight, self.low * weight, self.high_open, self.low_open)

    def plus(self, other: Interval) -> Interval:
        """All sums of one member of each; an end is reached only when both reach theirs."""
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __str__(self) -> str:
        left, right = "(" if self.low_open else "[", ")" if self.high_open else "]"
        return f"{left}{decimal_text(self.low)}, {decimal_text(self.high)}{right}"


class Figure(NamedTuple):
    """A number as printed: ``digits × 10 ** -places`` of the base unit.

    ``last`` is the last printed place in the same sense (its unit is ``10 ** -last``); ``None``: exact, no rounding
    (分值, counts, targets, years). ``unit`` only says how to print it. ``places`` and ``last`` may be negative
    (万元 without decimals: ``last`` is -4).
    """

    digits: int
    places: int
    last: int | None
    unit: Unit = BARE

    @property
    def value(self) -> Fraction:
        """The printed number in the base unit."""
        if self.places > 0:
            return Fraction(self.digits, 10**self.places)
        return Fraction(self.digits * 10**-self.places)

    @property
    def ulp(self) -> Fraction:
        """One unit of the last printed place in the base unit; 0 for an exact figure."""
        return Fraction(0) if self.last is None else power_of_ten(-self.last)

    def interval(self, rounding: Rounding = Rounding.HALF_AWAY) -> Interval:
        """The truths that print as this figure, in the base unit."""
        value, ulp = self.value, self.ulp
        if not self.digits or not ulp:
            return Interval.point(value)
        low, high = _reach(rounding)
        if self.digits > 0:
            return Interval(value - ulp * low, value + ulp * high, low_open=False, high_open=True)
        return Interval(value - ulp * high, value + ulp * low, low_open=True, high_open=False)

    def moved(self, units: int) -> Figure:
        """The same figure ``units`` last-place units higher (exact figures do not move)."""
        if self.last is None:
            return self
        places = max(self.places, self.last)
        digits = self.digits * 10 ** (places - self.places) + units * 10 ** (places - self.last)
        return Figure(digits, places, self.last, self.unit)

    def printed(self) -> str:
        """As a form prints it in its unit: thousands separators, all decimals of its last place, ``%``."""
        places = self.places + self.unit.exponent
        decimals = max(places, places if self.last is None else self.last + self.unit.exponent, 0)
        text = _text_of_digits(self.digits * 10 ** (decimals - places), decimals, separators=True)
        return text + "%" if self.unit.name == "%" else text


@lru_cache(maxsize=256)
def power_of_ten(exponent: int) -> Fraction:
    """``10 ** exponent``, exact for negative exponents too."""
    return Fraction(10**exponent) if exponent >= 0 else Fraction(1, 10**-exponent)


def _reach(rounding: Rounding) -> tuple[Fraction, Fraction]:
    """How far below and above a positive printed figure its truth may lie, in last-place units."""
    if rounding is Rounding.TRUNCATED:
        return Fraction(0), Fraction(1)
    return Fraction(1, 2), Fraction(1, 2)


def round_half_away(value: Fraction, places: int) -> Fraction:
    """``value`` rounded to ``places`` decimals, half away from zero (四舍五入)."""
    scaled = abs(value) * power_of_ten(places)
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (whole if value >= 0 else -whole) / power_of_ten(places)


def decimal_text(value: Fraction | int, decimals: int | None = None, *, separators: bool = False) -> str:
    """Decimal text of ``value``: exactly ``decimals`` places (rounded half away), or as many as needed, at most 12."""
    places = decimals if decimals is not None else _places_needed(value)
    scaled = 2 * abs(value.numerator) * 10**places
    digits = (scaled + value.denominator) // (2 * value.denominator)  # half away from zero
    return _text_of_digits(digits if value >= 0 else -digits, places, separators=separators)


def _text_of_digits(digits: int, places: int, *, separators: bool) -> str:
    """``(-18889, 1)`` → ``-1888.9``."""
    whole, part = divmod(abs(digits), 10**places)
    text = f"{whole:,}" if separators else str(whole)
    if places:
        text += f".{part:0{places}d}"
    return f"-{text}" if digits < 0 else text


def _places_needed(value: Fraction | int, most: int = 12) -> int:
    for places in range(most):
        if not value.numerator * 10**places % value.denominator:
            return places
    return most


def common_places(figures: Iterable[Figure], least: int = 0) -> int:
    """A place at which every figure and every half of a last unit is an integer."""
    return max(map(whole_place, figures), default=least)


def whole_place(figure: Figure) -> int:
    """The place at which a figure and half of its last unit are integers."""
    return figure.places if figure.last is None or figure.places > figure.last else figure.last + 1
