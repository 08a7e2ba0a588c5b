"""Writing into a window without its showing: everything is put back whatever happens."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from gouji.hosts.live.program import Program

if TYPE_CHECKING:
    from xlwings import Book

_HUSHED = ("screen_updating", "enable_events", "display_alerts")
"""What is off while we write: drawing, the workbook's own macros, questions. How it calculates is never touched."""


class Quiet:
    """Off while inside; afterwards as before, the sheet in front, the selection and the scroll position included.

    No generator: LibreOffice's exceptions take no new traceback, which one would give them.
    """

    def __init__(self, book: Book, program: Program) -> None:
        self._book, self._program = book, program

    def __enter__(self) -> None:
        book, app = self._book, self._book.app
        selection = book.selection
        self._sheet = book.sheets.active.name
        self._cells = None if selection is None else selection.get_address(False, False)
        self._scroll = self._program.scroll(book)
        self._before = {name: getattr(app, name) for name in _HUSHED}
        for name in _HUSHED:
            setattr(app, name, False)

    def __exit__(self, *_: object) -> None:
        try:
            self._show()
        finally:
            for name, value in reversed(self._before.items()):
                with suppress(Exception):  # one that cannot be put back must not keep the others from it
                    setattr(self._book.app, name, value)

    def _show(self) -> None:
        """Show what was shown; what is gone by now cannot be."""
        book = self._book
        with suppress(Exception):  # a sheet or a selection that is no more; errors of programs have no common class
            if book.sheets.active.name != self._sheet:
                book.sheets[self._sheet].activate()
            if self._cells is not None and self._now() != self._cells:
                book.sheets[self._sheet].range(self._cells).select()
            if self._program.scroll(book) != self._scroll:
                self._program.scroll_to(book, self._scroll)

    def _now(self) -> str | None:
        selection = self._book.selection
        return None if selection is None else str(selection.get_address(False, False))
