"""Merging a pack into the one it extends: maps key by key, everything else replaced whole, 删除 removes a key."""

from __future__ import annotations

from gouji.errors import Problem
from gouji.packs.keys import REMOVED
from gouji.packs.yaml_source import Entry, ListNode, MapNode, Node, ScalarNode


def merged(upstream: MapNode | None, own: MapNode, problems: list[Problem]) -> MapNode:
    """``own`` over ``upstream``; a 删除 that removes nothing is a problem."""
    entries = dict(upstream.entries) if upstream else {}
    for name, entry in own.entries.items():
        if isinstance(entry.value, ScalarNode) and entry.value.text == REMOVED:
            if entries.pop(name, None) is None:
                problems.append(_nothing_to_remove(entry.key))
        else:
            above = entries.get(name)
            entries[name] = Entry(entry.key, _value(above.value if above else None, entry.value, problems))
    return MapNode(own.file, own.line, own.column, entries)


def same(one: Node | None, other: Node | None) -> bool:
    """Whether two nodes say the same, wherever they stand."""
    match one, other:
        case ScalarNode(), ScalarNode():
            return one.text == other.text
        case ListNode(), ListNode():
            return len(one.items) == len(other.items) and all(map(same, one.items, other.items))
        case MapNode(), MapNode():
            return one.entries.keys() == other.entries.keys() and all(
                same(entry.value, other.get(name)) for name, entry in one.entries.items()
            )
    return one is None and other is None


def without(node: MapNode, *names: str) -> MapNode:
    """A copy of the map that lacks some keys."""
    entries = {name: entry for name, entry in node.entries.items() if name not in names}
    return MapNode(node.file, node.line, node.column, entries)


def _value(upstream: Node | None, own: Node, problems: list[Problem]) -> Node:
    if isinstance(own, MapNode):
        return merged(upstream if isinstance(upstream, MapNode) else None, own, problems)
    return own


def _nothing_to_remove(key: ScalarNode) -> Problem:
    return Problem(
        key.file, key.line, key.column,
        f"上级规则包里没有 {key.text}，无可删除", f"the pack above has no {key.text} to remove",
    )
