"""The host of a workbook that is open in Excel or LibreOffice; saving it stays the person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from gouji.hosts import blocks
from gouji.hosts.live.colours import set_colours
from gouji.hosts.live.notes import LiveNotes
from gouji.hosts.live.program import Program, program_of
from gouji.hosts.live.quiet import quiet
from gouji.hosts.live.results import our_sheets, set_results
from gouji.hosts.looks import renamed_remark
from gouji.hosts.note_cells import set_notes
from gouji.hosts.note_text import one_a_cell
from gouji.hosts.protocol import CellNote, ResultSheet, WriteOutcome
from gouji.sheet import Book, CellRef

if TYPE_CHECKING:
    import xlwings


class LiveHost:
    """An open workbook. ``only`` names the sheets that are written to, all where it is ``None``; all are read."""

    def __init__(
        self, book: xlwings.Book, *, only: Collection[str] | None = None, program: Program | None = None
    ) -> None:
        self.book = book
        self.only = only
        self.program = program or program_of(book)

    def read(self) -> Book:
        """The workbook as plain values, a few calls a sheet; our own sheet of results is left out."""
        ours = {sheet.name for sheet in our_sheets(self.book, self.program)}
        read = [self.program.block(sheet) for sheet in self.book.sheets if sheet.name not in ours]
        return blocks.book_of(self.book.name, read, date1904=self.program.date1904(self.book))

    def annotate(
        self, notes: Sequence[CellNote], *, highlight: bool = False, result_sheet: ResultSheet | None = None
    ) -> WriteOutcome:
        """Make our notes, colours and results exactly these, writing only what changes.

        A protected sheet takes none: the remarks say which, and the other sheets are written. With ``only``, the
        sheet of results stays as it is. Raises ``WorkbookError``, and changes nothing, when a sheet is not there.
        """
        cells = LiveNotes(self.book, self.program, self.only)
        mine = [note for note in notes if self.only is None or note.cell.sheet in self.only]
        with quiet(self.book, self.program):
            outcome = set_notes(cells, mine)
            coloured = self._colour(mine if highlight else (), cells)
            name = None if self.only is not None else set_results(self.book, self.program, result_sheet)
        noted = tuple(cell for cell in outcome.noted if cell not in cells.refused)
        kept = [cell for cell in cells.refused if cell not in outcome.noted]
        remarks = [*_refusals(cells.refused), *(renamed_remark(name) if result_sheet and name else ())]
        return WriteOutcome(
            None, None, noted, outcome.removed - len(kept), bool(cells.written or coloured or name), tuple(remarks)
        )

    def clear(self) -> WriteOutcome:
        """Remove everything of ours and nothing else."""
        return self.annotate([])

    def _colour(self, notes: Sequence[CellNote], cells: LiveNotes) -> bool:
        """Colour the cells of these notes; on sheets that take notes."""
        flagged = one_a_cell(notes, cells.shown_at)
        wanted = {(cell.sheet, cells.area_at(cell)): note.severity for cell, note in flagged.items()}
        return set_colours(self.book, self.program, wanted, self.only)


def _refusals(refused: Sequence[CellRef]) -> list[tuple[str, str]]:
    """Which sheets took no notes, and what to do."""
    return [
        (
            f"工作表“{sheet}”受保护，{number} 个单元格的批注没有更新。请先撤销工作表保护（“审阅”→“撤销工作表保护”），再点审核。",
            f"Sheet {sheet} is protected: the notes of {number} cells were not updated. Unprotect it "
            "(Review, Unprotect Sheet) and check again.",
        )
        for sheet, number in Counter(cell.sheet for cell in refused).items()
    ]
