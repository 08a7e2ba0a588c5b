from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.number_format import decimals, is_date, is_percent, printed, scale

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("General", None),
        ("G/通用格式", None),
        ("@", None),
        ("", None),
        ("0", 0),
        ("0.00", 2),
        ("#,##0.0_ ", 1),
        ("#,##0.00", 2),
        ("0%", 0),
        ("0.00%", 2),
        (ACCOUNTING, 2),
        ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)', 0),
        ("#,##0.##", None),
        ("0.0#", None),
        ("0.??", None),
        ("0.00;[Red]-0.00", 2),
        ("[红色]0.0", 1),
        ("[>=1000]0.0,;0.00", 1),
        ('"约"0.0"万元"', 1),
        ('"0.000"0.0', 1),
        ("\\.0.00\\0", 2),
        ("[$￥-804]#,##0.00", 2),
        ('"—";"—";0.0', 1),
        ("0.0,", 1),
        ("0\\.0,", 0),
        ("yyyy-mm-dd", None),
        ("mm:ss.0", None),
        ("0.00E+00", None),
        ("# ?/?", None),
    ],
)
def test_decimals_a_format_fixes(number_format: str, expected: int | None) -> None:
    assert decimals(number_format) == expected


@pytest.mark.parametrize(
    ("number_format", "percent", "date", "power"),
    [
        ("0.00%", True, False, 0),
        ('0.0"%"', False, False, 0),
        ("0.0\\%", False, False, 0),
        ("0.0,", False, False, 3),
        ("0.00,,", False, False, 6),
        ("#,##0.0", False, False, 0),
        ("#,##0,", False, False, 3),
        ("0\\.0,", False, False, 4),
        ("0!.0000", False, False, 4),
        ('0"."0', False, False, 1),
        ("0.0\\.", False, False, 0),
        ("yyyy-mm-dd", False, True, 0),
        ('yyyy"年"m"月"', False, True, 0),
        ("[h]:mm", False, True, 0),
        ("上午/下午h:mm", False, True, 0),
        ('0"年"', False, False, 0),
        ("[Red]0", False, False, 0),
        ("General", False, False, 0),
        ("@", False, False, 0),
    ],
)
def test_percent_date_and_scale(number_format: str, percent: bool, date: bool, power: int) -> None:
    assert (is_percent(number_format), is_date(number_format), scale(number_format)) == (percent, date, power)


@pytest.mark.parametrize(
    ("text", "number_format", "expected"),
    [
        ("1888.95", "#,##0.0", "1,889.0"),
        ("1888.85", "#,##0.0", "1,888.9"),
        ("-1888.85", "#,##0.0", "-1,888.9"),
        ("-0.04", "0.0", "0.0"),
        ("1234567", "#,##0", "1,234,567"),
        ("0", "#,##0.00", "0.00"),
        ("0", ACCOUNTING, "-"),
        ("-12.3", ACCOUNTING, "-12.30"),
        ("0.47055", "0.00%", "47.06%"),
        ("12345.6", "0.0,", "12.3"),
        ("12345.6", "0\\.0,", "1.2"),
        ("-12.3", "0.0;(0.0)", "(12.3)"),
        ("5", "[>=10]0.0;0.00", "5.00"),
        ("10", "[>=10]0.0;0.00", "10.0"),
        ("0.5", "#.##", ".5"),
        ("2", "0.##", "2."),
        ("7", "000", "007"),
        ("12.5", '"约"0.0"万元"', "约12.5万元"),
        ("2080501", "0", "2080501"),
        ("1888.8", "General", "1888.8"),
        ("44196", "yyyy-mm-dd", "44196"),
        ("—", "0.00", "—"),
        ("", "0.00", ""),
    ],
)
def test_printed(text: str, number_format: str, expected: str) -> None:
    assert printed(text, number_format) == expected


@given(st.decimals(-(10**15), 10**15, places=6), st.integers(0, 4))
def test_printed_rounds_half_away_exactly(value: Decimal, places: int) -> None:
    number_format = "#,##0" + ("." + "0" * places if places else "")
    shown = Decimal(printed(format(value, "f"), number_format).replace(",", ""))
    assert shown == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert abs(shown - value) * 2 <= Decimal(1).scaleb(-places)
