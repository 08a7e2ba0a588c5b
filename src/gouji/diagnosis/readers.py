"""The relations that read a figure, no more of them than are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from gouji.checking.check import Judged


class Readers:
    """The relations that read a figure, found as they are asked for."""

    def __init__(self, rest: Iterator[Judged]) -> None:
        self._known: list[Judged] = []
        self._rest = rest

    def __iter__(self) -> Iterator[Judged]:
        for number in count():
            if number == len(self._known):
                found = next(self._rest, None)
                if found is None:
                    return
                self._known.append(found)
            yield self._known[number]

    def all(self) -> list[Judged]:
        """All of them; the same list each time."""
        self._known.extend(self._rest)
        return self._known
