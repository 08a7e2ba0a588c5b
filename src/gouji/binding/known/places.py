"""References read as the places where the numbers of their figures stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouji.binding.bound import Constant, Many, Nothing, Single, Term
from gouji.binding.known.additions import ZERO, Members
from gouji.binding.known.layout import ColumnAt, Layout, PrintedNumbers, Results
from gouji.binding.known.stacks import ResultAt
from gouji.binding.quick import Exact
from gouji.binding.standing import Names
from gouji.binding.terms import UNFORMED, NoFigure, Outcome, column_numbers
from gouji.binding.texts import results_of
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.model import Line, Recognition, Section, Table
from gouji.tables.prints import Place


class Places:
    """Figures as places of their numbers: a reading of references that gives each number its place."""

    def __init__(self, layout: Layout, recognition: Recognition, names: Names) -> None:
        self._layout, self._names = layout, names
        self.tables = {id(table): number for number, table in enumerate(recognition.tables)}
        self.sections = {
            id(section): (number, position)
            for number, table in enumerate(recognition.tables)
            for position, section in enumerate(table.sections)
        }
        self.cells: dict[int, tuple[int, Place] | ResultAt] = {}
        """By place, the sheet's position and the cell of a figure, or where a result stands."""
        self._constants: dict[tuple[type, Any], int] = {}

    def value(self, outcome: Outcome) -> Members:
        """The places of what was bound in the general way."""
        if type(outcome) is Single:
            return self._of_term(outcome.term)
        if type(outcome) is Many:
            return tuple([self._of_term(term) for term in outcome.terms])
        if type(outcome) is Nothing:
            return ZERO
        if type(outcome) is Constant and not (outcome.value and outcome.money):
            return self._constant(Exact(outcome.value)) if outcome.value else ZERO
        return self._constant(UNFORMED if outcome is None else None)

    def _of_term(self, term: Term) -> int:
        column = term.section.definition.columns_by_name[term.column]
        start = self._results if column.type == "实际值" else self.start
        if column.type not in FIGURE_TYPES and column.type != "实际值":
            return self._constant(None)
        return start(term.table, term.section, column) + term.line.index

    def _constant(self, value: Exact | NoFigure | None) -> int:
        """The place of what is the same in every workbook of the layout."""
        key = type(value), value
        if key not in self._constants:
            self._constants[key] = len(self._layout.numbers)
            self._layout.numbers.append(value)
        return self._constants[key]

    def column(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> Sequence[Members]:
        """The place of each line's number."""
        names.read.add((id(section), column.name))
        if not _is_printed(section, column):
            return [self._constant(None)] * len(section.lines)
        start = self.start(table, section, column)
        return range(start, start + len(section.lines))

    def sums(
        self, table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition],
        lines: Sequence[Sequence[Line]],
    ) -> list[Members]:
        """The places of the members of each sum."""
        names.read.update((id(section), one.name) for one in chosen)
        if any(not _is_printed(section, one) and one.absent == "缺" for one in chosen):
            return [self._constant(None)] * len(lines)
        starts = [self.start(table, section, one) for one in chosen if _is_printed(section, one)]
        return [tuple([start + line.index for line in each for start in starts]) for each in lines]

    def start(self, table: Table, section: Section, column: ColumnDefinition) -> int:
        """The place of the number on the first line of a column."""
        layout = self._layout
        at = ColumnAt(*self.sections[id(section)], column.name)
        if at not in layout.starts:
            numbers = column_numbers(table, section, column, self._names)
            start = layout.add(at, column, [0 if type(number) is int else number for number in numbers])
            for line, number in zip(section.lines, numbers, strict=True):
                place = section.place(line, column.name)
                if type(number) is int and place is not None:
                    self.cells[start + line.index] = at.table, place
                    printed = layout.printed.setdefault(at.table, PrintedNumbers([], []))
                    printed.at.append(place)
                    printed.places.append(start + line.index)
        return layout.starts[at]

    def _results(self, table: Table, section: Section, column: ColumnDefinition) -> int:
        """The same for a column of results, of which some are figures."""
        layout = self._layout
        at = ColumnAt(*self.sections[id(section)], column.name)
        if at not in layout.starts:
            figures = [None if one is None else one.figure for one in results_of(table, section, column, self._names)]
            lines = [n for n, one in enumerate(figures) if one is not None and one.places <= self._names.places]
            start = layout.add(at, column, [None] * len(figures))
            for line in lines:
                layout.numbers[start + line] = 0
                self.cells[start + line] = ResultAt(at.table, at.section, column, line)
            layout.results.append(Results(at.table, at.section, column, lines, [start + line for line in lines]))
        return layout.starts[at]


def _is_printed(section: Section, column: ColumnDefinition) -> bool:
    return section.cells is not None or column.name in section.columns
