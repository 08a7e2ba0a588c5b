"""The examples of rules, run: each is printed onto imaginary forms and judged by the real engine.

``pass`` and ``edge`` must hold, ``edge`` only through rounding, ``fail`` must not be explained by rounding or an
adjusted last digit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from gouji.binding.bind import bind
from gouji.binding.bound import Compared, Instance, terms_of
from gouji.cases.forms import NoSuchPlace, imagined
from gouji.checking.check import Judged, Verdict, judge
from gouji.checking.linear import HALF_AWAY, Form, NotLinear, Truths, forms
from gouji.errors import PackError, Problem
from gouji.figures import MONEY_UNITS, Figure, Interval, decimal_text
from gouji.packs.model import OUTCOMES, Case, Pack, Rule
from gouji.sheet import CellRef
from gouji.tables.model import Recognition

Change: TypeAlias = Callable[[Instance], Instance]
_SILENT = frozenset({Verdict.NOT_FORMED, Verdict.UNDECIDED})
_BROKEN = frozenset({Verdict.FAILS, Verdict.ZERO_DIVISOR})


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
    formed = [one for one in judged if one.verdict not in _SILENT]
    if not formed:
        return "没有形成任何一条关系", "no instance was formed"
    failed = [one for one in formed if one.verdict is not Verdict.HOLDS]
    if case.outcome == "fail":
        return None if any(one.verdict in _BROKEN for one in failed) else _should_fail(pack, formed)
    if failed:
        return _should_hold(pack, failed[0])
    if case.outcome == "edge" and not _rounded(judge_on(pack, rule, recognition, _as_printed, change)):
        return "不靠四舍五入也成立，应列在 pass", "holds without rounding: a pass"
    return None


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
    return any(one.verdict not in _SILENT | {Verdict.HOLDS} for one in judged_as_printed)


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


def _sides(pack: Pack, one: Judged) -> tuple[str, str]:
    """Both sides of a comparison as printed, in the pack's unit; "" where there are no two numbers."""
    relation = one.instance.relation
    if not isinstance(relation, Compared):
        return "", ""
    money = any(term.figure.unit.name in MONEY_UNITS for term in terms_of(relation))
    unit = 10 ** MONEY_UNITS[pack.unit].exponent if money else 1
    try:
        left, right = (_printed(forms(side)[0], unit) for side in (relation.left, relation.right))
    except (NotLinear, ZeroDivisionError):
        return "", ""
    text = one.instance.formula.text
    return f"：左边 {left}，右边 {right}（{text}）", f": left {left}, right {right} ({text})"


def _printed(form: Form, unit: int) -> str:
    dividend = form.dividend
    value = dividend.printed + dividend.bare * (unit - 1)
    if form.divisor is not None:
        return decimal_text(value / form.divisor.printed)
    return decimal_text(value / unit)
