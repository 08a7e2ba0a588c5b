"""What is judged around some relations agrees with judging the whole system."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gouji.binding.bound import Arithmetic, Constant, Instance, Term, terms_of
from gouji.checking.check import Judged, Verdict, judge
from gouji.diagnosis.choices import choices
from gouji.diagnosis.explain import troubles
from gouji.diagnosis.joint import contradictions
from gouji.figures import YUAN

from ..checking.builders import figure, instance, single, term, total
from .whole_system import gather

MONEY = 0
CELLS = 7


def read_by(judged: Sequence[Judged]):  # type: ignore[no-untyped-def]
    def reading(wanted: Term) -> list[Judged]:
        return [one for one in judged if wanted.cell in {each.cell for each in terms_of(one.instance.relation)}]

    return reading


def holding(one: Judged) -> bool:
    return one.verdict is Verdict.HOLDS


def found(instances: Sequence[Instance]) -> list[tuple[list[str], list[tuple[str, int]], str, bool]]:
    judged = [judge(one, MONEY) for one in instances]
    sums, complete = contradictions([one for one in judged if one.rounded], read_by(judged), MONEY, holding)
    assert complete
    return [
        (
            [one.instance.relation.left.term.cell.address for one in each.relations],  # type: ignore[union-attr]
            [(member.cell.address, weight) for member, weight in each.members],
            str(each.constant),
            each.exact,
        )
        for each in sums
    ]


def test_three_sums_that_hold_one_by_one_and_not_together() -> None:
    """s = x + y, t = y + z, u = x + z, printed 1, 1, 1 and 3, 1, 1: no truth rounds to all six."""
    x, y, z, s, t, u = (term(n, figure(text, unit=YUAN)) for n, text in enumerate("111311", 1))
    relations = [
        instance(single(4, s.figure), "=", total(x, y)),
        instance(single(5, t.figure), "=", total(y, z)),
        instance(single(6, u.figure), "=", total(x, z)),
    ]
    assert found(relations) == [(["A4", "A6"], [("A2", 1), ("A3", -1), ("A4", -1), ("A6", 1)], "0", True)]
    assert found(relations[1:]) == []


figures = st.lists(st.integers(0, 6), min_size=CELLS, max_size=CELLS)
shapes = st.lists(
    st.tuples(
        st.sampled_from(range(CELLS)),
        st.lists(st.sampled_from(range(CELLS)), min_size=1, max_size=3, unique=True),
        st.sampled_from(["=", "<=", ">="]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def judged_of(printed: Sequence[int], drawn: Sequence[tuple[int, list[int], str]]) -> list[Judged]:
    terms = [term(n + 1, figure(str(value), unit=YUAN)) for n, value in enumerate(printed)]
    relations = [
        instance(single(left + 1, terms[left].figure), comparison, total(*(terms[n] for n in right)))  # type: ignore[arg-type]
        for left, right, comparison in drawn
        if left not in right
    ]
    return [judge(one, MONEY) for one in relations]


@given(figures, shapes)
@example([4, 4, 0, 1, 2, 0, 1], [(0, [0], "="), (1, [0, 6], "="), (1, [2, 3, 4], "=")])  # a zero may hide an amount
@settings(max_examples=300, deadline=None)
def test_contradictions_are_found_where_the_whole_system_has_some(
    printed: list[int], drawn: list[tuple[int, list[int], str]]
) -> None:
    judged = [one for one in judged_of(printed, drawn) if one.verdict is Verdict.HOLDS]
    sums, complete = contradictions([one for one in judged if one.rounded], read_by(judged), MONEY, holding)
    assert complete
    assert bool(sums) is bool(troubles(gather(judged, MONEY, zeros_hide=True).system))


@given(figures, shapes)
@settings(max_examples=300, deadline=None)
def test_limits_of_figures_make_no_contradiction(
    printed: list[int], drawn: list[tuple[int, list[int], str]]
) -> None:
    """They need not be among what is judged together: those of adjusted figures are taken in all the same."""
    limited = [
        judge(instance(single(n, figure(str(value), unit=YUAN)), ">=", Constant(Fraction(0), "0")), MONEY)
        for n, value in enumerate(printed, 1)
    ]
    judged = [one for one in judged_of(printed, drawn) if one.verdict in {Verdict.HOLDS, Verdict.ADJUSTED}]
    seeds = [one for one in judged if one.rounded or one.verdict is Verdict.ADJUSTED]
    with_limits, without = (
        contradictions(seeds, read_by([*judged, *limited]), MONEY, bool, lambda every=every: every)  # type: ignore[misc]
        for every in ([*judged, *limited], judged)
    )
    assert with_limits[1]
    assert without[1]
    assert bool(with_limits[0]) is bool(without[0])


@given(figures, shapes)
@settings(max_examples=300, deadline=None)
def test_the_smallest_sets_are_those_of_the_whole_system(
    printed: list[int], drawn: list[tuple[int, list[int], str]]
) -> None:
    """Of the failed relations; where those that hold contradict each other, that is said apart from them.

    A printed zero may hide less than half a last place here, and an adjusted last digit may remain, which the whole
    system knows nothing of: such sets may be smaller, never larger.
    """
    judged = [one for one in judged_of(printed, drawn) if one.verdict in {Verdict.HOLDS, Verdict.FAILS}]
    failed = [one for one in judged if one.verdict is Verdict.FAILS]
    holding = [one for one in judged if one.verdict is Verdict.HOLDS]
    whole = gather(judged, MONEY)
    known = troubles(whole.system) or []
    if not failed or len(known) != 1 or troubles(gather(holding, MONEY).system):
        return
    expected = {frozenset(whole.terms[v].cell for v in one) for one in known[0].explanations}
    mine = choices(failed, read_by(judged), MONEY, lambda wanted: ())
    assert mine.complete
    found = {frozenset(each.cell for each in one.terms) for one in mine.sets}
    assert found
    assert max(map(len, found)) <= min(map(len, expected))


def test_a_product_is_settled_by_its_result_or_by_the_rounded_factor() -> None:
    score, rate = term(1, figure("30")), term(3, figure("2"))
    product = Arithmetic("*", single(2, figure("5", exact=True)), single(3, rate.figure))
    judged = [judge(instance(single(1, score.figure), "=", product), MONEY)]
    assert judged[0].verdict is Verdict.FAILS
    sets = choices(judged, read_by(judged), MONEY, lambda wanted: ()).sets
    assert [[each.cell.address for each in one.terms] for one in sets] == [["A1"], ["A3"]]
