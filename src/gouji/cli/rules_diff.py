"""``gouji rules diff A B``: what B has and A has not, what it lacks, what it has otherwise, key by key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gouji.cli import exits
from gouji.cli.commands import Rules
from gouji.cli.rules_show import resolved_chain
from gouji.cli.screen import Screen

if TYPE_CHECKING:
    from gouji.packs.chain import Chain
    from gouji.packs.differences import Difference, FieldChange
    from gouji.packs.yaml_source import Node

_PARTS = {"pack": ("设置", "Settings"), "codes": ("编码表", "Code lists"), "table": ("表", "Tables"),
          "rule": ("规则", "Rules")}  # fmt: skip


def run(command: Rules, screen: Screen) -> int:
    """Print the differences; the exit code is 0 whether there are any or not."""
    from gouji.packs.differences import differences

    before, after = map(resolved_chain, command.packs)
    found = differences(before, after)
    if command.format == "json":
        document = {
            "schema": "gouji/diff/1", "before": before.pack, "after": after.pack,
            "differences": [_json(one) for one in found],
        }  # fmt: skip
        screen.document(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        return exits.CLEAN
    screen.print(f"{before.pack} → {after.pack}")
    for part, words in _PARTS.items():
        own = [one for one in found if one.part == part]
        if own:
            screen.print(screen.say(*words))
        for one in own:
            for line in _lines(one, after, screen):
                screen.print(line)
    if not found:
        screen.print(screen.say("没有不同。", "No differences."))
    return exits.CLEAN


def _lines(one: Difference, after: Chain, screen: Screen) -> Iterator[str]:
    name = _called(one)
    if one.before is None or one.after is None:
        sign = "+" if one.before is None else "-"
        yield f"  {sign} {name}{_why_off(one, after, screen)}"
        return
    yield f"  ~ {name}{_why_changed(one, after)}"
    for change in one.fields:
        yield from _field(change, screen)


def _called(one: Difference) -> str:
    node = one.after or one.before
    said = getattr(node.get("name" if one.part == "rule" else "title"), "text", "") if node else ""
    return f"{one.name} {said}".rstrip() if one.part == "rule" else one.name


def _why_off(one: Difference, after: Chain, screen: Screen) -> str:
    off = after.off.get(one.name) if one.part == "rule" else None
    return f"（{screen.say('停用', 'off')}，{off.change.pack}：{off.change.reason}）" if off else ""


def _why_changed(one: Difference, after: Chain) -> str:
    if one.part != "rule":
        return ""
    reasons = [f"{change.pack}：{change.reason}" for change in after.rules[one.name].changes]
    return f"（{'；'.join(reasons)}）" if reasons else ""


def _field(change: FieldChange, screen: Screen) -> Iterator[str]:
    from gouji.packs.written import one_line
    from gouji.packs.yaml_source import ListNode, ScalarNode

    path = "/".join(change.path)
    before, after = change.before, change.after
    if before is None or after is None:
        sign, node = ("+", after) if before is None else ("-", before)
        assert node is not None
        yield f"      {sign} {path}: {one_line(node)}"
    elif isinstance(before, ScalarNode) and isinstance(after, ScalarNode):
        yield f"      {path}: {before.text} → {after.text}"
    elif isinstance(before, ListNode) and isinstance(after, ListNode) and _are_words(before) and _are_words(after):
        yield f"      {path}: {_words_changed(before, after, screen)}"
    else:
        yield f"      {path}:"
        yield f"        - {one_line(before)}"
        yield f"        + {one_line(after)}"


def _are_words(node: Node) -> bool:
    from gouji.packs.yaml_source import ListNode, ScalarNode

    return isinstance(node, ListNode) and all(isinstance(item, ScalarNode) for item in node.items)


def _words_changed(before: Node, after: Node, screen: Screen) -> str:
    """What a list of words gained and lost; its new order where it only moved them."""
    old, new = ([item.text for item in getattr(node, "items", ())] for node in (before, after))
    gained = [word for word in new if word not in old]
    lost = [word for word in old if word not in new]
    said = []
    if gained:
        said.append(screen.say(f"多 {'、'.join(gained)}", f"gains {', '.join(gained)}"))
    if lost:
        said.append(screen.say(f"少 {'、'.join(lost)}", f"loses {', '.join(lost)}"))
    if not said:
        said.append(screen.say(f"顺序改为 {'、'.join(new)}", f"reordered to {', '.join(new)}"))
    return screen.say("；", "; ").join(said)


def _json(one: Difference) -> dict[str, Any]:
    from gouji.packs.table_source import plain

    kind = "added" if one.before is None else "removed" if one.after is None else "changed"
    found: dict[str, Any] = {"part": one.part, "name": one.name, "change": kind}
    if one.fields:
        found["fields"] = [
            {"path": list(change.path), "before": plain(change.before), "after": plain(change.after)}
            for change in one.fields
        ]
    return found
