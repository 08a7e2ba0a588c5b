"""Text on a terminal: widths of wide characters, wrapping, alignment, and what a code page can print."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence

PLAIN_CHARACTERS: dict[str, tuple[str, ...]] = {
    "✗": ("×", "x"),
    "✓": ("√", "+"),
    "·": ("·", "-"),
    "─": ("─", "-"),
    "…": ("…", "~"),
    "×": ("×", "x"),
    "≥": ("≥", ">"),
    "≤": ("≤", "<"),
    "“": ("“", '"'),
    "”": ("”", '"'),
    "：": ("：", ":"),
    "，": ("，", ","),
    "。": ("。", "."),
    "；": ("；", ";"),
    "、": ("、", ","),
    "（": ("（", "("),
    "）": ("）", ")"),
    "\xa0": (" ",),
}
"""Stand-ins for characters a stream may not have, best first."""
PLAIN_ERRORS = "gouji.plain"
"""An error handler for encoding that never fails: stand-ins, else ``?``."""
_NO_LINE_START = frozenset("，。；：、！？）》】〉”’…·,.;:!?)]}%％")
_NO_LINE_END = frozenset("（《【〈“‘([{")
_EAST_ASIAN = ("gb", "cp936", "936", "big5", "cp950", "hz")


def register_plain_errors() -> None:
    """Make ``PLAIN_ERRORS`` known to ``codecs``."""
    codecs.register_error(PLAIN_ERRORS, _stand_in)


def printable(text: str, encoding: str | None) -> str:
    """The text with what ``encoding`` lacks replaced by plain characters; ``None`` prints everything."""
    if encoding is None:
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_plain(character, encoding) for character in text)
    return text


def ambiguous_is_wide(encoding: str | None) -> bool:
    """Whether consoles of this code page print characters such as ``·`` and ``─`` two columns wide."""
    return encoding is not None and encoding.lower().replace("-", "").replace("_", "").startswith(_EAST_ASIAN)


def width(text: str, wide_ambiguous: bool = False) -> int:
    """The columns the text takes."""
    if text.isascii():
        return len(text)
    wide = ("W", "F", "A") if wide_ambiguous else ("W", "F")
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in wide else 1 for each in text
    )


def pad(text: str, columns: int, wide_ambiguous: bool = False) -> str:
    """The text followed by blanks up to ``columns``."""
    return text + " " * (columns - width(text, wide_ambiguous))


def cut(text: str, columns: int, wide_ambiguous: bool = False) -> str:
    """The text, its end replaced by ``…`` where it takes more than ``columns``."""
    if width(text, wide_ambiguous) <= columns:
        return text
    room, kept = columns - width("…", wide_ambiguous), ""
    for character in text:
        room -= width(character, wide_ambiguous)
        if room < 0:
            break
        kept += character
    return kept + "…"


def wrap(text: str, columns: int, wide_ambiguous: bool = False) -> list[str]:
    """Lines of at most ``columns``.

    Broken at blanks and between Chinese characters, never inside a number or word that fits a line, nor before
    a closing or after an opening mark.
    """
    lines = [""]
    for piece in _pieces(text):
        joined = lines[-1] + piece
        if width(joined.rstrip(), wide_ambiguous) <= columns:
            lines[-1] = joined
        else:
            kept = [lines[-1]] if lines[-1] else []
            lines = [*lines[:-1], *kept, *_folded(piece, columns, wide_ambiguous)]
    return [line.rstrip() for line in lines]


def aligned(figures: Sequence[str]) -> list[str]:
    """The figures padded at the left and right so that their decimal points stand under one another."""
    parts = [_at_point(figure) for figure in figures]
    before = max((width(whole) for whole, _ in parts), default=0)
    after = max((width(fraction) for _, fraction in parts), default=0)
    return [
        " " * (before - width(whole)) + whole + fraction + " " * (after - width(fraction)) for whole, fraction in parts
    ]


def _at_point(figure: str) -> tuple[str, str]:
    whole = re.match(r"\D*[\d,]+", figure)
    return (whole[0], figure[whole.end() :]) if whole else (figure, "")


def _pieces(text: str) -> list[str]:
    """The text cut wherever a line may end; blanks stay at the end of their piece."""
    starts = [index for index in range(1, len(text)) if _may_break(text[index - 1], text[index])]
    return [text[start:end] for start, end in zip([0, *starts], [*starts, len(text)], strict=True)]


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NO_LINE_START or before in _NO_LINE_END:
        return False
    return before == " " or _is_wide(before) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in ("W", "F")


def _folded(text: str, columns: int, wide_ambiguous: bool) -> list[str]:
    """The text in lines, broken anywhere where it does not fit one."""
    if width(text.rstrip(), wide_ambiguous) <= columns:
        return [text]
    lines = [""]
    for character in text:
        if lines[-1] and width(lines[-1] + character, wide_ambiguous) > columns:
            lines.append("")
        lines[-1] += character
    return lines


def _plain(character: str, encoding: str) -> str:
    for candidate in (character, *PLAIN_CHARACTERS.get(character, ()), "?"):
        try:
            candidate.encode(encoding)
        except UnicodeEncodeError:
            continue
        return candidate
    return ""


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    # single-byte code pages call themselves "charmap", which is no code page to try a stand-in with
    encoding = "ascii" if error.encoding == "charmap" else error.encoding
    missing = error.object[error.start : error.end]
    return "".join(_plain(character, encoding) for character in missing), error.end
