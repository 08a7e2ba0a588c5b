"""Dates, spelled as text (``t="d"`` in a file) or as Python has them, as the serial numbers a spreadsheet counts."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from gouji.hosts.digits import float_text

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_FIRST_TRUE_DAY = datetime(1900, 3, 1)
"""Before it the 1900 system is one day behind, because it counts a 29 February 1900."""
_DAY = timedelta(days=1)


def serial_number(text: str, date1904: bool = False) -> str | None:
    """``2020-12-31T12:00:00`` → ``44196.5``; a time alone is a part of a day; ``None`` when it is no ISO 8601 date."""
    moment = _moment(text.strip())
    return None if moment is None else serial_of(moment, date1904)


def serial_of(moment: datetime | date | time | timedelta, date1904: bool = False) -> str:
    """The serial number of a moment; a time or a period alone counts in days from nothing."""
    passed = _passed(moment, date1904)
    return float_text(float(Fraction(passed // timedelta(microseconds=1), _DAY // timedelta(microseconds=1))))


def _passed(moment: datetime | date | time | timedelta, date1904: bool) -> timedelta:
    if isinstance(moment, timedelta):
        return moment
    if isinstance(moment, time):
        return timedelta(
            hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
        )
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)
    moment = moment.replace(tzinfo=None)
    if date1904:
        return moment - _EPOCH_1904
    return moment - _EPOCH_1900 - (_DAY if moment < _FIRST_TRUE_DAY else timedelta())


def _moment(text: str) -> datetime | time | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None
