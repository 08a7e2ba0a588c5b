"""One formula down the lines of a column: settled as printed where it can be, bound where it must be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from gouji.binding.bound import Applied, Bound, Inapplicable, Instance, Term, Truth, terms_of
from gouji.binding.columnwise import bounds
from gouji.binding.expressions import Scope
from gouji.binding.layouts import Figures, Sums
from gouji.binding.marks import MARKS, Mark
from gouji.binding.planning import Plan, stays_on_line
from gouji.binding.quick import NUMBERS, Quick, Settling, settled
from gouji.binding.standing import Group, Read, Reasons
from gouji.binding.terms import Outcome
from gouji.labels import normalised
from gouji.language.ast import Formula
from gouji.sheet import CellRef
from gouji.tables.model import Line

MOST_PLANS = 4096


class Plans(NamedTuple):
    """A formula prepared: how it is settled as printed (where it can be), how it is bound, and what reads a figure."""

    settling: Settling | None
    lookups: tuple[Plan[Quick], ...]
    bind: Plan[Outcome]
    marks: tuple[Plan[Mark], ...]
    is_by_line: bool
    """Whether every figure stands on the line itself, on the same line of another form, or on one of its 下级."""


_PLANS: dict[int, tuple[Formula, Plans]] = {}


def plans(formula: Formula) -> Plans:
    """The plans of a formula, made once for all workbooks."""
    known = _PLANS.get(id(formula))
    if known is None:
        if len(_PLANS) >= MOST_PLANS:
            _PLANS.clear()
        settling = settled(formula.expression)
        references = () if settling is None else settling.references
        lookups, marks = tuple(map(NUMBERS.plan, references)), tuple(map(MARKS.plan, references))
        made = Plans(settling, lookups, bounds(formula.expression), marks, all(map(stays_on_line, references)))
        known = _PLANS[id(formula)] = formula, made  # kept with its plans, so that the id stays its own
    return known[1]


class Series:
    """The relations of one formula on the lines of a group.

    ``open`` are those to decide, the others hold just as printed. All of them are bound only when asked for.
    """

    __slots__ = (
        "_all", "_bound", "_by_cell", "_figures", "_reads", "_settled", "_settled_lines", "_sums", "formula", "group",
        "open", "scope",
    )  # fmt: skip

    def __init__(
        self, formula: Formula, group: Group, conditions: Sequence[Bound | None], scope: Scope, reasons: Reasons
    ) -> None:
        self._begin(formula, group, scope)
        self._reads: set[Read] | None = set()
        group.names.read = self._reads
        prepared = plans(formula)
        if prepared.settling is None or any(conditions):
            self.open += self._bind(group.lines, conditions or [None] * len(group.lines), reasons)
        else:
            self._decide(prepared.settling.on(group, scope, prepared.lookups), reasons)

    @classmethod
    def known(
        cls, formula: Formula, group: Group, scope: Scope, reasons: Reasons, *, sums: Sums, figures: Figures
    ) -> Series:
        """The relations on a layout that is known, where ``sums`` say what they add up."""
        made = cls.__new__(cls)
        made._begin(formula, group, scope)
        made._sums, made._figures, made._reads = sums, figures, None
        group.names.read = set()
        made._decide(sums.verdicts(figures.numbers, len(group.lines)), reasons)
        return made

    def _begin(self, formula: Formula, group: Group, scope: Scope) -> None:
        self.formula, self.group, self.scope = formula, group, scope
        self.open: list[Instance] = []
        self._settled: Sequence[Line | None] = ()
        self._settled_lines: frozenset[int] = frozenset()
        self._sums: Sums | None = None
        self._figures: Figures | None = None
        self._all: list[Instance] | None = None
        self._bound: dict[int, Instance] = {}
        self._by_cell: dict[CellRef, list[Instance]] | None = None

    def _decide(self, verdicts: Sequence[bool | None], reasons: Reasons) -> None:
        lines = self.group.lines
        if all(verdicts):
            self._settled = lines
            return
        self._settled = [line for line, verdict in zip(lines, verdicts, strict=True) if verdict]
        unsettled = [line for line, verdict in zip(lines, verdicts, strict=True) if verdict is False]
        if unsettled:
            self.open += self._bind(unsettled, [None] * len(unsettled), reasons)

    @property
    def reads(self) -> set[Read]:
        """In which columns the figures stand."""
        if self._reads is None:
            assert self._sums is not None
            assert self._figures is not None
            self._reads = self._figures.columns(self._sums)
        return self._reads

    @property
    def is_of_known_layout(self) -> bool:
        """Whether a layout met before told what is added up."""
        return self._figures is not None

    @property
    def settled(self) -> int:
        """How many relations hold just as printed."""
        return len(self._settled)

    @property
    def instances(self) -> list[Instance]:
        """All relations, from top to bottom; those of ``open`` are the same objects."""
        if self._all is None:
            self._all = self._on(self.group.lines)
        return self._all

    def reading(self, term: Term) -> Sequence[Instance]:
        """The relations that read the cell of a figure, from top to bottom; of the others none need be bound."""
        place = None if self._figures is None else self._figures.place(term)
        if place is not None:
            assert self._sums is not None
            lines = self.group.lines
            return self._on([lines[position] for position in self._sums.reading(place)])
        if self._by_cell is None and self._settled and self._all is None:
            return self._marked(term)
        if self._by_cell is None:
            self._by_cell = {}
            for instance in self.instances:
                for cell in {one.cell: None for one in terms_of(instance.relation)}:
                    self._by_cell.setdefault(cell, []).append(instance)
        return self._by_cell.get(term.cell, ())

    def _marked(self, term: Term) -> list[Instance]:
        """The same, of lines that are bound only where they read the figure, or may."""
        names, prepared = self.group.names, plans(self.formula)
        lines = self._near(term) if prepared.is_by_line else self.group.lines
        if not lines:
            return []
        group = self.group._replace(lines=lines)
        names.sought = id(term.section), term.line.index, term.column
        kept, names.read = names.read, set()
        marks = zip(*[plan(group, self.scope) for plan in prepared.marks], strict=True)
        names.read = kept
        found = [line for line, each in zip(lines, marks, strict=True) if any(one != 0 for one in each)]
        bound = self._on(found) if found else []
        return [one for one in bound if any(read.cell == term.cell for read in terms_of(one.relation))]

    def _near(self, term: Term) -> list[Line | None]:
        """The line of a figure and those it is one of the 下级 of; in another section those with its key."""
        index, by_key = term.line.index, term.section.by_key
        if self.group.section is term.section:
            printed = (line for line in self.group.lines if line is not None)
            return [line for line in printed if line.index == index or index in line.children]
        return [line for line in self.group.lines if line is not None and index in by_key.get(normalised(line.key), ())]

    def _on(self, lines: Sequence[Line | None]) -> list[Instance]:
        """The relations on some lines, in their order."""
        known = self._bound
        if not known:
            known.update((id(one.line), one) for one in self.open)
            self._settled_lines = frozenset(map(id, self._settled))
        rest = [line for line in lines if id(line) in self._settled_lines and id(line) not in known]
        if rest:
            kept, self.group.names.read = self.group.names.read, set()
            known.update((id(one.line), one) for one in self._bind(rest, [None] * len(rest), Reasons()))
            self.group.names.read = kept
        return [known[id(line)] for line in lines if id(line) in known]

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
    group.names.read = set()  # what a condition reads is no part of the relation
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
