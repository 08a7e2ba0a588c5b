"""References: from names, codes and set words to the lines, columns and cells of recognised tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.binding.bound import Bound, Constant, Inapplicable, Many, NotFormed, Nothing, Single, Term
from gouji.errors import PackError, Problem
from gouji.figures import Figure
from gouji.labels import normalised
from gouji.language.ast import Axis, Code, Each, Here, Label, Path, Place, Step
from gouji.packs.model import Rule
from gouji.sheet import CellRef
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, RowDefinition
from gouji.tables.model import Line, Section, Table

PRINTED_NUMBERS = ("行", "栏")


class Names:
    """What one binding has found out so far: names mean the same for every instance.

    ``places`` is the finest place of any figure of the workbook.
    """

    def __init__(self, places: int) -> None:
        self.places = places
        self.rows: dict[tuple[int, int], Rows | None] = {}
        self.columns: dict[tuple[int, int, str | None], tuple[list[ColumnDefinition], bool] | None] = {}
        self.terms: dict[tuple[int, int, str], Term] = {}
        self.singles: dict[tuple[int, int, str], Single] = {}
        self.bound: dict[tuple[int, int], Bound] = {}
        self._free: dict[int, bool] = {}

    def is_free(self, path: Path) -> bool:
        """Whether a path names the same thing wherever the rule stands: it has no 本行, 本栏 or 本表."""
        known = self._free.get(id(path))
        if known is None:
            known = self._free[id(path)] = not any(isinstance(step, Here) for step in path.steps)
        return known


class Standing(NamedTuple):
    """Where a rule stands: its table, and the line and column of its ``for``; ``names`` is shared by all."""

    rule: Rule
    table: Table
    names: Names
    section: Section | None = None
    line: Line | None = None
    column: str | None = None


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


def faulty(rule: Rule, chinese: str, english: str) -> PackError:
    """A fault of the rule, not of the data."""
    origin = rule.origin
    where = f"规则 {rule.id}：{chinese}", f"rule {rule.id}: {english}"
    return PackError([Problem(origin.file, origin.line, 1, *where)])


def rows(table: Table, path: Path, at: Standing) -> Rows | None:
    """The rows that ``path`` names in ``table``; ``None`` when no row of the form has that name."""
    if at.names.is_free(path):
        key = id(table), id(path)
        if key not in at.names.rows:
            at.names.rows[key] = _rows(table, path, at)
        return at.names.rows[key]
    if table is at.table and at.section is not None and at.line is not None and _is_this_row(path):
        return Rows(((at.section, at.line),), False)
    return _rows(table, path, at)


def _is_this_row(path: Path) -> bool:
    step = path.steps[0]
    return len(path.steps) == 1 and isinstance(step, Here) and step.word == "本行"


def _rows(table: Table, path: Path, at: Standing) -> Rows | None:
    sections: Sequence[Section] = table.sections
    within: Line | None = None
    groups: list[str] = []
    for step in path.steps[:-1]:
        name = _name(step, at)
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
        return _set(sections, step, at, within, groups)
    found = _lines(sections, step, at, within, groups)
    if found:
        return Rows(tuple(found), False)
    missing = _missing(sections, _name(step, at) or "")
    return None if missing is None else Rows((), False, missing)


def _set(
    sections: Sequence[Section], step: Each, at: Standing, within: Line | None, groups: Sequence[str]
) -> Rows | None:
    if step.kind == "下级":
        section = sections[0]
        if within is None:
            return None
        return Rows(tuple((section, section.lines[child]) for child in within.children), True)
    if step.kind not in _row_kinds(sections):
        return None
    found = [
        (section, line)
        for section in sections
        for line in section.lines
        if step.kind in line.kinds and _inside(line, within, groups)
    ]
    return Rows(tuple(found), True)


def _row_kinds(sections: Iterable[Section]) -> set[str]:
    kinds = {"行"}
    for section in sections:
        for row in section.definition.rows:
            kinds.update(filter(None, (row.kind, row.is_entry, row.name if row.each else None)))
            if row.codes:
                kinds.update(("类", "款", "项"))
    return kinds


def _lines(
    sections: Sequence[Section], step: Step, at: Standing, within: Line | None, groups: Sequence[str]
) -> list[tuple[Section, Line]]:
    if isinstance(step, Here) and step.word == "本行" and at.section in sections and at.line is not None:
        assert at.section is not None
        return [(at.section, at.line)]
    name = _name(step, at)
    if name is None:
        return []
    key = normalised(name)
    return [
        (section, section.lines[index])
        for section in sections
        for index in section.by_key.get(key, ())
        if _inside(section.lines[index], within, groups)
    ]


def _inside(line: Line, within: Line | None, groups: Sequence[str]) -> bool:
    return (within is None or line.parent == within.index) and all(group in line.groups for group in groups)


def _name(step: Step, at: Standing) -> str | None:
    """The key a step looks for: 本行 its code or name, 本栏 its column's name."""
    if isinstance(step, Label):
        return step.name
    if isinstance(step, Code):
        return step.code
    if isinstance(step, Here):
        if step.word == "本表":
            return at.table.key
        return (at.line.key if at.line else None) if step.word == "本行" else at.column
    return None


def _group_of(section: Section, name: str) -> bool:
    label = normalised(name)
    return any(label in line.groups for line in section.lines)


def _groups_possible(sections: Iterable[Section]) -> bool:
    return any(row.under for section in sections for row in section.definition.rows)


def _defined(section: Section, name: str) -> bool:
    return any(row.name == name for row in section.definition.rows)


def _missing(sections: Sequence[Section], name: str) -> Missing | None:
    """The definition of a row that is not printed: by name, or the open entry of a code."""
    for section in sections:
        for row in section.definition.rows:
            if row.each is None and normalised(row.name) == normalised(name):
                return Missing(section, row, name)
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


def columns(section: Section, path: Path, at: Standing) -> tuple[list[ColumnDefinition], bool] | None:
    """The columns that ``path`` names in ``section`` (printed or not), and whether they are a set."""
    names = at.names
    if names.is_free(path):
        here = None
    elif isinstance(path.steps[0], Here) and path.steps[0].word == "本栏":
        here = at.column
    else:
        return _columns(section, path, at)
    key = id(section), id(path), here
    if key not in names.columns:
        names.columns[key] = _columns(section, path, at)
    return names.columns[key]


def _columns(section: Section, path: Path, at: Standing) -> tuple[list[ColumnDefinition], bool] | None:
    current: ColumnDefinition | None = None
    for number, step in enumerate(path.steps):
        if isinstance(step, Each):
            if step.kind == "下级":
                return None if current is None else ([_column(section, name) for name in current.of], True)
            return _columns_of_kind(section, step.kind, current)
        name = _column_name(step, at)
        found = next((c for c in section.definition.columns if c.name == name), None)
        if found is None and number == 0 and len(path.steps) > 1:
            continue
        if found is None:
            return None
        current = found
    return None if current is None else ([current], False)


def _column_name(step: Step, at: Standing) -> str | None:
    if isinstance(step, Here) and step.word == "本行":
        return at.line.name if at.line else None
    return _name(step, at)


def _column(section: Section, name: str) -> ColumnDefinition:
    return next(c for c in section.definition.columns if c.name == name)


def _columns_of_kind(
    section: Section, kind: str, within: ColumnDefinition | None
) -> tuple[list[ColumnDefinition], bool] | None:
    choices = [c for c in section.definition.columns if within is None or c.parent == within.name]
    if kind == "栏":
        return [c for c in choices if c.type in FIGURE_TYPES], True
    found = [c for c in choices if kind in (c.type, c.kind)]
    return (found, True) if found else None


def sole_column(section: Section, rule: Rule) -> ColumnDefinition:
    """The one figure column of a section, which a reference may leave out."""
    found = [c for c in section.definition.columns if c.type in FIGURE_TYPES]
    if len(found) != 1:
        names = "、".join(c.name for c in found)
        raise faulty(rule, f"须写明是哪一栏：{names}", f"say which column is meant: {names}")
    return found[0]


def figures(table: Table, place: Place, at: Standing) -> Bound:
    """What a place of ``table`` yields: one figure, a set, or a zero that is not printed."""
    first = place.axes[0]
    named = _rows_of_axis(table, first, at)
    if named is None:
        return _one_row(table, first, at)
    if named.absent is not None:
        return _absent(table, named, place, at)
    found: list[Term] = []
    is_set = named.is_set
    known = at.names.terms
    for section, line in named.found:
        wanted, columns_set = _columns_at(section, place, at)
        is_set = is_set or columns_set
        for column in wanted:
            term = known.get((id(section), line.index, column.name))
            if term is None:
                term = term_at(table, section, line, column, at.names, in_set=is_set)
            if term is not None:
                found.append(term)
    if is_set:
        return Many(tuple(found))
    if len(found) > 1:
        label = found[0].line.label
        raise Inapplicable(
            f"{table.definition.title}中“{label}”印了 {len(found)} 次",
            f"{label} is printed {len(found)} times in {table.definition.title}",
        )
    return Single(found[0]) if found else Nothing(f"{table.definition.title} {step_text(first.start)}")


def _columns_at(section: Section, place: Place, at: Standing) -> tuple[list[ColumnDefinition], bool]:
    if len(place.axes) == 1:
        return [sole_column(section, at.rule)], False
    named = columns(section, place.axes[1].start, at)
    if named is None:
        wanted = step_text(place.axes[1].start)
        raise faulty(at.rule, f"没有“{wanted}”这一栏", f"there is no column {wanted}")
    return named


def step_text(path: Path) -> str:
    """A path as written, for messages."""
    words = {Label: "name", Code: "code"}
    return "/".join(
        str(getattr(step, words.get(type(step), ""), None) or getattr(step, "word", None) or getattr(step, "kind", ""))
        for step in path.steps
    )


def _rows_of_axis(table: Table, axis: Axis, at: Standing) -> Rows | None:
    start = rows(table, axis.start, at)
    if axis.end is None or start is None:
        return start
    end = rows(table, axis.end, at)
    if end is None or not start.found or not end.found:
        raise Inapplicable(
            f"{table.definition.title}没有印出“{step_text(axis.start)}”到“{step_text(axis.end)}”的两端",
            f"{table.definition.title} does not print both ends of {step_text(axis.start)}:{step_text(axis.end)}",
        )
    section, first = start.found[0]
    low, high = first.index, end.found[0][1].index
    inside = {line.index for line in section.lines[low : high + 1]}
    chosen = [section.lines[i] for i in sorted(inside) if section.lines[i].parent not in inside]
    return Rows(tuple((section, line) for line in chosen), True)


def _one_row(table: Table, axis: Axis, at: Standing) -> Bound:
    """A place with one axis that names no row: a column of a one-row table, or a field."""
    for section in table.sections:
        named = columns(section, axis.start, at)
        if named is not None and len(section.lines) == 1:
            terms = [term_at(table, section, section.lines[0], c, at.names, in_set=named[1]) for c in named[0]]
            found = [term for term in terms if term is not None]
            return Many(tuple(found)) if named[1] else Single(found[0])
    wanted = step_text(axis.start)
    raise faulty(
        at.rule, f"{table.definition.name}没有“{wanted}”这一行", f"{table.definition.name} has no row {wanted}"
    )


def _absent(table: Table, named: Rows, place: Place, at: Standing) -> Bound:
    """A row that is not printed: what the definition says it yields."""
    assert named.absent is not None
    section, definition, name, below = named.absent
    if below:
        return _sum_below(table, section, below, place, at)
    if named.is_set:
        return Many(())
    if definition.absent == "无":
        raise NotFormed
    title = table.definition.title
    if definition.absent == "缺":
        raise Inapplicable(f"{title}没有“{name}”这一行", f"{title} has no row {name}")
    if unknown := section.unknown_lines():
        label = unknown[0].label or f"第 {unknown[0].row} 行"
        raise Inapplicable(
            f"{title}没有“{name}”这一行，又有不认识的行“{label}”",
            f"{title} has no row {name} but an unknown row {label}",
        )
    if definition.absent == "下级之和":
        return _sum_below(table, section, _top_members(section, definition), place, at)
    return Nothing(f"{title} {name}")


def _top_members(section: Section, definition: RowDefinition) -> tuple[Line, ...]:
    """The printed lines that a total which is not printed would add up."""
    def belongs(line: Line) -> bool:
        own = line.definition
        names = {own.name, own.is_entry or own.name} if own else set()
        by_code = line.code is not None and any(o.isdigit() and line.code.startswith(o) for o in definition.of)
        return line.parent is None and (bool(names & set(definition.of)) or by_code)

    return tuple(line for line in section.lines if belongs(line))


def _sum_below(table: Table, section: Section, lines: Iterable[Line], place: Place, at: Standing) -> Bound:
    terms: list[Term] = []
    for line in lines:
        for column in _columns_at(section, place, at)[0]:
            term = term_at(table, section, line, column, at.names, in_set=True)
            terms += [] if term is None else [term]
    return Many(tuple(terms)) if terms else Constant(Fraction(0), "0", money=True)


def term_at(
    table: Table, section: Section, line: Line, column: ColumnDefinition, names: Names, *, in_set: bool
) -> Term | None:
    """The figure at a line and column; in a set what is not printed or blank is no member."""
    address = section.address(line, column.name)
    if address is None:
        _check_not_printed(table, column, in_set=in_set)
        return None
    value = table.values.get((address.row, address.column))
    cell = table.ref(address)
    if value is None or value.status == "blank":
        policy = (line.definition.blank if line.definition else None) or column.blank
        if policy != "零" or value is None or value.figure is None:
            _blank(cell, policy, in_set=in_set)
            return None
    elif value.figure is None:
        raise Inapplicable(*_unreadable(cell.address, cell.sheet, value.status, value.text), cell)
    term = Term(
        cell, value.figure, table, section, line, column.name, not line.known, _scaled(value.figure, names.places)
    )
    names.terms[(id(section), line.index, column.name)] = term
    return term


def _blank(cell: CellRef, policy: str, *, in_set: bool) -> None:
    """A cell that is left empty where that is not zero."""
    if in_set:
        return
    if policy == "无":
        raise NotFormed
    raise Inapplicable(f"{cell} 没有填", f"{cell} is empty", cell)


def _scaled(figure: Figure, places: int) -> int | None:
    """The figure as an integer at ``places``."""
    return figure.digits * 10 ** (places - figure.places) if figure.places <= places else None


def _unreadable(address: str, sheet: str, status: str, text: str) -> tuple[str, str]:
    shown = text if len(text) <= 20 else text[:19] + "…"
    if status == "uncomputed":
        return f"{sheet} {address} 的公式没有结果：{shown}", f"the formula in {sheet} {address} has no result: {shown}"
    return f"{sheet} {address} 不是数：“{shown}”", f"{sheet} {address} is no number: “{shown}”"


def _check_not_printed(table: Table, column: ColumnDefinition, *, in_set: bool) -> None:
    """A column that must be printed and is not makes the instance inapplicable, even as a member of a set."""
    if column.absent == "缺":
        title = table.definition.title
        raise Inapplicable(f"{title}没有印出“{column.name}”一栏", f"{title} prints no column {column.name}")
    if not in_set and column.absent == "无":
        raise NotFormed
