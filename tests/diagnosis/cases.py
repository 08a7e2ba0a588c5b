"""Small random systems: a truth that meets the rules, printed by rounding, and often damaged."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from gouji.diagnosis.delta import Range
from gouji.figures import decimal_text, round_half_away

from .oracle import Linear

NAMES = ("甲", "b", "丙1", "d", "e_5", "f")
WEIGHTS = [Fraction(text) for text in ("1", "1", "-1", "-1", "2", "-3", "2.5", "-0.4")]
DAMAGE: list[tuple[list[int], list[int | None]]] = [
    ([0], [0]),
    ([0, 0, 1, -1], [0]),
    ([0, 0, 0, 3, -20], [None, 0, 1, -1]),
]
"""By how many units figures are damaged, and with how many decimals they are printed."""
COMPARISONS = ["==", "==", "==", "<=", ">=", "<", ">"]


class Case(NamedTuple):
    figures: dict[str, tuple[str, int | None]]
    rules: list[Linear]

    @property
    def texts(self) -> list[str]:
        return [rule_text(rule) for rule in self.rules]

    @property
    def boxes(self) -> dict[str, Range]:
        return {name: box_of(*figure) for name, figure in self.figures.items()}


def box_of(text: str, decimals: int | None) -> Range:
    """The truths of a printed figure, written down a second time."""
    value = Fraction(text)
    if decimals is None or value == 0:
        return Range(value, value)
    half = Fraction(1, 2) / Fraction(10) ** decimals
    return Range(value - half, value + half, value < 0, value > 0)


def rule_text(rule: Linear) -> str:
    sides = ["", ""]
    for name, weight in rule.weights.items():
        sides[weight < 0] += f" + {decimal_text(abs(weight))}*{name}"
    sides[rule.constant < 0] += f" + {decimal_text(abs(rule.constant))}"
    left, right = (side.removeprefix(" + ") or "0" for side in sides)
    return f"{left} {rule.comparison} {right}"


@st.composite
def cases(draw: st.DrawFn) -> Case:
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    unit = Fraction(10) ** draw(st.sampled_from([-1, 0, 0, 3, 9]))
    truths = {name: draw(st.integers(-40, 40)) * unit / 4 for name in names}
    rules = draw(st.lists(rules_for(truths, unit), min_size=1, max_size=5))
    slips, ways = draw(st.sampled_from(DAMAGE))
    figures = {}
    for name, truth in truths.items():
        decimals = draw(st.sampled_from(ways))
        places = None if decimals is None else decimals - _exponent(unit)
        printed = truth if places is None else round_half_away(truth, places)
        damage = draw(st.sampled_from(slips)) * unit
        figures[name] = (decimal_text(printed + damage), places)
    return Case(figures, rules)


def _exponent(unit: Fraction) -> int:
    return len(str(int(unit))) - 1 if unit >= 1 else -1


@st.composite
def rules_for(draw: st.DrawFn, truths: dict[str, Fraction], unit: Fraction) -> Linear:
    names = draw(st.lists(st.sampled_from(sorted(truths)), min_size=1, max_size=4, unique=True))
    weights = {name: draw(st.sampled_from(WEIGHTS)) for name in names}
    left = sum((weight * truths[name] for name, weight in weights.items()), Fraction(0))
    comparison = draw(st.sampled_from(COMPARISONS))
    slack = draw(st.sampled_from([0, 0, 0, 1, 2])) * unit / 4
    match comparison:
        case "<" | "<=":
            left += slack
        case ">" | ">=":
            left -= slack
    return Linear(weights, -left, comparison)
