"""A Word package gone through in reading order: passages of text with the elements that print them, and tables.

After a paragraph come its text boxes, then its footnotes; headers and footers of the pages come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gouji.hosts.package.markup import damaged
from gouji.hosts.package.parts import Parts, related, relations
from gouji.hosts.package.spans import Element
from gouji.hosts.word.headings import heading_levels, heading_of
from gouji.hosts.word.names import flag, is_word, value
from gouji.hosts.word.pieces import Line, Piece, Reader, alternatives
from gouji.hosts.word.tables import Grid, grid_of
from gouji.sheet import Cell, CellKind, Sheet

_BLOCKS = frozenset({"sdt", "sdtContent", "customXml", "AlternateContent"})
_ABOVE, _LONGEST_TITLE = 8, 60
Remark = tuple[str, str]
_CHUNK: Remark = (
    "文档里嵌有另一份文件（altChunk），其中的文字没有读到；请在 Word 中打开并另存一次。",
    "the document embeds another file (altChunk) whose text was not read; open it in Word and save it once.",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph. ``element`` is its w:p when it stands in the body.

    Else it is ``None``, and a comment goes to ``place``, the run of the body that its box or note hangs on, or, for
    the headers of pages, to the first passage of the body.
    """

    pieces: tuple[Piece, ...]
    heading: int | None
    element: Element | None
    place: Element | None = None

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Scan:
    """All passages and tables of a document."""

    passages: list[Passage] = field(default_factory=list)
    tables: list[Sheet] = field(default_factory=list)
    cells: list[Mapping[tuple[int, int], Sequence[Line]]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def scan(parts: Parts) -> Scan:
    """Go through the document. Raises WorkbookError when a part is damaged or holds no body."""
    main = document_part(parts)
    body = parts.tree(main).child("body")
    if body is None or not is_word(body):
        raise damaged(main, "没有正文（w:body）", "it has no body (w:body)")
    found = Scan()
    try:
        _Walk(parts, main, found).blocks(body)
        for name in _page_parts(parts, main):
            _Walk(parts, name, found, outside=True).blocks(parts.tree(name))
    except RecursionError:
        raise damaged(main, "嵌套过深", "it is nested too deeply") from None
    return found


def document_part(parts: Parts) -> str:
    """The name of the main part."""
    return related(parts, "", "officeDocument") or "word/document.xml"


def _page_parts(parts: Parts, main: str) -> Iterator[str]:
    for kind in ("header", "footer"):
        listed = (each.target for each in relations(parts, main) if each.kind == kind)
        yield from dict.fromkeys(name for name in listed if name in parts)


class _Walk:
    """Goes through one part; ``outside``: comments cannot stand in it, they go to the run ``place`` of the body."""

    def __init__(
        self, parts: Parts, name: str, found: Scan, *, outside: bool = False, place: Element | None = None
    ) -> None:
        self.parts, self.name, self.found = parts, name, found
        self.outside, self.place = outside, place
        self.reader = Reader()
        self.levels = heading_levels(parts, document_part(parts))
        self.above: list[str] = []
        self.held: list[Piece] = []

    def blocks(self, holder: Element) -> None:
        """The paragraphs and tables in an element."""
        for block in _blocks(holder):
            if block.name == "p":
                self.paragraph(block)
            elif block.name == "tbl":
                self.table(block)
            else:
                self.found.remarks.append(_CHUNK)

    def paragraph(self, paragraph: Element) -> None:
        """One w:p; where its end was deleted by a tracked change, the next one carries on."""
        line = self.reader.line(paragraph)
        self.held += line.pieces
        if not _end_deleted(paragraph):
            pieces, self.held = tuple(self.held), []
            element = None if self.outside else paragraph
            passage = Passage(pieces, heading_of(paragraph, self.levels), element, self.place)
            self.found.passages.append(passage)
            self.above.append(passage.text.strip())
        self.attached(line)

    def attached(self, line: Line) -> None:
        """The text boxes and the notes that hang on a line."""
        for run, box in line.boxes:
            self._outside(run).blocks(box)
        for run, reference in line.references:
            kind = reference.name.removesuffix("Reference")
            if note := self._note(kind, value(reference, "id")):
                self._outside(run).blocks(note)

    def _outside(self, run: Element) -> _Walk:
        """For what hangs on a run: comments on it stand around that run."""
        place = self.place or (None if self.outside else run)
        return _Walk(self.parts, self.name, self.found, outside=True, place=place)

    def _note(self, kind: str, number: str | None) -> Element | None:
        part = related(self.parts, self.name, f"{kind}s")
        listed = self.parts.tree(part).named(kind) if part else []
        return next((note for note in listed if value(note, "id") == number), None)

    def table(self, table: Element) -> None:
        """One w:tbl; a single cell is a frame around paragraphs and no table."""
        grid = grid_of(table)
        if len(grid.cells) == 1:
            self.blocks(grid.cells[0].element)
            return
        place = len(self.found.tables)
        self.found.tables.append(Sheet("", {}))
        self.found.cells.append({})
        header = "\n".join(_title_lines(self.above))
        self.above = []
        lines = {cell.place: self._cell(cell.element) for cell in grid.cells}
        self.found.tables[place] = _sheet(f"表{place + 1}", grid, lines, header)
        self.found.cells[place] = lines

    def _cell(self, cell: Element) -> list[Line]:
        lines = []
        for block in _blocks(cell):
            if block.name == "p":
                lines.append(self.reader.line(block))
            elif block.name == "tbl":
                self.table(block)
        for line in lines:
            self.attached(line)
        return lines


def _blocks(holder: Element) -> Iterator[Element]:
    for child in holder.children:
        if child.name in ("p", "tbl", "altChunk") and is_word(child):
            yield child
        elif child.name in _BLOCKS:
            for each in alternatives(child) if child.name == "AlternateContent" else [child]:
                yield from _blocks(each)


def _end_deleted(paragraph: Element) -> bool:
    properties = paragraph.child("pPr")
    mark = properties.child("rPr") if properties else None
    return mark is not None and flag(mark, "del")


def _title_lines(above: Sequence[str]) -> list[str]:
    """What is printed over a table: the short lines just before it, title, unit of money and the like."""
    lines: list[str] = []
    for text in reversed(above):
        if len(text) > _LONGEST_TITLE or text.endswith(("。", "；")) or len(lines) == _ABOVE:
            break
        lines += [text] if text else []
    return lines[::-1]


def _sheet(name: str, grid: Grid, lines: Mapping[tuple[int, int], Sequence[Line]], header: str) -> Sheet:
    texts = {place: "\n".join("".join(p.text for p in line.pieces) for line in lines[place]) for place in lines}
    cells = {place: Cell(CellKind.TEXT, text.strip()) for place, text in texts.items() if text.strip()}
    return Sheet(name, cells, grid.merged, header=header)
