"""Irreducible conflicts: figures and rules that contradict each other, none of which could be left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gouji.diagnosis.system import Component, Conflict, System, broken
from gouji.diagnosis.tableau import Budget, OutOfBudget

MOST_LEFT_OUT = 12
WORK_ON_SHORTER = 300_000
"""For each conflict: so many rules are left out in turn, with so many coefficients touched."""


def disjoint_conflicts(whole: Component, budget: Budget | None = None) -> list[Conflict]:
    """Irreducible conflicts without a common figure, so many that releasing their figures leaves no other.

    Rules that cannot hold alone come first; of the others each is the shortest of several, so that no sum is longer
    than it need be. Raises ``OutOfBudget``.
    """
    return in_order(each_conflict(whole, budget))


def in_order(found: Iterable[Conflict]) -> list[Conflict]:
    """Conflicts by their rules and figures."""
    return sorted(found, key=lambda one: (sorted(one.rules), sorted(one.figures)))


def each_conflict(whole: Component, budget: Budget | None = None) -> Iterator[Conflict]:
    """The same conflicts one by one: those found before the work is used up are right."""
    alone = _alone(whole, budget)
    yield from alone
    released = {figure for one in alone for figure in one.figures}
    dropped = {rule for one in alone for rule in one.rules if not one.figures}
    while (conflict := whole.conflict(released, dropped)) is not None:
        least = irreducible(whole.system, conflict, whole.members, budget)
        least = _shortest(whole, least, released, dropped)
        yield least
        released |= least.figures
        if not least.figures:
            dropped |= least.rules


def _alone(whole: Component, budget: Budget | None) -> list[Conflict]:
    """Conflicts that show in one rule, disjoint, in the order of rules."""
    unmet = {whole.system.conditions[number].rule for number in broken(whole.system, whole.members)}
    by_rule: dict[int, list[int]] = {}
    for number in whole.members:
        rule = whole.system.conditions[number].rule
        if rule in unmet:
            by_rule.setdefault(rule, []).append(number)
    released: set[int] = set()
    found: list[Conflict] = []
    for rule in sorted(by_rule):
        conflict = whole.system.component(by_rule[rule], budget).conflict(released)
        if conflict is not None:
            found.append(irreducible(whole.system, conflict, by_rule[rule], budget))
            released |= found[-1].figures
    return found


def _shortest(whole: Component, known: Conflict, released: Collection[int], dropped: Collection[int]) -> Conflict:
    """The shortest of a conflict and those that remain when one of its rules is left out; the first of equal ones."""
    budget, shortest = Budget(WORK_ON_SHORTER), known
    again = whole.system.component(whole.members, budget)
    try:
        for rule in sorted(known.rules)[:MOST_LEFT_OUT]:
            other = again.conflict(released, {*dropped, rule})
            if other is not None and other.rules:
                least = irreducible(whole.system, other, whole.members, budget)
                shortest = min(shortest, least, key=_length)
    except OutOfBudget:
        pass
    return shortest


def _length(conflict: Conflict) -> tuple[int, int]:
    return len(conflict.figures), len(conflict.rules)


def irreducible(
    system: System, conflict: Conflict, members: Iterable[int], budget: Budget | None = None
) -> Conflict:
    """A conflict among the figures and rules of ``conflict`` that ends when any one of them is left out."""
    if not conflict.rules:
        return conflict
    part = system.component((n for n in members if system.conditions[n].rule in conflict.rules), budget)
    for rule in sorted(conflict.rules, reverse=True):
        if rule in conflict.rules:
            conflict = _among(part, conflict.figures, conflict.rules - {rule}) or conflict
    for figure in sorted(conflict.figures, reverse=True):
        if figure in conflict.figures:
            conflict = _among(part, conflict.figures - {figure}, conflict.rules) or conflict
    return _among(part, conflict.figures, conflict.rules) or conflict


def _among(part: Component, figures: Collection[int], rules: Collection[int]) -> Conflict | None:
    every_rule = {part.system.conditions[number].rule for number in part.members}
    return part.conflict(set(part.figures).difference(figures), every_rule.difference(rules))
