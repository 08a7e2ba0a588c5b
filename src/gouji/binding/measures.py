"""达标, 可比, 方向, 单位, 档次 and 完成比: functions that read what a performance form prints as target and result."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from gouji import targets
from gouji.binding.bound import Applied, Arithmetic, Bound, Constant, NotFormed, Single, Term, Truth, Words
from gouji.binding.standing import Names, Standing, faulty
from gouji.binding.texts import TextCell, result_at, target_at, text_column
from gouji.figures import Figure
from gouji.language.ast import Expression, Reference
from gouji.sheet import CellRef
from gouji.tables.definition import ColumnDefinition
from gouji.tables.model import Table

Arguments = tuple[Expression, ...]


class Measured(NamedTuple):
    """A target with its result; ``term`` is the result as a figure of its cell, ``refs`` are both cells."""

    target: targets.Target
    result: targets.Result
    term: Term | None
    refs: tuple[CellRef, ...]


def measured(arguments: Arguments, at: Standing) -> Measured:
    """Target and result that the two arguments name."""
    places = [argument.place for argument in arguments if isinstance(argument, Reference)]
    if len(places) != 2:
        raise faulty(at.rule, "须给出目标和实际两格", "give the target and the result")
    aim, done = (text_column(at.table, place, at) for place in places)
    found = None if aim is None or done is None else measured_on(at.table, aim, done[2], at.names)
    if found is None:
        raise NotFormed
    return found


def measured_on(table: Table, aim: TextCell, done: ColumnDefinition, names: Names) -> Measured | None:
    """The target of a cell with the result beside it; read once however many functions and rules ask for them."""
    section, line, column = aim
    names.read.add((id(section), done.name))
    key = id(section), line.index, column.name, done.name
    known = names.measured
    if key not in known:
        known[key] = _read(table, aim, (section, line, done), names)
    return known[key]


def met(found: Measured) -> Bound:
    """达标: whether the result meets the target."""
    verdict = targets.met(found.target, found.result)
    if verdict is None:
        raise NotFormed
    return Truth(verdict, _MET if verdict else _NOT_MET, found.refs)


def comparable(found: Measured) -> Bound:
    """可比: whether the result can be measured against the target."""
    verdict = targets.comparable(found.target, found.result)
    return Truth(verdict, _COMPARABLE if verdict else _NOT_COMPARABLE, found.refs)


def is_shared(target: targets.Target, result: targets.Result) -> bool:
    """Whether a result is a share of a target, or a target of a result: two figures of one scale, none divided by 0."""
    want, have = target.figure, result.figure
    if want is None or have is None or not targets.comparable(target, result):
        return False
    if want.unit != have.unit:  # 90 百分比 beside 0.95
        return False
    return (want if target.sign != "≤" else have).digits > 0


def share_achieved(found: Measured) -> Bound:
    """完成比: result ÷ target for ≥ and =, target ÷ result for ≤, at most 1."""
    target, result, term, _ = found
    if term is None or target.figure is None or not is_shared(target, result):
        raise NotFormed
    want: Bound = _constant(target.figure)
    have: Bound = Single(term)
    share = Arithmetic("/", want, have) if target.sign == "≤" else Arithmetic("/", have, want)
    return Applied("MIN", (share, _WHOLE))


@lru_cache(maxsize=1024)
def _constant(target: Figure) -> Constant:
    return Constant(target.value, target.printed(), money=True)


_MET, _NOT_MET = ("达标", "the target is met"), ("没有达标", "the target is not met")
_COMPARABLE = "可以比较", "they can be compared"
_NOT_COMPARABLE = "不能比较", "they cannot be compared"
_WHOLE = Constant(Fraction(1), "100%")
MEASURES: dict[str, Callable[[Measured], Bound]] = {"达标": met, "可比": comparable, "完成比": share_achieved}
"""What is computed from a target and its result."""


def direction(arguments: Arguments, at: Standing) -> Bound:
    """方向: the sign of a target."""
    target, cell = _own_target(arguments, at)
    return Words(target.sign, cell)


def unit(arguments: Arguments, at: Standing) -> Bound:
    """单位: the unit of a target."""
    target, cell = _own_target(arguments, at)
    return Words(target.unit, cell)


def tier(arguments: Arguments, at: Standing) -> Bound:
    """档次: which of the three tiers of 定性指标 a result names, "" for none."""
    (node,) = arguments
    found = text_column(at.table, node.place, at) if isinstance(node, Reference) else None
    result = None if found is None else result_at(at.table, found, at.names)
    if found is None or result is None:
        raise NotFormed
    return Words(targets.read_tier(result.words), _ref(at.table, found))


def _read(table: Table, aim: TextCell, done: TextCell, names: Names) -> Measured | None:
    target, result = target_at(table, aim, names), result_at(table, done, names)
    if target is None or result is None:
        return None
    section, line, column = done
    refs = _ref(table, aim), _ref(table, done)
    term = None if result.figure is None else Term(refs[1], result.figure, table, section, line, column.name)
    return Measured(target, result, term, refs)


def _ref(table: Table, found: TextCell) -> CellRef:
    section, line, column = found
    place = section.place(line, column.name)
    assert place is not None  # the cell was read there
    return table.ref(place)


def _own_target(arguments: Arguments, at: Standing) -> tuple[targets.Target, CellRef]:
    (node,) = arguments
    found = text_column(at.table, node.place, at) if isinstance(node, Reference) else None
    target = None if found is None else target_at(at.table, found, at.names)
    if found is None or target is None:
        raise NotFormed
    return target, _ref(at.table, found)
