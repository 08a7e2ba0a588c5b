"""Which standard forms a workbook holds: by title and heading labels, never by number or position."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gouji.figures import MONEY_UNITS, Unit
from gouji.labels import normalised
from gouji.sheet import PAGE_ROWS, Book, Sheet, column_letters
from gouji.tables.arrangement import Missing
from gouji.tables.cells import Part, read_values
from gouji.tables.fields import read_fields
from gouji.tables.grid import Grid
from gouji.tables.model import Recognition, Section, Table, UnknownRegion
from gouji.tables.pages import in_one
from gouji.tables.regions import (
    NO_LINES,
    Forms,
    Located,
    below_titles,
    grounds,
    missing_form,
    nameless,
    no_title,
    untitled_form,
)
from gouji.tables.titles import Titles

_NO_UNIT = Missing("没有印金额单位，其他表的单位又不足以推断", "prints no unit of money, and the others do not tell it")


def recognise(book: Book, forms: Forms, grids: Sequence[Grid] | None = None) -> Recognition:
    """All standard forms of ``book`` in the order of its sheets, and what is none, with reasons.

    ``grids`` are those of its sheets, where they were made already.
    """
    titles = Titles(forms.tables.values())
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
    units = {many: _usual_unit([one for one in chosen if one.is_many is many], forms) for many in (False, True)}
    tables: list[Table] = []
    for one in chosen:
        unit = one.unit or units[one.is_many]
        if unit is None:
            missed.append(missing_form(one.grid.sheet, one.title.definition, _NO_UNIT))
        else:
            tables.append(_read(one, unit, forms, book.date1904))
    regions = sorted([*unknown, *missed], key=lambda region: place[region.sheet])
    return Recognition(tuple(tables), tuple(regions))


def _each_once(
    located: Sequence[Located], untitled: Sequence[Located]
) -> tuple[list[Located], list[UnknownRegion]]:
    """Without sheets that repeat a form: one without a title, or without a line, beside a full one."""
    titled = {one.name for one in located}
    missed = [no_title(one.grid.sheet, [one.title.definition.title]) for one in untitled if one.name in titled]
    chosen = [*located, *(one for one in untitled if one.name not in titled)]
    filled = {one.name for one in chosen if not one.is_empty}
    repeated = [one for one in chosen if one.is_empty and one.name in filled]
    missed += [missing_form(one.grid.sheet, one.title.definition, NO_LINES) for one in repeated]
    return [one for one in chosen if not one.is_empty or one.name not in filled], missed


def _usual_unit(located: Sequence[Located], forms: Forms) -> Unit | None:
    """The unit of forms that print none: that of the others, or the pack's where none prints any.

    ``None``: the others print several, or only a few print one that is not the pack's.
    """
    printed = [one.unit for one in located if one.unit is not None]
    usual = MONEY_UNITS[forms.unit]
    if not printed or set(printed) == {usual}:
        return usual
    return printed[0] if len(set(printed)) == 1 and 2 * len(printed) >= len(located) else None


def _read(one: Located, unit: Unit, forms: Forms, date1904: bool) -> Table:
    """The form with its figures in ``unit``."""
    grid, title, bottom, parts, _ = one
    cells = read_values(grid, parts, unit, as_shown=forms.as_shown, date1904=date1904)
    sections = tuple(_section(part, unit, cells.decimals.get(unit, 0)) for part in parts)
    definition = title.definition
    fields = read_fields(grid, definition, grid.between(title.row, max(one.top - 1, title.row)))
    key, _ = fields.get(definition.many or "", ("", None))
    why = grounds(one)
    remarks = [*cells.remarks, *_assumed(one, unit), *_empty(one), *_pages(grid.sheet), *_nameless(one)]
    remarks += _unknown_lines(grid.sheet, sections)
    rows = max(title.row, 1), min(bottom, grid.between(0, PAGE_ROWS)[-1])
    return Table(
        definition, grid.sheet, rows, sections, cells.values, fields, why.sentence, key, tuple(remarks), why
    )


def _assumed(one: Located, unit: Unit) -> list[tuple[str, str]]:
    if one.unit is not None:
        return []
    return [(f"没有印金额单位，按{unit.name}", f"no unit of money is printed; {unit.name} is taken")]


def _empty(one: Located) -> list[tuple[str, str]]:
    if not one.is_empty:
        return []
    return [("表头之下没有任何行，作为空表，各数为零", "there are no rows below the heading: an empty form, all zero")]


def _nameless(one: Located) -> list[tuple[str, str]]:
    letters = [column_letters(column) for column in sorted({n for part in one.parts for n in nameless(one, part)})]
    if not letters:
        return []
    return [(
        f"{'、'.join(letters)} 栏有数，但认不出栏名，没有核对",
        f"columns {', '.join(letters)} hold figures under no known heading; they are not checked",
    )]


def _pages(sheet: Sheet) -> list[tuple[str, str]]:
    return [(f"续在工作表“{name}”上", f"it goes on on the sheet {name}") for name in sheet.pages]


def _section(part: Part, unit: Unit, decimals: int) -> Section:
    places: dict[str, tuple[int, ...]] = {}
    for index, line in enumerate(part.lines):
        key, name = line.key, normalised(line.name)
        places[key] = (*places[key], index) if key in places else (index,)
        if name != key:
            places[name] = (*places[name], index) if name in places else (index,)
    heading = part.heading
    return Section(heading.section, heading.columns, part.lines, unit, decimals, places, part.cells)


def _unknown_lines(sheet: Sheet, sections: Iterable[Section]) -> list[tuple[str, str]]:
    found = []
    for section in sections:
        for line in section.unknown_lines():
            name, row, _ = sheet.ref(line.row, 1)
            chinese, english = ("", "") if name == sheet.name else (f"“{name}”", f"{name} ")
            found.append((
                f"{chinese}第 {row} 行“{line.label}”不是标准行", f"{english}row {row} “{line.label}” is no standard row"
            ))
    return found
