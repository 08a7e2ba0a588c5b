"""Our notes in the cells of a workbook in memory; people's own texts stay above them."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.errors import WorkbookError
from gouji.hosts.note_text import answers_carried, note_text, one_a_cell, our_ranges, without_ours
from gouji.hosts.protocol import CellNote, NoteCells, WriteOutcome


def set_notes(cells: NoteCells, notes: Sequence[CellNote]) -> WriteOutcome:
    """Make our notes exactly these, none for none; a note that reads so already is not touched.

    Raises WorkbookError, and writes nothing, when a sheet is not there.
    """
    order = {name: index for index, name in enumerate(cells.sheets())}
    for note in notes:
        if note.cell.sheet not in order:
            raise WorkbookError(
                f"工作簿中没有工作表“{note.cell.sheet}”，未写入。请重新审核。",
                f"The workbook has no worksheet {note.cell.sheet}; nothing was written. Validate it again.",
            )
    merged = one_a_cell(notes, cells.shown_at)
    ours = {cell: note_text(note.paragraphs) for cell, note in merged.items() if note.paragraphs}
    there = cells.texts()
    carried = {cell for cell, text in there.items() if our_ranges(text)}
    answered = {cell: answers_carried(note) for cell, note in merged.items()}
    wanted = {
        cell: _joined(without_ours(there.get(cell, ""), answered.get(cell, ())), ours.get(cell, ""))
        for cell in {*carried, *ours}
    }
    changed = [(cell, text) for cell, text in sorted(wanted.items()) if text != there.get(cell, "")]
    cells.write(changed)
    noted = sorted(ours, key=lambda cell: (order[cell.sheet], cell))
    return WriteOutcome(None, None, tuple(noted), len(carried - ours.keys()), bool(changed))


def _joined(theirs: str, ours: str) -> str:
    return f"{theirs}\n{ours}" if theirs and ours else theirs or ours
