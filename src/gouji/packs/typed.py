"""Typed values out of nodes; what does not fit is collected, never raised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from gouji.errors import Problem
from gouji.language.spelling import nearest
from gouji.packs.yaml_source import ListNode, MapNode, Node, ScalarNode

_EMPTY: frozenset[str] = frozenset({"", "~"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class Reader:
    """Reads nodes as the schema asks and collects every problem on the way."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def problem(self, node: Node, chinese: str, english: str, shift: int = 0) -> None:
        """Collect a problem at ``node``, ``shift`` characters into it."""
        self.problems.append(Problem(node.file, node.line, node.column + shift, chinese, english))

    def known_keys(self, node: MapNode, known: Iterable[str]) -> None:
        """A problem for each key that is not in ``known``, with the nearest spelling."""
        names = tuple(known)
        for name, entry in node.entries.items():
            if name not in names:
                guess = nearest(name, names)
                chinese = f"，是 {guess} 吗？" if guess else f"；可用的键：{'、'.join(names)}"
                english = f"; did you mean {guess}?" if guess else f"; known keys: {', '.join(names)}"
                self.problem(entry.key, f"没有键 {name}{chinese}", f"unknown key {name}{english}")

    def required(self, node: MapNode, name: str, what: tuple[str, str] | None = None) -> Node | None:
        """The value of a key that must be there and not empty."""
        value = node.get(name)
        if value is None or _is_empty(value):
            chinese, english = what or ("", "")
            self.problem(node, f"缺 {name}{chinese}", f"{name} is missing{english}")
            return None
        return value

    def text(self, node: Node | None, default: str = "") -> str:
        """One text."""
        if node is None:
            return default
        if isinstance(node, ScalarNode):
            return node.text.strip()
        self.problem(node, "这里应是一个词或一句话", "expected one text")
        return default

    def scalars(self, node: Node | None) -> tuple[ScalarNode, ...]:
        """One text or a list of texts, as nodes."""
        if node is None or isinstance(node, ScalarNode):
            return () if node is None or _is_empty(node) else (node,)
        if isinstance(node, MapNode):
            self.problem(node, "这里应是一个词或列表", "expected a text or a list of texts")
            return ()
        found = [item for item in node.items if isinstance(item, ScalarNode)]
        for item in node.items:
            if not isinstance(item, ScalarNode):
                self.problem(item, "列表里应是词", "expected a list of texts")
        return tuple(found)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """One text or a list of texts."""
        return tuple(scalar.text.strip() for scalar in self.scalars(node))

    def mapping(self, node: Node | None) -> MapNode | None:
        """A map; an empty value reads as an empty one, a missing one as ``None``."""
        if node is None or isinstance(node, MapNode):
            return node
        if _is_empty(node):
            return MapNode(node.file, node.line, node.column, {})
        self.problem(node, "这里应是“键: 值”", "expected keys and values")
        return None

    def maps(self, node: Node | None) -> Iterator[MapNode]:
        """The maps of a list."""
        if node is None or _is_empty(node):
            return
        if not isinstance(node, ListNode):
            self.problem(node, "这里应是列表，每项以 - 开头", "expected a list of items beginning with -")
            return
        for item in node.items:
            mapping = self.mapping(item)
            if mapping is not None:
                yield mapping

    def flag(self, node: Node | None, default: bool = False) -> bool:
        """是 or 否."""
        return self.word(node, ("是", "否"), "是" if default else "否") == "是"

    def word(self, node: Node | None, choices: Iterable[str], default: str) -> str:
        """One of some words."""
        if node is None:
            return default
        word, words = self.text(node), tuple(choices)
        if word in words:
            return word
        if isinstance(node, ScalarNode):
            guess = nearest(word, words)
            hint_zh, hint_en = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("", "")
            self.problem(
                node,
                f"“{word}”不可用，应是 {' '.join(words)} 之一{hint_zh}",
                f"'{word}' is not one of {' '.join(words)}{hint_en}",
            )
        return default

    def whole(self, node: Node | None) -> int | None:
        """A whole number."""
        if node is None:
            return None
        text = self.text(node)
        if re.fullmatch(r"\d{1,9}", text):
            return int(text)
        if isinstance(node, ScalarNode):
            self.problem(node, f"“{text}”应是整数", f"'{text}' should be a whole number")
        return None

    def value(self, node: Node) -> Decimal | str:
        """A number where it reads as one, else a text."""
        text = self.text(node)
        return Decimal(text) if _NUMBER.fullmatch(text) else text


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.plain and node.text in _EMPTY
