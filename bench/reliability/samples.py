"""Damage to the examples, so many of each kind, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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


def sampled(example: str, seed: int, most: int | None, part: int = 0, parts: int = 1) -> Damaged:
    """``most`` damages of each kind (``None``: all) to an example, chosen by the seed, of every ``parts``-th one."""
    book, pack = read_package(FOLDER / f"{example}.xlsx"), load_pack(EXAMPLES[example])
    judge = Judge(book, pack)
    possible = Counter[str]()
    counts: dict[str, Counter[str]] = {}
    faults: list[str] = []

    def own() -> Iterator[Damage]:
        for damage in damages(book, judge.recognition):
            kind = kind_of(damage)
            possible[kind] += 1
            if (possible[kind] - 1) % parts == part:
                yield damage

    for damage in own() if most is None else _drawn(own(), most, seed):
        kind, outcome = kind_of(damage), judge.outcome(damage)
        counts.setdefault(kind, Counter())[outcome.kind] += 1
        if outcome.kind in FAULTS:
            faults.append(f"{outcome.kind}：{kind} {damage.place}：{outcome.words}")
    return Damaged(example, seed, possible.total(), counts, tuple(faults))


def kind_of(damage: Damage) -> str:
    """What was damaged, and how."""
    return f"{damage.target}·{damage.action}"


def _drawn(every: Iterable[Damage], most: int, seed: int) -> list[Damage]:
    """``most`` of each kind, each with the same chance; no more than these are held at a time."""
    rng = Random(seed)  # noqa: S311 - reproducible on purpose
    seen = Counter[str]()
    held: dict[str, list[Damage]] = {}
    for damage in every:
        kind = kind_of(damage)
        seen[kind] += 1
        chosen = held.setdefault(kind, [])
        if len(chosen) < most:
            chosen.append(damage)
        elif (at := rng.randrange(seen[kind])) < most:
            chosen[at] = damage
    return [damage for chosen in held.values() for damage in chosen]


def added_damaged(one: Damaged, other: Damaged) -> Damaged:
    """Two parts of the damages to one example."""
    kinds = dict.fromkeys([*one.counts, *other.counts])
    counts = {kind: Counter(one.counts.get(kind, {})) + Counter(other.counts.get(kind, {})) for kind in kinds}
    return one._replace(counts=counts, faults=one.faults + other.faults)
