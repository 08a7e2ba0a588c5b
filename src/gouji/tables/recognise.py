"""Which standard forms a workbook holds: by title and heading labels, never by number or position."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from gouji.figures import MONEY_UNITS, Unit
from gouji.sheet import Book
from gouji.tables.arrangement import Missing
from gouji.tables.figure_values import read_values
from gouji.tables.grid import Grid
from gouji.tables.located import Located
from gouji.tables.model import Recognition, Table, UnknownRegion
from gouji.tables.pages import in_one
from gouji.tables.regions import (
    NO_LINES,
    Forms,
    below_titles,
    missing_form,
    no_title,
    untitled_form,
)
from gouji.tables.titles import titles_of
from gouji.tables.understood import understood

_NO_UNIT = Missing("没有印金额单位，其他表的单位又不足以推断", "prints no unit of money, and the others do not tell it")


def recognise(book: Book, forms: Forms, grids: Sequence[Grid] | None = None) -> Recognition:
    """All standard forms of ``book`` in the order of its sheets, and what is none, with reasons.

    ``grids`` are those of its sheets, where they were made already.
    """
    titles = titles_of(forms.tables.values())
    located: list[Located] = []
    untitled: list[Located] = []
    unknown: list[UnknownRegion] = []
    for grid, printed in in_one([Grid(sheet) for sheet in book.sheets] if grids is None else grids, titles, forms):
        if not grid.row_numbers:
            unknown.append(UnknownRegion(grid.sheet.name, "空表", "the sheet is empty"))
        elif printed:
            found, missed = below_titles(grid, printed, forms)
            located += found
            unknown += missed
        else:
            one = untitled_form(grid, titles, forms)
            (untitled if isinstance(one, Located) else unknown).append(one)  # type: ignore[arg-type]
    chosen, missed = _each_once(located, untitled)
    place = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    chosen.sort(key=lambda one: place[one.grid.sheet.name])
    units = {many: _usual_unit([one for one in chosen if one.form.is_many is many], forms) for many in (False, True)}
    tables: list[Table] = []
    for one in chosen:
        unit = one.form.unit or units[one.form.is_many]
        if unit is None:
            missed.append(missing_form(one.grid.sheet, one.form.title.definition, _NO_UNIT))
        else:
            tables.append(_read(one, unit, forms, book.date1904))
    regions = sorted([*unknown, *missed], key=lambda region: place[region.sheet])
    return Recognition(tuple(tables), tuple(regions))


def _each_once(
    located: Sequence[Located], untitled: Sequence[Located]
) -> tuple[list[Located], list[UnknownRegion]]:
    """Without sheets that repeat a form: one without a title, or without a line, beside a full one."""
    titled = {one.name for one in located}
    missed = [no_title(one.grid.sheet, [one.form.title.definition.title]) for one in untitled if one.name in titled]
    chosen = [*located, *(one for one in untitled if one.name not in titled)]
    empty = [one.form.is_empty for one in chosen]
    filled = {one.name for one, is_empty in zip(chosen, empty, strict=True) if not is_empty}
    repeats = [is_empty and one.name in filled for one, is_empty in zip(chosen, empty, strict=True)]
    missed += [missing_form(one.grid.sheet, one.form.title.definition, NO_LINES) for one in compress(chosen, repeats)]
    return [one for one, is_repeated in zip(chosen, repeats, strict=True) if not is_repeated], missed


def _usual_unit(located: Sequence[Located], forms: Forms) -> Unit | None:
    """The unit of forms that print none: that of the others, or the pack's where none prints any.

    ``None``: the others print several, or only a few print one that is not the pack's.
    """
    printed = [one.form.unit for one in located if one.form.unit is not None]
    usual = MONEY_UNITS[forms.unit]
    if not printed or set(printed) == {usual}:
        return usual
    return printed[0] if len(set(printed)) == 1 and 2 * len(printed) >= len(located) else None


def _read(one: Located, unit: Unit, forms: Forms, date1904: bool) -> Table:
    """The form with its figures in ``unit``."""
    grid, form = one
    known = understood(grid, form, unit)
    cells = read_values(grid, known.figures, as_shown=forms.as_shown, date1904=date1904)
    sections = known.sections[cells.decimals.get(unit, 0)]
    definition, why = form.title.definition, known.grounds
    key, _ = known.fields.get(definition.many or "", ("", None))
    return Table(
        definition, grid.sheet, known.rows, sections, cells.values, known.fields, known.sentence, key,
        (*cells.remarks, *known.remarks), why, known,
    )
