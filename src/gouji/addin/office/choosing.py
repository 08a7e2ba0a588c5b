"""A small window with a list to choose one line from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_WIDTH, _MARGIN, _LINE = 220, 6, 11
_ROWS_SHOWN = 12


def choose_one(
    context: Any, frame: Any, title: str, explanation: str, lines: Sequence[str], chosen: int
) -> int | None:
    """The number of the line chosen, ``None`` when the window was closed; ``chosen`` is marked at first."""
    dialog, height = _dialog(context, title, explanation, lines, chosen)
    control = context.ServiceManager.createInstanceWithContext("com.sun.star.awt.UnoControlDialog", context)
    control.setModel(dialog)
    window = frame.getContainerWindow()
    control.createPeer(window.getToolkit(), window)
    try:
        if not control.execute():
            return None
        return int(control.getControl("list").getSelectedItemPos())
    finally:
        control.dispose()
