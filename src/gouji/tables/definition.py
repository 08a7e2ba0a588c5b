"""What a pack says about a form: its titles, sections, columns and rows.

A definition is data; recognition (``recognise.py``) finds it on a sheet, templates print it.
Every form is rows × columns of named figures, however it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from gouji.labels import normalised

Absent: TypeAlias = Literal["零", "无", "缺", "下级之和"]
"""What a reference yields when the row, column, section or table is not printed."""
Blank: TypeAlias = Literal["零", "无", "缺"]
"""What a reference yields when the cell is empty or a dash."""
FigureType: TypeAlias = Literal[
    "金额", "比率", "分", "数", "指标值", "实际值", "增减额", "增减率",
    "行名", "编码", "序号", "文字", "年",
]
FIGURE_TYPES: frozenset[str] = frozenset({"金额", "比率", "分", "数", "增减额", "增减率"})
"""Types whose cells hold one number."""
AMOUNT_TYPES: frozenset[str] = frozenset({"金额", "增减额"})
"""Those of amounts of money; the others are bare numbers."""


@dataclass(frozen=True, slots=True)
class ColumnDefinition:
    """A named column of a section. ``labels`` are its printed variants, the first used in templates.

    ``of``: children that add up to it; ``part``: “其中” parts that do not; ``parent`` is the column whose
    ``of`` or ``part`` names it. ``exact``: no rounding; ``places``: decimals stated; ``sign``/``unit``:
    sibling columns that print a target's sign and unit.
    """

    name: str
    type: FigureType = "金额"
    labels: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    parent: str | None = None
    kind: str | None = None
    absent: Absent = "缺"
    blank: Blank = "无"
    exact: bool = False
    places: int | None = None
    trusted: bool = False
    fill_down: bool = False
    sign: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class RowDefinition:
    """A named row, or (``each``) open rows: as many as are printed.

    ``of`` may name rows, an open entry (all its top rows) or codes. ``items_below``: its children are printed
    below it. ``each``: the column that holds the open rows' name or code; ``codes``: their code list;
    ``under``: the merged columns that group them. ``is_entry``: a fixed line among the open rows of that entry.
    """

    name: str
    labels: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    items_below: bool = False
    each: str | None = None
    codes: str | None = None
    under: tuple[str, ...] = ()
    is_entry: str | None = None
    kind: str | None = None
    absent: Absent = "缺"
    blank: Blank | None = None
    exact: bool = False
    places: int | None = None
    trusted: bool = False


class Total(NamedTuple):
    """A total row: its name, the rows or open entries it adds up, and the codes among them."""

    name: str
    of: frozenset[str]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class SectionDefinition:
    """A part of a form with its own columns. A table of one grid has one section named "".

    The look-ups below the fields are made once for all sheets of the form.
    """

    name: str
    heads: tuple[str, ...]
    columns: tuple[ColumnDefinition, ...]
    rows: tuple[RowDefinition, ...]
    unit: str | None = None
    absent: Absent = "缺"

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.name, self.heads, self.columns, self.rows))

    @cached_property
    def columns_by_label(self) -> Mapping[str, Sequence[ColumnDefinition]]:
        """Columns by every printed variant of their names, normalised."""
        found: dict[str, list[ColumnDefinition]] = {}
        for column in self.columns:
            for label in dict.fromkeys([normalised(column.name), *map(normalised, column.labels)]):
                found.setdefault(label, []).append(column)
        return found

    @cached_property
    def columns_by_name(self) -> Mapping[str, ColumnDefinition]:
        """Columns by name."""
        return {column.name: column for column in reversed(self.columns)}

    @cached_property
    def rows_by_label(self) -> Mapping[str, RowDefinition]:
        """Fixed rows by every printed variant, normalised."""
        return {
            normalised(label): row
            for row in self.rows
            if row.each is None
            for label in (*row.labels, row.name)
        }

    @cached_property
    def fixed_rows(self) -> Mapping[str, RowDefinition]:
        """Fixed rows by their own name, normalised."""
        return {normalised(row.name): row for row in reversed(self.rows) if row.each is None}

    @cached_property
    def open_row(self) -> RowDefinition | None:
        """The first entry of open rows."""
        return next((row for row in self.rows if row.each is not None), None)

    @cached_property
    def has_exact_rows(self) -> bool:
        """Whether some of its rows hold counts among amounts."""
        return any(row.exact for row in self.rows)

    @cached_property
    def totals(self) -> Sequence[Total]:
        """Rows that add up others, as defined from top to bottom."""
        return [
            Total(row.name, frozenset(row.of), tuple(name for name in row.of if name.isdigit()))
            for row in self.rows
            if row.of
        ]

    @cached_property
    def totals_above_items(self) -> frozenset[str]:
        """Names of the rows whose items are printed below them."""
        return frozenset(row.name for row in self.rows if row.items_below)

    @cached_property
    def words_over(self) -> frozenset[str]:
        """The words over the section, normalised."""
        return frozenset(map(normalised, self.heads))


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A single cell above or beside the grid; ``find`` is a pattern such as ``{年度}年度``."""

    name: str
    type: FigureType = "文字"
    labels: tuple[str, ...] = ()
    find: str | None = None


@dataclass(frozen=True)
class Wording:
    """How sentences name the rows and columns of a text table.

    ``rows`` and ``columns`` map a name to its phrases, squeezed; ``within`` lists those that mean a row only under a
    heading with some words: (words, row, phrases). ``takes`` maps a column to the columns whose figures it takes over,
    ``names`` an open row to the forms whose printed rows it may mean.
    """

    rows: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    within: tuple[tuple[str, str, tuple[str, ...]], ...]
    takes: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class TableDefinition:
    """A standard form. ``titles``: printed titles, the official one first.

    ``many``: the field that tells its sheets apart when it occurs on many. ``lanes_repeat``: the columns are
    printed several times side by side and make one list. ``axes_any``: row and column names may both stand in
    the heading or swap sides. ``print``: how the template prints it (only templates read it). ``wording`` is
    given for a table whose rows are sentences of a text.
    """

    name: str
    titles: tuple[str, ...]
    sections: tuple[SectionDefinition, ...]
    fields: tuple[FieldDefinition, ...] = ()
    many: str | None = None
    confirmed: bool = True
    absent: Absent = "缺"
    lanes_repeat: bool = False
    axes_any: bool = False
    print: Mapping[str, Any] = field(default_factory=dict)
    wording: Wording | None = None

    @property
    def title(self) -> str:
        """The official printed title."""
        return self.titles[0]

    @cached_property
    def text_columns(self) -> frozenset[str]:
        """Names of the columns of all sections that print no figures."""
        return frozenset(c.name for section in self.sections for c in section.columns if c.type not in FIGURE_TYPES)

    @cached_property
    def fields_by_label(self) -> Mapping[str, Sequence[str]]:
        """Names of the fields that a label names, by every printed variant, normalised."""
        found: dict[str, list[str]] = {}
        for field_ in self.fields:
            for label in {normalised(each) for each in (*field_.labels, field_.name) if not field_.find}:
                found.setdefault(label, []).append(field_.name)
        return found

    def section(self, name: str) -> SectionDefinition:
        """The section of that name (``KeyError`` when there is none)."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)


@dataclass(frozen=True)
class CodeList:
    """Subject codes: ``levels`` maps 类/款/项 to their digits, ``names`` a code to its printed names."""

    name: str
    levels: tuple[tuple[str, int], ...]
    names: Mapping[str, tuple[str, ...]]

    def __hash__(self) -> int:
        return hash((self.name, self.levels, len(self.names)))

    @cached_property
    def codes_by_name(self) -> Mapping[str, str]:
        """Codes by every printed name, normalised."""
        return {normalised(name): code for code, names in self.names.items() for name in names}

    @cached_property
    def widths(self) -> Sequence[int]:
        """The digits that each level adds, from the first on."""
        lengths = [length for _, length in self.levels]
        return [length - before for before, length in zip([0, *lengths], lengths, strict=False)]

    @cached_property
    def lengths(self) -> Sequence[int]:
        """How many digits its codes have, the most first."""
        return sorted({*map(len, self.names), *self.level_by_length}, reverse=True)

    @cached_property
    def level_by_length(self) -> Mapping[int, str]:
        """类, 款 or 项 by the number of digits."""
        return {length: level for level, length in reversed(self.levels)}
