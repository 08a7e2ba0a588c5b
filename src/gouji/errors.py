"""Errors that end a run, each with the exit code of the command line (design: 2 usage or pack, 3 workbook)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class GoujiError(Exception):
    """A message for the user, in Chinese and English; never shown with a traceback."""

    exit_code = 2

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(chinese)
        self.chinese = chinese
        self.english = english

    def message(self, language: str = "zh") -> str:
        """The text in ``zh`` or ``en``."""
        return self.english if language == "en" else self.chinese


class WorkbookError(GoujiError):
    """The workbook cannot be read, holds no standard table, or cannot be written to."""

    exit_code = 3


class NoStandardTable(WorkbookError):  # noqa: N818 - says what the workbook holds
    """The workbook can be read and holds no standard table."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a pack file: where it stands and what is expected there. Lines and columns are 1-based."""

    file: str
    line: int
    column: int
    chinese: str
    english: str

    def message(self, language: str = "zh") -> str:
        """``file:line:column: text``."""
        return f"{self.file}:{self.line}:{self.column}: {self.english if language == 'en' else self.chinese}"


class PackError(GoujiError):
    """A pack that cannot be used: all of its problems at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self._listed("zh"), self._listed("en"))

    def _listed(self, language: str) -> str:
        return "\n".join(problem.message(language) for problem in self.problems)
