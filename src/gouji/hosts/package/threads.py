"""Threaded comments: a cell with a thread gets a reply in it, as its legacy note is only a stand-in.

The reply is by a person of ours; its id and date follow from the thread and the text, so that the same notes give
the same bytes.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from gouji.hosts.package.comments_xml import address_of
from gouji.hosts.package.parts import Parts, SheetPart, related, relations, workbook_part
from gouji.hosts.package.spans import Edits, Element, escaped, prefix, quoted
from gouji.hosts.protocol import AUTHOR, MARKER
from gouji.sheet import Address

_SPACE = uuid.UUID("5d1a3a0e-3c52-5b0e-9d5c-6a7f0c2b9e41")
_PERSON = f"{{{uuid.uuid5(_SPACE, AUTHOR)}}}".upper()


def strip_replies(parts: Parts, sheet: SheetPart) -> frozenset[Address]:
    """Take our replies out of a sheet's threads; the cells that carried one."""
    carried: set[Address] = set()
    for name in _thread_parts(parts, sheet):
        data = parts.read(name)
        edits = Edits(data)
        for comment in parts.tree(name).named("threadedComment"):
            if _text(comment).startswith(MARKER) and "parentId" in comment.attributes:
                edits.remove(comment)
                carried.add(_cell(comment))
        parts.edit(name, edits)
    return frozenset(carried)


def strip_person(parts: Parts) -> None:
    """Take our person out of the workbook's list."""
    name = related(parts, workbook_part(parts), "person")
    if name is None:
        return
    data = parts.read(name)
    root = parts.tree(name)
    edits = Edits(data)
    ours = [person for person in root.named("person") if person.attributes.get("id") == _PERSON]
    for person in ours:
        edits.remove(person)
    if ours and len(ours) == len(root.children):
        edits.close_if_opened(root)
    parts.edit(name, edits)


def add_replies(parts: Parts, sheet: SheetPart, notes: Mapping[Address, str]) -> tuple[set[Address], set[Address]]:
    """Reply where a cell has a thread: (cells answered, cells with a thread that could not be answered)."""
    answered: set[Address] = set()
    threaded: set[Address] = set()
    found = _thread_parts(parts, sheet)
    people = related(parts, workbook_part(parts), "person") if found else None
    for name in found:
        data = parts.read(name)
        root = parts.tree(name)
        threads: dict[Address, list[Element]] = {}
        for comment in root.named("threadedComment"):
            threads.setdefault(_cell(comment), []).append(comment)
        threaded |= threads.keys() & notes.keys()
        if people is None:
            continue
        edits = Edits(data)
        for cell in sorted(threads.keys() & notes.keys()):
            edits.append(root, _reply(prefix(data, root), threads[cell], notes[cell]))
            answered.add(cell)
        parts.edit(name, edits)
    if answered and people:
        _add_person(parts, people)
    return answered, threaded - answered


def _thread_parts(parts: Parts, sheet: SheetPart) -> list[str]:
    found = relations(parts, sheet.part)
    return [r.target for r in found if r.kind == "threadedComment" and r.target in parts]


def _reply(head: bytes, thread: list[Element], text: str) -> bytes:
    first = next((c for c in thread if "parentId" not in c.attributes), thread[0])
    parent = first.attributes.get("id", "")
    date = max(c.attributes.get("dT", "") for c in thread)
    own = f"{{{uuid.uuid5(_SPACE, parent + text)}}}".upper()
    form = b'<%sthreadedComment ref="%s" dT="%s" personId="%s" id="%s" parentId="%s"><%stext>%s</%stext></%s>'
    ref = first.attributes.get("ref", "")
    values = [quoted(value) for value in (ref, date, _PERSON, own, parent)]
    return form % (head, *values, head, escaped(text), head, head + b"threadedComment")


def _add_person(parts: Parts, name: str) -> None:
    data = parts.read(name)
    root = parts.tree(name)
    edits = Edits(data)
    form = b'<%sperson displayName="%s" id="%s" userId="gouji" providerId="None"/>'
    edits.append(root, form % (prefix(data, root), quoted(AUTHOR), _PERSON.encode()))
    parts.edit(name, edits)


def _cell(comment: Element) -> Address:
    return address_of(comment.attributes.get("ref", ""))


def _text(comment: Element) -> str:
    text = comment.child("text")
    return text.text if text else ""
