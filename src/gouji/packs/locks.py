"""What a locked rule reads may not be changed so that it silently no longer holds anybody to anything.

``locked: 是`` forbids ``override`` and ``off``. A definition could still empty the rule: a row or column that is 无
when it is not printed or blank, a figure that is no longer exact, a parameter with another value. Each such change
below the pack that locked the rule is a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain as joined
from typing import NamedTuple

from gouji.errors import Problem
from gouji.language.ast import Code, Each, Here, Label, Parameter, Place, Reference, Step
from gouji.language.walking import parts
from gouji.packs.chain import Chain
from gouji.packs.merging import same
from gouji.packs.model import Pack, Rule
from gouji.packs.yaml_source import Entry, MapNode, Node, ScalarNode
from gouji.tables.definition import FIGURE_TYPES

_EVERY: frozenset[str] = frozenset({"*"})
_WEAKER = {"absent": "无", "blank": "无", "exact": "否"}
"""The value of a key that leaves a rule less to judge."""


class _Locked(NamedTuple):
    """What a locked rule reads: names of each table (``_EVERY`` of them for a set), and parameters."""

    rule: str
    pack: str
    names: dict[str, frozenset[str]]
    params: frozenset[str]


def weakenings(chains: Sequence[Chain], pack: Pack) -> Iterator[Problem]:
    """Every change below a lock that would weaken the locked rule, at its place in the file that makes it."""
    below = chains[-1]
    for above in chains[:-1]:
        before, after = above.settings.get("params"), below.settings.get("params")
        for locked in _locked(above, pack):
            if isinstance(before, MapNode) and isinstance(after, MapNode):
                yield from _params_changed(locked, before, after)
            for table, names in locked.names.items():
                if table in above.tables and table in below.tables:
                    yield from _weaker(locked, above.tables[table], below.tables[table], names)


def _locked(above: Chain, pack: Pack) -> Iterator[_Locked]:
    """The locked rules that ``above`` wrote last."""
    known = {rule.id: rule for rule in pack.rules if rule.locked}
    for rule_id, source in above.rules.items():
        if rule_id in known and source.pack == above.pack:
            yield _read_by(known[rule_id], source.pack)


def _read_by(rule: Rule, pack: str) -> _Locked:
    formulas = [*(check.expression for check in rule.checks), *((rule.when.expression,) if rule.when else ())]
    names: dict[str, frozenset[str]] = {}
    params: set[str] = set()
    for part in joined.from_iterable(map(parts, formulas)):
        if isinstance(part, Reference):
            for table in (part.table,) if part.table else rule.tables:
                names[table] = names.get(table, frozenset()) | _names(part.place)
        elif isinstance(part, Parameter):
            params.add(part.name)
    for place in (rule.places,) if rule.places else ():
        for table in rule.tables:
            names[table] = names.get(table, frozenset()) | _names(place.place)
    return _Locked(rule.id, pack, names, frozenset(params))


def _names(place: Place) -> frozenset[str]:
    paths = [path for axis in place.axes for path in (axis.start, axis.end) if path is not None]
    return frozenset(name for path in paths for step in path.steps for name in _named(step))


def _named(step: Step) -> Iterable[str]:
    match step:
        case Label(name):
            return (name,)
        case Here() | Each() | Code():
            return _EVERY


def _weaker(locked: _Locked, above: MapNode, below: MapNode, names: frozenset[str]) -> Iterator[Problem]:
    """Changes of a table that reach what the rule reads: the table, its sections, their columns, the rows it names."""
    for _, before, after in (("", above, below), *_pairs(above.get("sections"), below.get("sections"))):
        yield from _changed(locked, before, after, "")
        for name, one, other in _pairs(before.get("rows"), after.get("rows")):
            if names & {name, *_EVERY}:
                yield from _changed(locked, one, other, f"{name} ")
        for name, one, other in _pairs(before.get("columns"), after.get("columns")):
            if _holds_figures(one):
                yield from _changed(locked, one, other, f"{name} ")


def _pairs(above: Node | None, below: Node | None) -> Iterator[tuple[str, MapNode, MapNode]]:
    """The maps of the same names on both sides."""
    if isinstance(above, MapNode) and isinstance(below, MapNode):
        for name, entry in below.entries.items():
            before = above.get(name)
            if isinstance(before, MapNode) and isinstance(entry.value, MapNode):
                yield name, before, entry.value


def _holds_figures(column: MapNode) -> bool:
    kind = column.get("type")
    return not isinstance(kind, ScalarNode) or kind.text.strip() in FIGURE_TYPES


def _changed(locked: _Locked, above: MapNode, below: MapNode, within: str) -> Iterator[Problem]:
    for key, entry in below.entries.items():
        word = entry.value.text.strip() if isinstance(entry.value, ScalarNode) else ""
        if _WEAKER.get(key) == word and not same(above.get(key), entry.value):
            yield _problem(locked, entry, f"{within}{key}: {word}")


def _params_changed(locked: _Locked, above: MapNode, below: MapNode) -> Iterator[Problem]:
    for name, entry in below.entries.items():
        if name in locked.params and name in above.entries and not same(above.get(name), entry.value):
            word = entry.value.text.strip() if isinstance(entry.value, ScalarNode) else ""
            yield _problem(locked, entry, f"{name}: {word}")


def _problem(locked: _Locked, entry: Entry, what: str) -> Problem:
    return Problem(
        entry.key.file, entry.key.line, entry.key.column,
        f"{locked.rule} 在 {locked.pack} 里已锁定，它要读这里，不能改成 {what}（会使它悄悄落空）",
        f"{locked.rule} is locked in {locked.pack} and reads this: it cannot be changed to {what}",
    )
