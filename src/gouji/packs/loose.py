"""Rows and columns that a pack adds to an inherited form whose every figure is in some total, but not these.

Their figures would be read by no sum: an error in them goes unnoticed, and the total seems right without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from gouji.errors import Problem
from gouji.packs.chain import Chain
from gouji.packs.model import Pack
from gouji.packs.yaml_source import MapNode, ScalarNode
from gouji.tables.definition import ColumnDefinition, RowDefinition, SectionDefinition

Entry: TypeAlias = RowDefinition | ColumnDefinition


def loose_figures(above: Pack, pack: Pack, chain: Chain) -> Iterator[Problem]:
    """A problem for each new row or amount column of ``pack`` in no total, where ``above`` has none such."""
    rules = [formula.text for rule in pack.rules if rule.origin.pack == pack.id for formula in rule.checks]
    for name in pack.tables.keys() & above.tables.keys() & chain.tables.keys():
        before = {section.name: section for section in above.tables[name].sections}
        for section in pack.tables[name].sections:
            old = before.get(section.name)
            for key, entries, known in () if old is None else _axes(section, old):
                for entry in _loose(entries, known):
                    if not any(entry.name in text for text in rules):
                        at = _written(chain.tables[name], section.name, key, entry)
                        yield _problem(name, key, entry, entries, at)


def _axes(
    section: SectionDefinition, old: SectionDefinition
) -> Iterator[tuple[str, Sequence[Entry], Sequence[Entry]]]:
    yield "rows", _fixed(section), _fixed(old)
    yield "columns", _amounts(section), _amounts(old)


def _fixed(section: SectionDefinition) -> list[RowDefinition]:
    return [row for row in section.rows if row.each is None and row.is_entry is None]


def _amounts(section: SectionDefinition) -> list[ColumnDefinition]:
    return [column for column in section.columns if column.type == "金额"]


def _loose(entries: Sequence[Entry], known: Sequence[Entry]) -> list[Entry]:
    """The new entries in no total, where every entry known before is one or stands in one."""
    if not any(entry.of for entry in known) or _in_none(known):
        return []
    names = {entry.name for entry in known}
    return [entry for entry in _in_none(entries) if entry.name not in names]


def _in_none(entries: Iterable[Entry]) -> list[Entry]:
    entries = list(entries)
    named = {name for entry in entries for name in (*entry.of, *entry.part)}
    return [entry for entry in entries if not entry.of and entry.name not in named]


def _written(table: MapNode, section: str, key: str, entry: Entry) -> ScalarNode | None:
    """Where the entry's name is written."""
    node: object = table
    for step in ("sections", section, key) if section else (key,):
        node = node.get(step) if isinstance(node, MapNode) else None
    found = node.entries.get(entry.name) if isinstance(node, MapNode) else None
    return None if found is None else found.key


def _problem(table: str, key: str, entry: Entry, entries: Sequence[Entry], at: ScalarNode | None) -> Problem:
    what, what_en = ("行", "row") if key == "rows" else ("栏", "column")
    total = next(each.name for each in entries if each.of)
    return Problem(
        at.file if at else f"tables/{table}.yaml", at.line if at else 1, at.column if at else 1,
        f"{table}新加的{what} {entry.name} 不在任何合计里，它的数错了也看不出来：算在合计里的，写进那个合计的 of"
        f"（如 {total}）；只是“其中”的，写进 part；都不是的，给它写一条规则",
        f"the new {what_en} {entry.name} of {table} is in no total: name it in of (as in {total}), "
        "in part if it is only an “of which”, or write a rule on it",
    )
