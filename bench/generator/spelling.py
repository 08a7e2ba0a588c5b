"""How people spell the same label: widths, spaces, quotes, ordinals."""

from __future__ import annotations

from random import Random

_HALF = str.maketrans({"（": "(", "）": ")", "：": ":", "，": ",", "“": '"', "”": '"'})
_NUMERALS = "一二三四五六七八九十"


def spelled(text: str, manner: str) -> str:
    """``text`` in one of the manners of ``Style.spelling``."""
    if manner == "half width":
        return text.translate(_HALF)
    if manner == "plain quotes":
        return text.replace("“", '"').replace("”", '"')
    if manner == "no quotes":
        return text.replace("“", "").replace("”", "")
    if manner in {"spaced", "full spaces"} and 1 < len(text) <= 4 and text[0] not in "（1234567890":
        return (" " if manner == "spaced" else "　").join(text)
    return text


def wrapped(text: str, rng: Random) -> str:
    """A heading word, now and then broken into two lines."""
    return f"{text[: len(text) // 2]}\n{text[len(text) // 2 :]}" if len(text) > 5 and rng.random() < 0.15 else text


def numeral(number: int) -> str:
    """``26`` → ``二十六``."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else _NUMERALS[tens - 1] + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")


def ordinal(number: int, manner: str) -> str:
    """The ordinal before the ``number``-th item, in one of the manners of ``Style.ordinals``."""
    if not manner:
        return ""
    word = numeral(number) if "一" in manner else str(number)
    return manner.replace("一", word).replace("1", word)
