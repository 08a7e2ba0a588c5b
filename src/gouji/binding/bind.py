"""Every rule of a pack on every place it stands: instances to decide, and what could not be applied and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gouji.binding.bound import Bound, Inapplicable, Instance, NotFormed
from gouji.binding.expressions import Scope, bind_expression
from gouji.binding.resolve import Rows, Standing, columns, faulty, rows, step_text
from gouji.language.ast import Formula, Place
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
    """The instances of all rules in the order of the pack, and what was not applied."""

    instances: tuple[Instance, ...]
    missed: tuple[Missed, ...]


def bind(pack: Pack, recognition: Recognition, params: dict[str, Decimal | str]) -> Binding:
    """All instances of ``pack`` on the recognised tables; ``params`` are the names formulas may use bare."""
    titles = {name: definition.title for name, definition in pack.tables.items()}
    scope = Scope(recognition, params, titles)
    instances: list[Instance] = []
    missed: list[Missed] = []
    for rule in pack.rules:
        if not _in_force(rule, params.get("年度")):
            continue
        found, reasons = _bind_rule(rule, scope)
        instances += found
        missed += reasons
    return Binding(tuple(instances), tuple(missed))


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


def _bind_rule(rule: Rule, scope: Scope) -> tuple[list[Instance], list[Missed]]:
    reasons = _Reasons(rule)
    found: list[Instance] = []
    for name in rule.tables:
        tables = scope.recognition.named(name)
        if not tables:
            title = scope.titles.get(name)
            if title is None:
                raise faulty(rule, f"没有名为“{name}”的表", f"there is no table named {name}")
            reasons.add(Inapplicable(f"没有找到{title}", f"{title} was not found"))
        for table in tables:
            found += _on_table(rule, table, scope, reasons)
    return found, reasons.listed()


def _on_table(rule: Rule, table: Table, scope: Scope, reasons: _Reasons) -> Iterator[Instance]:
    for at in standings(rule, table, reasons):
        when: Bound | None = None
        if rule.when is not None:
            try:
                when = bind_expression(rule.when.expression, at, scope)
            except NotFormed:
                continue
            except Inapplicable as why:
                reasons.add(why)
                continue
        for formula in rule.checks:
            relation = _relation(formula, at, scope, reasons)
            if relation is not None:
                yield Instance(rule, formula, table, at.section, at.line, at.column, relation, when)


def _relation(formula: Formula, at: Standing, scope: Scope, reasons: _Reasons) -> Bound | None:
    try:
        return bind_expression(formula.expression, at, scope)
    except NotFormed:
        return None
    except Inapplicable as why:
        reasons.add(why)
        return None


def standings(rule: Rule, table: Table, reasons: _Reasons) -> Iterable[Standing]:
    """The places of ``table`` that the rule's ``for`` names, without those of ``except``."""
    at = Standing(rule, table)
    if rule.places is None:
        return [at]
    excluded = _excluded(rule, table)
    return [s for s in _places(rule.places.place, at, reasons) if not excluded & _marks(s)]


Mark = tuple[int | None, int | None, str | None]
"""A line (section and position, or any) and a column (or any)."""


def _marks(at: Standing) -> set[Mark]:
    if at.section is None or at.line is None:
        return set()
    section, line = id(at.section), at.line.index
    return {(section, line, None), (None, None, at.column), (section, line, at.column)}


def _excluded(rule: Rule, table: Table) -> set[Mark]:
    found: set[Mark] = set()
    at = Standing(rule, table)
    for formula in rule.excepts:
        place = formula.place
        named = rows(table, place.axes[0].start, at)
        lines = named.found if named else ()
        if len(place.axes) == 1:
            found |= {(id(section), line.index, None) for section, line in lines}
            continue
        for section, line in lines:
            wanted = columns(section, place.axes[1].start, at)
            found |= {(id(section), line.index, c.name) for c in (wanted[0] if wanted else ())}
    return found


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
    for section, line in named.found:
        if len(place.axes) == 1:
            yield Standing(at.rule, at.table, section, line)
            continue
        wanted_columns = columns(section, place.axes[1].start, at)
        for column in wanted_columns[0] if wanted_columns else ():
            if section.address(line, column.name) is not None:
                yield Standing(at.rule, at.table, section, line, column.name)


def _other_kind(at: Standing, place: Place) -> bool:
    """A set word that this one of the rule's several tables does not know is no fault (各结转 of 收入表)."""
    return len(at.rule.tables) > 1


def _say_absent(named: Rows, at: Standing, reasons: _Reasons) -> None:
    assert named.absent is not None
    if named.absent.definition.absent == "缺":
        title, name = at.table.definition.title, named.absent.name
        reasons.add(Inapplicable(f"{title}没有“{name}”这一行", f"{title} has no row {name}"))
