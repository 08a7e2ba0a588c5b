"""The notes of an open workbook as texts by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from gouji.hosts.live.program import Program
from gouji.hosts.note_text import box_size
from gouji.sheet import Area, CellRef

if TYPE_CHECKING:
    from xlwings import Book, Note, Sheet


class LiveNotes:
    """``NoteCells`` over a book; ``only`` names the sheets whose notes count, all of them where it is ``None``.

    ``refused`` are the cells whose note could not be written, ``written`` how many could.
    """

    def __init__(self, book: Book, program: Program, only: Collection[str] | None = None) -> None:
        self._program = program
        self._sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in book.sheets}
        self._only = self._sheets.keys() if only is None else only
        self.refused: list[CellRef] = []
        self.written = 0

    def sheets(self) -> list[str]:
        """The names of the sheets in the order of their tabs."""
        return list(self._sheets)

    def area_at(self, cell: CellRef) -> Area:
        """The merged area around a cell, or the cell as an area."""
        around = self._sheets[cell.sheet].range((cell.row, cell.column)).merge_area
        rows, columns = around.shape
        return Area(around.row, around.column, around.row + rows - 1, around.column + columns - 1)

    def shown_at(self, cell: CellRef) -> CellRef:
        """The top left of the merged area around a cell."""
        return CellRef(cell.sheet, *self.area_at(cell)[:2])

    @cached_property
    def _notes(self) -> dict[CellRef, tuple[str, Note]]:
        return {
            CellRef(name, (at := note.location).row, at.column): (note.text, note)
            for name, sheet in self._sheets.items()
            if name in self._only
            for note in sheet.notes
        }

    def texts(self) -> dict[CellRef, str]:
        """Every note there is."""
        return {cell: text for cell, (text, _) in self._notes.items()}

    def write(self, changed: Iterable[tuple[CellRef, str]]) -> None:
        """Make these notes read so; what a sheet refuses is kept in ``refused``."""
        open_to: dict[str, bool] = {}
        for cell, text in changed:
            if cell.sheet not in open_to:
                open_to[cell.sheet] = self._program.takes_notes(self._sheets[cell.sheet])
            if not open_to[cell.sheet] or not self._written(cell, text):
                self.refused.append(cell)
            else:
                self.written += 1

    def _written(self, cell: CellRef, text: str) -> bool:
        """Whether the program took it. Its errors (COM, Apple events, UNO) have no class in common to name here."""
        try:
            self._put(cell, text)
        except Exception:
            return False
        return True

    def _put(self, cell: CellRef, text: str) -> None:
        _, note = self._notes.get(cell, ("", None))
        if note is None:
            note = self._sheets[cell.sheet].range((cell.row, cell.column)).add_note(text)
        elif text:
            note.text = text
        else:
            note.delete()
            return
        self._program.fit(note, *box_size(text))
