"""One formula down the lines of a column: settled as printed where it can be, bound where it must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.binding.bound import Applied, Bound, Inapplicable, Instance, Term, Truth, terms_of
from gouji.binding.columnwise import bounds
from gouji.binding.computed import Computed, computed
from gouji.binding.evidence import BREAKS, CERTAIN, HOLDS, IMPOSSIBLE, NOT_FORMED, UNKNOWN, Evidence
from gouji.binding.evident import Evident, evidence
from gouji.binding.layouts import Figures
from gouji.binding.marks import MARKS, Mark
from gouji.binding.planning import Plan, compares_figures, stays_on_line
from gouji.binding.quick import NUMBERS, Quick, Settling, settled
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Read, Reasons
from gouji.binding.sums import Sums
from gouji.binding.terms import Outcome
from gouji.labels import normalised
from gouji.language.ast import Expression, Formula
from gouji.language.walking import references
from gouji.sheet import CellRef
from gouji.tables.model import Line

MOST_PLANS = 4096


@dataclass(frozen=True)
class Plans:
    """A formula prepared: what print tells of it (where it can), how it is bound, and what reads a figure."""

    expression: Expression
    settling: Settling | None
    lookups: tuple[Plan[Quick], ...]
    computed: Computed | None
    evidence: Evident | None
    bind: Plan[Outcome]

    @property
    def is_told(self) -> bool:
        """Whether print may tell something of the formula."""
        return self.settling is not None or self.computed is not None or self.evidence is not None

    @cached_property
    def marks(self) -> tuple[Plan[Mark], ...]:
        """What finds the readers of a figure among sums: only wanted once something failed."""
        return () if self.settling is None else tuple(map(MARKS.plan, self.settling.references))

    @cached_property
    def compares_figures(self) -> bool:
        """Whether a relation of it may be one of sums: what is said in words, and yes-or-no checks, never are."""
        return compares_figures(self.expression)

    @cached_property
    def is_by_line(self) -> bool:
        """Whether every figure stands on the line itself, on the same line of another form, or on one of its 下级."""
        return all(stays_on_line(reference) for reference, _ in references(self.expression))


_PLANS: dict[int, tuple[Formula, Plans]] = {}


def plans(formula: Formula) -> Plans:
    """The plans of a formula, made once for all workbooks."""
    known = _PLANS.get(id(formula))
    if known is None:
        if len(_PLANS) >= MOST_PLANS:
            _PLANS.clear()
        settling = settled(formula.expression)
        given = None if settling is not None else computed(formula.expression)
        told = None if settling is not None or given is not None else evidence(formula.expression)
        lookups = () if settling is None else tuple(map(NUMBERS.plan, settling.references))
        made = Plans(formula.expression, settling, lookups, given, told, bounds(formula.expression))
        known = _PLANS[id(formula)] = formula, made  # kept with its plans, so that the id stays its own
    return known[1]


class Series:
    """The relations of one formula on the lines of a group.

    ``open`` are those to decide; of the others ``settled`` hold just as printed, the rest are not asked for what is
    printed. All of them are bound only when asked for.
    """

    __slots__ = (
        "_all", "_bound", "_by_cell", "_figures", "_reads", "_rest", "_rest_lines", "_silent", "_sums", "formula",
        "group", "open", "scope", "settled",
    )  # fmt: skip

    def __init__(
        self, formula: Formula, group: Group, scope: Scope, reasons: Reasons, asked: Sequence[Evidence] | None = None
    ) -> None:
        """``asked``: what print tells of the rule's ``when`` on each line."""
        self._begin(formula, group, scope)
        self._reads: set[Read] | None = set()
        group.names.read = self._reads
        self._decide(self._verdicts(plans(formula), asked), reasons)

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
        self.settled = 0
        """How many relations hold just as printed."""
        self._rest: Sequence[Line | None] = ()
        self._rest_lines: frozenset[int] = frozenset()
        self._silent: frozenset[int] = frozenset()
        self._sums: Sums | None = None
        self._figures: Figures | None = None
        self._all: list[Instance] | None = None
        self._bound: dict[int, Instance] = {}
        self._by_cell: dict[CellRef, list[Instance]] | None = None

    def _verdicts(self, prepared: Plans, asked: Sequence[Evidence] | None) -> Sequence[bool | None]:
        """As of ``Settling``, and of the rule's ``when``."""
        group = self.group
        if asked is None:
            return self._told(prepared, group) if group.rule.when is None else [False] * len(group.lines)
        lines = [line for line, one in zip(group.lines, asked, strict=True) if one is CERTAIN]
        told = iter(self._told(prepared, group._replace(lines=lines)) if lines else ())
        return [
            next(told) if one is CERTAIN else None if one is IMPOSSIBLE or one is NOT_FORMED else False
            for one in asked
        ]

    def _told(self, prepared: Plans, group: Group) -> Sequence[bool | None]:
        if prepared.settling is not None:
            return prepared.settling.on(group, self.scope, prepared.lookups)
        if prepared.computed is not None:
            return prepared.computed.on(group, self.scope)
        if prepared.evidence is not None:
            return [_VERDICTS[one] for one in prepared.evidence.on(group)]
        return [False] * len(group.lines)

    def _decide(self, verdicts: Sequence[bool | None], reasons: Reasons) -> None:
        lines = self.group.lines
        if all(verdicts):
            self._rest, self.settled = lines, len(lines)
            return
        self.settled = sum([1 for verdict in verdicts if verdict])
        self._rest = [line for line, verdict in zip(lines, verdicts, strict=True) if verdict is not False]
        self._silent = frozenset([id(line) for line, verdict in zip(lines, verdicts, strict=True) if verdict is None])
        unsettled = [line for line, verdict in zip(lines, verdicts, strict=True) if verdict is False]
        if unsettled:
            self.open += self._bind(unsettled, reasons)

    @property
    def reads(self) -> set[Read]:
        """In which columns the figures stand."""
        if self._reads is None:
            assert self._sums is not None
            assert self._figures is not None
            self._reads = self._figures.columns(self._sums)
        return self._reads

    @property
    def compares_figures(self) -> bool:
        """Whether any relation may be one of sums."""
        return plans(self.formula).compares_figures

    @property
    def is_limit(self) -> bool:
        """Whether the formula only keeps a figure from being negative."""
        settling = plans(self.formula).settling
        return settling is not None and settling.is_limit

    @property
    def is_of_known_layout(self) -> bool:
        """Whether a layout met before told what is added up."""
        return self._figures is not None

    @property
    def instances(self) -> list[Instance]:
        """All relations, from top to bottom; those of ``open`` are the same objects."""
        if self._all is None:
            self._all = self._on(self.group.lines)
        return self._all

    @property
    def asked(self) -> list[Instance]:
        """As ``instances``, without those that are not asked for what is printed; what is not ``open`` holds."""
        silent = self._silent
        return self._on([line for line in self.group.lines if id(line) not in silent]) if silent else self.instances

    def reading(self, term: Term) -> Sequence[Instance]:
        """The relations of ``asked`` that read the cell of a figure; of the others none need be bound."""
        place = None if self._figures is None else self._figures.place(term)
        if place is not None:
            assert self._sums is not None
            lines = self.group.lines
            return self._on([lines[position] for position in self._sums.reading(place)])
        if self._by_cell is None and self._rest and self._all is None and plans(self.formula).is_told:
            return self._marked(term)
        if self._by_cell is None:
            self._by_cell = {}
            for instance in self.asked:
                for cell in {one.cell: None for one in terms_of(instance.relation)}:
                    self._by_cell.setdefault(cell, []).append(instance)
        return self._by_cell.get(term.cell, ())

    def _marked(self, term: Term) -> list[Instance]:
        """The same, of lines that are bound only where they read the figure, or may."""
        names, prepared = self.group.names, plans(self.formula)
        near = self._near(term) if prepared.is_by_line else self.group.lines
        lines = [line for line in near if id(line) not in self._silent] if self._silent else near
        if not lines:
            return []
        group = self.group._replace(lines=lines)
        names.sought = id(term.section), term.line.index, term.column
        kept, names.read = names.read, set()
        marks = [plan(group, self.scope) for plan in prepared.marks] or [[None] * len(lines)]
        names.read = kept
        found = [line for line, *each in zip(lines, *marks, strict=True) if any(one != 0 for one in each)]
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
            self._rest_lines = frozenset(map(id, self._rest))
        rest = [line for line in lines if id(line) in self._rest_lines and id(line) not in known]
        if rest:
            kept, self.group.names.read = self.group.names.read, set()
            known.update((id(one.line), one) for one in self._bind(rest, Reasons()))
            self.group.names.read = kept
        return [known[id(line)] for line in lines if id(line) in known]

    def _bind(self, lines: Sequence[Line | None], reasons: Reasons) -> list[Instance]:
        group, conditions = _conditioned(self.group._replace(lines=lines), self.formula, self.scope, reasons)
        rule, table, _, section, column, _ = group
        found: list[Instance] = []
        outcomes = plans(self.formula).bind(group, self.scope) if group.lines else []
        for line, outcome, condition in zip(group.lines, outcomes, conditions, strict=True):
            if type(outcome) is Inapplicable:
                reasons.add(outcome)
            elif outcome is not None:
                found.append(Instance(rule, self.formula, table, section, line, column, outcome, condition))  # type: ignore[arg-type]
        return found


def asked_of(group: Group, scope: Scope) -> Sequence[Evidence] | None:
    """What print tells of the rule's ``when`` on each line of a group; ``None`` where it tells nothing."""
    when = group.rule.when
    told = None if when is None else plans(when).evidence
    if told is None:
        return None
    group.names.read = set()  # what a condition reads is no part of the relation
    return told.on(group)


def _conditioned(
    group: Group, formula: Formula, scope: Scope, reasons: Reasons
) -> tuple[Group, Sequence[Bound | None]]:
    """The lines on which the rule's ``when`` may be met, with that condition where it is still to decide."""
    when = group.rule.when
    if when is None:
        return group, [None] * len(group.lines)
    kept, group.names.read = group.names.read, set()  # what a condition reads is no part of the relation
    lines: list[Line | None] = []
    conditions: list[Bound | None] = []
    for line, outcome in zip(group.lines, plans(when).bind(group, scope), strict=True):
        if type(outcome) is Inapplicable:
            if formula is group.rule.checks[0]:  # counted once
                reasons.add(outcome)
        elif outcome is not None and (known := _known(outcome)) is not False:  # type: ignore[arg-type]
            lines.append(line)
            conditions.append(None if known else outcome)  # type: ignore[arg-type]
    group.names.read = kept
    return group._replace(lines=lines), conditions


def _known(condition: Bound) -> bool | None:
    """What a condition comes to, where no figure has a say in it."""
    if isinstance(condition, Truth):
        return condition.value
    if isinstance(condition, Applied) and condition.function == "NOT":
        known = _known(condition.arguments[0])
        return None if known is None else not known
    return None


_VERDICTS = {CERTAIN: True, HOLDS: True, BREAKS: False, IMPOSSIBLE: False, NOT_FORMED: None, UNKNOWN: False}
