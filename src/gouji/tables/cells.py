"""Where a form prints its figures, and what stands there that is no number: as far as print alone tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from gouji.figures import MONEY_UNITS, Unit
from gouji.sheet import Address, CellKind, Sheet
from gouji.tables.definition import AMOUNT_TYPES, FIGURE_TYPES, ColumnDefinition
from gouji.tables.grid import Grid
from gouji.tables.headings import Heading
from gouji.tables.memory import Memory
from gouji.tables.merged import Merged, merged_amounts
from gouji.tables.model import Column, Line, Value
from gouji.tables.prints import taker
from gouji.tables.values import Raw, read_other, unit_of, value_of

MOST_RATE_DECIMALS = 6
MOST_SCORE_DECIMALS = 2
_MONEY = frozenset(MONEY_UNITS.values())
_MOST_OTHERS = 2**14
"""How many cells the values of one form are kept for; those of larger ones are made anew each time."""
_BLANK = Value("blank", "")
_row_of = attrgetter("row")


class Part(NamedTuple):
    """A section as located: its heading, its lines and, for forms with free axes, the place of each figure."""

    heading: Heading
    lines: tuple[Line, ...]
    cells: Mapping[tuple[str, str], Address] | None = None


_NUMBER = CellKind.NUMBER
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

    def group_of(self, unit: Unit) -> Group:
        """What a figure in ``unit`` shares its last place with."""
        return self.group if unit == self.unit or unit not in _MONEY else unit

    def most(self, group: Group) -> int:
        """The most decimals that a figure may show to count for its neighbours in ``group``: 分 for money."""
        if isinstance(group, Unit):
            return group.exponent + 2
        return MOST_SCORE_DECIMALS if self.column.type == "分" else MOST_RATE_DECIMALS

    @property
    def last(self) -> tuple[bool, int | None]:
        """Whether they have no last place, being counted; and the one that is stated for them."""
        return self.column.exact or self.column.type == "数", self.column.places


class Numbers(NamedTuple):
    """Those of ``cells`` that are numbers: their places, and how they are taken out of all cells of the sheet.

    ``last`` and ``most`` as in ``FigureCells``, for its own group.
    """

    cells: FigureCells
    last: tuple[bool, int | None]
    most: int
    places: Sequence[Place]
    taken: Callable[[tuple[Any, ...]], tuple[Any, ...]]


class FigurePlaces(NamedTuple):
    """Where a form prints its figures, and what of them is no number and so the same wherever the same is printed.

    ``decimals`` are those of numbers in texts by what shares a last place, ``others`` all values by place (numbers
    are to be put in) by the decimals of these. ``exact`` are those that are counts among amounts.
    ``merged``: of an area over several amounts the places in it, after its first cell and its name.
    """

    numbers: Sequence[Numbers]
    decimals: Mapping[Group, Sequence[int]]
    others: Mapping[tuple[int, ...], dict[Place, Value]]
    exact: Sequence[Place]
    merged: Sequence[Merged]


def figure_places(grid: Grid, parts: Sequence[Part], unit: Unit) -> FigurePlaces:
    """Where the figure cells of all lines of ``parts`` stand; ``unit`` is what the table says its amounts are in."""
    columns = [one for number, part in enumerate(parts) for one in _figure_cells(part, number, unit)]
    amounts = [place for one in columns if one.column.type in AMOUNT_TYPES for place in one.places]
    others = [_others(grid.sheet, one) for one in columns]
    decimals = _decimals_of_others(columns, others)
    values = partial(_values_of_others, columns, others, tuple(decimals))
    return FigurePlaces(
        _numbers(grid, columns), decimals, Memory(values, _MOST_OTHERS, len), tuple(_in_exact_rows(parts)),
        merged_amounts(grid, amounts),
    )


def _numbers(grid: Grid, columns: Iterable[FigureCells]) -> list[Numbers]:
    cells = grid.sheet.cells
    at = {place: number for number, (place, cell) in enumerate(cells.items()) if cell.kind is _NUMBER}
    found = [(one, [place for place in one.places if place in at]) for one in columns]
    return [
        Numbers(one, one.last, one.most(one.group), places, taker([at[place] for place in places]))
        for one, places in found if places
    ]


def _others(sheet: Sheet, one: FigureCells) -> dict[Place, Raw]:
    """What is no number, by place."""
    cells, kind = sheet.cells, one.column.type
    raws: dict[tuple[str, str] | None, Raw] = {}
    found: dict[Place, Raw] = {}
    for place in one.places:
        cell = cells.get(place)
        if cell is not None and cell.kind is _NUMBER:
            continue
        key = None if cell is None else (cell.kind.value, cell.text)
        if key not in raws:
            raws[key] = read_other(cell, kind, one.unit, one.percent)
        found[place] = raws[key]
    return found


def _decimals_of_others(
    columns: Sequence[FigureCells], others: Sequence[Mapping[Place, Raw]]
) -> dict[Group, list[int]]:
    found: dict[Group, list[int]] = {one.group: [] for one in columns}
    for one, raws in zip(columns, others, strict=True):
        for raw in dict.fromkeys(raws.values()):
            group = one.group_of(raw[5])
            found.setdefault(group, [])
            if 0 < raw[4] <= one.most(group):
                found[group].append(raw[4])
    return found


def _values_of_others(
    columns: Sequence[FigureCells], others: Sequence[Mapping[Place, Raw]], groups: Sequence[Group],
    decimals: Sequence[int],
) -> dict[Place, Value]:
    """The values of all figure cells in their order; in place of numbers, which are to be put in, a blank."""
    by_group = dict(zip(groups, decimals, strict=True))
    found: dict[Place, Value] = {}
    for one, raws in zip(columns, others, strict=True):
        made: dict[Raw | None, Value] = {None: _BLANK}
        for raw in raws.values():
            if raw not in made:
                made[raw] = value_of(raw, *one.last, by_group[one.group_of(raw[5])])
        found |= {place: made[raws.get(place)] for place in one.places}
    return found


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
