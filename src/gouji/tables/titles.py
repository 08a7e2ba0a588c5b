"""Printed titles: which cells name a standard form, whatever stands before and behind the title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from gouji.labels import normalised
from gouji.tables.definition import TableDefinition
from gouji.tables.grid import Grid

_YEAR = re.compile(r"\(?(?:19|20)\d\d年?度?\)?")
_MONEY = re.compile(r"\((?:[^()]*单位:?)?(?:亿元|万元|元)\)$")
_TABLE_NUMBER = re.compile(r"\([^()]*(?:\)|$)$")
_ANY_TITLE = re.compile(r"[\u4e00-\u9fff]{4,}表$")
_LONGEST_TITLE = 60
_SENTENCE = re.compile(r"[。,;:!?]")
_ANOTHER_FORM = ("预算", "拨款", "经费", "资金", "基金", "项目", "基本", "收入", "支出")
"""Words before a title that make it the title of another form (政府性基金预算财政拨款 + 支出决算表)."""


class Title(NamedTuple):
    """Where a form is named, the definition it names, and how messages say by what (Chinese, English).

    ``by_name``: only the sheet's name says so.
    """

    row: int
    column: int
    definition: TableDefinition
    chinese: str
    english: str
    by_name: bool = False


class Titles:
    """The titles of forms, and where they are printed."""

    def __init__(self, definitions: Iterable[TableDefinition]) -> None:
        self.definitions = {_plain(normalised(title)): form for form in definitions for title in form.titles}
        self._known: dict[str, TableDefinition | None] = {}

    def printed(self, grid: Grid) -> list[Title]:
        """The titles on a sheet from top to bottom."""
        found = []
        for (row, column), label in grid.labels.items():
            if len(label) <= _LONGEST_TITLE and (form := self._named(label)):
                text = grid.sheet.cells[(row, column)].text.strip()
                found.append(Title(row, column, form, f"标题“{text}”", f"title {text}"))
        found.sort(key=lambda title: (title.row, title.column))
        return found

    def possible(self, grid: Grid) -> list[Title]:
        """What a sheet without a title may be: the form its name names, else any that is printed once a workbook."""
        top = grid.row_numbers[0] - 1
        name = grid.sheet.name
        form = self._named(_TABLE_NUMBER.sub("", normalised(name)))
        if form is not None:
            return [Title(top, 0, form, f"没有标题，工作表名“{name}”", f"no title, sheet name {name}", by_name=True)]
        said = "没有标题，栏目只合这一种表", "no title, the columns of this form only"
        forms = {form.name: form for form in self.definitions.values() if form.many is None}
        return [Title(top, 0, form, *said) for form in forms.values()]

    def _named(self, label: str) -> TableDefinition | None:
        """The definition whose title ``label`` is, or ends with (a unit's name may stand before it)."""
        if label not in self._known:  # the sheets of a workbook print the same labels again and again
            self._known[label] = self._new(_plain(label))
        return self._known[label]

    def _new(self, name: str) -> TableDefinition | None:
        titles = self.definitions
        if name in titles:
            return titles[name]
        if not name.endswith("表") or _SENTENCE.search(name):
            return None
        start = next((start for start in range(1, len(name) - 3) if name[start:] in titles), None)
        if start is None or name[:start].endswith(_ANOTHER_FORM):
            return None
        return titles[name[start:]]


def another_title(grid: Grid, above: int) -> bool:
    """Whether a text above row ``above`` is the title of some form."""
    return any(row < above and _ANY_TITLE.search(label) for (row, _), label in grid.labels.items())


@lru_cache(maxsize=16384)
def _plain(label: str) -> str:
    """A title without year, quotes and the unit of money behind it."""
    return _MONEY.sub("", _YEAR.sub("", label)).replace('"', "")
