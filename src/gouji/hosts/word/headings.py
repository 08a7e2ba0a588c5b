"""Which paragraphs are headings: the outline level of the paragraph, of its style, or of the styles it is based on."""

from __future__ import annotations

from collections.abc import Mapping

from gouji.hosts.package.parts import Parts, related
from gouji.hosts.package.spans import Element, elements
from gouji.hosts.word.names import child_value, number, value

_LEVELS = 9
_NAMED = {f"heading {level}": level for level in range(1, _LEVELS + 1)}


def heading_levels(parts: Parts, main: str) -> Mapping[str, int]:
    """Outline levels from 1 by the ids of the styles that are headings."""
    name = related(parts, main, "styles")
    return parts.derived(name, _levels) if name else {}


def heading_of(paragraph: Element, levels: Mapping[str, int]) -> int | None:
    """The outline level of a w:p from 1, ``None`` for body text."""
    properties = paragraph.child("pPr")
    direct = number(properties, "outlineLvl", -1)
    if direct >= 0:
        return direct + 1 if direct < _LEVELS else None
    return levels.get(child_value(properties, "pStyle") or "")


def _levels(data: bytes, part: str) -> Mapping[str, int]:
    listed = elements(data, part).named("style")
    styles = {value(style, "styleId") or "": style for style in listed}
    found = {}
    for name in styles:
        level = _level(styles, name)
        if level is not None and level <= _LEVELS:
            found[name] = level
    return found


def _level(styles: Mapping[str, Element], name: str) -> int | None:
    seen: set[str] = set()
    while name in styles and name not in seen:
        seen.add(name)
        style = styles[name]
        stated = number(style.child("pPr"), "outlineLvl", -1)
        if stated >= 0:
            return stated + 1
        built_in = _NAMED.get((child_value(style, "name") or "").lower())
        if built_in is not None:
            return built_in
        name = child_value(style, "basedOn") or ""
    return None
