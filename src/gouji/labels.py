"""Labels as people print them, reduced to what they mean.

``二十四、抗疫特别国债安排的支出`` and ``抗疫特别国债 安排的支出`` are the same name; so are ``总 计`` and ``总计``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十百]+、|\([一二三四五六七八九十]+\)、?|\d{1,2}[.、](?!\d)|\(\d{1,2}\))"
)
_SPACE = re.compile(
    r"[\s\x00-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202f"
    r"\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]+"
)
"""Spaces of every width, controls, and characters that print nothing at all."""
_QUOTES = str.maketrans(dict.fromkeys("“”„‟‘’‚‛'「」『』«»《》〈〉〝〞〟", '"') | {"﹡": "*", "☆": "★"})
OF_WHICH = "其中:"


def visible(text: str) -> str:
    """``text`` at half width without spaces and without characters that print nothing."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", _SPACE.sub("", text)))


@lru_cache(maxsize=16384)
def squeezed(text: str) -> str:
    """``text`` without spaces, at half width, with plain quotes."""
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text
    return visible(text).translate(_QUOTES)


@lru_cache(maxsize=16384)
def normalised(text: str) -> str:
    """The name a label stands for: squeezed, without ordinal, leading 其中： and final colon."""
    name = squeezed(text)
    if name.isalnum():
        return name
    for _ in range(2):
        name = _ORDINAL.sub("", name.removeprefix(OF_WHICH))
    return name.rstrip(":") or squeezed(text)


def is_part(text: str) -> bool:
    """Whether the label says that its line is only a part (其中：…)."""
    return squeezed(text).startswith((OF_WHICH, "其中"))


_SHOWN_ORDINAL = re.compile(
    r"^(?:其中[:：]|[一二三四五六七八九十百]+、|[（(][一二三四五六七八九十]+[）)]、?|\d{1,2}[.、．](?!\d)|[（(]\d{1,2}[）)])"
)


@lru_cache(maxsize=16384)
def shown(text: str) -> str:
    """A label as messages repeat it: its own characters without spaces, ordinal, 其中： and final colon."""
    label = _SPACE.sub("", text)
    for _ in range(2):
        label = _SHOWN_ORDINAL.sub("", label)
    return label.rstrip("：:") or _SPACE.sub("", text)
