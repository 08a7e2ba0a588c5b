"""Which columns of the definition a printed heading names, in which lanes: the same for every sheet that prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from gouji.labels import normalised
from gouji.tables.bands import TOTAL_WORDS, Labels, PrintedHeading
from gouji.tables.definition import FIGURE_TYPES, ColumnDefinition, SectionDefinition
from gouji.tables.grid import bare, unit_behind
from gouji.tables.model import Column
from gouji.tables.prints import Place


class Lane(NamedTuple):
    """Sheet columns of one lane, both included."""

    left: int
    right: int


class Missing(NamedTuple):
    """A heading that was not found, or not understood: Chinese and English reason."""

    chinese: str
    english: str


class Arranged(NamedTuple):
    """The columns of one section in a printed heading: of each lane the definitions with their sheet columns."""

    section: SectionDefinition
    lanes: tuple[Lane, ...]
    named: tuple[Mapping[str, Sequence[int]], ...]
    units: Mapping[int, str]
    """The units that the headings of sheet columns print: % or one of money."""
    strange: tuple[tuple[str, Place], ...]
    """The words that name no column, with their places; rows counted from the first of the heading."""
    faulty: Missing | None
    """Why that is not enough."""
    codes: tuple[tuple[int, ...], ...]
    columns: Mapping[str, Column] | None
    """The columns, where each is printed once; else the cells below tell which holds the figures."""


@lru_cache(maxsize=1024)
def arranged(
    sections: tuple[SectionDefinition, ...], repeat: bool, printed: PrintedHeading
) -> tuple[Arranged, ...] | Missing:
    """Which columns a printed heading names: the same for every sheet that prints it."""
    places = printed.places()
    paths = {column: tuple([bare(label) for _, label in shown]) for column, shown in places.items()}
    lanes = _lanes(sections[0], paths, printed.last)
    each = [tuple(lanes)]
    if len(sections) > 1:
        if len(lanes) != len(sections):
            return Missing(
                f"表头并排印了 {len(lanes)} 组栏目，应为 {len(sections)} 组",
                f"the heading has {len(lanes)} lanes where {len(sections)} are expected",
            )
        each = [(lane,) for lane in _in_order(sections, lanes, paths)]
    elif not repeat:
        each = [(Lane(1, printed.last),)]
    units = {column: unit for column, shown in places.items() if (unit := _unit(shown))}
    found = []
    for section, own in zip(sections, each, strict=True):
        named = tuple([_named(section, lane, paths) for lane in own])
        codes = tuple([_code_columns(section, lane) for lane in named])
        columns = columns_by_name(section, named, _first) if _is_plain(section, named) else None
        assert not isinstance(columns, Missing)
        strange = _strange(section, own, named, places)
        found.append(Arranged(section, own, named, units, strange, _too_little(section, named), codes, columns))
    return tuple(found)


def _lanes(section: SectionDefinition, paths: Mapping[int, tuple[str, ...]], last: int) -> list[Lane]:
    """Side-by-side repetitions: each begins where the first key column is printed again."""
    key = next((c for c in section.columns if c.type in {"编码", "行名"}), None)
    names = set() if key is None else {normalised(label) for label in (key.name, *key.labels)}
    starts: list[int] = []
    for column, path in paths.items():
        if not names.isdisjoint(path) and names.isdisjoint(paths.get(column - 1, ())):
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


def columns_by_name(
    section: SectionDefinition, named: Sequence[Mapping[str, Sequence[int]]],
    choose: Callable[[ColumnDefinition, Sequence[int]], int | Missing],
) -> Mapping[str, Column] | Missing:
    """The columns by name, each with the sheet column that ``choose`` takes in each lane."""
    found: dict[str, list[int | None]] = {}
    for number, inside in enumerate(named):
        for name, at in inside.items():
            column = at[0] if len(at) == 1 else choose(section.columns_by_name[name], at)
            if isinstance(column, Missing):
                return column
            found.setdefault(name, [None] * len(named))[number] = column
    return {name: Column(section.columns_by_name[name], tuple(at)) for name, at in found.items()}


def _first(_: ColumnDefinition, columns: Sequence[int]) -> int:
    return columns[0]


def _is_plain(section: SectionDefinition, named: Sequence[Mapping[str, Sequence[int]]]) -> bool:
    return all(
        len(at) == 1 or section.columns_by_name[name].type == "编码" for inside in named for name, at in inside.items()
    )


def _code_columns(section: SectionDefinition, inside: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    printed = [tuple(at) for name, at in inside.items() if section.columns_by_name[name].type == "编码"]
    return printed[-1] if printed else ()


def _named(
    section: SectionDefinition, lane: Lane, paths: Mapping[int, tuple[str, ...]]
) -> dict[str, list[int]]:
    """Names of the columns of the definition with the sheet columns of the lane that their headings span."""
    found: dict[str, list[int]] = {}
    inside = [paths[column] for column in range(lane.left, lane.right + 1)]
    for column, path in enumerate(inside, lane.left):
        definition = column_named(path, section.columns_by_label) or _sole_total(path, section, inside)
        if definition is not None:
            found.setdefault(definition.name, []).append(column)
    return found


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


def _too_little(section: SectionDefinition, named: Sequence[Mapping[str, Sequence[int]]]) -> Missing | None:
    """Why the columns printed are not enough: most that must hold figures are not there."""
    printed = {name for lane in named for name in lane}
    expected = [c.name for c in section.columns if c.absent == "缺" and c.type in FIGURE_TYPES]
    lacking = [name for name in expected if name not in printed]
    if 2 * len(lacking) > len(expected):
        return Missing(f"表头缺少 {'、'.join(lacking)} 栏", f"the heading lacks {', '.join(lacking)}")
    return None


def _unit(shown: Sequence[tuple[Place, str]]) -> str:
    """The unit printed over a sheet column: the lowest, but % wherever it stands."""
    units = [unit for _, label in shown if (unit := unit_behind(label))]
    return "%" if "%" in units else units[-1] if units else ""


def _strange(
    section: SectionDefinition, lanes: Sequence[Lane], named: Sequence[Mapping[str, Sequence[int]]],
    places: Mapping[int, Sequence[tuple[Place, str]]],
) -> tuple[tuple[str, Place], ...]:
    """The lowest words over sheet columns that name no column of the section."""
    known = {column for inside in named for at in inside.values() for column in at}
    found: dict[Place, str] = {}
    for lane in lanes:
        for column in range(lane.left, lane.right + 1):
            if column not in known and places[column]:
                place, label = places[column][-1]
                if bare(label) not in section.words_over:
                    found[place] = bare(label)
    return tuple([(word, place) for place, word in found.items()])
