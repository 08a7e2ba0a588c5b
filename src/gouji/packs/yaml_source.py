"""YAML files as nodes that know where they stand: every scalar is text, nothing is typed implicitly.

Built on PyYAML's event stream (the C parser where there is one). Tags, anchors, aliases, duplicate keys and
second documents are problems. Lines and columns are 1-based.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from gouji.errors import Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BARE_FORMULA = re.compile(r"^\s*(?:-\s+)?(?:(?:check|when|if|for|except)\s*:\s*)?(?:-\s+)?(?P<bracket>\[)")
_SLIPS = (
    (re.compile(r"[ ]*(?P<sign>\t)"), "行首用空格缩进，不用制表符", "indent with blanks, not with tabs"),
    (
        re.compile(r"\s*(?:-\s+)?[a-z_]+(?P<sign>：)"),
        "键后面的冒号要用半角的 :，后面空一格", "a key ends in a plain colon and a blank",
    ),
    (
        re.compile(r"\s*(?:-\s+)?[a-z_]+(?P<sign>:)(?=[^\s:/])"),
        "冒号后面要空一格", "a blank is missing behind the colon",
    ),
)  # fmt: skip
_NOT_UTF8 = (
    "文件不是 UTF-8 编码：用编辑器打开，另存为，编码选 UTF-8",
    "the file is not UTF-8: open it in an editor and save it as UTF-8",
)
_DEEPEST = 40
_OPENED = re.compile(r"\s*(?:-\s+)?[a-z_]+:\s+(?P<quote>')")
QUOTE_HINT = (
    "用单引号括起公式，例如 check: '[总计] = [甲] + [乙]'",
    "put the formula in single quotes: check: '[总计] = …'",
)


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A text. ``column`` is that of its first character, behind an opening quote; ``plain``: written unquoted."""

    file: str
    line: int
    column: int
    text: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list; ``flow``: written with square brackets."""

    file: str
    line: int
    column: int
    items: tuple[Node, ...]
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of a map with its value."""

    key: ScalarNode
    value: Node


@dataclass(frozen=True, slots=True)
class MapNode:
    """A map in the order of its file."""

    file: str
    line: int
    column: int
    entries: dict[str, Entry] = field(default_factory=dict)

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or ``None``."""
        entry = self.entries.get(key)
        return entry.value if entry else None


Node: TypeAlias = ScalarNode | ListNode | MapNode


def read_yaml(content: bytes, file: str, problems: list[Problem]) -> MapNode | None:
    """The map a file holds; what is wrong with it is added to ``problems``.

    ``None`` when the file cannot be read as YAML, or holds no map.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, line, 1, *_NOT_UTF8))
        return None
    try:
        return _Builder(file, text, problems).document(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, text, file))
        return None


class _TooDeepError(yaml.YAMLError):
    """Nested more deeply than any pack file is."""


class _Builder:
    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self.file = file
        self.text = text
        self.problems = problems
        self.depth = 0

    def problem(self, event: Event, chinese: str, english: str) -> None:
        self.problems.append(Problem(self.file, *_place(event), chinese, english))

    def slipped(self, event: Event) -> bool:
        """Whether a colon that is none explains why there is no map here; it is then said."""
        slip = _slip(self.text, self.file, _place(event)[0])
        self.problems += [slip] if slip else []
        return slip is not None

    def document(self, events: Iterator[Event]) -> MapNode | None:
        root: MapNode | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problem(
                        event, "一个文件只能有一份文档（不要写 ---）", "one document a file: leave out ---"
                    )
            elif isinstance(event, NodeEvent):
                node = self.node(event, events)
                if documents == 1 and isinstance(node, MapNode):
                    root = node
                elif documents == 1 and not self.slipped(event):
                    self.problem(event, "文件应是“键: 值”", "the file should hold keys and values")
        if not documents:
            self.problems.append(Problem(self.file, 1, 1, "文件是空的", "the file is empty"))
        return root

    def node(self, event: NodeEvent, events: Iterator[Event]) -> Node:
        self.refuse_marks(event)
        line, column = _place(event)
        if isinstance(event, ScalarEvent):
            plain = not event.style
            shift = 1 if event.style in ("'", '"') else 0
            return ScalarNode(self.file, line, column + shift, event.value, plain)
        if isinstance(event, AliasEvent):
            return ScalarNode(self.file, line, column, "")
        if self.depth >= _DEEPEST:
            raise _TooDeepError
        self.depth += 1
        node = self.collection(event, events)
        self.depth -= 1
        return node

    def collection(self, event: NodeEvent, events: Iterator[Event]) -> Node:
        line, column = _place(event)
        if isinstance(event, MappingStartEvent):
            return MapNode(self.file, line, column, self.entries(events))
        items: list[Node] = []
        while not isinstance(item := next(events), SequenceEndEvent):
            items.append(self.node(item, events))  # type: ignore[arg-type]
        flow = bool(getattr(event, "flow_style", False))
        return ListNode(self.file, line, column, tuple(items), flow)

    def entries(self, events: Iterator[Event]) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key = self.node(event, events)  # type: ignore[arg-type]
            value = self.node(next(events), events)  # type: ignore[arg-type]
            if not isinstance(key, ScalarNode):
                self.problem(event, "键应是一个词；含 [ ] 的键加引号", "a key is one word; quote keys with [ ]")
            elif key.text in entries:
                name, first = key.text, entries[key.text].key.line
                self.problem(
                    event, f"键 {name} 重复（第 {first} 行已有）", f"duplicate key {name} (line {first})"
                )
            else:
                entries[key.text] = Entry(key, value)
        return entries

    def refuse_marks(self, event: NodeEvent) -> None:
        if isinstance(event, AliasEvent) or event.anchor is not None:
            self.problem(
                event,
                "不用锚点和别名（& 和 *）；以这些符号开头的文字加引号",
                "no anchors or aliases (& and *); quote texts that begin with them",
            )
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag not in (None, "!"):
            self.problem(event, f"不用标签 {event.tag}", f"no tags: {event.tag}")


def _place(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    if isinstance(error, _TooDeepError):
        return Problem(file, 1, 1, "嵌套太深", "nested too deeply")
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    lines = text.splitlines()
    for mark in marks:
        bare = mark and mark.line < len(lines) and _BARE_FORMULA.match(lines[mark.line])
        if mark and bare:
            return Problem(file, mark.line + 1, bare.start("bracket") + 1, *QUOTE_HINT)
    mark = marks[1] or marks[0]
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    slip = _slip(text, file, max(line - 1, 1), line)
    if slip is not None:
        return slip
    if (unclosed := _unclosed_quote(lines)) is not None:
        return Problem(
            file, *unclosed, "这一行的引号没有收尾：公式前后各一个 '", "a quote is not closed: one ' on either side"
        )
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable"
    return Problem(
        file, line, column, "这里不合 YAML 写法：看看缩进、冒号后的空格和成对的引号", f"not valid YAML: {reason}"
    )


def _unclosed_quote(lines: list[str]) -> tuple[int, int] | None:
    """The first value that opens a single quote and does not close it on its line."""
    for number, line in enumerate(lines, 1):
        found = _OPENED.match(line)
        if found and line.partition(" #")[0].count("'") % 2:
            return number, found.start("quote") + 1
    return None


def _slip(text: str, file: str, first: int, last: int | None = None) -> Problem | None:
    """What a person often gets wrong in a line: a full-width colon, no blank behind a colon, a tab in front."""
    lines = text.splitlines()
    for number in range(first, (last or first) + 1):
        line = lines[number - 1] if number <= len(lines) else ""
        for pattern, chinese, english in _SLIPS:
            match = pattern.match(line)
            if match:
                return Problem(file, number, match.start("sign") + 1, chinese, english)
    return None
