"""Bound expressions: a rule's formula with every reference replaced by the figures it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from gouji.figures import Figure
from gouji.language.ast import Comparison, Formula, Operator
from gouji.packs.model import Rule
from gouji.sheet import CellRef
from gouji.tables.model import Line, Section, Table

Function: TypeAlias = Literal["SUM", "AVERAGE", "MIN", "MAX", "AND", "OR", "NOT"]


class Term(NamedTuple):
    """One figure that an instance reads: its cell, and the table, line and column that name it.

    ``uncertain``: the line was not understood; it counts as a child of the total it stands under.
    ``scaled``: the figure as an integer at the finest place of the workbook, ``None`` when it is finer than that.
    """

    cell: CellRef
    figure: Figure
    table: Table
    section: Section
    line: Line
    column: str
    uncertain: bool = False
    scaled: int | None = None


class Single(NamedTuple):
    """One figure."""

    term: Term


class Many(NamedTuple):
    """A set of figures (also of one)."""

    terms: tuple[Term, ...]


class Nothing(NamedTuple):
    """A line that is not printed and therefore exactly zero; ``label`` names it."""

    label: str


class Constant(NamedTuple):
    """An exact number. ``money``: it stands in the base unit already (else it takes the other side's unit).

    ``cells`` are those it was read from (the year of a form) or that were counted.
    """

    value: Fraction
    printed: str
    money: bool = False
    cells: tuple[CellRef, ...] = ()


class Words(NamedTuple):
    """A text, from a cell or written in the rule."""

    text: str
    cell: CellRef | None = None


class Truth(NamedTuple):
    """A truth value found while binding (有, 可比, 达标). ``said`` is what was found, in Chinese and English."""

    value: bool
    said: tuple[str, str]
    cells: tuple[CellRef, ...] = ()


class Arithmetic(NamedTuple):
    """Two operands and + - * /."""

    operator: Operator
    left: Bound
    right: Bound


class Negative(NamedTuple):
    """Unary minus."""

    operand: Bound


class Applied(NamedTuple):
    """A function over bound arguments."""

    function: Function
    arguments: tuple[Bound, ...]


class Compared(NamedTuple):
    """A comparison."""

    comparison: Comparison
    left: Bound
    right: Bound


Bound: TypeAlias = (
    Single | Many | Nothing | Constant | Words | Truth | Arithmetic | Negative | Applied | Compared
)


class NotFormed(Exception):  # noqa: N818 - a way to end, not an error
    """The instance is silently not formed (无, no 下级)."""


class Inapplicable(Exception):  # noqa: N818 - a way to end, not an error
    """The instance cannot be applied; the reason is reported."""

    def __init__(self, chinese: str, english: str, cell: CellRef | None = None) -> None:
        super().__init__(chinese)
        self.chinese = chinese
        self.english = english
        self.cell = cell


class Instance(NamedTuple):
    """One relation on one place: the rule, which of its checks, the table, line and column it stands on."""

    rule: Rule
    formula: Formula
    table: Table
    section: Section | None
    line: Line | None
    column: str | None
    relation: Bound
    when: Bound | None = None


def terms_of(bound: Bound) -> list[Term]:
    """Every figure of a bound expression, from left to right; one that occurs twice is listed twice."""
    found: list[Term] = []
    _add_terms(bound, found)
    return found


def _add_terms(bound: Bound, found: list[Term]) -> None:
    if isinstance(bound, Single):
        found.append(bound.term)
    elif isinstance(bound, Many):
        found += bound.terms
    elif isinstance(bound, (Arithmetic, Compared)):
        _add_terms(bound.left, found)
        _add_terms(bound.right, found)
    elif isinstance(bound, Negative):
        _add_terms(bound.operand, found)
    elif isinstance(bound, Applied):
        for argument in bound.arguments:
            _add_terms(argument, found)


def with_figures(bound: Bound, figures: Mapping[CellRef, Figure]) -> Bound:
    """The same expression with other figures in some cells."""
    if isinstance(bound, Single):
        return Single(_with_figure(bound.term, figures))
    if isinstance(bound, Many):
        return Many(tuple(_with_figure(term, figures) for term in bound.terms))
    if isinstance(bound, Arithmetic):
        return bound._replace(left=with_figures(bound.left, figures), right=with_figures(bound.right, figures))
    if isinstance(bound, Compared):
        return bound._replace(left=with_figures(bound.left, figures), right=with_figures(bound.right, figures))
    if isinstance(bound, Negative):
        return Negative(with_figures(bound.operand, figures))
    if isinstance(bound, Applied):
        return bound._replace(arguments=tuple(with_figures(argument, figures) for argument in bound.arguments))
    return bound


def _with_figure(term: Term, figures: Mapping[CellRef, Figure]) -> Term:
    figure = figures.get(term.cell)
    return term if figure is None else term._replace(figure=figure, scaled=None)


Operand: TypeAlias = Single | Many | Nothing | Constant | Words | Truth
"""A part of a bound expression that has no parts itself."""


def operands(bound: Bound) -> Iterator[Operand]:
    """What a bound expression puts together, from left to right."""
    if isinstance(bound, (Arithmetic, Compared)):
        yield from operands(bound.left)
        yield from operands(bound.right)
    elif isinstance(bound, Negative):
        yield from operands(bound.operand)
    elif isinstance(bound, Applied):
        for argument in bound.arguments:
            yield from operands(argument)
    else:
        yield bound


def leaves(bound: Bound) -> Iterator[Term | Words | Truth | Constant]:
    """Figures, words, truth values and numbers of a bound expression, from left to right."""
    for one in operands(bound):
        if isinstance(one, (Single, Many)):
            yield from terms_of(one)
        elif not isinstance(one, Nothing):
            yield one


def cells_of(bound: Bound) -> list[CellRef]:
    """Every cell read, texts included, each once, from left to right."""
    return list(dict.fromkeys(cell for leaf in leaves(bound) for cell in _cells(leaf)))


def _cells(leaf: Term | Words | Truth | Constant) -> tuple[CellRef, ...]:
    if isinstance(leaf, (Truth, Constant)):
        return leaf.cells
    return () if leaf.cell is None else (leaf.cell,)
