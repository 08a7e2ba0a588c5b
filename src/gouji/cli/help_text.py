"""argparse's own words in Chinese, and help that breaks lines between Chinese characters."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable

from gouji.report.layout import wrap

_WIDTH = 100
_MESSAGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), chinese)
    for pattern, chinese in (
        (r"the following arguments are required: (.+)", r"缺少参数 \1"),
        (r"unrecognized arguments: (.+)", r"不认识的参数 \1"),
        (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 不能是 \2，可以是 \3"),
        (r"argument (.+?): expected one argument", r"\1 后面缺少一个值"),
        (r"argument (.+?): expected at least one argument", r"\1 后面至少要有一个值"),
        (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 不能同时用"),
        (r"argument (.+?): ignored explicit argument (.+)", r"\1 不带值，多了 \2"),
        (r"argument (.+?): NAME=VALUE expected, not (.+)", r"\1 要写成 名称=值，不是 \2"),
    )
)


def translated(message: str) -> str:
    """An argparse message in Chinese; one that is not known stays as it is."""
    for pattern, chinese in _MESSAGES:
        if pattern.fullmatch(message):
            return pattern.sub(chinese, message)
    return message


class HelpFormatter(argparse.HelpFormatter):
    """argparse's layout with the heading 用法 and lines as wide as Chinese characters are."""

    def __init__(self, prog: str, language: str = "zh") -> None:
        super().__init__(prog, max_help_position=26, width=_WIDTH)
        self._chinese = language != "en"

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The usage line."""
        super().add_usage(usage, actions, groups, "用法：" if self._chinese else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = (line for given in text.split("\n") for line in wrap(given, width - len(indent)))
        return "\n".join(indent + line for line in lines)
