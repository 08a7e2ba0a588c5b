"""Cells of a LibreOffice sheet and their notes, as xlwings' engine offers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from gouji.hosts.live.libreoffice.blocks import Formats, area_of, merged_around
from gouji.hosts.live.libreoffice.bridge import constant, struct
from gouji.hosts.live.libreoffice.colours import Colours
from gouji.hosts.live.libreoffice.formulas import in_excel
from gouji.sheet import Address, Area

if TYPE_CHECKING:
    from gouji.hosts.live.libreoffice.sheets import Sheet


class Range(base_classes.Range):
    """A rectangle of cells."""

    def __init__(self, sheet: Sheet, cells: Any = None, *, area: Area | None = None) -> None:
        self.sheet = sheet
        self.area = area_of(cells.RangeAddress) if area is None else area
        self._xl = cells
        self.options: dict[str, Any] = {}

    @property
    def xl(self) -> Any:
        """LibreOffice's range, asked for when first used."""
        if self._xl is None:
            top, left, bottom, right = self.area
            self._xl = self.sheet.xl.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)
        return self._xl

    @property
    def api(self) -> Any:
        """LibreOffice's range."""
        return self.xl

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, first row and column, last row and column."""
        return (self.sheet.name, *self.area)

    @property
    def row(self) -> int:
        """The first row."""
        return self.area.top

    @property
    def column(self) -> int:
        """The first column."""
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        top, left, bottom, right = self.area
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        """One cell, by row and column or by number."""
        if arg2 is None:
            arg1, arg2 = divmod(arg1 - 1, self.shape[1])
            arg1, arg2 = arg1 + 1, arg2 + 1
        top, left = self.row + arg1 - 1, self.column + arg2 - 1
        return self.sheet.range((top, left))

    @property
    def address(self) -> str:
        """``$A$1:$B$2``."""
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """The address as Excel spells it."""
        mark_row, mark_column = "$" * bool(row_absolute), "$" * bool(col_absolute)

        def spelled(row: int, column: int) -> str:
            letters = str(Address(row, column)).rstrip("0123456789")
            return f"{mark_column}{letters}{mark_row}{row}"

        top, left, bottom, right = self.area
        cells = spelled(top, left) if len(self) == 1 else f"{spelled(top, left)}:{spelled(bottom, right)}"
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{cells}" if external else cells

    max_cells_per_read = None
    max_cells_per_write = None

    @property
    def raw_value(self) -> Any:
        """Numbers and texts, rows of rows; one cell alone as it is."""
        return self._alone(self.xl.getDataArray())

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if len(self) == 1:
            self._put(data[0][0] if isinstance(data, (list, tuple)) else data)
            return
        rows, columns = self.shape
        block = data if isinstance(data, (list, tuple)) else [[data] * columns] * rows
        self.xl.setDataArray(tuple(map(tuple, block)))

    def _put(self, value: Any) -> None:
        """As typed by a person: a block would take the cell's note away."""
        cell = self.xl.getCellByPosition(0, 0)
        if isinstance(value, str):
            cell.setString(value)
        else:
            cell.setValue(value)

    @property
    def formula(self) -> Any:
        """Formulas as Excel spells them, constants as texts."""
        return self._alone(
            tuple(tuple(in_excel(text) if text[:1] in ("=", "{") else text for text in row)
                  for row in self.xl.getFormulaArray())
        )  # fmt: skip

    @formula.setter
    def formula(self, value: str) -> None:
        self.xl.setFormula(value)

    @property
    def number_format(self) -> str | None:
        """As files spell it; ``None`` where the cells differ."""
        if self.xl.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            return None
        return Formats(self.sheet.book.document)[self.xl.NumberFormat].code

    @number_format.setter
    def number_format(self, value: str) -> None:
        formats, locale = self.sheet.book.document.NumberFormats, struct("lang.Locale")
        known = formats.queryKey(value, locale, False)
        self.xl.NumberFormat = known if known >= 0 else formats.addNew(value, locale)

    def _alone(self, block: Any) -> Any:
        return block[0][0] if len(self) == 1 else block

    @property
    def merge_area(self) -> Range:
        """The merged area around the first cell."""
        top, left, bottom, right = merged_around(self.sheet.cursor, self.row, self.column)
        return self.sheet.range((top, left), (bottom, right))

    @property
    def merge_cells(self) -> bool:
        """Whether any of it is merged."""
        return bool(self.xl.getIsMerged()) or len(self.merge_area) > 1

    def merge(self, across: bool = False) -> None:
        """Merge the whole."""
        self.xl.merge(True)

    @property
    def row_hidden(self) -> bool:
        """Whether its first row is hidden or filtered out."""
        return not self.xl.Rows.getByIndex(0).IsVisible

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.xl.Rows.IsVisible = not value

    def select(self) -> None:
        """Select it; its sheet is shown."""
        self.sheet.book.document.CurrentController.select(self.xl)

    def clear_contents(self) -> None:
        """Clear values, texts and formulas."""
        self.xl.clearContents(1 | 2 | 4 | 16)

    @property
    def conditional_formats(self) -> Colours:
        """The formats by condition on these cells."""
        return Colours(self.sheet, self.xl)

    @property
    def note(self) -> Note | None:
        """The note of the first cell."""
        return note_at(self.sheet, self.row, self.column)

    def add_note(self, text: str) -> Note:
        """A note in the first cell. ``PermissionError`` where the sheet takes none: LibreOffice says nothing itself.

        A long text is set afterwards: a new note is laid out twice.
        """
        place = struct("table.CellAddress", Sheet=self.sheet.index - 1, Column=self.column - 1, Row=self.row - 1)
        self.sheet.xl.Annotations.insertNew(place, text[:1])
        note = self.note
        if note is None:
            raise PermissionError(self.sheet.name)
        note.text = text
        return note

    @property
    def comment(self) -> None:
        """LibreOffice has no threads."""
        return

    def add_hyperlink(self, address: str, text_to_display: str | None = None, screen_tip: str | None = None) -> None:
        """A link in the first cell; ``#'表'!A1`` leads into the document."""
        field = self.sheet.book.document.createInstance("com.sun.star.text.TextField.URL")
        field.URL = ".".join(address.rsplit("!", 1)) if address.startswith("#") else address
        field.Representation = text_to_display or address
        cell = self.xl.getCellByPosition(0, 0)
        cell.setString("")
        cell.insertTextContent(cell.createTextCursor(), field, False)


class Note(base_classes.Note):
    """The note of a cell; ``read`` is its text and author where they are known."""

    def __init__(self, sheet: Sheet, row: int, column: int, read: tuple[str, str] | None = None) -> None:
        self.sheet, self.row, self.column = sheet, row, column
        self._read = read

    @property
    def api(self) -> Any:
        """LibreOffice's annotation."""
        return self._cell().getAnnotation()

    def _cell(self) -> Any:
        return self.sheet.xl.getCellByPosition(self.column - 1, self.row - 1)

    @property
    def text(self) -> str:
        """The whole text."""
        return str(self.api.getString()) if self._read is None else self._read[0]

    @text.setter
    def text(self, value: str) -> None:
        self.api.setString(value)
        self._read = None

    @property
    def author(self) -> str:
        """Who wrote it, where the file says so."""
        return str(self.api.getAuthor()) if self._read is None else self._read[1]

    @property
    def location(self) -> Range:
        """Its cell."""
        return self.sheet.range((self.row, self.column))

    def delete(self) -> None:
        """Remove it."""
        self._cell().clearContents(constant("sheet.CellFlags.ANNOTATION"))


def note_at(sheet: Sheet, row: int, column: int) -> Note | None:
    """The note of a cell, where it has one: LibreOffice gives every cell an annotation to ask."""
    cell = sheet.xl.getCellByPosition(column - 1, row - 1)
    there = cell.queryContentCells(constant("sheet.CellFlags.ANNOTATION"))
    return Note(sheet, row, column) if there.getCount() else None
