"""``[本行, …]`` and ``[本行/下级, …]``: the references that most instances are made of, prepared for a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gouji.binding.bound import Bound, Many, NotFormed, Single, Term
from gouji.binding.columns import columns
from gouji.binding.resolve import term_at
from gouji.binding.standing import Names, Standing, faulty, step_text
from gouji.binding.texts import text_at
from gouji.language.ast import Each, Here, Path, Place
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition
from gouji.tables.model import Line, Section, Table

Plan = Callable[[Standing], Bound]
ColumnsAt = Callable[[Standing], Sequence[ColumnDefinition]]


def own_row(place: Place, sheet: Standing) -> Plan | None:
    """The binder of a place on the line that the rule stands on; ``None`` for every other place."""
    if len(place.axes) != 2:
        return None
    row, path = place.axes[0].start, place.axes[1].start
    uses = sheet.names.uses(path)
    if uses.row or uses.sheet:
        return None
    names = sheet.names
    if names.uses(row).is_this_row:
        return _set(_columns_of(path, names), names) if isinstance(path.steps[-1], Each) else _single(path, names)
    if _is_children(row) and not _may_be_text(path, sheet):
        return _children(_columns_of(path, names), names)
    return None


def _is_children(row: Path) -> bool:
    if len(row.steps) != 2:
        return False
    first, second = row.steps
    return isinstance(first, Here) and first.word == "本行" and isinstance(second, Each) and second.kind == "下级"


def _columns_of(path: Path, names: Names) -> ColumnsAt:
    """The columns at each place, looked up once a section and column."""
    free = names.uses(path).is_free
    known: dict[tuple[int, str | None], Sequence[ColumnDefinition]] = {}

    def wanted(at: Standing) -> Sequence[ColumnDefinition]:
        assert at.section is not None
        key = id(at.section.definition), None if free else at.column
        found = known.get(key)
        if found is None:
            named = columns(at.section, path, at)
            if named is None:
                text = step_text(path)
                raise faulty(at.rule, f"没有“{text}”这一栏", f"there is no column {text}")
            found = known[key] = named[0]
        return found

    return wanted


def _may_be_text(path: Path, sheet: Standing) -> bool:
    """Whether some section prints texts in the column: those are read elsewhere."""
    texts = sheet.table.definition.text_columns
    return any(getattr(step, "name", None) in texts for step in path.steps)


def _single(path: Path, names: Names) -> Plan:
    """One figure of the line. Most instances read nothing else, so a figure bound before is found in one look-up."""
    wanted = _columns_of(path, names)
    name_of = _named_column(wanted) if names.uses(path).is_free else _this_column(path, wanted)
    known = names.singles

    def bind(at: Standing) -> Bound:
        section, line = at.section, at.line
        assert section is not None
        assert line is not None
        found = known.get((id(section), line.index, name_of(at)))
        return found if found is not None else _new_single(at, section, line, wanted(at)[0])

    return bind


def _this_column(path: Path, wanted: ColumnsAt) -> Callable[[Standing], str | None]:
    if len(path.steps) == 1:
        return lambda at: at.column
    return lambda at: wanted(at)[0].name


def _named_column(wanted: ColumnsAt) -> Callable[[Standing], str | None]:
    known: dict[int, str] = {}

    def name_of(at: Standing) -> str | None:
        found = known.get(id(at.section))
        if found is None:
            found = known[id(at.section)] = wanted(at)[0].name
        return found

    return name_of


def _new_single(at: Standing, section: Section, line: Line, column: ColumnDefinition) -> Bound:
    names = at.names
    if column.type not in FIGURE_TYPES:
        return text_at(at.table, section, line, column, names)
    key = id(section), line.index, column.name
    term = names.terms.get(key) or term_at(at.table, section, line, column, names, in_set=False)
    if term is None:
        raise NotFormed
    found = names.singles[key] = Single(term)
    return found


def _set(wanted: ColumnsAt, names: Names) -> Plan:
    def bind(at: Standing) -> Bound:
        assert at.section is not None
        assert at.line is not None
        return Many(tuple(_terms(at.table, at.section, (at.line,), wanted(at), names)))

    return bind


def _children(wanted: ColumnsAt, names: Names) -> Plan:
    def bind(at: Standing) -> Bound:
        section, line = at.section, at.line
        assert section is not None
        assert line is not None
        if not line.children:
            return Many(())
        lines = [section.lines[child] for child in line.children]
        return Many(tuple(_terms(at.table, section, lines, wanted(at), names)))

    return bind


def _terms(
    table: Table, section: Section, lines: Sequence[Line], wanted: Sequence[ColumnDefinition], names: Names
) -> list[Term]:
    found: list[Term] = []
    known = names.terms
    for line in lines:
        for column in wanted:
            term = known.get((id(section), line.index, column.name))
            if term is None:
                term = term_at(table, section, line, column, names, in_set=True)
                if term is None:
                    continue
            found.append(term)
    return found
