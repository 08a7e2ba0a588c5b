"""Formulas prepared once for all workbooks: what print tells of them, how they are bound, what reads a figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gouji.binding.bound import Truth
from gouji.binding.columnwise import bounds
from gouji.binding.computed import Computed, computed
from gouji.binding.evident import Evident, evidence
from gouji.binding.marks import MARKS, Mark
from gouji.binding.planning import Plan, compares_figures, stays_on_line
from gouji.binding.quick import NUMBERS, Quick, Settling, settled
from gouji.binding.scope import Scope
from gouji.binding.standing import Group
from gouji.binding.terms import Outcome
from gouji.language.ast import Call, Expression, Formula
from gouji.language.walking import references

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
        """Whether print may tell something of the formula, line by line."""
        return self.settling is not None or self.computed is not None or self.evidence is not None

    @property
    def is_of_layout(self) -> bool:
        """Whether it only asks whether something is printed, so that no figure has a say."""
        return isinstance(self.expression, Call) and self.expression.name == "有"

    def printed(self, group: Group, scope: Scope) -> list[bool | None]:
        """The verdicts of a formula that ``is_of_layout``, as of ``Settling``."""
        outcomes = self.bind(group, scope)
        return [None if one is None else isinstance(one, Truth) and one.value for one in outcomes]

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
