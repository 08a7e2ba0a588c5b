"""One worksheet part: its cells and merged areas, in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gouji.errors import WorkbookError
from gouji.hosts.formula_text import moved
from gouji.hosts.package import plain_cells
from gouji.hosts.package.cells import (
    MAX_COLUMN,
    MAX_ROW,
    PLACES,
    CellReader,
    ImpossiblePlaceError,
    Place,
    UnknownStringError,
)
from gouji.hosts.package.markup import damaged, names, parse
from gouji.hosts.package.plain_cells import TAKEN_OUT
from gouji.sheet import Address, Area, Cell, CellKind
from gouji.tables.memory import Kept

MAX_CELLS = 1_000_000
"""Cells with content on one sheet; a 决算 workbook has some thousand."""
MAX_SPILL = 10_000
"""Cells of an array formula without saved values that are listed one by one."""
LONGEST_FRAME = 16_384
"""Characters of what is left of a part without its cells, for it to be remembered."""

_TEXTS_OF_PAGES = ("oddHeader", "oddFooter")
_NAMES = names("worksheet", "row", "c", "v", "f", "is", "t", "rPh", "mergeCell", *_TEXTS_OF_PAGES) | plain_cells.NAMES
_TEXTS = frozenset({"<v>", "<t>", "<oddFooter>", "<oddHeader>"})
_REST = frozenset({"<row>", "<f>", "<rPh>", "<mergeCell>", "<worksheet>", TAKEN_OUT})
_LOST: Place = (-1, 0)
"""No place: a row or cell that does not state its own cannot follow on."""


class SheetContent(NamedTuple):
    """What a worksheet part itself holds; ``header`` and ``footer`` are the texts at the head and foot of pages."""

    cells: Mapping[Place, Cell]
    merged: tuple[Area, ...]
    footer: str
    header: str = ""


_FRAMES: Kept[str, tuple[tuple[Area, ...], str, str]] = Kept(most=256)
"""What parts hold besides cells, by what is left of them when every cell is taken out."""


def read_sheet(data: bytes, part: str, cells: CellReader) -> SheetContent:
    """The cells that hold something, by (row, column).

    Raises ``WorkbookError`` naming the part and the cell when a reference, a shared string or an area is impossible.
    """
    return _swept(data, part, cells) or _streamed(data, part, cells)


def _streamed(data: bytes, part: str, cells: CellReader) -> SheetContent:
    """Everything by the parser."""
    reader = _SheetReader(part, cells)
    parse(data, part, reader.start, reader.end, reader.buffer.append, _NAMES)
    if not reader.is_worksheet:
        raise damaged(part, "不是工作表", "it is not a worksheet")
    return reader.content()


def _swept(data: bytes, part: str, cells: CellReader) -> SheetContent | None:
    """The plain cells first, the rest by the parser; ``None`` where that is not certain to be the same."""
    reader = _SheetReader(part, cells)
    try:
        swept = plain_cells.sweep(data, cells)
        if swept is None:
            return None
        frame = _FRAMES.get(swept.rest)
        if frame is not None:
            return SheetContent(swept.cells, *frame)
        reader.cells = swept.cells
        taken = len(reader.cells)
        parse(swept.rest, part, reader.start, reader.end, reader.buffer.append, _NAMES)
    except (ValueError, WorkbookError):
        return None
    if not reader.is_worksheet or reader.runs != swept.runs or len(reader.cells) != taken + reader.streamed:
        return None
    if reader.streamed:
        reader.cells = dict(sorted(reader.cells.items()))
    content = reader.content()
    if not reader.shown and len(swept.rest) <= LONGEST_FRAME:
        _FRAMES.keep(swept.rest, (content.merged, content.footer, content.header))
    return content


class _SheetReader:
    """The handlers of one pass; the attributes are what is known between two tags.

    ``start`` and ``end`` run for every tag of a workbook: they only take notes, the rest is done once a cell.
    """

    def __init__(self, part: str, reader: CellReader) -> None:
        self.part = part
        self.reader = reader
        self.cells: dict[Place, Cell] = {}
        self.merged: list[Area] = []
        self.spills: list[tuple[Area, Cell]] = []
        self.is_worksheet = False
        self.footer = self.header = ""
        self.runs = 0
        self.shown = self.streamed = 0  # cells in the part, those that hold something
        self.buffer: list[str] = []
        self.place: Place = (0, 0)
        self.attributes: dict[str, str] = {}
        self.value: str | None = None
        self.formula: str | None = None
        self.formula_attributes: dict[str, str] = {}
        self.inline: list[str] | None = None
        self.phonetic = False
        self.shared: dict[str, tuple[Place, str]] = {}

    def content(self) -> SheetContent:
        """What was found, with the cells of array formulas that list none themselves."""
        for area, cell in self.spills:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    self.cells.setdefault((row, column), cell)
        return SheetContent(self.cells, tuple(sorted(self.merged)), self.footer, self.header)

    # tags

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "<c>":
            self.attributes = attributes
            self.value = self.formula = self.inline = None
        elif name in _TEXTS:
            self.buffer.clear()
        elif name == "<is>":
            self.inline = []
        elif name in _REST:
            self._start_other(name, attributes)

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "<row>":
            self._start_row(attributes.get("r"))
        elif name == "<f>":
            self.buffer.clear()
            self.formula_attributes = attributes
        elif name == "<rPh>":
            self.phonetic = True
        elif name == "<mergeCell>":
            self.merged.append(self._area(attributes.get("ref", "")))
        elif name == TAKEN_OUT:
            self.runs += 1
            self.place = _LOST
        elif name == "<worksheet>":
            self.is_worksheet = True

    def end(self, name: str) -> None:
        if name == "<v>":
            self.value = "".join(self.buffer)
        elif name == "<c>":
            self._end_cell()
        elif name == "<t>":
            if self.inline is not None and not self.phonetic:
                self.inline.extend(self.buffer)
        elif name == "<f>":
            self.formula = "".join(self.buffer)
        elif name == "<rPh>":
            self.phonetic = False
        elif name == "<oddFooter>":
            self.footer = "".join(self.buffer)
        elif name == "<oddHeader>":
            self.header = "".join(self.buffer)

    # places

    def _start_row(self, number: str | None) -> None:
        row = self.place[0] + 1 if number is None else int(number)
        self.place = (row, 0)
        if not 1 <= row <= MAX_ROW:
            raise self._impossible(f"row {number}")
        if len(self.cells) > MAX_CELLS:
            raise damaged(self.part, f"单元格超过 {MAX_CELLS:,} 个", f"more than {MAX_CELLS:,} cells")

    def _next_place(self) -> Place:
        row, column = self.place[0], self.place[1] + 1
        if row < 1 or column > MAX_COLUMN:
            raise self._impossible(f"{row}:{column}")
        return row, column

    def _stated_place(self, reference: str) -> Place:
        try:
            return PLACES[reference]
        except ImpossiblePlaceError:
            raise self._impossible(reference) from None

    def _area(self, reference: str) -> Area:
        first, _, last = reference.replace("$", "").partition(":")
        (top, left), (bottom, right) = self._stated_place(first), self._stated_place(last or first)
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def _impossible(self, reference: str) -> WorkbookError:
        return damaged(self.part, f"不可能的单元格 {reference}", f"impossible cell {reference}")

    # cells

    def _end_cell(self) -> None:
        self.shown += 1
        reference = self.attributes.get("r")
        self.place = self._stated_place(reference) if reference else self._next_place()
        try:
            cell = self._cell()
        except UnknownStringError as number:
            where = Address(*self.place)
            raise damaged(
                self.part, f"{where} 引用了不存在的共享字符串 {number}", f"{where} refers to no shared string: {number}"
            ) from None
        if cell is not None:
            self.streamed += 1
            self.cells[self.place] = cell

    def _cell(self) -> Cell | None:
        """The cell that has just been read, unless it holds nothing."""
        kind, style = self.attributes.get("t"), self.attributes.get("s")
        inline = None if self.inline is None else "".join(self.inline)
        if self.formula is not None:
            cell = self.reader.formula_cell(self._formula_text(self.formula), kind, style, self.value, inline)
            if cell.kind is CellKind.UNCOMPUTED:
                self._note_spill(cell)
            return cell
        return self.reader.cell(kind, style, self.value, inline)

    def _note_spill(self, cell: Cell) -> None:
        if self.formula_attributes.get("t") in ("array", "dataTable") and "ref" in self.formula_attributes:
            area = self._area(self.formula_attributes["ref"])
            if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= MAX_SPILL:
                self.spills.append((area, cell))

    def _formula_text(self, text: str) -> str:
        kind = self.formula_attributes.get("t")
        if kind == "shared":
            text = self._shared_formula(self.formula_attributes.get("si", ""), text)
        elif kind == "array":
            return f"{{={text}}}"
        elif kind == "dataTable":
            return f"{{=TABLE({self.formula_attributes.get('r1', '')},{self.formula_attributes.get('r2', '')})}}"
        return f"={text}"

    def _shared_formula(self, index: str, text: str) -> str:
        if text:
            self.shared[index] = (self.place, text)
            return text
        origin, master = self.shared.get(index, (self.place, ""))
        return moved(master, self.place[0] - origin[0], self.place[1] - origin[1])
