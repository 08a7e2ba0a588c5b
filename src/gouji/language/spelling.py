"""The nearest right spelling of a word."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like ``word``, or ``None`` when nothing is alike; case does not matter."""
    from difflib import get_close_matches

    by_key = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(word.casefold(), by_key, n=1, cutoff=0.5)
    return by_key[found[0]] if found else None
