"""Single cells above or beside a grid: 年度, 单位, 项目名称, and the unit that amounts are printed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from gouji.figures import MONEY_UNITS, Unit
from gouji.labels import normalised
from gouji.sheet import Address
from gouji.tables.definition import FieldDefinition, FigureType
from gouji.tables.grid import Grid

_UNIT = re.compile(
    r"单位:?\(?(亿元|万元|元)(?=$|[^\u4e00-\u9fff]|公开|财决|编制|填报|部门|单位)|\((?:单位:)?(亿元|万元|元)\)"
)  # not 编制单位：元谋县…
_CAPTURE = {"年": r"(\d{4})", "文字": r"(.{1,60}?)"}


def printed_unit(grid: Grid, rows: Iterable[int]) -> Unit | None:
    """The unit named in any text of ``rows`` (金额单位：万元, 项目资金（万元）), ``None`` when there is none."""
    for text, _ in _texts(grid, rows):
        match = _UNIT.search(text)
        if match:
            return MONEY_UNITS[match[1] or match[2]]
    return None


def read_fields(
    grid: Grid, definitions: Iterable[FieldDefinition], rows: list[int]
) -> dict[str, tuple[str, Address]]:
    """The text and place of every field found in ``rows``."""
    found: dict[str, tuple[str, Address]] = {}
    for definition in definitions:
        value = _by_pattern(grid, definition, rows) if definition.find else _by_label(grid, definition, rows)
        if value is not None:
            found[definition.name] = value
    return found


def _texts(grid: Grid, rows: Iterable[int]) -> Iterator[tuple[str, Address]]:
    for row in rows:
        yield from grid.texts(row)


def _by_pattern(grid: Grid, field: FieldDefinition, rows: list[int]) -> tuple[str, Address] | None:
    pattern = _pattern(field.find or "", field.type)
    for text, place in _texts(grid, rows):
        match = pattern.search(text)
        if match:
            return match[1], place
    return None


@lru_cache(maxsize=256)
def _pattern(find: str, kind: FigureType) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}", find)
    return re.compile(_CAPTURE.get(kind, _CAPTURE["文字"]).join(re.escape(part) for part in parts))


def _by_label(grid: Grid, field: FieldDefinition, rows: list[int]) -> tuple[str, Address] | None:
    labels = {normalised(label) for label in (*field.labels, field.name)}
    for text, place in _texts(grid, rows):
        head, colon, rest = text.partition(":")
        if normalised(head) not in labels:
            continue
        if colon and rest:
            return rest, place
        beside = Address(place.row, grid.right_of(*place))
        cell = grid.sheet.cells.get((beside.row, beside.column))
        if cell is not None and cell.text.strip():
            return cell.text.strip(), beside
    return None
