"""Names of a rule against table definitions: what a reference can mean before any workbook is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.language.ast import Axis, Code, Label, Place
from gouji.packs.column_names import Columns, read_columns
from gouji.packs.name_faults import Fault, Form, shown
from gouji.packs.row_names import Rows, read_rows
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, SectionDefinition

__all__ = ["Fault", "Form", "Meaning", "meaning"]


class Meaning(NamedTuple):
    """What a place means: its figure type when it has one, whether it is a set, and what could be said better."""

    type: str | None
    is_set: bool
    advice: tuple[Fault, ...] = ()


def meaning(form: Form, place: Place, *, column_needed: bool = True) -> Meaning | Fault:
    """What ``place`` means in the form; ``column_needed``: one axis must come down to one figure."""
    found = _meaning(form, place, column_needed)
    if isinstance(found, Fault) and form.table.axes_any and len(place.axes) == 2:
        swapped = _meaning(form, Place((place.axes[1], place.axes[0])), column_needed)
        return found if isinstance(swapped, Fault) else swapped
    return found


def _meaning(form: Form, place: Place, column_needed: bool) -> Meaning | Fault:
    rows = read_rows(form, place.axes[0])
    if len(place.axes) == 1:
        return _one_axis(form, place.axes[0], rows, column_needed)
    if isinstance(rows, Fault):
        return rows
    columns = [(section, read_columns(section, place.axes[1])) for section in rows.sections]
    fitting = [(section, found) for section, found in columns if not isinstance(found, Fault)]
    if not fitting:
        return _no_column(rows.sections, columns)
    sections = [section for section, _ in fitting]
    ambiguous = _ambiguous(place.axes[0], rows, sections)
    if ambiguous:
        return ambiguous
    found = fitting[0][1]
    types = {column.type for _, each in fitting for column in each.columns}
    one_type = next(iter(types)) if len(types) == 1 and not found.any else None
    return Meaning(one_type, rows.is_set or found.is_set, (*rows.advice, *found.advice))


def _no_column(
    sections: Sequence[SectionDefinition], columns: Sequence[tuple[SectionDefinition, Columns | Fault]]
) -> Fault:
    faults = [found for _, found in columns if isinstance(found, Fault)]
    return faults[0] if faults else Fault(1, f"没有栏（{len(sections)}）", "no column")


def _one_axis(form: Form, axis: Axis, rows: Rows | Fault, column_needed: bool) -> Meaning | Fault:
    field = _field(form, axis)
    if field is not None:
        return Meaning(field, False)
    if isinstance(rows, Fault):
        one_row = [section for section in form.table.sections if _is_one_row(section)]
        for section in one_row:
            columns = read_columns(section, axis)
            if not isinstance(columns, Fault):
                kind = columns.columns[0].type if columns.columns else None
                return Meaning(kind, columns.is_set, columns.advice)
        return rows
    ambiguous = _ambiguous(axis, rows, rows.sections)
    if ambiguous:
        return ambiguous
    if not column_needed:
        return Meaning(None, rows.is_set, rows.advice)
    figures = {column.name: column for section in rows.sections for column in _figure_columns(section)}
    if len(figures) != 1:
        names = "、".join(figures) or "无"
        return Fault(
            axis.column, f"{shown(axis)} 后要写栏（有 {names}）", f"{shown(axis)} needs a column (there are {names})"
        )
    return Meaning(next(iter(figures.values())).type, rows.is_set, rows.advice)


def _field(form: Form, axis: Axis) -> str | None:
    step = axis.start.steps[-1]
    if axis.end is not None or len(axis.start.steps) > 1 or not isinstance(step, Label):
        return None
    return next((field.type for field in form.table.fields if field.name == step.name), None)


def _is_one_row(section: SectionDefinition) -> bool:
    return len(section.rows) == 1 and section.rows[0].each is None


def _figure_columns(section: SectionDefinition) -> list[ColumnDefinition]:
    return [column for column in section.columns if column.type in FIGURE_TYPES]


def _ambiguous(axis: Axis, rows: Rows, sections: Sequence[SectionDefinition]) -> Fault | None:
    fitting = [(section, row) for section, row in rows.rows if section in sections]
    name = shown(axis)
    if len(fitting) > 1:
        choices = "、".join(f"{section.name}/{name}" for section, _ in fitting)
        return Fault(axis.column, f"{name} 不只一处，写作 {choices}", f"{name} is ambiguous: write {choices}")
    if fitting and len(fitting[0][1].parents) > 1 and not isinstance(axis.start.steps[-1], Code):
        choices = "、".join(f"{parent}/{name}" for parent in fitting[0][1].parents)
        return Fault(axis.column, f"{name} 不只一处，写作 {choices}", f"{name} is ambiguous: write {choices}")
    return None
