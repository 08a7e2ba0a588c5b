"""The text at the head of printed pages, without the codes that spreadsheet programs write into it."""

from __future__ import annotations

import re

_SECTION = re.compile(r"(?:(?<=[^&])|^)((?:&&)*)&[LCR]")
_NEW_LINE = re.compile(r"_x000[ad]_", re.IGNORECASE)
_CODE = re.compile(r'&(?:"[^"]*"|K(?:[0-9A-F]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Z+-])', re.IGNORECASE)


def header_lines(text: str) -> str:
    """The words of a header line by line: ``&C&"宋体"&14收入决算表&R&P`` → ``收入决算表``."""
    if not text:
        return ""
    words = _CODE.sub("", _SECTION.sub(r"\1\n", _NEW_LINE.sub("\n", text)).replace("&&", "\0")).replace("\0", "&")
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())
