"""Figures and linear rules by themselves: can they all be right, and which figure is wrong if not?

``judge`` needs no workbook: names, printed figures and rules as texts are enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from gouji.diagnosis.conditions import Condition, condition, quantity
from gouji.diagnosis.delta import Range, smallest_integers
from gouji.diagnosis.explain import WORK, printable, ranges, together, troubles
from gouji.diagnosis.system import Conflict as Numbered
from gouji.diagnosis.system import System
from gouji.diagnosis.tableau import OutOfBudget
from gouji.diagnosis.texts import LinearRule, linear_rule
from gouji.errors import GoujiError
from gouji.figures import Figure, Interval, decimal_text

__all__ = ["Conflict", "Judgement", "Range", "Undecided", "judge"]

MOST_PLACES = 400
MOST_WORK = 10 * WORK
"""Half a minute at most where hundreds of figures leave nothing simple; a few hundred take well under a second."""
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


class Undecided(GoujiError):  # noqa: N818 - an answer, not a fault
    """The work allowed was not enough to tell whether the figures are consistent."""

    exit_code = 4


class Conflict(NamedTuple):
    """Rules (by index) and names that contradict each other; without any one of them they would not.

    Each rule's left side less its right side, times its factor, added up: a sum of ``names`` (and of names whose value
    does not matter) that the rules do not allow to be below 0, and that is below 0 whatever the figures were before
    rounding.
    """

    rules: tuple[int, ...]
    names: tuple[str, ...]
    factors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What can be said of figures and rules.

    ``holds`` says for each rule whether it can hold alone, ``consistent`` whether all can together. ``conflicts`` are
    irreducible and have no name in common, enough of them to show every trouble. ``explanations`` are all smallest sets
    of names (of least weight) which, had they been printed differently, would leave no conflict: names sorted, sets
    sorted, none where nothing is wrong or nothing helps. ``complete`` is false when a limit was reached: what is listed
    is right, but there may be more.
    """

    holds: tuple[bool, ...]
    consistent: bool
    conflicts: tuple[Conflict, ...]
    explanations: tuple[tuple[str, ...], ...]
    complete: bool
    _case: _Case = field(repr=False, compare=False)

    def range(self, names: str | Iterable[str]) -> dict[str, Range]:
        """The truths that each of ``names`` can have if the figures of all of them are wrong.

        Raises ``ValueError`` for an unknown name, and where that would leave a conflict.
        """
        return self._case.ranges((names,) if isinstance(names, str) else tuple(names))

    def values(self, names: str | Iterable[str]) -> dict[str, tuple[str, ...]]:
        """What each of ``names`` could print instead, at its decimals.

        All of at most three figures, else the least and the greatest as far as there is one. An exact figure has a
        value where its range is one number.
        """
        return {name: self._case.values(name, truths) for name, truths in self.range(names).items()}


def judge(
    figures: Mapping[str, tuple[str, int | None]],
    rules: Sequence[str],
    *,
    weights: Mapping[str, int | None] | None = None,
    work: int | None = MOST_WORK,
) -> Judgement:
    """Judge ``rules`` over ``figures`` jointly and exactly.

    ``figures`` maps a name to its decimal text and its decimals: the truth lies within half a unit of that place
    (四舍五入: half away from zero, so the end nearer to zero belongs to it and the other does not). Decimals may be
    negative; ``None`` is an exact figure. A printed zero is exactly zero. ``rules`` are linear, as
    ``t == 1*a + 2.5*b - c``, with ``==``, ``<=``, ``>=``, ``<`` or ``>``. No figure is taken to be non-negative unless
    a rule says so.

    ``weights`` (1 where not given) say how unlikely it is that a figure is wrong; ``None``: it is not. ``work`` bounds
    the search (``None``: no bound). Raises ``ValueError`` for malformed figures or rules, ``Undecided``.
    """
    case = _case(figures, rules)
    found = troubles(case.system, _weights(case, weights or {}), work=work)
    if found is None:
        raise Undecided(
            "在限定的计算量内不能判断各数能否同时成立。",
            "Within the work allowed it cannot be told whether the figures can all be right.",
        )
    sets, all_listed = together([one.explanations for one in found]) if found else ([], True)
    return Judgement(
        tuple(case.holds(number) for number in range(len(case.system.conditions))),
        not found,
        tuple(sorted(case.named(conflict) for one in found for conflict in one.conflicts)),
        tuple(tuple(case.names[v] for v in one) for one in sets),
        all_listed and all(one.complete for one in found),
        case,
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """Figures and rules as a system; its figures are numbered in the order of their names."""

    names: tuple[str, ...]
    printed: tuple[Figure, ...]
    rules: tuple[LinearRule, ...]
    system: System

    def holds(self, number: int) -> bool:
        return self.system.component([number]).conflict() is None

    def named(self, conflict: Numbered) -> Conflict:
        rules = [number for number, _ in conflict.proof]
        factors = smallest_integers([factor * self._enlarged(number) for number, factor in conflict.proof])
        return Conflict(tuple(rules), tuple(self.names[v] for v in sorted(conflict.figures)), tuple(factors))

    def _enlarged(self, number: int) -> Fraction:
        """How many times larger a condition is than its rule."""
        kept = self.system.conditions[number].weights
        return next((weight / self.rules[number].weights[self.names[v]] for v, weight in kept.items()), Fraction(1))

    def ranges(self, names: Sequence[str]) -> dict[str, Range]:
        place = {name: v for v, name in enumerate(self.names)}
        for name in names:
            if name not in place:
                raise ValueError(f"没有名为“{name}”的数（there is no figure named {name!r}）")
        released = {place[name] for name in names}
        members = range(len(self.system.conditions))
        try:
            found = ranges(self.system, members, released)
        except ValueError:
            said = "、".join(names)
            raise ValueError(
                f"即使 {said} 另有其值，其余各数仍然矛盾（a conflict remains when {', '.join(names)} may differ）"
            ) from None
        except OutOfBudget:
            raise Undecided("计算量超过限度。", "The work allowed is used up.") from None
        return {self.names[v]: truths for v, truths in found.items()}

    def values(self, name: str, truths: Range) -> tuple[str, ...]:
        figure = self.printed[self.names.index(name)]
        if figure.last is None:
            return _exact_text(truths)
        last = figure.last

        def interval(units: int) -> Interval:
            return Figure(units, last, last).interval()

        listed = printable(truths, figure.ulp, interval).listed()
        return tuple(decimal_text(units * figure.ulp, max(last, 0)) for units in listed)


def _exact_text(truths: Range) -> tuple[str, ...]:
    """The one number of a range, where it is one and has a decimal text."""
    if truths.low is None or truths.low != truths.high:
        return ()
    text = decimal_text(truths.low)
    return (text,) if Fraction(text) == truths.low else ()


def _case(figures: object, rules: object) -> _Case:
    if not isinstance(figures, Mapping):
        raise ValueError("figures 要的是 名称 → (数字文本, 小数位数)（a mapping of names is expected）")
    if isinstance(rules, str) or not isinstance(rules, Sequence) or not all(isinstance(rule, str) for rule in rules):
        raise ValueError("rules 要的是文本的列表，例如 ['t == a + b']（a list of texts is expected）")
    printed = {_name(name): _figure(name, given) for name, given in figures.items()}
    names = tuple(sorted(printed))
    read = tuple(linear_rule(rule) for rule in rules)
    for text, rule in zip(rules, read, strict=True):
        for name in rule.weights:
            if name not in printed:
                raise ValueError(f"规则“{text}”：没有名为“{name}”的数（rule {text!r}: no figure is named {name!r}）")
    in_order = tuple(printed[name] for name in names)
    return _Case(names, in_order, read, _system(names, in_order, read))


def _system(names: Sequence[str], printed: Sequence[Figure], rules: Sequence[LinearRule]) -> System:
    boxes = [Range.of(figure.interval()) for figure in printed]
    scale = lcm(1, *(end.denominator for box in boxes for end in (box.low, box.high) if end is not None))
    scale = lcm(scale, *(figure.value.denominator for figure in printed))
    place = {name: v for v, name in enumerate(names)}
    conditions: list[Condition] = []
    for number, (weights, constant, comparison) in enumerate(rules):
        numbered = {place[name]: weight for name, weight in weights.items()}
        conditions.append(condition(numbered, constant * scale, comparison, number))
    quantities = [quantity(figure.value, box, scale) for figure, box in zip(printed, boxes, strict=True)]
    return System(quantities, conditions, scale)


def _name(name: object) -> str:
    if not isinstance(name, str) or not re.fullmatch(r"[^\W\d]\w*", name):
        raise ValueError(f"名称 {name!r} 要由字母、汉字、数字和下划线组成，且不以数字开头（not a name: {name!r}）")
    return name


def _figure(name: object, given: object) -> Figure:
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        raise ValueError(f"{name}：要的是 (数字文本, 小数位数)，不是 {given!r}（a pair (text, decimals) is expected）")
    text, decimals = given
    if not isinstance(text, str) or not _DECIMAL.fullmatch(text):
        raise ValueError(f"{name}：{text!r} 不是十进制数的文本（{text!r} is not a decimal text）")
    if decimals is not None and (type(decimals) is not int or abs(decimals) > MOST_PLACES):
        raise ValueError(
            f"{name}：小数位数要为整数（可以为负）或 None，不是 {decimals!r}"
            f"（decimals must be an int, possibly negative, or None, not {decimals!r}）"
        )
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, part = mantissa.partition(".")
    return Figure(int(whole + part), len(part) - int(exponent or 0), decimals)


def _weights(case: _Case, given: Mapping[str, int | None]) -> list[int | None]:
    for name, weight in given.items():
        if name not in case.names:
            raise ValueError(f"weights：没有名为“{name}”的数（there is no figure named {name!r}）")
        if weight is not None and (type(weight) is not int or weight < 1):
            raise ValueError(f"weights：{name} 要为正整数或 None（{name}: a positive int or None is expected）")
    return [given.get(name, 1) for name in case.names]
