"""What the words of a row say it is: a fixed row of the definition, an open one by its code or name, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from gouji.labels import normalised, shown, squeezed
from gouji.tables.definition import CodeList, RowDefinition, SectionDefinition
from gouji.tables.memory import Kept, Memory
from gouji.tables.model import Line
from gouji.tables.prints import Word

_CODE_AND_NAME = re.compile(r"(\d{3,})[-—]*([^\W\d].*)")
_MOST_ROWS = 4096
_MOST_TABLES = 64
_NOTE = ("注:", "备注:", "※注:", "说明:")


RowWords: TypeAlias = tuple[tuple[Word, ...], str, str, tuple[str, ...]]
"""What a row prints before its figures: its words, its label in the column of names, the label that names open rows,
and the text of each code cell."""


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """What a row is (see ``Line``); rows of the same words share one.

    ``codes_over``: of an open row the shorter codes that begin its own, the longest first; its parent is the first of
    them that is printed, else the first printed of ``totals``; or, where ``by_place``, the total it stands under, which
    is the last of its groups. ``if_figure``: it is a line only where it holds a figure.
    """

    name: str
    key: str
    label: str
    code: str | None
    kinds: frozenset[str]
    definition: RowDefinition | None
    known: bool = True
    codes_over: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()
    by_place: bool = False
    if_figure: bool = False


class RowNames:
    """The rows of one section by their words: the same words name the same row on every sheet."""

    def __init__(self, section: SectionDefinition, codes: CodeList | None) -> None:
        self.section, self.codes = section, codes
        self.fixed, self.open = section.rows_by_label, section.open_row
        self.code_of: Mapping[str, str] = {} if codes is None else codes.codes_by_name
        self.lengths: Sequence[int] = () if codes is None else codes.lengths
        self.named = Memory(self._named, _MOST_ROWS)
        self.lines: Kept[tuple[object, ...], tuple[Line, ...]] = Kept(_MOST_TABLES)
        """The lines of whole sections, by all that decides them."""

    def _named(self, row: RowWords) -> Named:
        words, name, entry, cells = row
        if self.codes is not None:
            if (code := _code(cells, self.codes)) is not None:
                return self._open(words, name, code)
            if (both := _code_and_name(name, self.codes)) is not None:
                return self._open(words, both[1], both[0])
        for label in (name, *(label for _, label, _ in words)):
            if label in self.fixed:
                return self._fixed(words, label)
        if not entry.strip(".…·-—"):
            entry = ""  # a mere row of dots is no name
        if self.open is None or not entry:
            first = words[0][1] if words else ""
            label = squeezed(words[0][2]) if first else ""
            if self.open is None:
                return Named(first, first, label, None, frozenset(), None, known=False, if_figure=True)
            nameless = self._open(words, first, None)  # perhaps one of them, with its name lost
            return replace(nameless, label=label, known=False, if_figure=True)
        found = self._open(words, entry, self._code_of(entry))
        is_sentence = entry.startswith(_NOTE) or entry.endswith("。")  # below the grid
        return found if found.known and not is_sentence else replace(found, if_figure=True)

    def _code_of(self, name: str) -> str | None:
        """The code of a subject by its name; 支出 may be left out behind it."""
        code = self.code_of.get(name)
        return self.code_of.get(name + "支出") if code is None and name != "其他" else code

    def _fixed(self, words: tuple[Word, ...], text: str) -> Named:
        row = self.fixed[text]
        code = self.code_of.get(text)
        return Named(
            row.name, normalised(row.name), _printed(words, text), code, _kinds(row.kind, row.is_entry), row,
            totals=_totals_over(row, code, self.section), by_place=len(row.parents) > 1,
        )

    def _open(self, words: tuple[Word, ...], name: str, code: str | None) -> Named:
        row = self.open
        assert row is not None
        level = self.codes.level_by_length[len(code)] if code is not None and self.codes is not None else None
        known = code is not None or not row.codes
        label = _printed(words, name) or code or ""
        totals = _totals_over(row, code, self.section)
        return Named(
            name, code or name, label, code, _kinds(row.name, row.kind, level), row, known,
            _codes_over(code, self.lengths), totals, len(row.parents) > 1,
        )


@lru_cache(maxsize=64)
def row_names(section: SectionDefinition, codes: CodeList | None) -> RowNames:
    """The names of a section's rows."""
    return RowNames(section, codes)


def named_line(line: Line, section: SectionDefinition) -> Named:
    """What a line of ``section`` is."""
    row, code = line.definition, line.code
    if row is None:
        return Named(line.name, line.key, line.label, code, line.kinds, None, line.known)
    over = _codes_over(code, range(len(code or ""), 0, -1)) if row.each is not None else ()
    return Named(
        line.name, line.key, line.label, code, line.kinds, row, line.known, over, _totals_over(row, code, section),
        len(row.parents) > 1,
    )


def _codes_over(code: str | None, lengths: Iterable[int]) -> tuple[str, ...]:
    return tuple([code[:length] for length in lengths if length < len(code)]) if code else ()


def _totals_over(row: RowDefinition, code: str | None, section: SectionDefinition) -> tuple[str, ...]:
    """The totals that add up a row."""
    return tuple([
        name
        for name, of, codes in section.totals
        if row.name in of or row.is_entry in of or (code and codes and code.startswith(codes))
    ])


@lru_cache(maxsize=256)
def _kinds(*names: str | None) -> frozenset[str]:
    return frozenset(filter(None, ("行", *names)))


def _printed(words: tuple[Word, ...], name: str) -> str:
    """The label as the form prints it."""
    for _, label, text in words:
        if label == name:
            return shown(text)
    return name


def _code_and_name(label: str, codes: CodeList) -> tuple[str, str] | None:
    """The code and the name of a subject that are printed in one cell (2013101 行政运行)."""
    match = _CODE_AND_NAME.fullmatch(label)
    if match is None or len(match[1]) not in codes.level_by_length:
        return None
    return (match[1], match[2]) if match[1][: codes.widths[0]] in codes.names else None


def _code(cells: tuple[str, ...], codes: CodeList) -> str | None:
    """The subject code printed in one cell, or in one cell a level."""
    texts = [squeezed(text) for text in cells]
    if len(texts) > 1:
        for number, width in enumerate(codes.widths[: len(texts)]):
            if texts[number].isdecimal():
                texts[number] = texts[number].zfill(width)
    digits = ""
    for text in texts:  # each level by itself (208 | 05 | 01), or with those over it (208 | 20805 | 2080501)
        digits = text if digits and text.startswith(digits) else digits + text
    return digits if digits.isdecimal() and len(digits) in codes.level_by_length else None
