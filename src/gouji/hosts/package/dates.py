"""Dates that a file spells as text (``t="d"``), as the serial numbers a spreadsheet counts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
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
    if moment is None:
        return None
    if isinstance(moment, time):
        passed = timedelta(
            hours=moment.hour, minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond
        )
    elif date1904:
        passed = moment - _EPOCH_1904
    else:
        passed = moment - _EPOCH_1900 - (_DAY if moment < _FIRST_TRUE_DAY else timedelta())
    return float_text(float(Fraction(passed // timedelta(microseconds=1), _DAY // timedelta(microseconds=1))))


def _moment(text: str) -> datetime | time | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None
