"""What slip explains a printed figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.diagnosis.mechanism import Mechanism, mechanism
from gouji.figures import decimal_text

CASES = [
    ("1,899.0", "1,889.0", Mechanism.DIGIT),
    ("1,899.0", "1,888.9", None),
    ("20.1", "30.1", Mechanism.DIGIT),
    ("20.1", "29.9", None),
    ("-12.5", "12.5", Mechanism.SIGN),
    ("12.5", "-12.5", Mechanism.SIGN),
    ("12.4", "12.5", Mechanism.LAST_UNIT),
    ("-12.4", "-12.5", Mechanism.LAST_UNIT),
    ("96.63%", "96.64%", Mechanism.LAST_UNIT),
    ("12.6", "12.5", Mechanism.DIGIT),
    ("1,234,500.00", "123.45", Mechanism.UNIT),
    ("0.01", "123.45", Mechanism.UNIT),
    ("123.45", "1,234,500.00", Mechanism.UNIT),
    ("1,234.5", "123.5", None),
    ("1,234.50", "123.45", Mechanism.SLIP),
    ("12.35", "123.45", Mechanism.SLIP),
    ("300.0", "30.0", Mechanism.SLIP),
    ("54.21", "45.21", Mechanism.SWAP),
    ("42.51", "45.21", Mechanism.SWAP),
    ("15.24", "45.21", Mechanism.FAR_SWAP),
    ("41.25", "45.21", Mechanism.FAR_SWAP),
    ("134.4", "1,234.4", Mechanism.DROPPED),
    ("1.34", "12.34", Mechanism.DROPPED),
    ("12.3", "12.34", Mechanism.DIGIT),
    ("1,223.4", "123.4", Mechanism.DOUBLED),
    ("12.34", "12.34", None),
    ("0.00", "12.34", None),
    ("12.34", "0.00", None),
    ("无", "12.34", None),
    ("NaN", "1", None),
]


@pytest.mark.parametrize(("printed", "proposed", "expected"), CASES)
def test_the_most_plausible_slip(printed: str, proposed: str, expected: Mechanism | None) -> None:
    assert mechanism(printed, proposed) is expected


amounts = st.integers(1, 10**7).map(lambda digits: f"{digits / 100:,.2f}")


@given(amounts, amounts)
def test_any_two_figures_have_an_answer(one: str, other: str) -> None:
    assert mechanism(one, one) is None
    assert mechanism(f"-{one}", one) is Mechanism.SIGN
    assert mechanism(one, other) in {None, *Mechanism}


@given(st.integers(1000, 10**7), st.data())
def test_a_changed_digit_always_has_a_mechanism(digits: int, data: st.DataObject) -> None:
    text = str(digits)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[place]]))
    damaged = int(text[:place] + other + text[place + 1 :])
    found = mechanism(decimal_text(damaged), decimal_text(digits))
    assert found is not None or damaged == 0


def test_keys_are_distinct_and_both_languages_are_there() -> None:
    assert len({one.key for one in Mechanism}) == len(Mechanism)
    assert all(one.chinese and one.english for one in Mechanism)
