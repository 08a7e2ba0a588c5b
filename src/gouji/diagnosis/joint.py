"""Relations that can each hold but contradict each other: sums that a person can redo.

Relations that hold just as printed need nothing; those that hold only through rounding need room, and where several of
them meet there may not be enough of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.binding.bound import Term, terms_of
from gouji.checking.check import Judged
from gouji.diagnosis.around import Around, ReadBy
from gouji.diagnosis.conflicts import disjoint_conflicts
from gouji.diagnosis.explain import WORK
from gouji.diagnosis.gather import Gathered
from gouji.diagnosis.relations import compares_figures
from gouji.diagnosis.system import Conflict
from gouji.diagnosis.tableau import Budget, OutOfBudget


class Sum(NamedTuple):
    """Relations that contradict each other, put together into one sum that a person can redo.

    ``members``: figures with their weights, in the order of cells. Together with ``constant`` (base unit) they must not
    come to less than 0 (``exact``: to nothing but 0), whatever they were before rounding; as printed they do, by more
    than rounding moves.
    """

    relations: tuple[Judged, ...]
    members: tuple[tuple[Term, int], ...]
    constant: Fraction
    exact: bool


def contradictions(
    seeds: Iterable[Judged], read_by: ReadBy, money: int, keep: Callable[[Judged], bool],
    connected: Callable[[], Sequence[Judged] | None] = lambda: None,
) -> tuple[list[Sum], bool]:
    """Irreducible conflicts among relations that can each hold alone; and whether the answer is complete.

    ``seeds`` are those that do not hold for the figures just as printed, ``keep`` the relations that count,
    ``connected`` gives (where they are not too many) all that ``seeds`` may have to do with but for mere limits of
    figures. A printed zero may hide an amount below half a last place here: what that explains is no contradiction.
    """
    seeds = [one for one in seeds if keep(one) and compares_figures(one)]
    if not seeds:
        return [], True
    around = Around(seeds, read_by, money, keep, zeros_hide=True)
    every = connected()
    if every is not None:
        around.take(every)
        around.take_in(_adjusted(seeds))  # what limits these matters: nothing else reaches below zero
    budget = Budget(WORK)
    try:
        while True:
            gathered = around.gathered()
            whole = gathered.system.component(range(len(gathered.system.conditions)), budget)
            if whole.conflict() is not None:
                found = disjoint_conflicts(whole, budget)
                break
            if every is not None or not around.take_in(gathered.terms[v] for v in sorted(whole.moved())):
                return [], True
    except OutOfBudget:
        return [], False
    relations = around.relations
    return [_sum(gathered, relations, conflict) for conflict in found], True


def _adjusted(relations: Iterable[Judged]) -> Iterable[Term]:
    """The figures whose adjusted last digit would make relations hold."""
    return (term for one in relations for term in terms_of(one.instance.relation) if term.cell in one.hint)


def _sum(gathered: Gathered, relations: Sequence[Judged], conflict: Conflict) -> Sum:
    conditions, scale = gathered.system.conditions, gathered.system.scale
    weights: dict[int, int] = {}
    for number, factor in conflict.proof:
        for v, weight in conditions[number].weights.items():
            weights[v] = weights.get(v, 0) + factor * weight
    read = ((gathered.terms[v], weight) for v, weight in weights.items() if weight)
    members = tuple(sorted(read, key=lambda member: member[0].cell))
    constants = (factor * Fraction(conditions[number].constant) / scale for number, factor in conflict.proof)
    constant = sum(constants, Fraction(0))
    exact = all(conditions[number].comparison == "=" for number, _ in conflict.proof)
    return Sum(tuple(relations[n] for n in sorted(conflict.rules)), members, constant, exact)
