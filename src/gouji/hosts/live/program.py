"""What hosts need of a spreadsheet program beyond what xlwings offers everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gouji.hosts.protocol import ResultSheet, SheetBlock
from gouji.sheet import Address, Area

if TYPE_CHECKING:
    from xlwings import Book, Note, Range, Sheet
    from xlwings.main import ConditionalFormat


class FileKind(NamedTuple):
    """What a file may be: how the person calls it, and the ending of its name with the dot."""

    caption: str
    suffix: str


class Program(Protocol):
    """Excel on Windows, Excel on macOS or LibreOffice."""

    def block(self, sheet: Sheet) -> SheetBlock:
        """The sheet as read in as few calls as the program allows."""

    def date1904(self, book: Book) -> bool:
        """Whether dates count from 1904."""

    def takes_notes(self, sheet: Sheet) -> bool:
        """Whether its protection, if any, lets notes be written."""

    def conversations(self, sheet: Sheet) -> set[Address]:
        """The cells that hold a threaded comment: what such a cell shows as a note only stands in for it."""

    def areas(self, colour: ConditionalFormat) -> list[Area]:
        """Where a format by condition applies; none where the program does not say."""

    def fit(self, note: Note, width: int, height: int) -> None:
        """Make the box of a note so large, in pixels, where the program does not fit it by itself."""

    def footer(self, sheet: Sheet) -> str:
        """The left text at the foot of the printed pages."""

    def dress(self, sheet: Sheet, content: ResultSheet) -> None:
        """Make the sheet of results, its texts already written, look as ``looks`` says, its foot included."""

    def row_hidden(self, cells: Range) -> bool:
        """Whether the row of a cell is hidden or filtered out."""

    def save_where(self, book: Book, title: str, proposed: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Where the person wants a file; ``None`` where they changed their mind.

        ``kinds``: what it may be, the proposed one first. Where nobody can be asked, as without a window, ``proposed``.
        """

    def scroll(self, book: Book) -> tuple[int, int]:
        """The first row and column that the window shows."""

    def scroll_to(self, book: Book, place: tuple[int, int]) -> None:
        """Show these first."""


def program_of(book: Book) -> Program:
    """The program that has the book open."""
    if book.app.engine.name == "libreoffice":
        from gouji.hosts.live.libreoffice.program import LibreOffice

        return LibreOffice()
    from gouji.hosts.live.excel import ExcelOnMac, ExcelOnWindows

    return ExcelOnWindows() if hasattr(book.api, "Worksheets") else ExcelOnMac()


def is_hidden(sheet: Sheet) -> bool:
    """Whether a sheet is not shown; Excel says -1 for shown, 0 for hidden, 2 for hidden from its menus too."""
    return sheet.visible not in (True, -1)


def numbers_in(values: list[list[object]], area: Area) -> Iterator[tuple[int, int]]:
    """Where in the area, from 0, numbers stand."""
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            if isinstance(values[row][column], (int, float)) and not isinstance(values[row][column], bool):
                yield row, column
