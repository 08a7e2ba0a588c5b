"""Printed words that would mean two things: recognition could not tell which, and would take one in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gouji.labels import normalised
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import MapNode, Node, ScalarNode


def shared_labels(
    reader: Reader,
    entries: Mapping[str, MapNode],
    named: Iterable[tuple[str, tuple[str, ...], str]],
    what: tuple[str, str],
) -> None:
    """A problem for each printed form of two rows, or of two columns below the same heading.

    ``named`` lists names with their printed forms and the heading over them; ``what`` is 行 or 栏 in both languages.
    """
    owners: dict[tuple[str, str], str] = {}
    for name, labels, above in named:
        for label in labels:
            owner = owners.setdefault((normalised(label), above), name)
            if owner != name:
                written = [entries[one] for one in (name, owner) if one in entries]
                words: list[Node] = [word for node in written if (word := _label(node, label)) is not None]
                reader.problem(
                    [*words, *written][0],
                    f"“{label}”既是{what[0]} {owner} 又是{what[0]} {name}，印出来分不清",
                    f"{label} is printed for two {what[1]}, {owner} and {name}",
                )


def shared_titles(reader: Reader, tables: Mapping[str, MapNode]) -> None:
    """A problem for each title that two tables have."""
    owners: dict[str, str] = {}
    for name, node in tables.items():
        for scalar in reader.scalars(node.get("title")):
            owner = owners.setdefault(normalised(scalar.text), name)
            if owner != name:
                reader.problem(
                    scalar,
                    f"标题“{scalar.text}”既是 {owner} 又是 {name}，认不出是哪张表",
                    f"the title {scalar.text} is that of {owner} and of {name}",
                )


def _label(entry: MapNode, label: str) -> ScalarNode | None:
    """The word of ``label:`` that says it."""
    value = entry.get("label")
    words = getattr(value, "items", (value,))
    return next((word for word in words if isinstance(word, ScalarNode) and word.text.strip() == label), None)
