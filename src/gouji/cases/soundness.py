"""What only shows once rules stand on forms: rules that never stand, that repeat others, that cannot all hold.

Judged on the pack's own forms, filled in (``full_forms``): no workbook is needed, and none could answer otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from fractions import Fraction
from itertools import combinations
from math import gcd, lcm
from typing import NamedTuple

from gouji.binding.bind import Binding, bind
from gouji.binding.bound import Compared, Constant, Instance, Single, Term, terms_of
from gouji.cases.full_forms import full_forms
from gouji.cases.running import judge_case, parameters
from gouji.checking.check import linear_difference
from gouji.checking.linear import Linear
from gouji.diagnosis.conditions import ENDLESS, Condition, Quantity, condition
from gouji.diagnosis.conflicts import irreducible
from gouji.diagnosis.system import System, parts
from gouji.diagnosis.tableau import Budget, OutOfBudget
from gouji.errors import Problem
from gouji.figures import MONEY_UNITS
from gouji.language.ast import Comparison
from gouji.language.unparse import unparse
from gouji.packs.locations import PACK_FILE
from gouji.packs.model import Pack, Rule
from gouji.sheet import CellRef

_MIRRORED: dict[Comparison, Comparison] = {"<=": ">=", "<": ">"}
_WORK = 20_000_000
"""Coefficients that may be touched for each part of the system: two hundred times what nine tables take."""
_SHOWN = 3
_ADDED = (
    "（新加的行、栏，相关的表和规则都要加上）",
    " (a new row or column must be added to every table and rule concerned)",
)


class Soundness(NamedTuple):
    """What is wrong with the rules of a pack; ``complete``: whether the search for contradictions came to its end."""

    problems: tuple[Problem, ...]
    complete: bool = True


def soundness(pack: Pack) -> Soundness:
    """Rules that are never formed, that repeat another rule, and that contradict one another."""
    binding = bind(pack, full_forms(pack), parameters(pack))
    by_rule: dict[str, list[Instance]] = {rule.id: [] for rule in pack.rules}
    for instance in binding.instances:
        by_rule[instance.rule.id].append(instance)
    found = [*_never_formed(pack, binding, by_rule), *_repeated(pack, by_rule)]
    try:
        return Soundness((*found, *_contradictions(pack, binding.instances)))
    except OutOfBudget:
        return Soundness(tuple(found), complete=False)


def _problem(rule: Rule, chinese: str, english: str) -> Problem:
    origin = rule.origin
    return Problem(f"{origin.pack}/{origin.file}", origin.line, 1, f"{rule.id}：{chinese}", f"{rule.id}: {english}")


def _never_formed(pack: Pack, binding: Binding, by_rule: dict[str, list[Instance]]) -> Iterator[Problem]:
    reasons = {missed.rule: missed for missed in binding.missed}
    year = pack.year
    for rule in pack.rules:
        if year is not None and not (rule.since or year) <= year <= (rule.until or year):
            continue
        if not by_rule[rule.id] and not any(judge_case(pack, rule, case) for case in rule.cases):
            why = reasons.get(rule.id)
            because = (f"（{why.chinese}）", f" ({why.english})") if why else ("", "")
            yield _problem(
                rule,
                f"在 {pack.id} 的任何一张表上都站不住，永远不会核对{because[0]}：看 for、except 和表的定义",
                f"never stands on any form of {pack.id}{because[1]}: see for, except and the definitions",
            )


def _repeated(pack: Pack, by_rule: dict[str, list[Instance]]) -> Iterator[Problem]:
    """Relations that two rules state: a workbook that breaks one would be told so twice."""
    said = {rule.id: {_said(instance): instance for instance in by_rule[rule.id]} for rule in pack.rules}
    for earlier, later in combinations(pack.rules, 2):
        common = said[earlier.id].keys() & said[later.id].keys()
        if not common:
            continue
        less, more = (earlier, later) if len(said[earlier.id]) < len(said[later.id]) else (later, earlier)
        if len(common) == len(said[less.id]):
            yield _problem(
                less,
                f"所说的关系 {more.id}（{more.name}）都已说过，删去一条",
                f"says nothing that {more.id} ({more.name}) does not say: leave one out",
            )
        else:
            at = _place(next(said[less.id][key] for key in said[less.id] if key in common))
            yield _problem(
                less,
                f"有 {len(common)} 处与 {more.id}（{more.name}）说的相同，如 {at}；用 except 让出其中一条",
                f"says {len(common)} times what {more.id} ({more.name}) says, as at {at}: leave one out with except",
            )


def _said(instance: Instance) -> object:
    """A relation, spelled in one way; one that is not linear by its formula and place as well."""
    relation, difference = instance.relation, linear_difference(instance.relation)
    when = None if instance.when is None else (instance.rule.when, _spelled(instance.when))
    if difference is None or not difference.terms or not isinstance(relation, Compared):
        line = None if instance.line is None else instance.line.index
        place = instance.table.sheet.name, line, instance.column
        return unparse(instance.formula.expression), place, _spelled(relation), when
    return _canonical(difference, relation.comparison), when


def _spelled(part: object) -> object:
    """What a bound expression reads and how, whatever figures stand there."""
    if isinstance(part, Term):
        return part.cell
    return (type(part).__name__, *map(_spelled, part)) if isinstance(part, tuple) else part


def _canonical(difference: Linear, comparison: Comparison) -> object:
    """Whole weights without a common factor; an equation begins with a positive one, an inequality says ≥."""
    weights = {cell: Fraction(weighted.weight) for cell, weighted in sorted(difference.terms.items())}
    constants = Fraction(difference.constant), Fraction(difference.bare)
    factor = Fraction(1)
    if weights:
        scale = lcm(*(weight.denominator for weight in weights.values()))
        factor = Fraction(scale, gcd(*(int(weight * scale) for weight in weights.values())))
        first = next(iter(weights.values()))
        if comparison in _MIRRORED or (comparison in {"=", "<>"} and first < 0):
            factor = -factor
    scaled = tuple((cell, weight * factor) for cell, weight in weights.items())
    return _MIRRORED.get(comparison, comparison), scaled, tuple(constant * factor for constant in constants)


def _contradictions(pack: Pack, instances: Sequence[Instance]) -> Iterator[Problem]:
    """Errors that no figures at all could avoid; then those that only zeros avoid."""
    stated = _stated(pack, instances)
    found = _conflict(stated, positive=False) or _conflict(stated, positive=True)
    if found is not None:
        listed = "、".join(rule.id for rule in found.rules)
        shown = "；".join(dict.fromkeys(_shown(instance) for instance in found.instances[:_SHOWN]))
        zeros = "、".join(found.zeros[:_SHOWN])
        unless_zh, unless_en = (f"除非 {zeros} 是零，", f", unless {zeros} is zero") if zeros else ("", "")
        hint_zh, hint_en = _ADDED if zeros else ("", "")
        origin = next((rule.origin for rule in reversed(found.rules) if rule.origin.pack == pack.id), None)
        yield Problem(
            f"{pack.id}/{origin.file if origin else PACK_FILE}",
            origin.line if origin else 1,
            1,
            f"{unless_zh}没有一本工作簿能同时满足 {listed}{hint_zh}：{shown}",
            f"no workbook can satisfy {listed} together{unless_en}{hint_en}: {shown}",
        )


class _Stated(NamedTuple):
    """The linear relations of rules that are errors and stand without a condition, over numbered figures."""

    cells: tuple[CellRef, ...]
    instances: tuple[Instance, ...]
    conditions: tuple[Condition, ...]
    amounts: frozenset[int]


def _stated(pack: Pack, instances: Sequence[Instance]) -> _Stated:
    linear = [
        (instance, difference.in_money(MONEY_UNITS[pack.unit].exponent))
        for instance in instances
        if instance.when is None and instance.rule.severity == "error"
        and isinstance(instance.relation, Compared) and instance.relation.comparison != "<>"
        and (difference := linear_difference(instance.relation)) is not None
    ]  # fmt: skip
    cells = tuple(sorted({cell for _, difference in linear for cell in difference.terms}))
    place = {cell: number for number, cell in enumerate(cells)}
    conditions = [
        condition(
            {place[cell]: one.weight for cell, one in difference.terms.items()},
            difference.constant + difference.bare, _comparison(instance), number,
        )
        for number, (instance, difference) in enumerate(linear)
    ]  # fmt: skip
    amounts = frozenset(place[cell] for cell in map(_not_negative, instances) if cell in place)
    return _Stated(cells, tuple(instance for instance, _ in linear), tuple(conditions), amounts)


def _comparison(instance: Instance) -> Comparison:
    assert isinstance(instance.relation, Compared)
    return instance.relation.comparison


def _not_negative(instance: Instance) -> CellRef | None:
    """The figure that a rule states to be at least zero, as a warning perhaps."""
    match instance.relation:
        case Compared(">=", Single(term), Constant(value)) if not value:
            return term.cell
    return None


class _Clash(NamedTuple):
    """Rules that contradict one another, with the instances that show it; ``zeros`` would settle it."""

    rules: tuple[Rule, ...]
    instances: tuple[Instance, ...]
    zeros: tuple[str, ...]


def _conflict(stated: _Stated, *, positive: bool) -> _Clash | None:
    """An irreducible contradiction; ``positive``: amounts are above zero."""
    count = len(stated.conditions)
    more = [condition({v: 1}, 0, ">", count + n) for n, v in enumerate(sorted(stated.amounts))] if positive else []
    system = System([Quantity(0, ENDLESS)] * len(stated.cells), [*stated.conditions, *more])
    for members in parts(system):
        budget = Budget(_WORK)
        conflict = system.component(members, budget).conflict()
        if conflict is not None:
            least = irreducible(system, conflict, members, budget)
            involved = tuple(stated.instances[number] for number in sorted(least.rules) if number < count)
            rules = tuple({instance.rule.id: instance.rule for instance in involved}.values())
            if len(rules) > 1 or not positive:
                above_zero = sorted(stated.amounts)
                zeros = {stated.cells[above_zero[number - count]] for number in least.rules if number >= count}
                return _Clash(rules, involved, tuple(_named(involved, zeros)))
    return None


def _named(instances: Iterable[Instance], cells: Set[CellRef]) -> Iterator[str]:
    """How rules write these cells."""
    terms = {term.cell: term for instance in instances for term in terms_of(instance.relation) if term.cell in cells}
    for term in terms.values():
        yield f"{term.table.definition.name}[{term.line.name}, {term.column}]"


def _shown(instance: Instance) -> str:
    return f"{instance.rule.id}（{_place(instance)}）{instance.formula.text}"


def _place(instance: Instance) -> str:
    """Where an instance stands, in the names of rules."""
    at = [instance.line.name] if instance.line else []
    at += [instance.column] if instance.column else []
    return instance.table.definition.name + (f"[{', '.join(at)}]" if at else "")
