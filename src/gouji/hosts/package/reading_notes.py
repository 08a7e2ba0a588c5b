"""The comments part of a sheet: notes with their authors."""

from __future__ import annotations

from gouji.hosts.package.markup import damaged, names, parse, unescaped
from gouji.sheet import Note, column_number

_NAMES = names("author", "comment", "t", "rPh")
_DIGITS = "0123456789"


def read_comments(data: bytes, part: str) -> tuple[Note, ...]:
    """Every note in file order; rich text joined. A threaded comment shows the text kept for older programs."""
    reader = _CommentsReader(part)
    parse(data, part, reader.start, reader.end, reader.buffer.append, _NAMES)
    return tuple(reader.notes)


class _CommentsReader:
    def __init__(self, part: str) -> None:
        self.part = part
        self.buffer: list[str] = []
        self.authors: list[str] = []
        self.notes: list[Note] = []
        self.pieces: list[str] = []
        self.attributes: dict[str, str] = {}
        self.phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("<t>", "<author>"):
            self.buffer.clear()
        elif name == "<comment>":
            self.attributes = attributes
            self.pieces.clear()
        elif name == "<rPh>":
            self.phonetic = True

    def end(self, name: str) -> None:
        if name == "<t>":
            if not self.phonetic:
                self.pieces.extend(self.buffer)
        elif name == "<author>":
            self.authors.append(unescaped("".join(self.buffer)))
        elif name == "<comment>":
            self.notes.append(self._note())
        elif name == "<rPh>":
            self.phonetic = False

    def _note(self) -> Note:
        reference = self.attributes.get("ref", "").partition(":")[0]
        letters = reference.rstrip(_DIGITS)
        digits = reference[len(letters) :]
        if not (letters.isascii() and letters.isalpha() and digits):
            raise damaged(self.part, f"不可能的单元格 {reference}", f"impossible cell {reference}")
        author = int(self.attributes.get("authorId", "-1"))
        known = 0 <= author < len(self.authors)
        return Note(
            int(digits),
            column_number(letters.upper()),
            unescaped("".join(self.pieces)),
            self.authors[author] if known else "",
        )
