"""What a sheet prints but for its numbers: sheets that print the same share it, and what was found out from it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias, TypeVar

from gouji.labels import normalised
from gouji.sheet import Area, CellKind, Sheet
from gouji.tables.memory import Kept

_NUMBERING_WORDS = frozenset({"栏次", "目次", "行次"})
_LARGEST_MERGE = 20_000  # cells; no printed form has a larger merged area
_MOST_CELLS = 2**16
_MOST_FOUND = 64
_MOST_ALIKE = 31
_TEXT, _NUMBER = CellKind.TEXT, CellKind.NUMBER

T = TypeVar("T")
Place: TypeAlias = tuple[int, int]
Word: TypeAlias = tuple[int, str, str]
"""A text of a row: its column, its label, and as it is printed."""


class Found(NamedTuple):
    """What was found out from a print, with the numbers (``place: text``) that were looked at for it.

    ``held`` are the objects whose ids stand in the key, so that these stay theirs.
    """

    result: Any
    numbers: dict[Place, str]
    held: object


class Fields(NamedTuple):
    """What the cells of a sheet hold, field by field, all in the order of its cells."""

    kinds: tuple[CellKind, ...]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    formulas: tuple[str | None, ...]


_NOTHING = Fields((), (), (), ())


def taker(at: Sequence[int]) -> Callable[[tuple[T, ...]], tuple[T, ...]]:
    """What takes out of a tuple what stands ``at`` these places."""
    return itemgetter(*at) if len(at) > 1 else itemgetter(slice(at[0], at[0] + 1) if at else slice(0))


class Print:
    """Where the cells of a sheet stand, which of them are numbers, and what the others say."""

    def __init__(self, sheet: Sheet, fields: Fields) -> None:
        self.places = tuple(sheet.cells)
        self._kinds = fields.kinds
        self._taken = taker([number for number, kind in enumerate(fields.kinds) if kind is not _NUMBER])
        self._says = self._taken(fields.texts)
        self.rows: dict[int, list[int]] = {}
        """The columns of each row that hold something, from left to right."""
        self.words: dict[int, tuple[Word, ...]] = {}
        """The texts of each row from left to right."""
        self.labels: dict[Place, str] = {}
        self._read(sheet)
        self.row_numbers = sorted(self.rows)
        self.merged: list[Area] = []
        self.areas: dict[int, list[Area]] = {}
        """The merged areas that reach into each row."""
        for area in sheet.merged:
            top, left, bottom, right = area
            if (bottom - top + 1) * (right - left + 1) <= _LARGEST_MERGE:
                self.merged.append(area)
                for row in range(top, bottom + 1):
                    self.areas.setdefault(row, []).append(area)
        self.headings: dict[int, list[str]] = {}
        """The labels of rows as headings print them, as far as they were asked for."""
        self.found: Kept[Hashable, Found] = Kept(_MOST_FOUND)

    def is_of(self, places: tuple[Place, ...], fields: Fields) -> bool:
        """Whether cells in these places print the same; the texts of numbers do not matter."""
        return fields.kinds == self._kinds and self._taken(fields.texts) == self._says and places == self.places

    def _read(self, sheet: Sheet) -> None:
        rows, labels = self.rows, self.labels
        words: dict[int, list[Word]] = {}
        known, text_kind = normalised, _TEXT
        now = 0
        for place, cell in sheet.cells.items():
            row, column = place
            if row != now:
                now = row
                columns, texts = rows.setdefault(row, []), words.setdefault(row, [])
            if cell.kind is text_kind:
                text = cell.text
                label = known(text)
                if not label:
                    continue
                labels[place] = label
                texts.append((column, label, text))
            columns.append(column)
        for row in [row for row, columns in rows.items() if not columns]:
            del rows[row], words[row]
        for columns in rows.values():
            columns.sort()
        self.words = {row: tuple(sorted(texts)) if len(texts) > 1 else tuple(texts) for row, texts in words.items()}

    @cached_property
    def numberings(self) -> Sequence[tuple[int, bool]]:
        """The rows that may only number the columns, and whether they say so (栏次): their numbers decide it."""
        worded = {row for (row, _), label in self.labels.items() if label in _NUMBERING_WORDS}
        return [
            (row, row in worded) for row, words in self.words.items()
            if row in worded or (len(self.rows[row]) >= 3 and all(label.isdigit() for _, label, _ in words))
        ]


def print_of(sheet: Sheet) -> tuple[Print, Fields]:
    """What a sheet prints but for its numbers, and its cells field by field."""
    places = tuple(sheet.cells)
    fields = Fields(*zip(*sheet.cells.values(), strict=True)) if places else _NOTHING
    key = sheet.name, sheet.header, sheet.pages, sheet.merged, len(places)
    others = _PRINTS.get(key, ())
    known = next((each for each in others if each.is_of(places, fields)), None)
    if known is None:
        known = Print(sheet, fields)
        _PRINTS.keep(key, (known, *others[:_MOST_ALIKE]), len(places))
    return known, fields


def forget() -> None:
    """Forget all prints, as in a new process."""
    _PRINTS.clear()


_PRINTS: Kept[Hashable, tuple[Print, ...]] = Kept(_MOST_CELLS)
"""Prints by all but their cells; only those that have the same cells, word for word, are the same print."""
