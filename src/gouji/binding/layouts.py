"""Workbooks of a layout that was met before: where rules stand, and which figures their sums add up, is known then.

A layout is what is printed where, without any figure: the forms, their lines and columns, the names of projects. A
workbook that is checked again after a correction has the same; so have the workbooks that a program writes for one
unit. Figures are never kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from gouji.binding.bound import Nothing, Term
from gouji.binding.planning import References
from gouji.binding.quick import Settling
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Names, Read, Reasons
from gouji.binding.sums import ZERO, Members, Numbers, Sums, sums_of
from gouji.binding.terms import Outcome, column_numbers
from gouji.packs.model import Pack
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Recognition, Section, Table

MOST_LAYOUTS = 16
MOST_MET = 256
"""Layouts met once: their lines are kept, so that ids in the key stay those of the same objects."""


class KnownGroup(NamedTuple):
    """Where a rule stands on a sheet: the section's position, the column, the lines, and of each check its sums."""

    section: int | None
    column: str | None
    lines: Sequence[Line | None]
    checks: tuple[Sums | None, ...]


class KnownPlaces(NamedTuple):
    """The groups of one rule on one sheet (its position), and what could not be formed there."""

    table: int
    groups: tuple[KnownGroup, ...]
    reasons: Reasons


class Layout:
    """What is known of a layout. ``columns`` are the columns of figures that sums read: sheet, section, definition."""

    def __init__(self, kept: Hashable) -> None:
        self.kept = kept  # so that ids in the key stay those of the same objects
        self.columns: list[tuple[int, int, ColumnDefinition]] = []
        self.starts: list[int] = []
        self.size = 1
        self.places: dict[int, list[KnownPlaces]] = {}
        """By the position of a rule that was in force, where it stands."""
        self._number_of: dict[tuple[int, int, str], int] = {}

    def start(self, table: int, section: int, column: ColumnDefinition, lines: int) -> int:
        """The place of the number on the first line of a column."""
        key = table, section, column.name
        number = self._number_of.get(key)
        if number is None:
            number = self._number_of[key] = len(self.columns)
            self.columns.append((table, section, column))
            self.starts.append(self.size)
            self.size += lines
        return self.starts[number]

    def numbers(self, recognition: Recognition, names: Names) -> Numbers:
        """The figures of a workbook of this layout as whole numbers, at the places where ``Members`` look for them."""
        found: Numbers = [ZERO]
        for table, section, column in self.columns:
            form = recognition.tables[table]
            found += column_numbers(form, form.sections[section], column, names)
        return found


class _Places:
    """Figures as places of their numbers."""

    def __init__(self, layout: Layout, sections: Mapping[int, tuple[int, int]]) -> None:
        self._layout, self._at = layout, sections

    def value(self, outcome: Outcome) -> Members:
        return ZERO if type(outcome) is Nothing else None  # a line that is not printed; all else may depend on figures

    def column(self, table: Table, section: Section, column: ColumnDefinition, names: Names) -> Sequence[Members]:
        names.read.add((id(section), column.name))
        if not _is_printed(section, column):
            return [None] * len(section.lines)
        start = self._layout.start(*self._at[id(section)], column, len(section.lines))
        return range(start, start + len(section.lines))

    def sums(
        self, table: Table, section: Section, names: Names, chosen: Sequence[ColumnDefinition],
        lines: Sequence[Sequence[Line]],
    ) -> list[Members]:
        names.read.update((id(section), one.name) for one in chosen)
        if any(not _is_printed(section, one) and one.absent == "缺" for one in chosen):
            return [None] * len(lines)
        at, count = self._at[id(section)], len(section.lines)
        starts = [self._layout.start(*at, one, count) for one in chosen if _is_printed(section, one)]
        return [tuple([start + line.index for line in each for start in starts]) for each in lines]


def _is_printed(section: Section, column: ColumnDefinition) -> bool:
    return section.cells is not None or column.name in section.columns


class Recorder:
    """Makes the ``Layout`` of a workbook while it is bound."""

    def __init__(self, layout: Layout, recognition: Recognition, scope: Scope) -> None:
        self.layout, self._scope = layout, scope
        self._sections = {
            id(section): (number, position)
            for number, table in enumerate(recognition.tables)
            for position, section in enumerate(table.sections)
        }
        self._tables = {id(table): number for number, table in enumerate(recognition.tables)}
        self._references = References(_Places(layout, self._sections))
        self._places: list[KnownPlaces] = []

    def begin(self, rule: int) -> None:
        """Keep where a rule stands from now on."""
        self._places = self.layout.places.setdefault(rule, [])

    def keep(self, table: Table, found: Sequence[Group], reasons: Reasons) -> None:
        """Where the rule stands on a sheet."""
        groups = tuple([self._known(group) for group in found if group.lines])
        if groups or reasons.counted:
            self._places.append(KnownPlaces(self._tables[id(table)], groups, reasons))

    def _known(self, group: Group) -> KnownGroup:
        from gouji.binding.series import plans  # which uses layouts

        sections = group.table.sections
        section = next((at for at, one in enumerate(sections) if one is group.section), None)
        checks = tuple([
            None if group.rule.when is not None else self._sums(plans(formula).settling, group)
            for formula in group.rule.checks
        ])
        return KnownGroup(section, group.column, group.lines, checks)

    def _sums(self, settling: Settling | None, group: Group) -> Sums | None:
        if settling is None:
            return None
        read: set[Read] = set()
        group.names.read = read
        members = tuple([
            tuple(self._references.plan(reference)(group, self._scope)) for reference in settling.references
        ])
        if any(one is None for each in members for one in each):
            return None
        return sums_of(settling, members, [(*self._sections[section], column) for section, column in read])


_LAYOUTS: dict[Hashable, Layout] = {}
_MET: dict[Hashable, object] = {}


def layout_of(pack: Pack, recognition: Recognition) -> tuple[Layout | None, Layout | None]:
    """The layout of a workbook, if it is known, or one to fill in, if it was met before; a first one has neither."""
    tables = recognition.tables
    key = id(pack), *map(_printed, tables)
    known = _LAYOUTS.get(key)
    if known is not None:
        return known, None
    kept = pack, [(table.definition, [section.lines for section in table.sections]) for table in tables]
    if key not in _MET:
        if len(_MET) >= MOST_MET:
            _MET.clear()
        _MET[key] = kept
        return None, None
    if len(_LAYOUTS) >= MOST_LAYOUTS:
        _LAYOUTS.clear()
    return None, _LAYOUTS.setdefault(key, Layout(kept))


def known() -> int:
    """How many layouts are known."""
    return len(_LAYOUTS)


def forget() -> None:
    """Forget all layouts, as in a new process."""
    _LAYOUTS.clear()
    _MET.clear()


def _printed(table: Table) -> Hashable:
    sections = [
        (_lines(section), tuple([(name, column.at) for name, column in section.columns.items()]),
         None if section.cells is None else tuple(section.cells.items()))
        for section in table.sections
    ]  # fmt: skip
    return id(table.definition), table.key, tuple(sections)


def _lines(section: Section) -> Hashable:
    """What tells the lines of a section apart; sheets that print the same share them, but for forms without order."""
    if section.cells is None:
        return id(section.lines)
    return tuple([(line.name, line.row, id(line.definition)) for line in section.lines])


class Figures:
    """The figures of one workbook of a known layout: whole numbers at the places that the layout gives them."""

    def __init__(self, layout: Layout, recognition: Recognition, names: Names) -> None:
        self.layout, self._recognition = layout, recognition
        self.numbers = layout.numbers(recognition, names)
        self._starts: dict[Read, int] = {}

    def columns(self, sums: Sums) -> set[Read]:
        """The columns that a comparison of sums reads."""
        tables = self._recognition.tables
        return {(id(tables[table].sections[section]), column) for table, section, column in sums.columns}

    def place(self, term: Term) -> int | None:
        """The place of a figure's number, if sums read it."""
        if not self._starts:
            tables, layout = self._recognition.tables, self.layout
            self._starts = {
                (id(tables[table].sections[section]), column.name): start
                for (table, section, column), start in zip(layout.columns, layout.starts, strict=True)
            }
        start = self._starts.get((id(term.section), term.column))
        return None if start is None else start + term.line.index
