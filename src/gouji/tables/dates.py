"""What a number shown as a date or a time prints."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_MARCH_1900 = 61
"""From here on days count one more, because spreadsheets have a 29 February 1900."""
_LAST_DAY = 2_950_000


def date_text(serial: str, *, date1904: bool = False) -> str:
    """The day, or the time, that a number shown as a date prints: ``44196`` → ``2020-12-31``, ``0.5`` → ``12:00``.

    What is no day between 1900 and 9999 comes back as it is.
    """
    days, part = divmod(Decimal(serial), 1)
    seconds = int((part * 86_400).to_integral_value(ROUND_HALF_UP))
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    if not days and seconds:
        return time
    epoch = date(1904, 1, 1) if date1904 else date(1899, 12, 30 if days >= _MARCH_1900 else 31)
    if not 0 <= days <= _LAST_DAY:
        return serial
    day = (epoch + timedelta(days=int(days))).isoformat()
    return f"{day} {time}" if seconds else day
