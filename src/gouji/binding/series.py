"""One formula down the lines of a column: settled as printed where it can be, bound where it must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gouji.binding.bound import Applied, Bound, Inapplicable, Instance, Term, Truth, terms_of
from gouji.binding.evidence import CERTAIN, VERDICTS, Evidence, with_condition
from gouji.binding.known.figures import Figures
from gouji.binding.known.layout import Check
from gouji.binding.known.terms import relation_at
from gouji.binding.prepared import Plans, plans
from gouji.binding.scope import Scope
from gouji.binding.standing import Group, Read, Reasons
from gouji.labels import normalised
from gouji.language.ast import Formula
from gouji.sheet import CellRef
from gouji.tables.model import Line, Table


class Series:
    """The relations of one formula on the lines of a group.

    ``verdicts``: ``True`` where it holds just as printed, ``None`` where it is not asked for what is printed,
    ``False`` where it is to decide: those are bound in ``open`` by ``decide``, all others only when asked for.
    """

    open: Sequence[Instance] = ()
    _reads: set[Read] | None = None
    _all: list[Instance] | None = None
    _not_asked: frozenset[int] | None = None
    _bound: dict[int, Instance | None] | None = None
    _by_cell: dict[CellRef, list[Instance]] | None = None

    def __init__(
        self, formula: Formula, scope: Scope, verdicts: Sequence[bool | None], group: Group | None,
        check: Check | None = None, figures: Figures | None = None,
    ) -> None:  # fmt: skip
        """On a layout met before ``check`` and ``figures`` tell the ``group``."""
        self.formula, self.scope, self.verdicts = formula, scope, verdicts
        self._group, self._check, self._figures = group, check, figures

    @classmethod
    def told(
        cls, formula: Formula, group: Group, scope: Scope, reasons: Reasons, asked: Sequence[Evidence] | None = None
    ) -> Series:
        """The relations as far as print tells of them; ``asked``: what it tells of the rule's ``when`` on each line."""
        read = group.names.read = set()
        made = cls(formula, scope, _verdicts(plans(formula), group, scope, asked), group)
        made.decide(reasons)
        made._reads = read
        return made

    def decide(self, reasons: Reasons) -> None:
        """Bind what is to decide; ``reasons`` take why some of it cannot be applied."""
        if False in self.verdicts:
            self.open = self._bind([at for at, verdict in enumerate(self.verdicts) if verdict is False], reasons)

    @property
    def group(self) -> Group:
        """Where the formula stands."""
        if self._group is None:
            assert self._figures is not None
            assert self._check is not None
            self._group = self._figures.group(self._check)
        return self._group

    @property
    def is_known(self) -> bool:
        """Whether a layout met before told what is read."""
        return self._check is not None

    @property
    def settled(self) -> int:
        """How many relations hold just as printed."""
        return self.verdicts.count(True)

    @property
    def table(self) -> Table:
        """The sheet it stands on."""
        if self._figures is not None and self._check is not None:
            return self._figures.tables[self._check.table]
        return self.group.table

    @property
    def lines(self) -> Sequence[Line | None]:
        """The lines it stands on."""
        return self.group.lines if self._check is None else self._check.lines

    @property
    def reads(self) -> set[Read]:
        """In which columns the figures stand."""
        if self._reads is None:
            assert self._figures is not None
            assert self._check is not None
            self._reads = self._figures.columns(self._check.reads)
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
    def instances(self) -> list[Instance]:
        """All relations, from top to bottom; those of ``open`` are the same objects."""
        if self._all is None:
            self._all = self._on(self.lines)
        return self._all

    @property
    def asked(self) -> list[Instance]:
        """As ``instances``, without those that are not asked for what is printed; what is not ``open`` holds."""
        silent = self._silent
        return self._on([line for line in self.lines if id(line) not in silent]) if silent else self.instances

    def reading(self, term: Term) -> Sequence[Instance]:
        """The relations of ``asked`` that read the cell of a figure; of the others none need be bound."""
        if self._figures is not None and self._check is not None and self._check.sums is not None:
            lines = self.lines
            return self._on([lines[position] for position in self._check.sums.reading(self._figures.place(term))])
        is_told = self.verdicts.count(False) < len(self.verdicts) and plans(self.formula).is_told
        if self._by_cell is None and self._all is None and is_told:
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
        near = self._near(term) if prepared.is_by_line else self.lines
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
        """The line of a figure and those it is one of the 下级 of; in another section those that may read it there."""
        index = term.line.index
        printed = [line for line in self.lines if line is not None]
        if self.group.section is term.section:
            return [line for line in printed if line.index == index or index in line.children]
        return [line for line in printed if _may_stand_for(line, term)]

    @property
    def _silent(self) -> frozenset[int]:
        """The lines on which nothing is asked."""
        if self._not_asked is None:
            told = zip(self.lines, self.verdicts, strict=True)
            self._not_asked = frozenset([id(line) for line, one in told if one is None])
        return self._not_asked

    def _on(self, lines: Sequence[Line | None]) -> list[Instance]:
        """The relations on some lines, in their order."""
        known = self._bound
        if known is None:  # what is to decide and is not bound cannot be applied
            decided = zip(self.lines, self.verdicts, strict=True)
            known = self._bound = {id(line): None for line, verdict in decided if verdict is False}
            known.update((id(one.line), one) for one in self.open)
        rest = {id(line) for line in lines if id(line) not in known}
        if rest:
            kept, self.group.names.read = self.group.names.read, set()
            known.update(dict.fromkeys(rest))
            at = [position for position, line in enumerate(self.lines) if id(line) in rest]
            known.update((id(one.line), one) for one in self._bind(at, Reasons()))
            self.group.names.read = kept
        found = [known[id(line)] for line in lines]
        return [one for one in found if one is not None]

    def _bind(self, at: Sequence[int], reasons: Reasons) -> list[Instance]:
        """The relations on lines by their positions."""
        lines = [self.lines[position] for position in at]
        if self._check is not None and self._figures is not None and self._check.sums is not None:
            relations = [relation_at(self._check, position, self._figures) for position in at]
            if None not in relations:
                return [self._instance(line, one, None) for line, one in zip(lines, relations, strict=True)]  # type: ignore[arg-type]
        group, conditions = _conditioned(self.group._replace(lines=lines), self.formula, self.scope, reasons)
        outcomes = plans(self.formula).bind(group, self.scope) if group.lines else []
        made: list[Instance] = []
        for line, outcome, condition in zip(group.lines, outcomes, conditions, strict=True):
            if type(outcome) is Inapplicable:
                reasons.add(outcome)
            elif outcome is not None:
                made.append(self._instance(line, outcome, condition))  # type: ignore[arg-type]
        return made

    def _instance(self, line: Line | None, relation: Bound, when: Bound | None) -> Instance:
        rule, table, _, section, column, _ = self.group
        return Instance(rule, self.formula, table, section, line, column, relation, when)


def _may_stand_for(line: Line, term: Term) -> bool:
    """Whether the line of a figure in another section has the key of ``line``, or may add up to it there.

    What is not printed there may be the sum of what is below it.
    """
    key = normalised(line.key)
    printed = term.section.by_key.get(key)
    if printed is not None:
        return term.line.index in printed
    return not key.isdigit() or (term.line.code or "").startswith(key)


class KnownSeries(Sequence[Series]):
    """The series of a layout met before, made as they are asked for."""

    def __init__(self, figures: Figures, scope: Scope, told: Mapping[int, Sequence[bool | None]]) -> None:
        """``told`` are the verdicts that the layout alone does not give."""
        self._figures, self._scope, self._told = figures, scope, told
        self._made: dict[int, Series] = {}

    def __len__(self) -> int:
        return len(self._figures.layout.checks)

    def __getitem__(self, number: Any) -> Any:
        made = self._made.get(number)
        if made is None:
            check = self._figures.layout.checks[number]
            verdicts = self._told.get(number, check.verdicts)
            made = self._made[number] = Series(check.formula, self._scope, verdicts, None, check, self._figures)
        return made


def _verdicts(
    prepared: Plans, group: Group, scope: Scope, asked: Sequence[Evidence] | None
) -> Sequence[bool | None]:
    """As of ``Settling``, and of the rule's ``when``."""
    if asked is None:
        return _told(prepared, group, scope) if group.rule.when is None else [False] * len(group.lines)
    lines = [line for line, one in zip(group.lines, asked, strict=True) if one is CERTAIN]
    return with_condition(asked, _told(prepared, group._replace(lines=lines), scope) if lines else ())


def _told(prepared: Plans, group: Group, scope: Scope) -> Sequence[bool | None]:
    if prepared.settling is not None:
        return prepared.settling.on(group, scope, prepared.lookups)
    if prepared.computed is not None:
        return prepared.computed.on(group, scope)
    if prepared.evidence is not None:
        return [VERDICTS[one] for one in prepared.evidence.on(group)]
    return prepared.printed(group, scope) if prepared.is_of_layout else [False] * len(group.lines)


def asked_of(group: Group) -> Sequence[Evidence] | None:
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
