"""All figure cells of a recognised form: read one by one, then given the last place their table prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from math import ceil
from operator import attrgetter, itemgetter
from typing import NamedTuple, TypeAlias

from gouji.figures import MONEY_UNITS, Unit
from gouji.sheet import Address, Sheet
from gouji.tables.definition import AMOUNT_TYPES, FIGURE_TYPES, ColumnDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.merged import Merged, in_one_cell, merged_amounts
from gouji.tables.model import Column, Line, Value
from gouji.tables.values import Raw, cell_reader, unit_of, values_by_raw

MOST_RATE_DECIMALS = 6
MOST_SCORE_DECIMALS = 2
_FEW, _ONE_IN = 3, 10
_MONEY = frozenset(MONEY_UNITS.values())
_row_of = attrgetter("row")
_is_finer = itemgetter(6)


class Part(NamedTuple):
    """A section as located: its heading, its lines and, for forms with free axes, the place of each figure."""

    heading: Heading
    lines: tuple[Line, ...]
    cells: Mapping[tuple[str, str], Address] | None = None


Place: TypeAlias = tuple[int, int]
Group: TypeAlias = Unit | tuple[int, str]
"""What shares a last place: the unit of amounts; section and column of rates, the column alone of scores."""


class FigureCells(NamedTuple):
    """Where figures stand that are read alike, column by column.

    ``unit`` is what they are in where they do not say, ``group`` what they share their last place with then;
    ``percent``: the heading says %.
    """

    column: ColumnDefinition
    group: Group
    unit: Unit
    percent: bool
    places: list[Place]


class FigurePlaces(NamedTuple):
    """Where a form prints its figures; ``exact`` are those that are counts among amounts.

    ``merged``: of an area over several amounts the places in it, after its first cell and its name.
    """

    cells: Sequence[FigureCells]
    exact: Sequence[Place]
    merged: Sequence[Merged]


class _Batch(NamedTuple):
    """Figures that were read alike, by the ids of what was read: equal cells are one ``Raw``."""

    cells: FigureCells
    ids: Sequence[int]
    distinct: Mapping[int, Raw]


class CellValues(NamedTuple):
    """The values by place, the decimals of amounts by unit, and remarks (Chinese, English)."""

    values: Mapping[tuple[int, int], Value]
    decimals: Mapping[Unit, int]
    remarks: tuple[tuple[str, str], ...]


def figure_places(grid: Grid, parts: Sequence[Part], unit: Unit) -> FigurePlaces:
    """Where the figure cells of all lines of ``parts`` stand; ``unit`` is what the table says its amounts are in."""
    cells = [one for number, part in enumerate(parts) for one in _figure_cells(part, number, unit)]
    amounts = [place for one in cells if one.column.type in AMOUNT_TYPES for place in one.places]
    return FigurePlaces(cells, tuple(_in_exact_rows(parts)), merged_amounts(grid, amounts))


def read_values(sheet: Sheet, figures: FigurePlaces, *, as_shown: bool, date1904: bool = False) -> CellValues:
    """Every figure cell of a form, read one by one."""
    found = [_batch(sheet, cells, as_shown, date1904) for cells in figures.cells]
    decimals = _decimals(found)
    values: dict[Place, Value] = {}
    for batch in found:
        made = _made(batch, decimals)
        values.update(zip(batch.cells.places, map(made.__getitem__, batch.ids), strict=True))
    values |= in_one_cell(sheet, figures.merged)
    for place in figures.exact:
        value = values[place]
        values[place] = value if value.figure is None else value._replace(figure=value.figure._replace(last=None))
    money = {group: places for group, places in decimals.items() if isinstance(group, Unit)}
    return CellValues(values, money, tuple(_remarks(sheet, found)))


def _batch(sheet: Sheet, cells: FigureCells, as_shown: bool, date1904: bool) -> _Batch:
    reader = cell_reader(cells.column.type, cells.unit, cells.percent, as_shown, date1904)
    raws = reader.read(map(sheet.cells.get, cells.places))
    ids = list(map(id, raws))
    return _Batch(cells, ids, dict(zip(ids, raws, strict=True)))


def _made(batch: _Batch, decimals: Mapping[Group, int]) -> dict[int, Value]:
    """The values of what was read, by its id."""
    column, group, unit, _, _ = batch.cells
    exact = column.exact or column.type == "数"
    own = values_by_raw(exact, column.places, decimals[group])
    return {
        key: own[raw] if raw[5] is unit or raw[5] not in _MONEY
        else values_by_raw(exact, column.places, decimals[raw[5]])[raw]
        for key, raw in batch.distinct.items()
    }


def _decimals(batches: Iterable[_Batch]) -> dict[Group, int]:
    """The decimals of each group: the most that its figures print.

    What prints more than money or a rate can have (a pasted quotient), or more than nearly all of its neighbours,
    stands for itself and does not make them finer.
    """
    found: dict[Group, list[int]] = {}
    for batch in batches:
        column, group, unit, _, _ = batch.cells
        own = found.setdefault(group, [])
        most = MOST_SCORE_DECIMALS if column.type == "分" else _most(group)
        for _, _, _, _, shown, said, _ in batch.distinct.values():
            if said is unit or said not in _MONEY:
                if 0 < shown <= most:
                    own.append(shown)
            else:
                others = found.setdefault(said, [])
                if 0 < shown <= _most(said):
                    others.append(shown)
    return {group: _usual_most(shown) for group, shown in found.items()}


def _usual_most(shown: Sequence[int]) -> int:
    """The most decimals that enough of the figures with decimals print: one in ten, of three or more at least two."""
    number = len(shown)
    enough = max(1 + (number >= _FEW), ceil(number / _ONE_IN))
    return sorted(shown, reverse=True)[enough - 1] if number >= enough else 0


def _in_exact_rows(parts: Sequence[Part]) -> Iterable[Place]:
    """Where the rows that hold counts among amounts print their figures: those are not rounded."""
    for part in parts:
        if part.heading.section.has_exact_rows:
            exact = [line for line in part.lines if line.definition is not None and line.definition.exact]
            for column in part.heading.columns.values():
                if column.definition.type in FIGURE_TYPES:
                    yield from ((line.row, at) for line in exact if (at := column.at[line.lane]) is not None)


def _figure_cells(part: Part, number: int, unit: Unit) -> Iterable[FigureCells]:
    """The figure columns of a section; amounts of one kind together."""
    together: dict[tuple[object, ...], FigureCells] = {}
    rows = list(map(_row_of, part.lines))
    for name, column in part.heading.columns.items():
        definition = column.definition
        kind = definition.type
        if kind not in FIGURE_TYPES:
            continue
        group: Group = (0 if kind == "分" else number, name)  # marks of all sections add up to one total
        shared = kind if kind in AMOUNT_TYPES else group
        for said, places in _places(part, name, column, rows):
            key = shared, said, definition.exact, definition.places
            if key not in together:
                own = unit_of(kind, MONEY_UNITS.get(said, unit))
                together[key] = FigureCells(definition, own if kind in AMOUNT_TYPES else group, own, said == "%", [])
            together[key].places.extend(places)
    return together.values()


def _places(part: Part, name: str, column: Column, rows: list[int]) -> Iterable[tuple[str, list[Place]]]:
    """Where a column prints its figures, line by line, by the unit that the heading over them prints."""
    units = part.heading.units
    if part.cells is not None:
        found = [part.cells.get((line.name, name)) for line in part.lines]
        return [("", [(place[0], place[1]) for place in found if place is not None])]
    if len(column.at) == 1:
        at = column.at[0]
        return [] if at is None else [(units.get(at, ""), list(zip(rows, repeat(at))))]
    by_unit: dict[str, list[Place]] = {}
    for line in part.lines:
        at = column.at[line.lane]
        if at is not None:
            by_unit.setdefault(units.get(at, ""), []).append((line.row, at))
    return by_unit.items()


def _most(group: Group) -> int:
    """The most decimals a figure may show to count for its neighbours: 分 for money."""
    if isinstance(group, Unit):
        return group.exponent + 2
    return MOST_RATE_DECIMALS


def _remarks(sheet: Sheet, found: Sequence[_Batch]) -> Iterable[tuple[str, str]]:
    finer = [
        place
        for batch in found if True in map(_is_finer, batch.distinct.values())
        for place, key in zip(batch.cells.places, batch.ids, strict=True) if _is_finer(batch.distinct[key])
    ]
    if finer:
        first = sheet.ref(*finer[0]).address
        yield (
            f"{len(finer)} 格存储的位数比显示的多（如 {first}），按存储的数核对",
            f"{len(finer)} cells store more decimals than they show (such as {first}); checked as stored",
        )
