"""How a form is printed: the ``print:`` mapping of a table definition, read into typed values.

A heading or a grid is drawn cell by cell; ``←`` joins a cell to the one at its left, ``↑`` to the one above.
Widths are in characters (a Chinese one counts two), heights in points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from gouji.errors import GoujiError
from gouji.hosts.forms.reading import Reader
from gouji.tables.definition import SectionDefinition, TableDefinition

LEFT, UP = "←", "↑"
_HEADING = re.compile("[一二三四五六七八九十]+、")
Line: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """One of several lists printed side by side.

    ``items`` names the total whose children are printed with the ordinals 一、二、…, but for those of ``without``
    (names or codes); ``lines`` are printed codes and names; ``rows`` are row names and, with an ordinal of their own,
    headings between them; ``totals`` are the last rows, "" an empty one.
    """

    section: str = ""
    items: str = ""
    without: Line = ()
    rows: Line = ()
    lines: tuple[tuple[str, str], ...] = ()
    totals: Line = ()


@dataclass(frozen=True, slots=True)
class GridBlock:
    """Cells drawn one by one: ``{名}`` is a field, ``{行/栏}`` a figure. ``height``: at least, of its last row."""

    grid: tuple[Line, ...]
    preset: Mapping[str, str] = field(default_factory=dict)
    height: float = 0


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A section of a form: its heading, then its ``rows`` (name → printed label) or its open ``lines``.

    ``as_filled``: a filled form prints the groups that it fills and no others, in their own order.
    """

    section: str
    heading: tuple[Line, ...]
    columns: Line
    rows: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    preset: Mapping[str, str] = field(default_factory=dict)
    as_filled: bool = False


Block: TypeAlias = GridBlock | SectionBlock


@dataclass(frozen=True, slots=True)
class PrintLayout:
    """A whole form. ``lines``: open rows of the blank form; ``spell``: row name → as printed."""

    sheet: str
    landscape: bool
    widths: tuple[float, ...]
    number: str = ""
    above: str = ""
    subtitle: str = ""
    heading: tuple[Line, ...] = ()
    columns: Line = ()
    lanes: tuple[Lane, ...] = ()
    lines: int = 0
    spell: Mapping[str, str] = field(default_factory=dict)
    notes: Line = ()
    blocks: tuple[Block, ...] = ()


def read_print(definition: TableDefinition) -> PrintLayout:
    """The typed layout of ``definition.print``; every fault of it in one ``GoujiError``."""
    reader = Reader(definition.print, f"表“{definition.name}”的 print", f"print: of table {definition.name}")
    layout = PrintLayout(
        sheet=reader.text("sheet", required=True),
        landscape=reader.choice("page", {"横向": True, "纵向": False}),
        widths=reader.numbers("widths"),
        number=reader.text("number"), above=reader.text("above"), subtitle=reader.text("subtitle"),
        heading=reader.grid("heading"), columns=reader.texts("columns"),
        lanes=tuple(_lane(each) for each in reader.maps("lanes")),
        lines=reader.whole("lines"), spell=reader.mapping("spell"), notes=reader.texts("notes"),
        blocks=tuple(_block(each) for each in reader.maps("blocks")),
    )
    reader.finish()
    _check(layout, definition, reader)
    if reader.problems:
        raise GoujiError("\n".join(p[0] for p in reader.problems), "\n".join(p[1] for p in reader.problems))
    return layout


def _lane(reader: Reader) -> Lane:
    lane = Lane(
        section=reader.text("section"), items=reader.text("items"),
        without=reader.texts("without"), rows=reader.texts("rows"),
        lines=tuple(reader.mapping("lines").items()), totals=reader.texts("totals"),
    )
    reader.finish()
    return lane


def _block(reader: Reader) -> Block:
    block: Block
    if reader.has("grid"):
        block = GridBlock(reader.grid("grid"), reader.mapping("preset"), reader.number("height"))
    else:
        block = SectionBlock(
            section=reader.text("section", required=True), heading=reader.grid("heading"),
            columns=reader.texts("columns"), rows=reader.mapping("rows"), lines=reader.grid("lines"),
            preset=reader.mapping("preset"), as_filled=reader.choice("groups", {"固定": False, "照填的": True}),
        )
    reader.finish()
    return block


def _check(layout: PrintLayout, definition: TableDefinition, reader: Reader) -> None:
    width = len(layout.widths)
    drawn = [*layout.heading, *([layout.columns] if layout.columns else [])]
    for block in layout.blocks:
        drawn += block.grid if isinstance(block, GridBlock) else [*block.heading, block.columns]
    for line in drawn:
        if len(line) != width:
            shown = "、".join(line)
            reader.report(
                f"这一行有 {len(line)} 格，widths 有 {width} 栏：{shown}",
                f"this line has {len(line)} cells but widths has {width}: {shown}",
            )
    for place in layout.columns:
        if find_column(definition, place) is None:
            reader.unknown("columns", place)
    for lane in layout.lanes:
        _check_lane(lane, definition, reader)
    for block in layout.blocks:
        if isinstance(block, SectionBlock):
            _check_section(block, definition, reader)


def _check_lane(lane: Lane, definition: TableDefinition, reader: Reader) -> None:
    section = find_section(definition, lane.section)
    if section is None:
        reader.unknown("lanes", lane.section)
        return
    names = row_names(section)
    rows = [text for text in lane.rows if not is_heading(text)]
    for name in [lane.items, *rows, *lane.totals]:
        if name and any(step not in names for step in name.split("/")):
            reader.unknown("lanes", name)


def _check_section(block: SectionBlock, definition: TableDefinition, reader: Reader) -> None:
    section = find_section(definition, block.section)
    if section is None:
        reader.unknown("blocks", block.section)
        return
    columns = {column.name for column in section.columns}
    for name in block.columns:
        if name not in columns | {LEFT, UP}:
            reader.unknown("blocks", name)
    for name in block.rows:
        if name not in row_names(section):
            reader.unknown("blocks", name)


def is_heading(text: str) -> bool:
    """Whether a line of a lane is a heading (``二、机构运行经费支出``), which holds no figure."""
    return _HEADING.match(text) is not None


def find_section(definition: TableDefinition, name: str) -> SectionDefinition | None:
    """The section of that name, if there is one."""
    return next((section for section in definition.sections if section.name == name), None)


def find_column(definition: TableDefinition, place: str) -> tuple[SectionDefinition, str, str] | None:
    """``栏``, ``节/栏`` or ``行/栏`` → the section, the row ("" when the line decides it) and the column."""
    first, _, last = place.rpartition("/")
    section = find_section(definition, first)
    row = ""
    if section is None:
        section, row = definition.sections[0], first
        if row not in row_names(section):
            return None
    if last not in {column.name for column in section.columns}:
        return None
    return section, row, last


def row_names(section: SectionDefinition) -> set[str]:
    """Every name a row of the section may be printed under: entries and what their ``of`` and ``part`` list."""
    names = {row.name for row in section.rows}
    for row in section.rows:
        names.update(row.of, row.part)
    return names
