"""What was found out once and holds wherever the same texts are printed again, within a workbook and across many."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(dict[K, V]):
    """Results by what decides them; the sizes of those it holds never add up to more than ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most
        self._held = 0

    def keep(self, key: K, found: V, size: int = 1) -> V:
        """``found``, kept for ``key``, unless it is too large by itself."""
        if size <= self._most:
            if self._held + size > self._most:
                self.clear()
            self[key] = found
            self._held += size
        return found

    def clear(self) -> None:
        """Forget all of them."""
        super().clear()
        self._held = 0


class Memory(Kept[K, V]):
    """The results of ``find`` by its argument, which must decide them alone; ``size`` is 1 where not given."""

    def __init__(self, find: Callable[[K], V], most: int, size: Callable[[V], int] = lambda _: 1) -> None:
        super().__init__(most)
        self._find, self._size = find, size

    def __missing__(self, key: K) -> V:
        found = self._find(key)
        return self.keep(key, found, self._size(found))
