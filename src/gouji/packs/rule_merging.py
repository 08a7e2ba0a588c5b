"""Rules of a chain of packs by id: a rule met upstream needs ``override`` or ``off``, a new one carries neither."""

from __future__ import annotations

import re
from typing import NamedTuple

from gouji.language.spelling import nearest
from gouji.packs.keys import RULES
from gouji.packs.merging import merged, same, without
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import Entry, MapNode


class Change(NamedTuple):
    """An override or off of an inherited rule: the pack, its reason, and the rule as that pack writes it."""

    pack: str
    reason: str
    node: MapNode


class RuleSource(NamedTuple):
    """A rule as merged so far: its node, the pack of its last writing, and the overrides on the way."""

    node: MapNode
    pack: str
    changes: tuple[Change, ...] = ()


class TurnedOff(NamedTuple):
    """An inherited rule as it was, and the change that turned it off."""

    source: RuleSource
    change: Change


def natural(rule_id: str) -> list[tuple[int, str]]:
    """A key that sorts ids as people do: A2 before A10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", rule_id) if part]


def merge_rules(
    reader: Reader, rules: dict[str, RuleSource], off: dict[str, TurnedOff], pack: str, files: list[MapNode]
) -> None:
    """Add one pack's rule files to what its parents have; ``rules`` and ``off`` are changed in place."""
    upstream = dict(rules)
    own: dict[str, int] = {}
    for file in files:
        reader.known_keys(file, RULES.names)
        for node in reader.maps(reader.required(file, "rules")):
            rule_id = reader.text(reader.required(node, "id"))
            if rule_id in own:
                line = own[rule_id]
                reader.problem(
                    node, f"规则 {rule_id} 重复（第 {line} 行已有）", f"duplicate rule {rule_id} (line {line})"
                )
            elif rule_id:
                own[rule_id] = node.line
                source = RuleSource(_at_table(file, node), pack)
                if rule_id not in upstream:
                    _add_new(reader, rules, source, rule_id)
                elif _may_change(reader, upstream[rule_id], node, rule_id):
                    _change(reader, rules, off, source.pack, node)


def _at_table(file: MapNode, node: MapNode) -> MapNode:
    """The rule with the table of its file where it names none."""
    table = file.entries.get("table")
    if table is None or "table" in node.entries:
        return node
    return MapNode(node.file, node.line, node.column, {**node.entries, "table": table})


def _add_new(reader: Reader, rules: dict[str, RuleSource], source: RuleSource, rule_id: str) -> None:
    changes = [key for key in ("override", "off") if key in source.node.entries]
    for key in changes:
        reader.problem(
            source.node.entries[key].key,
            f"上级规则包里没有 {rule_id}{_meant(rule_id, rules, 'zh')}，不能写 {key}：改正编号，或去掉它",
            f"no rule {rule_id} above{_meant(rule_id, rules, 'en')}: correct the id, or take it out",
        )
    if not changes:
        rules[rule_id] = source


def _meant(rule_id: str, rules: dict[str, RuleSource], language: str) -> str:
    guess = nearest(rule_id, rules)
    if guess is None:
        return ""
    return f"（最近的是 {guess}）" if language == "zh" else f" (the nearest is {guess})"


def _change(
    reader: Reader, rules: dict[str, RuleSource], off: dict[str, TurnedOff], pack: str, node: MapNode
) -> None:
    """Apply the override or off that ``node`` writes."""
    rule_id = reader.text(node.get("id"))
    upstream = rules[rule_id]
    if "off" in node.entries:
        off[rule_id] = TurnedOff(rules.pop(rule_id), Change(pack, reader.text(node.get("off")), node))
        return
    change = Change(pack, reader.text(node.get("override")), node)
    node_merged = merged(upstream.node, without(node, "override"), reader.problems)
    rules[rule_id] = RuleSource(node_merged, pack, (*upstream.changes, change))


def _may_change(reader: Reader, upstream: RuleSource, node: MapNode, rule_id: str) -> bool:
    changes = [key for key in ("override", "off") if key in node.entries]
    if len(changes) > 1:
        reader.problem(node, "override 和 off 只写一个", "write override or off, not both")
        return False
    if not changes:
        reader.problem(
            node,
            f"{upstream.pack} 里已有 {rule_id}：新规则换一个编号；要改它，写 override 或 off 并说明理由",
            f"{upstream.pack} has {rule_id}: choose another id, or give override or off with the reason",
        )
        return False
    change = node.entries[changes[0]]
    if reader.flag(upstream.node.get("locked")):
        reader.problem(
            change.key,
            f"{rule_id} 在 {upstream.pack} 里已锁定，不能改也不能关；请删去这一条",
            f"{rule_id} is locked in {upstream.pack}: take this out",
        )
        return False
    if not reader.text(change.value):
        reader.problem(change.key, f"{changes[0]} 要写理由", f"{changes[0]} needs a reason")
    if changes == ["off"]:
        _refuse_keys_beside_off(reader, node)
    given = {key: entry for key, entry in node.entries.items() if key not in ("id", "override")}
    if changes == ["override"] and all(_unchanged(upstream.node, key, entry) for key, entry in given.items()):
        reader.problem(
            change.key,
            f"override 没有改动 {rule_id} 的任何内容", f"the override changes nothing in {rule_id}",
        )
    return True


def _refuse_keys_beside_off(reader: Reader, node: MapNode) -> None:
    for key, entry in node.entries.items():
        if key not in ("id", "off"):
            reader.problem(
                entry.key,
                f"停用的规则只写 id 和 off；要改 {key}，用 override",
                f"a rule turned off has only id and off; to change {key}, use override",
            )


def _unchanged(upstream: MapNode, key: str, entry: Entry) -> bool:
    return same(upstream.get(key), entry.value)
