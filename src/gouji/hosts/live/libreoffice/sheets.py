"""Sheets of a LibreOffice document, as xlwings' engine offers them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from gouji.hosts.live.libreoffice.blocks import notes_of, used_range
from gouji.hosts.live.libreoffice.ranges import Note, Range
from gouji.sheet import Area

if TYPE_CHECKING:
    from gouji.hosts.live.libreoffice.engine import Book


class Sheets(base_classes.Sheets):
    """The sheets of a document in the order of their tabs."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._sheets = book.document.Sheets
        self._known: dict[str, Sheet] = {}

    def _listed(self) -> dict[str, Sheet]:
        """The sheets by name; asked for again when a name or the order has changed."""
        names = self._sheets.getElementNames()
        if tuple(self._known) != tuple(names):
            self._known = {name: Sheet(self.book, self._sheets.getByName(name)) for name in names}
        return self._known

    def forget(self) -> None:
        """Ask for the sheets anew: one was added or removed."""
        self._known = {}

    @property
    def api(self) -> Any:
        """LibreOffice's collection."""
        return self._sheets

    @property
    def active(self) -> Sheet:
        """The sheet that is shown."""
        return Sheet(self.book, self.book.document.CurrentController.getActiveSheet())

    def __call__(self, name_or_index: str | int) -> Sheet:
        """A sheet by name or by place, from 1."""
        listed = self._listed()
        return list(listed.values())[name_or_index - 1] if isinstance(name_or_index, int) else listed[name_or_index]

    def __len__(self) -> int:
        return int(self._sheets.Count)

    def __iter__(self) -> Iterator[Sheet]:
        yield from self._listed().values()

    def __contains__(self, name: str) -> bool:
        return bool(self._sheets.hasByName(name))

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> Sheet:
        """A new sheet, at the end where no place is named."""
        at = before.index - 1 if before else after.index if after else len(self)
        called = name or f"Sheet{len(self) + 1}"
        self._sheets.insertNewByName(called, at)
        self.forget()
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

    @cached_property
    def cursor(self) -> Any:
        """A cursor to ask for merged areas."""
        return self.xl.createCursor()

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
        return Range(self, area=Area(*first, *last))

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
        return [Note(self, *place, (text, author)) for place, text, author in notes_of(self.xl)]

    def activate(self) -> None:
        """Show it."""
        self._book.document.CurrentController.setActiveSheet(self.xl)

    select = activate

    def delete(self) -> None:
        """Remove it."""
        self._book.document.Sheets.removeByName(self.name)
        self._book.sheets.forget()


def _corner(sheet: Sheet, named: Any, *, end: bool = False) -> tuple[int, int]:
    if isinstance(named, str):
        named = sheet.range(named)
    if not isinstance(named, Range):
        return int(named[0]), int(named[1])
    top, left, bottom, right = named.area
    return (bottom, right) if end else (top, left)
