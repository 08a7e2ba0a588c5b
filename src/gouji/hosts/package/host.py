"""The host of a workbook file: an .xlsx or .xlsm package, read and annotated where it lies or into a copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gouji.hosts.package.archive import Archive
from gouji.hosts.package.reading import read_archive
from gouji.hosts.protocol import CellNote, ResultSheet, WriteOutcome
from gouji.sheet import Book


class PackageHost:
    """A workbook file. Notes go into the very bytes that were read; a file changed in between is refused.

    ``out`` is where a copy is written instead, ``backup`` whether the first write in place keeps the original.
    """

    def __init__(self, path: Path, *, out: Path | None = None, backup: bool = True) -> None:
        self.path = path
        self.out = out
        self.backup = backup
        self._opened: Archive | None = None

    def read(self) -> Book:
        """The workbook as plain values. Raises WorkbookError when it cannot be opened or a part is damaged."""
        self._opened = Archive.open(self.path)
        return read_archive(self._opened, self.path.name)

    def annotate(
        self, notes: Sequence[CellNote], *, highlight: bool = False, result_sheet: ResultSheet | None = None
    ) -> WriteOutcome:
        """Make our notes exactly these; errors as of ``annotate_package``."""
        from gouji.hosts.package.writing import annotate_package  # not for a run that only reads

        opened, self._opened = self._opened, None
        return annotate_package(
            self.path,
            notes,
            out=self.out,
            backup=self.backup,
            highlight=highlight,
            result_sheet=result_sheet,
            opened=opened,
        )

    def clear(self) -> WriteOutcome:
        """Remove everything of ours; errors as of ``annotate``."""
        from gouji.hosts.package.writing import clear_package

        return clear_package(self.path, out=self.out, backup=self.backup)
