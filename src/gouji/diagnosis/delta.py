"""Exact numbers of the solver: integers, fractions only where a division leaves one, and numbers just beside them.

A ``Point`` is ``value + beside × δ`` for a δ smaller than every positive number: ``x < 5`` is ``x <= (5, -1)``.
Points compare as plain pairs do.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple, TypeAlias

from gouji.figures import Interval, decimal_text

Number: TypeAlias = int | Fraction
Point: TypeAlias = tuple[Number, Number]


def ratio(dividend: Number, divisor: Number) -> Number:
    """The exact quotient, an integer where it is whole."""
    if type(dividend) is int and type(divisor) is int:
        quotient, rest = divmod(dividend, divisor)
        return Fraction(dividend, divisor) if rest else quotient
    return plain(Fraction(dividend) / divisor)


def plain(number: Number) -> Number:
    """The same number, an integer where it is whole."""
    if type(number) is Fraction and number.denominator == 1:
        return number.numerator
    return number


def smallest_integers(numbers: list[Number]) -> list[int]:
    """The numbers times one positive factor, as integers without a common divisor."""
    factor = lcm(*(number.denominator for number in numbers))
    whole = [int(number * factor) for number in numbers]
    common = gcd(*whole) or 1
    return [number // common for number in whole]


class Range(NamedTuple):
    """The numbers between two ends, each open or closed; ``None`` where there is no end."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def of(cls, interval: Interval) -> Range:
        """The same numbers as ``interval``."""
        return cls(*interval)

    @classmethod
    def between(cls, low: Point | None, high: Point | None, scale: Number) -> Range:
        """The range of ``scale`` times smaller points."""
        return cls(
            None if low is None else Fraction(low[0]) / scale,
            None if high is None else Fraction(high[0]) / scale,
            low is not None and low[1] > 0,
            high is not None and high[1] < 0,
        )

    def points(self, scale: Number) -> tuple[Point | None, Point | None]:
        """Its ends, ``scale`` times larger."""
        low = None if self.low is None else (plain(self.low * scale), int(self.low_open))
        high = None if self.high is None else (plain(self.high * scale), -int(self.high_open))
        return low, high

    def contains(self, value: Fraction | int) -> bool:
        """Whether ``value`` lies inside."""
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def meets(self, truths: Interval) -> bool:
        """Whether some number lies in both."""
        return self.reaches_down_to(truths) and self.reaches_up_to(truths)

    def reaches_down_to(self, truths: Interval) -> bool:
        """Whether it does not begin above all of ``truths``."""
        if self.low is None or self.low < truths.high:
            return True
        return self.low == truths.high and not self.low_open and not truths.high_open

    def reaches_up_to(self, truths: Interval) -> bool:
        """Whether it does not end below all of ``truths``."""
        if self.high is None or self.high > truths.low:
            return True
        return self.high == truths.low and not self.high_open and not truths.low_open

    def __str__(self) -> str:
        left = "(" if self.low_open or self.low is None else "["
        right = ")" if self.high_open or self.high is None else "]"
        return f"{left}{_end(self.low, '-∞')}, {_end(self.high, '∞')}{right}"


FREE = Range()


def _end(value: Fraction | None, endless: str) -> str:
    if value is None:
        return endless
    text = decimal_text(value)
    return text if Fraction(text) == value else str(value)
