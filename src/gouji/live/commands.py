"""The commands of ribbon, menu and toolbar on an open workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gouji.errors import GoujiError
from gouji.live.outcome import Outcome
from gouji.live.settings import Settings, load

if TYPE_CHECKING:
    from xlwings import Book

CAPTIONS: dict[str, tuple[str, str]] = {
    "check": ("审核", "Check"),
    "check_sheet": ("审核本表", "Check this sheet"),
    "clear": ("清除批注", "Clear notes"),
    "previous": ("上一处", "Previous"),
    "next": ("下一处", "Next"),
    "results": ("显示结果表", "Show results"),
    "packs": ("规则包", "Packs"),
    "export": ("导出报告", "Export report"),
    "about": ("说明", "About"),
}
"""Every command and what its button says."""


def run(command: str, book: Book, *, settings: Settings | None = None) -> Outcome:
    """Do one of ``CAPTIONS`` on the open workbook.

    ``settings`` are the user's own (``settings.load()``) where none are given. Never raises: what goes wrong is an
    outcome of kind ``error``.
    """
    try:
        return _COMMANDS[command](book, load() if settings is None else settings)
    except GoujiError as error:
        return Outcome((error.chinese, error.english), "error")


_COMMANDS: dict[str, Callable[[Book, Settings], Outcome]] = {}
