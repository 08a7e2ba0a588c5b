"""The table of shared strings, and rich text: runs joined, phonetic runs left out."""

from __future__ import annotations

from gouji.hosts.package.markup import names, parse, unescaped

_NAMES = names("si", "t", "rPh")


def read_strings(data: bytes, part: str) -> tuple[str, ...]:
    """Every shared string in order, as the characters a reader sees."""
    strings: list[str] = []
    pieces: list[str] = []
    buffer: list[str] = []
    phonetic = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal phonetic
        if name == "<t>":
            buffer.clear()
        elif name == "<si>":
            pieces.clear()
        elif name == "<rPh>":
            phonetic = True

    def end(name: str) -> None:
        nonlocal phonetic
        if name == "<t>":
            if not phonetic:
                pieces.extend(buffer)
        elif name == "<si>":
            strings.append(unescaped("".join(pieces)))
        elif name == "<rPh>":
            phonetic = False

    parse(data, part, start, end, buffer.append, _NAMES)
    return tuple(strings)
