"""Workbooks opened in a real LibreOffice, for the tests of open workbooks."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xlwings
    from xlwings.main import Books

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "templates" / "examples").glob("*.xlsx"))
HEILONGJIANG = next(path for path in EXAMPLES if path.name == "heilongjiang-2020.xlsx")


class Window:
    """A LibreOffice that opens copies of files, each in a folder of its own: a lock file left behind would ask."""

    def __init__(self, context: Any, folder: Path) -> None:
        self.context = context
        self._folder = folder
        self._books: list[xlwings.Book] = []

    def open(self, path: Path) -> xlwings.Book:
        """A copy of a file, opened."""
        folder = self._folder / f"open-{len(self._books)}"
        folder.mkdir()
        copy = shutil.copy(path, folder)
        return self._kept(self._shelf().open(str(copy)))

    def new(self) -> xlwings.Book:
        """A workbook never saved."""
        return self._kept(self._shelf().add())

    def _shelf(self) -> Books:
        from gouji.hosts.live.libreoffice.engine import activate

        app = activate(self.context).apps.active
        assert app is not None
        return app.books

    def _kept(self, book: xlwings.Book) -> xlwings.Book:
        self._books.append(book)
        return book

    def close(self) -> None:
        """Close every book that was opened."""
        for book in self._books:
            book.impl.close()  # a book that a test closed is closed already
