"""Every rule of a pack on every place it stands: instances to decide, and what could not be applied and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gouji.binding.bound import Bound, Inapplicable, Instance, NotFormed
from gouji.binding.columns import columns
from gouji.binding.expressions import Scope
from gouji.binding.plan import Plan, plan
from gouji.binding.rows import Rows, rows
from gouji.binding.standing import Names, Standing, faulty, step_text
from gouji.language.ast import Formula, Path, Place
from gouji.packs.model import Pack, Rule
from gouji.sheet import CellRef
from gouji.tables.model import Line, Recognition, Section


class Missed(NamedTuple):
    """Instances of one rule that could not be applied, for one reason (Chinese, English), with the cells to mend."""

    rule: str
    chinese: str
    english: str
    cells: tuple[CellRef, ...]
    instances: int


@dataclass(frozen=True)
class Binding:
    """The instances of all rules in the order of the pack, and what was not applied."""

    instances: tuple[Instance, ...]
    missed: tuple[Missed, ...]


def bind(pack: Pack, recognition: Recognition, params: dict[str, Decimal | str]) -> Binding:
    """All instances of ``pack`` on the recognised tables; ``params`` are the names formulas may use bare."""
    titles = {name: definition.title for name, definition in pack.tables.items()}
    scope = Scope(recognition, params, titles)
    names = Names(_finest_place(recognition))
    instances: list[Instance] = []
    missed: list[Missed] = []
    for rule in pack.rules:
        if not _in_force(rule, params.get("年度")):
            continue
        found, reasons = _bind_rule(rule, scope, names)
        instances += found
        missed += reasons
    return Binding(tuple(instances), tuple(missed))


def _finest_place(recognition: Recognition) -> int:
    figures = [value.figure for table in recognition.tables for value in table.values.values()]
    return max([figure.places for figure in figures if figure is not None], default=0)


def _in_force(rule: Rule, year: Decimal | str | None) -> bool:
    if not isinstance(year, Decimal):
        return True
    return not ((rule.since and year < rule.since) or (rule.until and year > rule.until))


class _Reasons:
    """Reasons why instances of one rule were not applied, counted, in the order they were met."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.counted: dict[tuple[str, str], list[CellRef | None]] = {}

    def add(self, why: Inapplicable) -> None:
        self.counted.setdefault((why.chinese, why.english), []).append(why.cell)

    def listed(self) -> list[Missed]:
        return [
            Missed(self.rule.id, chinese, english, tuple(dict.fromkeys(c for c in cells if c)), len(cells))
            for (chinese, english), cells in self.counted.items()
        ]


def _bind_rule(rule: Rule, scope: Scope, names: Names) -> tuple[list[Instance], list[Missed]]:
    reasons = _Reasons(rule)
    found: list[Instance] = []
    for name in rule.tables:
        tables = scope.recognition.named(name)
        if not tables:
            title = scope.titles.get(name)
            if title is None:
                raise faulty(rule, f"没有名为“{name}”的表", f"there is no table named {name}")
            reasons.add(Inapplicable(f"没有找到{title}", f"{title} was not found"))
        if tables:
            prepared = _prepared(Standing(rule, tables[0], names), scope)
        for table in tables:
            found += _on_table(Standing(rule, table, names), prepared, reasons)
    return found, reasons.listed()


class _Prepared(NamedTuple):
    """A rule's formulas, prepared for one form."""

    checks: list[tuple[Formula, Plan]]
    condition: Plan | None


def _prepared(sheet: Standing, scope: Scope) -> _Prepared:
    rule = sheet.rule
    checks = [(formula, plan(formula.expression, sheet, scope)) for formula in rule.checks]
    return _Prepared(checks, None if rule.when is None else plan(rule.when.expression, sheet, scope))


def _on_table(sheet: Standing, prepared: _Prepared, reasons: _Reasons) -> Iterator[Instance]:
    rule, table = sheet.rule, sheet.table
    checks, condition = prepared
    for at in standings(sheet, reasons):
        when: Bound | None = None
        try:
            if condition is not None:
                when = condition(at)
        except NotFormed:
            continue
        except Inapplicable as why:
            reasons.add(why)
            continue
        for formula, relation in checks:
            try:
                bound = relation(at)
            except NotFormed:
                continue
            except Inapplicable as why:
                reasons.add(why)
                continue
            yield Instance(rule, formula, table, at.section, at.line, at.column, bound, when)


def standings(sheet: Standing, reasons: _Reasons) -> Iterable[Standing]:
    """The places of a sheet that the rule's ``for`` names, without those of ``except``."""
    rule = sheet.rule
    if rule.places is None:
        return [sheet]
    places = _places(rule.places.place, sheet, reasons)
    excluded = [_Excluded.of(formula.place, sheet) for formula in rule.excepts]
    return (at for at in places if not _left_out(at, excluded)) if excluded else places


def _left_out(at: Standing, excluded: list[_Excluded]) -> bool:
    for one in excluded:  # noqa: SIM110 - most places of a rule with an except come by here: no generator for each
        if one.holds(at):
            return True
    return False


class _Excluded(NamedTuple):
    """Places that an ``except`` names: lines, and of each section the columns (``None``: all of the line)."""

    lines: set[tuple[int, int]]
    columns: dict[int, set[str]] | None

    @classmethod
    def of(cls, place: Place, sheet: Standing) -> _Excluded:
        named = rows(sheet.table, place.axes[0].start, sheet)
        found = named.found if named else ()
        lines = {(id(section), line.index) for section, line in found}
        if len(place.axes) == 1:
            return cls(lines, None)
        wanted = {id(section): columns(section, place.axes[1].start, sheet) for section in sheet.table.sections}
        return cls(lines, {key: {c.name for c in (named[0] if named else ())} for key, named in wanted.items()})

    def holds(self, at: Standing) -> bool:
        """Whether a place of the ``for`` is left out."""
        assert at.line is not None
        section = id(at.section)
        in_column = self.columns is None or at.column in self.columns[section]
        return in_column and (section, at.line.index) in self.lines


def _places(place: Place, at: Standing, reasons: _Reasons) -> Iterator[Standing]:
    named = rows(at.table, place.axes[0].start, at)
    if named is None:
        if _other_kind(at, place):
            return
        wanted = step_text(place.axes[0].start)
        name = at.table.definition.name
        raise faulty(at.rule, f"{name}没有“{wanted}”这样的行", f"{name} has no rows {wanted}")
    if named.absent is not None:
        _say_absent(named, at, reasons)
        return
    rule, table, names = at.rule, at.table, at.names
    if len(place.axes) == 1:
        for section, line in named.found:
            yield Standing(rule, table, names, section, line)
        return
    printed = _Printed(place.axes[1].start, at)
    for section, line in named.found:
        for column in printed.columns(section, line):
            yield Standing(rule, table, names, section, line, column)


class _Printed:
    """The columns that a ``for`` names and a sheet prints: the same for all lines of a lane."""

    def __init__(self, path: Path, at: Standing) -> None:
        self.path = path
        self.at = at
        self.known: dict[tuple[int, int], list[str]] = {}

    def columns(self, section: Section, line: Line) -> list[str]:
        """Names of the columns that print a figure of the line."""
        lane = id(section), line.lane
        found = self.known.get(lane)
        if found is None:
            wanted = columns(section, self.path, self.at)
            found = [c.name for c in (wanted[0] if wanted else ()) if section.address(line, c.name) is not None]
            if section.cells is None:  # else every line has columns of its own
                self.known[lane] = found
        return found


def _other_kind(at: Standing, place: Place) -> bool:
    """A set word that this one of the rule's several tables does not know is no fault (各结转 of 收入表)."""
    return len(at.rule.tables) > 1


def _say_absent(named: Rows, at: Standing, reasons: _Reasons) -> None:
    assert named.absent is not None
    if named.absent.definition.absent == "缺":
        title, name = at.table.definition.title, named.absent.name
        reasons.add(Inapplicable(f"{title}没有“{name}”这一行", f"{title} has no row {name}"))
