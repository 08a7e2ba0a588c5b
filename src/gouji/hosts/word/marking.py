r"""Where a comment begins and ends in the document part, to the character, and how that is taken out again.

A comment begins between two runs, or a run is cut in two there. The second half repeats the tags and the properties of
the first, so that taking the inserted bytes out gives the run back. What was cut is told by white space in the end tag
(see ``hosts.package.spans``); a program that saves the file anew loses it, and the halves stay two runs.

======================  ============================================================================
``</w:r >``             a run was cut here; the inserted bytes begin with this tag, or with
``</w:t ></w:r >``      these two when the cut is between two characters
``</w:t  ></w:r >``     as before, and ``xml:space="preserve"`` was added to the tag of this w:t
======================  ============================================================================
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from gouji.hosts.package import spans
from gouji.hosts.package.spans import OPENED, OWN, Edits, Element, tag_name
from gouji.hosts.word.names import attribute_prefix, value
from gouji.hosts.word.pieces import Piece, keeps_space

_RANGES = ("commentRangeStart", "commentRangeEnd")
_PRESERVE = b' xml:space="preserve"'
_CHARACTER = re.compile(rb"&[^;]+;|\r\n|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*")
_BLANK = frozenset(b" \t\r\n")


class Stretch(NamedTuple):
    """What a comment covers: ``pieces`` from character ``start`` to ``end`` of their text, or whole elements.

    Without pieces it stands around ``element``: before and after a run, or inside an empty paragraph.
    """

    pieces: Sequence[Piece]
    start: int
    end: int
    element: Element


class _Place(NamedTuple):
    """A place for a mark. ``run``: it must be cut at ``offset``; ``words``: the w:t to be cut with it."""

    offset: int
    run: Element | None = None
    words: Element | None = None


@dataclass(slots=True)
class _Marks:
    """The comments that end and that begin at a place."""

    place: _Place
    ends: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def put_marks(data: bytes, root: Element, comments: Sequence[tuple[int, Stretch]]) -> bytes:
    """The document part with each comment (by id) marked over its stretch."""
    edits = Edits(data)
    writer = _Writer(data, root)
    marks: dict[int, _Marks] = {}
    empty: dict[int, tuple[Element, bytes]] = {}
    for number, stretch in comments:
        if not stretch.pieces and stretch.element.name == "p":
            _, before = empty.get(stretch.element.start, (stretch.element, b""))
            empty[stretch.element.start] = stretch.element, before + writer.start(number) + writer.end(number)
            continue
        first, last = _ends(stretch)
        marks.setdefault(first.offset, _Marks(first)).starts.append(number)
        marks.setdefault(last.offset, _Marks(last)).ends.append(number)
    for paragraph, content in empty.values():
        edits.append(paragraph, content)
    _insert(edits, writer, [marks[offset] for offset in sorted(marks)])
    return edits.result()


def _insert(edits: Edits, writer: _Writer, marks: Sequence[_Marks]) -> None:
    """Write the marks, in the order of their places; a w:t that is cut at a blank keeps its blanks in all parts."""
    spaced = {each.place.words.start for each in marks if each.place.words and _at_blank(each.place)}
    cut: set[int] = set()
    for each in marks:
        words = each.place.words
        spaces = words is not None and words.start in spaced
        opens = words is not None and spaces and words.start not in cut
        if words is not None:
            cut.add(words.start)
            if opens:
                edits.insert(words.inner - 1, _PRESERVE)
        edits.insert(each.place.offset, writer.marks(each, spaces, OPENED if opens else OWN))


def strip_marks(edits: Edits, root: Element, ours: Collection[str]) -> None:
    """Take out the marks of the comments with these ids and join the runs that were cut for them."""
    for holder in root.walk():
        for index, child in enumerate(holder.children):
            if _is_mark(child, ours):
                edits.remove(child)
            elif child.name == "r":
                for reference in _references(child, ours):
                    edits.remove(reference)
                _join(edits, holder.children, index, ours)
        if holder.name == "p" and all(_is_mark(child, ours) for child in holder.children):
            edits.close_if_opened(holder)


def _join(edits: Edits, siblings: Sequence[Element], index: int, ours: Collection[str]) -> None:
    """Undo the cut at the end of a run, when there is one and both halves are still there."""
    run = siblings[index]
    if spans.mark(edits.data, run) != OWN:
        return
    other = next((each for each in islice(siblings, index + 1, None) if not _is_mark(each, ours)), None)
    if other is None or other.name != "r" or not run.children:
        return
    last = run.children[-1]
    style = other.child("rPr")
    how = spans.mark(edits.data, last) if last.name == "t" else b""
    if how not in (OWN, OPENED):
        edits.replace(run.inner_end, style.end if style else other.inner)
        return
    rest = next((each for each in other.children if each is not style), None)
    if rest is None or rest.name != "t":
        return
    edits.replace(last.inner_end, rest.inner)
    if how == OPENED:
        edits.replace(last.inner - 1 - len(_PRESERVE), last.inner - 1)


def _is_mark(element: Element, ours: Collection[str]) -> bool:
    """Whether an element is there for a comment of ours only."""
    if element.name in _RANGES:
        return value(element, "id") in ours
    if element.name != "r":
        return False
    content = [child for child in element.children if child.name != "rPr"]
    return bool(content) and len(content) == len(_references(element, ours))


def _references(run: Element, ours: Collection[str]) -> list[Element]:
    return [child for child in run.named("commentReference") if value(child, "id") in ours]


def _ends(stretch: Stretch) -> tuple[_Place, _Place]:
    if not stretch.pieces:
        return _Place(stretch.element.start), _Place(stretch.element.end)
    located = list(_located(stretch.pieces))
    first, at = next((piece, at) for piece, at in located if stretch.start < at + len(piece.text))
    last, end = next((piece, at) for piece, at in reversed(located) if at < stretch.end)
    return _place(first, stretch.start - at, back=True), _place(last, stretch.end - end, back=False)


def _located(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int]]:
    at = 0
    for piece in pieces:
        if piece.text:
            yield piece, at
        at += len(piece.text)


def _place(piece: Piece, character: int, *, back: bool) -> _Place:
    """The place before a character of a piece; where it cannot be, ``back`` or forward to the next that can."""
    whole = len(piece.text)
    if 0 < character < whole:
        character = _possible(piece, character, -1 if back else 1)
    if 0 < character < whole:
        return _Place(_byte_at(piece, character), piece.run, piece.element)
    run, element = piece.run, piece.element
    if run is None:
        return _Place(element.start if character <= 0 else element.end)
    index = next(number for number, each in enumerate(run.children) if each is element) + (character > 0)
    if index == len(run.children):
        return _Place(run.end)
    if all(each.name == "rPr" for each in run.children[:index]):
        return _Place(run.start)
    return _Place(run.children[index].start, run)


def _possible(piece: Piece, character: int, step: int) -> int:
    if not piece.divisible:
        return 0 if step < 0 else len(piece.text)
    if _can_keep_space(piece.element):
        return character
    while 0 < character < len(piece.text) and " " in piece.text[character - 1 : character + 1]:
        character += step
    return character


def _can_keep_space(words: Element) -> bool:
    """Whether blanks at a cut can be made to count without making others count that did not."""
    if keeps_space(words):
        return True
    tag = words.data[words.start : words.inner]
    return words.text == words.text.strip(" \t\r\n") and b"xml:space" not in tag


def _byte_at(piece: Piece, character: int) -> int:
    words = piece.element
    lead = 0 if keeps_space(words) else len(words.text) - len(words.text.lstrip(" \t\r\n"))
    found = _CHARACTER.finditer(words.data, words.inner, words.inner_end)
    return next(match.start() for number, match in enumerate(found) if number == lead + character)


def _at_blank(place: _Place) -> bool:
    """Whether a blank stands beside the cut and would not count there."""
    if place.words is None or keeps_space(place.words) or not _can_keep_space(place.words):
        return False
    before, after = place.words.data[place.offset - 1], place.words.data[place.offset]
    return not _BLANK.isdisjoint((before, after)) or before == ord(";") or after == ord("&")


class _Writer:
    """The bytes of the marks."""

    def __init__(self, data: bytes, root: Element) -> None:
        self.data = data
        self.prefix = spans.prefix(data, root)
        self.declared, self.attribute = attribute_prefix(data, root)

    def start(self, number: int) -> bytes:
        """The beginning of a comment."""
        return self._element(b"commentRangeStart", number)

    def end(self, number: int) -> bytes:
        """The end of a comment, with the run that refers to it."""
        reference = self._element(b"commentReference", number)
        return self._element(b"commentRangeEnd", number) + b"<%sr>%s</%sr>" % (self.prefix, reference, self.prefix)

    def marks(self, marks: _Marks, spaces: bool, words_mark: bytes) -> bytes:
        """All marks of one place, with the tags that cut the run where it must be cut."""
        inside = b"".join([*map(self.end, marks.ends), *map(self.start, marks.starts)])
        _, run, words = marks.place
        if run is None:
            return inside
        style = run.child("rPr")
        again = self.data[run.start : run.inner] + (self.data[style.start : style.end] if style else b"")
        run_end = b"</" + tag_name(self.data, run) + OWN + b">"
        if words is None:
            return run_end + inside + again
        tag = self.data[words.start : words.inner - 1] + (_PRESERVE if spaces else b"") + b">"
        return b"</" + tag_name(self.data, words) + words_mark + b">" + run_end + inside + again + tag

    def _element(self, name: bytes, number: int) -> bytes:
        return b'<%s%s%s %sid="%d"/>' % (self.prefix, name, self.declared, self.attribute, number)
