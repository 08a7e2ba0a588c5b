"""Whatever tree there is, its text parses to the same tree."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gouji.language import parse_formula, unparse
from gouji.language.ast import (
    Axis,
    Binary,
    Call,
    Code,
    Compare,
    Each,
    Expression,
    Here,
    Label,
    Negate,
    Number,
    Parameter,
    Path,
    Percent,
    Place,
    Reference,
    Text,
)
from gouji.language.functions import FUNCTIONS

NAMES = st.sampled_from(["总表", "支出表", "a1", "年度", "满分"])
WORDS = st.text("总计 各下级本行1234567（）：；=+-*.()<>%/:,[]，“”栏", min_size=1, max_size=8).filter(str.strip)
STEPS = st.one_of(
    st.builds(Label, WORDS),
    st.builds(Code, st.from_regex(r"[0-9]{3,7}", fullmatch=True)),
    st.builds(Each, st.sampled_from(["下级", "行", "栏", "金额", "类"])),
    st.builds(Here, st.sampled_from(["本行", "本栏", "本表"])),
)
PATHS = st.builds(Path, st.lists(STEPS, min_size=1, max_size=3).map(tuple))
AXES = st.builds(Axis, PATHS, st.none() | PATHS)
PLACES = st.builds(Place, st.lists(AXES, min_size=1, max_size=2).map(tuple))
REFERENCES = st.one_of(
    st.builds(Reference, PLACES),
    st.builds(Reference, PLACES, NAMES),
    st.builds(Reference, PLACES, NAMES, NAMES),
)
NUMBERS = st.builds(Number, st.decimals(0, 10**12, places=2).map(abs) | st.integers(0, 10**15).map(Decimal))
LEAVES: st.SearchStrategy[Expression] = st.one_of(
    NUMBERS, st.builds(Text, st.text("≤“a 说)", max_size=4)), st.builds(Parameter, NAMES), REFERENCES
)


@st.composite
def calls(draw: st.DrawFn, inner: st.SearchStrategy[Expression]) -> Expression:
    name = draw(st.sampled_from(sorted(FUNCTIONS)))
    least, most = FUNCTIONS[name]
    arguments = draw(st.lists(inner, min_size=least, max_size=most or least + 2))
    return Call(name, tuple(arguments))


def _larger(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
        st.builds(Compare, st.sampled_from(["=", "<>", "<=", ">=", "<", ">"]), inner, inner),
        st.builds(Negate, inner),
        st.builds(Percent, inner),
        calls(inner),
    )


@given(st.recursive(LEAVES, _larger, max_leaves=12))
def test_round_trip(expression: Expression) -> None:
    text = unparse(expression)
    assert parse_formula(text) == expression
    assert unparse(parse_formula(text)) == text
