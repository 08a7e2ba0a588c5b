"""A package while it is edited: parts, their relationships and content types, all as bytes over an archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from gouji.hosts.package import refusals, spans
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.known import known_by_content
from gouji.hosts.package.markup import RELATIONSHIP_NAMESPACES, relationship_id
from gouji.hosts.package.relations import Relation, existing, read_relations, relations_part, relative_target
from gouji.hosts.package.spans import OWN, Edits, Element, elements, listing

CONTENT_TYPES = "[Content_Types].xml"
OURS = "gouji"
"""In the names of our parts and at the start of the ids of our relationships."""
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
XML_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

T = TypeVar("T")
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NEW_RELATIONS = (
    XML_HEAD + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_END_OF_NEW = b"</Relationships" + OWN + b">"
_RELATION = b'<%sRelationship Id="%s" Type="%s" Target="%s"/>'


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its place in the tab order (from 0), name and part."""

    index: int
    name: str
    part: str
    kind: str


class Parts:
    """The parts of an archive with the changes made so far. XML in UTF-16 is handed out as UTF-8."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._actual = {name.lower(): name for name in archive.names}
        self._read: dict[str, bytes] = {}
        self._now: dict[str, bytes | None] = {}
        self._coding: dict[str, str] = {}
        self._derived: dict[tuple[str, object], tuple[bytes, Any]] = {}
        self._declared: list[tuple[str, str]] = []

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        actual = self.actual(name)
        return self._now[actual] is not None if actual in self._now else name.lower() in self._actual

    def actual(self, name: str) -> str:
        """The name as the archive spells it."""
        return self._actual.get(name.lower(), name)

    def names(self) -> list[str]:
        """All parts there are now."""
        news = [name for name in self._now if name not in self.archive]
        return [name for name in [*self.archive.names, *news] if name in self]

    def read(self, name: str) -> bytes:
        """A part as it is now. Raises WorkbookError when it is missing or damaged."""
        actual = self.actual(name)
        content = self._now.get(actual)
        if content is None:
            content = self._decoded(actual, self.archive.read(actual))
            self._now[actual] = self._read[actual] = content
        return content

    def derived(self, name: str, make: Callable[[bytes, str], T]) -> T:
        """``make(content, name)`` of a part, kept until the part changes."""
        content = self.read(name)
        known = self._derived.get((name, make))
        if known is None or known[0] is not content:
            known = self._derived[name, make] = (content, make(content, name))
        return cast(T, known[1])

    def tree(self, name: str) -> Element:
        """The root element of a part."""
        return self.derived(name, elements)

    def listing(self, name: str) -> Element:
        """The same of a part that holds names and places only: relationships, content types, workbook, styles."""
        return self.derived(name, listing)

    def relations_in(self, content: bytes, name: str) -> list[Relation]:
        """The relationships in a relationships part, with the names their targets have in this package."""
        found = [existing(relation, self) for relation in read_relations(content, name)]
        return [relation._replace(target=self.actual(relation.target)) for relation in found]

    def declare(self, name: str, content_type: str) -> None:
        """State the content type of a new part."""
        self._declared.append((name, content_type))

    def write(self, name: str, content: bytes) -> None:
        """Set a part, new or not."""
        self._now[self.actual(name)] = content

    def edit(self, name: str, edits: Edits) -> None:
        """Apply edits to a part, when there are any."""
        if edits:
            self.write(name, edits.result())

    def remove(self, name: str) -> None:
        """Take a part out, with its own relationships and content type."""
        self._now[self.actual(name)] = None
        remove_override(self, name)
        if relations_part(name) in self:
            self.remove(relations_part(name))

    def differences(self) -> tuple[dict[str, bytes], dict[str, bytes], set[str]]:
        """What ``Archive.rewrite`` takes: parts changed, added and removed."""
        if self._declared:
            _add_overrides(self, self._declared)
            self._declared = []
        changed, added, removed = {}, {}, set()
        for name, content in self._now.items():
            if content is None:
                removed |= {name} & set(self.archive.names)
            elif name not in self.archive:
                added[name] = content
            elif not self._is_original(name, content):
                changed[name] = self._encoded(name, content)
        return changed, added, removed

    def _is_original(self, name: str, content: bytes) -> bool:
        if name not in self._read:
            self._read[name] = self._decoded(name, self.archive.read(name))
        return content is self._read[name] or content == self._read[name]

    def _decoded(self, name: str, content: bytes) -> bytes:
        coding = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(content[:2])
        if coding is None:
            return content
        try:
            text = content.decode(coding).encode()
        except UnicodeDecodeError:
            raise refusals.damaged(self.archive.label, name) from None
        self._coding[name] = coding
        return text

    def _encoded(self, name: str, content: bytes) -> bytes:
        coding = self._coding.get(name)
        return content.decode().encode(coding) if coding else content


def relations(parts: Parts, source: str) -> list[Relation]:
    """The relationships of a part ("" is the package) to other parts of the package."""
    name = relations_part(source)
    return parts.derived(name, parts.relations_in) if name in parts else []


def relation_ids(parts: Parts, source: str) -> set[str]:
    """The ids of all relationships of a part, those that lead out of the package too."""
    name = relations_part(source)
    return {item.attributes.get("Id", "") for item in parts.listing(name).children} if name in parts else set()


def related(parts: Parts, source: str, kind: str) -> str | None:
    """The first part that ``source`` leads to by a relationship of this kind and that is there."""
    found = (relation.target for relation in relations(parts, source) if relation.kind == kind)
    return next((target for target in found if target in parts), None)


def add_relation(parts: Parts, source: str, relation: Relation, strict: bool) -> None:
    """Add a relationship of an office type, in a new relationships part when there is none."""
    name = relations_part(source)
    if name not in parts:
        parts.write(name, _NEW_RELATIONS + _END_OF_NEW)
        if "rels" not in parts.derived(CONTENT_TYPES, _extensions):
            parts.declare(name, _RELS_TYPE)
    data = parts.read(name)
    kind = f"{RELATIONSHIP_NAMESPACES[strict]}/{relation.kind}"
    target = relative_target(relation.target, source)
    values = (relation.id.encode(), kind.encode(), spans.quoted(target))
    if data.startswith(_NEW_RELATIONS) and data.endswith(_END_OF_NEW):
        parts.write(name, data.removesuffix(_END_OF_NEW) + _RELATION % (b"", *values) + _END_OF_NEW)
        return
    root = parts.listing(name)
    edits = Edits(data)
    edits.append(root, _RELATION % (spans.prefix(data, root), *values))
    parts.edit(name, edits)


def remove_relations(parts: Parts, source: str, ids: set[str]) -> None:
    """Take relationships out, and the whole relationships part when it was made for them."""
    name = relations_part(source)
    if name not in parts or not ids:
        return
    data = parts.read(name)
    root = parts.listing(name)
    gone = [child for child in root.children if child.attributes.get("Id") in ids]
    edits = Edits(data)
    for child in gone:
        edits.remove(child)
    if len(gone) == len(root.children):
        if spans.mark(data, root) == OWN:
            parts.remove(name)
            return
        edits.close_if_opened(root)
    parts.edit(name, edits)


@known_by_content
def _extensions(data: bytes, part: str) -> frozenset[str]:
    """The extensions, in small letters, whose content type a package declares."""
    return frozenset(item.attributes.get("Extension", "").lower() for item in listing(data, part).named("Default"))


def _add_overrides(parts: Parts, declared: list[tuple[str, str]]) -> None:
    data = parts.read(CONTENT_TYPES)
    root = parts.listing(CONTENT_TYPES)
    form = b'<%sOverride PartName="/%s" ContentType="%s"/>'
    head = spans.prefix(data, root)
    edits = Edits(data)
    edits.append(root, b"".join(form % (head, spans.quoted(name), kind.encode()) for name, kind in declared))
    parts.edit(CONTENT_TYPES, edits)


def remove_override(parts: Parts, name: str) -> None:
    """Take out the content type declared for one part, when there is one."""
    data = parts.read(CONTENT_TYPES)
    edits = Edits(data)
    for item in parts.listing(CONTENT_TYPES).named("Override"):
        if item.attributes.get("PartName", "").lower() == f"/{name}".lower():
            edits.remove(item)
    parts.edit(CONTENT_TYPES, edits)


def workbook_part(parts: Parts) -> str:
    """The name of the workbook part."""
    return related(parts, "", "officeDocument") or "xl/workbook.xml"


def sheets(parts: Parts) -> list[SheetPart]:
    """The sheets in the order of their tabs. ``kind`` is ``worksheet``, ``chartsheet`` or another."""
    source = workbook_part(parts)
    listed = parts.listing(source).child("sheets")
    targets = {relation.id: relation for relation in relations(parts, source)}
    found = []
    for index, item in enumerate(listed.named("sheet") if listed else []):
        relation = targets.get(relationship_id(item.attributes) or "")
        if relation and relation.target in parts:
            found.append(SheetPart(index, item.attributes.get("name", ""), relation.target, relation.kind))
    return found


def is_strict(root: Element) -> bool:
    """Whether a part is written in strict OOXML."""
    return root.space == STRICT_MAIN


def relationship_attribute(data: bytes, root: Element) -> tuple[bytes, bytes]:
    """How to write an ``r:id`` below ``root``: (a namespace declaration to add or nothing, ``prefix:id``)."""
    bound = spans.bound_prefix(data, root, RELATIONSHIP_NAMESPACES)
    if bound:
        return b"", bound + b"id"
    return b' xmlns:r="' + RELATIONSHIP_NAMESPACES[is_strict(root)].encode() + b'"', b"r:id"
