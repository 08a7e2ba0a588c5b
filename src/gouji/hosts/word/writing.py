"""Comments of ours written into a Word document and taken out; every other part stays to the byte.

As for workbooks, both begin by taking out everything of ours: annotating twice changes nothing, clearing gives the
document back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.document import Span, SpanNote
from gouji.errors import WorkbookError
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.markup import damaged
from gouji.hosts.package.parts import Parts
from gouji.hosts.package.refusals import DOCUMENT
from gouji.hosts.package.saving import Target, save
from gouji.hosts.package.spans import Edits
from gouji.hosts.protocol import MARKER, CellNote, WriteOutcome
from gouji.hosts.word.comments import Stripped, add_comments, comment_ids, strip_comments
from gouji.hosts.word.marking import Stretch, put_marks, strip_marks
from gouji.hosts.word.names import value
from gouji.hosts.word.reading import PLAIN
from gouji.hosts.word.scanning import Passage, Scan, document_part, scan
from gouji.sheet import CellRef

_ELSEWHERE = (
    "文本框、脚注、页眉页脚里的文字不能加批注，意见写在它们所在之处的正文上。",
    "Comments cannot stand in text boxes, notes and page headers; they were put on the text these belong to.",
)


def annotate_document(
    path: Path, notes: Sequence[SpanNote | CellNote], *, out: Path | None = None, backup: bool = True
) -> WriteOutcome:
    """Make our comments in a .docx (or in the copy ``out``) exactly ``notes``; people's own stay.

    A ``CellNote`` stands on a cell of a table of the document (``表1``, ``表2`` …). Raises WorkbookError, and writes
    nothing, when the file is no Word document, cannot be written, is open elsewhere, was changed meanwhile or is
    digitally signed and would be changed in place; ``ValueError`` for a paragraph that does not start with ``MARKER``.
    """
    edit = _Edit.begin(path)
    noted = edit.write(_merged(notes))
    return edit.finish(Target(path, out, backup), noted)


def clear_document(path: Path, *, out: Path | None = None, backup: bool = True) -> WriteOutcome:
    """Remove everything of ours from the file (or write the cleared copy ``out``); errors as in annotating."""
    return _Edit.begin(path).finish(Target(path, out, backup, clearing=True), {})


_Place = Span | CellRef


def _merged(notes: Iterable[SpanNote | CellNote]) -> dict[_Place, tuple[str, ...]]:
    """The paragraphs by place, in the order of the notes, each once."""
    merged: dict[_Place, tuple[str, ...]] = {}
    for note in notes:
        if not all(paragraph.startswith(MARKER) for paragraph in note.paragraphs):
            raise ValueError(f"every paragraph must start with {MARKER}")
        place: _Place = note.span if isinstance(note, SpanNote) else note.cell
        merged[place] = tuple(dict.fromkeys((*merged.get(place, ()), *note.paragraphs)))
    return {place: paragraphs for place, paragraphs in merged.items() if paragraphs}


@dataclass(slots=True)
class _Edit:
    """A document from which ours has been taken out, and what was there."""

    archive: Archive
    parts: Parts
    main: str
    before: Stripped
    remarks: list[tuple[str, str]]

    @classmethod
    def begin(cls, path: Path) -> _Edit:
        """Take everything of ours out of the document."""
        if path.suffix.lower() in PLAIN:
            raise WorkbookError(
                f"{path.name} 是纯文本，不能写批注；请给出 .docx，或用 gouji validate 看结果。",
                f"{path.name} is plain text and takes no comments; name a .docx, or see the results of gouji validate.",
            )
        archive = Archive.open(path, DOCUMENT)
        parts = Parts(archive)
        main = document_part(parts)
        before = strip_comments(parts, main)
        root = parts.tree(main)
        edits = Edits(root.data)
        try:
            strip_marks(edits, root, before.ids)
        except RecursionError:
            raise damaged(main, "嵌套过深", "it is nested too deeply") from None
        parts.edit(main, edits)
        return cls(archive, parts, main, before, [])

    def write(self, notes: dict[_Place, tuple[str, ...]]) -> dict[_Place, str]:
        """Write the notes; their texts by place."""
        if not notes:
            return {}
        found = scan(self.parts)
        first = self._first_free()
        numbered = list(enumerate(notes, first))
        stretches = [(number, self._stretch(found, place)) for number, place in numbered]
        root = self.parts.tree(self.main)
        self.parts.write(self.main, put_marks(root.data, root, stretches))
        add_comments(self.parts, self.main, [(number, notes[place]) for number, place in numbered])
        return {place: "\n".join(paragraphs) for place, paragraphs in notes.items()}

    def _first_free(self) -> int:
        """The least id above those of all comments."""
        root = self.parts.tree(self.main)
        named = {value(each, "id") or "" for each in root.walk() if each.name.startswith("comment")}
        known = named | comment_ids(self.parts, self.main)
        return max((int(text) for text in known if text.isdecimal()), default=-1) + 1

    def _stretch(self, found: Scan, place: _Place) -> Stretch:
        if isinstance(place, CellRef):
            return self._cell(found, place)
        if not 0 <= place.paragraph < len(found.passages):
            raise self._changed()
        passage = found.passages[place.paragraph]
        length = len(passage.text)
        if not 0 <= place.start <= place.end <= length:
            raise self._changed()
        if passage.element is None:
            self.remarks = [_ELSEWHERE]
            return self._around(found, passage)
        span = (place.start, place.end) if place.start < place.end else (0, length)
        return Stretch(passage.pieces if length else (), *span, passage.element)

    def _around(self, found: Scan, passage: Passage) -> Stretch:
        """What stands in the body for a passage that does not."""
        if passage.place is not None:
            return Stretch((), 0, 0, passage.place)
        body = [each for each in found.passages if each.element is not None]
        first = next((each for each in body if each.text), next(iter(body), None))
        if first is None or first.element is None:
            raise self._changed()
        return Stretch(first.pieces if first.text else (), 0, len(first.text), first.element)

    def _cell(self, found: Scan, cell: CellRef) -> Stretch:
        named = {sheet.name: lines for sheet, lines in zip(found.tables, found.cells, strict=True)}
        lines = named.get(cell.sheet, {}).get((cell.row, cell.column), ())
        if not lines:
            raise self._changed()
        pieces = tuple(piece for line in lines for piece in line.pieces if piece.text)
        return Stretch(pieces, 0, sum(len(piece.text) for piece in pieces), lines[0].paragraph)

    def _changed(self) -> WorkbookError:
        return WorkbookError(
            f"{self.archive.label} 中没有要加批注的文字，文件可能已改动，未写入。请重新审核该文件。",
            f"{self.archive.label} lacks the words to be annotated, it may have changed; "
            "nothing was written. Validate the file again.",
        )

    def finish(self, target: Target, noted: dict[_Place, str]) -> WriteOutcome:
        """Write what changed, if anything did or a copy is wanted."""
        saved = save(self.archive, self.parts, target)
        removed = (self.before.texts - Counter(noted.values())).total()
        remarks = (*self.remarks, *saved.remarks)
        cells = tuple(place for place in noted if isinstance(place, CellRef))
        words = tuple(place for place in noted if isinstance(place, Span))
        return WriteOutcome(saved.path, saved.backup, cells, removed, saved.changed, remarks, words)
