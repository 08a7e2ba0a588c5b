"""The notes of an open workbook as texts by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from gouji.hosts.live.program import Program
from gouji.hosts.note_text import box_size
from gouji.sheet import Address, Area, CellRef

Reason: TypeAlias = Literal["protected", "thread", "fault"]
"""Why a note was not written: the sheet is protected, the cell holds a threaded comment, the program failed."""

if TYPE_CHECKING:
    from xlwings import Book, Note, Sheet


class LiveNotes:
    """``NoteCells`` over a book; ``only`` names the sheets whose notes count, all of them where it is ``None``.

    ``refused`` are the cells whose note could not be written, with the reason; ``written`` how many could.
    """

    def __init__(self, book: Book, program: Program, only: Collection[str] | None = None) -> None:
        self._program = program
        self._sheets: dict[str, Sheet] = {sheet.name: sheet for sheet in book.sheets}
        self._only = self._sheets.keys() if only is None else only
        self.refused: dict[CellRef, Reason] = {}
        self._takes_notes = cache(lambda name: program.takes_notes(self._sheets[name]))
        self._threads = cache(lambda name: program.conversations(self._sheets[name]))
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
            if Address(note.location.row, note.location.column) not in self._threads(name)
        }

    def texts(self) -> dict[CellRef, str]:
        """Every note there is."""
        return {cell: text for cell, (text, _) in self._notes.items()}

    def write(self, changed: Iterable[tuple[CellRef, str]]) -> None:
        """Make these notes read so; what a sheet refuses is kept in ``refused``."""
        for cell, text in changed:
            reason = self._hindrance(cell) or self._fault(cell, text)
            if reason is None:
                self.written += 1
            else:
                self.refused[cell] = reason

    def _hindrance(self, cell: CellRef) -> Reason | None:
        if not self._takes_notes(cell.sheet):
            return "protected"
        return "thread" if Address(cell.row, cell.column) in self._threads(cell.sheet) else None

    def _fault(self, cell: CellRef, text: str) -> Reason | None:
        """Whether the program failed. Its errors (COM, Apple events, UNO) have no class in common to name here."""
        try:
            self._put(cell, text)
        except Exception:
            return "fault"
        return None

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
