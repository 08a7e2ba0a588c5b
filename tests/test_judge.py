"""Figures and rules by themselves: every answer agrees with trying all sets of figures."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gouji
from gouji.judgement import Conflict, Judgement, Undecided
from gouji.language.ast import Comparison

from .diagnosis.cases import Case, box_of, cases
from .diagnosis.oracle import Linear, feasible, smallest_releases, span_of

TRIANGLE = {"s": ("3", 0), "t": ("1", 0), "u": ("1", 0), "x": ("1", 0), "y": ("1", 0), "z": ("1", 0)}
TRIANGLE_RULES = ["s == x + y", "t == y + z", "u == x + z"]


def shown(judgement: Judgement, *names: str) -> dict[str, str]:
    return {name: str(truths) for name, truths in judgement.range(names).items()}


def test_rules_that_hold_one_by_one_can_contradict_together() -> None:
    found = gouji.judge(TRIANGLE, TRIANGLE_RULES)
    assert found.holds == (True, True, True)
    assert not found.consistent
    # x ≥ s - y > 1 from s ≥ 2.5 and y < 1.5 - z ≤ 1, but x < 1.5 - z would be needed in the third rule
    assert found.explanations == (("s",), ("z",))
    assert shown(found, "s") == {"s": "[1, 2)"}
    assert found.values("s") == {"s": ("1", "2")}
    assert shown(found, "z") == {"z": "(-1, 0.25)"}
    assert found.values("z") == {"z": ("-1", "0")}
    assert found.complete


def test_a_conflict_is_a_sum_that_can_be_redone() -> None:
    # u - s = (x + z) - (x + y) = z - y, so u - s - z + y is 0; it is below 1.5 - 2.5 - 0.5 + 1.5 = 0
    (conflict,) = gouji.judge(TRIANGLE, TRIANGLE_RULES).conflicts
    assert conflict == Conflict((0, 2), ("s", "u", "y", "z"), (-1, 1))


def test_without_the_last_unit_it_is_consistent() -> None:
    found = gouji.judge({**TRIANGLE, "s": ("2", 0)}, TRIANGLE_RULES)
    assert found == Judgement((True, True, True), True, (), (), True, found._case)


def test_two_troubles_apart_are_explained_together() -> None:
    figures: dict[str, tuple[str, int | None]] = {"a": ("1", 0), "b": ("5", 0), "p": ("2", None), "q": ("7", None)}
    found = gouji.judge(figures, ["a == b", "p == q"])
    assert found.conflicts == (Conflict((0,), ("a", "b"), (1,)), Conflict((1,), ("p", "q"), (1,)))
    assert found.explanations == (("a", "p"), ("a", "q"), ("b", "p"), ("b", "q"))
    assert found.values(["a", "p"]) == {"a": ("5",), "p": ("7",)}
    assert shown(found, "a", "p") == {"a": "[4.5, 5.5)", "p": "[7, 7]"}


def test_rules_that_no_figure_can_meet_have_no_explanation() -> None:
    found = gouji.judge({"a": ("1", 0)}, ["a >= 2*a + 1", "a >= 0", "0 == 1"])
    assert found.holds == (False, True, False)
    assert found.explanations == ()
    assert found.conflicts == (
        Conflict((0,), ("a",), (1,)), Conflict((0, 1), (), (1, 1)), Conflict((2,), (), (1,))
    )  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "decimals", "rule", "holds"),
    [
        ("5", 0, "a >= 4.5", True), ("5", 0, "a < 4.5", False), ("5", 0, "a == 5.5", False), ("5", 0, "a > 5.4", True),
        ("-5", 0, "a == -5.5", False), ("-5", 0, "a == -4.5", True), ("-5", 0, "a > -4.5", False),
        ("1200", -2, "a == 1150", True), ("1200", -2, "a == 1250", False), ("1200", -2, "a >= 1249.999", True),
        ("1234", -2, "a == 1284", False), ("1234", -2, "a == 1184", True),
        ("0", 1, "a == 0", True), ("0.0", 1, "a > 0", False), ("-0.0", 1, "a == 0.04", False),
        ("7", None, "a == 7", True), ("7", None, "a > 7", False), ("7.0", None, "a == 7.001", False),
        ("1e2", 0, "a == 99.5", True), ("10000000000", -9, "a == 10500000000", False),
    ],
)  # fmt: skip
def test_the_ends_of_a_printed_figure(printed: str, decimals: int | None, rule: str, holds: bool) -> None:
    found = gouji.judge({"a": (printed, decimals)}, [rule])
    assert (found.holds, found.consistent) == ((holds,), holds)


def test_ends_swap_under_negative_weights() -> None:
    # b = -a with a in [4.5, 5.5) is (-5.5, -4.5]
    for target, holds in (("-5.5", False), ("-4.5", True)):
        found = gouji.judge({"a": ("5", 0), "b": (target, None)}, ["b == -a"])
        assert found.holds == (holds,)


def test_a_range_without_end_and_many_values() -> None:
    figures: dict[str, tuple[str, int | None]] = {"a": ("9", 0), "b": ("1.50", 2)}
    found = gouji.judge(figures, ["a <= 2*b", "b >= 0"])
    assert found.explanations == (("a",), ("b",))
    assert shown(found, "a") == {"a": "(-∞, 3.01)"}
    assert found.values("a") == {"a": ("3",)}
    assert shown(found, "b") == {"b": "[4.25, ∞)"}
    assert found.values("b") == {"b": ("4.25",)}
    assert shown(found, "a", "b") == {"a": "(-∞, ∞)", "b": "[0, ∞)"}


def test_more_than_three_values_are_given_by_their_ends() -> None:
    figures: dict[str, tuple[str, int | None]] = {"a": ("99", 0), "b": ("50", -1)}
    assert gouji.judge(figures, ["a == b"]).values("a") == {"a": ("45", "55")}


def test_an_exact_figure_has_a_value_where_there_is_but_one() -> None:
    figures: dict[str, tuple[str, int | None]] = {"a": ("9", None), "b": ("4", None), "c": ("3", None)}
    assert gouji.judge(figures, ["a == b", "c == 3"]).values("a") == {"a": ("4",)}
    assert gouji.judge(figures, ["3*a == b", "c == 3"]).values("a") == {"a": ()}  # a third of 4 has no decimal text


def test_the_answer_does_not_depend_on_the_order_of_the_figures() -> None:
    backwards = dict(reversed(TRIANGLE.items()))
    found, other = gouji.judge(TRIANGLE, TRIANGLE_RULES), gouji.judge(backwards, TRIANGLE_RULES)
    assert (found.conflicts, found.explanations) == (other.conflicts, other.explanations)


def test_weights_turn_suspicion_and_trust_ends_it() -> None:
    assert gouji.judge(TRIANGLE, TRIANGLE_RULES, weights={"s": 5}).explanations == (("z",),)
    assert gouji.judge(TRIANGLE, TRIANGLE_RULES, weights={"s": None, "z": 2}).explanations == (
        ("t", "u"), ("t", "y"), ("u", "x"), ("z",)
    )  # fmt: skip


def test_a_limit_is_said_and_nothing_is_guessed() -> None:
    with pytest.raises(Undecided):
        gouji.judge(TRIANGLE, TRIANGLE_RULES, work=0)
    names = [f"x{n}" for n in range(40)]
    figures: dict[str, tuple[str, int | None]] = dict.fromkeys(names, ("1", 0))
    rules = [f"{a} + {b} == 9" for a, b in zip(names[::2], names[1::2], strict=True)]
    found = gouji.judge(figures, rules)
    assert not found.consistent
    assert not found.complete
    assert len(found.conflicts) == 20


SPELLINGS = [
    ("t == 1*a + 2.5*b - c", {"t": 1, "a": -1, "b": Fraction(-5, 2), "c": 1}, 0, "="),
    ("收入>=2×(支出-3)÷4", {"收入": 1, "支出": Fraction(-1, 2)}, Fraction(3, 2), ">="),
    (" a + a <= -(-b) ", {"a": 2, "b": -1}, 0, "<="),
    ("a*2.50 < .5 - 1e2", {"a": Fraction(5, 2)}, Fraction(199, 2), "<"),
    ("a ≥ a + 1", {"a": 0}, -1, ">="),
    ("3 = 甲_1", {"甲_1": -1}, 3, "="),
]  # fmt: skip


@pytest.mark.parametrize(("text", "weights", "constant", "comparison"), SPELLINGS)
def test_rules_are_read(
    text: str, weights: dict[str, Fraction], constant: Fraction, comparison: Comparison
) -> None:
    from gouji.diagnosis.texts import linear_rule

    assert linear_rule(text) == (weights, constant, comparison)


BAD_FIGURES = [
    (None, 1), (True, 1), (1, 1), (1.5, 1), ("", 1), ("1,2", 1), ("NaN", 1), ("inf", 1), ("0x1", 1), ("1_0", 1),
    ("１", 1), ("1", True), ("1", 1.0), ("1", "1"), ("1", 10**9), ("1e9999", 0), ("--1", 0), ("1.2.3", 0),
]  # fmt: skip


@pytest.mark.parametrize("figure", [*BAD_FIGURES, None, "12", ("1",), ("1", 1, 1), 5])
def test_malformed_figures_are_refused(figure: object) -> None:
    with pytest.raises(ValueError, match="a"):
        gouji.judge({"a": figure}, [])  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "rule",
    ["", "a", "a ==", "== a", "a == b", "a == a*a", "a == 1/a", "a == a/0", "a != 1", "a <> 1", "a == 1 == 1",
     "(a == 1", "a) == 1", "a == 1.2.3", "a == 2a", "a == 'x'", "a & 1", "a == [1]",
     "a == " + "(" * 99 + "1" + ")" * 99],
)  # fmt: skip
def test_malformed_rules_are_refused(rule: str) -> None:
    with pytest.raises(ValueError, match="rule"):
        gouji.judge({"a": ("1", 0)}, [rule])


@pytest.mark.parametrize("rules", ["a == a", None, 5, [None], [True], {"a == a"}])
def test_what_is_no_list_of_texts_is_refused(rules: object) -> None:
    with pytest.raises(ValueError, match="texts"):
        gouji.judge({"a": ("1", 0)}, rules)  # type: ignore[arg-type]


@pytest.mark.parametrize("figures", [None, [("a", ("1", 0))], {"1a": ("1", 0)}, {None: ("1", 0)}, {"a b": ("1", 0)}])
def test_what_is_no_mapping_of_names_is_refused(figures: object) -> None:
    with pytest.raises(ValueError, match="name"):
        gouji.judge(figures, [])  # type: ignore[arg-type]


@pytest.mark.parametrize("weights", [{"b": 1}, {"a": 0}, {"a": True}, {"a": 1.5}])
def test_malformed_weights_are_refused(weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        gouji.judge({"a": ("1", 0)}, [], weights=weights)


def test_a_set_that_leaves_a_conflict_has_no_range() -> None:
    found = gouji.judge(TRIANGLE, TRIANGLE_RULES)
    with pytest.raises(ValueError, match="conflict remains"):
        found.range("t")
    with pytest.raises(ValueError, match="no figure"):
        found.values(["w"])


@settings(max_examples=150)
@given(cases())
def test_feasibility_agrees_with_elimination(case: Case) -> None:
    found = gouji.judge(case.figures, case.texts)
    assert found.consistent is feasible(case.boxes, case.rules)
    assert found.holds == tuple(feasible(case.boxes, [rule]) for rule in case.rules)


@settings(max_examples=100)
@given(cases(), st.dictionaries(st.sampled_from(["甲", "b", "丙1"]), st.integers(1, 3)))
def test_explanations_are_all_smallest_sets(case: Case, weights: dict[str, int]) -> None:
    known = {name: weight for name, weight in weights.items() if name in case.figures}
    found = gouji.judge(case.figures, case.texts, weights=known)
    assert found.complete
    expected = smallest_releases(case.boxes, case.rules, known)
    assert list(found.explanations) == ([] if found.consistent else expected)


@settings(max_examples=100)
@given(cases())
def test_conflicts_are_irreducible_and_enough(case: Case) -> None:
    found = gouji.judge(case.figures, case.texts)
    assert bool(found.conflicts) is not found.consistent
    boxes = case.boxes
    for conflict in found.conflicts:
        own = {name: boxes[name] for name in conflict.names}
        rules = [case.rules[n] for n in conflict.rules]
        assert not feasible(own, rules)
        for name in conflict.names:
            assert feasible({n: box for n, box in own.items() if n != name}, rules)
        for n in conflict.rules:
            assert feasible(own, [case.rules[m] for m in conflict.rules if m != n])
    named = [name for conflict in found.conflicts for name in conflict.names]
    assert len(named) == len(set(named))
    empty = {n for conflict in found.conflicts if not conflict.names for n in conflict.rules}
    assert feasible(boxes, [rule for n, rule in enumerate(case.rules) if n not in empty], named)


@settings(max_examples=100)
@given(cases())
def test_the_factors_of_a_conflict_prove_it(case: Case) -> None:
    for conflict in gouji.judge(case.figures, case.texts).conflicts:
        total: dict[str, Fraction] = {}
        constant = Fraction(0)
        strict = False
        for n, factor in zip(conflict.rules, conflict.factors, strict=True):
            rule = case.rules[n]
            assert rule.comparison == "==" or (factor > 0) is (rule.comparison in {">", ">="})
            strict = strict or rule.comparison in {"<", ">"}
            constant += factor * rule.constant
            for name, weight in rule.weights.items():
                total[name] = total.get(name, Fraction(0)) + factor * weight
        assert {name for name, weight in total.items() if weight} == set(conflict.names)
        sum_allowed = Linear(total, constant, ">" if strict else ">=")
        assert not feasible({name: case.boxes[name] for name in conflict.names}, [sum_allowed])


@settings(max_examples=100)
@given(cases(), st.data())
def test_ranges_and_values_are_exact(case: Case, data: st.DataObject) -> None:
    found = gouji.judge(case.figures, case.texts)
    own = data.draw(st.lists(st.sampled_from(sorted(case.figures)), min_size=1, unique=True))
    sets = [*found.explanations[:3], *([tuple(own)] if feasible(case.boxes, case.rules, own) else [])]
    for names in sets:
        ranges, values = found.range(names), found.values(names)
        for name in names:
            truths = span_of(name, case.boxes, case.rules, names)
            assert ranges[name] == truths
            decimals = case.figures[name][1]
            if decimals is not None and truths is not None and truths.low is not None and truths.high is not None:
                assert values[name] == printable(truths.low, truths.high, decimals, name, case, names)


def printable(
    low: Fraction, high: Fraction, decimals: int, name: str, case: Case, names: tuple[str, ...]
) -> tuple[str, ...]:
    """Every figure near the range, printed instead and judged."""
    ulp = 1 / Fraction(10) ** decimals
    first, last = int(low / ulp) - 2, int(high / ulp) + 2
    is_long = last - first > 60
    kept = []
    for units in [*range(first, first + 6), *range(last - 5, last + 1)] if is_long else range(first, last + 1):
        text = f"{float(units * ulp):.{max(decimals, 0)}f}"
        assert Fraction(text) == units * ulp
        boxes = {**case.boxes, name: box_of(text, decimals)}
        if feasible(boxes, case.rules, [n for n in names if n != name]):
            kept.append(text)
    return tuple(kept) if len(kept) <= 3 and not is_long else (kept[0], kept[-1])
