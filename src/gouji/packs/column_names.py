"""Columns of a section by the names and set words of rules."""

from __future__ import annotations

from typing import NamedTuple

from gouji.labels import normalised
from gouji.language.ast import Axis, Each, Here, Label, Path, Step
from gouji.packs.name_faults import Fault, no_kind, range_advice, unknown, variant_used
from gouji.tables.definition import ColumnDefinition, SectionDefinition


class Columns(NamedTuple):
    """Columns a path means in one section; ``any``: every column may be meant."""

    columns: tuple[ColumnDefinition, ...]
    is_set: bool
    advice: tuple[Fault, ...]
    any: bool = False


def read_columns(section: SectionDefinition, axis: Axis) -> Columns | Fault:
    """The columns that an axis means, or why it means none."""
    found = _column_path(section, axis.start)
    if axis.end is None or isinstance(found, Fault):
        return found
    end = _column_path(section, axis.end)
    if isinstance(end, Fault):
        return end
    advice = range_advice(axis, found.columns, end.columns, section.columns)
    return Columns((*found.columns, *end.columns), True, (*found.advice, *end.advice, *advice))


def _column_path(section: SectionDefinition, path: Path) -> Columns | Fault:
    columns = section.columns
    for step in path.steps[:-1]:
        above = _named_columns(section, section.columns, step)
        if isinstance(above, Fault):
            return above
        if above.any:
            return Columns((), isinstance(path.steps[-1], Each), (), any=True)
        names = {name for column in above.columns for name in (*column.of, *column.part)}
        columns = tuple(column for column in section.columns if column.name in names)
        if not columns:
            return Fault(path.column, f"{above.columns[0].name} 没有下级", f"{above.columns[0].name} has no children")
    return _named_columns(section, columns, path.steps[-1], below=len(path.steps) > 1)


def _named_columns(
    section: SectionDefinition, columns: tuple[ColumnDefinition, ...], step: Step, below: bool = False
) -> Columns | Fault:
    if isinstance(step, Here):
        return Columns((), False, (), any=True)
    if isinstance(step, Each):
        return _column_set(columns, step, below)
    name = step.name if isinstance(step, Label) else step.code
    by_name = tuple(column for column in columns if column.name == name)
    if by_name:
        return Columns(by_name, False, ())
    key = normalised(name)
    for column in columns:
        if key in map(normalised, column.labels):
            return Columns((column,), False, (variant_used(step, column.name),))
    return unknown(step, [column.name for column in columns], ("栏", "column"))


def _column_set(columns: tuple[ColumnDefinition, ...], step: Each, below: bool) -> Columns | Fault:
    if step.kind == "下级":
        if not below:
            return Fault(step.column, "下级前面要写是谁的下级", "下级 needs a name before it")
        return Columns(columns, True, ())
    kinds = {"栏"}.union(*({column.type, *filter(None, (column.kind,))} for column in columns))
    if step.kind not in kinds:
        return no_kind(step, kinds)
    found = tuple(column for column in columns if step.kind in ("栏", column.type, column.kind))
    return Columns(found, True, (), any=step.kind == "栏")
