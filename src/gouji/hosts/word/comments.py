"""The comments part of a document: our comments put in and taken out, people's own and their replies left as they are.

What programs keep beside it about each comment (threads, ids, dates) loses only the entries of ours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from gouji.hosts.package import spans
from gouji.hosts.package.parts import (
    OURS,
    XML_HEAD,
    Parts,
    add_relation,
    related,
    relation_ids,
    relations,
    remove_relations,
)
from gouji.hosts.package.relations import Relation
from gouji.hosts.package.spans import OWN, Edits, Element, elements
from gouji.hosts.protocol import AUTHOR, MARKER
from gouji.hosts.word.names import STRICT, attribute_prefix, value

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_ID = f"{OURS}Comments"
_INITIALS = "勾"
_PARA_ID = "http://schemas.microsoft.com/office/word/2010/wordml paraId"
_COMMENT = (
    b'<%(p)scomment%(d)s %(a)sid="%(id)d" %(a)sauthor="%(author)s" %(a)sinitials="%(initials)s">%(text)s</%(p)scomment>'
)
_PARAGRAPH = (
    b'<%(p)sp><%(p)spPr><%(p)sspacing %(a)sline="240" %(a)slineRule="auto"/><%(p)sind %(a)sfirstLine="0"/>'
    b'<%(p)sjc %(a)sval="left"/></%(p)spPr><%(p)sr><%(p)srPr><%(p)ssz %(a)sval="18"/></%(p)srPr>'
    b'<%(p)st xml:space="preserve">%(text)s</%(p)st></%(p)sr></%(p)sp>'
)


class Stripped(NamedTuple):
    """The ids of the comments taken out, and the texts of ours that were there, each as often as it was."""

    ids: frozenset[str]
    texts: Counter[str]


def strip_comments(parts: Parts, main: str) -> Stripped:
    """Take out every paragraph of ours, and every comment that has no other."""
    name = related(parts, main, "comments")
    if name is None:
        return Stripped(frozenset(), Counter())
    data, root = parts.read(name), parts.tree(name)
    edits, texts = Edits(data), Counter[str]()
    whole: list[Element] = []
    for comment in root.named("comment"):
        written = [(each, _text(each)) for each in comment.walk() if each.name == "p"]
        ours = [(each, text) for each, text in written if text.startswith(MARKER)]
        if not ours:
            continue
        texts["\n".join(text for _, text in ours)] += 1
        if all(text.startswith(MARKER) or not text.strip() for _, text in written):
            whole.append(comment)
        for element in [comment] if comment in whole[-1:] else [each for each, _ in ours]:
            edits.remove(element)
    if len(whole) == len(root.children):
        edits.close_if_opened(root)
    gone = frozenset(value(comment, "id") or "" for comment in whole)
    _strip_companions(parts, main, {each.attributes.get(_PARA_ID, "") for each in _paragraphs(whole)} - {""})
    if whole and len(whole) == len(root.children) and spans.is_owned(data):
        _remove_part(parts, main, name)
    else:
        parts.edit(name, edits)
    return Stripped(gone, texts)


def add_comments(parts: Parts, main: str, comments: Sequence[tuple[int, Sequence[str]]]) -> None:
    """Append comments, each given by its id and its paragraphs; a part for them is made when there is none."""
    name = related(parts, main, "comments")
    if name is None:
        name = _new_name(parts, main)
        document = parts.tree(main)
        space = document.space.encode()
        listed = b"".join(_comment(b"w:", b"", b"w:", *each) for each in comments)
        parts.write(name, XML_HEAD + b'<w:comments xmlns:w="%s">%s</w:comments%s>' % (space, listed, OWN))
        parts.declare(name, _TYPE)
        add_relation(parts, main, Relation(_relation_id(parts, main), "comments", name), document.space == STRICT)
        return
    data, root = parts.read(name), parts.tree(name)
    declared, attribute = attribute_prefix(data, root)
    edits = Edits(data)
    prefix = spans.prefix(data, root)
    edits.append(root, b"".join(_comment(prefix, declared, attribute, *each) for each in comments))
    parts.edit(name, edits)


def comment_ids(parts: Parts, main: str) -> set[str]:
    """The ids of all comments there are."""
    name = related(parts, main, "comments")
    return {value(each, "id") or "" for each in parts.tree(name).named("comment")} if name else set()


def _comment(prefix: bytes, declared: bytes, attribute: bytes, number: int, paragraphs: Sequence[str]) -> bytes:
    names = {b"p": prefix, b"a": attribute, b"d": declared}
    text = b"".join(_PARAGRAPH % (names | {b"text": spans.escaped(_one_line(each))}) for each in paragraphs)
    author, initials = spans.quoted(AUTHOR), spans.quoted(_INITIALS)
    return _COMMENT % (names | {b"id": number, b"author": author, b"initials": initials, b"text": text})


def _one_line(paragraph: str) -> str:
    return " ".join(paragraph.splitlines())


def _text(paragraph: Element) -> str:
    return "".join(each.text for each in paragraph.walk() if each.name == "t")


def _paragraphs(comments: Sequence[Element]) -> list[Element]:
    return [each for comment in comments for each in comment.walk() if each.name == "p"]


def _new_name(parts: Parts, main: str) -> str:
    folder = main.rpartition("/")[0]
    names = (f"{folder}/{name}".lstrip("/") for name in ("comments.xml", f"comments_{OURS}.xml"))
    return next(name for name in names if name not in parts)


def _relation_id(parts: Parts, main: str) -> str:
    taken = relation_ids(parts, main)
    return next(each for each in (_ID, *(f"{_ID}{n}" for n in range(1, len(taken) + 2))) if each not in taken)


def _remove_part(parts: Parts, main: str, name: str) -> None:
    ids = {each.id for each in relations(parts, main) if each.target == name}
    parts.remove(name)
    remove_relations(parts, main, ids)


def _strip_companions(parts: Parts, main: str, paragraphs: Collection[str]) -> None:
    """Take the entries of our comments, known by their paragraphs, out of the parts about threads, ids and dates."""
    if not paragraphs:
        return
    durable = _strip_entries(parts, main, "commentsIds", "paraId", paragraphs)
    _strip_entries(parts, main, "commentsExtended", "paraId", paragraphs)
    _strip_entries(parts, main, "commentsExtensible", "durableId", durable)


def _strip_entries(parts: Parts, main: str, kind: str, key: str, gone: Collection[str]) -> set[str]:
    """Remove the entries with these keys, and replies' references to them; the durable ids of those removed."""
    name = related(parts, main, kind)
    if name is None:
        return set()
    root = parts.derived(name, elements)
    edits, durable = Edits(root.data), set()
    for entry in root.children:
        local = {attribute.rpartition(" ")[2]: text for attribute, text in entry.attributes.items()}
        if local.get(key) in gone:
            edits.remove(entry)
            durable.add(local.get("durableId", ""))
        elif local.get("paraIdParent") in gone:
            tag = root.data[entry.start : entry.inner]
            found = re.search(rb"""\s+[\w.-]+:paraIdParent\s*=\s*("[^"]*"|'[^']*')""", tag)
            if found:
                edits.replace(entry.start + found.start(), entry.start + found.end())
    parts.edit(name, edits)
    return durable - {""}
