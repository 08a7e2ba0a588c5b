"""What print tells of a rule on all sheets of its form at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from gouji.binding.computed import Achieved, Computed, Printed, PrintedFigure
from gouji.binding.evidence import CERTAIN, VERDICTS, Evidence, with_condition
from gouji.binding.evident import Evident
from gouji.binding.known.additions import Members, taking
from gouji.binding.quick import Settling, sum_of
from gouji.binding.terms import NoFigure
from gouji.binding.texts import results_of, targets_of
from gouji.tables.definition import ColumnDefinition
from gouji.tables.prints import Place

if TYPE_CHECKING:
    from gouji.binding.known.figures import Figures

Chosen: TypeAlias = Sequence[int] | None
"""Lines of a stack by position; ``None``: all of them."""
Reader: TypeAlias = "Callable[[Figures, Chosen], Sequence[Any]]"
"""What is read on some lines of a stack."""
Tell: TypeAlias = "Callable[[Figures, Chosen], Sequence[bool | None]]"
"""The verdicts on some lines of a stack, as of ``Settling``."""


class Told(NamedTuple):
    """A formula on a stack; of each check the lines of the stack that are its own."""

    tell: Tell
    checks: Sequence[tuple[int, slice]]


class Stack(NamedTuple):
    """A rule, or one of its formulas, on the lines of all groups where it stands."""

    when: Callable[[Figures, Chosen], Sequence[Evidence]] | None
    formulas: tuple[Told, ...]

    def verdicts(self, figures: Figures) -> Iterator[tuple[int, Sequence[bool | None]]]:
        """The verdicts of each check."""
        asked = None if self.when is None else self.when(figures, None)
        certain = None if asked is None else [number for number, one in enumerate(asked) if one is CERTAIN]
        for tell, checks in self.formulas:
            told = () if certain == [] else tell(figures, certain)
            verdicts = told if asked is None else with_condition(asked, told)
            for check, lines in checks:
                yield check, verdicts[lines]


def asking(
    evident: Evident, questions: Sequence[tuple[int, Sequence[int]]]
) -> Callable[[Figures, Chosen], Sequence[Evidence]]:
    """Evidence from answers: the number of each question in the layout, and the places of its answers on the lines."""
    taken = [taking(places) for _, places in questions]

    def ask(figures: Figures, chosen: Chosen) -> Sequence[Evidence]:
        def answers(number: int) -> Sequence[Evidence]:
            question, places = questions[number]
            found = figures.answers(question)
            return taken[number](found) if chosen is None else [found[places[line]] for line in chosen]

        return evident.decide(answers)

    return ask


def telling(ask: Callable[[Figures, Chosen], Sequence[Evidence]]) -> Tell:
    """Verdicts from evidence."""
    return lambda figures, chosen: list(map(VERDICTS.__getitem__, ask(figures, chosen)))


def undecided(lines: int) -> Tell:
    """Nothing is told of so many lines."""
    return lambda figures, chosen: [False] * (lines if chosen is None else len(chosen))


def unchanging(verdicts: Sequence[bool | None]) -> Tell:
    """Verdicts that are the same in every workbook of the layout."""
    return lambda figures, chosen: taken_of(verdicts, chosen)


def comparing(settling: Settling, members: Sequence[Sequence[Members]]) -> Tell:
    """A comparison of sums; ``members`` as of ``Sums``."""

    def tell(figures: Figures, chosen: Chosen) -> Sequence[bool | None]:
        numbers = figures.numbers
        lines = range(len(members[0])) if chosen is None else chosen

        def look_up(reference: int) -> list[Any]:
            read = [members[reference][line] for line in lines]
            return [sum_of([numbers[at] for at in one]) if isinstance(one, tuple) else numbers[one] for one in read]

        return settling.decide(look_up, len(lines))

    return tell


def computing(computed: Computed, leaves: Sequence[Reader], fixed: Sequence[bool | None]) -> Tell:
    """A figure compared with what others give; ``fixed``: verdicts in which no figure has a say, ``True`` elsewhere."""
    asked = [line for line, verdict in enumerate(fixed) if verdict]

    def tell(figures: Figures, chosen: Chosen) -> Sequence[bool | None]:
        lines = asked if chosen is None else [line for line in chosen if fixed[line]]
        told = iter(computed.decide([read(figures, lines) for read in leaves]))
        return [next(told) if verdict else verdict for verdict in taken_of(fixed, chosen)]

    return tell


def taken_of(verdicts: Sequence[bool | None], chosen: Chosen) -> Sequence[bool | None]:
    """Those of some lines."""
    return verdicts if chosen is None else [verdicts[line] for line in chosen]


def constant(value: object, lines: int) -> Reader:
    """The same on every line."""
    return lambda figures, chosen: [value] * (lines if chosen is None else len(chosen))


class ResultAt(NamedTuple):
    """A result that is a figure: positions of sheet and section, the column, the line's place in the section."""

    table: int
    section: int
    column: ColumnDefinition
    line: int


FigureAt: TypeAlias = tuple[int, Place] | ResultAt | NoFigure | None
"""A figure by the position of its sheet and its place there, or what stands for none, as of ``PrintedFigure``."""


def figures_at(cells: Sequence[FigureAt]) -> Reader:
    """Figures with their cells, line by line."""

    def read(figures: Figures, chosen: Chosen) -> list[Any]:
        return [
            _figure(figures, at) if isinstance(at, tuple) else at
            for at in (cells if chosen is None else [cells[line] for line in chosen])
        ]

    return read


def _figure(figures: Figures, at: tuple[int, Place] | ResultAt) -> PrintedFigure:
    form = figures.tables[at[0]]
    if isinstance(at, ResultAt):
        result = results_of(form, form.sections[at.section], at.column, figures.names)[at.line]
        figure, cell = None if result is None else result.figure, (at.table, at.section, at.line, at.column.name)
        return None if figure is None else Printed(figure, cell)
    value = form.values[at[1]].figure
    return None if value is None else Printed(value, at)


AchievedAt: TypeAlias = tuple[int, int, ColumnDefinition, ColumnDefinition, int] | None
"""Positions of sheet and section, the columns of targets and results, the line's place in its section."""


def achieved_at(cells: Sequence[AchievedAt]) -> Reader:
    """Targets and results, as of ``Achieved``, line by line."""

    def read(figures: Figures, chosen: Chosen) -> list[Any]:
        return [
            None if at is None else _achieved(figures, *at)
            for at in (cells if chosen is None else [cells[line] for line in chosen])
        ]

    return read


def _achieved(
    figures: Figures, table: int, section: int, aim: ColumnDefinition, done: ColumnDefinition, line: int
) -> Achieved:
    form = figures.tables[table]
    wanted = targets_of(form, form.sections[section], aim, figures.names)
    had = results_of(form, form.sections[section], done, figures.names)
    return wanted[line], had[line], (table, section, line, done.name)
