"""The buttons of the menu and the toolbar 决算勾稽 in the order shown, and the addresses that they dispatch."""

from __future__ import annotations

from gouji.live.commands import CAPTIONS

SERVICE = "org.gouji.Job"
TOOLBAR = "private:resource/toolbar/addon_org.gouji.toolbar"
GROUPS = (("check", "check_sheet", "clear"), ("previous", "next", "results"), ("packs", "export", "about"))
"""The commands of ``gouji.live``, a line drawn between groups."""
_ASKING = {"packs"}


def caption(command: str) -> tuple[str, str]:
    """What the button says, in Chinese and English; ``…`` where a window asks something first."""
    chinese, english = CAPTIONS[command]
    return (f"{chinese}…", f"{english}…") if command in _ASKING else (chinese, english)


def address(command: str) -> str:
    """What LibreOffice dispatches: the extension's service with the command as its argument."""
    return f"service:{SERVICE}?{command}"
