"""A message box of the system, for what goes wrong before the spreadsheet program can be spoken to."""

from __future__ import annotations

import subprocess
import sys

TITLE = "勾稽 gouji"
_WARNING_IN_FRONT = 0x30 | 0x10000
_SCRIPT = (
    "on run {theText, theTitle}\n"
    'display dialog theText with title theTitle buttons {"OK"} default button 1 with icon caution\n'
    "end run"
)


def tell(text: str, window: int | None = None) -> None:
    """Show ``text`` and wait until it was read; ``window``: the handle of the window it belongs to."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(window or 0, text, TITLE, _WARNING_IN_FRONT)
    elif sys.platform == "darwin":
        subprocess.run(["/usr/bin/osascript", "-e", _SCRIPT, text, TITLE], check=False)  # noqa: S603 - no shell reads it
    else:
        sys.stderr.write(f"{text}\n")
