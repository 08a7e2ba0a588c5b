"""Relations that hold for figures just as printed, found in whole numbers, a column of lines at a time.

Figures as printed are themselves possible truths, so such a relation holds. Nearly every relation of a workbook is
settled here, without being bound; what is not is left to the exact verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from operator import add, eq, ge, le, sub
from typing import Any, Final, NamedTuple, TypeAlias

from gouji.binding.bound import Constant, Inapplicable, Many
from gouji.binding.planning import Plan, References
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Names
from gouji.binding.terms import NO_MEMBER, NOT_PRINTED, UNFORMED, NoFigure, Outcome, column_numbers
from gouji.binding.totals import printed_total
from gouji.language.ast import Binary, Call, Compare, Expression, Number, Reference
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table


class _Empty:
    """A sum of nothing: its relation is not formed."""


EMPTY: Final = _Empty()


class Exact(NamedTuple):
    """A number that is no figure, such as a year: nothing adds it up."""

    value: Fraction


Quick: TypeAlias = int | Exact | _Empty | None
"""A sum as printed, at the finest place of the workbook; ``None``: it must be bound to know."""
Leaf: TypeAlias = Callable[[int], Sequence[Quick]]
"""What a reference of a formula, by its number, comes to on each line."""
Calculation: TypeAlias = Callable[[Leaf, int], Sequence[Quick]]
"""A part of a formula on so many lines."""


class Settling(NamedTuple):
    """A comparison of sums: the references it reads, and on which lines it holds as printed when they are known.

    ``weights`` are those of the references in left minus right, for which ``test`` is asked against zero;
    ``is_simple``: neither side puts several together. The verdicts: ``True``, ``None`` where it is not formed;
    ``False`` only means that it takes the exact verdict.
    """

    references: tuple[Reference, ...]
    weights: tuple[int, ...]
    is_simple: bool
    test: Callable[[int, int], bool]
    decide: Callable[[Leaf, int], list[bool | None]]

    @property
    def is_limit(self) -> bool:
        """Whether one side is never less than zero."""
        return self.is_simple and (self.weights, self.test) in {((1,), ge), ((-1,), le)}

    def on(self, group: Group, scope: Scope, plans: Sequence[Plan[Quick]]) -> list[bool | None]:
        """The verdict on each line of ``group``; ``plans`` look the references up."""
        return self.decide(lambda number: plans[number](group, scope), len(group.lines))


class _Numbers:
    """Figures as whole numbers."""

    def value(self, outcome: Outcome) -> Quick:
        if outcome is None or type(outcome) is Inapplicable:
            return UNFORMED if outcome is None else None
        if type(outcome) is Constant and outcome.value and not outcome.money:
            return Exact(outcome.value)
        return EMPTY if type(outcome) is Many and not outcome.terms else printed_total(outcome)  # type: ignore[arg-type]

    def column(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> list[Quick]:
        numbers = column_numbers(table, section, column, names)
        return [None] * len(section.lines) if numbers is NOT_PRINTED else numbers  # type: ignore[return-value]

    def sums(
        self, table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition],
        lines: Sequence[Sequence[Line]],
    ) -> list[Quick]:
        read = [column_numbers(table, section, one, names) for one in chosen]
        read = [numbers for numbers in read if numbers is not NOT_PRINTED]
        if len(read) == 1:
            (only,) = read
            return [sum_of([only[line.index] for line in each]) for each in lines]
        return [sum_of([numbers[line.index] for line in each for numbers in read]) for each in lines]


def sum_of(numbers: Sequence[int | None]) -> Quick:
    """A sum of figures as printed: of those that are none it is not known, of nothing it is not formed."""
    try:
        total = sum(numbers)  # type: ignore[arg-type]
    except TypeError:
        return None
    if total or (numbers and type(numbers[0]) is int):
        return total
    return EMPTY if all(type(one) is NoFigure for one in numbers) else total


NUMBERS = References(_Numbers())
_COMPARE: dict[str, Callable[[int, int], bool]] = {"=": eq, ">=": ge, "<=": le}
_OPERATE: dict[str, Callable[[int, int], int]] = {"+": add, "-": sub}


def settled(node: Expression) -> Settling | None:
    """How a comparison of sums is settled; ``None`` for anything else."""
    test = _COMPARE.get(node.comparison) if isinstance(node, Compare) else None
    if test is None or not isinstance(node, Compare):
        return None
    references: list[Reference] = []
    left, right = _quick(node.left, references), _quick(node.right, references)
    if left is None or right is None:
        return None

    def decide(leaf: Leaf, lines: int) -> list[bool | None]:
        return [
            test(one, other) if type(one) is type(other) is int else _unsettled(one, other, test)
            for one, other in zip(left(leaf, lines), right(leaf, lines), strict=True)
        ]

    weights = (*_weights(node.left, 1), *_weights(node.right, -1))
    return Settling(tuple(references), weights, _is_one(node.left) and _is_one(node.right), test, decide)


def _is_one(node: Expression) -> bool:
    """Whether a side is one reference, perhaps to be added up, or zero."""
    if isinstance(node, Call):
        return len(node.arguments) == 1 and _is_one(node.arguments[0])
    return not isinstance(node, Binary)


def _weights(node: Expression, weight: int) -> list[int]:
    """The weight of each reference of a sum, in their order."""
    if isinstance(node, Binary):
        return [*_weights(node.left, weight), *_weights(node.right, weight if node.operator == "+" else -weight)]
    if isinstance(node, Call):
        return [one for argument in node.arguments for one in _weights(argument, weight)]
    return [weight] if isinstance(node, Reference) else []


def _unsettled(one: Quick, other: Quick, test: Callable[[Any, Any], bool]) -> bool | None:
    """Not formed where the first side that is no number says so; two numbers that are no figures may be the same."""
    if type(one) is type(other) is Exact:
        return test is eq and one == other
    if one is None or one is NO_MEMBER:
        return False
    return None if one is UNFORMED or other is UNFORMED or (other is not None and EMPTY in (one, other)) else False


def _quick(node: Expression, references: list[Reference]) -> Calculation | None:
    if isinstance(node, Reference):
        number = len(references)
        references.append(node)
        return lambda leaf, lines: leaf(number)
    if isinstance(node, Number) and not node.value:
        return lambda leaf, lines: [0] * lines
    if isinstance(node, Binary) and node.operator in _OPERATE:
        return _calculated(node, references)
    if isinstance(node, Call) and node.name == "SUM":
        return _added(node, references)
    return None


def _calculated(node: Binary, references: list[Reference]) -> Calculation | None:
    operate, left, right = _OPERATE[node.operator], _quick(node.left, references), _quick(node.right, references)
    if left is None or right is None:
        return None

    def calculate(leaf: Leaf, lines: int) -> Sequence[Quick]:
        return [
            operate(one, other) if type(one) is type(other) is int else _unformed((one, other))
            for one, other in zip(left(leaf, lines), right(leaf, lines), strict=True)
        ]

    return calculate


def _added(node: Call, references: list[Reference]) -> Calculation | None:
    found = [_quick(argument, references) for argument in node.arguments]
    parts = [part for part in found if part is not None]
    if len(parts) != len(found):
        return None
    if len(parts) == 1:
        return parts[0]

    def add_up(leaf: Leaf, lines: int) -> Sequence[Quick]:
        return [_total(each) for each in zip(*[one(leaf, lines) for one in parts], strict=True)]

    return add_up


def _total(parts: Sequence[Quick]) -> Quick:
    for one in parts:
        if one is None or one is UNFORMED:
            return one
        if one is NO_MEMBER:
            return None
    return sum_of([one for one in parts if one is not EMPTY])  # type: ignore[misc]


def _unformed(parts: Sequence[Quick]) -> Quick:
    """What a sum comes to of which a part is no number: not formed, where the first such part says so."""
    first = next(one for one in parts if type(one) is not int)
    return first if first is UNFORMED else None
