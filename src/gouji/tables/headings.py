"""Headings: which sheet column prints which column of the definition, in which lane, below which rows.

A heading is found by the words in it. It may fill one to four rows; a merged cell counts for every column it spans;
小计 or 合计 under a heading X is X itself; the same columns printed again to the right are another lane.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from gouji.labels import normalised
from gouji.numerals import read_numeral
from gouji.sheet import CellKind
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, SectionDefinition, TableDefinition
from gouji.tables.grid import Grid, bare
from gouji.tables.model import Column

TOTAL_WORDS = frozenset({"小计", "合计"})
_MOST_ROWS = 4

Labels = Mapping[str, Sequence[ColumnDefinition]]


class Band(NamedTuple):
    """The rows of a heading."""

    top: int
    bottom: int


class Lane(NamedTuple):
    """Sheet columns of one lane, both included."""

    left: int
    right: int


@dataclass(frozen=True)
class Heading:
    """Where a section stands: its heading rows, its lanes and its columns by name."""

    section: SectionDefinition
    band: Band
    lanes: tuple[Lane, ...]
    columns: Mapping[str, Column]
    codes: tuple[tuple[int, ...], ...]
    """Of each lane the sheet columns that print the code: one, or one a level."""
    paths: Mapping[int, tuple[str, ...]]
    """The heading over each sheet column, from top to bottom."""

    @property
    def lacking(self) -> list[str]:
        """Names of the columns that must be printed and are not."""
        return [
            column.name for column in self.section.columns
            if column.absent == "缺" and column.type != "行名" and column.name not in self.columns
        ]


class Missing(NamedTuple):
    """A heading that was not found, or not understood: Chinese and English reason."""

    chinese: str
    english: str


def locate(grid: Grid, definition: TableDefinition, top: int, bottom: int) -> list[Heading] | Missing:
    """The headings of all sections between the title row ``top`` and ``bottom``."""
    bands: dict[Band, list[SectionDefinition]] = {}
    for section in definition.sections:
        band = find_band(grid, section, top, bottom)
        if band is None:
            if section.absent == "缺":
                return _no_heading(section)
            continue
        bands.setdefault(band, []).append(section)
    headings: list[Heading] = []
    for band, sections in bands.items():
        found = _headings_in(grid, band, bottom, sections, repeat=definition.lanes_repeat)
        if isinstance(found, Missing):
            return found
        headings += found
    return headings


def _no_heading(section: SectionDefinition) -> Missing:
    named = "、".join(column.name for column in section.columns[:4])
    where = f"“{section.name}”部分的" if section.name else ""
    return Missing(f"没有找到{where}表头（应有 {named} 等栏）", f"no heading found with columns such as {named}")


def find_band(grid: Grid, section: SectionDefinition, top: int, bottom: int) -> Band | None:
    """The heading rows: around the row that prints most of the section's column names."""
    labels = section.columns_by_label
    best, most = 0, 1
    for row in grid.between(top + 1, bottom):
        words = grid.headings(row)
        count = len({labels[word][0].name for word in words if word in labels}) if len(words) > most else 0
        if count > most:
            best, most = row, count
    if not best:
        return None
    heads = section.words_over
    return Band(_upwards(grid, best, top, labels, heads), _downwards(grid, best, bottom, labels))


def _upwards(grid: Grid, row: int, top: int, labels: Labels, heads: Set[str]) -> int:
    while row - 1 > top and any(
        label in labels or label in heads or label in TOTAL_WORDS for label in grid.headings(row - 1)
    ):
        row -= 1
    return row


def _downwards(grid: Grid, row: int, bottom: int, labels: Labels) -> int:
    first = row
    named = [c for c in grid.rows[row] if bare(grid.labels.get((row, c), "")) in labels]
    row = max([row, *(grid.owners[(row, c)].bottom for c in named if (row, c) in grid.owners)])
    while row < min(bottom, first + _MOST_ROWS) and _continues(grid, row + 1, first, labels):
        row += 1
    return row


def _continues(grid: Grid, row: int, first: int, labels: Labels) -> bool:
    """Whether ``row`` still belongs to the heading that starts at ``first``."""
    own = grid.rows.get(row)
    if not own or grid.is_numbering(row) or _holds_number(grid, row):
        return False
    for column in own:
        over = heading_path(grid, Band(first, row - 1), column)
        keyed = any(d.type in {"行名", "编码"} for word in over for d in labels.get(word, ()))
        if keyed and grid.labels.get((row, column), "") not in {*labels, "类", "款", "项"}:
            return False
    return any(label in labels or label in TOTAL_WORDS for label in grid.headings(row))


def _holds_number(grid: Grid, row: int) -> bool:
    cells = grid.sheet.cells
    return any(
        cells[(row, c)].kind is CellKind.NUMBER or read_numeral(cells[(row, c)].text) is not None
        for c in grid.rows[row]
    )


def heading_path(grid: Grid, band: Band, column: int) -> tuple[str, ...]:
    """The words over ``column`` from top to bottom, each merged cell once."""
    owners = dict.fromkeys([grid.owner(row, column) for row in range(band.top, band.bottom + 1)])
    labels = grid.labels
    return tuple([bare(label) for owner in owners if (label := labels.get(owner, ""))])


def _headings_in(
    grid: Grid, band: Band, bottom: int, sections: Sequence[SectionDefinition], *, repeat: bool
) -> list[Heading] | Missing:
    """Headings of the sections that share ``band``: side by side in lanes, or one."""
    last = max((c for row in grid.between(band.top, band.bottom) for c in grid.rows[row]), default=0)
    wide = (grid.owners.get((row, c)) for row in range(band.top, band.bottom + 1) for c in grid.rows.get(row, ()))
    last = max([last, *(area.right for area in wide if area is not None)])
    paths = {column: heading_path(grid, band, column) for column in range(1, last + 1)}
    lanes = _lanes(sections[0], paths, last)
    if repeat:
        return _checked([_heading(grid, sections[0], band, bottom, tuple(lanes), paths)])
    if len(sections) == 1:
        return _checked([_heading(grid, sections[0], band, bottom, (Lane(1, last),), paths)])
    if len(lanes) != len(sections):
        return Missing(
            f"表头并排印了 {len(lanes)} 组栏目，应为 {len(sections)} 组",
            f"the heading has {len(lanes)} lanes where {len(sections)} are expected",
        )
    return _checked([
        _heading(grid, section, band, bottom, (lane,), paths)
        for section, lane in zip(sections, _in_order(sections, lanes, paths), strict=True)
    ])


def _lanes(section: SectionDefinition, paths: Mapping[int, tuple[str, ...]], last: int) -> list[Lane]:
    """Side-by-side repetitions: each begins where the first key column is printed again."""
    key = next((c for c in section.columns if c.type in {"编码", "行名"}), None)
    names = set() if key is None else {normalised(label) for label in (key.name, *key.labels)}
    starts: list[int] = []
    for column, path in paths.items():
        under_key = any(word in names for word in path)
        if under_key and not (column - 1 in paths and any(word in names for word in paths[column - 1])):
            starts.append(column)
    if len(starts) < 2:
        return [Lane(1, last)]
    starts[0] = 1
    return [Lane(left, right - 1) for left, right in zip(starts, [*starts[1:], last + 1], strict=True)]


def _in_order(
    sections: Sequence[SectionDefinition], lanes: Sequence[Lane], paths: Mapping[int, tuple[str, ...]]
) -> list[Lane]:
    """The lane of each section: by the word over it, else as printed from left to right."""
    by_head = []
    for section in sections:
        heads = section.words_over
        by_head.append([lane for lane in lanes if any(
            paths[c] and paths[c][0] in heads for c in range(lane.left, lane.right + 1))])
    if all(len(found) == 1 for found in by_head) and len({found[0] for found in by_head}) == len(lanes):
        return [found[0] for found in by_head]
    return list(lanes)


def _heading(
    grid: Grid, section: SectionDefinition, band: Band, bottom: int, lanes: tuple[Lane, ...],
    paths: Mapping[int, tuple[str, ...]],
) -> Heading | Missing:
    found: dict[str, list[int | None]] = {}
    codes: list[tuple[int, ...]] = []
    for number, lane in enumerate(lanes):
        code_columns: tuple[int, ...] = ()
        for definition, named in _named(section, lane, paths):
            if definition.type == "编码":
                code_columns = tuple(named)
            column = named[0] if len(named) == 1 else _the_one(grid, band, bottom, definition, named)
            if isinstance(column, Missing):
                return column
            found.setdefault(definition.name, [None] * len(lanes))[number] = column
        codes.append(code_columns)
    columns = {name: Column(section.columns_by_name[name], tuple(at)) for name, at in found.items()}
    return Heading(section, band, lanes, columns, tuple(codes), paths)


def _named(
    section: SectionDefinition, lane: Lane, paths: Mapping[int, tuple[str, ...]]
) -> Iterable[tuple[ColumnDefinition, list[int]]]:
    """The columns of the definition with the sheet columns of the lane that their headings span."""
    found: dict[str, list[int]] = {}
    inside = [paths[column] for column in range(lane.left, lane.right + 1)]
    for column, path in enumerate(inside, lane.left):
        definition = column_named(path, section.columns_by_label) or _sole_total(path, section, inside)
        if definition is not None:
            found.setdefault(definition.name, []).append(column)
    return [(section.columns_by_name[name], columns) for name, columns in found.items()]


def _the_one(
    grid: Grid, band: Band, bottom: int, definition: ColumnDefinition, columns: Sequence[int]
) -> int | Missing:
    """Of the sheet columns under one name the one that holds something: others are blank ones put in between."""
    if definition.type == "编码":
        return columns[0]
    below = grid.holds_figures if definition.type in FIGURE_TYPES else grid.holds_anything
    filled = [column for column in columns if below(column, band.bottom + 1, bottom)]
    if len(filled) < 2:
        return (filled or columns)[0]
    name = definition.name
    if len({_leaf_owner(grid, band, column) for column in filled}) > 1:
        return Missing(f"栏“{name}”印了两次", f"column {name} is printed twice")
    if definition.type in FIGURE_TYPES:
        return Missing(f"栏“{name}”下面有几列数", f"there are several columns of figures below {name}")
    return filled[0]


def _sole_total(
    path: Sequence[str], section: SectionDefinition, inside: Sequence[Sequence[str]]
) -> ColumnDefinition | None:
    """小计 or 合计 by itself, or below words that stand over all amounts: the column that adds up the others."""
    if not path or path[-1] not in TOTAL_WORDS:
        return None
    over = set(path[:-1]) - section.words_over
    labels = section.columns_by_label
    amounts = [p for p in inside if (column := column_named(p, labels)) and column.type in FIGURE_TYPES]
    if any(not over <= set(other) for other in amounts):
        return None
    totals = [c for c in section.columns if c.of and c.parent is None and c.type in FIGURE_TYPES]
    return totals[0] if len(totals) == 1 else None


def _leaf_owner(grid: Grid, band: Band, column: int) -> tuple[int, int]:
    """The cell that prints the lowest heading word over ``column``."""
    for row in range(band.bottom, band.top - 1, -1):
        owner = grid.owner(row, column)
        if owner in grid.labels:
            return owner
    return band.top, column


def column_named(path: Sequence[str], labels: Labels) -> ColumnDefinition | None:
    """The column a heading path names: its last word, or for 小计 and 合计 the word above."""
    words = list(path)
    for definition in (d for word in words for d in labels.get(word, ()) if d.type == "编码"):
        return definition
    if words and words[-1] in TOTAL_WORDS:
        above = [d for word in reversed(words[:-1]) for d in labels.get(word, ())]
        if above:
            return above[0]
    if not words or words[-1] not in labels:
        return None
    choices = labels[words[-1]]
    under = [d for d in choices if d.parent and any(d.parent in {e.name for e in labels.get(w, ())} for w in words)]
    return (under or list(choices))[0]


def _checked(headings: Iterable[Heading | Missing]) -> list[Heading] | Missing:
    """The headings, unless one was not understood or lacks a column that must be printed."""
    found: list[Heading] = []
    for heading in headings:
        if isinstance(heading, Missing):
            return heading
        lacking = [name for name in heading.lacking if heading.section.columns_by_name[name].type in FIGURE_TYPES]
        expected = sum(c.absent == "缺" and c.type in FIGURE_TYPES for c in heading.section.columns)
        if 2 * len(lacking) > expected:
            return Missing(f"表头缺少 {'、'.join(lacking)} 栏", f"the heading lacks {', '.join(lacking)}")
        found.append(heading)
    return found
