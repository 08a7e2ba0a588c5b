"""Single cells above or beside a grid: 年度, 单位, 项目名称, and the unit that amounts are printed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gouji.figures import MONEY_UNITS, Unit
from gouji.labels import normalised, squeezed
from gouji.sheet import Address
from gouji.tables.arrangement import Missing
from gouji.tables.definition import FieldDefinition, FigureType, TableDefinition
from gouji.tables.grid import Grid

_UNIT = re.compile(
    r"单位:?\(?(?:人民币)?([十百千万亿]*元)(?=$|[^\u4e00-\u9fff]|公开|财决|编制|填报|部门|单位)"
    r"|\((?:单位:)?(?:人民币)?([十百千万亿]*元)\)"
)  # not 编制单位：元谋县…
_CAPTURE = {"年": r"(\d{4})", "文字": r"(.{1,60}?)"}


def printed_unit(grid: Grid, rows: Iterable[int]) -> Unit | Missing | None:
    """The unit named in any text of ``rows`` (金额单位：万元, 项目资金（万元）), ``None`` when there is none.

    Missing: the unit is none that amounts of these forms can be in (千元).
    """
    for text, _ in _texts(grid, rows, "元"):
        if match := _UNIT.search(text):
            return _unit(match[1] or match[2])
    return None


def unit_in(text: str) -> Unit | Missing | None:
    """The unit named in a text."""
    match = _UNIT.search(squeezed(text))
    return _unit(match[1] or match[2]) if match else None


def _unit(name: str) -> Unit | Missing:
    known = "、".join(reversed(MONEY_UNITS))
    return MONEY_UNITS.get(name) or Missing(
        f"金额单位“{name}”不认识（应为 {known}）", f"its unit of money {name} is not known (known: {known})"
    )


def read_fields(grid: Grid, definition: TableDefinition, rows: list[int]) -> dict[str, tuple[str, Address]]:
    """The text and place of every field of ``definition`` found in ``rows``."""
    found = _by_label(grid, definition, rows)
    for field in definition.fields:
        if field.find and (value := _by_pattern(grid, field, rows)) is not None:
            found[field.name] = value
    return {field.name: found[field.name] for field in definition.fields if field.name in found}


def _texts(grid: Grid, rows: Iterable[int], part: str) -> Iterator[tuple[str, Address]]:
    """The texts that hold ``part``, squeezed, with their places."""
    for row in rows:
        for column, _, printed in grid.words.get(row, ()):
            text = squeezed(printed)
            if part in text:
                yield text, Address(row, column)


def _by_pattern(grid: Grid, field: FieldDefinition, rows: list[int]) -> tuple[str, Address] | None:
    pattern, part = _pattern(field.find or "", field.type)
    for text, place in _texts(grid, rows, part):
        match = pattern.search(text)
        if match:
            return match[1], place
    return None


@lru_cache(maxsize=256)
def _pattern(find: str, kind: FigureType) -> tuple[re.Pattern[str], str]:
    """The pattern of a field, and the longest piece of text that it cannot do without."""
    parts = re.split(r"\{[^}]*\}", find)
    return re.compile(_CAPTURE.get(kind, _CAPTURE["文字"]).join(map(re.escape, parts))), max(parts, key=len)


def _by_label(grid: Grid, definition: TableDefinition, rows: list[int]) -> dict[str, tuple[str, Address]]:
    """The fields whose label stands before a colon, or in the cell to the left."""
    found: dict[str, tuple[str, Address]] = {}
    labelled = definition.fields_by_label
    for row in rows:
        for column, _, text in grid.words.get(row, ()):
            head, rest = _head(text)
            if head not in labelled:
                continue
            value = (rest, Address(row, column)) if rest else _beside(grid, row, column)
            if value is not None:
                found |= {name: value for name in labelled[head] if name not in found}
    return found


@lru_cache(maxsize=16384)
def _head(text: str) -> tuple[str, str]:
    """What a text says before a colon, as a label, and behind it."""
    head, _, rest = squeezed(text).partition(":")
    return normalised(head), rest


def _beside(grid: Grid, row: int, column: int) -> tuple[str, Address] | None:
    """The text of the cell to the right."""
    right = Address(row, grid.right_of(row, column))
    text = grid.text((row, right.column)).strip()
    return (text, right) if text else None
