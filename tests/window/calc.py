"""A workbook in a window of LibreOffice: what a person sees of it and does with it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.addin.office.commands import TOOLBAR
from gouji.addin.office.window import BAR
from gouji.hosts.live.libreoffice.bridge import desktop
from gouji.sheet import CellRef
from tests.programs import needed
from tests.window.desktop import wait_for

Notes = dict[CellRef, str]


@dataclass(frozen=True)
class Window:
    """An open spreadsheet document, and the environment of programs on its screen."""

    document: Any
    environment: Mapping[str, str]

    @property
    def notes(self) -> Notes:
        """Every note of the workbook with its text."""
        return {cell: text for sheet in self.document.Sheets for cell, text in _notes(sheet)}

    def cell(self, cell: CellRef) -> Any:
        """LibreOffice's own cell."""
        return self.document.Sheets.getByName(cell.sheet).getCellByPosition(cell.column - 1, cell.row - 1)

    def write_note(self, cell: CellRef, text: str) -> None:
        """A note by the person."""
        self.cell(cell).Spreadsheet.Annotations.insertNew(self.cell(cell).CellAddress, text)

    def click(self, caption: str) -> None:
        """Click the toolbar's button of that name with the mouse and wait for the bar that says how it ended."""
        controller = self.document.CurrentController
        if controller.hasInfobar(BAR):
            controller.removeInfobar(BAR)
        x, y = wait_for(f"the button {caption}", lambda: self._middle_of(caption))
        self._do("mousemove", str(x), str(y), "click", "1")
        wait_for(f"the end of {caption}", lambda: controller.hasInfobar(BAR))

    def press(self, caption: str, *keys: str, asks: str) -> None:
        """As ``click``, where a window with the title ``asks`` comes first and is answered with keys."""
        controller = self.document.CurrentController
        if controller.hasInfobar(BAR):
            controller.removeInfobar(BAR)
        x, y = wait_for(f"the button {caption}", lambda: self._middle_of(caption))
        self._do("mousemove", str(x), str(y), "click", "1", "search", "--sync", "--onlyvisible", "--name", asks,
                 "windowfocus", "--sync")  # fmt: skip
        self._do("key", *keys)
        wait_for(f"the end of {caption}", lambda: controller.hasInfobar(BAR))

    def type_into(self, cell: CellRef, text: str) -> None:
        """Put the cursor on a cell and type."""
        controller = self.document.CurrentController
        controller.setActiveSheet(self.document.Sheets.getByName(cell.sheet))
        controller.select(self.cell(cell))
        controller.Frame.ComponentWindow.setFocus()
        self._do("type", "--delay", "20", text)
        self._do("key", "Return")

    def picture(self, path: Path) -> None:
        """What is on the screen, as a PNG."""
        subprocess.run([needed("import"), "-window", "root", str(path)], env=self.environment, check=True)

    def settle(self) -> None:
        """Let LibreOffice paint what is still to paint."""
        self.document.CurrentController.Frame.ContainerWindow.Toolkit.processEventsToIdle()

    def _middle_of(self, caption: str) -> tuple[int, int] | None:
        """Where the button is on the screen, once it has been there in the same place twice."""
        before, after = self._found(caption), self._found(caption)
        return after if before == after else None

    def _found(self, caption: str) -> tuple[int, int] | None:
        bar = self.document.CurrentController.Frame.LayoutManager.getElement(TOOLBAR)
        if bar is None:
            return None
        buttons = bar.getRealInterface().getAccessibleContext()
        for number in range(buttons.getAccessibleChildCount()):
            button = buttons.getAccessibleChild(number).getAccessibleContext()
            if button.getAccessibleName() == caption:
                corner, size = button.getLocationOnScreen(), button.getSize()
                return corner.X + size.Width // 2, corner.Y + size.Height // 2
        return None

    def _do(self, *actions: str) -> None:
        subprocess.run([needed("xdotool"), *actions], env=self.environment, check=True)


def opened(context: Any, path: Path, environment: Mapping[str, str]) -> Window:
    """The workbook in a window as large as the screen."""
    document = desktop(context).loadComponentFromURL(path.as_uri(), "_blank", 0, ())
    assert document is not None, f"LibreOffice did not open {path}"
    frame = document.CurrentController.Frame
    wait_for("the window", lambda: frame.getContainerWindow().isVisible())
    frame.getContainerWindow().IsMaximized = True
    return Window(document, environment)


def _notes(sheet: Any) -> Iterator[tuple[CellRef, str]]:
    for note in sheet.Annotations:
        yield CellRef(sheet.Name, note.Position.Row + 1, note.Position.Column + 1), note.String
