"""Forms that go on on another sheet: its rows are put below those of the first, so that they are one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.sheet import PAGE_ROWS, Area, Sheet
from gouji.tables.grid import Grid
from gouji.tables.regions import Forms, below_titles, continues
from gouji.tables.titles import Title, Titles


def in_one(grids: Sequence[Grid], titles: Titles, forms: Forms) -> list[tuple[Grid, list[Title]]]:
    """The sheets with their titles, each that goes on with the last form of an earlier one put below that.

    A sheet goes on when it prints one title, that of the form, and says so (续表) or holds other rows of it below the
    same heading.
    """
    found: list[tuple[Grid, list[Title]]] = []
    last: dict[str, int] = {}
    for grid in grids:
        printed = titles.printed(grid)
        place = last.get(printed[0].definition.name) if len(printed) == 1 else None
        if place is not None and _goes_on(*found[place], grid, printed[0], titles, forms):
            whole = Grid(_below(found[place][0].sheet, grid.sheet))
            found[place] = whole, titles.printed(whole)
        else:
            found.append((grid, printed))
            last.update({title.definition.name: len(found) - 1 for title in printed[-1:] if not title.definition.many})
    return found


def _goes_on(
    before: Grid, printed: list[Title], grid: Grid, title: Title, titles: Titles, forms: Forms
) -> bool:
    located, _ = below_titles(before, printed, forms)
    if not any(one.name == title.definition.name for one in located):
        return _has_a_section_on_each(before, grid, title, titles, forms)
    if located[-1].name != title.definition.name:
        return False
    rest, _ = below_titles(grid, [title], forms)
    return continues(located[-1].form, rest[0].form) if rest else title.continued


def _has_a_section_on_each(before: Grid, grid: Grid, title: Title, titles: Titles, forms: Forms) -> bool:
    """Whether a form that neither sheet prints as a whole is whole on both together."""
    whole = Grid(_below(before.sheet, grid.sheet))
    found, _ = below_titles(whole, titles.printed(whole), forms)
    same = [one.form for one in found if one.name == title.definition.name]
    pages = [{part.heading.band.top // PAGE_ROWS for part in form.parts} for form in same]
    return any(len(numbers) > 1 for numbers in pages)


def _below(sheet: Sheet, rest: Sheet) -> Sheet:
    shift = PAGE_ROWS * (len(sheet.pages) + 1)
    cells = {(row + shift, column): cell for (row, column), cell in rest.cells.items()}
    merged = [Area(top + shift, left, bottom + shift, right) for top, left, bottom, right in rest.merged]
    return replace(
        sheet, cells={**sheet.cells, **cells}, merged=(*sheet.merged, *merged), pages=(*sheet.pages, rest.name)
    )
