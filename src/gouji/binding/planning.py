"""References prepared once for all workbooks, and looked up for a whole column of lines at a time.

What a reference says of a form (which columns of which section it names) is found out once; what does not depend on
the line is looked up once for all lines. Two readings of figures share this: bound expressions (``columnwise``) and
whole numbers (``quick``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from gouji.binding.bound import Bound, Inapplicable, NotFormed, Nothing
from gouji.binding.columns import columns, sole_column
from gouji.binding.expressions import bind_expression
from gouji.binding.resolve import figures
from gouji.binding.rows import rows
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Names, Standing, Wanted
from gouji.binding.terms import Outcome
from gouji.binding.texts import text_at
from gouji.labels import normalised
from gouji.language.ast import Call, Code, Compare, Each, Expression, Here, Label, Path, Reference, Text
from gouji.language.functions import TEXTS
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, SectionDefinition
from gouji.tables.model import Line, Section, Table

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)
Plan: TypeAlias = Callable[[Group, Scope], list[V]]
"""What a formula, or a part of it, yields on each line of a group."""


class Column(Protocol[V_co]):
    """What a column of a section prints, by the line's place in the section."""

    def __getitem__(self, index: int, /) -> V_co: ...


class Reading(Protocol[V]):
    """How figures are read: one by one, and as members of sums."""

    def value(self, outcome: Outcome) -> V:
        """What the general way yields, in this reading."""

    def column(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> Column[V]:
        """The figure of each line of a section."""

    def sums(
        self, table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition],
        lines: Sequence[Sequence[Line]],
    ) -> list[V]:
        """The figures of some columns on some lines put together, once for each entry of ``lines``."""


class Columns:
    """The columns that a path names in sections: known once for each definition, and column of a 本栏."""

    def __init__(self, path: Path | None) -> None:
        words = _words(path)
        self.path = path
        self.is_fixed = not words & {"本行", "本表"}
        self._by_place = "本栏" in words
        self._known: dict[tuple[int, str | None], tuple[SectionDefinition, Wanted | None]] = {}

    def of(self, section: Section, group: Group) -> Wanted | None:
        """The columns and whether they are a set; ``None`` where the section has no such column."""
        key = id(section.definition), group.column if self._by_place else None
        known = self._known.get(key)
        if known is None:  # kept with its definition, so that the id stays its own
            known = self._known[key] = section.definition, self._found(section, group.at(None))
        return known[1]

    def _found(self, section: Section, at: Standing) -> Wanted | None:
        return sole_column(section, at) if self.path is None else columns(section, self.path, at)

    def of_figures(self, section: Section, group: Group) -> Wanted | None:
        """As ``of``, where all of them hold figures."""
        named = self.of(section, group)
        return named if named is not None and all(one.type in FIGURE_TYPES for one in named[0]) else None

    def sole_text(self, section: Section | None, group: Group) -> ColumnDefinition | None:
        """The one column of texts that is named."""
        named = None if section is None else self.of(section, group)
        return named[0][0] if named is not None and not named[1] and named[0][0].type not in FIGURE_TYPES else None


def _words(path: Path | None) -> set[str]:
    return {step.word for step in path.steps if isinstance(step, Here)} if path is not None else set()


class References(Generic[V]):
    """Plans of references under one reading."""

    def __init__(self, reading: Reading[V]) -> None:
        self.reading = reading

    def once(self, node: Expression) -> Plan[V]:
        """The same on every line of the column."""
        value = self.reading.value
        return lambda group, scope: [
            value(outcome_of(lambda at: bind_expression(node, at, scope), group.at(group.lines[0])))
        ] * len(group.lines)

    def each(self, node: Expression) -> Plan[V]:
        """Looked up line by line, in the general way."""
        value = self.reading.value
        return lambda group, scope: [
            value(outcome_of(lambda at: bind_expression(node, at, scope), group.at(line))) for line in group.lines
        ]

    def plan(self, node: Reference) -> Plan[V]:
        """How a reference is looked up."""
        axes = node.place.axes
        by_line = any("本行" in _words(path) for axis in axes for path in (axis.start, axis.end))
        anything = self.each(node) if by_line else self.once(node)
        row, chosen = axes[0].start, Columns(axes[1].start if len(axes) == 2 else None)
        if node.book is not None or any(axis.end for axis in axes) or not chosen.is_fixed:
            return anything
        if row.steps[0] == Here("本行"):
            own, other = self._own_lines(row, chosen, anything), self._same_line(node, row, chosen, anything)
            return own if node.table is None else _own_or_other(node.table, own, other)
        if by_line or not all(isinstance(step, (Label, Code, Each)) for step in row.steps):
            return anything
        if len(row.steps) == 1 and isinstance(row.steps[0], (Label, Code)):
            return self._named_line(node, row.steps[0], chosen, anything)
        return self._named_lines(node, row, chosen, anything)

    def _own_lines(self, row: Path, chosen: Columns, anything: Plan[V]) -> Plan[V]:
        """``[本行, …]`` and ``[本行/下级, …]``."""
        below = row.steps[1:] == (Each("下级"),)
        if len(row.steps) > 1 + below:
            return anything
        reading = self.reading

        def look_up(group: Group, scope: Scope) -> list[V]:
            section, lines = group.section, group.lines
            wanted = chosen.of_figures(section, group) if section is not None else None
            if section is None or wanted is None:
                return anything(group, scope)
            if wanted[1] or below:
                return reading.sums(group.table, section, group.names, wanted[0], _members(section, lines, below=below))
            found = reading.column(group.table, section, wanted[0][0], group.names)
            return [found[line.index] for line in lines if line is not None]

        return look_up

    def _same_line(self, node: Reference, row: Path, chosen: Columns, anything: Plan[V]) -> Plan[V]:
        """``表[本行, …]``: the line of another form with the same key."""
        if len(row.steps) != 1:
            return anything

        def look_up(group: Group, scope: Scope) -> list[V]:
            table = _sole_table(node.table, scope)
            if table is None:
                return anything(group, scope)
            columns_of = {id(section): self._column(table, section, chosen, group) for section in table.sections}
            found: list[V] = []
            for line in group.lines:
                key = "" if line is None else normalised(line.key)
                hits = _lines(table, key)
                column = columns_of[id(hits[0][0])] if len(hits) == 1 else None
                found.append(
                    column[hits[0][1]] if column is not None else
                    self._zero(node, table, key, group, line) if not hits else
                    self._general(node, group.at(line), scope)
                )  # fmt: skip
            return found

        return look_up

    def _column(self, table: Table, section: Section, chosen: Columns, group: Group) -> Column[V] | None:
        """The one column of figures that is named; ``None`` where anything else may be."""
        if chosen.path is None and len(table.sections) > 1:
            return None
        wanted = chosen.of_figures(section, group)
        return None if wanted is None or wanted[1] else self.reading.column(table, section, wanted[0][0], group.names)

    def _zero(self, node: Reference, table: Table, key: str, group: Group, line: Line | None) -> V:
        """A line that another form does not print: mostly nothing, whatever the column."""
        known = group.names.nothing.get((id(table), key))
        if known is None:
            known = outcome_of(lambda at: figures(table, node.place, at), group.at(line))
            if type(known) is Nothing:
                group.names.nothing[id(table), key] = known
        return self.reading.value(known)

    def _general(self, node: Expression, at: Standing, scope: Scope) -> V:
        return self.reading.value(outcome_of(lambda here: bind_expression(node, here, scope), at))

    def _named_line(self, node: Reference, step: Label | Code, chosen: Columns, anything: Plan[V]) -> Plan[V]:
        """``[合计, …]`` and ``表[合计, …]``: a line by its own name or code."""
        key = normalised(step.name if isinstance(step, Label) else step.code)
        reading = self.reading

        def look_up(group: Group, scope: Scope) -> list[V]:
            table = _table(node, group, scope)
            hits = _lines(table, key) if table is not None else []
            wanted = chosen.of(hits[0][0], group) if len(hits) == 1 else None
            if table is None or wanted is None or wanted[1]:
                return anything(group, scope)
            (section, index), column = hits[0], wanted[0][0]
            if column.type in FIGURE_TYPES:
                return [reading.column(table, section, column, group.names)[index]] * len(group.lines)
            if group.section not in (None, section):
                return anything(group, scope)
            line = section.lines[index]
            printed = outcome_of(lambda at: text_at(table, section, line, column, at.names), group.at(None))
            return [reading.value(printed)] * len(group.lines)

        return look_up

    def _named_lines(self, node: Reference, row: Path, chosen: Columns, anything: Plan[V]) -> Plan[V]:
        """``[本年收入合计/下级]``, ``[各指标, 得分]``, ``表[收入/总计]``: lines of one section, whatever the place."""
        reading = self.reading

        def look_up(group: Group, scope: Scope) -> list[V]:
            table = _table(node, group, scope)
            named = None if table is None else rows(table, row, group.at(None))
            if table is None or named is None or not named.found:
                return anything(group, scope)
            section = named.found[0][0]
            wanted = chosen.of_figures(section, group)
            if wanted is None or any(other is not section for other, _ in named.found):
                return anything(group, scope)
            if named.is_set or wanted[1]:
                lines = [line for _, line in named.found]
                return reading.sums(table, section, group.names, wanted[0], [lines]) * len(group.lines)
            if len(named.found) > 1:
                return anything(group, scope)
            column = reading.column(table, section, wanted[0][0], group.names)
            return [column[named.found[0][1].index]] * len(group.lines)

        return look_up


def own_column(node: Expression) -> Columns | None:
    """The column of ``[本行, …]``; ``None`` for anything else."""
    if not isinstance(node, Reference) or node.table is not None or len(node.place.axes) != 2:
        return None
    row, column = node.place.axes
    chosen = Columns(column.start)
    is_own = row.start.steps == (Here("本行"),) and node.book is None and row.end is None and column.end is None
    return chosen if is_own and chosen.is_fixed else None


def compares_figures(node: Expression) -> bool:
    """Whether a formula is a comparison that may be one of figures: not an AND, no text on either side."""
    return isinstance(node, Compare) and not any(
        isinstance(side, (Compare, Text)) or (isinstance(side, Call) and side.name in TEXTS)
        for side in (node.left, node.right)
    )


def stays_on_line(node: Reference) -> bool:
    """Whether a reference reads 本行, of any form, or its 下级."""
    row = node.place.axes[0]
    below = node.table is None and row.start.steps[1:] == (Each("下级"),)
    is_near = row.start.steps[0] == Here("本行") and (len(row.start.steps) == 1 or below)
    return is_near and node.book is None and row.end is None


def outcome_of(bind: Callable[[Standing], Bound], at: Standing) -> Outcome:
    """What binding yields: bound, not formed (``None``), or why it is not applicable."""
    try:
        return bind(at)
    except NotFormed:
        return None
    except Inapplicable as why:
        return why


def _own_or_other(table: str, own: Plan[Any], other: Plan[Any]) -> Plan[Any]:
    return lambda group, scope: (own if table == group.table.definition.name else other)(group, scope)


def _members(section: Section, lines: Sequence[Line | None], *, below: bool) -> list[Sequence[Line]]:
    if not below:
        return [(line,) for line in lines if line is not None]
    every = section.lines
    return [[every[child] for child in line.children] for line in lines if line is not None]


def _table(node: Reference, group: Group, scope: Scope) -> Table | None:
    """The sheet that a reference reads, its own or that of another form."""
    is_own = node.table in {None, group.table.definition.name}
    return group.table if is_own else _sole_table(node.table, scope)


def _sole_table(name: str | None, scope: Scope) -> Table | None:
    """The sheet of a form that is printed on one only."""
    tables = scope.recognition.named(name or "")
    return tables[0] if len(tables) == 1 and not tables[0].definition.many else None


def _lines(table: Table, key: str) -> list[tuple[Section, int]]:
    """The lines of a form with one key."""
    return [(section, index) for section in table.sections for index in section.by_key.get(key, ())]
