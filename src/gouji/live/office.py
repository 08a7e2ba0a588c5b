"""What the menu and the toolbar of the LibreOffice extension call, in process."""

from __future__ import annotations

from typing import Any

from gouji.live.outcome import Outcome


def run(command: str, component_context: Any) -> Outcome:
    """Do a command of ``live.commands`` on the workbook in front; ``component_context`` is the job's own.

    Never raises. Shows nothing by itself: the caller shows ``Outcome.text()``, in the status bar or a message box.
    """
    raise NotImplementedError
