"""Column axes of references: from names and set words to the columns of a section."""

from __future__ import annotations

from gouji.binding.standing import Standing, Wanted, faulty, name_of
from gouji.language.ast import Each, Here, Path, Step
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, SectionDefinition
from gouji.tables.model import Section


def columns(section: Section, path: Path, at: Standing) -> Wanted | None:
    """The columns that ``path`` names in ``section`` (printed or not), and whether they are a set."""
    uses = at.names.uses(path)
    key = (
        id(section.definition),
        uses.number,
        at.column if uses.column else None,
        at.line.name if uses.row and at.line is not None else None,
        at.table.key if uses.sheet else None,
    )
    known = at.names.columns
    if key not in known:
        known[key] = _columns(section.definition, path, at)
    return known[key]


def sole_column(section: Section, at: Standing) -> Wanted:
    """The one figure column of a section, which a reference may leave out."""
    known = at.names.sole.get(id(section.definition))
    if known is not None:
        return known
    found = [c for c in section.definition.columns if c.type in FIGURE_TYPES]
    if len(found) != 1:
        names = "、".join(c.name for c in found)
        raise faulty(at.rule, f"须写明是哪一栏：{names}", f"say which column is meant: {names}")
    at.names.sole[id(section.definition)] = found, False
    return found, False


def _columns(section: SectionDefinition, path: Path, at: Standing) -> Wanted | None:
    current: ColumnDefinition | None = None
    for number, step in enumerate(path.steps):
        if isinstance(step, Each):
            if step.kind == "下级":
                return None if current is None else ([_column(section, name) for name in current.of], True)
            return _columns_of_kind(section, step.kind, current)
        name = _column_name(step, at)
        found = next((c for c in section.columns if c.name == name), None)
        if found is None and number == 0 and len(path.steps) > 1:
            continue
        if found is None:
            return None
        current = found
    return None if current is None else ([current], False)


def _column_name(step: Step, at: Standing) -> str | None:
    if isinstance(step, Here) and step.word == "本行":
        return at.line.name if at.line else None
    return name_of(step, at)


def _column(section: SectionDefinition, name: str) -> ColumnDefinition:
    return next(c for c in section.columns if c.name == name)


def _columns_of_kind(section: SectionDefinition, kind: str, within: ColumnDefinition | None) -> Wanted | None:
    choices = [c for c in section.columns if within is None or c.parent == within.name]
    if kind == "栏":
        return [c for c in choices if c.type in FIGURE_TYPES], True
    found = [c for c in choices if kind in (c.type, c.kind)]
    return (found, True) if found else None
