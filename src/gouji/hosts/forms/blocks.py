"""A form of several blocks (绩效自评表): cells drawn one by one, and sections with fixed or open lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gouji.hosts.forms.lookup import Lookup, row_name
from gouji.hosts.forms.plan import JOIN_LEFT, JOIN_UP, Row, Slot
from gouji.hosts.forms.printing import LEFT, UP, GridBlock, PrintLayout, SectionBlock, find_section, row_names
from gouji.hosts.forms.tables import heading_slot
from gouji.labels import squeezed
from gouji.tables.definition import ColumnDefinition, SectionDefinition, TableDefinition

_FIELD = re.compile(r"\{([^{}]+)\}")
_JOINS = {LEFT: JOIN_LEFT, UP: JOIN_UP}


def block_rows(
    definition: TableDefinition, layout: PrintLayout, lookup: Lookup
) -> tuple[list[Row], dict[int, float]]:
    """Every block as drawn, and the least heights (points) of some rows (0-based)."""
    rows: list[Row] = []
    heights: dict[int, float] = {}
    for block in layout.blocks:
        if isinstance(block, GridBlock):
            rows += [tuple(_grid_slot(definition, block, text, lookup) for text in line) for line in block.grid]
            if block.height:
                heights[len(rows) - 1] = block.height
        else:
            rows += _section_rows(definition, block, lookup)
    return rows, heights


def open_lines(layout: PrintLayout) -> dict[str, range]:
    """Of each section with open lines the rows (0-based) that a blank form keeps for them."""
    found: dict[str, range] = {}
    top = 0
    for block in layout.blocks:
        if isinstance(block, GridBlock):
            top += len(block.grid)
            continue
        top += len(block.heading) + len(block.rows)
        if block.lines:
            found[block.section] = range(top, top + len(block.lines))
        top += len(block.lines)
    return found


def _grid_slot(definition: TableDefinition, block: GridBlock, text: str, lookup: Lookup) -> Slot:
    if text in _JOINS:
        return _JOINS[text]
    field = _FIELD.fullmatch(text)
    if field is None:
        return heading_slot(text)
    row, _, column = field[1].rpartition("/")
    if row:
        return _named_figure(definition, row, column, block.preset, lookup)
    value = lookup.content.fields.get(column, "")
    short = value.isdecimal()
    return Slot(value, "figure" if short else "text", typed=short)


def _named_figure(
    definition: TableDefinition, row: str, column: str, preset: Mapping[str, str], lookup: Lookup
) -> Slot:
    for section in definition.sections:
        found = next((each for each in section.columns if each.name == column), None)
        if found is not None and row in row_names(section):
            texts = lookup.row(section, row) if lookup.filled else {column: preset.get(f"{row}/{column}", "")}
            return _slot(found, texts.get(column, ""))
    raise KeyError(f"{row}/{column}")


def _section_rows(definition: TableDefinition, block: SectionBlock, lookup: Lookup) -> Iterator[Row]:
    section = find_section(definition, block.section)
    if section is None:
        raise KeyError(block.section)
    for line in block.heading:
        yield tuple(_JOINS.get(text) or heading_slot(text) for text in line)
    for name, label in block.rows.items():
        presets = {
            key.rpartition("/")[2]: text for key, text in block.preset.items() if key.rpartition("/")[0] == name
        }
        yield _row(section, block, lookup.row(section, name) if lookup.filled else presets, label)
    if block.lines:
        yield from _grouped(section, block, list(_open_lines(section, block, lookup)))


def _open_lines(section: SectionDefinition, block: SectionBlock, lookup: Lookup) -> Iterator[dict[str, str]]:
    """The lines of the data, group by group in the order of the form; a group without any keeps one empty line."""
    names = [column.name for column in section.columns]
    presets = [dict(zip(names, line, strict=False)) for line in block.lines]
    if not lookup.filled:
        yield from presets
        return
    under = _grouping(section)
    groups: dict[tuple[str, ...], list[dict[str, str]]] = {}
    if not block.as_filled:
        groups = {_group(line, under): [] for line in presets}
    content = lookup.section(section.name)
    fixed = {row.name for row in section.rows if not row.each}
    for index in range(len(content.rows)):
        line = dict(zip(content.columns, content.rows[index], strict=True))
        group = _group(line, under)
        if group in groups or (block.as_filled and row_name(section, content, index) not in fixed):
            groups.setdefault(group, []).append(lookup.texts(section, index))
    for group, lines in groups.items():
        yield from lines or [dict(zip(under, group, strict=True))]


def _grouping(section: SectionDefinition) -> tuple[str, ...]:
    return next((row.under for row in section.rows if row.each), ())


def _group(line: Mapping[str, str], under: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.get(name, "") for name in under)


def _grouped(section: SectionDefinition, block: SectionBlock, lines: list[dict[str, str]]) -> Iterator[Row]:
    """Rows whose grouping cells are merged down as long as nothing at or left of them changes."""
    under = _grouping(section)
    before: tuple[str, ...] = ()
    for line in lines:
        group = _group(line, under)
        same = {name for i, name in enumerate(under) if before and group[:i + 1] == before[:i + 1]}
        row = _row(section, block, line, "")
        yield tuple(JOIN_UP if name in same else slot for name, slot in zip(block.columns, row, strict=True))
        before = group


def _row(section: SectionDefinition, block: SectionBlock, texts: Mapping[str, str], label: str) -> Row:
    columns = {column.name: column for column in section.columns}
    slots = []
    for name in block.columns:
        if name in _JOINS:
            slots.append(_JOINS[name])
        elif label and columns[name].type == "行名":
            slots.append(Slot(label, "text"))
        else:
            slots.append(_slot(columns[name], texts.get(name, "")))
    return tuple(slots)


def _slot(column: ColumnDefinition, text: str) -> Slot:
    if column.fill_down:
        return Slot(text, "heading")
    if column.type in ("文字", "行名"):
        return Slot(text, "text")
    return Slot(text, "figure", typed=True, number_format=_blank_format(column))


def _blank_format(column: ColumnDefinition) -> str:
    """How a cell still empty will show its figure; under a heading with % rates are plain numbers."""
    if column.type != "比率":
        return "General"
    return "0.00" if "%" in squeezed(column.labels[0]) else "0.00%"

