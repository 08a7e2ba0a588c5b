"""The comments part of a sheet: our notes put in and taken out, people's own left to the byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gouji.hosts.note_text import our_ranges
from gouji.hosts.package import spans
from gouji.hosts.package.markup import damaged
from gouji.hosts.package.spans import OPENED, OWN, WRAPPED, Edits, Element, elements
from gouji.hosts.protocol import AUTHOR, MARKER
from gouji.sheet import Address, column_number

_RUN = (
    b'<%(p)sr><%(p)srPr><%(p)ssz val="9"/><%(p)scolor indexed="81"/><%(p)srFont val="\xe5\xae\x8b\xe4\xbd\x93"/>'
    b'<%(p)scharset val="134"/></%(p)srPr><%(p)st xml:space="preserve">%(text)s</%(p)st></%(p)sr>'
)


@dataclass(frozen=True, slots=True)
class Stripped:
    """A comments part without ours; the cells whose whole note was ours, and all that carried some of ours."""

    content: bytes
    whole: frozenset[Address]
    carried: frozenset[Address]
    empty: bool


@dataclass(frozen=True, slots=True)
class Added:
    """A comments part with our notes in it, and all cells that have a comment now."""

    content: bytes
    noted: frozenset[Address]


def new_comments(main_space: bytes, notes: Mapping[Address, str]) -> bytes:
    """A comments part that holds our notes only."""
    form = b'<comments xmlns="%s"><authors>%s</authors><commentList>%s</commentList></comments>'
    return form % (main_space, _our_author(b""), _own_comments(b"", 0, notes))


@lru_cache(maxsize=4096)
def address_of(text: str) -> Address:
    """``$C$12`` → (12, 3)."""
    plain = text.replace("$", "").upper()
    letters = plain.rstrip("0123456789")
    return Address(int(plain[len(letters) :] or 0), column_number(letters))


def strip_comments(data: bytes, part: str, answered: Mapping[Address, frozenset[str]] | None = None) -> Stripped:
    """Take every paragraph of ours out, and the answers below them that will be written again, by cell."""
    again = answered or {}
    root = elements(data, part)
    listed = root.child("commentList")
    comments = listed.named("comment") if listed else []
    edits = Edits(data)
    whole = {item.start: item for item in comments if "".join(t.text for t in _texts(item)).startswith(MARKER)}
    whole = {at: item for at, item in whole.items() if _all_ours(item, again.get(_cell(item), frozenset()))}
    carried = set()
    for item in comments:
        if item.start in whole:
            edits.remove(item)
        elif _strip_one(edits, item, again.get(_cell(item), frozenset())):
            carried.add(_cell(item))
    rest = [item for item in comments if item.start not in whole]
    if listed and not rest:
        edits.close_if_opened(listed)
    _strip_authors(edits, root, rest, list(whole.values()))
    gone = frozenset(_cell(item) for item in whole.values())
    return Stripped(edits.result(), gone, gone | carried, not rest)


def add_comments(data: bytes, part: str, notes: Mapping[Address, str]) -> Added:
    """Put our text into the cells: below a person's note where there is one, else as a note of its own."""
    root = elements(data, part)
    listed, authors = root.child("commentList"), root.child("authors")
    if listed is None or authors is None:
        raise damaged(part, "缺少 authors 或 commentList", "it has no authors or no commentList")
    edits = Edits(data)
    own = dict(notes)
    there = listed.named("comment")
    for item in there:
        if text := own.pop(_cell(item), None):
            _append_to(edits, item, text)
    if own:
        prefix = spans.prefix(data, root)
        edits.append(authors, _our_author(prefix))
        edits.append(listed, _own_comments(prefix, len(authors.named("author")), own))
    return Added(edits.result(), frozenset(map(_cell, there)) | notes.keys())


def _our_author(prefix: bytes) -> bytes:
    return b"<%sauthor>%s</%sauthor%s>" % (prefix, spans.escaped(AUTHOR), prefix, OWN)


def _own_comments(prefix: bytes, author: int, notes: Mapping[Address, str]) -> bytes:
    return b"".join(_comment(prefix, cell, author, notes[cell]) for cell in sorted(notes))


def _cell(comment: Element) -> Address:
    return address_of(comment.attributes.get("ref", ""))


def _texts(comment: Element) -> list[Element]:
    """The ``t`` elements that make up a comment's text, in order."""
    found = []
    for text in comment.named("text"):
        for child in text.children:
            found += [child] if child.name == "t" else child.named("t") if child.name == "r" else []
    return found


def _all_ours(comment: Element, answered: frozenset[str]) -> bool:
    text = "".join(t.text for t in _texts(comment)).replace("\r", "")
    return sum(end - start for start, end in our_ranges(text, answered)) == len(text)


def _strip_one(edits: Edits, comment: Element, answered: frozenset[str]) -> bool:
    """Take ours out of a person's comment; whether there was any."""
    texts = _texts(comment)
    ranges = our_ranges("".join(t.text for t in texts), answered)
    if not ranges:
        return False
    holders = {run.named("t")[0].start: run for run in _runs(comment) if run.named("t")}
    at = 0
    for t in texts:
        kept = _without(t.text, at, ranges)
        run = holders.get(t.start)
        if kept != t.text:
            _shorten(edits, t, run, kept)
        elif run and spans.mark(edits.data, run) == WRAPPED:
            edits.replace(run.start, run.inner)
            edits.replace(run.inner_end, run.end)
        at += len(t.text)
    for text in comment.named("text"):
        if spans.mark(edits.data, text) == OPENED:
            edits.close_if_opened(text)
    return True


def _runs(comment: Element) -> list[Element]:
    return [run for text in comment.named("text") for run in text.named("r")]


def _without(text: str, at: int, ranges: list[tuple[int, int]]) -> str:
    """``text``, which stands at ``at`` of the whole, without what lies in the ranges."""
    return "".join(
        letter for place, letter in enumerate(text, at) if not any(start <= place < end for start, end in ranges)
    )


def _shorten(edits: Edits, t: Element, run: Element | None, kept: str) -> None:
    if kept:
        edits.replace(t.inner, t.inner_end, spans.escaped(kept))
    else:
        edits.remove(run or t)


def _strip_authors(edits: Edits, root: Element, rest: list[Element], gone: list[Element]) -> None:
    """Take our authors out from the end of the list, as far as no remaining comment needs them."""
    authors = root.child("authors")
    if authors is None:
        return
    used = max((_author(item) for item in rest), default=-1)
    ours = {_author(item) for item in gone}
    listed = list(enumerate(authors.named("author")))
    for index, author in reversed(listed):
        known = spans.mark(edits.data, author) == OWN or index in ours
        if index <= used or author.text != AUTHOR or not known:
            break
        edits.remove(author)
        if index == 0:
            edits.close_if_opened(authors)


def _author(comment: Element) -> int:
    number = comment.attributes.get("authorId", "")
    return int(number) if number.isdecimal() else -1


def _append_to(edits: Edits, comment: Element, text: str) -> None:
    """Our paragraphs as a run of their own after the last run of a person's comment."""
    prefix = spans.prefix(edits.data, comment)
    run = _run(prefix, "\n" + text)
    holder = comment.child("text")
    if holder is None:
        raise damaged("comments", "批注没有文字元素", "a comment has no text element")
    spoken = [child for child in holder.children if child.name in ("t", "r")]
    for child in spoken:
        if child.name == "t":
            edits.insert(child.start, b"<%sr>" % prefix)
            edits.insert(child.end, b"</%sr%s>" % (prefix, WRAPPED))
    if spoken:
        edits.insert(spoken[-1].end, run)
    elif holder.children:
        edits.insert(holder.inner, run)
    else:
        edits.append(holder, run)


def _comment(prefix: bytes, cell: Address, author: int, text: str) -> bytes:
    form = b'<%scomment ref="%s" authorId="%d" shapeId="0"><%stext>%s</%stext></%scomment>'
    return form % (prefix, str(cell).encode(), author, prefix, _run(prefix, text), prefix, prefix)


def _run(prefix: bytes, text: str) -> bytes:
    return _RUN % {b"p": prefix, b"text": spans.escaped(text)}
