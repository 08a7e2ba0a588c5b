"""Recognised tables: standard forms with addressable rows and columns, bound to the cells of a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from gouji.figures import Figure, Unit
from gouji.sheet import Address, CellRef, Sheet
from gouji.tables.definition import ColumnDefinition, RowDefinition, SectionDefinition, TableDefinition
from gouji.tables.grounds import Grounds

Status: TypeAlias = Literal["figure", "blank", "text", "error", "uncomputed", "merged"]
"""``merged``: one of several amounts that a merged area prints as one; its text names the area."""


class Value(NamedTuple):
    """What a figure cell holds. ``text`` is what the cell prints; ``figure`` stands for ``figure`` and ``blank``.

    A blank carries the zero it would be under the policy 零 (with the table's last place).
    """

    status: Status
    text: str
    figure: Figure | None = None


class Line(NamedTuple):
    """A printed row of a section.

    ``name`` is the definition's name of a fixed row, else the printed label without ordinal; ``key`` its code,
    else its normalised name; ``kinds`` the words after 各 that include it; ``groups`` the merged cells over it
    (一级指标, 二级指标). ``known`` is False for a line that no row of the definition explains.
    ``parent`` and ``children`` are positions in ``Section.lines``.
    """

    index: int  # type: ignore[assignment]  # the tuple's own method of that name is not needed
    name: str
    key: str
    label: str
    code: str | None
    kinds: frozenset[str]
    groups: tuple[str, ...]
    row: int
    lane: int
    definition: RowDefinition | None
    known: bool = True
    parent: int | None = None
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A printed column: its definition and its sheet column in each lane."""

    definition: ColumnDefinition
    at: tuple[int | None, ...]


@dataclass(frozen=True)
class Section:
    """A recognised section: ``columns`` by definition name (only those printed), ``lines`` from top to bottom.

    ``cells`` is given for forms whose rows and columns may both stand in the heading (``axes: 任意``): the place of
    each (row name, column name).
    """

    definition: SectionDefinition
    columns: Mapping[str, Column]
    lines: tuple[Line, ...]
    unit: Unit
    decimals: int
    by_key: Mapping[str, tuple[int, ...]]
    cells: Mapping[tuple[str, str], Address] | None = None

    def address(self, line: Line, column: str) -> Address | None:
        """Where the figure of ``line`` and ``column`` is printed, ``None`` when that column is not."""
        place = self.place(line, column)
        return None if place is None else Address(*place)

    def place(self, line: Line, column: str) -> tuple[int, int] | None:
        """As ``address``, for those that only look the cell up."""
        if self.cells is not None:
            return self.cells.get((line.name, column))
        printed = self.columns.get(column)
        if printed is None:
            return None
        at = printed.at[line.lane]
        return None if at is None else (line.row, at)

    def unknown_lines(self) -> Sequence[Line]:
        """Lines that hold figures and were not understood."""
        return self._unknown

    @cached_property
    def _unknown(self) -> Sequence[Line]:
        return tuple(line for line in self.lines if not line.known)


@dataclass(frozen=True)
class Table:
    """A standard form recognised on a sheet. ``rows`` is the sheet's row range it fills, title included.

    ``values`` holds every figure cell of every line; ``fields`` the single cells beside the grid with their text.
    ``key`` is the text of the field that tells the sheets of a ``many`` table apart. ``grounds`` say why it was
    taken for this form (``None``: nobody printed it), ``confidence`` is that in Chinese and English.

    ``layout`` is one object for all sheets that print the form alike but for figures (``None``: not known).
    """

    definition: TableDefinition
    sheet: Sheet
    rows: tuple[int, int]
    sections: tuple[Section, ...]
    values: Mapping[tuple[int, int], Value]
    fields: Mapping[str, tuple[str, Address]]
    confidence: tuple[str, str]
    key: str = ""
    remarks: tuple[tuple[str, str], ...] = field(default=())
    grounds: Grounds | None = None
    layout: object | None = field(default=None, compare=False, repr=False)

    def ref(self, address: tuple[int, int]) -> CellRef:
        """The cell at ``address`` (row, column) of this table's sheet."""
        return self.sheet.ref(*address)


class Spoken(CellRef):
    """A figure of a text: its paragraph (from 1), the code points of that paragraph it fills, and the words.

    To everything that works on cells it is a cell of row 0 of a sheet named like the document. ``cell`` is the cell
    that the paragraph stands in when the text is kept on a sheet. A figure in a table of the text has paragraph 0, and
    its ``cell`` is that of the table (``表1``).
    """

    paragraph: int
    start: int
    end: int
    words: str
    cell: CellRef | None

    def __new__(
        cls, document: str, number: int, paragraph: int, start: int, end: int, words: str, cell: CellRef | None = None
    ) -> Spoken:
        """Words of ``document``; ``number`` tells its figures apart."""
        self = super().__new__(cls, document, 0, number)
        self.paragraph, self.start, self.end, self.words, self.cell = paragraph, start, end, words, cell
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.sheet, self.column, self.paragraph, self.start, self.end, self.words, self.cell

    @property
    def address(self) -> str:
        """``第 12 段``; in a table of the text ``表1 B3``."""
        if self.cell is None:
            return f"第 {self.paragraph} 段"
        return self.cell.address if self.paragraph else f"{self.cell.sheet} {self.cell.address}"

    def __str__(self) -> str:
        place = f"第 {self.paragraph} 段" if self.paragraph else self.address
        return f"{self.sheet} {place}“{self.words}”"


@dataclass(frozen=True)
class TextTable(Table):
    """Sentences of a text as the rows of a table; ``spoken`` are its figures by column."""

    spoken: Mapping[int, Spoken] = field(default_factory=dict)

    def ref(self, address: tuple[int, int]) -> CellRef:
        """The words of a figure."""
        return self.spoken[address[1]]


class UnknownRegion(NamedTuple):
    """A sheet or part of it that is no standard table: why, in Chinese and English.

    ``form``: the form that stands there all the same but could not be read, by its name in the definition.
    """

    sheet: str
    chinese: str
    english: str
    form: str = ""


@dataclass(frozen=True)
class Recognition:
    """All tables of a workbook, in the order of its sheets, and everything that is none."""

    tables: tuple[Table, ...]
    unknown: tuple[UnknownRegion, ...]

    def named(self, name: str) -> Sequence[Table]:
        """The tables of that definition name, in the order of the sheets."""
        return self._by_name.get(name, ())

    @cached_property
    def unread(self) -> Mapping[str, str]:
        """Forms that are there but could not be read: the sheet of each by the form's name."""
        return {region.form: region.sheet for region in self.unknown if region.form}

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[Table]]:
        found: dict[str, list[Table]] = {}
        for table in self.tables:
            found.setdefault(table.definition.name, []).append(table)
        return found
