"""The menu of rule packs in the ribbon, as the XML that Excel asks the add-in for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from gouji.live.outcome import Choice

_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"


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
    tag = f" tag={quoteattr(choice.id)}" if choice.id else ""  # Excel refuses an empty one
    image = ' imageMso="AcceptInvitation"' if choice.chosen else ""
    return (
        f'<button id="goujiPack{number}"{tag} label={quoteattr(title.replace("&", "&&"))}'
        f'{image} onAction="GoujiChoosePack"/>'
    )
