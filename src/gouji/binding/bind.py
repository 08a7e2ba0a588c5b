"""Every rule of a pack on every place it stands: relations to decide, and what could not be applied and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from gouji.binding.bound import Inapplicable, Instance, Term
from gouji.binding.layouts import Figures, KnownPlaces, Recorder, layout_of
from gouji.binding.places import groups
from gouji.binding.scope import Scope
from gouji.binding.series import Series, asked_of
from gouji.binding.standing import Group, Names, Read, Reasons, Standing, faulty
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

    def reading(self, term: Term) -> Iterator[Instance]:
        """The relations that read the cell of a figure, bound one after the other as they are asked for.

        One whose rule surely asks nothing for what is printed may be left out; others that are not ``open`` hold.
        """
        for one in self._readers.get((id(term.section), term.column), ()):
            yield from one.reading(term)

    def part(self, table: Table) -> int:
        """A number of the part of the workbook that a sheet belongs to: sheets that relations connect."""
        return self._parts[id(table)]

    def connected(self, tables: Iterable[Table], most: int, *, limits: bool = True) -> list[Instance] | None:
        """The relations of the parts that some sheets belong to; ``None`` where they would be more than ``most``.

        As of ``reading``, but without those that surely compare no figures and, unless ``limits`` are wanted, without
        those that only keep a figure from being negative.
        """
        wanted = {self.part(table) for table in tables}
        series = [
            one for one in self.series
            if one.compares_figures and (limits or not one.is_limit) and self.part(one.group.table) in wanted
        ]
        if sum(len(one.group.lines) for one in series) > most:
            return None
        return [instance for one in series for instance in one.asked]

    def without(self, tables: Iterable[Table]) -> Binding:
        """The relations that read nothing of some sheets."""
        left_out = {id(section) for table in tables for section in table.sections}
        return Binding(tuple(one for one in self.series if left_out.isdisjoint(read[0] for read in one.reads)), ())

    @cached_property
    def _parts(self) -> dict[int, int]:
        tables = {id(one.group.table): one.group.table for one in self.series}
        owner = {id(section): number for number, table in tables.items() for section in table.sections}
        leader = {number: number for number in tables}

        def find(table: int) -> int:
            while leader[table] != table:
                table = leader[table]
            return table

        reading = {(read[0], id(one.group.table)) for read, found in self._readers.items() for one in found}
        for section, table in reading:
            leader[find(owner.setdefault(section, table))] = find(table)
        return {table: find(table) for table in leader}

    @cached_property
    def _readers(self) -> dict[Read, list[Series]]:
        found: dict[Read, list[Series]] = {}
        for series in self.series:
            for read in series.reads:
                found.setdefault(read, []).append(series)
        return found


def bind(pack: Pack, recognition: Recognition, params: dict[str, Decimal | str]) -> Binding:
    """All relations of ``pack`` on the recognised tables; ``params`` are the names formulas may use bare."""
    titles = {name: definition.title for name, definition in pack.tables.items()}
    absent = {name: definition.absent for name, definition in pack.tables.items() if definition.absent != "缺"}
    scope = Scope(recognition, params, titles, absent)
    widest = 1 if pack.rounding == "四舍五入" else 2
    names = Names(_finest_place(recognition), _projects(recognition), widest=widest)
    known, new = layout_of(pack, recognition)
    figures = None if known is None else Figures(known, recognition, names)
    recorder = None if new is None else Recorder(new, recognition, scope)
    series: list[Series] = []
    missed: list[Missed] = []
    said = {table.definition.name for table in recognition.tables}
    for number, (rule, sentences) in enumerate(zip(pack.rules, pack.sentences_read, strict=True)):
        if not sentences <= said or not _in_force(rule, params.get("年度")):
            continue
        reasons = Reasons()
        _note_absent(rule, scope, reasons)
        if figures is not None and number in figures.layout.places:
            for places in figures.layout.places[number]:
                series += _on_known(rule, places, figures, scope, names, reasons)
        else:
            if recorder is not None:
                recorder.begin(number)
            for table in _sheets(rule, scope):
                series += _on_sheet(Standing(rule, table, names), recorder, scope, reasons)
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


def _sheets(rule: Rule, scope: Scope) -> Iterator[Table]:
    """The sheets of the forms that a rule is for."""
    for name in rule.tables:
        yield from scope.recognition.named(name)


def _note_absent(rule: Rule, scope: Scope, reasons: Reasons) -> None:
    """The forms that a rule is for and that are not there."""
    for name in rule.tables:
        if not scope.recognition.named(name):
            title = scope.titles.get(name)
            if title is None:
                raise faulty(rule, f"没有名为“{name}”的表", f"there is no table named {name}")
            if name not in scope.absent:
                reasons.add(Inapplicable(f"没有找到{title}", f"{title} was not found"))


def _on_sheet(standing: Standing, recorder: Recorder | None, scope: Scope, reasons: Reasons) -> Iterator[Series]:
    """The relations of a rule on a sheet; the recorder keeps where it stands."""
    own = Reasons()
    found = groups(standing, own)
    reasons.include(own)
    if recorder is not None:
        recorder.keep(standing.table, found, own)
    for group in found:
        yield from _series(group, scope, reasons)


def _on_known(
    rule: Rule, known: KnownPlaces, figures: Figures, scope: Scope, names: Names, reasons: Reasons
) -> Iterator[Series]:
    """The same for a layout that is known."""
    table = scope.recognition.tables[known.table]
    reasons.include(known.reasons)
    for place in known.groups:
        section = None if place.section is None else table.sections[place.section]
        group = Group(rule, table, names, section, place.column, place.lines)
        if rule.when is not None:
            yield from _series(group, scope, reasons)
            continue
        for formula, sums in zip(rule.checks, place.checks, strict=True):
            if sums is None:
                yield Series(formula, group, scope, reasons)
            else:
                yield Series.known(formula, group, scope, reasons, sums=sums, figures=figures)


def _series(group: Group, scope: Scope, reasons: Reasons) -> Iterator[Series]:
    if group.lines:
        asked = asked_of(group, scope)
        for formula in group.rule.checks:
            yield Series(formula, group, scope, reasons, asked)


def _missed(rule: Rule, reasons: Reasons) -> list[Missed]:
    return [
        Missed(rule.id, chinese, english, tuple(dict.fromkeys(c for c in cells if c)), len(cells))
        for (chinese, english), cells in reasons.counted.items()
    ]
