"""Two or more tasks measured in turn, A B A B …, so that a drifting machine drifts for all of them."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

Task = Callable[[], object]


class Ratio(NamedTuple):
    """How many times as long one task takes as another: pair by pair, the middle and the two quarters."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.low:.2f}–{self.high:.2f})"


def in_turn(tasks: Mapping[str, Task], rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time of each task, once warmed up, ``rounds`` times each in turn."""
    taken: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(rounds + 1):
        for name, task in tasks.items():
            begun = time.process_time()
            task()
            if number:
                taken[name].append(time.process_time() - begun)
    return taken


def commands_in_turn(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time of each command as a whole process, after one run that is not counted."""
    def run(command: Sequence[str]) -> Task:
        return lambda: subprocess.run(command, check=False, capture_output=True)

    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            before = _children()
            run(command)()
            if number:
                taken[name].append(_children() - before)
    return taken


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ratio(one: Sequence[float], other: Sequence[float]) -> Ratio:
    """``one`` ÷ ``other``, pair by pair."""
    pairs = sorted(a / b for a, b in zip(one, other, strict=True))
    quarter = len(pairs) // 4
    return Ratio(median(pairs), pairs[quarter], pairs[-1 - quarter])
