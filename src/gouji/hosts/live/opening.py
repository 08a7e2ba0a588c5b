"""How a running program hands over the workbook in front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouji.errors import WorkbookError

if TYPE_CHECKING:
    from xlwings import Book


def calling_book() -> Book:
    """The workbook from which Excel called us."""
    from xlwings import Book

    return Book.caller()


def office_book(component_context: Any) -> Book:
    """The spreadsheet in front in LibreOffice. Raises ``WorkbookError`` where something else, or nothing, is."""
    from gouji.hosts.live.libreoffice.bridge import desktop, is_spreadsheet
    from gouji.hosts.live.libreoffice.engine import book_of

    document = desktop(component_context).getCurrentComponent()
    if document is None or not is_spreadsheet(document):
        raise WorkbookError("前面的窗口不是电子表格。请先打开决算工作簿。", "The window in front is no spreadsheet.")
    return book_of(document, component_context)
