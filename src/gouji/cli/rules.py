"""``gouji rules``: list, lint and test packs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from gouji.cli import exits
from gouji.cli.checking import Attempts
from gouji.cli.commands import Rules
from gouji.cli.explain import OUTCOMES
from gouji.cli.screen import Screen
from gouji.errors import PackError, Problem
from gouji.packs.model import Pack
from gouji.report.layout import pad, width
from gouji.report.words import severity_word

if TYPE_CHECKING:
    from gouji.cases import CaseResult


def run(command: Rules, screen: Screen) -> int:
    """The exit code: 2 when a pack has a problem."""
    from gouji.packs import available_packs, load_pack  # not for --help

    attempts = Attempts(screen)
    actions: dict[str, Callable[[Pack, Screen], None]] = {"list": _list, "lint": _lint, "test": _test}
    action = actions[command.action]

    def step(pack_id: str) -> None:
        action(load_pack(pack_id), screen)

    for pack_id in command.packs or available_packs():
        attempts.of(pack_id, partial(step, pack_id))
    return exits.most_important(attempts.codes)


def _list(pack: Pack, screen: Screen) -> None:
    screen.print(f"{pack.title} ({pack.id} {pack.version})")
    column = max((width(rule.id) for rule in pack.rules), default=0)
    for rule in pack.rules:
        screen.print(f"  {pad(rule.id, column)}  {severity_word(rule.severity, screen.language)}  {rule.name}")


def _lint(pack: Pack, screen: Screen) -> None:
    from gouji.packs.lint import lint

    problems = lint(pack)
    if problems:
        raise PackError(problems)
    number = len(pack.rules)
    screen.print(screen.say(f"{pack.id}：{number} 条规则，写法无误。", f"{pack.id}: {number} rules, no problems."))


def _test(pack: Pack, screen: Screen) -> None:
    from gouji.cases import run_cases

    results = run_cases(pack)
    problems = [_problem(result) for result in results if not result.as_declared]
    if problems:
        raise PackError(problems)
    number = len(results)
    screen.print(
        screen.say(f"{pack.id}：{number} 个例子，结果都如所写。", f"{pack.id}: {number} examples, all as stated.")
    )


def _problem(result: CaseResult) -> Problem:
    origin, (said_zh, said_en) = result.case.origin, result.said
    outcome_zh, outcome_en = OUTCOMES[result.case.outcome]
    return Problem(
        f"{origin.pack}/{origin.file}",
        origin.line,
        1,
        f"{result.rule.id} 的例（{outcome_zh}）：{said_zh}",
        f"{result.rule.id}, example ({outcome_en}): {said_en}",
    )
