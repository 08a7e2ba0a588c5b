"""Sheets of a LibreOffice document, as xlwings' engine offers them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from gouji.hosts.live.libreoffice.blocks import used_range
from gouji.hosts.live.libreoffice.ranges import Note, Range, note_at

if TYPE_CHECKING:
    from gouji.hosts.live.libreoffice.engine import Book


class Sheets(base_classes.Sheets):
    """The sheets of a document in the order of their tabs."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._sheets = book.document.Sheets

    @property
    def api(self) -> Any:
        """LibreOffice's collection."""
        return self._sheets

    @property
    def active(self) -> Sheet:
        """The sheet that is shown."""
        return Sheet(self.book, self.book.document.CurrentController.getActiveSheet())

    def __call__(self, name_or_index: str | int) -> Sheet:
        if isinstance(name_or_index, int):
            return Sheet(self.book, self._sheets.getByIndex(name_or_index - 1))
        if not self._sheets.hasByName(name_or_index):
            raise KeyError(name_or_index)
        return Sheet(self.book, self._sheets.getByName(name_or_index))

    def __len__(self) -> int:
        return int(self._sheets.Count)

    def __iter__(self) -> Iterator[Sheet]:
        for sheet in self._sheets:
            yield Sheet(self.book, sheet)

    def __contains__(self, name: str) -> bool:
        return bool(self._sheets.hasByName(name))

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> Sheet:
        """A new sheet, at the end where no place is named."""
        at = before.index - 1 if before else after.index if after else len(self)
        called = name or f"Sheet{len(self) + 1}"
        self._sheets.insertNewByName(called, at)
        return self(called)


class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book = book
        self.xl = sheet

    @property
    def api(self) -> Any:
        """LibreOffice's sheet."""
        return self.xl

    @property
    def book(self) -> Book:
        """Its document."""
        return self._book

    @property
    def name(self) -> str:
        """As on the tab."""
        return str(self.xl.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.xl.Name = value

    @property
    def index(self) -> int:
        """The place among the tabs, from 1."""
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> bool:
        """Whether its tab is shown."""
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = value

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """Cells by address, by (row, column) or by two corners."""
        if isinstance(arg1, Range) and arg2 is None:
            return arg1
        if isinstance(arg1, str) and arg2 is None:
            return Range(self, self.xl.getCellRangeByName(arg1))
        first, last = _corner(self, arg1), _corner(self, arg1 if arg2 is None else arg2, end=True)
        return Range(self, self.xl.getCellRangeByPosition(first[1] - 1, first[0] - 1, last[1] - 1, last[0] - 1))

    @property
    def cells(self) -> Range:
        """Every cell."""
        return Range(self, self.xl)

    @property
    def used_range(self) -> Range:
        """From A1 to the last cell in use."""
        return Range(self, used_range(self.xl))

    @property
    def notes(self) -> list[Note]:
        """Every note."""
        places = [(each.Position.Row + 1, each.Position.Column + 1) for each in self.xl.Annotations]
        return [note for place in places if (note := note_at(self, *place))]

    def activate(self) -> None:
        """Show it."""
        self._book.document.CurrentController.setActiveSheet(self.xl)

    select = activate

    def delete(self) -> None:
        """Remove it."""
        self._book.document.Sheets.removeByName(self.name)


def _corner(sheet: Sheet, named: Any, *, end: bool = False) -> tuple[int, int]:
    if isinstance(named, str):
        named = sheet.range(named)
    if not isinstance(named, Range):
        return int(named[0]), int(named[1])
    top, left, bottom, right = named.area
    return (bottom, right) if end else (top, left)
