"""All figure cells of a recognised form: read one by one, then given the last place their table prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gouji.figures import MONEY_UNITS, Unit
from gouji.sheet import Address
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.model import Line, Value
from gouji.tables.values import Raw, read_raw, shown_decimals, value_of

MOST_RATE_DECIMALS = 6


class Part(NamedTuple):
    """A section as located: its heading, its lines and, for forms with free axes, the place of each figure."""

    heading: Heading
    lines: tuple[Line, ...]
    cells: Mapping[tuple[str, str], Address] | None = None


class _Read(NamedTuple):
    place: tuple[int, int]
    column: ColumnDefinition
    raw: Raw
    group: object
    """What shares a last place: the unit of amounts; section and column of rates and scores."""


@dataclass(frozen=True)
class CellValues:
    """The values by place, the decimals of amounts by unit, and remarks (Chinese, English)."""

    values: Mapping[tuple[int, int], Value]
    decimals: Mapping[Unit, int]
    remarks: tuple[tuple[str, str], ...]


def read_values(grid: Grid, parts: Sequence[Part], unit: Unit, *, as_shown: bool) -> CellValues:
    """Every figure cell of every line of ``parts``; ``unit`` is what the table says its amounts are in."""
    found = [read for number, part in enumerate(parts) for read in _cells(grid, part, number, unit, as_shown)]
    groups: dict[object, list[Raw]] = {}
    for read in found:
        groups.setdefault(read.group, []).append(read.raw)
    decimals = {group: shown_decimals(raws, _most(group)) for group, raws in groups.items()}
    values = {read.place: value_of(read.raw, read.column, decimals[read.group]) for read in found}
    money = {group: places for group, places in decimals.items() if isinstance(group, Unit)}
    return CellValues(values, money, tuple(_remarks(found)))


def _cells(grid: Grid, part: Part, number: int, unit: Unit, as_shown: bool) -> Iterable[_Read]:
    sheet_cells = grid.sheet.cells
    for name, column in part.heading.columns.items():
        definition = column.definition
        if definition.type not in FIGURE_TYPES:
            continue
        percents = {at: "%" in "".join(part.heading.paths.get(at, ())) for at in column.at if at is not None}
        for line in part.lines:
            at: tuple[int, int] | None
            if part.cells is not None:
                at = part.cells.get((line.name, name))
            else:
                sheet_column = column.at[line.lane]
                at = None if sheet_column is None else (line.row, sheet_column)
            if at is None:
                continue
            percent = percents.get(at[1], False)
            raw = read_raw(sheet_cells.get(at), definition, unit, percent=percent, as_shown=as_shown)
            group: object = raw.unit if raw.unit.name in MONEY_UNITS else (number, name)
            yield _Read((at[0], at[1]), definition, raw, group)


def _most(group: object) -> int:
    """The most decimals a figure may show to count for its neighbours: 分 for money."""
    if isinstance(group, Unit):
        return group.exponent + 2
    return MOST_RATE_DECIMALS


def _remarks(found: Sequence[_Read]) -> Iterable[tuple[str, str]]:
    finer = [read for read in found if read.raw.stored_finer]
    if finer:
        first = Address(*finer[0].place)
        yield (
            f"{len(finer)} 格存储的位数比显示的多（如 {first}），按存储的数核对",
            f"{len(finer)} cells store more decimals than they show (such as {first}); checked as stored",
        )
