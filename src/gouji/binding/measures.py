"""达标, 可比, 方向, 单位 and 完成比: functions that read what a performance form prints as target and result."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from gouji import targets
from gouji.binding.bound import Applied, Arithmetic, Bound, Constant, NotFormed, Single, Term, Truth, Words
from gouji.binding.standing import Standing, faulty
from gouji.binding.texts import TextCell, result_at, target_at, text_column
from gouji.language.ast import Expression, Reference
from gouji.sheet import CellRef
from gouji.tables.model import Table

Arguments = tuple[Expression, ...]


class Measured(NamedTuple):
    """A target with its result; ``term`` is the result as a figure of its cell, ``refs`` are both cells."""

    target: targets.Target
    result: targets.Result
    term: Term | None
    refs: tuple[CellRef, ...]


def met(arguments: Arguments, at: Standing) -> Bound:
    """达标: whether the result meets the target."""
    target, result, _, refs = _measured(arguments, at)
    verdict = targets.met(target, result)
    if verdict is None:
        raise NotFormed
    return Truth(verdict, "达标", refs)


def comparable(arguments: Arguments, at: Standing) -> Bound:
    """可比: whether the result can be measured against the target."""
    target, result, _, refs = _measured(arguments, at)
    return Truth(targets.comparable(target, result), "目标值与实际完成值可以比较", refs)


def direction(arguments: Arguments, at: Standing) -> Bound:
    """方向: the sign of a target."""
    return Words(_own_target(arguments, at).sign)


def unit(arguments: Arguments, at: Standing) -> Bound:
    """单位: the unit of a target."""
    return Words(_own_target(arguments, at).unit)


def share_achieved(arguments: Arguments, at: Standing) -> Bound:
    """完成比: result ÷ target for ≥ and =, target ÷ result for ≤, at most 1."""
    target, result, term, _ = _measured(arguments, at)
    if term is None or target.figure is None or not targets.comparable(target, result):
        raise NotFormed
    if (target.figure if target.sign != "≤" else term.figure).digits <= 0:
        raise NotFormed
    want: Bound = Constant(target.figure.value, target.figure.printed(), money=True)
    have: Bound = Single(term)
    share = Arithmetic("/", want, have) if target.sign == "≤" else Arithmetic("/", have, want)
    return Applied("MIN", (share, _WHOLE))


_WHOLE = Constant(Fraction(1), "100%")


def _measured(arguments: Arguments, at: Standing) -> Measured:
    """Target and result that the two arguments name; read once however many functions and rules ask for them."""
    line = -1 if at.line is None else at.line.index
    key = id(at.table), id(at.section), line, at.column, at.names.number(arguments)
    known = at.names.measured
    if key not in known:
        known[key] = _read(arguments, at)
    found = known[key]
    if found is None:
        raise NotFormed
    return found


def _read(arguments: Arguments, at: Standing) -> Measured | None:
    places = [argument.place for argument in arguments if isinstance(argument, Reference)]
    if len(places) != 2:
        raise faulty(at.rule, "须给出目标和实际两格", "give the target and the result")
    try:
        aim, done = (text_column(at.table, place, at) for place in places)
    except NotFormed:
        return None
    if aim is None or done is None:
        return None
    section, line, _ = aim
    done = section, done[1], done[2]
    target, result = target_at(at.table, aim), result_at(at.table, done)
    if target is None or result is None:
        return None
    refs = _ref(at.table, aim), _ref(at.table, done)
    term = None if result.figure is None else Term(refs[1], result.figure, at.table, section, line, done[2].name)
    return Measured(target, result, term, refs)


def _ref(table: Table, found: TextCell) -> CellRef:
    section, line, column = found
    place = section.place(line, column.name)
    assert place is not None  # the cell was read there
    return CellRef(table.sheet.name, *place)


def _own_target(arguments: Arguments, at: Standing) -> targets.Target:
    (node,) = arguments
    found = text_column(at.table, node.place, at) if isinstance(node, Reference) else None
    target = None if found is None else target_at(at.table, found)
    if target is None:
        raise NotFormed
    return target
