"""Damage to the examples, so many of each kind, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.reliability.damages import Damage, damages
from bench.reliability.outcomes import Judge, Kind
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack

EXAMPLES: Mapping[str, str] = {
    "heilongjiang-2020-corrected": "heilongjiang-2020", "heilongjiang-2020": "heilongjiang-2020",
    "ordos-2022-corrected": "neimenggu-2022", "ordos-2022": "neimenggu-2022",
}  # fmt: skip
"""The examples with their packs."""
FOLDER = Path(__file__).parents[2] / "templates" / "examples"
FAULTS: frozenset[Kind] = frozenset({"accusation", "silence", "missed"})


class Damaged(NamedTuple):
    """What became of the damages to one example: how often each answer was given to each kind of damage.

    ``possible``: how many damages there are in all; ``faults``: those that were not answered right, in words.
    """

    example: str
    seed: int
    possible: int
    counts: Mapping[str, Mapping[str, int]]
    faults: tuple[str, ...]


def sampled(example: str, seed: int, most: int | None) -> Damaged:
    """``most`` damages of each kind (``None``: all) to an example, chosen by the seed."""
    book, pack = read_package(FOLDER / f"{example}.xlsx"), load_pack(EXAMPLES[example])
    judge = Judge(book, pack)
    by_kind: dict[str, list[Damage]] = {}
    for damage in damages(book, judge.recognition):
        by_kind.setdefault(f"{damage.target}·{damage.action}", []).append(damage)
    rng = Random(seed)  # noqa: S311 - reproducible on purpose
    counts: dict[str, Counter[str]] = {}
    faults: list[str] = []
    for kind, every in by_kind.items():
        for damage in every if most is None else rng.sample(every, min(most, len(every))):
            outcome = judge.outcome(damage)
            counts.setdefault(kind, Counter())[outcome.kind] += 1
            if outcome.kind in FAULTS:
                faults.append(f"{outcome.kind}：{kind} {damage.place}：{outcome.words}")
    return Damaged(example, seed, sum(map(len, by_kind.values())), counts, tuple(faults))
