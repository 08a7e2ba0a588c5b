"""The host of an openpyxl ``Workbook`` that a script holds in memory; saving it stays the script's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.hosts.looks import renamed_remark
from gouji.hosts.memory import colours, results
from gouji.hosts.memory.notes import Comments
from gouji.hosts.memory.reading import read_workbook
from gouji.hosts.note_cells import set_notes
from gouji.hosts.note_text import one_a_cell
from gouji.hosts.protocol import CellNote, ResultSheet, WriteOutcome
from gouji.sheet import Book

if TYPE_CHECKING:
    from openpyxl import Workbook

NAME = "工作簿"
"""What reports call a workbook that has no name."""


class MemoryHost:
    """A workbook in memory; notes are openpyxl comments."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    def read(self) -> Book:
        """The workbook as plain values; see ``read_workbook``."""
        return read_workbook(self.workbook, NAME)

    def annotate(
        self, notes: Sequence[CellNote], *, highlight: bool = False, result_sheet: ResultSheet | None = None
    ) -> WriteOutcome:
        """Make our notes, colours and results exactly these; ``changed`` says whether anything was other before.

        Raises WorkbookError, and changes nothing, when a sheet is not there.
        """
        before = self._added()
        comments = Comments(self.workbook)
        outcome = set_notes(comments, notes)
        results.strip_results(self.workbook)
        colours.strip_colours(self.workbook)
        if highlight:
            flagged = one_a_cell(notes, comments.shown_at)
            colours.colour(
                self.workbook, {(cell.sheet, comments.area_at(cell)): flagged[cell].severity for cell in outcome.noted}
            )
        name = None if result_sheet is None else results.add_results(self.workbook, result_sheet)
        remarks = [] if name is None else renamed_remark(name)
        changed = outcome.changed or self._added() != before
        return replace(outcome, changed=changed, remarks=tuple(remarks))

    def clear(self) -> WriteOutcome:
        """Remove everything of ours and nothing else."""
        return self.annotate([])

    def _added(self) -> tuple[object, ...]:
        """What there is of ours besides notes: the colours, the texts of the result sheet."""
        return colours.colours(self.workbook), results.result_texts(self.workbook)
