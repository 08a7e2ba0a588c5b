"""LibreOffice as the live host needs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.hosts import looks
from gouji.hosts.live.libreoffice.blocks import Formats, block_of
from gouji.hosts.live.libreoffice.bridge import constant, enum, on_screen, struct
from gouji.hosts.live.libreoffice.picking import pick_place
from gouji.hosts.live.program import FileKind
from gouji.hosts.protocol import ResultRow, ResultSheet, SheetBlock
from gouji.sheet import Address, Area

if TYPE_CHECKING:
    from xlwings import Book, Note, Range, Sheet
    from xlwings.main import ConditionalFormat

_PAGE = "勾稽审核结果"
_POINT, _LETTER, _PIXEL = 2540 / 72, 190, 26
"""Hundredths of a millimetre of a point, of half a Chinese character, of a pixel."""


class LibreOffice:
    """LibreOffice Calc through UNO."""

    def __init__(self) -> None:
        self._formats: Formats | None = None

    def block(self, sheet: Sheet) -> SheetBlock:
        """The sheet as read."""
        if self._formats is None:
            self._formats = Formats(sheet.book.api)
        return block_of(sheet.api, self._formats)

    def date1904(self, book: Book) -> bool:
        """Whether dates count from 1904."""
        return bool(book.api.NullDate.Year == 1904)

    def takes_notes(self, sheet: Sheet) -> bool:
        """A protected sheet takes none, and LibreOffice does not say so when one is written."""
        return not sheet.api.isProtected()

    def conversations(self, sheet: Sheet) -> set[Address]:
        """None: LibreOffice makes notes of them when it opens a file."""
        return set()

    def areas(self, colour: ConditionalFormat) -> list[Area]:
        """Where a colour applies."""
        areas: list[Area] = colour.impl.areas
        return areas

    def fit(self, note: Note, width: int, height: int) -> None:
        """The box as wide as its text needs: LibreOffice's own is a narrow column."""
        size = struct("awt.Size", Width=width * _PIXEL, Height=height * _PIXEL)
        note.api.AnnotationShape.setSize(size)

    def footer(self, sheet: Sheet) -> str:
        """The left text at the foot."""
        style = _page_styles(sheet.book).getByName(sheet.api.PageStyle)
        if not style.FooterIsOn:
            return ""
        content = style.RightPageFooterContent  # its text is gone with it
        return str(content.LeftText.getString())

    def dress(self, sheet: Sheet, content: ResultSheet) -> None:
        """Widths, heights, weights, colours and the page."""
        columns = looks.widths(content)
        for number, width in enumerate(columns):
            sheet.api.Columns.getByIndex(number).Width = width * _LETTER
        last = 1 + len(content.rows)
        everything = sheet.api.getCellRangeByPosition(0, 0, len(columns) - 1, last)
        everything.CharFontName = everything.CharFontNameAsian = looks.TYPEFACE
        _size(everything, 11)
        body = sheet.api.getCellRangeByPosition(0, 1, len(columns) - 1, last)
        body.IsTextWrapped = True
        body.VertJustify = constant("table.CellVertJustify2.TOP")
        title = sheet.api.getCellByPosition(0, 0)
        _size(title, 14)
        _embolden(sheet.api.getCellRangeByPosition(0, 0, len(columns) - 1, 1))
        sheet.api.getCellRangeByPosition(0, 1, len(columns) - 1, 1).HoriJustify = enum(
            "table.CellHoriJustify", "CENTER"
        )
        _heights(sheet, content, columns)
        for number, row in enumerate(content.rows, 2):
            _ink(sheet, number, row)
        _page(sheet)

    def row_hidden(self, cells: Range) -> bool:
        """As the row says."""
        return bool(cells.impl.row_hidden)

    def save_where(self, book: Book, title: str, proposed: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Asked in LibreOffice's own window."""
        window = book.api.CurrentController.Frame.ContainerWindow
        return pick_place(book.app.api, title, proposed, kinds) if on_screen(window) else proposed

    def scroll(self, book: Book) -> tuple[int, int]:
        """As its window shows."""
        controller = book.api.CurrentController
        return controller.getFirstVisibleRow(), controller.getFirstVisibleColumn()

    def scroll_to(self, book: Book, place: tuple[int, int]) -> None:
        """Put the window there."""
        controller = book.api.CurrentController
        controller.setFirstVisibleRow(place[0])
        controller.setFirstVisibleColumn(place[1])


def _size(cells: Any, points: int) -> None:
    cells.CharHeight = cells.CharHeightAsian = float(points)


def _embolden(cells: Any) -> None:
    cells.CharWeight = cells.CharWeightAsian = constant("awt.FontWeight.BOLD")


def _heights(sheet: Sheet, content: ResultSheet, columns: list[int]) -> None:
    rows = sheet.api.Rows
    rows.getByIndex(0).Height = int(looks.TITLE_HEIGHT * _POINT)
    for number, texts in enumerate([content.headings, *(row.texts for row in content.rows)], 1):
        rows.getByIndex(number).Height = int(looks.row_height(texts, columns) * _POINT)


def _ink(sheet: Sheet, number: int, row: ResultRow) -> None:
    if row.severity:
        cell = sheet.api.getCellByPosition(looks.INKED, number)
        cell.CharColor = int(looks.INKS[row.severity][2:], 16)
        _embolden(cell)


def _page(sheet: Sheet) -> None:
    styles = _page_styles(sheet.book)
    if not styles.hasByName(_PAGE):
        styles.insertByName(_PAGE, sheet.book.api.createInstance("com.sun.star.style.PageStyle"))
    style = styles.getByName(_PAGE)
    if not style.IsLandscape:
        style.IsLandscape = True
        style.Width, style.Height = max(style.Width, style.Height), min(style.Width, style.Height)
    style.ScaleToPagesX, style.ScaleToPagesY = 1, 0
    style.FooterIsOn = True
    content = style.RightPageFooterContent
    content.LeftText.setString(looks.FOOTER_LEFT)
    style.RightPageFooterContent = content
    sheet.api.PageStyle = _PAGE


def _page_styles(book: Book) -> Any:
    return book.api.StyleFamilies.getByName("PageStyles")
