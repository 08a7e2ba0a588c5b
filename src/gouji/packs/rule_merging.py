"""Rules of a chain of packs by id: a rule met upstream needs ``override`` or ``off``, a new one carries neither."""

from __future__ import annotations

from typing import NamedTuple

from gouji.packs.merging import merged, same, without
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import Entry, MapNode


class RuleSource(NamedTuple):
    """A rule as merged so far: its node, the pack and file of its last writing, and the reasons of overrides."""

    node: MapNode
    pack: str
    overrides: tuple[str, ...] = ()


def merge_rules(reader: Reader, rules: dict[str, RuleSource], pack: str, files: list[MapNode]) -> None:
    """Add one pack's rule files to what its parents have; ``rules`` is changed in place."""
    upstream = dict(rules)
    own: dict[str, int] = {}
    for file in files:
        reader.known_keys(file, ("table", "rules"))
        for node in reader.maps(reader.required(file, "rules")):
            rule_id = reader.text(reader.required(node, "id"))
            if rule_id in own:
                line = own[rule_id]
                reader.problem(
                    node, f"规则 {rule_id} 重复（第 {line} 行已有）", f"duplicate rule {rule_id} (line {line})"
                )
            elif rule_id:
                own[rule_id] = node.line
                _add(reader, rules, upstream.get(rule_id), RuleSource(_at_table(file, node), pack), node)


def _at_table(file: MapNode, node: MapNode) -> MapNode:
    """The rule with the table of its file where it names none."""
    table = file.entries.get("table")
    if table is None or "table" in node.entries:
        return node
    return MapNode(node.file, node.line, node.column, {**node.entries, "table": table})


def _add(
    reader: Reader, rules: dict[str, RuleSource], upstream: RuleSource | None, source: RuleSource, node: MapNode
) -> None:
    """``source`` has its file's table filled in, ``node`` is the rule as written."""
    rule_id = reader.text(node.get("id"))
    if upstream is None:
        changes = [key for key in ("override", "off") if key in node.entries]
        for key in changes:
            reader.problem(
                node.entries[key].key,
                f"上级规则包里没有 {rule_id}，不能写 {key}", f"no rule {rule_id} above: leave out {key}",
            )
        if not changes:
            rules[rule_id] = source
        return
    if not _may_change(reader, upstream, node, rule_id):
        return
    if "off" in node.entries:
        del rules[rule_id]
        return
    reason = f"{source.pack}：{reader.text(node.get('override'))}"
    node_merged = merged(upstream.node, without(node, "override"), reader.problems)
    rules[rule_id] = RuleSource(node_merged, source.pack, (*upstream.overrides, reason))


def _may_change(reader: Reader, upstream: RuleSource, node: MapNode, rule_id: str) -> bool:
    changes = [key for key in ("override", "off") if key in node.entries]
    if len(changes) > 1:
        reader.problem(node, "override 和 off 只写一个", "write override or off, not both")
        return False
    if not changes:
        reader.problem(
            node,
            f"{upstream.pack} 里已有 {rule_id}：写 override 或 off 并说明理由",
            f"{upstream.pack} has {rule_id}: give override or off with the reason",
        )
        return False
    change = node.entries[changes[0]]
    if reader.flag(upstream.node.get("locked")):
        reader.problem(
            change.key,
            f"{rule_id} 在 {upstream.pack} 里已锁定，不能改也不能关", f"{rule_id} is locked in {upstream.pack}",
        )
        return False
    if not reader.text(change.value):
        reader.problem(change.key, f"{changes[0]} 要写理由", f"{changes[0]} needs a reason")
    given = {key: entry for key, entry in node.entries.items() if key not in ("id", "override")}
    if changes == ["override"] and all(_unchanged(upstream.node, key, entry) for key, entry in given.items()):
        reader.problem(
            change.key,
            f"override 没有改动 {rule_id} 的任何内容", f"the override changes nothing in {rule_id}",
        )
    return True


def _unchanged(upstream: MapNode, key: str, entry: Entry) -> bool:
    return same(upstream.get(key), entry.value)
