"""Figures are intervals of truths: the endpoints decide."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.figures import (
    PERCENT,
    WAN_YUAN,
    YUAN,
    Figure,
    Interval,
    Rounding,
    decimal_text,
    round_half_away,
)

fractions = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**5)
places = st.integers(min_value=-4, max_value=6)
digits = st.integers(min_value=-(10**12), max_value=10**12)


def figure(text: str, last: int | None, unit: object = YUAN) -> Figure:
    whole, _, part = text.partition(".")
    return Figure(int(whole + part), len(part), last, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("3971.8", 1, Interval(Fraction("3971.75"), Fraction("3971.85"), False, True)),
        ("-0.5", 1, Interval(Fraction("-0.55"), Fraction("-0.45"), True, False)),
        ("0.0", 1, Interval.point(0)),
        ("20", 2, Interval(Fraction("19.995"), Fraction("20.005"), False, True)),
        ("5", None, Interval.point(5)),
    ],
)
def test_truths_of_a_printed_figure(text: str, last: int | None, expected: Interval) -> None:
    assert figure(text, last).interval() == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2", Interval(Fraction("1.2"), Fraction("1.3"), False, True)),
        ("-1.2", Interval(Fraction("-1.3"), Fraction("-1.2"), True, False)),
        ("0", Interval.point(0)),
    ],
)
def test_truths_under_truncation(text: str, expected: Interval) -> None:
    assert figure(text, 1).interval(Rounding.TRUNCATED) == expected


@given(fractions, places)
def test_a_number_lies_among_the_truths_of_what_it_rounds_to(value: Fraction, last: int) -> None:
    rounded = round_half_away(value, last)
    printed = Figure(int(rounded * 10**6), 6, last)
    if rounded:
        assert printed.interval().contains(value)


@given(digits.filter(bool), places, fractions)
def test_exactly_the_numbers_that_round_to_a_figure_are_its_truths(units: int, last: int, value: Fraction) -> None:
    printed = Figure(units, last, last)
    near = printed.value + value / 10**9 * 2
    for candidate in (near, printed.interval().low, printed.interval().high):
        assert printed.interval().contains(candidate) == (round_half_away(candidate, last) == printed.value)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=8), st.integers(0, 6))
def test_rounding_is_half_away_from_zero(value: Decimal, last: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-last), rounding=ROUND_HALF_UP)
    assert round_half_away(Fraction(value), last) == Fraction(expected)


@given(fractions, fractions, fractions, fractions, st.booleans(), st.booleans(), fractions)
def test_interval_arithmetic_contains_every_combination(
    a: Fraction, b: Fraction, c: Fraction, d: Fraction, left: bool, right: bool, weight: Fraction
) -> None:
    one = Interval(min(a, b), max(a, b), left, False) if a != b else Interval.point(a)
    two = Interval(min(c, d), max(c, d), False, right) if c != d else Interval.point(c)
    total = one.plus(two.scaled(weight))
    for x in (one.low, one.high, (one.low + one.high) / 2):
        for y in (two.low, two.high, (two.low + two.high) / 2):
            if one.contains(x) and two.contains(y):
                assert total.contains(x + weight * y)


@given(fractions.filter(bool), fractions.filter(bool))
def test_an_end_is_reached_only_when_both_reach_theirs(a: Fraction, b: Fraction) -> None:
    closed, open_ = Interval(a, a + 1, False, False), Interval(b, b + 1, True, True)
    assert closed.plus(closed) == Interval(2 * a, 2 * a + 2, False, False)
    assert closed.plus(open_) == Interval(a + b, a + b + 2, True, True)


def test_a_negative_weight_swaps_the_ends() -> None:
    assert Interval(Fraction(1), Fraction(2), False, True).scaled(-3) == Interval(
        Fraction(-6), Fraction(-3), True, False
    )


def test_units_only_change_the_place() -> None:
    wan, yuan = Figure(39718, 1 - 4, 1 - 4, WAN_YUAN), Figure(39718000, 0, 2, YUAN)
    assert wan.value == yuan.value == 39_718_000
    assert wan.ulp == 1000
    assert wan.printed() == "3,971.8"
    assert Figure(4706, 4, 4, PERCENT).printed() == "47.06%"
    assert Figure(20, -4, -2, WAN_YUAN).printed() == "20.00"


def test_moving_by_last_place_units() -> None:
    assert figure("326.71", 2).moved(1).value == Fraction("326.72")
    assert figure("20", 2).moved(-1).value == Fraction("19.99")
    assert figure("20", None).moved(1).value == 20


@given(st.integers(-(10**15), 10**15), st.integers(0, 8))
def test_decimal_text_reads_back(number: int, decimals: int) -> None:
    value = Fraction(number, 10**decimals)
    assert Fraction(decimal_text(value, decimals)) == value
    assert Fraction(decimal_text(value, decimals, separators=True).replace(",", "")) == value
    assert Fraction(decimal_text(value)) == value
