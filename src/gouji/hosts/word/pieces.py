"""What a paragraph shows, piece by piece: each piece knows the element and the run that print it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gouji.hosts.package.spans import Element
from gouji.hosts.word.names import flag, is_word, value

_SPACES = str.maketrans("\n\r\t", "   ")
_CONTAINERS = frozenset(
    {"hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdt", "sdtContent"}
)
_PRINTED = {"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_MATHS = frozenset({"oMath", "oMathPara"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters in a row. ``run`` is the w:r they stand in; ``None``: ``element`` is no part of a run.

    ``divisible``: the characters are those of a w:t, so that a comment may begin between two of them.
    """

    text: str
    element: Element
    run: Element | None
    divisible: bool = False


@dataclass(slots=True)
class Line:
    """The content of one w:p: its pieces, and what hangs on its runs: text boxes and notes (run, element)."""

    paragraph: Element
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[Element, Element]] = field(default_factory=list)
    references: list[tuple[Element, Element]] = field(default_factory=list)


class Reader:
    """Reads the paragraphs of one part in order; a field may reach over several of them."""

    def __init__(self) -> None:
        self._fields: list[bool] = []
        """One a complex field that is open: whether its instruction is over and its result is being printed."""

    def line(self, paragraph: Element) -> Line:
        """What a w:p shows."""
        line = Line(paragraph)
        self._content(paragraph, line)
        return line

    def _content(self, holder: Element, line: Line) -> None:
        for child in holder.children:
            if is_word(child) and child.name == "r":
                self._run(child, line)
            elif is_word(child) and child.name in _CONTAINERS:
                self._content(child, line)
            elif child.name in _MATHS or child.name == "AlternateContent":
                self._whole(child, child, None, line)

    def _run(self, run: Element, line: Line) -> None:
        style = run.child("rPr")
        hidden = style is not None and flag(style, "vanish")
        for child in run.children:
            if child.name == "fldChar":
                self._field(child)
            elif child.name in ("footnoteReference", "endnoteReference"):
                line.references.append((run, child))
            elif child.name in ("drawing", "pict", "object", "AlternateContent"):
                self._boxes(run, child, line)
            elif not hidden and all(self._fields):
                self._printed(run, child, line)

    def _printed(self, run: Element, child: Element, line: Line) -> None:
        if child.name == "t":
            line.pieces.append(_words(run, child))
        elif child.name in _PRINTED:
            line.pieces.append(Piece(_PRINTED[child.name], child, run))
        elif child.name == "sym":
            line.pieces.append(Piece(_symbol(child), child, run))
        elif child.name == "ruby":
            self._whole(child, child.child("rubyBase") or child, run, line)

    def _whole(self, element: Element, source: Element, run: Element | None, line: Line) -> None:
        """Formulas and the like: their characters as one piece that cannot be divided."""
        text = "".join(each.text for each in shown(source) if each.name == "t")
        if text:
            line.pieces.append(Piece(text.translate(_SPACES), element, run))

    def _boxes(self, run: Element, child: Element, line: Line) -> None:
        line.boxes += [(run, each) for each in _outermost(child, "txbxContent")]

    def _field(self, mark: Element) -> None:
        kind = value(mark, "fldCharType")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def shown(element: Element) -> Iterator[Element]:
    """The element and all below it that Word shows."""
    yield element
    for child in alternatives(element):
        yield from shown(child)


def alternatives(element: Element) -> list[Element]:
    """What is below an element; of alternatives only the first, which Word shows."""
    if element.name != "AlternateContent":
        return element.children
    return [child for child in element.children if child.name == "Choice"][:1] or element.children[:1]


def _outermost(element: Element, name: str) -> list[Element]:
    if element.name == name:
        return [element]
    return [found for child in alternatives(element) for found in _outermost(child, name)]


def _words(run: Element, element: Element) -> Piece:
    """The characters of a w:t; without ``xml:space="preserve"`` those at its ends that are blank do not count."""
    kept = keeps_space(element)
    text = element.text if kept else element.text.strip(" \t\r\n")
    plain = b"<" not in element.data[element.inner : element.inner_end]
    return Piece(text.translate(_SPACES), element, run, divisible=plain)


def keeps_space(element: Element) -> bool:
    """Whether blanks at the ends of a w:t count."""
    return element.attributes.get("http://www.w3.org/XML/1998/namespace space") == "preserve"


def _symbol(element: Element) -> str:
    """A character of a symbol font; its code says nothing without the font, but it is one character."""
    try:
        code = int(value(element, "char") or "", 16)
        return chr(code) if code >= 32 and not 0xD800 <= code < 0xE000 else "□"
    except (ValueError, OverflowError):
        return "□"
