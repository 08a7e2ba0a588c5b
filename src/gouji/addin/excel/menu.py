"""The menu of rule packs in the ribbon, as the XML that Excel asks the add-in for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from gouji.live.outcome import Choice
from gouji.live.settings import load
from gouji.packs.signatures import signatures

_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


def pack_choices() -> list[Choice]:
    """Automatic choice, then every pack that can be named; which is chosen is in the person's own settings."""
    chosen = load().pack
    packs = [Choice(each.pack, each.title, each.pack == chosen) for each in signatures()]
    return [Choice("", "自动（按表式和年度选择）", chosen is None), *packs]


def menu(choices: Sequence[Choice]) -> str:
    """The menu of these packs, the chosen one marked."""
    buttons = "".join(_button(number, choice) for number, choice in enumerate(choices))
    refresh = '<menuSeparator id="goujiLine"/><button id="goujiPackList" label="列出规则包" onAction="GoujiPacks"/>'
    return f'<menu xmlns="{_NAMESPACE}">{buttons}{refresh}</menu>'


def keep_menu(place: Path, encoding: str, choices: Sequence[Choice]) -> None:
    """Write the menu where the add-in reads it, if it changed. ``OSError`` where that cannot be."""
    content = menu(choices).encode(encoding, "xmlcharrefreplace")
    if not place.exists() or place.read_bytes() != content:
        place.write_bytes(content)


def _button(number: int, choice: Choice) -> str:
    title = choice.title if not choice.id or choice.id == choice.title else f"{choice.title} ({choice.id})"
    image = ' imageMso="AcceptInvitation"' if choice.chosen else ""
    return (
        f'<button id="goujiPack{number}" tag={quoteattr(choice.id)} label={quoteattr(title.replace("&", "&&"))}'
        f'{image} onAction="GoujiChoosePack"/>'
    )
