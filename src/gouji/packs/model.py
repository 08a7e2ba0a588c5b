"""A pack as loaded: table definitions, code lists and rules, everything merged and parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeAlias

from gouji.language.ast import Expression, Formula, Parameter, Place
from gouji.language.walking import parts, references
from gouji.tables.definition import Blank, CodeList, TableDefinition

Severity: TypeAlias = Literal["error", "warning", "info"]
Unit: TypeAlias = Literal["元", "万元", "亿元"]
Outcome: TypeAlias = Literal["pass", "edge", "fail"]
OUTCOMES: Mapping[Outcome, tuple[str, str]] = {
    "pass": ("通过", "passes"), "edge": ("舍入", "by rounding"), "fail": ("不通过", "fails"),
}
"""What an example is declared to do, in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule or table was written: pack, file (relative to the pack) and 1-based line."""

    pack: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class PlaceFormula:
    """A parsed ``for`` or ``except``."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Cause:
    """A likely cause: said when ``condition`` could hold."""

    condition: Formula
    say: str


@dataclass(frozen=True, slots=True)
class CaseCell:
    """One figure of an example: its place as written (``支出表[201, 本年支出合计]``), and its printed text."""

    table: str | None
    place: Place
    text: str
    printed: str


@dataclass(frozen=True, slots=True)
class Case:
    """One example of a rule; ``outcome`` is ``pass``, ``edge`` (holds only through rounding) or ``fail``."""

    outcome: Outcome
    cells: tuple[CaseCell, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Rule:
    """One declared relation. ``places`` is its ``for``; without it the rule is formed once per sheet."""

    id: str
    name: str
    basis: str
    tables: tuple[str, ...]
    checks: tuple[Formula, ...]
    places: PlaceFormula | None = None
    excepts: tuple[PlaceFormula, ...] = ()
    when: Formula | None = None
    severity: Severity = "error"
    causes: tuple[Cause, ...] = ()
    advice: str = ""
    since: int | None = None
    until: int | None = None
    locked: bool = False
    cases: tuple[Case, ...] = ()
    origin: Origin = field(default=Origin("", "", 0))
    overrides: tuple[str, ...] = ()

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Its checks, then its condition."""
        return self.checks if self.when is None else (*self.checks, self.when)


@dataclass(frozen=True)
class Pack:
    """A pack with everything it inherits. ``lineage`` lists pack ids from the root to this one.

    ``version`` is a short digest of every file that went into it. ``area``: names of the places or units it is made
    for, as their workbooks print them. ``words``: what the words of sentences mean (增, 减, 上年 …), by meaning.
    """

    id: str
    title: str
    version: str
    lineage: tuple[str, ...]
    year: int | None
    unit: Unit
    rounding: Literal["四舍五入", "截断"]
    blank: Blank
    figures: Literal["存储", "显示"]
    params: Mapping[str, Decimal | str]
    tables: Mapping[str, TableDefinition]
    codes: Mapping[str, CodeList]
    rules: tuple[Rule, ...]
    area: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def forms(self) -> Mapping[str, TableDefinition]:
        """The tables that stand on sheets, without those whose rows are sentences."""
        return {name: table for name, table in self.tables.items() if table.wording is None}

    @cached_property
    def texts(self) -> Mapping[str, TableDefinition]:
        """The tables whose rows are sentences of a text."""
        return {name: table for name, table in self.tables.items() if table.wording is not None}

    def tables_of(self, rule: Rule) -> frozenset[str]:
        """The tables that a rule is for or reads, of forms and of texts."""
        return frozenset(rule.tables).union(*map(_read_by, rule.formulas))

    @cached_property
    def sentences_read(self) -> tuple[set[str], ...]:
        """Of each rule the tables of sentences without which none of its relations is formed."""
        needed = {name for name, table in self.texts.items() if table.absent == "无"}
        return tuple([needed.intersection(*map(_read_by, rule.checks)) for rule in self.rules])

    @cached_property
    def asks_for_year(self) -> bool:
        """Whether some rule holds for certain years only, or reads the parameter 年度."""
        return any(rule.since or rule.until or any(map(_reads_year, rule.formulas)) for rule in self.rules)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id (``KeyError`` when there is none)."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


def _reads_year(formula: Formula) -> bool:
    if "年度" not in formula.text:
        return False
    return any(isinstance(part, Parameter) and part.name == "年度" for part in parts(formula.expression))


__all__ = [
    "Case", "CaseCell", "Cause", "Expression", "Origin", "Pack", "PlaceFormula", "Rule", "Severity", "Unit",
]


def _read_by(formula: Formula) -> set[str]:
    """The tables that a formula names."""
    return {part.table for part, _ in references(formula.expression) if part.table is not None}
