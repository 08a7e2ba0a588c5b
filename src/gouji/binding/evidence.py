"""What print tells of a formula: degrees between certain and impossible, and how they combine.

A difference is judged as twice what is printed, in whole numbers, with how far rounding lets it reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import TypeAlias

from gouji.language.ast import Comparison


class Evidence(Enum):
    """What print tells of a formula. ``HOLDS`` as printed, though perhaps not for every truth; ``BREAKS`` likewise."""

    CERTAIN = auto()
    HOLDS = auto()
    BREAKS = auto()
    IMPOSSIBLE = auto()
    NOT_FORMED = auto()
    UNKNOWN = auto()

    __hash__ = object.__hash__


CERTAIN, HOLDS, BREAKS, IMPOSSIBLE, NOT_FORMED, UNKNOWN = Evidence
Evidences: TypeAlias = list[Evidence]
NO_OPEN_END: dict[bool, Evidence] = {True: CERTAIN, False: IMPOSSIBLE}


OPPOSITE = {
    CERTAIN: IMPOSSIBLE, IMPOSSIBLE: CERTAIN, HOLDS: BREAKS, BREAKS: HOLDS, NOT_FORMED: NOT_FORMED, UNKNOWN: UNKNOWN,
}  # fmt: skip
_WEIGHT = {IMPOSSIBLE: 0, UNKNOWN: 1, NOT_FORMED: 2, BREAKS: 3, HOLDS: 4, CERTAIN: 5}
_WEIGHT_OF_PARTS = {UNKNOWN: 0, NOT_FORMED: 1, IMPOSSIBLE: 2, BREAKS: 3, HOLDS: 4, CERTAIN: 5}


def _lighter(ends: frozenset[Evidence], weight: dict[Evidence, int]) -> dict[tuple[Evidence, Evidence], Evidence]:
    """Of two parts of an AND the one that decides; after one of ``ends`` the next has no say."""
    return {
        (one, other): one if one in ends or weight[one] <= weight[other] else other
        for one in Evidence for other in Evidence
    }


SETTLED, HOLES = frozenset({IMPOSSIBLE, NOT_FORMED}), frozenset({UNKNOWN, NOT_FORMED})
"""After which part of an AND the next need not be asked. The first that is not formed decides, unless one before may
not be applicable."""
BOTH = _lighter(SETTLED, _WEIGHT)
"""What an AND of two comes to."""
BOTH_FORMED = _lighter(HOLES, _WEIGHT_OF_PARTS)
"""The same for an AND that is part of an OR or NOT."""
_FIRST = UNKNOWN, NOT_FORMED, CERTAIN, HOLDS, BREAKS, IMPOSSIBLE
EITHER = {(one, other): min(one, other, key=_FIRST.index) for one in Evidence for other in Evidence}
"""What an OR of two comes to: a part that is not formed leaves it so."""


VERDICTS = {CERTAIN: True, HOLDS: True, BREAKS: False, IMPOSSIBLE: False, NOT_FORMED: None, UNKNOWN: False}
"""What evidence of a relation makes of it, as of ``Settling``."""


def with_condition(asked: Sequence[Evidence], told: Sequence[bool | None]) -> list[bool | None]:
    """The verdicts where a condition comes to ``asked``; ``told`` are those of the lines where it is certain."""
    verdicts = iter(told)
    return [
        next(verdicts) if one is CERTAIN else None if one is IMPOSSIBLE or one is NOT_FORMED else False
        for one in asked
    ]


Compared: TypeAlias = tuple[Evidence, Evidence, Evidence, Evidence, Evidence, Evidence]
"""What a comparison with zero comes to, by ``degree``. ``<>`` is a question about print, so that it is possible only
there; it is certain where ``=`` is impossible."""
COMPARED: dict[Comparison, Compared] = {
    "<": (CERTAIN, HOLDS, BREAKS, IMPOSSIBLE, BREAKS, IMPOSSIBLE),
    "<=": (CERTAIN, HOLDS, HOLDS, CERTAIN, BREAKS, IMPOSSIBLE),
    "=": (IMPOSSIBLE, BREAKS, HOLDS, CERTAIN, BREAKS, IMPOSSIBLE),
    "<>": (CERTAIN, HOLDS, IMPOSSIBLE, IMPOSSIBLE, HOLDS, CERTAIN),
    ">=": (IMPOSSIBLE, BREAKS, HOLDS, CERTAIN, HOLDS, CERTAIN),
    ">": (IMPOSSIBLE, BREAKS, BREAKS, IMPOSSIBLE, HOLDS, CERTAIN),
}


def degree(printed: int, reach: int) -> int:
    """Where twice a difference as printed stands, which rounding lets reach so far.

    0 surely less than zero, 1 less, 2 zero within rounding, 3 exactly zero, 4 more, 5 surely more.
    """
    if printed > 0:
        return 5 if printed > reach else 4
    if printed:
        return 0 if -printed > reach else 1
    return 2 if reach else 3
