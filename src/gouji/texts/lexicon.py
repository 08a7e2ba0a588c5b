"""Phrases and what they may mean, found at a place of a text in time bounded by the longest phrase."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

Sort: TypeAlias = Literal["row", "column", "word"]


class Entry(NamedTuple):
    """One meaning of a phrase: a row or column of a text table, or a word of the vocabulary.

    ``heading``: only under a heading with these words. ``key`` is the code or name of a line of open rows.
    """

    sort: Sort
    name: str
    table: str = ""
    heading: str = ""
    key: str = ""


class _Node:
    __slots__ = ("after", "entries")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        self.entries: list[Entry] = []


class Lexicon:
    """A tree of phrases, character by character."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, phrase: str, entry: Entry) -> None:
        """Let ``phrase`` (squeezed) mean ``entry``, too."""
        node = self._root
        for character in phrase:
            node = node.after.setdefault(character, _Node())
        if entry not in node.entries:
            node.entries.append(entry)

    def longest(self, text: str, start: int) -> tuple[int, tuple[Entry, ...]] | None:
        """Where the longest phrase from ``start`` on ends, and what it may mean."""
        node, found = self._root, None
        for place in range(start, len(text)):
            following = node.after.get(text[place])
            if following is None:
                break
            node = following
            if node.entries:
                found = place + 1, tuple(node.entries)
        return found
