"""What was found out once and holds wherever the same texts are printed again, within a workbook and across many."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(dict[K, V]):
    """Results by what decides them; it never holds more than ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: K, found: V) -> V:
        """``found``, kept for ``key``."""
        if len(self) >= self._most:
            self.clear()
        self[key] = found
        return found


class Memory(Kept[K, V]):
    """The results of ``find`` by its argument, which must decide them alone."""

    def __init__(self, find: Callable[[K], V], most: int) -> None:
        super().__init__(most)
        self._find = find

    def __missing__(self, key: K) -> V:
        return self.keep(key, self._find(key))
