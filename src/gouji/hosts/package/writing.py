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
from gouji.hosts.package import locks, notes, result_sheet, threads
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.grid import layout
from gouji.hosts.package.parts import Parts, SheetPart, sheets
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
    return edit.finish(_Target(path, out, backup), noted)


def clear_package(path: Path, *, out: Path | None = None, backup: bool = True) -> WriteOutcome:
    """Remove everything of ours from the file (or write the cleared copy ``out``); errors as in annotating."""
    edit = _Edit.begin(Archive.open(path))
    return edit.finish(_Target(path, out, backup, clearing=True), ())


@dataclass(frozen=True, slots=True)
class _Target:
    path: Path
    out: Path | None
    backup: bool
    clearing: bool = False


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

    def finish(self, target: _Target, noted: tuple[CellRef, ...]) -> WriteOutcome:
        """Write what changed, if anything did or a copy is wanted."""
        changed, added, removed = self.parts.differences()
        differs = bool(changed or added or removed)
        removed_notes = len(self.carried - set(noted))
        content = self.archive.rewrite(changed, added, removed) if differs else self.archive.data
        in_place = target.out is None or _same_file(target.out, target.path)
        if differs:
            self._mind_signature(target, in_place)
        where = target.path if target.out is None else target.out
        kept = None
        if differs or not in_place:
            real = where.resolve()
            locks.refuse_unwritable(real)
            if in_place:
                locks.refuse_changed(real, self.archive.state)
            if in_place and target.backup:
                kept = locks.keep_original(real, self.archive.data)
            locks.write_atomically(real, content, like=real if real.exists() else target.path)
        return WriteOutcome(where, kept, noted, removed_notes, differs, tuple(self.remarks))

    def _mind_signature(self, target: _Target, in_place: bool) -> None:
        """A digital signature covers the parts; people must not lose it without being told."""
        if target.clearing or not any(name.startswith("_xmlsignatures/") for name in self.archive.names):
            return
        if in_place:
            raise WorkbookError(
                f"{self.archive.label} 带有数字签名，写入批注会使签名失效，未写入。请用 -o 写到副本。",
                f"{self.archive.label} is digitally signed and notes would break the signature; "
                "nothing was written. Write a copy with -o.",
            )
        self.remarks.append(
            ("原文件带有数字签名，副本中的签名不再有效；clear 之后恢复。",
             "the original is digitally signed; the signature does not hold for the copy until it is cleared.")
        )  # fmt: skip


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


def _same_file(one: Path, other: Path) -> bool:
    return one.exists() and one.samefile(other)
