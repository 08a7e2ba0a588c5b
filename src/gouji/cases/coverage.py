"""What the rules of a pack cover on a form: figures that none reads, that one alone reads, that none tells apart.

An error in a figure is *noticed* where an equation reads it, and *located* where several do, so that the pattern of
those that fail points to it. Two figures that stand in the same equations with weights in the same proportion fail in
the same pattern: no rule tells them apart. An inequality notices only an error that leaves its bounds; hints (提示)
are not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from gouji.binding.bind import Binding, bind
from gouji.binding.bound import Compared, Instance, cells_of
from gouji.cases.full_forms import full_forms
from gouji.cases.running import parameters
from gouji.checking.check import linear_difference
from gouji.packs.model import Pack
from gouji.sheet import CellRef
from gouji.tables.model import Line, Recognition, Section, Table

Standing: TypeAlias = Literal["untouched", "bounded", "single", "twin", "located"]
"""No rule · only inequalities · one equation (noticed, not located) · the same equations as another · located."""
STANDINGS: tuple[Standing, ...] = ("untouched", "bounded", "single", "twin", "located")


class Place(NamedTuple):
    """A figure of a form. ``row`` is a fixed row's name, for an open row its level or entry (款, 指标)."""

    table: str
    section: str
    row: str
    column: str
    cell: CellRef

    @property
    def name(self) -> str:
        """As rules write it: ``支出表[款, 基本支出]``."""
        within = f"{self.section}/" if self.section else ""
        return f"{self.table}[{within}{self.row}, {self.column}]"


class Covered(NamedTuple):
    """A figure, how it stands, and the rules whose equations (else inequalities) read it."""

    place: Place
    standing: Standing
    rules: tuple[str, ...]


class Coverage(NamedTuple):
    """Every figure of the forms, and the groups of figures that no rule tells apart, each in the order of the sheets.

    A group of those that stand in one equation only names that equation's rule in ``rules`` of its members.
    """

    pack: str
    figures: tuple[Covered, ...]
    groups: tuple[tuple[Place, ...], ...]
    not_applied: tuple[tuple[str, str, str], ...]

    def of(self, standing: Standing) -> list[Covered]:
        """The figures that stand so."""
        return [figure for figure in self.figures if figure.standing == standing]


class _Column(NamedTuple):
    """Where one figure stands: its weight in each equation, and the rules of its equations and inequalities."""

    equations: dict[int, Fraction | None]
    rules: dict[str, None]
    bounds: dict[str, None]


def coverage(pack: Pack, recognition: Recognition | None = None, binding: Binding | None = None) -> Coverage:
    """What the rules of ``pack`` cover on recognised forms; on its own forms, filled in, when none are given.

    ``binding``: the rules on these forms, where they are bound already.
    """
    forms = full_forms(pack) if recognition is None else recognition
    hints = {rule.id for rule in pack.rules if rule.severity == "info"}
    binding = binding or bind(pack, forms, parameters(pack))
    columns = _columns(one for one in binding.instances if one.rule.id not in hints)
    places = [place for table in forms.tables for place in _places(table)]
    groups = _groups(places, columns)
    twins = {place.cell for group in groups for place in group}
    return Coverage(
        pack.id,
        tuple(_covered(place, columns.get(place.cell), place.cell in twins) for place in places),
        tuple(groups),
        tuple((one.rule, one.chinese, one.english) for one in binding.missed if one.rule not in hints),
    )


def _columns(instances: Iterable[Instance]) -> dict[CellRef, _Column]:
    found: dict[CellRef, _Column] = {}
    for number, instance in enumerate(instances):
        relation, rule = instance.relation, instance.rule.id
        difference = linear_difference(relation)
        is_equation = isinstance(relation, Compared) and relation.comparison == "="
        for cell in cells_of(relation):
            column = found.setdefault(cell, _Column({}, {}, {}))
            if not is_equation:
                column.bounds[rule] = None
            elif difference is None:
                column.equations[number], column.rules[rule] = None, None
            elif cell in difference.terms:
                column.equations[number], column.rules[rule] = Fraction(difference.terms[cell].weight), None
    return found


def _places(table: Table) -> Iterator[Place]:
    """The figures of a recognised table, from top to bottom."""
    for section in table.sections:
        for line in section.lines:
            for name in section.columns:
                at = section.place(line, name)
                if line.known and at is not None and at in table.values:
                    yield _place(table, section, line, name, table.sheet.ref(*at))


def _place(table: Table, section: Section, line: Line, column: str, cell: CellRef) -> Place:
    definition = line.definition
    row = line.name
    if definition is not None and definition.each is not None:
        levels = line.kinds - {"行", definition.name, definition.kind}
        row = next(iter(levels), definition.name)
    elif len(line.groups) == 1:
        row = f"{line.groups[0]}/{line.name}"
    return Place(table.definition.name, section.definition.name, row, column, cell)


def _groups(places: Sequence[Place], columns: Mapping[CellRef, _Column]) -> list[tuple[Place, ...]]:
    """Figures whose equations fail in the same pattern, as far as there are two of a kind."""
    found: dict[object, list[Place]] = {}
    for place in places:
        column = columns.get(place.cell)
        if column is not None and column.equations:
            found.setdefault(_pattern(place, column.equations), []).append(place)
    return [tuple(group) for group in found.values() if len(group) > 1]


def _pattern(place: Place, equations: Mapping[int, Fraction | None]) -> object:
    """Weights in proportion; a quotient or a branch among several equations is a pattern of its own."""
    if len(equations) == 1:
        return next(iter(equations))
    if None in equations.values():
        return place.cell
    first = next(iter(equations.values()))
    assert first is not None
    return tuple((number, weight / first) for number, weight in equations.items() if weight is not None)


def _covered(place: Place, column: _Column | None, has_twin: bool) -> Covered:
    if column is None:
        return Covered(place, "untouched", ())
    if not column.equations:
        return Covered(place, "bounded", tuple(column.bounds))
    standing: Standing = "single" if len(column.equations) == 1 else "twin" if has_twin else "located"
    return Covered(place, standing, tuple(column.rules))
