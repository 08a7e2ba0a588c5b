"""A paragraph as it is matched: without blanks, at half width, every character knowing where it stood."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gouji.labels import visible

_PLAIN = {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "【": "[", "】": "]"}


class Squeezed(NamedTuple):
    """``text`` is matched; ``at[i]`` is the code point of the paragraph ``source`` that character ``i`` came from."""

    text: str
    at: tuple[int, ...]
    source: str = ""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the paragraph from ``start`` to ``end`` (not included) of the squeezed text."""
        return self.at[start], self.at[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """The same in the characters of the paragraph, without blanks."""
        first, last = self.span(start, end)
        return "".join(self.source[first:last].split())


def squeeze(text: str) -> Squeezed:
    """The paragraph squeezed, one character for one: a character that would become several stays as it is."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _plain(character)
        if plain:
            characters.append(plain)
            places.append(place)
    return Squeezed("".join(characters), tuple(places), text)


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    plain = visible(character)
    return plain if len(plain) <= 1 else character
