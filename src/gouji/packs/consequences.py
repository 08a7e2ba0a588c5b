"""Problems of inherited rules that only a pack's own definitions bring about: said where the pack changed the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.errors import Problem
from gouji.packs.chain import Chain
from gouji.packs.yaml_source import ListNode, MapNode, Node

_SHOWN = 6


def at_their_cause(problems: Sequence[Problem], inherited: Sequence[Problem], chain: Chain, own: str) -> list[Problem]:
    """``problems`` without those in files of other packs than ``own`` (the folder), unless ``inherited`` has them too.

    While the pack's own files have problems these come first: the others may be gone with them. Else the rules that
    cannot stand any more are named once for each of its tables.
    """
    mine = [problem for problem in problems if problem.file.startswith(f"{own}/")]
    brought = [problem for problem in problems if problem not in mine and problem not in inherited]
    kept = [problem for problem in problems if problem in mine or problem in inherited]
    if mine or not brought:
        return kept
    changed = {name: node for name, node in chain.tables.items() if _own_node(node, own) is not None}
    return [*kept, *_grouped(brought, changed, own)] if changed else list(problems)


def _grouped(brought: Sequence[Problem], changed: dict[str, MapNode], own: str) -> Iterator[Problem]:
    left = list(brought)
    for name, node in changed.items():
        about = [problem for problem in left if name in problem.chinese] if len(changed) > 1 else left
        left = [problem for problem in left if problem not in about]
        if about:
            yield _problem(name, _first_list(node, own) or _own_node(node, own) or node, about)
    if left:
        name, node = next(iter(changed.items()))
        yield _problem(name, node, left)


def _problem(table: str, at: Node, about: Sequence[Problem]) -> Problem:
    first = about[0]
    rules = list(dict.fromkeys(problem.chinese.partition("：")[0].removeprefix("规则 ") for problem in about))
    named = "、".join(rules[:_SHOWN]) + (f" 等 {len(rules)} 条" if len(rules) > _SHOWN else "")
    few = ", ".join(rules[:_SHOWN])
    return Problem(
        at.file, at.line, at.column,
        f"{table}这样改了，继承来的 {named} 就站不住了（{first.chinese}）："
        "of、label 这样的列表是整个替换的，原来有的也要写上；真的不要了，给那几条规则写 off 和理由",
        f"with {table} changed like this, inherited rules ({few}) cannot stand ({first.english}): "
        "lists such as of and label are replaced whole, so repeat what was there; or turn those rules off",
    )


def _own_node(node: Node, own: str) -> Node | None:
    """The first key or value that the pack itself wrote."""
    if isinstance(node, MapNode):
        for entry in node.entries.values():
            if entry.key.file.startswith(f"{own}/"):
                return entry.key
            if (found := _own_node(entry.value, own)) is not None:
                return found
    return node if node.file.startswith(f"{own}/") else None


def _first_list(node: Node, own: str) -> ListNode | None:
    if isinstance(node, ListNode):
        return node if node.file.startswith(f"{own}/") else None
    entries = node.entries.values() if isinstance(node, MapNode) else ()
    return next((found for entry in entries if (found := _first_list(entry.value, own)) is not None), None)
