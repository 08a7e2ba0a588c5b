"""Every rule of a pack on every place it stands: relations to decide, and what could not be applied and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from gouji.binding.bound import Inapplicable, Instance, Term
from gouji.binding.known.figures import Figures, Unlike
from gouji.binding.known.layout import layout_of, parts
from gouji.binding.known.recording import Recorder
from gouji.binding.places import groups
from gouji.binding.scope import Scope
from gouji.binding.series import KnownSeries, Series, asked_of
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
    """The relations of all rules in the order of the pack, and what was not applied.

    ``open`` are the relations to decide; ``settled`` is how many hold just as printed: nothing is to be decided there.
    ``figures``: those of a layout met before.
    """

    series: Sequence[Series]
    missed: tuple[Missed, ...]
    open: list[Instance]
    settled: int
    figures: Figures | None = None

    @classmethod
    def of(cls, series: Sequence[Series], missed: Iterable[Missed] = ()) -> Binding:
        """What relations come to that were told one after the other."""
        found = [instance for one in series for instance in one.open]
        return cls(series, tuple(missed), found, sum(one.settled for one in series))

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """All relations."""
        return tuple(instance for one in self.series for instance in one.instances)

    def reading(self, term: Term) -> Iterator[Instance]:
        """The relations that read the cell of a figure, bound one after the other as they are asked for.

        One whose rule surely asks nothing for what is printed may be left out; others that are not ``open`` hold.
        """
        if self.figures is not None:
            found = [self.series[number] for number in self.figures.readers(term)]
        else:
            found = self._readers.get((id(term.section), term.column), [])
        for one in found:
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
            if one.compares_figures and (limits or not one.is_limit) and self.part(one.table) in wanted
        ]
        if sum(len(one.lines) for one in series) > most:
            return None
        return [instance for one in series for instance in one.asked]

    def without(self, tables: Iterable[Table]) -> Binding:
        """The relations that read nothing of some sheets."""
        left_out = {id(section) for table in tables for section in table.sections}
        return Binding.of([one for one in self.series if left_out.isdisjoint(read[0] for read in one.reads)])

    @cached_property
    def _parts(self) -> dict[int, int]:
        if self.figures is not None:
            return {id(self.figures.tables[number]): part for number, part in self.figures.layout.parts.items()}
        tables = {id(one.table): one.table for one in self.series}
        owner = {id(section): number for number, table in tables.items() for section in table.sections}
        reading = {(read[0], id(one.table)) for read, found in self._readers.items() for one in found}
        alone = [(table, table) for table in tables]
        return parts([*alone, *((owner.get(section, table), table) for section, table in reading)])

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
    known, new = layout_of(pack, recognition, params)
    if known is not None:
        try:
            return _of_known(Figures(known, recognition, names), scope)
        except Unlike:
            pass
    recorder = None if new is None else Recorder(new, recognition, scope, names)
    series: list[Series] = []
    missed: list[Missed] = []
    said = {table.definition.name for table in recognition.tables}
    for rule, sentences in zip(pack.rules, pack.sentences_read, strict=True):
        if sentences <= said and _in_force(rule, params.get("年度")):
            reasons = Reasons()
            found = _groups(rule, scope, names, reasons)
            if recorder is not None:
                recorder.keep(rule, found, reasons)
            for group in found:
                series += _series(group, scope, reasons)
            missed += _missed(rule, reasons)
    if recorder is not None:
        recorder.finish()
    return Binding.of(series, missed)


def _of_known(figures: Figures, scope: Scope) -> Binding:
    """The same for a layout that is known: only what is to decide is bound."""
    layout, told = figures.layout, figures.told()
    series = KnownSeries(figures, scope, told)
    reasons: dict[int, Reasons] = {}
    found: list[Instance] = []
    settled = layout.settled
    for number, verdicts in told.items():
        settled += verdicts.count(True) - layout.settled_by[number]
    for number in sorted({number for number, verdicts in told.items() if False in verdicts} | layout.always_open):
        at = layout.rule_of[number]
        if at not in reasons:
            reasons[at] = Reasons()
            reasons[at].include(layout.rules[at].reasons)
        series[number].decide(reasons[at])
        found += series[number].open
    missed = [
        one for at, known in enumerate(layout.rules) if (why := reasons.get(at, known.reasons)).counted
        for one in _missed(known.rule, why)
    ]
    return Binding(series, tuple(missed), found, settled, figures)


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


def _groups(rule: Rule, scope: Scope, names: Names, reasons: Reasons) -> list[Group]:
    """Where a rule stands on the sheets of its forms."""
    _note_absent(rule, scope, reasons)
    tables = [table for name in rule.tables for table in scope.recognition.named(name)]
    found = [group for table in tables for group in groups(Standing(rule, table, names), reasons)]
    return [group for group in found if group.lines]


def _note_absent(rule: Rule, scope: Scope, reasons: Reasons) -> None:
    """The forms that a rule is for and that are not there."""
    for name in rule.tables:
        if not scope.recognition.named(name):
            title = scope.titles.get(name)
            if title is None:
                raise faulty(rule, f"没有名为“{name}”的表", f"there is no table named {name}")
            if name not in scope.absent:
                reasons.add(Inapplicable(f"没有找到{title}", f"{title} was not found"))


def _series(group: Group, scope: Scope, reasons: Reasons) -> Iterator[Series]:
    asked = asked_of(group)
    for formula in group.rule.checks:
        yield Series.told(formula, group, scope, reasons, asked)


def _missed(rule: Rule, reasons: Reasons) -> list[Missed]:
    """What was not applied of a rule, first what the workbook lacks, then by cells."""
    return [
        Missed(rule.id, chinese, english, tuple(dict.fromkeys(c for c in cells if c)), len(cells))
        for (chinese, english), cells in sorted(reasons.counted.items(), key=lambda one: any(one[1]))
    ]
