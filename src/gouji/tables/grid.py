"""A sheet seen as a person sees it: labels without spaces and ordinals, merged cells covering their area."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from gouji.labels import normalised, squeezed
from gouji.numerals import decimal_digits, is_dash, read_numeral
from gouji.sheet import Address, Area, Cell, CellKind, Sheet

_NUMBERING_WORDS = frozenset({"栏次", "目次", "行次"})
_LARGEST_MERGE = 20_000  # cells; no printed form has a larger merged area
_UNIT_TAIL = re.compile(r"\((?:万元|元|亿元|单位:.*)\)$")
_TEXT = CellKind.TEXT


def bare(label: str) -> str:
    """A heading label without a unit printed behind it."""
    return _UNIT_TAIL.sub("", label) if label.endswith(")") else label


class Grid:
    """Labels of a sheet by place, and which cell owns each place of a merged area."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: dict[int, list[int]] = {}
        self.words: dict[int, list[tuple[int, str]]] = {}
        """The labels of each row with their columns, from left to right."""
        self.labels: dict[tuple[int, int], str] = {}
        self._read(sheet)
        self.row_numbers = sorted(self.rows)
        self._headings: dict[int, list[str]] = {}
        self._texts: dict[int, list[tuple[str, Address]]] = {}
        self._numbering: dict[int, bool] = {}

    def _read(self, sheet: Sheet) -> None:
        rows, words, labels = self.rows, self.words, self.labels
        for place, cell in sheet.cells.items():
            row, column = place
            if row not in rows:
                rows[row], words[row] = [], []
            if cell.kind is _TEXT:
                if not cell.text.strip():
                    continue
                labels[place] = label = normalised(cell.text)
                words[row].append((column, label))
            rows[row].append(column)
        for row, columns in list(rows.items()):
            if not columns:
                del rows[row], words[row]
            columns.sort()
            words.get(row, []).sort()

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

    def holds_anything(self, column: int, top: int, bottom: int) -> bool:
        """Whether any cell of ``column`` from row ``top`` to ``bottom`` holds something."""
        return any((row, column) in self.sheet.cells for row in self.between(top, bottom))

    def holds_figures(self, column: int, top: int, bottom: int) -> bool:
        """Whether any cell of ``column`` from row ``top`` to ``bottom`` holds a number, or a dash for one."""
        cells = self.sheet.cells
        return any(
            cell.kind is not _TEXT or is_dash(cell.text) or read_numeral(cell.text) is not None
            for row in self.between(top, bottom)
            if (cell := cells.get((row, column))) is not None
        )

    def texts_above(self, row: int, most: int) -> list[int]:
        """Up to ``most`` rows right above ``row`` that hold nothing but words, the nearest first."""
        found: list[int] = []
        for above in range(row - 1, max(row - 1 - most, 0), -1):
            places = [(above, column) for column in self.rows.get(above, ())]
            if not places or not all(place in self.labels for place in places):
                break
            found.append(above)
        return found

    def right_of(self, row: int, column: int) -> int:
        """The first column to the right of the cell, or merged area, at (row, column)."""
        area = self.owners.get((row, column))
        return (area.right if area else column) + 1

    def headings(self, row: int) -> list[str]:
        """The labels of a row from left to right, as a heading would print them: without units."""
        found = self._headings.get(row)
        if found is None:
            found = self._headings[row] = [bare(label) for _, label in self.words.get(row, ())]
        return found

    def texts(self, row: int) -> list[tuple[str, Address]]:
        """The texts of a row from left to right, squeezed, with their places."""
        found = self._texts.get(row)
        if found is None:
            cells = self.sheet.cells
            places = [Address(row, column) for column, _ in self.words.get(row, ())]
            found = self._texts[row] = [(squeezed(cells[place].text), place) for place in places]
        return found

    def is_numbering(self, row: int) -> bool:
        """Whether the row only numbers the columns (栏次 1 2 3 …): it holds no figures."""
        found = self._numbering.get(row)
        if found is None:
            found = self._numbering[row] = self._numbers_columns(row)
        return found

    def _numbers_columns(self, row: int) -> bool:
        texts = [label for _, label in self.words.get(row, ()) if not label.isdigit()]
        worded = not _NUMBERING_WORDS.isdisjoint(texts)
        if texts and not worded:
            return False
        columns = self.rows.get(row, [])
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
