"""Writing into a window without its showing: everything is put back whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from gouji.hosts.live.program import Program

if TYPE_CHECKING:
    from xlwings import App, Book

_HUSHED = ("screen_updating", "enable_events", "display_alerts")
"""What is off while we write: drawing, the workbook's own macros, questions. How it calculates is never touched."""


@contextmanager
def quiet(book: Book, program: Program) -> Iterator[None]:
    """Off while inside; afterwards as before, the sheet in front, the selection and the scroll position included."""
    with ExitStack() as stack:
        for name in _HUSHED:
            _hush(stack, book.app, name)
        stack.callback(_View(book, program).restore)
        yield


def _hush(stack: ExitStack, app: App, name: str) -> None:
    before = getattr(app, name)
    stack.callback(setattr, app, name, before)
    setattr(app, name, False)


class _View:
    def __init__(self, book: Book, program: Program) -> None:
        self._book, self._program = book, program
        self._sheet = book.sheets.active.name
        selection = book.selection
        self._cells = None if selection is None else selection.get_address(False, False)
        self._scroll = program.scroll(book)

    def restore(self) -> None:
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
