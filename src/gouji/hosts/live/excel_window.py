"""The workbook of a window of Excel that is open now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import normalize

from gouji.errors import WorkbookError

if TYPE_CHECKING:
    from xlwings import App, Book


def book_in(window: int | None, name: str) -> Book:
    """The open workbook called ``name`` in the Excel whose window has this handle (any Excel, where it is ``None``).

    From then on it is also what ``xlwings.Book.caller()`` gives. ``WorkbookError`` where it is not found: nothing of
    it but its name is looked at, for a workbook must not direct where it is looked for.
    """
    import xlwings  # loads the connection to the program

    book = found_in(xlwings.apps, window, name)
    book.set_mock_caller()
    return book


def found_in(apps: Iterable[App], window: int | None, name: str) -> Book:
    """The workbook of that name in one of ``apps``; see ``book_in``."""
    wanted = normalize("NFC", name)  # macOS takes file names apart
    for app in apps:
        if window is None or app.hwnd == window:
            for book in app.books:
                if normalize("NFC", book.name) == wanted:
                    return book
    raise WorkbookError(
        f"在打开的 Excel 里没有找到工作簿“{name}”。请保存并重新打开它，再点一次。",
        f"The workbook '{name}' was not found in an open Excel. Save it, open it again, and click once more.",
    )
