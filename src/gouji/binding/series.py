"""One formula down the lines of a column: settled as printed where it can be, bound where it must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from gouji.binding.bound import Applied, Bound, Inapplicable, Instance, Truth
from gouji.binding.columnwise import bounds
from gouji.binding.expressions import Scope
from gouji.binding.planning import Plan
from gouji.binding.quick import settled
from gouji.binding.standing import Group, Read, Reasons
from gouji.binding.terms import Outcome
from gouji.language.ast import Formula
from gouji.tables.model import Line

Settle: TypeAlias = Callable[[Group, Scope], list[bool | None]]
MOST_PLANS = 4096


class Plans(NamedTuple):
    """A formula prepared: how it is settled as printed (where it can be) and how it is bound."""

    settle: Settle | None
    bind: Plan[Outcome]


_PLANS: dict[int, tuple[Formula, Plans]] = {}


def plans(formula: Formula) -> Plans:
    """The plans of a formula, made once for all workbooks."""
    known = _PLANS.get(id(formula))
    if known is None:
        if len(_PLANS) >= MOST_PLANS:
            _PLANS.clear()
        made = Plans(settled(formula.expression), bounds(formula.expression))
        known = _PLANS[id(formula)] = formula, made  # kept with its plans, so that the id stays its own
    return known[1]


class Series:
    """The relations of one formula on the lines of a group.

    ``settled`` is how many hold just as printed, ``open`` are those to decide; ``reads`` says in which columns the
    figures stand. All of them are bound only when asked for.
    """

    __slots__ = ("_all", "_settled_lines", "formula", "group", "open", "reads", "scope")

    def __init__(
        self, formula: Formula, group: Group, conditions: Sequence[Bound | None], scope: Scope, reasons: Reasons
    ) -> None:
        self.formula, self.group, self.scope = formula, group, scope
        self._all: list[Instance] | None = None
        self.reads: set[Read] = set()
        group.names.read = self.reads
        settle = plans(formula).settle
        if settle is None or any(conditions):
            self._settled_lines: Sequence[Line | None] = ()
            self.open = self._bind(group.lines, conditions, reasons)
            return
        verdicts = settle(group, scope)
        if all(verdicts):
            self._settled_lines, self.open = group.lines, []
            return
        self._settled_lines = [line for line, verdict in zip(group.lines, verdicts, strict=True) if verdict]
        unsettled = [line for line, verdict in zip(group.lines, verdicts, strict=True) if verdict is False]
        self.open = self._bind(unsettled, [None] * len(unsettled), reasons) if unsettled else []

    @property
    def settled(self) -> int:
        """How many relations hold just as printed."""
        return len(self._settled_lines)

    @property
    def instances(self) -> list[Instance]:
        """All relations, from top to bottom; those of ``open`` are the same objects."""
        if self._all is None:
            kept, self.group.names.read = self.group.names.read, set()
            known = {id(one.line): one for one in self.open}
            rest = self._bind(self._settled_lines, [None] * self.settled, Reasons()) if self.settled else []
            known.update((id(one.line), one) for one in rest)
            self._all = [known[id(line)] for line in self.group.lines if id(line) in known]
            self.group.names.read = kept
        return self._all

    def _bind(
        self, lines: Sequence[Line | None], conditions: Sequence[Bound | None], reasons: Reasons
    ) -> list[Instance]:
        rule, table, _, section, column, _ = self.group
        outcomes = plans(self.formula).bind(self.group._replace(lines=lines), self.scope)
        found: list[Instance] = []
        for line, outcome, condition in zip(lines, outcomes, conditions, strict=True):
            if type(outcome) is Inapplicable:
                reasons.add(outcome)
            elif outcome is not None:
                found.append(Instance(rule, self.formula, table, section, line, column, outcome, condition))  # type: ignore[arg-type]
        return found


def conditioned(group: Group, scope: Scope, reasons: Reasons) -> tuple[Group, Sequence[Bound | None]]:
    """The lines on which the rule's ``when`` may be met, with that condition where it is still to decide."""
    when = group.rule.when
    if when is None:
        return group, [None] * len(group.lines)
    lines: list[Line | None] = []
    conditions: list[Bound | None] = []
    for line, outcome in zip(group.lines, plans(when).bind(group, scope), strict=True):
        if type(outcome) is Inapplicable:
            reasons.add(outcome)
        elif outcome is not None and (known := _known(outcome)) is not False:  # type: ignore[arg-type]
            lines.append(line)
            conditions.append(None if known else outcome)  # type: ignore[arg-type]
    return group._replace(lines=lines), conditions


def _known(condition: Bound) -> bool | None:
    """What a condition comes to, where no figure has a say in it."""
    if isinstance(condition, Truth):
        return condition.value
    if isinstance(condition, Applied) and condition.function == "NOT":
        known = _known(condition.arguments[0])
        return None if known is None else not known
    return None
