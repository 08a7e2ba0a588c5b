"""A figure against a product, quotient, MIN or MAX of others on a column of lines: as printed, without binding them.

What comes out is that of ``checking.printed`` on the bound relation: it holds as printed, or the exact verdict has to
say.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from gouji.binding.bound import Single
from gouji.binding.measures import is_shared
from gouji.binding.planning import Columns, Plan, References, own_column
from gouji.binding.ratios import ONE, Ratio, extreme, is_exact, is_positive, prints, product, quotient, ratio_of
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Names
from gouji.binding.terms import UNFORMED, NoFigure, Outcome, column_numbers
from gouji.binding.texts import results_of, targets_of
from gouji.figures import MONEY_UNITS, Figure
from gouji.language.ast import Binary, Call, Compare, Expression, Number, Parameter, Percent, Reference
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table
from gouji.targets import Result, Target


class Printed(NamedTuple):
    """A figure and the cell it stands in, whatever tells that cell from others."""

    figure: Figure
    cell: Hashable


class _Given(NamedTuple):
    """What a part of a formula comes to. ``is_exact``: a constant, or a figure that rounding leaves one value."""

    ratio: Ratio
    is_exact: bool
    is_amount: bool = False
    is_positive: bool = True
    cells: tuple[Hashable, ...] = ()


PrintedFigure: TypeAlias = Printed | NoFigure | None
_Part: TypeAlias = _Given | NoFigure | None
"""``UNFORMED``: the relation is not formed; ``None``: it must be bound to know."""


class Looked(NamedTuple):
    """A reference to a figure, and how it is looked up."""

    reference: Reference
    plan: Plan[PrintedFigure]


class Share(NamedTuple):
    """完成比 of two text columns of the line."""

    aims: Columns
    results: Columns


Achieved: TypeAlias = tuple[Target | None, Result | None, Hashable] | None
"""The target and the result of a line, and the cell of the result; ``None``: the section has no such columns."""
Leaf: TypeAlias = Looked | Parameter | Share
"""What a formula reads: figures (``PrintedFigure`` on each line), numbers (``Decimal`` or a text), or ``Achieved``."""
Leaves: TypeAlias = Sequence[Sequence[Any]]


class Computed(NamedTuple):
    """A comparison of a figure with what others give: what it reads, and what it comes to on each line.

    The verdicts: ``True``, ``None`` where it is not formed; ``False`` only means that it takes the exact verdict.
    """

    leaves: tuple[Leaf, ...]
    decide: Callable[[Leaves], list[bool | None]]

    def on(self, group: Group, scope: Scope) -> list[bool | None]:
        """The verdict on each line of ``group``."""
        if group.names.widest != 1:  # asked under 四舍五入 only
            return [False] * len(group.lines)
        return self.decide([_read(leaf, group, scope) for leaf in self.leaves])


def computed(node: Expression) -> Computed | None:
    """How a comparison of a figure with others is decided; ``None`` for a formula of another kind."""
    if not isinstance(node, Compare) or node.comparison != "=" or not isinstance(node.left, Reference):
        return None
    leaves: list[Leaf] = [Looked(node.left, _FIGURES.plan(node.left))]
    given = _given(node.right, leaves)
    if given is None:
        return None
    return Computed(tuple(leaves), lambda found: list(map(_verdict, found[0], given(found))))


def _read(leaf: Leaf, group: Group, scope: Scope) -> Sequence[Any]:
    """A leaf on each line of a group."""
    if isinstance(leaf, Parameter):
        return [scope.params.get(leaf.name)] * len(group.lines)
    if isinstance(leaf, Looked):
        return leaf.plan(group, scope)
    section, table, names = group.section, group.table, group.names
    aim, done = leaf.aims.sole_text(section, group), leaf.results.sole_text(section, group)
    if section is None or aim is None or done is None:
        return [None] * len(group.lines)
    wanted, had = targets_of(table, section, aim, names), results_of(table, section, done, names)
    lines = [line.index for line in group.lines if line is not None]
    return [(wanted[index], had[index], (id(section), index, done.name)) for index in lines]


class _Column:
    """The figures of a column, looked at where they are asked for."""

    def __init__(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> None:
        self._table, self._section, self._name = table, section, column.name
        self._numbers = column_numbers(table, section, column, names)

    def __getitem__(self, index: int) -> PrintedFigure:
        number = self._numbers[index] if self._numbers else None
        if type(number) is not int:
            return UNFORMED if number is UNFORMED else None
        place = self._section.place(self._section.lines[index], self._name)
        figure = None if place is None else self._table.values[place].figure
        return None if figure is None else Printed(figure, (id(self._section), index, self._name))


class _Figures:
    """Figures with their places; sums are settled elsewhere."""

    def value(self, outcome: Outcome) -> PrintedFigure:
        if type(outcome) is Single:
            term = outcome.term
            return Printed(term.figure, (id(term.section), term.line.index, term.column))
        return UNFORMED if outcome is None else None

    def column(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> _Column:
        return _Column(table, section, column, names)

    def sums(
        self, table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition],
        lines: Sequence[Sequence[Line]],
    ) -> list[PrintedFigure]:
        names.read.update((id(section), one.name) for one in chosen)
        return [None] * len(lines)


_FIGURES = References(_Figures())

def _verdict(printed: PrintedFigure, given: _Part) -> bool | None:
    if type(printed) is not Printed:
        return None if printed is UNFORMED else False
    if type(given) is not _Given:
        return None if given is UNFORMED else False
    is_amount = given.is_amount or printed.figure.unit.name in MONEY_UNITS
    return not is_amount and printed.cell not in given.cells and prints(printed.figure, given.ratio)


def _given(node: Expression, leaves: list[Leaf]) -> Callable[[Leaves], Sequence[_Part]] | None:
    """What a part of a formula comes to on each line; its leaves are added."""
    if isinstance(node, Number):
        number = _of_number(node.value)
        return lambda found: [number] * len(found[0])
    if isinstance(node, Reference):
        return _of_leaf(Looked(node, _FIGURES.plan(node)), leaves, _of_figure)
    if isinstance(node, Parameter):
        return _of_leaf(node, leaves, _of_number)
    if isinstance(node, Percent):
        return _combined(_product, [_given(node.operand, leaves), _given(Number(Decimal("0.01")), leaves)])
    if isinstance(node, Binary) and node.operator == "*":
        return _combined(_product, [_given(node.left, leaves), _given(node.right, leaves)])
    if isinstance(node, Binary) and node.operator == "/":
        is_plain = isinstance(node.left, Reference) and isinstance(node.right, (Reference, Number, Parameter))
        of_figures = _of_figures if isinstance(node.right, Reference) else _by_number
        return _combined(of_figures, [_given(node.left, leaves), _given(node.right, leaves)]) if is_plain else None
    if isinstance(node, Call) and node.name in {"MIN", "MAX"}:
        least = node.name == "MIN"
        return _combined(
            lambda *parts: _extreme(parts, least=least), [_given(one, leaves) for one in node.arguments]
        )
    return _achieved(node, leaves) if isinstance(node, Call) and node.name == "完成比" else None


def _of_leaf(leaf: Leaf, leaves: list[Leaf], part: Callable[[Any], _Part]) -> Callable[[Leaves], Sequence[_Part]]:
    number = len(leaves)
    leaves.append(leaf)
    return lambda found: list(map(part, found[number]))


def _of_number(value: Decimal | str | None) -> _Part:
    if not isinstance(value, Decimal):
        return None
    return _Given(value.as_integer_ratio(), True, False, value > 0)


def _of_figure(printed: PrintedFigure) -> _Part:
    if type(printed) is not Printed:
        return printed  # type: ignore[return-value]
    figure, cell = printed
    is_amount = figure.unit.name in MONEY_UNITS
    return _Given(ratio_of(figure), is_exact(figure), is_amount, is_positive(figure), (cell,))


def _combined(
    combine: Callable[..., _Part], parts: Sequence[Callable[[Leaves], Sequence[_Part]] | None]
) -> Callable[[Leaves], Sequence[_Part]] | None:
    """The parts put together on each line; the first that is no number says why there is none."""
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None

    def put(found: Sequence[_Part]) -> _Part:
        for one in found:
            if type(one) is not _Given:
                return one
        return combine(*found)

    return lambda found: list(map(put, zip(*[part(found) for part in known], strict=True)))


def _product(one: _Given, other: _Given) -> _Part:
    if one.is_amount or other.is_amount or not (one.is_exact or other.is_exact):
        return None
    return _Given(product(one.ratio, other.ratio), is_exact=False, cells=(*one.cells, *other.cells))


def _of_figures(dividend: _Given, divisor: _Given) -> _Part:
    if not divisor.is_positive:
        return None
    return _Given(quotient(dividend.ratio, divisor.ratio), is_exact=False, cells=(*dividend.cells, *divisor.cells))


def _by_number(dividend: _Given, divisor: _Given) -> _Part:
    return None if dividend.is_amount else _of_figures(dividend, divisor)


def _extreme(parts: Sequence[_Given], *, least: bool) -> _Part:
    if any(part.is_amount for part in parts):
        return None
    cells = tuple([cell for part in parts for cell in part.cells])
    return _Given(extreme([part.ratio for part in parts], least=least), is_exact=False, cells=cells)


def _achieved(node: Call, leaves: list[Leaf]) -> Callable[[Leaves], Sequence[_Part]] | None:
    """完成比 of two text columns of the line."""
    named = [own_column(argument) for argument in node.arguments]
    if len(named) != 2 or None in named:
        return None
    return _of_leaf(Share(*named), leaves, _share)  # type: ignore[arg-type]


def _share(achieved: Achieved) -> _Part:
    if achieved is None:
        return None
    target, result, cell = achieved
    if target is None or result is None or not is_shared(target, result):
        return UNFORMED
    assert target.figure is not None
    assert result.figure is not None
    want, have = ratio_of(target.figure), ratio_of(result.figure)
    if target.sign == "≤":
        if not is_positive(result.figure):
            return None
        want, have = have, want
    return _Given(extreme([quotient(have, want), ONE], least=True), is_exact=False, cells=(cell,))
