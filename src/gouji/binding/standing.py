"""Where a rule stands, and what one binding has found out so far."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from gouji.errors import PackError, Problem
from gouji.language.ast import Code, Here, Label, Path, Step
from gouji.packs.model import Rule
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Line, Section, Table

if TYPE_CHECKING:
    from gouji.binding.bound import Bound, Inapplicable, Term
    from gouji.binding.evidence import Evidence
    from gouji.binding.measures import Measured
    from gouji.binding.rows import Rows
    from gouji.binding.terms import Outcome, Spans
    from gouji.sheet import CellRef
    from gouji.targets import Result, Target

Wanted = tuple[list[ColumnDefinition], bool]
"""Columns, and whether they are a set."""


Read: TypeAlias = tuple[int, str]
"""A column of a section that something reads: the section's id and the column's name."""


class Uses(NamedTuple):
    """What a path depends on. ``number`` is the same for paths that are written alike."""

    number: int
    row: bool
    column: bool
    sheet: bool
    is_free: bool
    """It names the same thing wherever the rule stands: it has no 本行, 本栏 or 本表."""
    is_this_row: bool
    """It is 本行 alone."""


class Reach(dict[int | None, int]):
    """How far rounding lets twice a figure reach to each side, at the finest place, by its last place."""

    def __init__(self, places: int, widest: int) -> None:
        super().__init__({None: 0})
        self._places, self._widest = places, widest

    def __missing__(self, last: int | None) -> int:
        assert last is not None
        self[last] = self._widest * 10 ** max(self._places - last, 0)
        return self[last]


class Names:
    """What one binding has found out so far: names mean the same for every instance.

    ``places`` is the finest place of any figure of the workbook, ``widest`` the half last places that rounding hides
    at most, ``read`` collects what is looked up, ``projects`` are the keys of the sheets of each form that occurs on
    many, ``sought`` is a figure whose readers are looked for (its section's id, the line's place in it, its column).
    Tables, sections and definitions are told apart by ``id``: all of them live as long as the binding, and comparing
    them by value would cost more.
    """

    def __init__(
        self, places: int, projects: Mapping[str, Sequence[str]] | None = None, *, widest: int = 1
    ) -> None:
        self.places = places
        self.widest = widest
        self.reach = Reach(places, widest)
        self.projects = projects or {}
        self.rows: dict[Hashable, Rows | None] = {}
        self.columns: dict[Hashable, Wanted | None] = {}
        self.sole: dict[int, Wanted] = {}
        self.read: set[Read] = set()
        self.sought: tuple[int, int, str] | None = None
        self.numbers: dict[tuple[int, str], list[int | None]] = {}
        self.terms: dict[tuple[int, int, str], Term] = {}
        self.singles: dict[tuple[int, int, str], Outcome] = {}
        self.nothing: dict[tuple[int, str], Outcome] = {}
        self.bound: dict[tuple[int, int], Bound] = {}
        self.measured: dict[Hashable, Measured | None] = {}
        self.spans: dict[Read, Spans] = {}
        self.targets: dict[Read, list[Target | None]] = {}
        self.results: dict[Read, list[Result | None]] = {}
        self.tiers: dict[Read, Sequence[str | Evidence]] = {}
        self.answers: dict[tuple[int, int, tuple[str, ...]], list[Evidence]] = {}
        self._uses: dict[int, Uses] = {}
        self._number_of: dict[int, int] = {}
        self._numbers: dict[Hashable, int] = {}

    def uses(self, path: Path) -> Uses:
        """What ``path`` depends on."""
        known = self._uses.get(id(path))
        if known is None:
            words = [step.word for step in path.steps if isinstance(step, Here)]
            number = self.number(path)
            this_row = len(path.steps) == 1 and words == ["本行"]
            known = Uses(number, "本行" in words, "本栏" in words, "本表" in words, not words, this_row)
            self._uses[id(path)] = known
        return known

    def number(self, written: Hashable) -> int:
        """A number for a part of a formula, the same for parts that are written alike."""
        known = self._number_of.get(id(written))
        if known is None:
            known = self._number_of[id(written)] = self._numbers.setdefault(written, len(self._numbers))
        return known


class Standing(NamedTuple):
    """Where a rule stands: its table, and the line and column of its ``for``; ``names`` is shared by all."""

    rule: Rule
    table: Table
    names: Names
    section: Section | None = None
    line: Line | None = None
    column: str | None = None


class Group(NamedTuple):
    """Places of one rule on one sheet that differ only in their line; a rule without ``for`` has one place, no line."""

    rule: Rule
    table: Table
    names: Names
    section: Section | None
    column: str | None
    lines: Sequence[Line | None]

    def at(self, line: Line | None) -> Standing:
        """One of the places."""
        return Standing(self.rule, self.table, self.names, self.section, line, self.column)


class Reasons:
    """Reasons why instances of one rule were not applied, counted, in the order they were met."""

    def __init__(self) -> None:
        self.counted: dict[tuple[str, str], list[CellRef | None]] = {}

    def add(self, why: Inapplicable) -> None:
        """One more instance that was not applied."""
        self.counted.setdefault((why.chinese, why.english), []).append(why.cell)

    def include(self, others: Reasons) -> None:
        """Those counted elsewhere."""
        for why, cells in others.counted.items():
            self.counted.setdefault(why, []).extend(cells)


def name_of(step: Step, at: Standing) -> str | None:
    """The key a step looks for: 本行 its code or name, 本栏 its column's name."""
    if isinstance(step, Label):
        return step.name
    if isinstance(step, Code):
        return step.code
    if isinstance(step, Here):
        if step.word == "本表":
            return at.table.key
        return (at.line.key if at.line else None) if step.word == "本行" else at.column
    return None


def step_text(path: Path) -> str:
    """A path as written, for messages."""
    words = {Label: "name", Code: "code"}
    return "/".join(
        str(getattr(step, words.get(type(step), ""), None) or getattr(step, "word", None) or getattr(step, "kind", ""))
        for step in path.steps
    )


def faulty(rule: Rule, chinese: str, english: str) -> PackError:
    """A fault of the rule, not of the data."""
    origin = rule.origin
    where = f"规则 {rule.id}：{chinese}", f"rule {rule.id}: {english}"
    file = f"{origin.pack}/{origin.file}" if origin.file else ""
    return PackError([Problem(file, origin.line, 1, *where)])
