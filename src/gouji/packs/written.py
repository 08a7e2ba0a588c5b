"""Nodes written back as YAML, a line at a time, so that each line can say where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from gouji.packs.yaml_source import ListNode, MapNode, Node, ScalarNode

_LONGEST = 100
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=~][^\n]*")
_BROKEN = re.compile(r":(?:\s|$)|\s#")
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML takes only as an escape."""
_FLOW_SIGNS = re.compile(r"[,\[\]{}]|:$|:[\s,]")


class Line(NamedTuple):
    """One line, without its line feed, and the node whose place it has (``None`` where it only opens a map)."""

    text: str
    node: Node | None


def yaml_lines(key: str, node: Node, indent: int = 0) -> Iterator[Line]:
    """``key: node`` as YAML: maps written on one line stay on one line as long as it is short."""
    opening = f"{'  ' * indent}{_scalar(key, flow=False)}:"
    flow = one_line(node)
    if isinstance(node, ScalarNode) or _fits(node, opening, flow):
        yield Line(f"{opening} {flow}", node)
    elif isinstance(node, MapNode):
        yield Line(opening, None)
        for name, entry in node.entries.items():
            yield from yaml_lines(name, entry.value, indent + 1)
    else:
        yield Line(opening, None)
        for item in node.items:
            yield Line(f"{'  ' * (indent + 1)}- {one_line(item)}", item)


def one_line(node: Node, *, flow: bool = False) -> str:
    """A node on one line; ``flow``: inside of brackets."""
    match node:
        case ScalarNode(text=text):
            return _scalar(text, flow=flow, plain=node.plain)
        case ListNode(items=items):
            return f"[{', '.join(one_line(item, flow=True) for item in items)}]"
        case MapNode(entries=entries):
            pairs = (f"{_scalar(name, flow=True)}: {one_line(e.value, flow=True)}" for name, e in entries.items())
            return f"{{{', '.join(pairs)}}}"


def _fits(node: ListNode | MapNode, opening: str, flow: str) -> bool:
    """Whether a list or map goes on the line of its key: short enough, and a map all from one place."""
    if isinstance(node, ListNode):
        return len(opening) + len(flow) < _LONGEST or not node.items
    return len(opening) + len(flow) < _LONGEST and len({(leaf.file, leaf.line) for leaf in places(node)}) <= 1


def places(node: Node) -> Iterator[Node]:
    """Everything in a node that is no map: what was written somewhere."""
    if isinstance(node, MapNode):
        for entry in node.entries.values():
            yield from places(entry.value)
    else:
        yield node


def _scalar(text: str, *, flow: bool, plain: bool = True) -> str:
    unquoted = plain and _PLAIN.fullmatch(text) and text == text.strip() and not _BROKEN.search(text)
    if unquoted and not _FORBIDDEN.search(text) and not (flow and _FLOW_SIGNS.search(text)):
        return text
    if "\n" in text or not text.isprintable():
        escaped = "".join(_ESCAPES.get(sign) or (sign if sign.isprintable() else _escaped(sign)) for sign in text)
        return f'"{escaped}"'
    return "'" + text.replace("'", "''") + "'"


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def _escaped(sign: str) -> str:
    return f"\\U{ord(sign):08X}"
