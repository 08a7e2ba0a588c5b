"""The headings of a text: under which of them a paragraph stands, and which parts tell of the year's accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gouji.document import Paragraph
from gouji.texts.squeeze import Squeezed, squeeze

LONGEST_HEADING = 45
_LEVELS = tuple(map(re.compile, (
    r"第[一二三四五六七八九十]+部分", r"[一二三四五六七八九十]+、", r"\([一二三四五六七八九十]+\)、?",
    r"\d{1,2}[.、](?!\d)", r"\(\d{1,2}\)|\d{1,2}\)",
)))  # fmt: skip
_END = re.compile(r"[。:：]")
_AMOUNT = re.compile(r"\d(?:万|亿)?元|\d%")
_APART = ("概况", "名词解释", "附件", "附录", "附表", "联系方式", "决算表", "公开报表", "公开表", "目录")


class Place(NamedTuple):
    """A paragraph with its headings joined (``path``) and the number of its section (``block``).

    ``told``: its part tells of the accounts. ``heading``: how many characters at its start are a heading themselves.
    """

    number: int
    squeezed: Squeezed
    path: str
    block: int
    told: bool
    heading: int


def outline(paragraphs: Iterable[Paragraph]) -> Iterator[Place]:
    """Every paragraph with where it stands."""
    headings = [""] * (len(_LEVELS) + 1)
    block, told = 0, True
    for number, paragraph in enumerate(paragraphs):
        squeezed = squeeze(paragraph.text)
        level, length = _heading(squeezed.text, paragraph.heading)
        if level is not None:
            text = squeezed.text[:length]
            headings[level:] = [text, *[""] * (len(headings) - level - 1)]
            if level <= 1:
                block += 1
            if level == 0:
                told = "说明" in text or not any(word in text for word in _APART)
            elif level == 1 and "名词解释" in text:
                told = False
        yield Place(number, squeezed, "/".join(filter(None, headings)), block, told, length)


def _heading(text: str, level: int | None) -> tuple[int | None, int]:
    """The level of the heading that the paragraph is or begins with, and its length; no length for an ordinal alone."""
    for number, pattern in enumerate(_LEVELS):
        match = pattern.match(text)
        if match:
            end = _END.search(text, match.end(), LONGEST_HEADING + 1)
            length = end.end() if end else len(text)
            is_heading = length <= LONGEST_HEADING and not _AMOUNT.search(text, 0, length)
            return number, length if is_heading else 0
    if level is not None and len(text) <= LONGEST_HEADING:
        return min(level - 1, len(_LEVELS)), len(text)
    return None, 0
