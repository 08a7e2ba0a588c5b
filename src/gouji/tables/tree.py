"""The lines of a section with the tree they form: by printed codes, by ``of``, and unknown lines where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from gouji.labels import is_part
from gouji.tables.definition import SectionDefinition
from gouji.tables.model import Line
from gouji.tables.row_names import Named, named_line

Placed: TypeAlias = tuple[Named, tuple[str, ...], int, int]
"""What a row is, its groups, its sheet row and its lane."""
_DEEPEST = 8
_line = tuple.__new__  # half the time of a call of the class; there are more lines than anything but figures


def with_tree(lines: Sequence[Line], section: SectionDefinition) -> tuple[Line, ...]:
    """The lines with parents and children."""
    return lines_of([(named_line(line, section), line.groups, line.row, line.lane) for line in lines])


def lines_of(rows: Sequence[Placed]) -> tuple[Line, ...]:
    """The lines that the rows of a section are, in their order."""
    parents = _parents(rows)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        if parent is not None:
            children.setdefault(parent, []).append(index)
        if not rows[index][0].known:
            for over in _perhaps_over(rows, parents, index):
                children.setdefault(over, []).append(index)
    return tuple([
        _line(Line, (
            index, named.name, named.key, named.label, named.code,
            _kinds_by_place(named, rows, parents[index]) if named.by_place else named.kinds,
            groups, row, lane, named.definition, named.known, parents[index],
            tuple(children[index]) if index in children else (),
        ))
        for index, (named, groups, row, lane) in enumerate(rows)
    ])


def _perhaps_over(rows: Sequence[Placed], parents: Sequence[int | None], index: int) -> list[int]:
    """The other totals an unknown line may belong to: it counts in all of them, so that none is taken for wrong."""
    named, _, _, lane = rows[index]
    before = next((n for n in range(index - 1, -1, -1) if rows[n][0].known and rows[n][3] == lane), None)
    if before is None or is_part(named.label):
        return []
    found: list[int] = []
    at: int | None = before if any(parent == before for parent in parents) else parents[before]
    while at is not None and at not in found and len(found) < _DEEPEST:
        found.append(at)
        at = parents[at]
    return [over for over in found if over not in {parents[index], index}]


def _kinds_by_place(named: Named, rows: Sequence[Placed], parent: int | None) -> frozenset[str]:
    """The kinds of a row that may belong to two totals: it inherits the kind of the one that it does belong to."""
    total = None if parent is None else rows[parent][0].definition
    own = named.definition is not None and named.definition.kind
    return named.kinds if own or total is None or not total.kind else named.kinds | {total.kind}


def _parents(rows: Sequence[Placed]) -> list[int | None]:
    totals: dict[str, int] = {}
    by_code: dict[str, int] = {}
    for index, (named, _, _, _) in enumerate(rows):
        if named.code:
            by_code.setdefault(named.code, index)
        if named.definition is not None and named.definition.of:
            totals.setdefault(named.name, index)
    parents: list[int | None] = []
    for index, (named, groups, _, _) in enumerate(rows):
        parent = None
        for code in named.codes_over:
            if code in by_code:
                parent = by_code[code]
                break
        else:
            for total in groups[-1:] if named.by_place else named.totals:
                if total in totals:
                    parent = totals[total]
                    break
        if parent is None and not named.known and parents and not is_part(named.label):
            parent = parents[-1]
        parents.append(None if parent == index else parent)
    return parents
