"""Timing things side by side on a machine that is doing other work too.

Everything is run once a round, in turn, and compared within the round: what slows the machine for a while slows all of
them. Processor time is counted, not the time that passes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Run = Callable[[], float]
"""Does something once and gives the processor time it took, in seconds."""
Times = Mapping[str, Sequence[float]]


class Ratio(NamedTuple):
    """How many times as long one thing takes as another: the median of all rounds and the middle half of them."""

    median: float
    low: float
    high: float


def in_process(step: Callable[[], object]) -> Run:
    """A run of ``step`` in this process."""

    def run() -> float:
        start = time.process_time()
        step()
        return time.process_time() - start

    return run


def as_process(command: Sequence[str], environment: Mapping[str, str], codes: frozenset[int]) -> Run:
    """A run of ``command`` as a process of its own, which must end with one of ``codes``."""

    def run() -> float:
        before = _children()
        done = subprocess.run(command, env=dict(environment), stdout=subprocess.DEVNULL, check=False)
        assert done.returncode in codes, f"{command}: {done.returncode}"
        return _children() - before

    return run


def _children() -> float:
    used = os.times()
    return used.children_user + used.children_system


def interleaved(runs: Mapping[str, Run], rounds: int) -> Times:
    """The times of every run, a round after another, each second round in the opposite order; one more to warm up."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds + 1):
        for name in list(runs) if number % 2 else reversed(list(runs)):
            taken = runs[name]()
            if number:
                times[name].append(taken)
    return times


def ratio(longer: Sequence[float], shorter: Sequence[float]) -> Ratio:
    """``longer`` over ``shorter``, round by round."""
    ratios = [one / other for one, other in zip(longer, shorter, strict=True)]
    low, median, high = statistics.quantiles(ratios, n=4)
    return Ratio(median, low, high)


def together(times: Times, names: Sequence[str]) -> list[float]:
    """The times of several runs added up, round by round."""
    return [sum(taken) for taken in zip(*(times[name] for name in names), strict=True)]
