"""Excel on Windows and on macOS: what xlwings leaves to the program's own objects.

No machine that builds gouji has Excel. What is here follows Excel's documented object model and is kept small; the
manual checklist in ``docs/live.md`` says what a person must look at.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.hosts import looks
from gouji.hosts.live.asking import block_of, rows_of
from gouji.hosts.live.program import FileKind
from gouji.hosts.protocol import ResultSheet, SheetBlock
from gouji.sheet import Address, Area

if TYPE_CHECKING:
    from xlwings import Book, Note, Range, Sheet
    from xlwings.main import ConditionalFormat

_ERRORS = {
    -2146826288: "#NULL!", -2146826281: "#DIV/0!", -2146826273: "#VALUE!", -2146826265: "#REF!",
    -2146826259: "#NAME?", -2146826252: "#NUM!", -2146826246: "#N/A", -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!", -2146826238: "#CALC!",
}  # fmt: skip
"""What COM gives for errors; the numbers in cells come as floats, never as integers."""
_POINTS_A_PIXEL = 0.75
_LANDSCAPE, _A4 = 2, 9
_CHOOSE = (
    "on run {theTitle, theFolder, theName}\n"
    "POSIX path of (choose file name with prompt theTitle default location (POSIX file theFolder) default name theName)"
    "\nend run"
)
"""What a Mac is asked: the system's own window, as every program shows it."""


class Excel:
    """What both have in common, through xlwings."""

    def block(self, sheet: Sheet) -> SheetBlock:
        """The sheet as read."""
        return block_of(sheet, self._values)

    def _values(self, cells: Range) -> Any:
        return cells.options(ndim=2, err_to_str=True).value

    def conversations(self, sheet: Sheet) -> set[Address]:
        """Not said: Excel itself lets no note be added there."""
        return set()

    def areas(self, colour: ConditionalFormat) -> list[Area]:
        """Not said: such a colour is written anew."""
        return []

    def fit(self, note: Note, width: int, height: int) -> None:
        """Boxes stay as they are."""

    def dress(self, sheet: Sheet, content: ResultSheet) -> None:
        """Widths, wrapping and weights."""
        columns = looks.widths(content)
        for number, width in enumerate(columns, 1):
            sheet.range((1, number)).column_width = width
        last = (2 + len(content.rows), len(columns))
        body = sheet.range((2, 1), last)
        body.wrap_text = True
        body.vertical_alignment = "top"
        sheet.range((1, 1), last).font.name = looks.TYPEFACE
        sheet.range((1, 1)).font.size = 14
        sheet.range((1, 1), (2, len(columns))).font.bold = True

    def row_hidden(self, cells: Range) -> bool:
        """As the row's height says."""
        return cells.row_height == 0

    def scroll(self, book: Book) -> tuple[int, int]:
        """Not known."""
        return 1, 1

    def scroll_to(self, book: Book, place: tuple[int, int]) -> None:
        """Left as it is."""


class ExcelOnWindows(Excel):
    """Excel through COM."""

    def _values(self, cells: Range) -> Any:
        """``Value2``: ``Value`` would cut amounts in a currency format to four decimals, and make dates of numbers."""
        return [[_ERRORS.get(v, v) if type(v) is int else v for v in row] for row in rows_of(cells.api.Value2)]

    def date1904(self, book: Book) -> bool:
        """Whether dates count from 1904."""
        return bool(book.api.Date1904)

    def takes_notes(self, sheet: Sheet) -> bool:
        """Notes are drawing objects: protection may leave them free."""
        return not (sheet.api.ProtectDrawingObjects or sheet.api.ProtectContents)

    def conversations(self, sheet: Sheet) -> set[Address]:
        """As the sheet says; none in an Excel that knows of none."""
        threads = getattr(sheet.api, "CommentsThreaded", ())
        return {Address(each.Parent.Row, each.Parent.Column) for each in threads}

    def areas(self, colour: ConditionalFormat) -> list[Area]:
        """Where a colour applies."""
        return [
            Area(each.Row, each.Column, each.Row + each.Rows.Count - 1, each.Column + each.Columns.Count - 1)
            for each in colour.impl.api.AppliesTo.Areas
        ]

    def fit(self, note: Note, width: int, height: int) -> None:
        """The shape of the note."""
        shape = note.api.Shape
        shape.Width, shape.Height = width * _POINTS_A_PIXEL, height * _POINTS_A_PIXEL

    def footer(self, sheet: Sheet) -> str:
        """The left text at the foot."""
        return str(sheet.api.PageSetup.LeftFooter)

    def dress(self, sheet: Sheet, content: ResultSheet) -> None:
        """The page as well."""
        super().dress(sheet, content)
        page = sheet.api.PageSetup
        page.LeftFooter, page.RightFooter = looks.FOOTER_LEFT, looks.FOOTER_RIGHT
        with suppress(Exception):  # without a printer Excel refuses what concerns paper; COM errors have no class here
            page.Orientation, page.PaperSize = _LANDSCAPE, _A4

    def save_where(self, book: Book, title: str, proposed: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Asked in Excel's own window."""
        if not book.app.visible:
            return proposed
        filters = ",".join(f"{kind.caption} (*{kind.suffix}),*{kind.suffix}" for kind in kinds)
        chosen = book.app.api.GetSaveAsFilename(str(proposed), filters, 1, title)
        return Path(chosen) if isinstance(chosen, str) else None  # False: the person changed their mind

    def scroll(self, book: Book) -> tuple[int, int]:
        """As its window shows."""
        window = book.api.Windows(1)
        return window.ScrollRow, window.ScrollColumn

    def scroll_to(self, book: Book, place: tuple[int, int]) -> None:
        """Put the window there."""
        window = book.api.Windows(1)
        window.ScrollRow, window.ScrollColumn = place


class ExcelOnMac(Excel):
    """Excel through Apple events."""

    def date1904(self, book: Book) -> bool:
        """Whether dates count from 1904."""
        return bool(book.api.date_1904.get())

    def takes_notes(self, sheet: Sheet) -> bool:
        """Whether it is not protected."""
        return not (sheet.api.protect_drawing_objects.get() or sheet.api.protect_contents.get())

    def footer(self, sheet: Sheet) -> str:
        """The left text at the foot."""
        return str(sheet.api.page_setup_object.left_footer.get())

    def dress(self, sheet: Sheet, content: ResultSheet) -> None:
        """The foot as well."""
        super().dress(sheet, content)
        sheet.api.page_setup_object.left_footer.set(looks.FOOTER_LEFT)

    def save_where(self, book: Book, title: str, proposed: Path, kinds: Sequence[FileKind]) -> Path | None:
        """Asked in the system's window for it."""
        if not book.app.visible:
            return proposed
        command = ["/usr/bin/osascript", "-e", _CHOOSE, title, str(proposed.parent), proposed.name]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
        return Path(done.stdout.rstrip("\n")) if done.returncode == 0 else None
