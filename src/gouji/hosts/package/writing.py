"""Annotate and clear a package: our notes become exactly those given, everything else stays to the byte.

Both begin by taking out everything of ours, so that the result depends only on what people put into the file and
on the notes; annotating twice changes nothing, and clearing gives the original parts back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.errors import WorkbookError
from gouji.hosts.looks import renamed_remark
from gouji.hosts.note_text import answers_carried, note_text, one_a_cell
from gouji.hosts.package import highlight as colours
from gouji.hosts.package import notes, result_sheet, threads
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.grid import layout
from gouji.hosts.package.parts import Parts, SheetPart, sheets
from gouji.hosts.package.saving import Target, save
from gouji.hosts.protocol import CellNote, ResultSheet, WriteOutcome
from gouji.packs.model import Severity
from gouji.sheet import Address, CellRef

Remarks = list[tuple[str, str]]


def annotate_package(
    path: Path,
    notes: Sequence[CellNote],
    *,
    out: Path | None = None,
    backup: bool = True,
    highlight: bool = False,
    result_sheet: ResultSheet | None = None,
    opened: Archive | None = None,
) -> WriteOutcome:
    """Make our notes in the file (or in the copy ``out``) exactly ``notes``; people's own stay.

    ``opened`` is the file as it was read before, when it was. Raises WorkbookError, and writes nothing, when the
    file is no workbook, cannot be written, is open elsewhere, was changed since it was read, or is digitally signed
    and would be changed in place.
    """
    edit = _Edit.begin(opened or Archive.open(path), notes)
    placed = edit.placed(notes)
    edit.write_notes(placed)
    if highlight:
        edit.highlight(placed)
    if result_sheet is not None:
        edit.add_result_sheet(result_sheet)
    noted = tuple(
        CellRef(sheet.name, *cell) for sheet, cells in placed for cell in sorted(cells) if cells[cell].paragraphs
    )
    return edit.finish(Target(path, out, backup), noted)


def clear_package(path: Path, *, out: Path | None = None, backup: bool = True) -> WriteOutcome:
    """Remove everything of ours from the file (or write the cleared copy ``out``); errors as in annotating."""
    edit = _Edit.begin(Archive.open(path))
    return edit.finish(Target(path, out, backup, clearing=True), ())


_Placed = list[tuple[SheetPart, dict[Address, CellNote]]]


@dataclass(slots=True)
class _Edit:
    """A package from which ours has been taken out, and what was found on the way."""

    archive: Archive
    parts: Parts
    sheets: list[SheetPart]
    carried: set[CellRef]
    remarks: Remarks

    @classmethod
    def begin(cls, archive: Archive, then: Sequence[CellNote] = ()) -> _Edit:
        """Take everything of ours out of the package; answers that ``then`` says again come out with it."""
        parts = Parts(archive)
        remarks = list(result_sheet.strip_result_sheet(parts))
        listed = [sheet for sheet in sheets(parts) if sheet.kind == "worksheet"]
        carried = set()
        for sheet in listed:
            answered = {
                Address(note.cell.row, note.cell.column): answers_carried(note)
                for note in then
                if note.cell.sheet == sheet.name
            }
            cells = notes.strip_notes(parts, sheet, answered) | threads.strip_replies(parts, sheet)
            carried |= {CellRef(sheet.name, *cell) for cell in cells}
        threads.strip_person(parts)
        colours.strip_highlight(parts, listed)
        return cls(archive, parts, listed, carried, remarks)

    def placed(self, given: Sequence[CellNote]) -> _Placed:
        """The notes by sheet and cell, those on merged areas at the top left."""
        by_name: dict[str, list[CellNote]] = {}
        for note in given:
            by_name.setdefault(note.cell.sheet, []).append(note)
        for name in by_name.keys() - {sheet.name for sheet in self.sheets}:
            raise WorkbookError(
                f"{self.archive.label} 中没有工作表“{name}”，未写入。请重新审核该文件。",
                f"{self.archive.label} has no worksheet {name}; nothing was written. Validate the file again.",
            )
        noted = [sheet for sheet in self.sheets if sheet.name in by_name]
        return [(sheet, self._gathered(sheet, by_name[sheet.name])) for sheet in noted]

    def _gathered(self, sheet: SheetPart, given: list[CellNote]) -> dict[Address, CellNote]:
        grid = self.parts.derived(sheet.part, layout).grid

        def shown_at(cell: CellRef) -> CellRef:
            return CellRef(cell.sheet, *grid.top_left(Address(cell.row, cell.column)))

        merged = one_a_cell(given, shown_at)
        return {Address(cell.row, cell.column): note for cell, note in merged.items()}

    def write_notes(self, placed: _Placed) -> None:
        """Write the notes and say what is special about them."""
        blocks = notes.taken_blocks(self.parts)
        for sheet, cells in placed:
            texts = {cell: note_text(note.paragraphs) for cell, note in cells.items() if note.paragraphs}
            if not texts:
                continue
            protected = self.parts.derived(sheet.part, layout).root.child("sheetProtection") is not None
            answered, unanswered = threads.add_replies(self.parts, sheet, texts)
            notes.add_notes(self.parts, sheet, texts, blocks)
            self.remarks += _thread_remarks(sheet, answered, unanswered)
            if protected:
                self.remarks.append(
                    (f"工作表“{sheet.name}”设有保护，批注已写入文件，保护未变。",
                     f"sheet {sheet.name} is protected; the notes were written and the protection is unchanged.")
                )  # fmt: skip

    def highlight(self, placed: _Placed) -> None:
        """Colour the cells that have notes."""
        indices = colours.add_colours(self.parts) if placed else {}
        if indices is None:
            self.remarks.append(("工作簿没有样式，未加底色。", "the workbook has no styles; no cell was coloured."))
            return
        for sheet, cells in placed:
            severities: Mapping[Address, Severity] = {cell: note.severity for cell, note in cells.items()}
            colours.highlight(self.parts, sheet, severities, indices)

    def add_result_sheet(self, content: ResultSheet) -> None:
        """Append the sheet of results."""
        self.remarks += renamed_remark(result_sheet.add_result_sheet(self.parts, content))

    def finish(self, target: Target, noted: tuple[CellRef, ...]) -> WriteOutcome:
        """Write what changed, if anything did or a copy is wanted."""
        saved = save(self.archive, self.parts, target)
        removed = len(self.carried - set(noted))
        remarks = (*self.remarks, *saved.remarks)
        return WriteOutcome(saved.path, saved.backup, noted, removed, saved.changed, remarks)


def _thread_remarks(sheet: SheetPart, answered: set[Address], unanswered: set[Address]) -> Remarks:
    remarks = []
    if answered:
        cells = "、".join(map(str, sorted(answered)))
        remarks.append(
            (f"工作表“{sheet.name}”的 {cells} 已有讨论串批注，意见作为回复写入其中。",
             f"{cells} of sheet {sheet.name} carry threads; the notes are replies in them.")
        )  # fmt: skip
    if unanswered:
        cells = "、".join(map(str, sorted(unanswered)))
        remarks.append(
            (f"工作表“{sheet.name}”的 {cells} 已有讨论串批注但工作簿缺少人员表，意见只在旧式批注中。",
             f"{cells} of sheet {sheet.name} carry threads but the workbook lists no persons; "
             "the notes are in the legacy comment only.")
        )  # fmt: skip
    return remarks
