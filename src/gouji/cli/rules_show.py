"""``gouji rules show``: a pack with all it inherits, or one rule or table of it; where every key was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gouji.cli import exits
from gouji.cli.commands import Rules
from gouji.cli.screen import Screen
from gouji.errors import GoujiError, PackError
from gouji.report.layout import pad, width

if TYPE_CHECKING:
    from gouji.packs.chain import Chain
    from gouji.packs.model import Origin
    from gouji.packs.rule_merging import Change, RuleSource
    from gouji.packs.yaml_source import MapNode

_WIDEST = 72


def run(command: Rules, screen: Screen) -> int:
    """Print it. ``GoujiError`` for a rule or table that the pack has not, ``PackError`` for a faulty pack."""
    pack_id, *names = command.packs
    chain = resolved_chain(pack_id)
    if names:
        _print_one(chain, names[0], screen, resolved=command.resolved)
    elif command.resolved:
        _print_all(chain, screen)
    else:
        _print_overview(chain, screen)
    return exits.CLEAN


def resolved_chain(pack_id: str) -> Chain:
    """A pack with everything it inherits, merged and still as written; ``PackError`` where files cannot be read."""
    from gouji.packs.chain import read_chains
    from gouji.packs.locations import find_pack, read_lineage
    from gouji.packs.typed import Reader

    reader = Reader([])
    chains = read_chains(reader, read_lineage(find_pack(pack_id)))
    if reader.problems:
        raise PackError(reader.problems)
    return chains[-1]


def _print_overview(chain: Chain, screen: Screen) -> None:
    screen.print(" ← ".join(reversed(chain.packs.values())))
    screen.print(screen.say("表", "Tables"))
    column = max(map(width, chain.tables), default=0)
    for name, node in chain.tables.items():
        screen.print(f"  {pad(name, column)}  {_written_by(chain, node)}")
    screen.print(screen.say("规则", "Rules"))
    column = max(map(width, chain.rules), default=0)
    for rule_id, source in chain.rules.items():
        name = getattr(source.node.get("name"), "text", "")
        by = " ".join(dict.fromkeys((_first_pack(chain, source), *(change.pack for change in source.changes))))
        screen.print(f"  {pad(rule_id, column)}  {name}  （{by}）")
    for rule_id, one in chain.off.items():
        at = _at(chain.origin(one.change.node))
        said = screen.say(f"停用，{at}：{one.change.reason}", f"off, {at}: {one.change.reason}")
        screen.print(f"  {pad(rule_id, column)}  {said}")


def _first_pack(chain: Chain, source: RuleSource) -> str:
    """The pack that wrote the rule first: whose words it still has, unless all were changed."""
    written = source.node.get("name") or source.node
    return chain.origin(written).pack


def _written_by(chain: Chain, node: MapNode) -> str:
    """The packs that wrote a table, the root first."""
    from gouji.packs.written import places

    packs = {chain.origin(place).pack for place in places(node)}
    return " ".join(pack for pack in chain.packs.values() if pack in packs)


def _print_one(chain: Chain, name: str, screen: Screen, *, resolved: bool) -> None:
    if name in chain.rules:
        source = chain.rules[name]
        _print_lines(_rule_lines(chain, name), screen, resolved=resolved)
        for change in source.changes:
            screen.print(f"# {_changed(chain, change, screen)}")
    elif name in chain.off:
        off = chain.off[name]
        screen.print(f"# {_changed(chain, off.change, screen, off=True)}")
    elif name in chain.tables:
        _print_lines(_node_lines(chain, name, chain.tables[name]), screen, resolved=resolved)
    else:
        raise _unknown(chain, name)


def _print_all(chain: Chain, screen: Screen) -> None:
    """Every key of the pack, with its origin."""
    parts = [("pack.yaml", chain.settings), *chain.codes.items(), *chain.tables.items()]
    for name, node in parts:
        _print_lines(_node_lines(chain, name, node), screen, resolved=True)
        screen.print()
    for rule_id in chain.rules:
        _print_one(chain, rule_id, screen, resolved=True)
        screen.print()
    for rule_id in chain.off:
        _print_one(chain, rule_id, screen, resolved=True)


def _changed(chain: Chain, change: Change, screen: Screen, *, off: bool = False) -> str:
    at = _at(chain.origin(change.node))
    rule_id = getattr(change.node.get("id"), "text", "")
    if off:
        return screen.say(f"{rule_id} 停用：{at}：{change.reason}", f"{rule_id} is off: {at}: {change.reason}")
    return screen.say(f"改动：{at}：{change.reason}", f"changed: {at}: {change.reason}")


def _rule_lines(chain: Chain, rule_id: str) -> Iterator[tuple[str, Origin | None]]:
    """The rule with its keys in the order they are explained."""
    from gouji.packs.keys import RULE
    from gouji.packs.yaml_source import MapNode

    node = chain.rules[rule_id].node
    entries = {name: node.entries[name] for name in RULE.names if name in node.entries}
    return _node_lines(chain, rule_id, MapNode(node.file, node.line, node.column, entries))


def _node_lines(chain: Chain, name: str, node: MapNode) -> Iterator[tuple[str, Origin | None]]:
    from gouji.packs.written import yaml_lines

    for line in yaml_lines(name, node):
        yield line.text, None if line.node is None else chain.origin(line.node)


def _print_lines(lines: Iterator[tuple[str, Origin | None]], screen: Screen, *, resolved: bool) -> None:
    listed = list(lines)
    column = min(max(width(text) for text, _ in listed), _WIDEST)
    for text, origin in listed:
        if resolved and origin is not None:
            screen.print(f"{pad(text, column)}  # {_at(origin)}")
        else:
            screen.print(text)


def _at(origin: Origin) -> str:
    return f"{origin.pack} {origin.file}:{origin.line}"


def _unknown(chain: Chain, name: str) -> GoujiError:
    from gouji.language.spelling import nearest

    guess = nearest(name, (*chain.rules, *chain.off, *chain.tables))
    hint_zh, hint_en = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("。", ".")
    return GoujiError(
        f"{chain.pack} 里没有规则或表 {name}{hint_zh}", f"{chain.pack} has no rule or table {name}{hint_en}"
    )
