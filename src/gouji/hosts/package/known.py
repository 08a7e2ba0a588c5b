"""Parts of layout, which the packages of one program and one layout have in common: the same bytes are read once.

Only for parts that hold names and places, never figures: relationships, content types, styles, the list of sheets.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from gouji.tables.memory import Kept

LARGEST = 32 * 1024
"""Bytes of a part above which it is read each time."""
MOST = 64
"""Parts known to each reader."""

T = TypeVar("T")


def known_by_content(read: Callable[[bytes, str], T]) -> Callable[[bytes, str], T]:
    """``read(content, name)`` of a part; what it returns is shared and must not be changed."""
    known: Kept[tuple[bytes, str], T] = Kept(MOST)

    @wraps(read)
    def found(content: bytes, name: str) -> T:
        key = (content, name)
        if key in known:
            return known[key]
        return read(content, name) if len(content) > LARGEST else known.keep(key, read(content, name))

    return found
