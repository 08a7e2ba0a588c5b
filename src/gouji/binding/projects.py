"""Names of projects from one form to another.

The same name, else the same without a bracketed tail, else one that begins with the other, else the only one left on
both sides. Two matches are ambiguous, not a match. The last stage joins figures, but the names are not the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gouji.labels import normalised
from gouji.tables.model import Line, Section

_TAIL = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\])$")
_LIKE = 2
"""Names left over on both sides are one project where at least one part in this many is alike."""


def alike(name: str, names: Sequence[str]) -> list[int]:
    """Which of ``names`` are meant by ``name``, at the first stage that finds any."""
    wanted = normalised(name)
    keys = [normalised(each) for each in names]
    stages: tuple[Callable[[str], bool], ...] = (
        lambda key: key == wanted,
        lambda key: without_tail(key) == without_tail(wanted),
        lambda key: key.startswith(wanted) or wanted.startswith(key),
    )
    for same in stages:
        found = [index for index, key in enumerate(keys) if key and wanted and same(key)]
        if found:
            return found
    return []


def same_project(name: str, names: Sequence[str]) -> int | None:
    """The one of ``names`` that is ``name``, ``None`` when there is none or more than one."""
    found = alike(name, names)
    return found[0] if len(found) == 1 else None


def listed_projects(section: Section) -> list[Line]:
    """The lines of a list of projects, without its totals."""
    return [line for line in section.lines if line.definition is not None and line.definition.each is not None]


def without_tail(name: str) -> str:
    """A name without what stands in brackets at its end, the name itself when that is all of it."""
    return _TAIL.sub("", name) or name


def left_over(name: str, others: Sequence[str], names: Sequence[str]) -> int | None:
    """The one of ``names`` that must be ``name``: all the ``others`` are the rest of them, and the two are alike."""
    taken = {same_project(other, names) for other in others}
    free = [index for index in range(len(names)) if index not in taken]
    is_last = [other for other in others if same_project(other, names) is None] == [name]
    if len(free) != 1 or not is_last or not _is_like(normalised(name), normalised(names[free[0]])):
        return None
    return free[0]


def nearest(name: str, names: Sequence[str]) -> str | None:
    """The one of ``names`` most like ``name``, for messages; ``None`` when none is like it."""
    like = [each for each in names if _is_like(normalised(name), normalised(each))]
    return max(like, key=lambda each: _common(normalised(name), normalised(each)), default=None)


def _is_like(one: str, other: str) -> bool:
    return _LIKE * _common(one, other) >= max(len(one), len(other))


def _common(one: str, other: str) -> int:
    """How many characters two names share at their beginning and end."""
    least = min(len(one), len(other))
    start = next((i for i in range(least) if one[i] != other[i]), least)
    end = next((i for i in range(least - start) if one[-1 - i] != other[-1 - i]), least - start)
    return start + end
