"""The figures of one workbook of a known layout: whole numbers at the places that the layout gives them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from gouji.binding.bound import Term
from gouji.binding.evidence import Evidence
from gouji.binding.known.layout import Check, ColumnAt, Layout, Results, Spanned
from gouji.binding.standing import Group, Names, Read
from gouji.binding.terms import TENS, Spans, scaled
from gouji.binding.texts import results_of
from gouji.tables.model import Recognition


class Unlike(Exception):  # noqa: N818 - a way to end, not an error
    """A cell that prints a figure in other workbooks of the layout prints none here (its number format says so)."""


class Figures:
    """The figures of one workbook of a known layout. Raises ``Unlike`` where one is none."""

    def __init__(self, layout: Layout, recognition: Recognition, names: Names) -> None:
        self.layout, self.tables, self.names = layout, recognition.tables, names
        self.numbers: list[Any] = layout.numbers.copy()
        self._answers: dict[int, list[Evidence]] = {}
        self._groups: dict[tuple[int, int | None], Group] = {}
        self._add_printed()
        for results in layout.results:
            self._add(results)
        for spanned in layout.spanned:
            self._span(spanned)
        for (table, section, column), targets in layout.targets:
            names.targets[id(self.tables[table].sections[section]), column] = targets

    def _add_printed(self) -> None:
        numbers, finest, tens = self.numbers, self.names.places, TENS
        for table, (at, places) in self.layout.printed.items():
            values = self.tables[table].values
            for place, (_, _, figure) in zip(places, map(values.__getitem__, at), strict=True):
                if figure is None:
                    raise Unlike
                numbers[place] = figure[0] * tens[finest - figure[1]]  # no figure of the workbook is finer

    def _add(self, results: Results) -> None:
        table, section, column, lines, places = results
        form = self.tables[table]
        read = results_of(form, form.sections[section], column, self.names)
        for line, place in zip(lines, places, strict=True):
            result = read[line]
            figure = None if result is None else result.figure
            number = None if figure is None else scaled(figure, self.names.places)
            if number is None:
                raise Unlike
            self.numbers[place] = number

    def _span(self, spanned: Spanned) -> None:
        (table, section, column), cells, start, holes = spanned
        values, reach = self.tables[table].values, self.names.reach
        numbers = self.numbers[start : start + len(cells)]
        far = [
            reach[values[cell].figure.last] if number else 0  # type: ignore[index, union-attr]
            for number, cell in zip(numbers, cells, strict=True)
        ]
        key = id(self.tables[table].sections[section]), column
        self.names.spans[key] = Spans([2 * number for number in numbers], far, holes)

    def answers(self, question: int) -> Sequence[Evidence]:
        """The answers to a question of the layout, at their places."""
        known = self._answers.get(question)
        if known is None:
            asked = self.layout.asked[question]
            known = self._answers[question] = asked.answers.copy() if asked.live else asked.answers
            for check, columns, start in asked.live:
                group = self._on_section(self.layout.checks[check])
                assert group.section is not None  # the layout says that it can be answered
                found = asked.question.answer(group.section, group, columns)
                known[start : start + len(found)] = found
        return known

    def _on_section(self, check: Check) -> Group:
        """A group of the section that a check stands on, whatever its lines."""
        key = check.table, check.section
        if key not in self._groups:
            self._groups[key] = self.group(check)
        return self._groups[key]

    def group(self, check: Check) -> Group:
        """Where a check stands."""
        table = self.tables[check.table]
        section = None if check.section is None else table.sections[check.section]
        return Group(check.rule, table, self.names, section, check.column, check.lines)

    def told(self) -> dict[int, Sequence[bool | None]]:
        """By the number of a check the verdicts on its lines, where the layout alone does not give them."""
        found = dict(one for stack in self.layout.stacks for one in stack.verdicts(self))
        for number, lines in self.layout.additions.failing(self.numbers).items():
            found[number] = verdicts = list(self.layout.checks[number].verdicts)
            for line in lines:
                verdicts[line] = False
        return found

    def columns(self, reads: Iterable[ColumnAt]) -> set[Read]:
        """Columns of the layout as those of this workbook."""
        return {(id(self.tables[table].sections[section]), name) for table, section, name in reads}

    def readers(self, term: Term) -> Sequence[int]:
        """The checks that read the column of a figure."""
        table, section = self._sections.get(id(term.section), (-1, -1))
        return self.layout.readers.get(ColumnAt(table, section, term.column), ())

    @cached_property
    def _sections(self) -> dict[int, tuple[int, int]]:
        return {
            id(section): (number, position)
            for number, table in enumerate(self.tables) for position, section in enumerate(table.sections)
        }

    def place(self, term: Term) -> int | None:
        """The place of a figure's number, if it is read."""
        table, section = self._sections.get(id(term.section), (-1, -1))
        start = self.layout.starts.get(ColumnAt(table, section, term.column))
        return None if start is None else start + term.line.index
