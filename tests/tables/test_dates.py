"""A number shown as a date is the day, or the time, that a person reads."""

from __future__ import annotations

import pytest

from gouji.tables.dates import date_text


@pytest.mark.parametrize(("serial", "date1904", "shown"), [
    ("44196", False, "2020-12-31"), ("44196.75", False, "2020-12-31 18:00"), ("0.5", False, "12:00"),
    ("59", False, "1900-02-28"), ("61", False, "1900-03-01"), ("42734", True, "2020-12-31"),
    ("-3", False, "-3"), ("99999999", False, "99999999"), ("44196.000011574", False, "2020-12-31 00:00:01"),
])  # fmt: skip
def test_what_a_number_shown_as_a_date_prints(serial: str, date1904: bool, shown: str) -> None:
    assert date_text(serial, date1904=date1904) == shown
