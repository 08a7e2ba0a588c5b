r"""XML as byte ranges: elements with the offsets of their tags, and edits that leave every other byte alone.

Clearing must give back what was there to the byte, so what we insert is recognisable by a mark that is part of
the XML but carries no meaning and that no program writes: white space in the end tag.

=============  =====================================================================
``</x >``      the element is ours, whole
``</x  >``     the element was ``<x/>`` and was opened to hold something of ours
``</x\t>``      tags of ours around an element that is not ours
=============  =====================================================================

A program that saves the file again loses these marks; then our content is known by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from gouji.hosts.package.known import LARGEST, known_by_content
from gouji.hosts.package.markup import damaged
from gouji.tables.memory import Kept

OWN, OPENED, WRAPPED = b" ", b"  ", b"\t"

_START_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
_NO_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NAME = re.compile(rb"</?([^\s/>]+)")


@dataclass(slots=True)
class Element:
    """An element of a part: ``data[start:end]`` with its tags, ``data[inner:inner_end]`` without.

    ``text`` is its own character data without that of its children. ``attributes`` in a namespace are named
    ``uri local``.
    """

    data: bytes
    space: str
    name: str
    attributes: dict[str, str]
    start: int
    inner_end: int = 0
    end: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def inner(self) -> int:
        """Where the start tag ends."""
        tag = _START_TAG.match(self.data, self.start)
        return tag.end() if tag else self.start

    @property
    def closed(self) -> bool:
        """Written as ``<x/>``."""
        return self.inner_end == self.end

    def named(self, name: str) -> list[Element]:
        """The children of this local name in the element's own namespace."""
        return [child for child in self.children if child.name == name and child.space == self.space]

    def child(self, name: str) -> Element | None:
        """The first of ``named``."""
        return next(iter(self.named(name)), None)

    def number(self, name: str, default: float) -> float:
        """An attribute as a number; ``default`` where it is missing or no number."""
        try:
            value = float(self.attributes.get(name, default))
        except ValueError:
            return default
        return value if abs(value) < 1e9 else default

    def walk(self) -> Iterator[Element]:
        """The element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def elements(data: bytes, part: str) -> Element:
    """The root element of a UTF-8 part.

    Raises WorkbookError when the part is not well-formed or declares a document type.
    """
    return _parsed(data, part, ())


listing = known_by_content(elements)
"""As ``elements``, of a part that holds names and places only."""


_OUTLINES: Kept[tuple[bytes, str, tuple[str, ...]], Element] = Kept(most=256)
"""Roots by the bytes around the contents of leaves, the part's name and the leaves."""


def outline(data: bytes, part: str, leaves: tuple[str, ...]) -> Element:
    """As ``elements``, but nothing below the elements whose local names are ``leaves`` is kept.

    Of leaves given in the order of the part, the content is not even parsed where their tags cannot be mistaken; what
    is around it is known where it comes again.
    """
    left_out = _contents(data, leaves)
    if not left_out:
        return _parsed(data, part, leaves)
    edges = [0, *(edge for content in left_out for edge in content), len(data)]
    shell = b"".join([data[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)])
    known = (shell, part, leaves)
    root = _OUTLINES.get(known)
    if root is None:
        root = _parsed(shell, part, leaves)
        if len(shell) <= LARGEST:
            _OUTLINES.keep(known, root)
    gaps: list[tuple[int, int]] = []
    gone = 0
    for start, end in left_out:
        gaps.insert(0, (start - gone, gone + end - start))
        gone += end - start
    return _spread(root, data, gaps)


def _spread(element: Element, data: bytes, gaps: Sequence[tuple[int, int]]) -> Element:
    """The element in ``data``, of which parts were left out when it was parsed.

    ``gaps`` are where they were, the last first, with how many bytes are missing up to there.
    """

    def at(offset: int) -> int:
        return next((offset + missing for gap, missing in gaps if gap <= offset), offset)

    if element.end <= gaps[-1][0]:
        return element
    start, inner_end, end = at(element.start), at(element.inner_end), at(element.end)
    children = [_spread(child, data, gaps) for child in element.children]
    return Element(data, element.space, element.name, element.attributes, start, inner_end, end, element.text, children)


def _parsed(data: bytes, part: str, leaves: Sequence[str]) -> Element:
    parser = expat.ParserCreate("utf-8", " ")
    reader = _Reader(data, leaves, parser)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters

    def refuse(*_: object) -> None:
        raise damaged(part, "含有文档类型声明（DTD）", "it declares a document type (DTD), which is not safe")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as fault:
        reason = expat.ErrorString(fault.code)
        raise damaged(part, f"XML 有误（{reason}）", f"faulty XML ({reason})") from fault
    return reader.top.children[0]


def _contents(data: bytes, leaves: Sequence[str]) -> list[tuple[int, int]]:
    """Where the contents of the leaves stand that need not be parsed: no comment, CDATA or instruction hides a tag."""
    found: list[tuple[int, int]] = []
    for leaf in leaves:
        content = _content(data, found[-1][1] if found else 0, leaf.encode())
        found += [content] if content else []
    edges = [2, *(edge for content in found for edge in content), len(data)]
    outside = zip(edges[::2], edges[1::2], strict=True)
    hides = any(data.find(mark, *between) >= 0 for between in outside for mark in (b"<!", b"<?"))
    return [] if hides else found


def _content(data: bytes, at: int, name: bytes) -> tuple[int, int] | None:
    """What stands between the first and the last mention of ``name`` after ``at``, if these are its two tags."""
    first, last = data.find(name, at), data.rfind(name, at)
    if first < 0 or first == last:
        return None
    opens, closes = data.rfind(b"<", 0, first), data.rfind(b"<", first, last)
    start = _START_TAG.match(data, opens)
    head, tail = data[opens + 1 : first], data[closes : last + len(name) + 1]
    if not start or start[0].endswith(b"/>") or not re.fullmatch(rb"(?:[\w.-]+:)?", head):
        return None
    return (start.end(), closes) if re.fullmatch(rb"</" + head + name + rb"[>\s]", tail) else None


class _Reader:
    """The handlers of ``elements`` and ``outline``."""

    def __init__(self, data: bytes, leaves: Sequence[str], parser: expat.XMLParserType) -> None:
        self.data = data
        self.leaves = leaves
        self.parser = parser
        self.top = Element(data, "", "", {}, 0)
        self.open = [self.top]
        self.hidden = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.hidden:
            self.hidden += 1
            return
        space, _, local = name.rpartition(" ")
        element = Element(self.data, space, local, attributes, self.parser.CurrentByteIndex)
        self.open[-1].children.append(element)
        self.open.append(element)
        if local in self.leaves:
            self.hidden = 1

    def end(self, _name: str) -> None:
        if self.hidden > 1:
            self.hidden -= 1
            return
        element, at = self.open.pop(), self.parser.CurrentByteIndex
        if self.data[at - 2 : at] == b"/>" and self._is_closed(element, at):
            element.inner_end = element.end = at
        else:
            element.inner_end = at
            element.end = self.data.index(b">", at) + 1
        self.hidden = 0

    def _is_closed(self, element: Element, at: int) -> bool:
        """Whether the tag that ends at ``at`` is the whole element ``<x/>``; if not, its end tag begins there."""
        return not (element.children or element.text or (self.hidden and element.inner != at))

    def characters(self, text: str) -> None:
        if not self.hidden:
            self.open[-1].text += text


class Edits:
    """Insertions and deletions on the bytes of one part, all given in offsets of the original."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._edits: list[tuple[int, int, bytes]] = []

    def __bool__(self) -> bool:
        return bool(self._edits)

    def insert(self, at: int, content: bytes) -> None:
        """Put ``content`` before the byte at ``at``; several at one place keep the order they were given in."""
        self._edits.append((at, at, content))

    def replace(self, start: int, end: int, content: bytes = b"") -> None:
        """Put ``content`` where ``data[start:end]`` stands."""
        self._edits.append((start, end, content))

    def remove(self, element: Element) -> None:
        """Delete the element with its tags."""
        self.replace(element.start, element.end)

    def append(self, element: Element, content: bytes) -> None:
        """Insert at the end of an element's content, opening ``<x/>`` when it must be."""
        if not element.closed:
            self.insert(element.inner_end, content)
            return
        end_tag = b"</" + tag_name(self.data, element) + OPENED + b">"
        self.replace(element.inner - 2, element.inner, b">" + content + end_tag)

    def close_if_opened(self, element: Element) -> None:
        """Turn an element that ``append`` opened, and whose content is deleted, back into ``<x/>``."""
        if mark(self.data, element) == OPENED:
            self.replace(element.inner - 1, element.inner, b"/>")
            self.replace(element.inner_end, element.end)

    def result(self) -> bytes:
        """The edited bytes."""
        out, at = [], 0
        for start, end, content in sorted(self._edits, key=lambda edit: edit[:2]):
            out += [self.data[at:start], content]
            at = max(at, end)
        return b"".join([*out, self.data[at:]])


def mark(data: bytes, element: Element) -> bytes:
    """The white space in the end tag: one of the marks above, or nothing."""
    if element.closed:
        return b""
    tag = data[element.inner_end : element.end]
    return tag[len(tag.rstrip(b"> \t\r\n")) : -1]


def owned(part: bytes) -> bytes:
    """A whole part, with the mark that it is ours."""
    return part.removesuffix(b">") + OWN + b">"


def is_owned(part: bytes) -> bool:
    """Whether a whole part has that mark."""
    return part.endswith(OWN + b">") and not part.endswith(OPENED + b">")


def tag_name(data: bytes, element: Element) -> bytes:
    """The element's name as written, with its prefix."""
    found = _NAME.match(data, element.start)
    return found[1] if found else element.name.encode()


def prefix(data: bytes, element: Element) -> bytes:
    """The element's prefix as written, with the colon, or nothing."""
    head, colon, _ = tag_name(data, element).rpartition(b":")
    return head + colon


def bound_prefix(data: bytes, root: Element, spaces: Collection[str]) -> bytes:
    """A prefix (with colon) that the root element binds to one of the namespaces, or nothing."""
    tag = data[root.start : root.inner]
    for name, _, space in re.findall(rb"""xmlns:([^\s=]+)\s*=\s*(["'])(.*?)\2""", tag):
        if space.decode() in spaces:
            return bytes(name) + b":"
    return b""


def escaped(text: str) -> bytes:
    """Text as character data: what XML cannot hold is left out, ``_xHHHH_`` is no escape."""
    text = _ESCAPE.sub("_x005F_", _NO_CHARACTER.sub("", text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def quoted(text: str) -> bytes:
    """Text as an attribute's value, without the quotes."""
    return escaped(text).replace(b'"', b"&quot;").replace(b"\n", b"&#10;").replace(b"\t", b"&#9;")
