"""The examples of a rule, judged, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.cases.running import BROKEN, SILENT, judge_case, sides
from gouji.checking.check import Judged, Verdict
from gouji.errors import PackError
from gouji.manual.shelf import cell_text, code
from gouji.packs.model import OUTCOMES, Case, Pack, Rule
from gouji.report.words import grouped_digits

_HEADINGS = {"pass": "通过", "edge": "靠四舍五入才通过", "fail": "不通过"}


def examples(pack: Pack, rule: Rule) -> Iterator[str]:
    """The section 例: each example with what gouji says of it."""
    for outcome in OUTCOMES:
        cases = [case for case in rule.cases if case.outcome == outcome]
        if cases:
            yield f"### {_HEADINGS[outcome]}\n"
        for case in cases:
            yield "| 格 | 印出 |\n|---|---:|"
            yield from (f"| {code(cell.text)} | {cell_text(cell.printed) or '（空）'} |" for cell in case.cells)
            yield ""
            yield f"{_said(pack, rule, case)}\n"


def telling(pack: Pack, rule: Rule, case: Case) -> Judged | None:
    """The instance that an example is about; ``None`` for one that forms none."""
    try:
        judged = [one for one in judge_case(pack, rule, case) if one.verdict not in SILENT]
    except PackError:  # a fault that rules test reports
        return None
    wanted = BROKEN if case.outcome == "fail" else {Verdict.HOLDS}
    fitting = [one for one in judged if one.verdict in wanted]
    return next((one for one in fitting if one.rounded), next(iter(fitting), None))


def _said(pack: Pack, rule: Rule, case: Case) -> str:
    one = telling(pack, rule, case)
    if one is None:
        return "**没有形成可以核对的关系。**"
    holds = one.verdict is Verdict.HOLDS
    verdict = "**相符**" if holds else "**不符**"
    several = f"（第 {rule.checks.index(one.instance.formula) + 1} 条）" if len(rule.checks) > 1 else ""
    both = sides(pack, one)
    if both is None:
        return f"{verdict}{several}。"
    left, right, difference, explained = (grouped_digits(text) for text in both)
    said = f"{verdict}{several}：左边 {left}，右边 {right}"
    if not difference or (holds and not one.rounded):
        return f"{said}。"
    return f"{said}，差 {difference}，舍入最多能解释 {explained}。"
