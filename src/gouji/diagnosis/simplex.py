"""Whether bounded variables and bounded sums of them can all be inside their bounds, by exact pivoting.

Variables ``0 … n-1`` are quantities, ``n …`` the sums, in the order given. Sums are written into the tableau only when
one of their quantities moves, so that far places of a large system cost nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gouji.diagnosis.delta import Number, Point, plain, ratio
from gouji.diagnosis.tableau import Budget, Tableau

PATIENCE = 2
"""Exchanges per variable made by the cheapest choice; after these the smallest index decides, which cannot circle."""
FEW = 20
"""After more tries than this, and one for every sum, the variable that misses most leaves."""


class Clash(NamedTuple):
    """Why there is no solution: ``variable`` is beyond a bound, and all it is made of keeps it there.

    ``below``: it is below its low bound, else above its high one. ``row`` are the coefficients of what it is made of;
    each of these stands at its own bound.
    """

    variable: int
    below: bool
    row: Mapping[int, Number]


class Simplex:
    """A tableau with a current point. All quantities not in the basis stay inside their bounds at all times."""

    def __init__(
        self,
        sums: Sequence[Mapping[int, int]],
        start: Sequence[int],
        bounds: Sequence[tuple[Point | None, Point | None]],
        budget: Budget,
    ) -> None:
        self.count = len(start)
        self._sums = sums
        self._budget = budget
        self.at: list[Point] = [(value, 0) for value in start]
        self.at += [(sum(weight * start[v] for v, weight in one.items()), 0) for one in sums]
        self.low = [low for low, _ in bounds]
        self.high = [high for _, high in bounds]
        self._tableau = Tableau(sums, self.count, budget)
        self._rows, self._columns, self._readers = self._tableau.rows, self._tableau.columns, self._tableau.readers
        self._broken: dict[int, None] = {}
        self._settle()

    def _settle(self) -> None:
        for v in range(self.count):
            self.bound(v, self.low[v], self.high[v])
        for v in range(self.count, len(self.at)):
            if not self._inside(v):
                self._tableau.write(v)
                self._watch(v)

    def bound(self, v: int, low: Point | None, high: Point | None) -> None:
        """Give ``v`` other bounds, ``low <= high``."""
        self.low[v], self.high[v] = low, high
        if v in self._rows:
            self._watch(v)
        elif not self._inside(v):
            if v in self._tableau.unwritten:
                self._tableau.write(v)
                self._watch(v)
            else:
                target = low if low is not None and self.at[v] < low else high
                assert target is not None
                self._move(v, target)

    def outside(self) -> list[int]:
        """The variables in the basis that are beyond their bounds."""
        return sorted(self._broken)

    def reach(self, one: Mapping[int, Number], *, upwards: bool) -> Point | None:
        """The greatest (or least) value of a sum of variables inside their bounds; ``None`` when there is no limit."""
        value: Number = 0
        beside: Number = 0
        for v, weight in one.items():
            end = self.high[v] if (weight > 0) is upwards else self.low[v]
            if end is None:
                return None
            value += weight * end[0]
            beside += weight * end[1]
        return value, beside

    def clash(self) -> Clash | None:
        """Move into all bounds; ``None`` when that worked. Raises ``OutOfBudget``."""
        tries = 0
        while self._broken:
            tries += 1
            careful = tries > PATIENCE * len(self.at)
            out = min(self._broken) if careful else self._leaving(tries)
            low = self.low[out]
            below = low is not None and self.at[out] < low
            entering = self._entering(out, below, careful=careful)
            if entering is None:
                return Clash(out, below, dict(self._rows[out]))
            target = low if below else self.high[out]
            assert target is not None
            if not careful:
                self._share(out, entering, target)
            self._exchange(out, entering, target)
        return None

    def _leaving(self, tries: int) -> int:
        """The first beyond its bounds, as long as that may do; then the one that misses most.

        The first suits many small misses; among a few large ones it would wander.
        """
        is_early = tries <= FEW + len(self._sums)
        return next(iter(self._broken)) if is_early else max(self._broken, key=self._miss)

    def _miss(self, v: int) -> Number:
        """How far a variable is beyond its bounds."""
        low, high = self.low[v], self.high[v]
        below = low[0] - self.at[v][0] if low is not None else 0
        return max(below, self.at[v][0] - high[0] if high is not None else 0)

    def extreme(self, v: int, *, upwards: bool) -> Point | None:
        """The greatest (or least) value of ``v`` inside all bounds, ``None`` when there is no limit.

        Needs a point inside all bounds (``clash`` returned ``None``).
        """
        while True:
            limit = self.high[v] if upwards else self.low[v]
            if limit is not None and self.at[v] == limit:
                return limit
            step = self._improving(v, upwards)
            if step is None:
                return self.at[v]
            entering, rising = step
            if not self._advance(entering, rising):
                return None

    def _inside(self, v: int) -> bool:
        at, low, high = self.at[v], self.low[v], self.high[v]
        return (low is None or at >= low) and (high is None or at <= high)

    def _watch(self, v: int) -> None:
        if self._inside(v):
            self._broken.pop(v, None)
        else:
            self._broken[v] = None

    def _can_move(self, v: int, *, up: bool) -> bool:
        limit = self.high[v] if up else self.low[v]
        return limit is None or (self.at[v] < limit if up else self.at[v] > limit)

    def _entering(self, out: int, below: bool, *, careful: bool) -> int | None:
        best: tuple[int, int] | None = None
        for v, coefficient in self._rows[out].items():
            if self._can_move(v, up=(coefficient > 0) is below):
                cost = (0 if careful else self._cost(v), v)
                if best is None or cost < best:
                    best = cost
        return None if best is None else best[1]

    def _share(self, out: int, entering: int, target: Point) -> None:
        """Let the others that ``out`` is made of take what would move ``entering`` by more than half its room."""
        row, below = self._rows[out], self.at[out] < target
        missing = _whole_distance(target, self.at[out]) - self._half_room(entering, row[entering], below)
        if missing <= 0:
            return
        for _, v in sorted((self._cost(v), v) for v in row if v != entering):
            taken = min(self._half_room(v, row[v], below), missing)
            if taken > 0:
                value, beside = self.at[v]
                self._move(v, (value + (taken if (row[v] > 0) is below else -taken), beside))
                missing -= taken
                if not missing:
                    return

    def _half_room(self, v: int, weight: Number, below: bool) -> int:
        """Half of how far ``v``, where it counts once, can move towards what is missing; 0 where it does otherwise."""
        limit = self.high[v] if (weight > 0) is below else self.low[v]
        once = weight in {1, -1}
        return 0 if limit is None or not once else _whole_distance(limit, self.at[v]) // 2

    def _cost(self, v: int) -> int:
        return max(len(self._columns[v]), len(self._readers[v]) if v < self.count else 0)

    def _move(self, v: int, target: Point) -> None:
        """Move ``v``, which is not in the basis, and what is made of it."""
        self._tableau.write_readers(v)
        value, beside = self.at[v]
        change, change_beside = target[0] - value, target[1] - beside
        self.at[v] = target
        self._budget.spend(len(self._columns[v]))
        for basic in self._columns[v]:
            weight = self._rows[basic][v]
            value, beside = self.at[basic]
            self.at[basic] = (plain(value + weight * change), plain(beside + weight * change_beside))
            self._watch(basic)

    def _exchange(self, out: int, entering: int, target: Point) -> None:
        """Move ``entering`` so far that ``out`` comes to ``target``, and exchange the two."""
        weight = self._rows[out][entering]
        (value, beside), (now, now_beside) = self.at[entering], self.at[out]
        to = (plain(value + ratio(target[0] - now, weight)), plain(beside + ratio(target[1] - now_beside, weight)))
        self._move(entering, to)
        self.at[out] = target
        self._broken.pop(out, None)
        self._tableau.exchange(out, entering)
        self._watch(entering)

    def _improving(self, v: int, upwards: bool) -> tuple[int, bool] | None:
        """The variable outside the basis with the smallest index whose move improves ``v``, and its direction."""
        if v not in self._rows:
            return v, upwards
        moves = ((k, (c > 0) is upwards) for k, c in self._rows[v].items())
        return min((move for move in moves if self._can_move(move[0], up=move[1])), default=None)

    def _advance(self, entering: int, rising: bool) -> bool:
        """Move ``entering`` as far as every bound allows; ``False`` when nothing stops it."""
        self._tableau.write_readers(entering)
        best = self._room(entering, 1, up=rising)
        blocking = entering
        for basic in sorted(self._columns[entering]):
            weight = self._rows[basic][entering]
            room = self._room(basic, weight if weight > 0 else -weight, up=(weight > 0) is rising)
            if room is not None and (best is None or (room, basic) < (best, blocking)):
                best, blocking = room, basic
        if best is None:
            return False
        if blocking == entering:
            target = self.high[entering] if rising else self.low[entering]
            assert target is not None
            self._move(entering, target)
        else:
            target = self.high[blocking] if (self._rows[blocking][entering] > 0) is rising else self.low[blocking]
            assert target is not None
            self._exchange(blocking, entering, target)
        return True

    def _room(self, v: int, weight: Number, *, up: bool) -> Point | None:
        limit = self.high[v] if up else self.low[v]
        if limit is None:
            return None
        at = self.at[v]
        near, far = (at, limit) if up else (limit, at)
        return ratio(far[0] - near[0], weight), ratio(far[1] - near[1], weight)


def _whole_distance(one: Point, other: Point) -> int:
    distance = one[0] - other[0]
    return int(distance if distance > 0 else -distance)


