"""What one pack has and another has not, or has otherwise: settings, code lists, tables and rules, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from gouji.packs.chain import Chain
from gouji.packs.merging import same
from gouji.packs.yaml_source import MapNode, Node

Part: TypeAlias = Literal["pack", "codes", "table", "rule"]


class FieldChange(NamedTuple):
    """A key, by its path, with both values; ``None`` on the side that lacks it."""

    path: tuple[str, ...]
    before: Node | None
    after: Node | None


class Difference(NamedTuple):
    """A part of a pack that differs. One without ``fields`` is only in one of the packs: ``before`` or ``after``."""

    part: Part
    name: str
    before: MapNode | None
    after: MapNode | None
    fields: tuple[FieldChange, ...] = ()


def differences(before: Chain, after: Chain) -> list[Difference]:
    """Everything in which the resolved pack ``after`` differs from ``before``, in the order of ``after``."""
    rules_before = {name: source.node for name, source in before.rules.items()}
    rules_after = {name: source.node for name, source in after.rules.items()}
    return [
        *_differing("pack", {"pack.yaml": before.settings}, {"pack.yaml": after.settings}),
        *_differing("codes", before.codes, after.codes),
        *_differing("table", before.tables, after.tables),
        *_differing("rule", rules_before, rules_after),
    ]


def _differing(part: Part, before: Mapping[str, MapNode], after: Mapping[str, MapNode]) -> Iterator[Difference]:
    for name in dict.fromkeys((*after, *before)):
        one, other = before.get(name), after.get(name)
        if one is None or other is None:
            yield Difference(part, name, one, other)
        elif fields := tuple(_fields((), one, other)):
            yield Difference(part, name, one, other, fields)


def _fields(path: tuple[str, ...], before: MapNode, after: MapNode) -> Iterator[FieldChange]:
    for key in dict.fromkeys((*after.entries, *before.entries)):
        one, other = before.get(key), after.get(key)
        if isinstance(one, MapNode) and isinstance(other, MapNode):
            yield from _fields((*path, key), one, other)
        elif not same(one, other):
            yield FieldChange((*path, key), one, other)
