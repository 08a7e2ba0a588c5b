"""The names of WordprocessingML: its namespaces and how elements and attributes are told."""

from __future__ import annotations

from gouji.hosts.package import spans
from gouji.hosts.package.spans import Element

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = (TRANSITIONAL, STRICT)
_OFF = frozenset({"0", "false", "off"})


def is_word(element: Element) -> bool:
    """Whether an element is in a namespace of WordprocessingML."""
    return element.space in SPACES


def value(element: Element, name: str) -> str | None:
    """The attribute ``w:name`` of a WordprocessingML element."""
    return element.attributes.get(f"{element.space} {name}")


def child_value(element: Element | None, name: str) -> str | None:
    """``w:val`` of the child ``w:name``."""
    child = element.child(name) if element else None
    return value(child, "val") if child else None


def flag(properties: Element, name: str) -> bool:
    """Whether the on/off property ``w:name`` is set."""
    child = properties.child(name)
    return child is not None and value(child, "val") not in _OFF


def number(element: Element | None, name: str, default: int) -> int:
    """``w:val`` of the child ``w:name`` as a number from 0; ``default`` where there is none."""
    text = child_value(element, name) or ""
    return int(text) if text.isdecimal() and len(text) < 6 else default


def attribute_prefix(data: bytes, root: Element) -> tuple[bytes, bytes]:
    """How to write ``w:id`` below ``root``: (a namespace declaration to add or nothing, the prefix with colon)."""
    bound = spans.bound_prefix(data, root, SPACES)
    if bound:
        return b"", bound
    return b' xmlns:w="' + root.space.encode() + b'"', b"w:"
