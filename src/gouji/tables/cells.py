"""All figure cells of a recognised form: read one by one, then given the last place their table prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from gouji.figures import MONEY_UNITS, Unit
from gouji.sheet import Address
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.model import Column, Line, Value
from gouji.tables.values import Raw, read_raw, shown_decimals, value_of

MOST_RATE_DECIMALS = 6


class Part(NamedTuple):
    """A section as located: its heading, its lines and, for forms with free axes, the place of each figure."""

    heading: Heading
    lines: tuple[Line, ...]
    cells: Mapping[tuple[str, str], Address] | None = None


Group: TypeAlias = Unit | tuple[int, str]
"""What shares a last place: the unit of amounts; section and column of rates and scores."""


class _Read(NamedTuple):
    """The cells of one column, line by line; ``group`` is that of figures that are no amounts."""

    column: ColumnDefinition
    group: Group
    cells: list[tuple[Address, Raw]]


@dataclass(frozen=True)
class CellValues:
    """The values by place, the decimals of amounts by unit, and remarks (Chinese, English)."""

    values: Mapping[tuple[int, int], Value]
    decimals: Mapping[Unit, int]
    remarks: tuple[tuple[str, str], ...]


def read_values(grid: Grid, parts: Sequence[Part], unit: Unit, *, as_shown: bool) -> CellValues:
    """Every figure cell of every line of ``parts``; ``unit`` is what the table says its amounts are in."""
    found = [read for number, part in enumerate(parts) for read in _read(grid, part, number, unit, as_shown)]
    groups: dict[Group, list[Raw]] = {}
    for read in found:
        for _, raw in read.cells:
            groups.setdefault(_group(raw, read), []).append(raw)
    decimals = {group: shown_decimals(raws, _most(group)) for group, raws in groups.items()}
    values: dict[tuple[int, int], Value] = {
        place: value_of(raw, read.column, decimals[_group(raw, read)]) for read in found for place, raw in read.cells
    }
    money = {group: places for group, places in decimals.items() if isinstance(group, Unit)}
    return CellValues(values, money, tuple(_remarks(found)))


def _group(raw: Raw, read: _Read) -> Group:
    return raw.unit if raw.unit.name in MONEY_UNITS else read.group


def _read(grid: Grid, part: Part, number: int, unit: Unit, as_shown: bool) -> Iterable[_Read]:
    cells = grid.sheet.cells
    for name, column in part.heading.columns.items():
        definition = column.definition
        if definition.type not in FIGURE_TYPES:
            continue
        percents = _percents(part, column)
        yield _Read(definition, (number, name), [
            (
                place,
                read_raw(
                    cells.get(place), definition, unit, percent=percents.get(place.column, False), as_shown=as_shown
                ),
            )
            for place in _places(part, name, column)
        ])


def _places(part: Part, name: str, column: Column) -> list[Address]:
    """Where a column prints its figures, line by line."""
    if part.cells is not None:
        found = [part.cells.get((line.name, name)) for line in part.lines]
        return [place for place in found if place is not None]
    return [Address(line.row, at) for line in part.lines if (at := column.at[line.lane]) is not None]


def _percents(part: Part, column: Column) -> dict[int, bool]:
    """Whether the heading over each of the column's places on the sheet prints %."""
    paths = part.heading.paths
    return {at: "%" in "".join(paths.get(at, ())) for at in column.at if at is not None}


def _most(group: Group) -> int:
    """The most decimals a figure may show to count for its neighbours: 分 for money."""
    if isinstance(group, Unit):
        return group.exponent + 2
    return MOST_RATE_DECIMALS


def _remarks(found: Sequence[_Read]) -> Iterable[tuple[str, str]]:
    finer = [place for read in found for place, raw in read.cells if raw.stored_finer]
    if finer:
        yield (
            f"{len(finer)} 格存储的位数比显示的多（如 {finer[0]}），按存储的数核对",
            f"{len(finer)} cells store more decimals than they show (such as {finer[0]}); checked as stored",
        )
