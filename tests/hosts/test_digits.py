from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.hosts.digits import float_text, stored_text

floats = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ("1888.8999999999999", "1888.9"),
        ("0.30000000000000004", "0.3"),
        ("20.00", "20"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("+3", "3"),
        ("1.8889E3", "1888.9"),
        ("1e-7", "0.0000001"),
        ("1E+21", "1000000000000000000000"),
        ("2080501", "2080501"),
        ("123456789012345678", "123456789012346000"),
        ("0.1234567890123455", "0.123456789012345"),  # the binary number next to it is below the middle
        ("", None),
        ("—", None),
        ("nan", None),
        ("inf", None),
        ("1_000", None),
        ("1,234.5", None),
        ("１２", None),
        ("1e999", None),
        ("0x10", None),
    ],
)
def test_a_number_as_files_spell_it(spelling: str, expected: str | None) -> None:
    assert stored_text(spelling) == expected


@given(floats)
def test_every_spelling_of_a_number_gives_its_fifteen_digits(value: float) -> None:
    digits = float_text(value)
    assert stored_text(repr(value)) == digits
    assert stored_text(format(value, ".17g")) == digits
    rounded = Context(prec=15, rounding=ROUND_HALF_UP, Emin=-999999, Emax=999999).plus(Decimal(value))
    assert Decimal(digits) == rounded
    assert "e" not in digits.lower()


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 12))
def test_fifteen_digits_come_back_as_typed(digits: int, places: int) -> None:
    typed = Decimal(digits).scaleb(-places)
    text = stored_text(format(typed, "f"))
    assert text is not None
    assert Decimal(text) == typed
    assert text == float_text(float(typed))
    assert text == "0" or not (("." in text) and text.endswith(("0", ".")))


def test_no_text_for_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        float_text(float("inf"))
