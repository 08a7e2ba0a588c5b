"""Where a rule stands: the lines and columns that its ``for`` names, without those of ``except``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gouji.binding.bound import Inapplicable
from gouji.binding.columns import columns
from gouji.binding.rows import Rows, rows
from gouji.binding.standing import Group, Reasons, Standing, faulty, step_text
from gouji.language.ast import Path, Place
from gouji.tables.model import Line, Section


def groups(sheet: Standing, reasons: Reasons) -> list[Group]:
    """The places of a sheet on which its rule stands: the lines of each column together, in the order of the form."""
    rule = sheet.rule
    if rule.places is None:
        return [Group(rule, sheet.table, sheet.names, None, None, (None,))]
    found = _named(rule.places.place, sheet, reasons)
    excluded = [_Excluded.of(formula.place, sheet) for formula in rule.excepts]
    return [kept for group in found if (kept := _without(group, excluded)).lines] if excluded else found


def _named(place: Place, sheet: Standing, reasons: Reasons) -> list[Group]:
    named = rows(sheet.table, place.axes[0].start, sheet)
    if named is None:
        if len(sheet.rule.tables) > 1:  # a word that this one of several forms does not know is no fault
            return []
        wanted, name = step_text(place.axes[0].start), sheet.table.definition.name
        raise faulty(sheet.rule, f"{name}没有“{wanted}”这样的行", f"{name} has no rows {wanted}")
    if named.absent is not None:
        _say_absent(named, sheet, reasons)
        return []
    return [
        Group(sheet.rule, sheet.table, sheet.names, section, column, lines)
        for section, own in _by_section(named.found)
        for column, lines in _columns(section, own, place, sheet)
    ]


def _by_section(found: Sequence[tuple[Section, Line]]) -> Iterable[tuple[Section, list[Line]]]:
    if found and all(section is found[0][0] for section, _ in found):
        return [(found[0][0], [line for _, line in found])]
    by_section: dict[int, tuple[Section, list[Line]]] = {}
    for section, line in found:
        by_section.setdefault(id(section), (section, []))[1].append(line)
    return by_section.values()


def _columns(
    section: Section, lines: Sequence[Line], place: Place, sheet: Standing
) -> Iterable[tuple[str | None, Sequence[Line]]]:
    """The columns that a ``for`` names, each with those of the lines that print a figure there."""
    if len(place.axes) == 1:
        return [(None, lines)]
    wanted = columns(section, place.axes[1].start, sheet)
    printed = [(one.name, _printing(section, lines, one.name)) for one in (wanted[0] if wanted else ())]
    return [one for one in printed if one[1]]


def _printing(section: Section, lines: Sequence[Line], column: str) -> Sequence[Line]:
    if section.cells is not None:
        return [line for line in lines if section.place(line, column) is not None]
    printed = section.columns.get(column)
    if printed is None:
        return ()
    lanes = [at is not None for at in printed.at]
    return lines if all(lanes) else [line for line in lines if lanes[line.lane]]


class _Excluded(NamedTuple):
    """Places that an ``except`` names: lines, and of each section the columns (``None``: all of the line)."""

    lines: set[tuple[int, int]]
    columns: dict[int, set[str]] | None

    @classmethod
    def of(cls, place: Place, sheet: Standing) -> _Excluded:
        named = rows(sheet.table, place.axes[0].start, sheet)
        found = named.found if named else ()
        lines = {(id(section), line.index) for section, line in found}
        if len(place.axes) == 1:
            return cls(lines, None)
        path = place.axes[1].start
        return cls(lines, {id(section): _names(section, path, sheet) for section in sheet.table.sections})


def _names(section: Section, path: Path, sheet: Standing) -> set[str]:
    wanted = columns(section, path, sheet)
    return {column.name for column in wanted[0]} if wanted else set()


def _without(group: Group, excluded: Sequence[_Excluded]) -> Group:
    section = id(group.section)
    lines = group.lines
    for one in excluded:
        if one.columns is None or group.column in one.columns[section]:
            lines = [line for line in lines if line is None or (section, line.index) not in one.lines]
    return group if lines is group.lines else group._replace(lines=lines)


def _say_absent(named: Rows, sheet: Standing, reasons: Reasons) -> None:
    assert named.absent is not None
    if named.absent.definition.absent == "缺":
        title, name = sheet.table.definition.title, named.absent.name
        reasons.add(Inapplicable(f"{title}没有“{name}”这一行", f"{title} has no row {name}"))
