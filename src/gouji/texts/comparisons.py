"""Small tables inside a text that compare the year with the last one: 项目 | 本年 | 上年 | 增减额 | 增减率.

Each line is a statement of what its first cell names, judged by the rules on sentences. That these are figures of a
form is only concluded where the name means one thing under every heading. Other tables are not read, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gouji.document import Document
from gouji.figures import MONEY_UNITS, PERCENT, Figure, Unit
from gouji.labels import normalised, squeezed
from gouji.numerals import read_numeral
from gouji.sheet import Cell, CellKind, CellRef, Sheet
from gouji.texts.lexicon import Lexicon
from gouji.texts.state import Reader
from gouji.texts.statements import Figured, Said, Statement

_TABLE, _ROW = "小表", "项目"
HIGHEST_HEADING = 6
"""The last row in which the heading of a table may stand."""
LONGEST_LABEL = 20
_RATE = re.compile(r"(?:增减|增长|增|变动|升降|变化|同比|较上年).*(?:率|幅|比例|%)|%.*(?:增减|增长|同比)|幅度")
_CHANGE = re.compile(r"增减|变动|差额|增加额|减少额|变化")
_LAST = re.compile(r"上年|上期|上一年|去年")
_CURRENT = re.compile(r"本年|本期|当年|^决算数?$|^支出决算数?$")
_ROLES = (("较上年增减率", _RATE), ("较上年增减额", _CHANGE), ("上年数", _LAST), ("决算数", _CURRENT))
_UNIT = re.compile(r"(亿元|万元|元)")


class Compared(NamedTuple):
    """What the tables of a text state, and the sheets that hold figures and were not read."""

    statements: list[Statement]
    unread: list[Sheet]


def comparisons(document: Document, tables: Sequence[Sheet], reader: Reader, unit: str) -> Compared:
    """Read ``tables`` of a document; ``unit`` is that of amounts where nothing else is printed."""
    found: list[Statement] = []
    unread = []
    for sheet in tables:
        grid = _Grid(sheet, reader, unit)
        columns, heading = grid.columns()
        own = list(grid.statements(columns, heading)) if columns and _TABLE in reader.words.columns else []
        if own:
            found += own
        elif any(_number(cell) is not None for cell in sheet.cells.values()):
            unread.append(sheet)
    return Compared(found, unread)


class _Grid:
    """One table of the text."""

    def __init__(self, sheet: Sheet, reader: Reader, unit: str) -> None:
        self.sheet, self.reader, self.unit = sheet, reader, unit
        self.rows: dict[int, dict[int, Cell]] = {}
        for place, cell in sorted(sheet.cells.items()):
            self.rows.setdefault(place[0], {})[place[1]] = cell

    def columns(self) -> tuple[Mapping[int, str], int]:
        """The columns by what they are, and the row of the heading; none where the table compares nothing."""
        for row in sorted(self.rows)[:HIGHEST_HEADING]:
            roles = {column: role for column, cell in self.rows[row].items() if (role := self._role(cell)) is not None}
            told = list(roles.values())
            if "决算数" in told and len(told) >= 2 and len(set(told)) == len(told) and min(roles) > 1:
                return roles, row
        return {}, 0

    def _role(self, cell: Cell) -> str | None:
        label = squeezed(cell.text)
        if cell.kind is not CellKind.TEXT or len(label) > LONGEST_LABEL:
            return None
        year = re.search(r"20\d\d", label)
        if year is not None and self.reader.year is not None and not re.search(r"增|减|变|差|幅|比", label):
            return {self.reader.year: "决算数", self.reader.year - 1: "上年数"}.get(int(year[0]))
        return next((role for role, pattern in _ROLES if pattern.search(label)), None)

    def statements(self, columns: Mapping[int, str], heading: int) -> Iterator[Statement]:
        """Each line below the heading."""
        for row, cells in self.rows.items():
            label = cells.get(1)
            if row > heading and label is not None and _number(label) is None and normalised(label.text):
                one = self._statement(label.text)
                for column, role in columns.items():
                    figure = self._figure(cells.get(column), role, self.rows[heading].get(column))
                    if figure is not None:
                        one.figures[role] = self._said(figure, CellRef(self.sheet.name, row, column))
                if len(one.figures) > 1:
                    yield one

    def _statement(self, label: str) -> Statement:
        table, row = _meant(self.reader.words.lexicon, squeezed(normalised(label)))
        name = normalised(label)
        return Statement(table or _TABLE, row or _ROW, "" if row else name, name, 0, -1)

    def _figure(self, cell: Cell | None, role: str, head: Cell | None) -> Figure | None:
        number = None if cell is None else _number(cell)
        if number is None:
            return None
        digits, places, said = number
        if role.endswith("率"):
            return Figure(digits, places + 2, places + 2, PERCENT)
        unit = self._unit_of(said, head)
        return Figure(digits, places - unit.exponent, places - unit.exponent, unit)

    def _unit_of(self, said: str, head: Cell | None) -> Unit:
        """The unit printed with the figure, in the heading of the column, above the table, else the pack's."""
        above = (cell.text for row in sorted(self.rows)[:HIGHEST_HEADING] for cell in self.rows[row].values())
        for text in (said, "" if head is None else head.text, *(text for text in above if "单位" in text)):
            match = _UNIT.search(text)
            if match:
                return MONEY_UNITS[match[1]]
        return MONEY_UNITS[self.unit]

    def _said(self, figure: Figure, cell: CellRef) -> Said:
        number = len(self.reader.figures)
        self.reader.figures.append(Figured(-1, 0, 0, ""))
        return Said(number, -1, 0, 0, figure, cell)


def _number(cell: Cell) -> tuple[int, int, str] | None:
    found = read_numeral(cell.text) if cell.kind in {CellKind.TEXT, CellKind.NUMBER} else None
    return None if found is None or (found.unit and not _UNIT.fullmatch(found.unit) and found.unit != "%") else found


def _meant(lexicon: Lexicon, label: str) -> tuple[str, str]:
    """The row of a text table that a label means under every heading; ("", "") where it depends on one."""
    found = lexicon.longest(label, 0)
    if found is None or found[0] != len(label):
        return "", ""
    rows = [entry for entry in found[1] if entry.sort == "row"]
    is_sure = len(rows) == 1 and not rows[0].heading and not rows[0].key
    return (rows[0].table, rows[0].name) if is_sure else ("", "")
