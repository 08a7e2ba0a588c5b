"""Relations that hold for figures just as printed, found in whole numbers, a column of lines at a time.

Figures as printed are themselves possible truths, so such a relation holds. Nearly every relation of a workbook is
settled here, without being bound; what is not is left to the exact verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import add, eq, ge, le, sub
from typing import Final, TypeAlias

from gouji.binding.bound import Inapplicable, Many
from gouji.binding.expressions import Scope
from gouji.binding.planning import Plan, References
from gouji.binding.standing import Group, Names
from gouji.binding.terms import NO_MEMBER, NOT_PRINTED, Outcome, column_numbers
from gouji.binding.totals import printed_total
from gouji.language.ast import Binary, Call, Compare, Expression, Number, Reference
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table


class _Empty:
    """A sum of nothing: its relation is not formed."""


EMPTY: Final = _Empty()
Quick: TypeAlias = int | _Empty | None
"""A sum as printed, at the finest place of the workbook; ``None``: it must be bound to know."""


class _Numbers:
    """Figures as whole numbers."""

    def value(self, outcome: Outcome) -> Quick:
        if outcome is None or type(outcome) is Inapplicable:
            return None
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
            return [_sum([only[line.index] for line in each]) for each in lines]
        return [_sum([numbers[line.index] for line in each for numbers in read]) for each in lines]


def _sum(numbers: list[int | None]) -> Quick:
    if None in numbers:
        return None
    total = sum(numbers)  # type: ignore[arg-type]
    return EMPTY if not total and all(one is NO_MEMBER for one in numbers) else total


_REFERENCES = References(_Numbers())
_COMPARE: dict[str, Callable[[int, int], bool]] = {"=": eq, ">=": ge, "<=": le}
_OPERATE: dict[str, Callable[[int, int], int]] = {"+": add, "-": sub}


def settled(node: Expression) -> Callable[[Group, Scope], list[bool | None]] | None:
    """On which lines a comparison of sums holds as printed (``True``), or is not formed (``None``).

    ``False`` only means that it takes the exact verdict. No plan where no line could be settled.
    """
    test = _COMPARE.get(node.comparison) if isinstance(node, Compare) else None
    if test is None or not isinstance(node, Compare):
        return None
    left, right = _quick(node.left), _quick(node.right)
    if left is None or right is None:
        return None

    def decide(group: Group, scope: Scope) -> list[bool | None]:
        return [
            test(one, other) if type(one) is type(other) is int else _unsettled(one, other)
            for one, other in zip(left(group, scope), right(group, scope), strict=True)
        ]

    return decide


def _unsettled(one: Quick, other: Quick) -> bool | None:
    return None if (one is EMPTY and other is not None) or (other is EMPTY and one is not None) else False


def _quick(node: Expression) -> Plan[Quick] | None:
    if isinstance(node, Reference):
        return _REFERENCES.plan(node)
    if isinstance(node, Number) and not node.value:
        return lambda group, scope: [0] * len(group.lines)
    if isinstance(node, Binary) and node.operator in _OPERATE:
        return _calculated(node)
    if isinstance(node, Call) and node.name == "SUM":
        return _added(node)
    return None


def _calculated(node: Binary) -> Plan[Quick] | None:
    operate, left, right = _OPERATE[node.operator], _quick(node.left), _quick(node.right)
    if left is None or right is None:
        return None

    def calculate(group: Group, scope: Scope) -> list[Quick]:
        return [
            operate(one, other) if type(one) is type(other) is int else None
            for one, other in zip(left(group, scope), right(group, scope), strict=True)
        ]

    return calculate


def _added(node: Call) -> Plan[Quick] | None:
    arguments = [_quick(argument) for argument in node.arguments]
    plans = [plan for plan in arguments if plan is not None]
    if len(plans) != len(arguments):
        return None
    if len(plans) == 1:
        return plans[0]

    def add_up(group: Group, scope: Scope) -> list[Quick]:
        return [
            _sum([one for one in each if one is not EMPTY])
            for each in zip(*[one(group, scope) for one in plans], strict=True)
        ]

    return add_up
