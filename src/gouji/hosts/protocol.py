"""What every host takes and gives: a book in, notes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gouji.packs.model import Severity
from gouji.sheet import Book, CellRef

MARKER = "【勾稽"
"""Every paragraph of ours starts with it; authors are lost by some programs, this is not."""
AUTHOR = "gouji 勾稽"
RESULT_SHEET = "勾稽审核结果"


@dataclass(frozen=True, slots=True)
class CellNote:
    """What gouji says in one cell: paragraphs, each starting with ``MARKER``, and the worst severity."""

    cell: CellRef
    paragraphs: tuple[str, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One line of the sheet 勾稽审核结果; ``link`` is the cell it leads to, texts are shown as they are."""

    texts: tuple[str, ...]
    link: CellRef | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class ResultSheet:
    """The opt-in sheet 勾稽审核结果: a title line, the headings and one row a finding."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[ResultRow, ...]


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """What a write did.

    ``path`` is the file written, ``backup`` the copy kept of the first original (``None`` when there was no need),
    ``noted`` the cells that carry our notes now, ``removed`` how many no longer do, ``changed`` whether any byte did.
    ``remarks``: (Chinese, English) sentences for the user.
    """

    path: Path
    backup: Path | None
    noted: tuple[CellRef, ...]
    removed: int
    changed: bool
    remarks: tuple[tuple[str, str], ...] = ()


class Host(Protocol):
    """A place where a workbook lives."""

    def read(self) -> Book:
        """The workbook as plain values."""

    def annotate(
        self, notes: Sequence[CellNote], *, highlight: bool = False, result_sheet: ResultSheet | None = None
    ) -> WriteOutcome:
        """Make our notes exactly these: earlier ones of ours go, people's own stay."""

    def clear(self) -> WriteOutcome:
        """Remove everything of ours and nothing else."""
