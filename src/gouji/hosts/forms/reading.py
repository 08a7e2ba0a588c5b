"""Reading a plain mapping key by key, collecting every fault instead of stopping at the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


class Reader:
    """A view on one mapping. Values are texts (or what a YAML reader made of them), lists and mappings.

    ``problems`` are (Chinese, English) sentences; readers of nested mappings share the list.
    """

    def __init__(
        self, source: Any, chinese: str, english: str, problems: list[tuple[str, str]] | None = None
    ) -> None:
        self.problems: list[tuple[str, str]] = [] if problems is None else problems
        self._chinese, self._english = chinese, english
        self._asked: set[str] = set()
        self._source: Mapping[Any, Any] = {}
        if isinstance(source, Mapping):
            self._source = source
        else:
            self.report("应为映射（键: 值）", "a mapping is expected")

    def report(self, chinese: str, english: str) -> None:
        """Adds a fault of this mapping."""
        self.problems.append((f"{self._chinese}：{chinese}", f"{self._english}: {english}"))

    def unknown(self, key: str, name: str) -> None:
        """Adds the fault that ``name`` is no name of the definition."""
        self.report(f"{key} 里的“{name}”在表的定义里没有", f"{key}: the definition has no {name!r}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._source

    def text(self, key: str, *, required: bool = False) -> str:
        """A single text, "" when it is missing."""
        value = self._take(key)
        if value is None:
            if required:
                self.report(f"缺少 {key}", f"{key} is missing")
            return ""
        if isinstance(value, (Mapping, list, tuple)):
            self._wrong(key, "一个词", "a single text")
            return ""
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when it is missing."""
        return self._line(key, self._take(key) or ())

    def grid(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of texts."""
        value = self._take(key) or ()
        if not _is_list(value):
            self._wrong(key, "由列表组成的列表", "a list of lists")
            return ()
        return tuple(self._line(key, line) for line in value)

    def mapping(self, key: str) -> dict[str, str]:
        """Texts by name, in the order written."""
        value = self._take(key) or {}
        if not isinstance(value, Mapping):
            self._wrong(key, "映射（名: 字）", "a mapping of texts")
            return {}
        return {str(name): str(text) for name, text in value.items()}

    def maps(self, key: str) -> list[Reader]:
        """Readers of a list of mappings."""
        value = self._take(key) or ()
        if not _is_list(value):
            self._wrong(key, "由映射组成的列表", "a list of mappings")
            return []
        return [
            Reader(each, f"{self._chinese}.{key}[{i}]", f"{self._english}.{key}[{i}]", self.problems)
            for i, each in enumerate(value, 1)
        ]

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers, at least one."""
        if not self.has(key):
            self.report(f"缺少 {key}", f"{key} is missing")
        return tuple(self._number(key, each) for each in self.texts(key))

    def number(self, key: str) -> float:
        """A number, 0 when it is missing."""
        return self._number(key, self.text(key) or "0")

    def whole(self, key: str) -> int:
        """A whole number, 0 when it is missing."""
        text = self.text(key) or "0"
        if not text.isdecimal():
            self._wrong(key, "整数", "a whole number")
            return 0
        return int(text)

    def choice(self, key: str, words: Mapping[str, T]) -> T:
        """The meaning of one of ``words``; the first when the key is missing."""
        text = self.text(key) or next(iter(words))
        if text not in words:
            listed = "、".join(words)
            self._wrong(key, f"{listed} 之一", f"one of {listed}")
            text = next(iter(words))
        return words[text]

    def finish(self) -> None:
        """Adds a fault for every key nobody asked for."""
        known = "、".join(sorted(self._asked))
        for key in self._source:
            if str(key) not in self._asked:
                self.report(f"不认识的键 {key}（可用：{known}）", f"unknown key {key} (known: {known})")

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        return self._source.get(key)

    def _wrong(self, key: str, chinese: str, english: str) -> None:
        self.report(f"{key} 应为{chinese}", f"{key} should be {english}")

    def _line(self, key: str, value: Any) -> tuple[str, ...]:
        if not _is_list(value):
            self._wrong(key, "列表", "a list")
            return ()
        return tuple(str(each) for each in value)

    def _number(self, key: str, text: str) -> float:
        try:
            return float(text)
        except ValueError:
            self._wrong(key, f"数（{text} 不是）", f"a number ({text} is none)")
            return 0.0


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
