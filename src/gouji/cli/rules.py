"""``gouji rules``: list, show, compare, lint and test packs, and what belongs to keeping them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.cli import exits
from gouji.cli.checking import Attempts
from gouji.cli.commands import Rules
from gouji.cli.screen import Screen
from gouji.errors import PackError
from gouji.report.layout import pad, width
from gouji.report.words import severity_word

if TYPE_CHECKING:
    from gouji.cases.whole import WholeCase
    from gouji.packs.model import Pack


def run(command: Rules, screen: Screen) -> int:
    """The exit code: 2 when a pack has a problem."""
    if command.action in ("show", "diff", "coverage", "docs", "schema"):
        module = importlib.import_module(f"gouji.cli.rules_{command.action}")
        code: int = module.run(command, screen)
        return code
    actions: dict[str, Callable[[str, Rules, Screen], None]] = {"list": _list, "lint": _lint, "test": _test}
    attempts = Attempts(screen)
    for pack_id in command.packs or _own_or_all():
        attempts.of(pack_id, partial(actions[command.action], pack_id, command, screen))
    return exits.most_important(attempts.codes)


def _own_or_all() -> tuple[str, ...]:
    """The current folder where it is a pack, else all packs that can be named."""
    from gouji.packs.locations import PACK_FILE, available_packs

    return (".",) if Path(PACK_FILE).is_file() else available_packs()


def _list(pack_id: str, _: Rules, screen: Screen) -> None:
    from gouji.packs import load_pack

    pack = load_pack(pack_id)
    screen.print(f"{pack.title} ({pack.id} {pack.version})")
    column = max((width(rule.id) for rule in pack.rules), default=0)
    for rule in pack.rules:
        screen.print(f"  {pad(rule.id, column)}  {severity_word(rule.severity, screen.language)}  {rule.name}")


def _lint(pack_id: str, _: Rules, screen: Screen) -> None:
    from gouji.cases.soundness import soundness
    from gouji.packs.lint import lint_files, told_at_their_cause

    pack, problems = lint_files(pack_id)
    if problems:
        raise PackError(problems)  # what stands on forms is judged once all is written right
    try:
        sound = soundness(pack)
    except PackError as error:
        raise PackError(told_at_their_cause(pack_id, error.problems)) from None
    if sound.problems:
        raise PackError(told_at_their_cause(pack_id, sound.problems))
    number = len(pack.rules)
    screen.print(screen.say(f"{pack.id}：{number} 条规则，写法无误。", f"{pack.id}: {number} rules, no problems."))
    if not sound.complete:
        screen.print(screen.say("  规则太多，没有查完有没有矛盾。", "  too many rules to rule contradictions out."))


def _test(pack_id: str, command: Rules, screen: Screen) -> None:
    from gouji.cases.running import run_cases
    from gouji.cases.whole import run_whole, whole_cases
    from gouji.packs import load_pack
    from gouji.packs.locations import find_pack

    pack = load_pack(pack_id)
    results = run_cases(pack)
    whole, problems = whole_cases(find_pack(pack_id))
    problems += [result.problem for result in results if result.problem is not None]
    problems += [problem for case in whole for problem in run_whole(pack, case).differences]
    if problems:
        raise PackError(problems)
    more_zh, more_en = (f"、{len(whole)} 个用例", f", {len(whole)} cases") if whole else ("", "")
    screen.print(screen.say(
        f"{pack.id}：{len(results)} 个例子{more_zh}，结果都如所写。",
        f"{pack.id}: {len(results)} examples{more_en}, all as stated.",
    ))  # fmt: skip
    if command.mutants:
        _measure(pack, whole, screen)


def _measure(pack: Pack, whole: Sequence[WholeCase], screen: Screen) -> None:
    """Print which mistakes in formulas the examples and the whole cases do not notice."""
    from gouji.cases.mutants import measure

    measured = measure(pack, wholes=whole)
    total, noticed = sum(one.total for one in measured), sum(len(one.noticed) for one in measured)
    screen.print(screen.say(
        f"  公式改错 {total} 处，例子发现 {noticed} 处，没有发现的：",
        f"  {total} mistakes put into formulas, {noticed} noticed by examples; not noticed:",
    ) if noticed < total else screen.say(
        f"  公式改错 {total} 处，例子全都发现。", f"  {total} mistakes put into formulas, all noticed by examples."
    ))  # fmt: skip
    column = max((width(one.rule.id) for one in measured), default=0)
    for one in measured:
        for mutant in one.missed:
            screen.print(f"  {pad(one.rule.id, column)}  {pad(mutant.kind, 8)}  {mutant.said}")
