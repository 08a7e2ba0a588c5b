"""All figure cells of a recognised form: read one by one, then given the last place their table prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from gouji.figures import MONEY_UNITS, Unit
from gouji.sheet import Address, Sheet
from gouji.tables.definition import AMOUNT_TYPES, FIGURE_TYPES, ColumnDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.memory import Memory
from gouji.tables.merged import Merged, in_one_cell, merged_amounts
from gouji.tables.model import Column, Line, Value
from gouji.tables.values import Raw, cell_reader, values_by_raw

MOST_RATE_DECIMALS = 6
MOST_SCORE_DECIMALS = 2
_FEW, _ONE_IN = 3, 10
_MONEY = frozenset(MONEY_UNITS.values())
_row_of = attrgetter("row")


class Part(NamedTuple):
    """A section as located: its heading, its lines and, for forms with free axes, the place of each figure."""

    heading: Heading
    lines: tuple[Line, ...]
    cells: Mapping[tuple[str, str], Address] | None = None


Place: TypeAlias = tuple[int, int]
Group: TypeAlias = Unit | tuple[int, str]
"""What shares a last place: the unit of amounts; section and column of rates, the column alone of scores."""


class FigureCells(NamedTuple):
    """Where figures stand that are read alike, column by column: ``group`` is that of figures that are no amounts.

    ``unit`` is what amounts are in; ``percent``: the heading says %.
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
    """Figures that were read alike. Equal cells are one ``Raw``; ``distinct`` has each once."""

    cells: FigureCells
    raws: Sequence[Raw]
    distinct: Collection[Raw]


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
        places, by_raw = batch.cells.places, _values_by_raw(batch, decimals)
        if len(by_raw) == 1:
            (made,) = by_raw.values()
            values.update(zip(places, map(made.__getitem__, batch.raws), strict=True))
        else:
            for place, raw in zip(places, batch.raws, strict=True):
                values[place] = by_raw[_group(raw, batch)][raw]
    values |= in_one_cell(sheet, figures.merged)
    for place in figures.exact:
        value = values[place]
        values[place] = value if value.figure is None else value._replace(figure=value.figure._replace(last=None))
    money = {group: places for group, places in decimals.items() if isinstance(group, Unit)}
    return CellValues(values, money, tuple(_remarks(sheet, found)))


def _batch(sheet: Sheet, cells: FigureCells, as_shown: bool, date1904: bool) -> _Batch:
    reader = cell_reader(cells.column.type, cells.unit, cells.percent, as_shown, date1904)
    raws = reader.read(map(sheet.cells.get, cells.places))
    return _Batch(cells, raws, dict(zip(map(id, raws), raws, strict=True)).values())


def _group(raw: Raw, batch: _Batch) -> Group:
    return raw[5] if raw[5] in _MONEY else batch.cells.group


def _values_by_raw(batch: _Batch, decimals: Mapping[Group, int]) -> dict[Group, Memory[Raw, Value]]:
    """The values of each group that its figures belong to."""
    column = batch.cells.column
    exact = column.exact or column.type == "数"
    groups = {_group(raw, batch) for raw in batch.distinct}
    return {group: values_by_raw(exact, column.places, decimals[group]) for group in groups}


def _decimals(batches: Iterable[_Batch]) -> dict[Group, int]:
    """The decimals of each group: the most that its figures print.

    What prints more than money or a rate can have (a pasted quotient), or more than nearly all of its neighbours,
    stands for itself and does not make them finer.
    """
    found: dict[Group, Counter[int]] = {}
    for batch in batches:
        is_score = batch.cells.column.type == "分"
        for status, _, _, _, shown, unit, _ in batch.distinct:
            group = unit if unit in _MONEY else batch.cells.group
            counted = found.setdefault(group, Counter())
            if status == "figure" and 0 < shown <= (MOST_SCORE_DECIMALS if is_score else _most(group)):
                counted[shown] += 1
    return {group: _usual_most(counted) for group, counted in found.items()}


def _usual_most(counted: Counter[int]) -> int:
    """The most decimals that enough of the figures with decimals print: one in ten, of three or more at least two."""
    number = counted.total()
    enough = max(1 + (number >= _FEW), number / _ONE_IN)
    above = 0
    for decimals in sorted(counted, reverse=True):
        above += counted[decimals]
        if above >= enough:
            return decimals
    return 0


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
                together[key] = FigureCells(definition, group, MONEY_UNITS.get(said, unit), said == "%", [])
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
        for batch in found if any(raw[-1] for raw in batch.distinct)
        for place, raw in zip(batch.cells.places, batch.raws, strict=True) if raw[-1]
    ]
    if finer:
        first = sheet.ref(*finer[0]).address
        yield (
            f"{len(finer)} 格存储的位数比显示的多（如 {first}），按存储的数核对",
            f"{len(finer)} cells store more decimals than they show (such as {first}); checked as stored",
        )
