"""The examples of rules, run: each is printed onto imaginary forms and judged by the real engine.

``pass`` and ``edge`` must hold, ``edge`` only through rounding, ``fail`` must not be explained by rounding or an
adjusted last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from gouji.binding.bind import bind
from gouji.binding.bound import Compared, Instance
from gouji.cases.forms import NoSuchPlace, imagined
from gouji.checking.check import Judged, Verdict, judge, linear_difference
from gouji.checking.linear import HALF_AWAY, Form, Linear, NotLinear, Truths, forms, span
from gouji.errors import PackError, Problem
from gouji.figures import MONEY_UNITS, PERCENT, Figure, Interval, decimal_text
from gouji.packs.model import OUTCOMES, Case, Pack, Rule
from gouji.sheet import CellRef
from gouji.tables.model import Recognition

Change: TypeAlias = Callable[[Instance], Instance]
SILENT = frozenset({Verdict.NOT_FORMED, Verdict.UNDECIDED})
"""Verdicts of what is not asked."""
BROKEN = frozenset({Verdict.FAILS, Verdict.ZERO_DIVISOR})
"""Verdicts that are findings, whatever rounding did."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How an example of a rule came out. ``said``: (Chinese, English), "" when it came out as declared."""

    rule: Rule
    case: Case
    as_declared: bool
    said: tuple[str, str] = ("", "")

    @property
    def problem(self) -> Problem | None:
        """What to mend, and where it is written; ``None`` when it came out as declared."""
        if self.as_declared:
            return None
        origin, (word_zh, word_en), (chinese, english) = self.case.origin, OUTCOMES[self.case.outcome], self.said
        return Problem(
            f"{origin.pack}/{origin.file}",
            origin.line,
            1,
            f"{self.rule.id} 的例（{word_zh}）：{chinese}",
            f"{self.rule.id}, example ({word_en}): {english}",
        )


def run_cases(pack: Pack, rules: Iterable[Rule] | None = None) -> list[CaseResult]:
    """Run every example of ``rules`` (all of the pack's when left out)."""
    chosen = pack.rules if rules is None else rules
    return [run_case(pack, rule, case) for rule in chosen for case in rule.cases]


def run_case(pack: Pack, rule: Rule, case: Case) -> CaseResult:
    """Run one example."""
    try:
        said = outcome(pack, rule, case, imagined(pack, rule, case.cells))
    except NoSuchPlace as error:
        said = error.chinese, error.english
    except PackError as error:
        said = error.problems[0].chinese, error.problems[0].english
    return CaseResult(rule, case, said is None, said or ("", ""))


def outcome(
    pack: Pack, rule: Rule, case: Case, recognition: Recognition, change: Change | None = None
) -> tuple[str, str] | None:
    """Why the example does not come out as declared on these forms; ``None`` when it does.

    ``change`` is made in every instance before it is judged.
    """
    judged = judge_on(pack, rule, recognition, change=change)
    formed = [one for one in judged if one.verdict not in SILENT]
    if not formed:
        return _nothing_formed(pack, rule, recognition)
    failed = [one for one in formed if one.verdict is not Verdict.HOLDS]
    if case.outcome == "fail":
        return None if any(one.verdict in BROKEN for one in failed) else _should_fail(pack, formed)
    if failed:
        return _should_hold(pack, failed[0])
    if case.outcome == "edge" and not _rounded(judge_on(pack, rule, recognition, _as_printed, change)):
        return "不靠四舍五入也成立，应列在 pass", "holds without rounding: a pass"
    return None


def _nothing_formed(pack: Pack, rule: Rule, recognition: Recognition) -> tuple[str, str]:
    """Why nothing was judged: what could not be read, else what an example mostly lacks."""
    missed = bind(replace(pack, rules=(rule,)), recognition, parameters(pack)).missed
    if missed:
        why_zh, why_en = missed[0].chinese, missed[0].english
        return f"没有形成任何一条关系：{why_zh}", f"no instance was formed: {why_en}"
    return (
        "没有形成任何一条关系：关系读到的格都要写，when 的条件也要满足",
        "no instance was formed: give every cell the relation reads, and meet its condition (when)",
    )


def judge_case(pack: Pack, rule: Rule, case: Case, truths: Truths = HALF_AWAY) -> list[Judged]:
    """Every instance of ``rule`` on the imaginary forms of ``case``, judged."""
    return judge_on(pack, rule, imagined(pack, rule, case.cells), truths)


def judge_on(
    pack: Pack, rule: Rule, recognition: Recognition, truths: Truths = HALF_AWAY, change: Change | None = None
) -> list[Judged]:
    """Every instance of ``rule`` on recognised forms, judged. Raises ``PackError`` for a rule outside the language."""
    instances = bind(replace(pack, rules=(rule,)), recognition, parameters(pack)).instances
    money = MONEY_UNITS[pack.unit].exponent
    return [judge(change(instance) if change else instance, money, truths) for instance in instances]


def parameters(pack: Pack) -> dict[str, Decimal | str]:
    """The names that formulas of the pack may use bare."""
    params: dict[str, Decimal | str] = dict(pack.params)
    if pack.year is not None:
        params["年度"] = Decimal(pack.year)
    return params


def _as_printed(_: CellRef, figure: Figure) -> Interval:
    return Interval.point(figure.value)


def _rounded(judged_as_printed: Sequence[Judged]) -> bool:
    """Whether anything fails once figures are taken as printed."""
    return any(one.verdict not in SILENT | {Verdict.HOLDS} for one in judged_as_printed)


def _should_fail(pack: Pack, formed: Sequence[Judged]) -> tuple[str, str]:
    adjusted = [one for one in formed if one.verdict is not Verdict.HOLDS]
    if adjusted:
        chinese, english = _sides(pack, adjusted[0])
        return f"应当不成立，却只是尾差{chinese}", f"should fail, but is an adjusted last digit{english}"
    chinese, english = _sides(pack, formed[0])
    return f"应当不成立，却成立{chinese}", f"should fail, but holds{english}"


def _should_hold(pack: Pack, failed: Judged) -> tuple[str, str]:
    chinese, english = _sides(pack, failed)
    return f"应当成立，却不成立{chinese}", f"should hold but fails{english}"


class Sides(NamedTuple):
    """Both sides of a comparison of numbers as printed, as decimal texts: amounts in the pack's unit, rates with %.

    Of two sums also their difference and ``explained``, the most that rounding may explain of it; else "".
    """

    left: str
    right: str
    difference: str = ""
    explained: str = ""


def sides(pack: Pack, one: Judged) -> Sides | None:
    """Both sides of the relation of ``one``; ``None`` where there are no two numbers."""
    relation = one.instance.relation
    if not isinstance(relation, Compared):
        return None
    exponent = MONEY_UNITS[pack.unit].exponent
    try:
        both = [forms(side)[0] for side in (relation.left, relation.right)]
        rate = any(_is_rate(form) for form in both)
        left, right = (_number(_value(form, exponent), rate=rate) for form in both)
    except (NotLinear, ZeroDivisionError):
        return None
    difference = linear_difference(relation)
    if difference is None:
        return Sides(left, right)
    difference = difference.in_money(exponent)
    unit = 10**exponent if _is_money(difference) else 1
    ends = span(difference)
    gap, explained = abs(difference.printed) / unit, (ends.high - ends.low) / 2 / unit
    return Sides(left, right, _number(gap, rate=rate), _number(explained, rate=rate))


def _is_money(linear: Linear) -> bool:
    return any(weighted.figure.unit.name in MONEY_UNITS for weighted in linear.terms.values())


def _is_rate(form: Form) -> bool:
    """Whether a side is nothing but printed rates."""
    terms = form.dividend.terms.values()
    return form.divisor is None and bool(terms) and all(weighted.figure.unit is PERCENT for weighted in terms)


def _value(form: Form, exponent: int) -> Fraction:
    """A side as printed, amounts in the unit of that exponent."""
    value = form.dividend.printed
    if form.divisor is not None:
        return Fraction(value, form.divisor.printed)
    return Fraction(form.dividend.in_money(exponent).printed, 10**exponent) if _is_money(form.dividend) else value


def _number(value: Fraction, *, rate: bool) -> str:
    return f"{decimal_text(value * 100)}%" if rate else decimal_text(value)


def _sides(pack: Pack, one: Judged) -> tuple[str, str]:
    found = sides(pack, one)
    if found is None:
        return "", ""
    text = one.instance.formula.text
    return (
        f"：左边 {found.left}，右边 {found.right}（{text}）",
        f": left {found.left}, right {found.right} ({text})",
    )
