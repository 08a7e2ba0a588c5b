"""Systems of figures and conditions: limits, conditions taken from figures, parts, and a bounded amount of work."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gouji.diagnosis.conditions import Condition, Quantity, condition, quantity
from gouji.diagnosis.conflicts import disjoint_conflicts
from gouji.diagnosis.delta import FREE, Range
from gouji.diagnosis.explain import Printable, printable, ranges, troubles
from gouji.diagnosis.system import System, broken, parts
from gouji.diagnosis.tableau import Budget, OutOfBudget
from gouji.figures import Figure, Interval
from gouji.language.ast import Comparison

TRIANGLE: list[tuple[dict[int, int], Comparison]] = [
    ({0: 1, 3: -1, 4: -1}, "="), ({1: 1, 4: -1, 5: -1}, "="), ({2: 1, 3: -1, 5: -1}, "="),
]  # fmt: skip
"""s = x + y, t = y + z, u = x + z: each can hold for 3, 1, 1 and 1, 1, 1, not all."""
NOT_NEGATIVE = Range(Fraction(0))


def system(
    printed: list[int], rules: list[tuple[dict[int, int], Comparison]], limits: Range = FREE
) -> System:
    figures = [
        quantity(Fraction(value), Range.of(Figure(value, 0, 0).interval()), 2, limits) for value in printed
    ]  # fmt: skip
    return System(figures, [condition(weights, 0, sign, n) for n, (weights, sign) in enumerate(rules)], 2)


def explained(one: System) -> list[tuple[tuple[int, ...], ...]]:
    found = troubles(one)
    assert found is not None
    return [trouble.explanations for trouble in found]


def test_what_holds_as_printed_takes_no_work() -> None:
    one = system([3, 1, 2], [({0: 1, 1: -1, 2: -1}, "=")])
    assert broken(one) == []
    assert troubles(one, work=0) == []


def test_what_rounding_explains_is_no_trouble() -> None:
    assert troubles(system([4, 1, 2], [({0: 1, 1: -1, 2: -1}, "=")])) == []
    assert explained(system([5, 1, 2], [({0: 1, 1: -1, 2: -1}, "=")])) == [((0,), (1,), (2,))]


def test_limits_hold_for_released_figures_too() -> None:
    # 1 = 5 + 2 + 0: only with a negative figure could 5 or 2 remain a part of it
    rules: list[tuple[dict[int, int], Comparison]] = [({0: 1, 1: -1, 2: -1}, "=")]
    assert explained(system([1, 5, 2], rules)) == [((0,), (1,), (2,))]
    assert explained(system([1, 5, 2], rules, NOT_NEGATIVE)) == [((0,),)]


def test_a_figure_outside_its_limits_contradicts_alone() -> None:
    one = system([-3, -3], [({0: 1, 1: -1}, "=")], NOT_NEGATIVE)
    (trouble,) = troubles(one) or []
    assert trouble.explanations == ((0, 1),)
    assert [sorted(conflict.figures) for conflict in trouble.conflicts] == [[0], [1]]


def test_parts_do_not_touch_each_other() -> None:
    one = system([1, 1, 5, 9], [({0: 1, 1: -1}, "="), ({2: 1, 3: -1}, "="), ({0: 1}, ">=")])
    assert parts(one) == [[0, 2], [1]]
    (trouble,) = troubles(one) or []
    assert trouble.members == (1,)
    assert trouble.explanations == ((2,), (3,))


def test_a_condition_taken_from_a_figure_ends_with_it() -> None:
    # 2 × figure 0 = figure 1, where the 2 is printed as figure 2: any of the three may be wrong
    figures = [Quantity(value, ((value, 0), (value, 0))) for value in (3, 7, 2)]
    one = System(figures, [Condition({0: 2, 1: -1}, 0, "=", 0, given=(2,))])
    assert explained(one) == [((0,), (1,), (2,))]
    assert ranges(one, [0], [2]) == {2: FREE}
    (conflict,) = disjoint_conflicts(one.component([0]))
    assert conflict.figures == {0, 1, 2}


def test_trusted_figures_are_never_released() -> None:
    one = system([5, 1, 2], [({0: 1, 1: -1, 2: -1}, "=")])
    (trouble,) = troubles(one, [None, 3, 2]) or []
    assert (trouble.explanations, trouble.weight) == (((2,),), 2)
    (hopeless,) = troubles(one, [None, None, None]) or []
    assert (hopeless.explanations, hopeless.complete) == ((), True)


def test_a_limit_on_work_is_an_answer_of_its_own() -> None:
    one = system([5, 1, 2, 9], [({0: 1, 1: -1, 2: -1}, "="), ({3: 1, 0: -1}, "=")])
    together = system([3, 1, 1, 1, 1, 1], TRIANGLE)
    assert explained(together) == [((0,), (5,))]
    assert troubles(together, work=1) is None
    with pytest.raises(OutOfBudget):
        Budget(3).spend(4)
    cut_short = [found for work in range(200) if (found := troubles(one, work=work)) and not found[0].complete]
    assert cut_short
    (whole,) = troubles(one) or []
    assert all(set(found[0].explanations) <= set(whole.explanations) for found in cut_short)


def test_a_range_needs_a_release_that_helps() -> None:
    one = system([5, 1, 2], [({0: 1, 1: -1, 2: -1}, "=")])
    with pytest.raises(ValueError, match=r"\[\]"):
        ranges(one, [0], [])
    assert ranges(one, [0], [1]) == {1: Range(Fraction(2), Fraction(4), True, True)}


def as_units(units: int) -> Interval:
    return Figure(units, 0, 0).interval()


@pytest.mark.parametrize(
    ("truths", "expected", "listed"),
    [
        (Range(Fraction(2), Fraction(4), True, True), Printable(2, 4), (2, 3, 4)),
        (Range(Fraction("2.5"), Fraction("3.5"), False, True), Printable(3, 3), (3,)),
        (Range(Fraction("2.5"), Fraction("3.5"), True, False), Printable(3, 4), (3, 4)),
        (Range(Fraction("0.1"), Fraction("0.4")), Printable(1, 0), ()),
        (Range(Fraction("-0.1"), Fraction("0.4")), Printable(0, 0), (0,)),
        (Range(Fraction(1), Fraction(9)), Printable(1, 9), (1, 9)),
        (Range(Fraction("-1.5"), None, True), Printable(-1, None), (-1,)),
        (Range(Fraction("-1.5"), None), Printable(-2, None), (-2,)),
        (FREE, Printable(None, None), ()),
    ],
)
def test_what_a_range_can_print(truths: Range, expected: Printable, listed: tuple[int, ...]) -> None:
    found = printable(truths, Fraction(1), as_units)
    assert found == expected
    assert found.listed() == listed
    assert found.number == (None if None in expected else len(listed) if listed != (1, 9) else 9)


def test_of_several_conflicts_the_shortest_sum_is_shown() -> None:
    # figure 0 is 1 too large for the chain 0 = 1, 1 = 2, 2 = 3, 3 = 9 and for 0 = 4, 4 = 9: the second sum is shorter
    equal: list[tuple[dict[int, int], Comparison]] = [
        ({a: 1, b: -1}, "=") for a, b in ((0, 1), (1, 2), (2, 3), (3, 5), (0, 4), (4, 5))
    ]
    loose = [Quantity(value, box) for value, box in (
        (20, ((20, 0), (20, 0))), *((19, ((17, 0), (23, 0))) for _ in range(4)), (18, ((18, 0), (18, 0))),
    )]  # fmt: skip
    one = System(loose, [condition(weights, 0, sign, n) for n, (weights, sign) in enumerate(equal)], 2)
    for order in (range(6), [4, 5, 0, 1, 2, 3]):
        conditions = [one.conditions[n]._replace(rule=at) for at, n in enumerate(order)]
        (found,) = disjoint_conflicts(System(loose, conditions, 2).component(range(6)))
        assert len(found.rules) == 2
        assert found.figures == {0, 5}
