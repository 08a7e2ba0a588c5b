"""The tree that the lines of a section form: by printed codes, by ``of``, and unknown lines where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.labels import is_part
from gouji.tables.definition import RowDefinition, SectionDefinition
from gouji.tables.model import Line


def with_tree(lines: Sequence[Line], section: SectionDefinition) -> tuple[Line, ...]:
    """The lines with parents and children: by printed codes, by ``of``, and unknown lines where they stand."""
    totals = {line.name: line.index for line in reversed(lines) if line.definition and line.definition.of}
    by_code = {line.code: line.index for line in reversed(lines) if line.code}
    parents: list[int | None] = []
    for line in lines:
        parent = _parent(line, totals, by_code, section)
        if parent is None and not line.known and parents and not is_part(line.label):
            parent = parents[-1]
        parents.append(None if parent == line.index else parent)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(index)
    return tuple([_placed(line, parents[line.index], children.get(line.index, ())) for line in lines])


def _placed(line: Line, parent: int | None, children: Sequence[int]) -> Line:
    """The line with its place in the tree (``dataclasses.replace`` would take twice as long)."""
    if parent is None and not children:
        return line
    return Line(
        line.index, line.name, line.key, line.label, line.code, line.kinds, line.groups, line.row, line.lane,
        line.definition, line.known, parent, tuple(children),
    )


def _parent(
    line: Line, totals: Mapping[str, int], by_code: Mapping[str, int], section: SectionDefinition
) -> int | None:
    definition = line.definition
    if definition is None:
        return None
    if line.code and definition.each is not None:
        for length in range(len(line.code) - 1, 0, -1):
            if (found := by_code.get(line.code[:length])) is not None:
                return found
    for name in _totals_over(line, definition, section):
        if name in totals:
            return totals[name]
    return None


def _totals_over(line: Line, definition: RowDefinition, section: SectionDefinition) -> Iterator[str]:
    """Names of the totals that a top line of the tree belongs to."""
    if len(definition.parents) > 1:
        yield line.groups[-1]
        return
    code = line.code
    for name, of, codes in section.totals:
        by_code = code is not None and codes and code.startswith(codes)
        if by_code or definition.name in of or (definition.is_entry or "") in of:
            yield name
