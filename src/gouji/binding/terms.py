"""The figures of a table, column by column: what each line prints there, or why it is nothing to compute with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from gouji.binding.bound import Bound, Inapplicable, NotFormed, Nothing, Single, Term
from gouji.binding.standing import Names
from gouji.figures import Figure
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table

Place: TypeAlias = tuple[int, int]
Outcome: TypeAlias = Bound | Inapplicable | None
"""What an expression yields on one line; ``None``: it is not formed there."""


NOT_PRINTED: Final[list[int | None]] = []
"""A column that a section does not print and that no sum needs."""


class NoFigure(int):
    """Among the whole numbers of a column: nothing is printed. It adds nothing to a sum, and is no figure by itself."""


NO_MEMBER: Final = NoFigure()
UNFORMED: Final = NoFigure()
"""A cell that may stay empty, by itself: it forms no relation."""


def column_numbers(table: Table, section: Section, column: ColumnDefinition, names: Names) -> list[int | None]:
    """The figure of each line in whole numbers at the finest place; ``None`` where the line must be looked at."""
    key = id(section), column.name
    names.read.add(key)
    found = names.numbers.get(key)
    if found is None:
        found = names.numbers[key] = _numbers(table, section, column, names.places)
    return found


def _numbers(table: Table, section: Section, column: ColumnDefinition, places: int) -> list[int | None]:
    name = column.name
    needed = column.absent == "缺"
    if section.cells is None and name not in section.columns:
        return [None] * len(section.lines) if needed else NOT_PRINTED
    at = section.columns[name].at if section.cells is None else ()
    values, tens = table.values, TENS
    found: list[int | None] = []
    for line in section.lines:
        place = (line.row, at[line.lane]) if at else section.place(line, name)
        value = values.get(place)  # type: ignore[arg-type]
        if value is None:
            is_printed = place is not None and place[1] is not None
            found.append(_nothing(line, column) if is_printed else None if needed else NO_MEMBER)
        elif (figure := value.figure) is None:
            found.append(_nothing(line, column) if value.status == "blank" else None)
        elif value.status == "blank" and _blank_policy(line, column) != "零":
            found.append(_nothing(line, column))
        else:
            found.append(figure.digits * tens[places - figure.places])  # no figure of the workbook is finer
    return found


def _nothing(line: Line, column: ColumnDefinition) -> NoFigure:
    return UNFORMED if _blank_policy(line, column) == "无" else NO_MEMBER


class Spans(NamedTuple):
    """The figures of a column: twice each in whole numbers at the finest place, and how far rounding lets that reach.

    ``holes`` are the lines where there is none, as of ``column_numbers``; both numbers are 0 there.
    """

    twice: Sequence[int]
    reach: Sequence[int]
    holes: Mapping[int, NoFigure | None]


def column_spans(table: Table, section: Section, column: ColumnDefinition, names: Names) -> Spans:
    """The figure of each line with its reach."""
    key = id(section), column.name
    names.read.add(key)
    found = names.spans.get(key)
    if found is None:
        numbers = column_numbers(table, section, column, names) or [None] * len(section.lines)
        places = [section.place(line, column.name) for line in section.lines]
        holes: dict[int, Any] = {at: number for at, number in enumerate(numbers) if type(number) is not int}
        found = names.spans[key] = Spans(
            [2 * (number or 0) for number in numbers],
            [0 if not number else names.reach[table.values[place].figure.last]  # type: ignore[index, union-attr]
             for number, place in zip(numbers, places, strict=True)],
            holes,
        )  # fmt: skip
    return found


def _figure(table: Table, place: Place | None, line: Line, column: ColumnDefinition) -> Figure | None:
    """The figure printed at a place, if there is one to compute with."""
    value = None if place is None else table.values.get(place)
    if value is None or (value.status == "blank" and _blank_policy(line, column) != "零"):
        return None
    return value.figure


def term_at(
    table: Table, section: Section, line: Line, column: ColumnDefinition, names: Names, *, in_set: bool
) -> Term | None:
    """The figure at a line and column; in a set what is not printed or blank is no member."""
    name = column.name
    names.read.add((id(section), name))
    key = id(section), line.index, name
    term = names.terms.get(key)
    if term is None:
        place = section.place(line, name)
        figure = _figure(table, place, line, column)
        if figure is None or place is None:
            _check_nothing(table, section, line, column, in_set=in_set)
            return None
        cell = table.ref(place)
        term = Term(cell, figure, table, section, line, name, not line.known, scaled(figure, names.places))
        names.terms[key] = term
    return term


class Operands:
    """A column's figures as operands, by the line's place in its section."""

    __slots__ = ("_column", "_names", "_section", "_table")

    def __init__(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> None:
        self._table, self._section, self._column, self._names = table, section, column, names
        names.read.add((id(section), column.name))

    def __getitem__(self, index: int) -> Outcome:
        line = self._section.lines[index]
        key = id(self._section), index, self._column.name
        known = self._names.singles
        if key not in known:
            known[key] = self._operand(line)
        return known[key]

    def _operand(self, line: Line) -> Outcome:
        try:
            term = term_at(self._table, self._section, line, self._column, self._names, in_set=False)
        except NotFormed:
            return None
        except Inapplicable as why:
            return why
        return Nothing(f"{self._table.definition.title} {line.label}") if term is None else Single(term)


def member_at(
    table: Table, section: Section, line: Line, column: ColumnDefinition, names: Names
) -> Term | Inapplicable | None:
    """The figure as a member of a sum, if it is one, or why it makes the sum inapplicable."""
    try:
        return term_at(table, section, line, column, names, in_set=True)
    except Inapplicable as why:
        return why


def _check_nothing(table: Table, section: Section, line: Line, column: ColumnDefinition, *, in_set: bool) -> None:
    """Say what is meant where no figure is printed. Returns where that is simply nothing."""
    place = section.place(line, column.name)
    if place is None:
        check_not_printed(table, column, in_set=in_set)
        return
    value = table.values.get(place)
    cell = table.ref(place)
    if value is not None and value.status != "blank":
        raise Inapplicable(*_unreadable(cell.address, cell.sheet, value.status, value.text), cell)
    if in_set:
        return
    if _blank_policy(line, column) == "无":
        raise NotFormed
    raise Inapplicable(f"{cell} 没有填", f"{cell} is empty", cell)


def _blank_policy(line: Line, column: ColumnDefinition) -> str:
    return (line.definition.blank if line.definition else None) or column.blank


TENS: tuple[int, ...] = tuple(10**power for power in range(64))


def scaled(figure: Figure, places: int) -> int | None:
    """The figure as an integer at ``places``."""
    own = figure.places
    if own > places:
        return None
    more = places - own
    return figure.digits * (TENS[more] if more < len(TENS) else int(10**more))


def _unreadable(address: str, sheet: str, status: str, text: str) -> tuple[str, str]:
    shown = text if len(text) <= 20 else text[:19] + "…"
    if status == "uncomputed":
        return f"{sheet} {address} 的公式没有结果：{shown}", f"the formula in {sheet} {address} has no result: {shown}"
    if status == "merged":
        return (
            f"{sheet} {address} 在合并区域 {text} 里，几格合成了一格，它自己是多少看不出",
            f"{sheet} {address} is in the merged area {text}: several cells made one, its own amount cannot be seen",
        )
    return f"{sheet} {address} 不是数：“{shown}”", f"{sheet} {address} is no number: “{shown}”"


def check_not_printed(table: Table, column: ColumnDefinition, *, in_set: bool) -> None:
    """A column that must be printed and is not makes the instance inapplicable, even as a member of a set."""
    if column.absent == "缺":
        title = table.definition.title
        raise Inapplicable(f"{title}没有印出“{column.name}”一栏", f"{title} prints no column {column.name}")
    if not in_set and column.absent == "无":
        raise NotFormed
