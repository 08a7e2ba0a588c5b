"""The host of a workbook that is open in Excel or LibreOffice; saving it stays the person's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from gouji.hosts import blocks
from gouji.hosts.live.colours import Coloured, set_colours
from gouji.hosts.live.notes import LiveNotes, Reason
from gouji.hosts.live.program import Program, is_hidden, program_of
from gouji.hosts.live.quiet import Quiet
from gouji.hosts.live.results import our_sheets, set_results
from gouji.hosts.looks import renamed_remark
from gouji.hosts.note_cells import set_notes
from gouji.hosts.note_text import one_a_cell, our_ranges
from gouji.hosts.protocol import CellNote, ResultSheet, WriteOutcome
from gouji.sheet import Book, CellRef

if TYPE_CHECKING:
    import xlwings


_UNCOLOURED = (
    "有工作表受保护，程序不让加底色；批注不受影响。",
    "A sheet is protected, so that the program lets no cell be coloured; notes are not concerned.",
)


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
        with Quiet(self.book, self.program):
            outcome = set_notes(cells, mine)
            coloured = self._colour(mine if highlight else (), cells)
            name = None if self.only is not None else set_results(self.book, self.program, result_sheet)
        noted = tuple(cell for cell in outcome.noted if cell not in cells.refused)
        kept = [cell for cell in cells.refused if cell not in outcome.noted]
        remarks = [
            *_refusals(cells.refused),
            *([_UNCOLOURED] if coloured.refused else ()),
            *(renamed_remark(name) if result_sheet and name else ()),
        ]
        changed = bool(cells.written or coloured.changed or name)
        return WriteOutcome(None, None, noted, outcome.removed - len(kept), changed, tuple(remarks))

    def clear(self) -> WriteOutcome:
        """Remove everything of ours and nothing else."""
        return self.annotate([])

    def has_results(self) -> bool:
        """Whether there is a sheet of results of ours."""
        return any(True for _ in our_sheets(self.book, self.program))

    def show_results(self) -> None:
        """Bring the sheet of results to the front."""
        for sheet in our_sheets(self.book, self.program):
            sheet.activate()

    def flagged(self) -> dict[CellRef, str]:
        """Our paragraphs by cell, in the order of the sheets, rows and columns."""
        order = {name: number for number, name in enumerate(self.sheet_names())}
        found = {
            cell: "".join(text[start:end] for start, end in ranges).strip("\n")
            for cell, text in LiveNotes(self.book, self.program).texts().items()
            if (ranges := our_ranges(text))
        }
        return dict(sorted(found.items(), key=lambda each: (order[each[0].sheet], each[0])))

    def sheet_names(self) -> list[str]:
        """In the order of the tabs."""
        return [sheet.name for sheet in self.book.sheets]

    def hidden_sheets(self) -> set[str]:
        """The sheets that are not shown, however deeply hidden."""
        return {sheet.name for sheet in self.book.sheets if is_hidden(sheet)}

    def selected(self) -> CellRef | None:
        """The first selected cell, ``None`` where no cells are selected."""
        cells = self.book.selection
        return None if cells is None else CellRef(cells.sheet.name, cells.row, cells.column)

    def select(self, cell: CellRef) -> bool:
        """Select a cell and show its sheet; whether its row is hidden or filtered out."""
        sheet = self.book.sheets[cell.sheet]
        sheet.activate()
        cells = sheet.range((cell.row, cell.column))
        cells.select()
        return self.program.row_hidden(cells)

    def _colour(self, notes: Sequence[CellNote], cells: LiveNotes) -> Coloured:
        """Colour the cells of these notes; on sheets that take notes."""
        flagged = one_a_cell(notes, cells.shown_at)
        wanted = {(cell.sheet, cells.area_at(cell)): note.severity for cell, note in flagged.items()}
        return set_colours(self.book, self.program, wanted, self.only)


_REFUSED: dict[Reason, Callable[[str, int], tuple[str, str]]] = {
    "protected": lambda sheet, number: (
        f"工作表“{sheet}”受保护，{number} 个单元格的批注没有更新。"
        "请先撤销工作表保护（“审阅”→“撤销工作表保护”），再点审核。",
        f"Sheet {sheet} is protected: the notes of {number} cells were not updated. Unprotect it "
        "(Review, Unprotect Sheet) and check again.",
    ),
    "thread": lambda sheet, number: (
        f"工作表“{sheet}”有 {number} 个单元格已有会话式批注，同一格写不下勾稽的批注，没有动它。"
        "问题见结果表或导出的报告；把会话删去或移走后再点审核，就写上。",
        f"On sheet {sheet} {number} cells hold threaded comments, beside which there is no room for a note: they were "
        "left alone. See the sheet of results, or delete the threads and check again.",
    ),
    "fault": lambda sheet, number: (
        f"工作表“{sheet}”有 {number} 个单元格的批注没有写上，程序没有接受。请保存、重新打开工作簿后再点审核。",
        f"On sheet {sheet} the program took no notes in {number} cells. Save the workbook, open it again and check.",
    ),
}


def _refusals(refused: Mapping[CellRef, Reason]) -> list[tuple[str, str]]:
    """Where notes were not written, why, and what to do."""
    counted = Counter((cell.sheet, reason) for cell, reason in refused.items())
    return [_REFUSED[reason](sheet, number) for (sheet, reason), number in counted.items()]
