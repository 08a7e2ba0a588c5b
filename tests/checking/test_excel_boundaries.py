"""On the boundary of what rounding allows: exact verdict, brute force, and the formulas library give one answer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouji.binding.bound import (
    Applied,
    Arithmetic,
    Bound,
    Compared,
    Constant,
    Instance,
    Many,
    Negative,
    Nothing,
    Single,
    terms_of,
)
from gouji.checking.check import Verdict, judge
from gouji.checking.excel import excel_form
from gouji.sheet import CellRef
from tests.checking.excel_cases import WAN, Case, averages, cases, quotients, retyped, sums
from tests.checking.excel_programs import CHECKS, from_library

PASSES = {Verdict.HOLDS, Verdict.NOT_FORMED, Verdict.UNDECIDED}
TINY = Fraction(1, 10**40)
"""Inside an open end, and smaller than any other difference of these cases."""

Point = dict[CellRef, Fraction]


def corners(instance: Instance) -> Iterator[Point]:
    """Every combination of least and greatest truths."""
    ends: dict[CellRef, tuple[Fraction, ...]] = {}
    for term in terms_of(instance.relation):
        truths = term.figure.interval()
        low = truths.low + TINY if truths.low_open else truths.low
        high = truths.high - TINY if truths.high_open else truths.high
        ends[term.cell] = (low,) if low == high else (low, high)
    for chosen in product(*ends.values()):
        yield dict(zip(ends, chosen, strict=True))


def value(bound: Bound, at: Point) -> Fraction:
    """An expression with one truth for each cell; bare numbers are 万元."""
    match bound:
        case Single():
            return at[bound.term.cell]
        case Nothing():
            return Fraction(0)
        case Constant(number):
            return number * Fraction(10) ** WAN
        case Negative(operand):
            return -value(operand, at)
        case Applied(function, (Many(terms),)):
            total = sum((at[term.cell] for term in terms), Fraction(0))
            return total / len(terms) if function == "AVERAGE" else total
        case Arithmetic("/", left, right):
            return value(left, at) / value(right, at)
        case Arithmetic(sign, left, right):
            return value(left, at) + (value(right, at) if sign == "+" else -value(right, at))
        case _:
            raise AssertionError(bound)


def possible_by_force(instance: Instance) -> bool | None:
    """Whether some truth makes the comparison hold: both sides are continuous, so the corners decide.

    ``None`` where a divisor may be zero.
    """
    relation = instance.relation
    assert isinstance(relation, Compared)
    sides = (relation.left, relation.right)
    divisors = [side.right for side in sides if isinstance(side, Arithmetic) and side.operator == "/"]
    points = list(corners(instance))
    for divisor in divisors:
        signs = {(value(divisor, at) > 0) - (value(divisor, at) < 0) for at in points}
        if len(signs) > 1 or 0 in signs:
            return None
    differences = [value(relation.left, at) - value(relation.right, at) for at in points]
    least, greatest = min(differences), max(differences)
    return {
        "=": least <= 0 <= greatest, "<=": least <= 0, ">=": greatest >= 0, "<": least < 0, ">": greatest > 0,
    }[relation.comparison]  # fmt: skip


def compared(instance: Instance) -> str:
    assert isinstance(instance.relation, Compared)
    return instance.relation.comparison


@settings(max_examples=300, derandomize=True, database=None, deadline=None)
@given(st.one_of(sums(), averages(), quotients()))
def test_the_verdict_is_what_brute_force_finds(case: Case) -> None:
    instance, _ = case.placed(1)
    if compared(instance) == "<>":
        return
    expected = possible_by_force(instance)
    if expected is not None:
        assert (judge(instance, WAN).verdict is Verdict.HOLDS) is expected


@pytest.mark.heavy
@settings(
    max_examples=300, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(cases)
def test_the_formulas_library_agrees(case: Case) -> None:
    instance, sheets = case.placed(1)
    formula = excel_form(instance, WAN, sheet=CHECKS)
    if formula is not None:
        (found,) = from_library([formula], sheets)
        assert bool(found) is (judge(instance, WAN).verdict in PASSES), formula


@pytest.mark.heavy
@settings(
    max_examples=200, derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(retyped())
def test_it_stays_right_when_other_figures_are_typed(pair: tuple[Case, Case]) -> None:
    before, after = pair
    formula = excel_form(before.placed(1)[0], WAN, sheet=CHECKS)
    if formula is not None:
        instance, sheets = after.placed(1)
        (found,) = from_library([formula], sheets)
        assert bool(found) is (judge(instance, WAN).verdict in PASSES), formula
