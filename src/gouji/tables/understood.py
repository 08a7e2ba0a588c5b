"""What the print of a form tells once its unit is known: all but its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from gouji.figures import Unit
from gouji.labels import normalised
from gouji.sheet import PAGE_ROWS, Address, Sheet, column_letters
from gouji.tables.cells import FigurePlaces, Part, figure_places
from gouji.tables.fields import read_fields
from gouji.tables.grid import Grid
from gouji.tables.grounds import Grounds
from gouji.tables.located import Form, grounds, nameless
from gouji.tables.memory import Memory
from gouji.tables.model import Section

_MOST_DECIMALS = 16


class Understood(NamedTuple):
    """What there is to know of a form without its figures (see ``Table``).

    ``sections`` are those of the form by the decimals of its amounts; ``remarks`` those that print alone tells.
    """

    figures: FigurePlaces
    rows: tuple[int, int]
    sections: Mapping[int, tuple[Section, ...]]
    fields: Mapping[str, tuple[str, Address]]
    grounds: Grounds
    sentence: tuple[str, str]
    remarks: Sequence[tuple[str, str]]


def understood(grid: Grid, form: Form, unit: Unit) -> Understood:
    """What is known of a form, its amounts in ``unit``: found once for all sheets that print the same."""
    return grid.once(("understood", id(form), unit), form, partial(_understood, grid, form, unit))


def _understood(grid: Grid, form: Form, unit: Unit) -> Understood:
    title, bottom, parts, _ = form
    why = grounds(grid, form)
    remarks = [*_assumed(form, unit), *_empty(form), *_pages(grid.sheet), *_nameless(grid, form)]
    return Understood(
        figure_places(grid, parts, unit),
        (max(title.row, 1), min(bottom, grid.between(0, PAGE_ROWS)[-1])),
        Memory(partial(_sections, parts, [_by_key(part) for part in parts], unit), _MOST_DECIMALS),
        read_fields(grid, title.definition, grid.between(title.row, max(form.top - 1, title.row))),
        why, why.sentence, [*remarks, *_unknown_lines(grid.sheet, parts)],
    )


def _sections(
    parts: Sequence[Part], by_key: Sequence[Mapping[str, tuple[int, ...]]], unit: Unit, decimals: int
) -> tuple[Section, ...]:
    return tuple([
        Section(part.heading.section, part.heading.columns, part.lines, unit, decimals, own, part.cells)
        for part, own in zip(parts, by_key, strict=True)
    ])


def _assumed(form: Form, unit: Unit) -> list[tuple[str, str]]:
    if form.unit is not None:
        return []
    return [(f"没有印金额单位，按{unit.name}", f"no unit of money is printed; {unit.name} is taken")]


def _empty(form: Form) -> list[tuple[str, str]]:
    if not form.is_empty:
        return []
    return [("表头之下没有任何行，作为空表，各数为零", "there are no rows below the heading: an empty form, all zero")]


def _nameless(grid: Grid, form: Form) -> list[tuple[str, str]]:
    columns = {column for part in form.parts for column in nameless(grid, form, part)}
    letters = list(map(column_letters, sorted(columns)))
    if not letters:
        return []
    return [(
        f"{'、'.join(letters)} 栏有数，但认不出栏名，没有核对",
        f"columns {', '.join(letters)} hold figures under no known heading; they are not checked",
    )]


def _pages(sheet: Sheet) -> list[tuple[str, str]]:
    return [(f"续在工作表“{name}”上", f"it goes on on the sheet {name}") for name in sheet.pages]


def _by_key(part: Part) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for index, line in enumerate(part.lines):
        key, name = line.key, normalised(line.name)
        places[key] = (*places[key], index) if key in places else (index,)
        if name != key:
            places[name] = (*places[name], index) if name in places else (index,)
    return places


def _unknown_lines(sheet: Sheet, parts: Iterable[Part]) -> list[tuple[str, str]]:
    found = []
    for part in parts:
        for line in part.lines:
            if line.known:
                continue
            name, row, _ = sheet.ref(line.row, 1)
            chinese, english = ("", "") if name == sheet.name else (f"“{name}”", f"{name} ")
            found.append((
                f"{chinese}第 {row} 行“{line.label}”不是标准行", f"{english}row {row} “{line.label}” is no standard row"
            ))
    return found
