"""What was recognised on each sheet, as plain values: what a person needs to see how gouji read a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.packs.model import Pack
from gouji.sheet import CellRef, column_letters
from gouji.tables.model import Line, Recognition, Section, Table, Value

SCHEMA = "gouji/tables/1"
_MARKS = {"error": "✗", "text": "✗", "uncomputed": "?", "merged": "?"}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """A column: the name it was recognised as, its type, its sheet column in each lane ("" where it is not printed)."""

    name: str
    type: str
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowMap:
    """A row: its place, what it was recognised as, its level in the tree, and its figures by the section's columns.

    A figure is as read: ``1,899.0``, "" for nothing, a text with ``✗`` before it, ``?`` for what cannot be seen.
    """

    sheet: str
    row: int
    lane: int
    code: str
    label: str
    depth: int
    known: bool
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionMap:
    """A section: the columns that hold figures, those that name rows, the rows. ``lanes``: how many side by side."""

    name: str
    lanes: int
    names: tuple[ColumnMap, ...]
    columns: tuple[ColumnMap, ...]
    rows: tuple[RowMap, ...]


@dataclass(frozen=True, slots=True)
class TableMap:
    """A table. ``title_at``: where its title stands, "" where no cell prints it.

    ``share``: the part that was understood, 0 to 1; ``left_out``: words of the heading and rows that were not, with
    their cells; ``lacking``: columns that should be printed and are not.
    """

    table: str
    sheet: str
    area: str
    title: str
    title_at: str
    key: str
    unit: str
    decimals: int
    share: float
    grounds: tuple[str, str]
    sections: tuple[SectionMap, ...]
    left_out: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]
    remarks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WorkbookMap:
    """Everything recognised in a workbook; ``unknown``: sheet and reason (Chinese, English) of what is no table."""

    workbook: str
    pack_id: str
    pack_title: str
    tables: tuple[TableMap, ...]
    unknown: tuple[tuple[str, tuple[str, str]], ...]
    remarks: tuple[tuple[str, str], ...] = ()
    schema: str = SCHEMA


def workbook_map(
    workbook: str, pack: Pack, recognition: Recognition, remarks: Iterable[tuple[str, str]] = ()
) -> WorkbookMap:
    """What was recognised in a workbook."""
    unknown = tuple([(region.sheet, (region.chinese, region.english)) for region in recognition.unknown])
    tables = tuple(map(_table, recognition.tables))
    return WorkbookMap(workbook, pack.id, pack.title, tables, unknown, tuple(remarks))


def _table(table: Table) -> TableMap:
    first, last = table.rows
    right = max([column for _, column in table.values], default=1)
    grounds = table.grounds
    strange = () if grounds is None else (*grounds.strange_columns, *grounds.strange_lines)
    sign = None if grounds is None else grounds.sign
    section = table.sections[0]
    return TableMap(
        table=table.definition.title,
        sheet=table.sheet.name,
        area=f"A{first}:{CellRef(table.sheet.name, last, right).address}",
        title="" if sign is None else sign.text,
        title_at="" if sign is None or sign.at is None else str(sign.at),
        key=table.key,
        unit=section.unit.name,
        decimals=section.decimals,
        share=1.0 if grounds is None else grounds.share,
        grounds=table.confidence,
        sections=tuple(_section(table, each) for each in table.sections),
        left_out=tuple([(word, str(cell)) for word, cell in strange]),
        lacking=() if grounds is None else grounds.lacking,
        remarks=table.remarks,
    )


def _section(table: Table, section: Section) -> SectionMap:
    columns = [
        ColumnMap(name, column.definition.type, tuple(["" if at is None else column_letters(at) for at in column.at]))
        for name, column in section.columns.items()
    ]
    texts = table.definition.text_columns
    names = tuple([column for column in columns if column.name in texts])
    figures = tuple([column for column in columns if column.name not in texts])
    lanes = max([len(column.at) for column in columns], default=1)
    rows = tuple([_row(table, section, line, [column.name for column in figures]) for line in section.lines])
    return SectionMap(section.definition.name, lanes, names, figures, rows)


def _row(table: Table, section: Section, line: Line, columns: Sequence[str]) -> RowMap:
    sheet, row, _ = table.sheet.ref(line.row, 1)
    places = [section.place(line, name) for name in columns]
    figures = tuple(["" if place is None else _shown(table.values.get(place)) for place in places])
    label = line.label if line.label != line.code else ""
    return RowMap(sheet, row, line.lane, line.code or "", label, _depth(section, line), line.known, figures)


def _depth(section: Section, line: Line) -> int:
    depth, parent = 0, line.parent
    while parent is not None and depth < len(section.lines):
        depth, parent = depth + 1, section.lines[parent].parent
    return depth


def _shown(value: Value | None) -> str:
    if value is None or value.status == "blank":
        return "" if value is None else value.text
    if value.status == "figure":
        return "" if value.figure is None else value.figure.printed()
    return f"{_MARKS[value.status]} {value.text}" if value.status != "merged" else "?"
