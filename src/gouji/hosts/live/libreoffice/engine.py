"""xlwings' engine over LibreOffice: programs, books and their sheets. What gouji does not use is left out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlwings
from xlwings import base_classes

from gouji.hosts.cell_values import ERRORS
from gouji.hosts.dates import serial_of
from gouji.hosts.live.libreoffice.bridge import desktop, enum, properties, spreadsheets, uno_module
from gouji.hosts.live.libreoffice.ranges import Range
from gouji.hosts.live.libreoffice.sheets import Sheet, Sheets

NAME = "libreoffice"
_VERSION = "16.0"
"""xlwings takes programs below 15 for old Excel on macOS and spoils Chinese names for them."""


def book_of(document: Any, context: Any) -> xlwings.Book:
    """An open spreadsheet document as xlwings knows books."""
    return xlwings.Book(impl=Book(App(context), document))


def activate(context: Any) -> xlwings.Engine:
    """Make xlwings talk to this LibreOffice, so that ``xlwings.Book(path)`` opens there."""
    engine = xlwings.Engine(impl=Engine(context))
    if any(known.name == NAME for known in xlwings.engines):
        xlwings.engines.engines[:] = [known for known in xlwings.engines if known.name != NAME]
    xlwings.engines.add(engine)
    engine.activate()
    return engine


class Engine:
    """One LibreOffice."""

    name = NAME
    type = "desktop"

    def __init__(self, context: Any) -> None:
        self.context = context

    @property
    def apps(self) -> Apps:
        """The one program."""
        return Apps(self.context)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """A value as LibreOffice takes it: numbers and texts."""
        if value is None:
            return ""
        if isinstance(value, (date, datetime)):
            return float(serial_of(value, False))
        return float(value) if isinstance(value, (bool, int)) else value

    @staticmethod
    def clean_value_data(
        data: Any, _datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Values as xlwings gives them: errors as ``None`` unless texts are asked for."""

        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty_as
            if isinstance(value, str) and value in ERRORS and not err_to_str:
                return None
            return number_builder(value) if number_builder is not None and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    """The one LibreOffice of a connection."""

    def __init__(self, context: Any) -> None:
        self._app = App(context)

    def keys(self) -> list[int]:
        """Its process."""
        return [self._app.pid]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        """The program that runs; another cannot be started."""
        return self._app

    @staticmethod
    def cleanup() -> None:
        """Nothing is left over."""

    def __iter__(self) -> Iterator[App]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self._app


class App(base_classes.App):
    """LibreOffice."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self._status: Any = None

    @property
    def engine(self) -> Engine:
        """The engine of this program."""
        return Engine(self.context)

    @property
    def api(self) -> Any:
        """LibreOffice's component context."""
        return self.context

    @property
    def pid(self) -> int:
        """This process: in process, or as the one that holds the connection."""
        return os.getpid()

    @property
    def version(self) -> str:
        """That of an Excel that can do what LibreOffice can."""
        return _VERSION

    @property
    def visible(self) -> bool:
        """Windows show or hide themselves."""
        return True

    @visible.setter
    def visible(self, visible: bool) -> None:
        pass

    @property
    def books(self) -> Books:
        """The open spreadsheet documents."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells of the document in front, ``None`` where no cells are selected."""
        document = desktop(self.context).getCurrentComponent()
        return None if document is None else selection_of(Book(self, document))

    def activate(self, steal_focus: bool = False) -> None:
        """It comes to the front with a document of its own."""

    def _documents(self) -> list[Any]:
        return list(spreadsheets(self.context))

    @property
    def screen_updating(self) -> bool:
        """Whether every document is drawn as it changes."""
        return not any(document.hasControllersLocked() for document in self._documents())

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        for document in self._documents():
            locked = document.hasControllersLocked()
            if value and locked:
                document.unlockControllers()
            elif not value and not locked:
                document.lockControllers()

    enable_events = True
    display_alerts = True

    @property
    def calculation(self) -> str:
        """``automatic`` or ``manual``."""
        return "automatic" if all(each.isAutomaticCalculationEnabled() for each in self._documents()) else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for document in self._documents():
            document.enableAutomaticCalculation(value == "automatic")

    @property
    def status_bar(self) -> Any:
        """``False``: LibreOffice's own."""
        return False

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        document = desktop(self.context).getCurrentComponent()
        if self._status is not None:
            self._status.end()
            self._status = None
        if document is not None and isinstance(value, str):
            self._status = document.CurrentController.Frame.createStatusIndicator()
            self._status.start(value, 0)

    def alert(self, prompt: str, title: str | None, buttons: str | None, mode: str | None, callback: Any) -> str:
        """A message box with one button."""
        window = desktop(self.context).getCurrentFrame().ContainerWindow
        kind = enum("awt.MessageBoxType", {"critical": "ERRORBOX"}.get(mode or "", "INFOBOX"))
        window.Toolkit.createMessageBox(window, kind, 1, title or "", prompt).execute()
        return "ok"


class Books(base_classes.Books):
    """The open spreadsheet documents."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def active(self) -> Book:
        """The document in front."""
        document = desktop(self.app.context).getCurrentComponent()
        return Book(self.app, document) if document is not None else next(iter(self))

    def __iter__(self) -> Iterator[Book]:
        for document in spreadsheets(self.app.context):
            yield Book(self.app, document)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Book:
        """A book by name or by number, from 1."""
        books = list(self)
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        for book in books:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def add(self) -> Book:
        """A new workbook, not saved yet."""
        return self._load("private:factory/scalc")

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        """Open a file."""
        return self._load(Path(fullname).resolve().as_uri())

    def _load(self, url: str) -> Book:
        # Hidden=True would lose what the file says of panes and scroll positions
        document = desktop(self.app.context).loadComponentFromURL(url, "_blank", 0, properties(Hidden=False))
        if document is None:
            raise OSError(url)
        return Book(self.app, document)


class Book(base_classes.Book):
    """A spreadsheet document."""

    def __init__(self, app: App, document: Any) -> None:
        self._app = app
        self.document = document
        self._sheets = Sheets(self)

    @property
    def app(self) -> App:
        """The program that has it open."""
        return self._app

    @property
    def api(self) -> Any:
        """LibreOffice's document."""
        return self.document

    @property
    def name(self) -> str:
        """The file's name, or the title of a document never saved."""
        path = self.fullname
        return os.path.basename(path) if self.document.getURL() else path

    @property
    def fullname(self) -> str:
        """The path, or the title of a document never saved."""
        url = self.document.getURL()
        return str(uno_module().fileUrlToSystemPath(url)) if url.startswith("file:") else url or self.document.Title

    @property
    def sheets(self) -> Sheets:
        """The sheets in the order of their tabs."""
        return self._sheets

    def activate(self) -> None:
        """Bring it to the front."""
        self.document.CurrentController.Frame.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save it where it is, or as an .xlsx or .xls file at ``path``."""
        if path is None:
            self.document.store()
            return
        kind = "MS Excel 97" if path.lower().endswith(".xls") else "Calc MS Excel 2007 XML"
        self.document.storeAsURL(Path(path).resolve().as_uri(), properties(FilterName=kind))

    def close(self) -> None:
        """Close it without saving."""
        with suppress(Exception):  # closed already, or vetoed where something else still holds it
            self.document.setModified(False)
            self.document.close(True)


def selection_of(book: Book) -> Range | None:
    """The selected cells of a document; the first area of several."""
    controller = book.document.CurrentController
    selected = controller.getSelection()
    if selected is None or not hasattr(selected, "supportsService"):
        return None
    if selected.supportsService("com.sun.star.sheet.SheetCellRanges"):
        selected = selected.getByIndex(0) if selected.Count else None
    if selected is None or not selected.supportsService("com.sun.star.sheet.SheetCellRange"):
        return None
    return Range(Sheet(book, selected.Spreadsheet), selected)


