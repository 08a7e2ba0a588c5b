"""The verdict is exact: it agrees with a brute-force search over truths, on every boundary."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.binding.bound import Applied, Arithmetic, Compared, Constant, NotFormed, Single
from gouji.checking.check import Verdict, judge
from gouji.checking.decide import DividedByZero, certain, possible
from gouji.checking.linear import forms
from gouji.figures import PERCENT, WAN_YUAN, YUAN, Figure, Rounding, round_half_away
from gouji.language.ast import Comparison
from tests.checking.builders import figure, instance, single, term, total

WAN = WAN_YUAN.exponent


def candidates(printed: Figure) -> list[Fraction]:
    """Truths that matter: both ends (when they belong), points hard by them, and the middle."""
    interval = printed.interval()
    step = printed.ulp / 1000 or Fraction(1)
    points = [interval.low, interval.low + step, printed.value, interval.high - step, interval.high]
    return sorted({p for p in points if interval.contains(p) and (not printed.digits or _prints(p, printed))})


def _prints(truth: Fraction, printed: Figure) -> bool:
    return printed.last is None or round_half_away(truth, printed.last) == printed.value


COMPARE = {
    "=": lambda low, high: low <= 0 <= high,
    "<=": lambda low, high: low <= 0,
    ">=": lambda low, high: high >= 0,
    "<": lambda low, high: low < 0,
    ">": lambda low, high: high > 0,
}


def oracle(figures: Sequence[Figure], weights: Sequence[int], comparison: Comparison) -> bool:
    """Whether some choice of truths satisfies ``Σ weight × truth ? 0``: truths form a box, so sums are an interval."""
    sums = [sum(w * t for w, t in zip(weights, truths, strict=True)) for truths in product(*map(candidates, figures))]
    return bool(COMPARE[comparison](min(sums), max(sums)))


small = st.builds(
    lambda digits, places, exact: Figure(digits, places, None if exact else places),
    st.integers(-12, 12), st.integers(0, 2), st.booleans(),
)


@settings(max_examples=400)
@given(st.lists(small, min_size=2, max_size=4), st.sampled_from(["=", "<=", ">=", "<", ">"]))
def test_sums_against_brute_force(figures: list[Figure], comparison: Comparison) -> None:
    left, *rest = [term(number, one) for number, one in enumerate(figures, 1)]
    found = possible(Compared(comparison, Single(left), total(*rest)), 0)
    assert found == oracle(figures, [1] + [-1] * len(rest), comparison)


@settings(max_examples=300)
@given(st.lists(small, min_size=2, max_size=3), st.sampled_from(["=", "<=", ">="]), st.integers(-9, 9))
def test_constants_meet_open_and_closed_ends(figures: list[Figure], comparison: Comparison, halves: int) -> None:
    """With a constant on the boundary it matters whether the end belongs to the interval."""
    constant = Fraction(halves, 20)
    terms = [term(number, one) for number, one in enumerate(figures, 1)]
    found = possible(Compared(comparison, total(*terms), Constant(constant, "")), 0)
    exact = Figure(halves * 5, 2, None)
    assert found == oracle([*figures, exact], [1] * len(figures) + [-1], comparison)


@given(st.lists(small, min_size=2, max_size=3), st.sampled_from(["=", "<=", ">=", "<", ">"]))
def test_certain_means_no_truth_denies_it(figures: list[Figure], comparison: Comparison) -> None:
    left, *rest = [term(number, one) for number, one in enumerate(figures, 1)]
    relation = Compared(comparison, Single(left), total(*rest))
    if certain(relation, 0):
        assert possible(relation, 0)
        weights = [1] + [-1] * len(rest)
        sums = [sum(w * t for w, t in zip(weights, truths, strict=True))
                for truths in product(*map(candidates, figures))]
        assert all(COMPARE[comparison](value, value) for value in sums)


def test_a_cell_that_occurs_twice_is_one_truth() -> None:
    one = single(1, figure("1.0"))
    assert possible(Compared("=", one, one), 0)
    assert not possible(Compared("<", one, one), 0)
    assert possible(Compared("<", one, single(2, figure("1.0"))), 0)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("3972.0", ["3971.8", "0.1"], Verdict.HOLDS),
        ("4000.2", ["3972.0", "0.0", "28.3"], Verdict.HOLDS),
        ("336.9", ["300.4", "36.4"], Verdict.HOLDS),
        ("1899.0", ["1888.8", "0.1"], Verdict.FAILS),
        ("3972.1", ["3971.8", "0.1"], Verdict.ADJUSTED),
        ("326.72", ["326.71"], Verdict.ADJUSTED),
        ("326.73", ["326.71"], Verdict.FAILS),
        ("0.1", ["0.0", "0.0"], Verdict.ADJUSTED),
        ("0.2", ["0.0", "0.0", "0.0", "0.0"], Verdict.FAILS),
        ("5.1", ["5.0", "0.0", "0.0"], Verdict.ADJUSTED),
        ("0.0", ["0.0"], Verdict.HOLDS),
    ],
)
def test_rounding_and_adjusted_last_digits(left: str, right: list[str], expected: Verdict) -> None:
    terms = [term(number, figure(text)) for number, text in enumerate(right, 2)]
    assert judge(instance(single(1, figure(left)), "=", total(*terms)), 0).verdict is expected


def test_exact_figures_have_no_tolerance_and_no_adjusting() -> None:
    terms = [term(2, figure("60", exact=True)), term(3, figure("50", exact=True))]
    assert judge(instance(single(1, figure("100", exact=True)), "=", total(*terms)), 0).verdict is Verdict.FAILS
    terms = [term(2, figure("60", exact=True)), term(3, figure("41", exact=True))]
    assert judge(instance(single(1, figure("100", exact=True)), "=", total(*terms)), 0).verdict is Verdict.FAILS


def test_amounts_of_different_units_are_compared_in_yuan() -> None:
    wan, yuan = figure("3971.8", unit=WAN_YUAN), figure("39718123.45", unit=YUAN)
    assert possible(Compared("=", single(1, wan), single(2, yuan)), WAN)
    assert not possible(Compared("=", single(1, wan), single(2, figure("39718500.01", unit=YUAN))), WAN)


def test_a_bare_number_beside_an_amount_takes_the_packs_unit() -> None:
    amount = single(1, figure("5.0", unit=WAN_YUAN))
    assert possible(Compared("=", amount, Constant(Fraction(5), "5")), WAN)
    assert not possible(Compared("=", amount, Constant(Fraction(50000), "50000")), WAN)


def rate(text: str) -> Figure:
    return figure(text, unit=PERCENT)


@pytest.mark.parametrize(
    ("printed", "spent", "budget", "expected"),
    [
        ("47.06", "75.29", "160.00", Verdict.HOLDS),
        ("98.73", "5.00", "5.06", Verdict.HOLDS),
        ("99.01", "5.00", "5.06", Verdict.HOLDS),
        ("99.02", "5.00", "5.06", Verdict.ADJUSTED),
        ("47.60", "75.29", "160.00", Verdict.FAILS),
        ("100.00", "0.00", "0.00", Verdict.ZERO_DIVISOR),
        ("0.00", "0.00", "0.00", Verdict.NOT_FORMED),
        ("0.01", "1.89", "338.79", Verdict.FAILS),
        ("0.56", "1.89", "338.79", Verdict.HOLDS),
        ("66.66", "2.00000", "3.00000", Verdict.ADJUSTED),
        ("66.6", "2000.00", "3000.00", Verdict.ADJUSTED),
    ],
)
def test_rates_are_judged_by_the_existence_of_truths(
    printed: str, spent: str, budget: str, expected: Verdict
) -> None:
    quotient = Arithmetic("/", single(2, figure(spent)), single(3, figure(budget)))
    assert judge(instance(single(1, rate(printed)), "=", quotient), 0).verdict is expected


@settings(max_examples=300)
@given(st.integers(0, 130), st.integers(0, 60), st.integers(1, 60))
def test_rates_against_brute_force(hundredths: int, spent: int, budget: int) -> None:
    """r = n ÷ d holds exactly when the quotients of truths and the truths of the rate overlap."""
    r, n, d = Figure(hundredths, 2, 2, PERCENT), Figure(spent, 1, 1), Figure(budget, 1, 1)
    try:
        found = possible(
            Compared("=", single(1, r), Arithmetic("/", single(2, n), single(3, d))), 0
        )
    except (NotFormed, DividedByZero):
        assert budget == 0
        return
    quotients = [a / b for a in candidates(n) for b in candidates(d)]
    low, high = min(quotients), max(quotients)
    truths = candidates(r)
    overlap = any(low <= t <= high for t in truths) or any(r.interval().contains(q) for q in quotients)
    assert found == overlap or _hard_by_an_end(r, n, d)


def _hard_by_an_end(r: Figure, n: Figure, d: Figure) -> bool:
    """Where an open end of the quotient is nearer to the rate's end than the oracle's grid can see."""
    ends = [a / b for a in (n.interval().low, n.interval().high) for b in (d.interval().low, d.interval().high)]
    edges = (r.interval().low, r.interval().high)
    return any(abs(end - edge) < Fraction(1, 500) for end in ends for edge in edges)


def test_rates_truncated_instead_of_rounded_are_said_to_be_so() -> None:
    quotient = Arithmetic("/", single(2, figure("200000")), single(3, figure("300000")))
    judged = judge(instance(single(1, figure("66", unit=PERCENT)), "=", quotient), 0)
    assert judged.verdict in {Verdict.ADJUSTED, Verdict.TRUNCATED}


def test_under_truncation_a_pack_judges_by_its_own_rounding() -> None:
    from gouji.checking.linear import rounded

    relation = instance(single(1, figure("0.9")), "=", total(term(2, figure("0.4")), term(3, figure("0.4"))))
    assert judge(relation, 0).verdict is Verdict.HOLDS
    assert judge(relation, 0, rounded(Rounding.TRUNCATED)).verdict is Verdict.HOLDS
    low = instance(single(1, figure("0.7")), "=", total(term(2, figure("0.4")), term(3, figure("0.4"))))
    assert judge(low, 0).verdict is Verdict.HOLDS
    assert judge(low, 0, rounded(Rounding.TRUNCATED)).verdict is Verdict.ADJUSTED


def score(text: str) -> Figure:
    return figure(text, 2)


@pytest.mark.parametrize(
    ("printed", "executed", "expected"),
    [("4.71", "47.06", True), ("4.70", "47.06", False), ("10", "103.5", True), ("10", "99.98", True),
     ("9.9", "99.08", False)],
)
def test_a_score_is_the_rate_at_most_one_times_the_points(printed: str, executed: str, expected: bool) -> None:
    capped = Applied("MIN", (single(2, rate(executed)), Constant(Fraction(1), "100%")))
    relation = Compared("=", single(1, score(printed)), Arithmetic("*", capped, single(3, figure("10", exact=True))))
    assert possible(relation, 0) is expected


def test_where_branches_overlap_every_branch_is_tried() -> None:
    capped = Applied("MIN", (single(2, figure("1.0")), single(3, figure("1.0"))))
    for text in ("0.96", "1.04"):
        assert possible(Compared("=", Constant(Fraction(text), text), capped), 0)
    assert not possible(Compared("=", Constant(Fraction("1.06"), ""), capped), 0)


def test_a_condition_left_open_by_rounding_is_undecided() -> None:
    open_still = Compared("<", single(2, figure("90.0", unit=PERCENT)), Constant(Fraction(9, 10), "90%"))
    relation = instance(single(1, figure("1")), "=", single(3, figure("2")), when=open_still)
    assert judge(relation, 0).verdict is Verdict.UNDECIDED
    met = Compared("<", single(2, figure("89.9", unit=PERCENT)), Constant(Fraction(9, 10), "90%"))
    assert judge(instance(single(1, figure("1")), "=", single(3, figure("5")), when=met), 0).verdict is Verdict.FAILS
    unmet = Compared("<", single(2, figure("95.0", unit=PERCENT)), Constant(Fraction(9, 10), "90%"))
    assert judge(instance(single(1, figure("1")), "=", single(3, figure("5")), when=unmet), 0).verdict \
        is Verdict.NOT_FORMED


def test_truth_values_compare_as_equivalence() -> None:
    def positive(number: int, text: str) -> Compared:
        return Compared(">", single(number, figure(text)), Constant(Fraction(0), "0"))

    assert possible(Compared("=", positive(1, "5.0"), positive(2, "3")), 0)
    assert not possible(Compared("=", positive(1, "5.0"), positive(2, "0")), 0)
    assert possible(Applied("OR", (positive(1, "0"), positive(2, "3"))), 0)
    assert not possible(Applied("AND", (positive(1, "0"), positive(2, "3"))), 0)
    assert not possible(Applied("NOT", (positive(2, "3"),)), 0)


def test_a_number_times_a_count_beside_an_amount_is_a_count_whichever_comes_first() -> None:
    people, amount = single(1, figure("3", exact=True)), single(2, figure("6", unit=YUAN))
    two = Constant(Fraction(2), "2")
    for times in (Arithmetic("*", two, people), Arithmetic("*", people, two)):
        (form,) = forms(times)
        assert [(cell.address, one.weight) for cell, one in form.dividend.terms.items()] == [("A1", 2)]
        assert possible(Compared("=", amount, times), WAN)
