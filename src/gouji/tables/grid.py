"""A sheet seen as a person sees it: labels without spaces and ordinals, merged cells covering their area."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property

from gouji.labels import normalised
from gouji.numerals import decimal_digits
from gouji.sheet import Area, Cell, CellKind, Sheet

_NUMBERING_WORDS = frozenset({"栏次", "目次", "行次"})
_LARGEST_MERGE = 20_000  # cells; no printed form has a larger merged area


class Grid:
    """Labels of a sheet by place, and which cell owns each place of a merged area."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: dict[int, list[int]] = {}
        self.labels: dict[tuple[int, int], str] = {}
        for place, cell in sheet.cells.items():
            if cell.kind is CellKind.TEXT:
                if not cell.text.strip():
                    continue
                self.labels[place] = normalised(cell.text)
            self.rows.setdefault(place[0], []).append(place[1])
        for columns in self.rows.values():
            columns.sort()
        self.row_numbers = sorted(self.rows)

    @cached_property
    def owners(self) -> dict[tuple[int, int], Area]:
        """The merged area of each place inside one."""
        return {
            (row, column): area
            for area in self.sheet.merged
            if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _LARGEST_MERGE
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        }

    def owner(self, row: int, column: int) -> tuple[int, int]:
        """The place whose value is shown at (row, column)."""
        area = self.owners.get((row, column))
        return (row, column) if area is None else (area.top, area.left)

    def label(self, row: int, column: int) -> str:
        """The label shown at (row, column): "" where there is no text."""
        return self.labels.get(self.owner(row, column), "")

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell shown at (row, column)."""
        return self.sheet.cells.get(self.owner(row, column))

    def between(self, top: int, bottom: int) -> list[int]:
        """The rows from ``top`` to ``bottom`` that hold anything."""
        return self.row_numbers[bisect_left(self.row_numbers, top) : bisect_left(self.row_numbers, bottom + 1)]

    def right_of(self, row: int, column: int) -> int:
        """The first column to the right of the cell, or merged area, at (row, column)."""
        area = self.owners.get((row, column))
        return (area.right if area else column) + 1

    def is_numbering(self, row: int) -> bool:
        """Whether the row only numbers the columns (栏次 1 2 3 …): it holds no figures."""
        columns = self.rows.get(row, [])
        labels = [self.labels[(row, c)] for c in columns if (row, c) in self.labels]
        texts = [label for label in labels if not label.isdigit()]
        worded = any(text in _NUMBERING_WORDS for text in texts)
        if texts and not worded:
            return False
        numbers = [n for c in columns if (n := self._whole_number(row, c)) is not None]
        if worded:
            return len(numbers) + len(texts) == len(columns) and all(n < 100 for n in numbers)
        return len(numbers) >= 3 and numbers == list(range(1, len(numbers) + 1))

    def _whole_number(self, row: int, column: int) -> int | None:
        cell = self.sheet.cells[(row, column)]
        if cell.kind is CellKind.NUMBER:
            digits, places = decimal_digits(cell.text)
            return digits if places == 0 else None
        return int(cell.text) if cell.kind is CellKind.TEXT and cell.text.strip().isdigit() else None
