"""An independent exact answer for small systems: elimination of variables one by one, strictness included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm
from typing import NamedTuple

from gouji.diagnosis.delta import Range


class Bound(NamedTuple):
    """``Σ weight × name + constant >= 0``, or ``> 0`` where strict."""

    weights: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    strict: bool


class Linear(NamedTuple):
    """``Σ weight × name + constant ? 0``."""

    weights: Mapping[str, Fraction]
    constant: Fraction
    comparison: str


def bound(weights: Mapping[str, Fraction], constant: Fraction, strict: bool) -> Bound:
    """A bound without zero weights, in a form that equal half-spaces share."""
    kept = {name: weight for name, weight in weights.items() if weight}
    if not kept:
        return Bound((), constant, strict)
    factor = Fraction(lcm(*(w.denominator for w in kept.values())))
    factor /= gcd(*(int(w * factor) for w in kept.values()))
    return Bound(tuple(sorted((n, w * factor) for n, w in kept.items())), constant * factor, strict)


def bounds_of(rule: Linear) -> Iterator[Bound]:
    weights, constant, comparison = rule
    strict = comparison in {"<", ">"}
    if comparison in {"==", ">=", ">"}:
        yield bound(weights, constant, strict)
    if comparison in {"==", "<=", "<"}:
        yield bound({name: -weight for name, weight in weights.items()}, -constant, strict)


def bounds_of_box(name: str, box: Range) -> Iterator[Bound]:
    if box.low is not None:
        yield bound({name: Fraction(1)}, -box.low, box.low_open)
    if box.high is not None:
        yield bound({name: Fraction(-1)}, box.high, box.high_open)


def tightest(bounds: Iterable[Bound]) -> list[Bound]:
    found: dict[tuple[tuple[str, Fraction], ...], Bound] = {}
    for one in bounds:
        known = found.get(one.weights)
        if known is None or (one.constant, not one.strict) < (known.constant, not known.strict):
            found[one.weights] = one
    return list(found.values())


def without(name: str, bounds: Iterable[Bound]) -> list[Bound]:
    """The shadow of the solutions when ``name`` is left out."""
    lows: list[tuple[dict[str, Fraction], Fraction, bool]] = []
    highs: list[tuple[dict[str, Fraction], Fraction, bool]] = []
    kept: list[Bound] = []
    for one in bounds:
        weights = dict(one.weights)
        weight = weights.pop(name, Fraction(0))
        if not weight:
            kept.append(one)
            continue
        scaled = {n: w / abs(weight) for n, w in weights.items()}
        (lows if weight > 0 else highs).append((scaled, one.constant / abs(weight), one.strict))
    for low in lows:
        for high in highs:
            total = {n: low[0].get(n, Fraction(0)) + high[0].get(n, Fraction(0)) for n in {*low[0], *high[0]}}
            kept.append(bound(total, low[1] + high[1], low[2] or high[2]))
    return tightest(kept)


def projected(bounds: Iterable[Bound], name: str) -> Range | None:
    """All values of ``name`` in a solution; ``None``: there is no solution."""
    left = tightest(bounds)
    while names := {n for one in left for n, _ in one.weights} - {name}:
        cheapest = min(sorted(names), key=lambda n: _pairs(n, left))
        left = without(cheapest, left)
    low: tuple[Fraction, bool] | None = None
    high: tuple[Fraction, bool] | None = None
    for weights, constant, strict in left:
        if not weights:
            if constant < 0 or (constant == 0 and strict):
                return None
        elif weights[0][1] > 0:
            end = (-constant / weights[0][1], strict)
            low = end if low is None else max(low, end)
        else:
            end = (constant / -weights[0][1], not strict)
            high = end if high is None else min(high, end)
    return _range(low, high)


def _range(low: tuple[Fraction, bool] | None, high: tuple[Fraction, bool] | None) -> Range | None:
    found = Range(
        None if low is None else low[0], None if high is None else high[0],
        low is not None and low[1], high is not None and not high[1],
    )  # fmt: skip
    if found.low is None or found.high is None or found.low < found.high:
        return found
    return found if found.low == found.high and not found.low_open and not found.high_open else None


def _pairs(name: str, bounds: list[Bound]) -> int:
    weights = [dict(one.weights).get(name, 0) for one in bounds]
    return sum(w > 0 for w in weights) * sum(w < 0 for w in weights)


def feasible(boxes: Mapping[str, Range], rules: Iterable[Linear], released: Iterable[str] = ()) -> bool:
    return span_of("", boxes, rules, released) is not None


def span_of(name: str, boxes: Mapping[str, Range], rules: Iterable[Linear], released: Iterable[str]) -> Range | None:
    """The truths of ``name`` when ``released`` may lie anywhere; ``None``: there are none at all."""
    free = set(released)
    bounds = [one for n, box in boxes.items() if n not in free for one in bounds_of_box(n, box)]
    return projected([*bounds, *(one for rule in rules for one in bounds_of(rule))], name)


def smallest_releases(
    boxes: Mapping[str, Range], rules: list[Linear], weights: Mapping[str, int]
) -> list[tuple[str, ...]]:
    """All sets of least weight whose release leaves a solution, from trying every set."""
    sets = [s for number in range(len(boxes) + 1) for s in combinations(sorted(boxes), number)]
    sets.sort(key=lambda one: sum(weights.get(n, 1) for n in one))
    found: list[tuple[str, ...]] = []
    for one in sets:
        if found and sum(weights.get(n, 1) for n in one) > sum(weights.get(n, 1) for n in found[0]):
            break
        if feasible(boxes, rules, one):
            found.append(one)
    return sorted(found)
