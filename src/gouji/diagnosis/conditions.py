"""Figures and linear conditions between them, as data: boxes of truths, weights, and what they come to as printed.

All numbers are ``scale`` times larger than the truths, so that the ends of boxes are integers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.diagnosis.delta import FREE, Number, Point, Range, plain, ratio, smallest_integers
from gouji.language.ast import Comparison

Ends = tuple[Point | None, Point | None]
ENDLESS: Ends = (None, None)


class Quantity(NamedTuple):
    """A figure: the number printed, the box of its truths, and the limits that hold even when it is wrong."""

    start: int
    box: Ends
    limits: Ends = ENDLESS


class Condition(NamedTuple):
    """``Σ weight × figure + constant ? 0`` with integer weights, the constant ``scale`` times larger as figures are.

    ``rule`` is the number of the rule it belongs to (a rule may have several). It says nothing once a figure of
    ``given`` is released: its numbers were taken from them.
    """

    weights: Mapping[int, int]
    constant: Number
    comparison: Comparison
    rule: int
    given: tuple[int, ...] = ()


def condition(
    weights: Mapping[int, Number], constant: Number, comparison: Comparison, rule: int, given: tuple[int, ...] = ()
) -> Condition:
    """A condition with any rational weights; ``constant`` is already ``scale`` times larger."""
    kept = {v: weight for v, weight in weights.items() if weight}
    if all(type(weight) is int for weight in kept.values()):
        return Condition(kept, constant, comparison, rule, given)  # type: ignore[arg-type]
    whole = smallest_integers(list(kept.values()))
    factor = ratio(whole[0], next(iter(kept.values()))) if kept else 1
    return Condition(dict(zip(kept, whole, strict=True)), plain(constant * factor), comparison, rule, given)


def quantity(printed: Fraction, box: Range, scale: Number, limits: Range = FREE) -> Quantity:
    """A figure of a system with ``scale``, which makes ``printed`` an integer."""
    return Quantity(int(printed * scale), box.points(scale), limits.points(scale))


def is_inside(one: Quantity) -> bool:
    """Whether a figure as printed is in its box and its limits."""
    at = (one.start, 0)
    return all(
        (low is None or low <= at) and (high is None or at <= high) for low, high in (one.box, one.limits)
    )


def is_met(one: Condition, figures: Sequence[Quantity]) -> bool:
    """Whether a condition holds for the figures as printed."""
    total = one.constant
    for v, weight in one.weights.items():
        total += weight * figures[v].start
    match one.comparison:
        case "=":
            return total == 0
        case "<=":
            return total <= 0
        case ">=":
            return total >= 0
        case "<":
            return total < 0
        case _:
            return total > 0


class Boxed(NamedTuple):
    """Where a figure may be while it is not released, and which ends are those of its box alone."""

    ends: Ends
    owns_low: bool
    owns_high: bool
    is_empty: bool


def boxed(quantity: Quantity) -> Boxed:
    """The box of a figure inside its limits; the box alone where they exclude each other."""
    (low, high), (least, most) = quantity.box, quantity.limits
    owns_low = low is not None and (least is None or least < low)
    owns_high = high is not None and (most is None or most > high)
    ends = (low if owns_low else least, high if owns_high else most)
    if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
        return Boxed(quantity.box, owns_low, owns_high, is_empty=True)
    return Boxed(ends, owns_low, owns_high, is_empty=False)


def bounds_of(condition: Condition) -> Ends:
    """Between which ends the weighted sum of a condition must be, without its constant."""
    end = -condition.constant
    match condition.comparison:
        case "=":
            return (end, 0), (end, 0)
        case "<=":
            return None, (end, 0)
        case ">=":
            return (end, 0), None
        case "<":
            return None, (end, -1)
        case ">":
            return (end, 1), None
        case _:
            raise ValueError(condition.comparison)
