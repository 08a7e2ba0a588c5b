"""Rows of a definition by the names, codes and set words of rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gouji.labels import normalised
from gouji.language.ast import Axis, Code, Each, Here, Label, Path, Step
from gouji.packs.name_faults import Fault, Form, no_kind, range_advice, unknown, variant_used
from gouji.tables.definition import RowDefinition, SectionDefinition


class Rows(NamedTuple):
    """Rows a path may mean, with the sections they stand in; ``rows`` is empty for sets and unseen names."""

    sections: tuple[SectionDefinition, ...]
    rows: tuple[tuple[SectionDefinition, RowDefinition], ...]
    is_set: bool
    advice: tuple[Fault, ...]


def read_rows(form: Form, axis: Axis) -> Rows | Fault:
    """The rows that an axis means, or why it means none."""
    found = _row_path(form, axis.start)
    if axis.end is None or isinstance(found, Fault):
        return found
    end = _row_path(form, axis.end)
    if isinstance(end, Fault):
        return end
    totals = [row for section in found.sections for row in section.rows]
    advice = range_advice(axis, [row for _, row in found.rows], [row for _, row in end.rows], totals)
    return Rows(found.sections, (), True, (*found.advice, *end.advice, *advice))


def _row_path(form: Form, path: Path) -> Rows | Fault:
    sections: tuple[SectionDefinition, ...] = form.table.sections
    within: RowDefinition | None = None
    unseen = False
    for step in path.steps[:-1]:
        name = step.name if isinstance(step, Label) else ""
        narrowed = tuple(section for section in sections if name and name == section.name)
        found = _named_rows(form, sections, step)
        if narrowed:
            sections = narrowed
        elif isinstance(found, Fault):
            if not any(row.under for section in sections for row in section.rows):
                return found
            unseen = True
        elif found.rows:
            sections, within = found.sections, found.rows[0][1]
        else:
            unseen = True
    last = path.steps[-1]
    if isinstance(last, Each):
        return _row_set(form, sections, last, within, unseen)
    return _named_rows(form, sections, last, within, unseen)


def _row_set(
    form: Form, sections: tuple[SectionDefinition, ...], step: Each, within: RowDefinition | None, unseen: bool
) -> Rows | Fault:
    if step.kind == "下级":
        if within is None and not unseen:
            return Fault(step.column, "下级前面要写是谁的下级", "下级 needs a name before it")
        if within and not (within.of or within.part or within.each):
            return Fault(step.column, f"{within.name} 没有下级", f"{within.name} has no children")
        return Rows(sections, (), True, ())
    kinds = row_kinds(form, sections)
    if step.kind not in kinds:
        return no_kind(step, kinds)
    return Rows(tuple(s for s in sections if step.kind in row_kinds(form, (s,))), (), True, ())


def row_kinds(form: Form, sections: Iterable[SectionDefinition]) -> set[str]:
    """What may follow 各 on the rows of these sections."""
    kinds = {"行"}
    for row in (row for section in sections for row in section.rows):
        kinds.update(filter(None, (row.kind, row.is_entry, row.name if row.each else None)))
        if row.codes:
            kinds.update(level for level, _ in form.codes[row.codes].levels)
    return kinds


def _named_rows(
    form: Form,
    sections: tuple[SectionDefinition, ...],
    step: Step,
    within: RowDefinition | None = None,
    unseen: bool = False,
) -> Rows | Fault:
    if isinstance(step, Here | Each):
        return Rows(sections, (), isinstance(step, Each), ())
    if isinstance(step, Code):
        return _code_rows(form, sections, step)
    by_name = [(section, row) for section in sections for row in section.rows if row.name == step.name]
    if within:
        by_name = [(section, row) for section, row in by_name if within.name in row.parents]
        if len(by_name) == 1:
            section, row = by_name[0]
            return Rows((section,), ((section, _one_parent(row)),), False, ())
    if by_name:
        return Rows(tuple(section for section, _ in by_name), tuple(by_name), False, ())
    return _other_row(form, sections, step, unseen)


def _other_row(
    form: Form, sections: tuple[SectionDefinition, ...], step: Label, unseen: bool
) -> Rows | Fault:
    """A printed variant, a name of the code list, or an open row that only a workbook knows."""
    key = normalised(step.name)
    for section in sections:
        for row in section.rows:
            if key in map(normalised, row.labels):
                return Rows((section,), ((section, row),), False, (variant_used(step, row.name),))
            names = form.codes[row.codes].names if row.codes else {}
            if any(key in map(normalised, printed) for printed in names.values()):
                return Rows((section,), ((section, row),), False, ())
    open_sections = tuple(section for section in sections if any(row.each and not row.codes for row in section.rows))
    if open_sections and (form.lenient or unseen):
        return Rows(open_sections, (), False, ())
    return unknown(step, [row.name for section in sections for row in section.rows], ("行", "row"), form.table.name)


def _code_rows(form: Form, sections: tuple[SectionDefinition, ...], step: Code) -> Rows | Fault:
    found = []
    for section in sections:
        for row in section.rows:
            known = form.codes[row.codes] if row.codes else None
            fits = known is not None and len(step.code) in {length for _, length in known.levels}
            if known and fits and (not known.names or any(step.code.startswith(code) for code in known.names)):
                found.append((section, row))
    if not found:
        return Fault(
            step.column, f"{form.table.name} 的编码表里没有 {step.code}", f"{form.table.name} has no code {step.code}"
        )
    return Rows(tuple(section for section, _ in found), tuple(found), False, ())


def _one_parent(row: RowDefinition) -> RowDefinition:
    return RowDefinition(row.name, row.labels, row.of, row.part, kind=row.kind)
