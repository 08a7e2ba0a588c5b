"""Row axes of references: from names, codes and set words to the lines of recognised tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gouji.binding.projects import left_over, listed_projects, same_project
from gouji.binding.standing import Standing, Uses, name_of
from gouji.labels import normalised
from gouji.language.ast import Code, Each, Here, Label, Path, Step
from gouji.tables.definition import RowDefinition, SectionDefinition
from gouji.tables.model import Line, Section, Table


class Rows(NamedTuple):
    """Rows a path names. ``is_set``: it is a set word; ``absent``: names a row that is not printed."""

    found: tuple[tuple[Section, Line], ...]
    is_set: bool
    absent: Missing | None = None


class Missing(NamedTuple):
    """A row that the form has and the sheet does not print; ``codes`` are printed lines below a missing code."""

    section: Section
    definition: RowDefinition
    name: str
    below: tuple[Line, ...] = ()


def rows(table: Table, path: Path, at: Standing) -> Rows | None:
    """The rows that ``path`` names in ``table``; ``None`` when no row of the form has that name."""
    uses = at.names.uses(path)
    if uses.row and table is at.table and at.line is not None:
        # on its own sheet 本行 is that very line, not every line of the same key
        assert at.section is not None
        return Rows(((at.section, at.line),), False) if uses.is_this_row else _rows(table, path, at)
    key = (id(table), *_words(uses, at))
    known = at.names.rows
    if key not in known:
        known[key] = _rows(table, path, at)
    return known[key]


def _words(uses: Uses, at: Standing) -> tuple[int, str | None, str | None, str | None]:
    """The path, and what its 本行, 本栏 and 本表 stand for."""
    return (
        uses.number,
        at.line.key if uses.row and at.line is not None else None,
        at.column if uses.column else None,
        at.table.key if uses.sheet else None,
    )


def _rows(table: Table, path: Path, at: Standing) -> Rows | None:
    sections: Sequence[Section] = table.sections
    within: Line | None = None
    groups: list[str] = []
    for step in path.steps[:-1]:
        name = name_of(step, at)
        narrowed = [section for section in sections if name is not None and section.definition.name == name]
        if narrowed:
            sections = narrowed
            continue
        found = _lines(sections, step, at, within, groups) if not isinstance(step, Each) else None
        if found:
            sections, within = [found[0][0]], found[0][1]
        elif isinstance(step, Label) and any(_group_of(s, step.name) for s in sections):
            groups.append(normalised(step.name))
        elif isinstance(step, (Here, Code)) or any(_defined(s, name or "") for s in sections):
            missing = _missing(sections, name or "")
            return None if missing is None else Rows((), isinstance(path.steps[-1], Each), missing)
        elif isinstance(step, Label) and _groups_possible(sections):
            return Rows((), isinstance(path.steps[-1], Each))
        else:
            return None
    return _last_step(sections, path.steps[-1], at, within, groups)


def _last_step(
    sections: Sequence[Section], step: Step, at: Standing, within: Line | None, groups: Sequence[str]
) -> Rows | None:
    if isinstance(step, Each):
        return _set(sections, step, within, groups)
    found = _lines(sections, step, at, within, groups)
    if found:
        return Rows(tuple(found), False)
    missing = _missing(sections, name_of(step, at) or "")
    return None if missing is None else Rows((), False, missing)


def _set(sections: Sequence[Section], step: Each, within: Line | None, groups: Sequence[str]) -> Rows | None:
    if step.kind == "下级":
        section = sections[0]
        if within is None:
            return None
        return Rows(tuple((section, section.lines[child]) for child in within.children), True)
    if not any(step.kind in _row_kinds(section.definition) for section in sections):
        return None
    found = [
        (section, line)
        for section in sections
        for line in section.lines
        if step.kind in line.kinds and _inside(line, within, groups)
    ]
    return Rows(tuple(found), True)


def _row_kinds(definition: SectionDefinition) -> frozenset[str]:
    """The words after 各 that a section knows; found out once for all workbooks."""
    known = _KINDS.get(id(definition))
    if known is None:
        if len(_KINDS) >= MOST_KINDS:
            _KINDS.clear()
        known = _KINDS[id(definition)] = definition, _kinds_of(definition)  # kept with it: the id stays its own
    return known[1]


MOST_KINDS = 1024
_KINDS: dict[int, tuple[SectionDefinition, frozenset[str]]] = {}


def _kinds_of(definition: SectionDefinition) -> frozenset[str]:
    kinds = {"行"}
    for row in definition.rows:
        kinds.update(filter(None, (row.kind, row.is_entry, row.name if row.each else None)))
        if row.codes:
            kinds.update(("类", "款", "项"))
    return frozenset(kinds)


def _lines(
    sections: Sequence[Section], step: Step, at: Standing, within: Line | None, groups: Sequence[str]
) -> list[tuple[Section, Line]]:
    here = isinstance(step, Here) and step.word == "本行" and at.line is not None
    if here and any(section is at.section for section in sections):
        assert at.section is not None
        assert at.line is not None
        return [(at.section, at.line)]
    name = name_of(step, at)
    if name is None:
        return []
    if isinstance(step, Here) and step.word == "本表":
        return [found for section in sections if (found := _project(section, at)) is not None]
    key = normalised(name)
    return [
        (section, section.lines[index])
        for section in sections
        for index in section.by_key.get(key, ())
        if _inside(section.lines[index], within, groups)
    ]


def _project(section: Section, at: Standing) -> tuple[Section, Line] | None:
    """The line of this form's project: by its name, or the only one left when all other projects have theirs."""
    lines = listed_projects(section)
    names = [line.name for line in lines]
    others = at.names.projects.get(at.table.definition.name, (at.table.key,))
    found = same_project(at.table.key, names)
    if found is None:
        found = left_over(at.table.key, others, names)
    return None if found is None else (section, lines[found])


def _inside(line: Line, within: Line | None, groups: Sequence[str]) -> bool:
    return (within is None or line.parent == within.index) and (
        not groups or all(group in line.groups for group in groups)
    )


def _group_of(section: Section, name: str) -> bool:
    label = normalised(name)
    return any(label in line.groups for line in section.lines)


def _groups_possible(sections: Iterable[Section]) -> bool:
    return any(row.under for section in sections for row in section.definition.rows)


def _defined(section: Section, name: str) -> bool:
    return any(row.name == name for row in section.definition.rows)


def _missing(sections: Sequence[Section], name: str) -> Missing | None:
    """The definition of a row that is not printed: by name, or the open entry of a code."""
    key = normalised(name)
    for section in sections:
        if (fixed := section.definition.fixed_rows.get(key)) is not None:
            return Missing(section, fixed, name)
    for section in sections:
        for row in section.definition.rows:
            if row.each is not None and (row.codes is None or name.isdigit() or not _known_row(sections, name)):
                return Missing(section, row, name, _below(section, name) if name.isdigit() else ())
    return None


def _known_row(sections: Iterable[Section], name: str) -> bool:
    return any(_defined(section, name) for section in sections)


def _below(section: Section, code: str) -> tuple[Line, ...]:
    """The topmost printed lines of a code that is not printed itself."""
    under = [line for line in section.lines if line.code and line.code.startswith(code)]
    codes = {line.code for line in under}
    return tuple(line for line in under if line.parent is None or section.lines[line.parent].code not in codes)
