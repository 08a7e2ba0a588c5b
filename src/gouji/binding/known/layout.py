"""What is known of a layout: where rules stand, and where what they read is printed.

A layout is what is printed where, without any figure: the forms, their lines and columns, all words. A workbook that
is checked again after a correction has the same; so have the workbooks that a program writes for one unit. Figures
are never kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from gouji.binding.evidence import UNKNOWN, Evidence
from gouji.binding.known.additions import Additions, Sums
from gouji.binding.known.stacks import Stack
from gouji.binding.questions import Question
from gouji.binding.standing import Reasons
from gouji.language.ast import Formula
from gouji.packs.model import Pack, Rule
from gouji.tables.definition import ColumnDefinition
from gouji.tables.memory import Kept
from gouji.tables.model import Line, Recognition
from gouji.tables.prints import Place
from gouji.targets import Target

MOST_VALUES = 2**16
"""How many cells of figures the layouts that are known have together; some 600 bytes are held for each."""
MOST_MET = 256
"""Layouts met once: what tells them apart is kept, so that ids in the key stay those of the same objects."""


class ColumnAt(NamedTuple):
    """A column of a section: positions of sheet and section, and its name."""

    table: int
    section: int
    name: str


class Check(NamedTuple):
    """One formula of a rule on a group: where that stands, and what is known of it.

    ``verdicts`` are those of a workbook where all that is added up agrees; empty where a ``Stack`` tells them.
    ``reads`` are its columns.
    """

    rule: Rule
    formula: Formula
    table: int
    section: int | None
    column: str | None
    lines: Sequence[Line | None]
    verdicts: Sequence[bool | None] = ()
    sums: Sums | None = None
    reads: tuple[ColumnAt, ...] = ()


class KnownRule(NamedTuple):
    """A rule with the numbers of its checks, and why some of it cannot be formed."""

    rule: Rule
    checks: range
    reasons: Reasons


class PrintedNumbers(NamedTuple):
    """The figures of a sheet that are read: where they stand, and the places of their numbers."""

    at: list[Place]
    places: list[int]


class Spanned(NamedTuple):
    """A column whose figures are asked how far they reach: where they stand, and the place of the first number."""

    at: ColumnAt
    cells: Sequence[Place | None]
    start: int
    holes: Mapping[int, Any]


class Results(NamedTuple):
    """The figures among the results of a column that are read: lines and the places of their numbers."""

    table: int
    section: int
    column: ColumnDefinition
    lines: list[int]
    places: list[int]


class Asked:
    """A question as it is asked of sections: its answers on all their lines, one section after the other.

    ``answers`` are those in which figures have no say, ``live`` the sections that have others: a check that stands
    there, the columns, the place of the first. The first answer is ``UNKNOWN``, for lines where it cannot be asked.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.starts: dict[tuple[ColumnAt, ...], int] = {}
        self.answers: list[Evidence] = [UNKNOWN]
        self.live: list[tuple[int, Sequence[ColumnDefinition], int]] = []


class Layout:
    """What is known of a layout, filled in by a ``Recorder``; ``size`` is how many cells of figures it has."""

    def __init__(self, key: Hashable, kept: object, size: int) -> None:
        self.key, self.size = key, size
        self.kept = kept  # so that ids in the key stay those of the same objects
        self.rules: list[KnownRule] = []
        self.checks: list[Check] = []
        self.numbers: list[Any] = [0]
        """The numbers of the columns that are read; figures are 0, all others as they are in every workbook."""
        self.starts: dict[ColumnAt, int] = {}
        """The place of the number on the first line of a column."""
        self._columns: list[tuple[ColumnAt, ColumnDefinition, int]] = []
        self._firsts: list[int] = []
        self.printed: dict[int, PrintedNumbers] = {}
        """By the position of the sheet."""
        self.spanned: list[Spanned] = []
        self.results: list[Results] = []
        self.targets: list[tuple[ColumnAt, list[Target | None]]] = []
        """The targets of columns where all are printed in words."""
        self.asked: list[Asked] = []
        self.stacks: list[Stack] = []
        self.additions = Additions(())

    def add(self, at: ColumnAt, column: ColumnDefinition, numbers: Sequence[Any]) -> int:
        """The place of the number on the first line of a column that is read."""
        self.starts[at] = start = len(self.numbers)
        self.numbers += numbers
        self._columns.append((at, column, len(self.numbers)))
        self._firsts.append(start)
        return start

    def column_at(self, place: int) -> tuple[int, int, ColumnDefinition, int] | None:
        """Of a number the positions of sheet and section, its column and the line's place in the section."""
        found = bisect_right(self._firsts, place) - 1
        if found < 0 or place >= self._columns[found][2]:
            return None
        (table, section, _), column, _ = self._columns[found]
        return table, section, column, place - self._firsts[found]

    @cached_property
    def rule_of(self) -> Sequence[int]:
        """By check, the position of its rule."""
        return [at for at, rule in enumerate(self.rules) for _ in rule.checks]

    @cached_property
    def always_open(self) -> frozenset[int]:
        """The checks of which something is to decide in every workbook."""
        return frozenset([number for number, check in enumerate(self.checks) if False in check.verdicts])

    @cached_property
    def settled_by(self) -> Sequence[int]:
        """By check, how many relations hold in a workbook where all that is added up agrees."""
        return [check.verdicts.count(True) for check in self.checks]

    @cached_property
    def settled(self) -> int:
        """How many that are together."""
        return sum(self.settled_by)

    @cached_property
    def readers(self) -> Mapping[ColumnAt, Sequence[int]]:
        """By column the checks that read it."""
        found: dict[ColumnAt, list[int]] = {}
        for number, check in enumerate(self.checks):
            for read in check.reads:
                found.setdefault(read, []).append(number)
        return found

    @cached_property
    def parts(self) -> Mapping[int, int]:
        """The part of the workbook that each sheet belongs to: checks connect the sheets that they read."""
        tables = [(check.table, [check.table, *(read.table for read in check.reads)]) for check in self.checks]
        return parts((own, read) for own, found in tables for read in found)


def parts(connected: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Numbers that are connected, each with the same one of them."""
    leader: dict[int, int] = {}

    def find(number: int) -> int:
        while leader.setdefault(number, number) != number:
            number = leader[number]
        return number

    for one, other in set(connected):
        leader[find(other)] = find(one)
    return {number: find(number) for number in leader}


_LAYOUTS: Kept[Hashable, Layout] = Kept(MOST_VALUES)
_MET: dict[Hashable, object] = {}


def layout_of(
    pack: Pack, recognition: Recognition, params: dict[str, Decimal | str]
) -> tuple[Layout | None, Layout | None]:
    """The layout of a workbook, if it is known, or one to fill in, if it was met before; a first one has neither."""
    prints = [table.layout for table in recognition.tables]
    size = sum(len(table.values) for table in recognition.tables)
    if None in prints or size > MOST_VALUES:
        return None, None
    key = id(pack), tuple(params.items()), tuple(map(id, prints)), tuple(recognition.unread.items())
    known = _LAYOUTS.get(key)
    if known is not None:
        return known, None
    if key not in _MET:
        if len(_MET) >= MOST_MET:
            _MET.clear()
        _MET[key] = pack, prints
        return None, None
    return None, Layout(key, (pack, prints), size)


def keep(layout: Layout) -> None:
    """Know a layout from now on: it must be filled in."""
    _LAYOUTS.keep(layout.key, layout, layout.size)


def known() -> int:
    """How many layouts are known."""
    return len(_LAYOUTS)


def forget() -> None:
    """Forget all layouts, as in a new process."""
    _LAYOUTS.clear()
    _MET.clear()
