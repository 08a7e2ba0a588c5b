"""One worksheet part: its cells and merged areas, in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gouji.hosts.digits import stored_text
from gouji.hosts.formula_text import moved
from gouji.hosts.package.dates import serial_number
from gouji.hosts.package.markup import damaged, names, parse, unescaped
from gouji.hosts.package.styles import GENERAL
from gouji.sheet import Address, Area, Cell, CellKind, column_number

NOT_COMPUTED = "公式没有保存计算结果"
"""The text of a formula cell for which the file holds no value."""

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_CELLS = 1_000_000
"""Cells with content on one sheet; a 决算 workbook has some thousand."""
MAX_SPILL = 10_000
"""Cells of an array formula without saved values that are listed one by one."""

_NAMES = names("worksheet", "row", "c", "v", "f", "is", "t", "rPh", "mergeCell")
_DIGITS = "0123456789"
_ONLY_DATE_FORMAT = "yyyy-mm-dd"
_TRUE = ("1", "true")
_TEXT, _NUMBER = CellKind.TEXT, CellKind.NUMBER

Place = tuple[int, int]
"""(row, column), both 1-based."""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """What a worksheet part itself holds; ``incomplete``: some formula has no saved value (``UNCOMPUTED``)."""

    cells: Mapping[Place, Cell]
    merged: tuple[Area, ...]
    incomplete: bool


@dataclass(frozen=True, slots=True)
class Lookups:
    """What cells refer to: shared strings, number formats by style index, and the workbook's date system.

    ``places``: the references met so far, as sheets of one workbook use the same ones.
    """

    strings: Sequence[str] = ()
    formats: Sequence[str] = ()
    date1904: bool = False
    places: dict[str, Place] = field(default_factory=dict)


def read_sheet(data: bytes, part: str, lookups: Lookups) -> SheetContent:
    """The cells that hold something, by (row, column).

    Raises ``WorkbookError`` naming the part and the cell when a reference, a shared string or an area is impossible.
    """
    reader = _SheetReader(part, lookups)
    parse(data, part, reader.start, reader.end, reader.buffer.append)
    if not reader.is_worksheet:
        raise damaged(part, "不是工作表", "it is not a worksheet")
    for area, cell in reader.spills:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                reader.cells.setdefault((row, column), cell)
    return SheetContent(reader.cells, tuple(reader.merged), reader.incomplete)


class _SheetReader:
    """The handlers of one pass; the attributes are what is known between two tags.

    ``start`` and ``end`` run for every tag of a workbook: they only take notes, the rest is done once a cell.
    """

    def __init__(self, part: str, lookups: Lookups) -> None:
        self.part = part
        self.strings = lookups.strings
        self.formats = lookups.formats
        self.date1904 = lookups.date1904
        self.places = lookups.places
        self.cells: dict[Place, Cell] = {}
        self.merged: list[Area] = []
        self.spills: list[tuple[Area, Cell]] = []
        self.incomplete = False
        self.is_worksheet = False
        self.buffer: list[str] = []
        self.place: Place = (0, 0)
        self.attributes: dict[str, str] = {}
        self.value: str | None = None
        self.formula: str | None = None
        self.formula_attributes: dict[str, str] = {}
        self.inline: list[str] | None = None
        self.phonetic = False
        self.shared: dict[str, tuple[Place, str]] = {}
        self.format_of_style: dict[str | None, str] = {}

    # tags

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _NAMES.get(name)
        if local == "c":
            self.attributes = attributes
            self.value = self.formula = self.inline = None
        elif local in {"v", "t"}:
            self.buffer.clear()
        elif local == "f":
            self.buffer.clear()
            self.formula_attributes = attributes
        elif local is not None:
            self._start_other(local, attributes)

    def _start_other(self, local: str, attributes: dict[str, str]) -> None:
        if local == "row":
            self._start_row(attributes.get("r"))
        elif local == "is":
            self.inline = []
        elif local == "rPh":
            self.phonetic = True
        elif local == "mergeCell":
            self.merged.append(self._area(attributes.get("ref", "")))
        elif local == "worksheet":
            self.is_worksheet = True

    def end(self, name: str) -> None:
        local = _NAMES.get(name)
        if local == "c":
            self._end_cell()
        elif local == "v":
            self.value = "".join(self.buffer)
        elif local == "f":
            self.formula = "".join(self.buffer)
        elif local == "t":
            if self.inline is not None and not self.phonetic:
                self.inline.extend(self.buffer)
        elif local == "rPh":
            self.phonetic = False

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
        if not row or column > MAX_COLUMN:
            raise self._impossible(f"{row}:{column}")
        return row, column

    def _new_place(self, reference: str) -> Place:
        letters = reference.rstrip(_DIGITS)
        capitals = letters.upper()
        if not (1 <= len(capitals) <= 3 and capitals.isascii() and capitals.isalpha()):
            raise self._impossible(reference)
        row, column = int(reference[len(letters) :] or 0), column_number(capitals)
        if not 1 <= row <= MAX_ROW or column > MAX_COLUMN:
            raise self._impossible(reference)
        place = self.places[reference] = (row, column)
        return place

    def _area(self, reference: str) -> Area:
        first, _, last = reference.replace("$", "").partition(":")
        (top, left), (bottom, right) = self._new_place(first), self._new_place(last or first)
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def _impossible(self, reference: str) -> Exception:
        return damaged(self.part, f"不可能的单元格 {reference}", f"impossible cell {reference}")

    # cells

    def _end_cell(self) -> None:
        reference = self.attributes.get("r")
        known = self.places.get(reference) if reference else self._next_place()
        place = self.place = known or self._new_place(reference or "")
        if self.formula is not None:
            self.cells[place] = self._with_formula(self.formula)
        elif self.value or self.inline:
            cell = self._valued(None)
            if cell.text:
                self.cells[place] = cell

    def _with_formula(self, text: str) -> Cell:
        formula = self._formula_text(text)
        if self.value or (self.value is not None and self.attributes.get("t") == "str"):
            return self._valued(formula)
        cell = Cell(CellKind.UNCOMPUTED, NOT_COMPUTED, self._format(), formula)
        self.incomplete = True
        self._note_spill(cell)
        return cell

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

    def _valued(self, formula: str | None) -> Cell:
        kind = self.attributes.get("t")
        value = self.value or ""
        number_format = self.format_of_style.get(self.attributes.get("s")) or self._format()
        if self.inline is not None:
            return Cell(_TEXT, unescaped("".join(self.inline)), number_format, formula)
        if kind == "s":
            return Cell(_TEXT, self._string(value), number_format, formula)
        if kind is None or kind == "n":
            number = stored_text(value) or stored_text(value.strip())
            if number is not None:
                return Cell(_NUMBER, number, number_format, formula)
        return self._other_value(kind or "", value, number_format, formula)

    def _other_value(self, kind: str, value: str, number_format: str, formula: str | None) -> Cell:
        if kind == "b":
            return Cell(CellKind.BOOLEAN, "TRUE" if value.strip() in _TRUE else "FALSE", number_format, formula)
        if kind == "e":
            return Cell(CellKind.ERROR, value.strip(), number_format, formula)
        if kind == "d" and (serial := serial_number(value, self.date1904)) is not None:
            return Cell(_NUMBER, serial, _date_format(number_format), formula)
        return Cell(_TEXT, unescaped(value), number_format, formula)

    def _string(self, index: str) -> str:
        number = int(index)
        if not 0 <= number < len(self.strings):
            cell = Address(*self.place)
            raise damaged(
                self.part, f"{cell} 引用了不存在的共享字符串 {index}", f"{cell} refers to no shared string: {index}"
            )
        return self.strings[number]

    def _format(self) -> str:
        style = self.attributes.get("s")
        number = 0 if style is None else int(style)
        found = self.formats[number] if 0 <= number < len(self.formats) else GENERAL
        self.format_of_style[style] = found
        return found


def _date_format(number_format: str) -> str:
    return _ONLY_DATE_FORMAT if number_format == GENERAL else number_format
