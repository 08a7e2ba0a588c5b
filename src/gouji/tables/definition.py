"""What a pack says about a form: its titles, sections, columns and rows.

A definition is data; recognition (``recognise.py``) finds it on a sheet, templates print it.
Every form is rows × columns of named figures, however it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

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


@dataclass(frozen=True, slots=True)
class SectionDefinition:
    """A part of a form with its own columns. A table of one grid has one section named ""."""

    name: str
    heads: tuple[str, ...]
    columns: tuple[ColumnDefinition, ...]
    rows: tuple[RowDefinition, ...]
    unit: str | None = None
    absent: Absent = "缺"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A single cell above or beside the grid; ``find`` is a pattern such as ``{年度}年度``."""

    name: str
    type: FigureType = "文字"
    labels: tuple[str, ...] = ()
    find: str | None = None


@dataclass(frozen=True, slots=True)
class TableDefinition:
    """A standard form. ``titles``: printed titles, the official one first.

    ``many``: the field that tells its sheets apart when it occurs on many. ``lanes_repeat``: the columns are
    printed several times side by side and make one list. ``axes_any``: row and column names may both stand in
    the heading or swap sides. ``print``: how the template prints it (only templates read it).
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

    @property
    def title(self) -> str:
        """The official printed title."""
        return self.titles[0]

    def section(self, name: str) -> SectionDefinition:
        """The section of that name (``KeyError`` when there is none)."""
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class CodeList:
    """Subject codes: ``levels`` maps 类/款/项 to their digits, ``names`` a code to its printed names."""

    name: str
    levels: tuple[tuple[str, int], ...]
    names: Mapping[str, tuple[str, ...]]
