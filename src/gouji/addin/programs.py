"""The spreadsheet programs that have an add-in, each asked in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from gouji.addin.excel.acting import act as act_on_excel
from gouji.addin.office.acting import act as act_on_office

Action: TypeAlias = Literal["install", "status", "uninstall"]
Sentence: TypeAlias = tuple[str, str]
"""What was done or found, in Chinese and English."""


class Program(NamedTuple):
    """A program and what does an action for it: sentences, or ``None`` where there is no such program.

    The second argument is ``dry_run``: say what would be done and do nothing. ``GoujiError`` where it fails.
    """

    name: str
    act: Callable[[Action, bool], list[Sentence] | None]


PROGRAMS = (Program("Excel", act_on_excel), Program("LibreOffice", act_on_office))
