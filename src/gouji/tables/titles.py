"""Printed titles: which cells name a standard form, whatever stands before and behind the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache, partial
from typing import NamedTuple

from gouji.labels import normalised
from gouji.sheet import Address
from gouji.tables.definition import TableDefinition
from gouji.tables.grid import Grid
from gouji.tables.grounds import Sign
from gouji.tables.memory import Kept, Memory
from gouji.tables.prints import Place

_YEAR = re.compile(r"\(?(?:19|20)\d\d年?度?\)?")
_MONEY = re.compile(r"\((?:[^()]*单位:?)?(?:亿元|万元|元)\)$")
_TABLE_NUMBER = re.compile(r"\([^()]*(?:\)|$)$")
_ANY_TITLE = re.compile(r"[\u4e00-\u9fff]{4,}表$")
_CONTINUED = re.compile(r"\(?(?:接上表|续表?[一二三四五六七八九十\d]*)\)?$")
_ENCLOSURE = re.compile(r"^(?:附件|附表|表)[一二三四五六七八九十\d]*[:、.]")
_LONGEST_TITLE = 60
_MOST_LABELS = 16384
_MOST_PACKS = 16
_SENTENCE = re.compile(r"[。,;:!?]")
_ANOTHER_FORM = ("预算", "拨款", "经费", "资金", "基金", "项目", "基本", "收入", "支出")
"""Words before a title that make it the title of another form (政府性基金预算财政拨款 + 支出决算表)."""


class Title(NamedTuple):
    """Where a form is named, the definition it names, and by what. ``continued``: the form goes on here (续表)."""

    row: int
    column: int
    definition: TableDefinition
    sign: Sign
    continued: bool = False


class Titles:
    """The titles of forms, and where they are printed."""

    def __init__(self, definitions: Sequence[TableDefinition]) -> None:
        self._held = definitions
        self.definitions = {_plain(normalised(title)): form for form in definitions for title in form.titles}
        self._named = _named_by(tuple(self.definitions))

    def printed(self, grid: Grid) -> list[Title]:
        """The titles on a sheet from top to bottom."""
        return grid.once(("titles", id(self)), self, partial(self._printed, grid))

    def _printed(self, grid: Grid) -> list[Title]:
        named = self._named
        places = []
        for place, label in grid.labels.items():
            whole = self._with_row_above(grid, place, label) if label.endswith("表") else label
            if named[whole]:
                places.append((place, whole))
        return [self._title(grid, Address(*place), label) for place, label in sorted(places)]

    def _with_row_above(self, grid: Grid, place: Place, label: str) -> str:
        """A label with the words by themselves in the row above it, which may begin a title of two rows."""
        row, column = place
        above = grid.words.get(row - 1, ())
        if len(above) != 1 or len(grid.rows[row - 1]) != 1 or above[0][0] != column:
            return label
        begun = above[0][1]
        return label if _SENTENCE.search(begun) or self._named[begun] else begun + label

    def _title(self, grid: Grid, place: Address, label: str) -> Title:
        sign = Sign("标题", grid.sheet.cells[place].text.strip(), place)
        return Title(*place, self.definitions[self._named[label]], sign, _CONTINUED.search(label) is not None)

    def possible(self, grid: Grid) -> list[Title]:
        """What a sheet without a title may be: what its page header or its name says, else any once a workbook."""
        signs = [Sign("页眉", line.strip()) for line in grid.sheet.header.splitlines()]
        found: dict[str, Title] = {}
        for sign in (*signs, Sign("工作表名", grid.sheet.name)):
            if known := self._named[_TABLE_NUMBER.sub("", normalised(sign.text))]:
                form = self.definitions[known]
                found.setdefault(form.name, Title(grid.row_numbers[0] - 1, 0, form, sign))
        return list(found.values()) or self._unsigned(grid, many=False)

    def of_many(self, grid: Grid) -> list[Title]:
        """The forms of which a workbook may hold many that a sheet without a title may be."""
        return self._unsigned(grid, many=True)

    def _unsigned(self, grid: Grid, *, many: bool) -> list[Title]:
        forms = {form.name: form for form in self.definitions.values() if (form.many is not None) is many}
        return [Title(grid.row_numbers[0] - 1, 0, form, Sign("栏目")) for form in forms.values()]


_TITLES: Kept[tuple[int, ...], Titles] = Kept(_MOST_PACKS)


def titles_of(definitions: Iterable[TableDefinition]) -> Titles:
    """The titles of these forms, made once."""
    forms = tuple(definitions)
    key = tuple(map(id, forms))
    return _TITLES[key] if key in _TITLES else _TITLES.keep(key, Titles(forms))


@lru_cache(maxsize=16)
def _named_by(titles: tuple[str, ...]) -> Memory[str, str]:
    """Of labels the title that each is, or ends with (a unit's name may stand before it); "" for all others."""
    known = frozenset(titles)
    return Memory(lambda label: _named(_plain(label), known) if len(label) <= _LONGEST_TITLE else "", _MOST_LABELS)


def _named(name: str, titles: Set[str]) -> str:
    if name in titles:
        return name
    if not name.endswith("表") or _SENTENCE.search(name):
        return ""
    start = next((start for start in range(1, len(name) - 3) if name[start:] in titles), None)
    return "" if start is None or name[:start].endswith(_ANOTHER_FORM) else name[start:]


def another_title(grid: Grid, above: int) -> bool:
    """Whether a text above row ``above`` is the title of some form."""
    return any(row < above and _ANY_TITLE.search(label) for (row, _), label in grid.labels.items())


def _plain(label: str) -> str:
    """A title without year, quotes, the number before it, the unit of money and 续表 behind it."""
    title = _YEAR.sub("", _CONTINUED.sub("", label)).replace('"', "")
    return _ENCLOSURE.sub("", _MONEY.sub("", title))
