"""Every rule of a pack on every place it stands: relations to decide, and what could not be applied and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from gouji.binding.bound import Bound, Inapplicable, Instance, NotFormed, Term, terms_of
from gouji.binding.expressions import Scope, bind_expression
from gouji.binding.places import groups
from gouji.binding.series import Series, conditioned
from gouji.binding.standing import Names, Read, Reasons, Standing, faulty
from gouji.language.ast import Formula
from gouji.packs.model import Pack, Rule
from gouji.sheet import CellRef
from gouji.tables.model import Recognition, Table


class Missed(NamedTuple):
    """Instances of one rule that could not be applied, for one reason (Chinese, English), with the cells to mend."""

    rule: str
    chinese: str
    english: str
    cells: tuple[CellRef, ...]
    instances: int


@dataclass(frozen=True)
class Binding:
    """The relations of all rules in the order of the pack, and what was not applied."""

    series: tuple[Series, ...]
    missed: tuple[Missed, ...]

    @property
    def settled(self) -> int:
        """How many relations hold just as printed: nothing is to be decided there."""
        return sum(one.settled for one in self.series)

    @property
    def open(self) -> list[Instance]:
        """The relations to decide."""
        return [instance for one in self.series for instance in one.open]

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """All relations."""
        return tuple(instance for one in self.series for instance in one.instances)

    def reading(self, term: Term) -> Sequence[Instance]:
        """All relations that read the cell of a figure; of the rest none is bound for it."""
        for series in self._unread.pop((id(term.section), term.column), ()):
            self._add(series)
        return self._reading.get(term.cell, ())

    def part(self, table: Table) -> int:
        """A number of the part of the workbook that a sheet belongs to: sheets that relations connect."""
        return self._parts[id(table)]

    def bound_at(self, one: Instance, formula: Formula) -> Bound | None:
        """Another formula on the place of a relation; ``None`` where it says nothing there."""
        for series in self.series:
            group = series.group
            at = group.rule, group.table, group.section, group.column
            if all(x is y for x, y in zip(at, (one.rule, one.table, one.section, one.column), strict=True)):
                try:
                    return bind_expression(formula.expression, group.at(one.line), series.scope)
                except (NotFormed, Inapplicable):
                    return None
        return None

    def connected(self, tables: Iterable[Table], most: int) -> list[Instance] | None:
        """All relations of the parts that some sheets belong to; ``None`` where they would be more than ``most``."""
        wanted = {self.part(table) for table in tables}
        series = [one for one in self.series if self.part(one.group.table) in wanted]
        if sum(len(one.group.lines) for one in series) > most:
            return None
        return [instance for one in series for instance in one.instances]

    @cached_property
    def _parts(self) -> dict[int, int]:
        leader = {id(one.group.table): id(one.group.table) for one in self.series}

        def find(table: int) -> int:
            while leader[table] != table:
                table = leader[table]
            return table

        owner = {read: id(one.group.table) for one in self.series for read in one.reads if _is_own(one, read)}
        for one in self.series:
            for other in {owner[read] for read in one.reads if read in owner}:
                leader[find(other)] = find(id(one.group.table))
        return {table: find(table) for table in leader}

    def _add(self, series: Series) -> None:
        if id(series) in self._added:
            return
        self._added.add(id(series))
        for instance in series.instances:
            for cell in {term.cell: None for term in terms_of(instance.relation)}:
                self._reading.setdefault(cell, []).append(instance)

    @cached_property
    def _reading(self) -> dict[CellRef, list[Instance]]:
        return {}

    @cached_property
    def _added(self) -> set[int]:
        return set()

    @cached_property
    def _unread(self) -> dict[Read, list[Series]]:
        found: dict[Read, list[Series]] = {}
        for series in self.series:
            for read in series.reads:
                found.setdefault(read, []).append(series)
        return found


def _is_own(series: Series, read: Read) -> bool:
    return any(id(section) == read[0] for section in series.group.table.sections)


def bind(pack: Pack, recognition: Recognition, params: dict[str, Decimal | str]) -> Binding:
    """All relations of ``pack`` on the recognised tables; ``params`` are the names formulas may use bare."""
    titles = {name: definition.title for name, definition in pack.tables.items()}
    absent = {name: definition.absent for name, definition in pack.tables.items() if definition.absent != "缺"}
    scope = Scope(recognition, params, titles, absent)
    names = Names(_finest_place(recognition), _projects(recognition))
    series: list[Series] = []
    missed: list[Missed] = []
    for rule in pack.rules:
        if _in_force(rule, params.get("年度")):
            reasons = Reasons()
            series += _bind_rule(rule, scope, names, reasons)
            missed += _missed(rule, reasons)
    return Binding(tuple(series), tuple(missed))


def _finest_place(recognition: Recognition) -> int:
    figures = [value.figure for table in recognition.tables for value in table.values.values()]
    return max([figure.places for figure in figures if figure is not None], default=0)


def _projects(recognition: Recognition) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table in recognition.tables:
        if table.definition.many:
            found.setdefault(table.definition.name, []).append(table.key)
    return found


def _in_force(rule: Rule, year: Decimal | str | None) -> bool:
    if not isinstance(year, Decimal):
        return True
    return not ((rule.since and year < rule.since) or (rule.until and year > rule.until))


def _bind_rule(rule: Rule, scope: Scope, names: Names, reasons: Reasons) -> list[Series]:
    found: list[Series] = []
    for name in rule.tables:
        tables = scope.recognition.named(name)
        if not tables:
            title = scope.titles.get(name)
            if title is None:
                raise faulty(rule, f"没有名为“{name}”的表", f"there is no table named {name}")
            if name not in scope.absent:
                reasons.add(Inapplicable(f"没有找到{title}", f"{title} was not found"))
        for table in tables:
            for standing in groups(Standing(rule, table, names), reasons):
                group, conditions = conditioned(standing, scope, reasons)
                if group.lines:
                    found += [Series(formula, group, conditions, scope, reasons) for formula in rule.checks]
    return found


def _missed(rule: Rule, reasons: Reasons) -> list[Missed]:
    return [
        Missed(rule.id, chinese, english, tuple(dict.fromkeys(c for c in cells if c)), len(cells))
        for (chinese, english), cells in reasons.counted.items()
    ]
