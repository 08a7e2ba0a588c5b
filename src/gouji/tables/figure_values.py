"""The figures of a form as a sheet prints them: read one by one, then given the last place their table prints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from operator import itemgetter
from typing import NamedTuple

from gouji.figures import Unit
from gouji.sheet import Sheet
from gouji.tables.cells import FigurePlaces, Group, Numbers
from gouji.tables.grid import Grid
from gouji.tables.merged import in_one_cell
from gouji.tables.model import Value
from gouji.tables.prints import Fields, Place
from gouji.tables.values import NumberReader, Raw, number_reader

_FEW, _ONE_IN = 3, 10
_shown_by, _is_finer = itemgetter(4), itemgetter(6)


class _Alike(NamedTuple):
    """Numbers of one kind of column that are printed alike: their texts, and what those are read as, each once."""

    numbers: Numbers
    group: Group
    places: Sequence[Place]
    texts: Sequence[str]
    reader: NumberReader
    raws: Sequence[Raw]


class CellValues(NamedTuple):
    """The values by place, the decimals of amounts by unit, and remarks (Chinese, English)."""

    values: Mapping[tuple[int, int], Value]
    decimals: Mapping[Unit, int]
    remarks: tuple[tuple[str, str], ...]


def read_values(grid: Grid, figures: FigurePlaces, *, as_shown: bool, date1904: bool = False) -> CellValues:
    """Every figure cell of a form, read one by one."""
    read = [alike for numbers in figures.numbers for alike in _alike(numbers, grid.fields, as_shown, date1904)]
    decimals = _decimals(figures.decimals, read)
    values = figures.others[tuple(map(decimals.__getitem__, figures.decimals))].copy()
    for one in read:
        known = one.reader.values[*one.numbers.last, decimals[one.group]]
        values.update(zip(one.places, map(known.__getitem__, one.texts), strict=True))
    if figures.merged:
        values |= in_one_cell(grid.sheet, figures.merged)
    for place in figures.exact:
        value = values[place]
        values[place] = value if value.figure is None else value._replace(figure=value.figure._replace(last=None))
    money = {group: places for group, places in decimals.items() if isinstance(group, Unit)}
    return CellValues(values, money, tuple(_remarks(grid.sheet, figures, read)))


def _alike(numbers: Numbers, fields: Fields, as_shown: bool, date1904: bool) -> Iterable[_Alike]:
    """Numbers as their formats print them, computed ones by themselves: nearly always all alike."""
    own, taken = numbers.places, numbers.taken
    texts, formats, formulas = taken(fields.texts), taken(fields.formats), taken(fields.formulas)
    if formats.count(formats[0]) == len(own) and formulas.count(None) in {0, len(own)}:
        return [_read(numbers, own, texts, formats[0], formulas[0] is not None or as_shown, date1904)]
    alike: dict[tuple[str, bool], tuple[list[Place], list[str]]] = {}
    for place, text, printed_as, formula in zip(own, texts, formats, formulas, strict=True):
        same = alike.setdefault((printed_as, formula is not None), ([], []))
        same[0].append(place)
        same[1].append(text)
    return [
        _read(numbers, *same, printed_as, computed or as_shown, date1904)
        for (printed_as, computed), same in alike.items()
    ]


def _read(
    numbers: Numbers, places: Sequence[Place], texts: Sequence[str], printed_as: str, as_shown: bool, date1904: bool
) -> _Alike:
    one = numbers.cells
    reader = number_reader(one.column.type, one.unit, one.percent, printed_as, as_shown, date1904)
    group = one.group if reader.unit is one.unit else one.group_of(reader.unit)
    return _Alike(numbers, group, places, texts, reader, list(map(reader.raws.__getitem__, set(texts))))


def _decimals(others: Mapping[Group, Sequence[int]], read: Iterable[_Alike]) -> dict[Group, int]:
    """The decimals of each group: the most that its figures print.

    What prints more than money or a rate can have (a pasted quotient), or more than nearly all of its neighbours,
    stands for itself and does not make them finer.
    """
    found = {group: list(shown) for group, shown in others.items()}
    for one in read:
        cells, _, most, _, _ = one.numbers
        if one.group is not cells.group:
            most = cells.most(one.group)
        found.setdefault(one.group, []).extend([shown for shown in map(_shown_by, one.raws) if 0 < shown <= most])
    return {group: _usual_most(shown) for group, shown in found.items()}


def _usual_most(shown: Sequence[int]) -> int:
    """The most decimals that enough of the figures with decimals print: one in ten, of three or more at least two."""
    if not shown:
        return 0
    number = len(shown)
    enough = max(1 + (number >= _FEW), ceil(number / _ONE_IN))
    return sorted(shown, reverse=True)[enough - 1] if number >= enough else 0


def _remarks(sheet: Sheet, figures: FigurePlaces, read: Iterable[_Alike]) -> Iterable[tuple[str, str]]:
    finer = [
        place
        for one in read if one.reader.met_finer
        for place, text in zip(one.places, one.texts, strict=True) if _is_finer(one.reader.raws[text])
    ]
    if finer:
        first = sheet.ref(*next(place for one in figures.numbers for place in one.places if place in finer)).address
        yield (
            f"{len(finer)} 格存储的位数比显示的多（如 {first}），按存储的数核对",
            f"{len(finer)} cells store more decimals than they show (such as {first}); checked as stored",
        )
