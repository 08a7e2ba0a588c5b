"""Formats by condition of a LibreOffice sheet, as xlwings' engine offers them; the fill is a cell style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from gouji.hosts.live.libreoffice.blocks import area_of
from gouji.hosts.live.libreoffice.bridge import constant, enum, properties
from gouji.sheet import Area

if TYPE_CHECKING:
    from gouji.hosts.live.libreoffice.sheets import Sheet

_STYLE = "gouji "


class Colour(base_classes.ConditionalFormat):
    """One format with one condition."""

    def __init__(self, sheet: Sheet, entry: Any, condition: Any) -> None:
        self.sheet, self._entry, self._condition = sheet, entry, condition

    @property
    def api(self) -> Any:
        """LibreOffice's condition."""
        return self._condition

    @property
    def type(self) -> str:
        """``custom``: a formula."""
        return "custom"

    @property
    def formula(self) -> str:
        """The formula with ``=`` in front."""
        return f"={self._condition.Formula1}"

    @property
    def areas(self) -> list[Area]:
        """Where it applies."""
        return [area_of(each) for each in self._entry.Range.getRangeAddresses()]

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        """Red, green and blue of the fill."""
        styles = self.sheet.book.document.StyleFamilies.getByName("CellStyles")
        if not styles.hasByName(self._condition.StyleName):
            return None
        colour = styles.getByName(self._condition.StyleName).CellBackColor
        return colour >> 16 & 255, colour >> 8 & 255, colour & 255

    def delete(self) -> None:
        """Remove it, and its style where nothing else uses it."""
        name = self._condition.StyleName
        self.sheet.xl.ConditionalFormats.removeByID(self._entry.ID)
        styles = self.sheet.book.document.StyleFamilies.getByName("CellStyles")
        if name.startswith(_STYLE) and styles.hasByName(name) and not styles.getByName(name).isInUse():
            styles.removeByName(name)


class Colours(base_classes.ConditionalFormats):
    """The formats by formula on some cells of a sheet."""

    def __init__(self, sheet: Sheet, cells: Any) -> None:
        self.sheet, self._cells = sheet, cells

    def __iter__(self) -> Iterator[Colour]:
        wanted = area_of(self._cells.RangeAddress)
        for entry in self.sheet.xl.ConditionalFormats.getConditionalFormats():
            condition = entry.getByIndex(0) if entry.Count == 1 else None
            if condition is None or not hasattr(condition, "Formula1"):
                continue
            colour = Colour(self.sheet, entry, condition)
            if any(_meet(area, wanted) for area in colour.areas):
                yield colour

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, key: int) -> Colour:
        """A format by number, from 1."""
        return list(self)[key - 1]

    def add_custom(self, spec: dict[str, Any]) -> Colour:
        """A format by formula over all of the cells; only its fill is used."""
        style, formula = self._style(spec["fill_color"]), str(spec["formula"]).removeprefix("=")
        if self._formatted():
            self._add_beside(style, formula)
        else:
            self._add_alone(style, formula)
        wanted = area_of(self._cells.RangeAddress)
        return next(each for each in self if wanted in each.areas and each.formula == f"={formula}")

    def _formatted(self) -> bool:
        """Whether the cells have any format by condition, colour scales included."""
        wanted = area_of(self._cells.RangeAddress)
        formats = self.sheet.xl.ConditionalFormats.getConditionalFormats()
        return any(_meet(area_of(each), wanted) for one in formats for each in one.Range.getRangeAddresses())

    def _add_alone(self, style: str, formula: str) -> None:
        """The one way that LibreOffice draws at once; it would replace what formats the cells have."""
        entries = self._cells.ConditionalFormat
        entries.addNew(properties(
            Operator=enum("sheet.ConditionOperator", "FORMULA"), Formula1=formula, StyleName=style
        ))  # fmt: skip
        self._cells.ConditionalFormat = entries

    def _add_beside(self, style: str, formula: str) -> None:
        """Beside other formats of the cells; drawn when the file is opened again."""
        formats = self.sheet.xl.ConditionalFormats
        cells = self.sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        cells.addRangeAddress(self._cells.RangeAddress, False)
        number = formats.createByRange(cells)
        entry = next(each for each in formats.getConditionalFormats() if number == each.ID)
        entry.createEntry(constant("sheet.ConditionEntryType.CONDITION"), 0)
        condition = entry.getByIndex(0)
        condition.Operator = constant("sheet.ConditionFormatOperator.EXPRESSION")
        condition.Formula1 = formula
        condition.StyleName = style

    def _style(self, colour: Any) -> str:
        red, green, blue = colour
        document = self.sheet.book.document
        styles = document.StyleFamilies.getByName("CellStyles")
        name = f"{_STYLE}{red:02X}{green:02X}{blue:02X}"
        if not styles.hasByName(name):
            styles.insertByName(name, document.createInstance("com.sun.star.style.CellStyle"))
            try:
                styles.getByName(name).CellBackColor = red << 16 | green << 8 | blue
            except Exception:  # LibreOffice lets no style be changed while a sheet is protected
                styles.removeByName(name)
                raise
        return name


def _meet(one: Area, other: Area) -> bool:
    return not (
        one.bottom < other.top or other.bottom < one.top or one.right < other.left or other.right < one.left
    )
