"""A sheet seen as a person sees it: labels without spaces and ordinals, merged cells covering their area."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from gouji.numerals import decimal_digits, is_dash, read_numeral
from gouji.sheet import Area, CellKind, Sheet
from gouji.tables.prints import Found, Place, print_of

V = TypeVar("V")
_FEW_NUMBERS = 4
_UNIT_TAIL = re.compile(r"\((?:万元|元|亿元|单位:.*)\)$")
_NUMBER_TAIL = re.compile(r"(?<=.)\(\d{1,2}栏?(?:[=+-]\(?\d{1,2}栏?\)?)*\)$")
_TEXT = CellKind.TEXT
_label_of = itemgetter(1)

def bare(label: str) -> str:
    """A heading label without what is printed behind it: a unit, the column's number and sum (1=2+3)."""
    return _NUMBER_TAIL.sub("", _UNIT_TAIL.sub("", label)) if label.endswith(")") else label


def unit_behind(label: str) -> str:
    """The unit printed behind a heading label: % or one of money, "" where there is none."""
    if "%" in label:
        return "%"
    match = _UNIT_TAIL.search(label)
    return match[0].strip("()").removeprefix("单位:") if match else ""


class Grid:
    """Labels of a sheet by place, and which cell owns each place of a merged area."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.printed, self.fields = printed, _ = print_of(sheet)
        self.rows, self.words, self.labels = printed.rows, printed.words, printed.labels
        self.row_numbers, self.merged, self.areas = printed.row_numbers, printed.merged, printed.areas
        self._numbers: dict[Place, str] = {}

    def once(self, key: Hashable, held: object, find: Callable[[], V]) -> V:
        """``find()``, found once for all sheets that print the same.

        ``key`` decides it together with the print and with the numbers whose ``text`` it asks for; ids in the key
        are those of ``held``. What is found must not hold on to this sheet.
        """
        cells, outer = self.sheet.cells, self._numbers
        found = self.printed.found.get(key)
        if found is None or (found.numbers and any(cells[at].text != text for at, text in found.numbers.items())):
            self._numbers = {}
            result = find()
            found = self.printed.found.keep(key, Found(result, self._numbers, held))
            self._numbers = outer
        outer.update(found.numbers)
        return found.result  # type: ignore[no-any-return]

    def text(self, place: Place) -> str:
        """What a cell says, be it a number: "" where there is none."""
        cell = self.sheet.cells.get(place)
        if cell is None:
            return ""
        if cell.kind is CellKind.NUMBER:
            self._numbers[place] = cell.text
        return cell.text

    def area(self, row: int, column: int) -> Area | None:
        """The merged area that covers a place."""
        for area in self.areas.get(row, ()):
            if area[1] <= column <= area[3]:
                return area
        return None

    def owner(self, row: int, column: int) -> Place:
        """The place whose value is shown at (row, column)."""
        area = self.area(row, column)
        return (row, column) if area is None else area[:2]

    def label(self, row: int, column: int) -> str:
        """The label shown at (row, column): "" where there is no text."""
        return self.labels.get(self.owner(row, column), "")

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
            columns = self.rows.get(above, ())
            if not columns or len(columns) != len(self.words[above]):
                break
            found.append(above)
        return found

    def right_of(self, row: int, column: int) -> int:
        """The first column to the right of the cell, or merged area, at (row, column)."""
        area = self.area(row, column)
        return (area.right if area else column) + 1

    def headings(self, row: int) -> list[str]:
        """The labels of a row from left to right, as a heading would print them: without units."""
        found = self.printed.headings.get(row)
        if found is None:
            found = list(map(_label_of, self.words.get(row, ())))
            if ")" in "".join(found):
                found = list(map(bare, found))
            self.printed.headings[row] = found
        return found

    def is_numbering(self, row: int) -> bool:
        """Whether the row only numbers the columns (栏次 1 2 3 …): it holds no figures."""
        return row in self.numbering

    @cached_property
    def numbering(self) -> frozenset[int]:
        """The rows that only number the columns."""
        return self.once("numbering", None, self._numbering)

    def _numbering(self) -> frozenset[int]:
        return frozenset([row for row, worded in self.printed.numberings if self._numbers_columns(row, worded)])

    def _numbers_columns(self, row: int, worded: bool) -> bool:
        columns = self.rows[row]
        texts = [label for _, label, _ in self.words[row] if not label.isdigit()]
        if not texts:
            return len(columns) >= 3 and self._counts_from_one(row, columns)
        numbers = [n for column in columns if (n := self._whole_number(row, column)) is not None]
        return worded and len(numbers) + len(texts) == len(columns) and all(n < 100 for n in numbers)

    def _counts_from_one(self, row: int, columns: Sequence[int]) -> bool:
        """Whether the whole numbers of a row without words are 1, 2, 3 …: three at least.

        Of more than a few, one may lack or stand twice, and two may have changed places.
        """
        numbers = [n for column in columns if (n := self._whole_number(row, column)) is not None]
        count = len(numbers)
        if count <= _FEW_NUMBERS or count != len(columns):
            return count >= 3 and numbers == list(range(1, count + 1))
        in_place = sum(abs(number - place) <= 1 for place, number in enumerate(numbers, 1))
        return min(numbers) >= 1 and max(numbers) <= count + 1 and len(set(numbers)) >= count - 1 \
            and in_place >= count - 2

    def _whole_number(self, row: int, column: int) -> int | None:
        kind, text = self.sheet.cells[(row, column)].kind, self.text((row, column))
        if kind is CellKind.NUMBER:
            digits, places = decimal_digits(text)
            return digits if places == 0 else None
        return int(text) if kind is CellKind.TEXT and text.strip().isdecimal() else None
