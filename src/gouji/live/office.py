"""What the menu and the toolbar of the LibreOffice extension call, in process."""

from __future__ import annotations

from typing import Any

from gouji.errors import GoujiError
from gouji.hosts.live.opening import office_book
from gouji.live import commands
from gouji.live.outcome import Outcome


def run(command: str, component_context: Any) -> Outcome:
    """Do a command of ``live.commands`` on the workbook in front; ``component_context`` is the job's own.

    Never raises. Shows nothing by itself: the caller shows ``Outcome.text()``, in the status bar or a message box.
    """
    try:
        book = office_book(component_context)
    except GoujiError as error:
        return Outcome((error.chinese, error.english), "error")
    except Exception as error:  # a fault of the program's: said in a line
        return commands.failed(command, error)
    return commands.run(command, book)
