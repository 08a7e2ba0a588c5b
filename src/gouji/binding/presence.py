"""有( ): whether a form, a line or a project's name is printed."""

from __future__ import annotations

from gouji.binding.bound import Bound, Inapplicable, NotFormed, Truth
from gouji.binding.projects import alike, listed_projects, nearest
from gouji.binding.rows import rows
from gouji.binding.scope import Scope, refuse_unread, tables_named
from gouji.binding.standing import Standing, faulty, step_text
from gouji.labels import normalised
from gouji.language.ast import Expression, Parameter, Reference
from gouji.tables.model import Line, Table


def printed(arguments: tuple[Expression, ...], at: Standing, scope: Scope) -> Bound:
    """有(表), 有(表[行]), 有(上年): whether it is printed, or given. A project must be there under its own name."""
    (node,) = arguments
    if isinstance(node, Parameter):
        if not scope.recognition.named(node.name):
            refuse_unread(node.name, scope)
        title, given = scope.titles.get(node.name, node.name), bool(scope.recognition.named(node.name))
        return Truth(given, (f"有{title}", f"{title} is there") if given else (f"没有{title}", f"there is no {title}"))
    if not isinstance(node, Reference):
        raise faulty(at.rule, "有( ) 里应是一张表或一行", "有( ) takes a table or a row")
    if node.table is not None and node.table in scope.absent and not scope.recognition.named(node.table):
        refuse_unread(node.table, scope)
        raise NotFormed
    table = tables_named(node.table, at, scope)[0]
    path = node.place.axes[0].start
    if at.names.uses(path).sheet:
        return _project_printed(table, at)
    named = rows(table, path, at)
    name = _with_code(at.line) if at.line is not None else step_text(path)
    found = named is not None and bool(named.found or (named.absent and named.absent.below))
    return Truth(found, _line_found(table, name, found))


def _with_code(line: Line) -> str:
    return f"{line.code} {line.label}" if line.code and line.code not in line.label else line.label


def _line_found(table: Table, name: str, found: bool) -> tuple[str, str]:
    title = table.definition.title
    if found:
        return f"{title}有“{name}”这一行", f"{title} has a line {name}"
    return f"{title}没有“{name}”这一行", f"{title} has no line {name}"


def _project_printed(table: Table, at: Standing) -> Bound:
    """Whether a list of projects names the project of this form; what is most like it is said."""
    if not at.table.key:
        raise NotFormed
    names = [line.name for section in table.sections for line in listed_projects(section)]
    found = alike(at.table.key, names)
    if len({normalised(names[index]) for index in found}) > 1:
        title, meant = table.definition.title, "、".join(names[index] for index in found)
        raise Inapplicable(
            f"{title}中“{at.table.key}”可能是几行：{meant}", f"{at.table.key} may be several rows of {title}: {meant}"
        )
    most_like = nearest(at.table.key, names)
    said, said_en = _line_found(table, at.table.key, bool(found))
    if most_like:
        said, said_en = f"{said}（最接近的是“{most_like}”）", f"{said_en} (most like it: {most_like})"
    key = at.table.fields.get(at.table.definition.many or "")
    cells = () if key is None else (at.table.ref(key[1]),)
    return Truth(bool(found), (said, said_en), cells)
