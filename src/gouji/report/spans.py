"""Lines of styled spans, and the options a report is shown with: what every view for a terminal is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from gouji.packs.model import Severity
from gouji.report.layout import ambiguous_is_wide, width, wrap
from gouji.report.words import choose, listed

WIDTH = 100
WIDEST = 120
SHORT_LIST = 6
MARKS: dict[Severity | None, str] = {"error": "✗", "warning": "!", "info": "·", None: "✓"}


class Span(NamedTuple):
    """Characters of one style: a severity, ``title``, ``dim``, ``good`` or "" for none."""

    text: str
    style: str = ""


Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How to show a report.

    ``detail``: -1 the summary line only, 0 as usual, 1 everything. ``columns``: the width to keep to.
    ``encoding`` of the stream; ``None`` prints everything. ``advises``: the commands to run next are named.
    """

    language: str = "zh"
    detail: int = 0
    columns: int = WIDTH
    encoding: str | None = None
    advises: bool = True

    @property
    def wide(self) -> bool:
        """Whether ambiguous characters take two columns."""
        return ambiguous_is_wide(self.encoding)

    def say(self, chinese: str, english: str) -> str:
        """The text of the language."""
        return choose((chinese, english), self.language)


def some(items: Iterable[str], options: Options) -> str:
    """The first of the items, and how many there are where these are not all."""
    items = list(items)
    if len(items) <= SHORT_LIST + 1:
        return listed(items, options.language)
    more = options.say(f" 等 {len(items)} 条", f" and {len(items) - SHORT_LIST} more")
    return listed(items[:SHORT_LIST], options.language) + more


def more(number: int, options: Options) -> Iterator[Line]:
    """How many are left out."""
    if number > 0:
        yield (Span(options.say(f"  另有 {number} 条（-v 列出）", f"  {number} more (-v lists them)"), "dim"),)


def paragraph(lead: Span, text: str, options: Options, style: str = "") -> Iterator[Line]:
    """The lead and the text, whose further lines stand under its first."""
    yield from paragraph_after((lead,), text, options, style)


def paragraph_after(lead: Line, text: str, options: Options, style: str = "") -> Iterator[Line]:
    """The lead and the text, whose further lines stand under its first."""
    indent = sum(width(span.text, options.wide) for span in lead)
    first, *others = wrap(text, max(20, options.columns - indent), options.wide)
    yield (*lead, Span(first, style))
    for line in others:
        yield Span(" " * indent), Span(line, style)
