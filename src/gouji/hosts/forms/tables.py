"""The grid of a table: its heading, then lanes of fixed lines, open subject rows, or the one line of a matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gouji.hosts.forms.lookup import Lookup, row_name
from gouji.hosts.forms.plan import JOIN_LEFT, Role, Row, Slot
from gouji.hosts.forms.printing import Lane, PrintLayout, find_column, find_section, is_heading
from gouji.packs.model import Pack
from gouji.tables.definition import CodeList, ColumnDefinition, RowDefinition, SectionDefinition, TableDefinition

BLANK_AMOUNT = "#,##0.00"
_BLANK_FORMATS = {"比率": "0.00%", "分": "0.00"}
_DIGITS = "零一二三四五六七八九"


class Printed(NamedTuple):
    """One column of the grid."""

    section: SectionDefinition
    row: str
    column: ColumnDefinition


class LaneLine(NamedTuple):
    """One printed line of a lane; ``name`` finds its figures."""

    label: str = ""
    code: str = ""
    name: str = ""
    within: str = ""
    indent: int = 0
    total: bool = False


def table_rows(pack: Pack, definition: TableDefinition, layout: PrintLayout, lookup: Lookup) -> list[Row]:
    """Heading and body of a table, as drawn."""
    columns = [_printed_column(definition, place) for place in layout.columns]
    rows = [tuple(heading_slot(text) for text in line) for line in layout.heading]
    if layout.lanes:
        return rows + _lane_rows(pack, definition, layout, columns, lookup)
    if any(column.row for column in columns):
        return [*rows, tuple(_figure(column, lookup.row(column.section, column.row)) for column in columns)]
    return rows + _open_rows(pack, definition.sections[0], layout, columns, lookup)


def open_lines(definition: TableDefinition, layout: PrintLayout) -> dict[str, range]:
    """The rows (0-based) that the blank table keeps for open lines, by section."""
    section = definition.sections[0]
    place = next((n for n, row in enumerate(section.rows) if row.each), None)
    if place is None or not layout.lines:
        return {}
    top = len(layout.heading) + place
    return {section.name: range(top, top + layout.lines)}


def heading_slot(text: str) -> Slot:
    """A cell of the heading; its numbers (栏次) are numbers."""
    return Slot(text, "heading", typed=text.isdecimal())


def ordinal(number: int) -> str:
    """``1`` → 一, ``12`` → 十二, ``26`` → 二十六 (1 to 99)."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")


def _printed_column(definition: TableDefinition, place: str) -> Printed:
    found = find_column(definition, place)
    if found is None:
        raise KeyError(place)
    section, row, name = found
    return Printed(section, row, next(column for column in section.columns if column.name == name))


def _figure(printed: Printed, texts: Mapping[str, str]) -> Slot:
    blank = _BLANK_FORMATS.get(printed.column.type, BLANK_AMOUNT)
    return Slot(texts.get(printed.column.name, ""), "amount", typed=True, number_format=blank)


def _lane_rows(
    pack: Pack, definition: TableDefinition, layout: PrintLayout, columns: list[Printed], lookup: Lookup
) -> list[Row]:
    share = len(columns) // len(layout.lanes)
    lanes: list[list[Row]] = []
    deepest = max(len(list(_items(pack, definition, lane))) for lane in layout.lanes)
    body = deepest + max(len(lane.totals) for lane in layout.lanes)
    for k, lane in enumerate(layout.lanes):
        mine = [c for c in columns if c.section.name == lane.section]
        if not lane.section:
            mine = columns[k * share:(k + 1) * share]
        items = list(_items(pack, definition, lane))
        totals = list(_totals(layout, lane))
        lines = items + [LaneLine()] * (body - len(items) - len(totals)) + totals
        lanes.append([_lane_row(mine, line, k * body + i, lookup) for i, line in enumerate(lines, 1)])
    return [sum(parts, ()) for parts in zip(*lanes, strict=True)]


def _items(pack: Pack, definition: TableDefinition, lane: Lane) -> Iterator[LaneLine]:
    section = find_section(definition, lane.section) or definition.sections[0]
    labels = {row.name: row.labels[0] for row in section.rows}
    for text in lane.rows:
        yield LaneLine(text) if is_heading(text) else LaneLine(labels[text], name=text, indent=1)
    for code, name in lane.lines:
        entry = next(row for row in section.rows if row.each and row.codes)
        yield LaneLine(name, code, code, indent=_level(pack.codes[entry.codes or ""], code))
    names = _children(pack, section, lane.items) if lane.items else ()
    for number, name in enumerate((name for code, name in names if not {code, name} & set(lane.without)), 1):
        yield LaneLine(f"{ordinal(number)}、{name}", "", name, within=lane.items)


def _children(pack: Pack, section: SectionDefinition, total: str) -> Iterator[tuple[str, str]]:
    """Code ("" for a row without one) and name of each child of a total."""
    entries = {row.name: row for row in section.rows}
    for name in entries[total].of:
        entry = entries.get(name)
        if entry is not None and entry.each and entry.codes:
            codes = pack.codes[entry.codes]
            yield from ((code, names[0]) for code, names in codes.names.items() if _level(codes, code) == 0)
        else:
            yield "", name


def _totals(layout: PrintLayout, lane: Lane) -> Iterator[LaneLine]:
    for path in lane.totals:
        within, _, name = path.rpartition("/")
        label = layout.spell.get(path, layout.spell.get(name, name))
        yield LaneLine(label, "", name, within, indent=2 if within else 0, total=bool(name) and not within)


def _lane_row(columns: list[Printed], line: LaneLine, number: int, lookup: Lookup) -> Row:
    texts = lookup.row(columns[0].section, line.name, line.within) if line.name else {}
    return _line(columns, line, texts, str(number))


def _line(columns: list[Printed], line: LaneLine, texts: Mapping[str, str], number: str = "") -> Row:
    coded = columns[0].column.type == "编码"
    name: Role = "name" if not line.total else "sum" if line.name.endswith("计") else "total"
    slots: list[Slot] = []
    for printed in columns:
        kind = printed.column.type
        if kind == "编码":
            slots.append(Slot(line.label, name) if line.total else Slot(line.code, "code", number_format="@"))
        elif kind == "行名":
            joined = coded and line.total
            slots.append(JOIN_LEFT if joined else Slot(line.label, name, indent=line.indent))
        elif kind == "序号":
            slots.append(Slot(number, "sequence", typed=True))
        elif line.label or not number:
            slots.append(_figure(printed, texts))
        else:
            slots.append(Slot("", "amount", number_format=BLANK_AMOUNT))
    return tuple(slots)


def _open_rows(
    pack: Pack, section: SectionDefinition, layout: PrintLayout, columns: list[Printed], lookup: Lookup
) -> list[Row]:
    """The open rows, with the fixed ones above or below them as the definition lists them."""
    entry = next(row for row in section.rows if row.each)
    place = section.rows.index(entry)
    above, below = (
        [_fixed_row(layout, row, columns, lookup) for row in rows if not row.each]
        for rows in (section.rows[:place], section.rows[place:])
    )
    if not lookup.filled:
        return [*above, *[_line(columns, LaneLine(), {})] * layout.lines, *below]
    fixed = {row.name for row in section.rows if not row.each}
    return [*above, *_subject_rows(pack, section, entry, fixed, columns, lookup), *below]


def _fixed_row(layout: PrintLayout, row: RowDefinition, columns: list[Printed], lookup: Lookup) -> Row:
    label = layout.spell.get(row.name, row.labels[0])
    line = LaneLine(label, name=row.name, total=True)
    return _line(columns, line, lookup.row(columns[0].section, row.name))


def _subject_rows(
    pack: Pack, section: SectionDefinition, entry: RowDefinition, fixed: set[str], columns: list[Printed],
    lookup: Lookup,
) -> Iterator[Row]:
    named = next(column.name for column in section.columns if column.type == "行名")
    codes = pack.codes.get(entry.codes or "")
    content = lookup.section(section.name)
    names = [row_name(section, content, index) for index in range(len(content.rows))]
    for number, index in enumerate((i for i, name in enumerate(names) if name not in fixed), 1):
        texts = lookup.texts(section, index)
        indent = _level(codes, names[index]) if codes else 0
        yield _line(columns, LaneLine(texts[named], names[index], names[index], indent=indent), texts, str(number))


def _level(codes: CodeList, code: str) -> int:
    lengths = sorted(digits for _, digits in codes.levels)
    return lengths.index(len(code)) if len(code) in lengths else 0

