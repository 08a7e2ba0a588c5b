"""``gouji explain``: what a rule does, its relation, basis, severity and examples."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from gouji.cli import exits
from gouji.cli.commands import Explain
from gouji.cli.screen import Screen
from gouji.errors import GoujiError
from gouji.packs.model import OUTCOMES, Case, Pack, Rule
from gouji.report.layout import aligned, pad, width, wrap
from gouji.report.words import listed, severity_word

Builtin: TypeAlias = tuple[str, str, str, str]
"""Name and text of a finding of the program itself: Chinese name, English name, Chinese text, English text."""
_COLUMNS = 100


class _Part(NamedTuple):
    """A heading and its lines."""

    heading: tuple[str, str]
    lines: tuple[str, ...]


def run(command: Explain, screen: Screen) -> int:
    """Print the explanation. ``GoujiError`` for a rule that no pack has."""
    from gouji.report.builtin import builtin_rules

    builtin = builtin_rules()
    wanted = command.rule.upper()
    own = next((name for name in builtin if name.upper() == wanted), None)
    if own is not None and command.pack is None:
        _print_builtin(own, builtin[own], screen)
        return exits.CLEAN
    packs = _packs(command.pack)
    found = [(pack, rule) for pack in packs for rule in pack.rules if rule.id.upper() == wanted]
    if not found:
        raise _unknown(command, [*(rule.id for pack in packs for rule in pack.rules), *builtin])
    pack, rule = found[0]
    _print_rule(pack, rule, screen)
    others = [each.id for each, other in found[1:] if other.origin != rule.origin]
    if others:
        names = listed(others, screen.language)
        screen.print(screen.say(f"\n{names} 另有规定：加 --pack 查看", f"\nOtherwise in {names}: see with --pack"))
    return exits.CLEAN


def _packs(wanted: str | None) -> list[Pack]:
    """The pack asked for; else all, ancestors before those that extend them."""
    from gouji.packs import available_packs, load_pack  # not for the program's own rules

    if wanted is not None:
        return [load_pack(wanted)]
    return sorted((load_pack(each) for each in available_packs()), key=lambda pack: (len(pack.lineage), pack.id))


def _unknown(command: Explain, known: list[str]) -> GoujiError:
    near = difflib.get_close_matches(command.rule.upper(), dict.fromkeys(known), 3)
    hint_zh = f"，相近的有 {'、'.join(near)}" if near else ""
    hint_en = f", near: {', '.join(near)}" if near else ""
    where_zh, where_en = (f"规则包 {command.pack} 里", f" in pack {command.pack}") if command.pack else ("", "")
    return GoujiError(
        f"{where_zh}没有规则 {command.rule}{hint_zh}。gouji rules list 列出全部。",
        f"No rule {command.rule}{where_en}{hint_en}. gouji rules list shows all.",
    )


def _print_builtin(rule_id: str, texts: Builtin, screen: Screen) -> None:
    screen.print(f"{rule_id}  {screen.say(texts[0], texts[1])}")
    screen.print()
    for line in wrap(screen.say(texts[2], texts[3]), _COLUMNS):
        screen.print(line)


def _print_rule(pack: Pack, rule: Rule, screen: Screen) -> None:
    screen.print(f"{rule.id}  {rule.name}")
    screen.print()
    parts = [part for part in _parts(pack, rule, screen) if part.lines]
    column = max(width(screen.say(*part.heading)) for part in parts) + 2
    for part in parts:
        heading = screen.say(*part.heading)
        for line in (each for given in part.lines for each in wrap(given, _COLUMNS - column)):
            screen.print(f"{pad(heading, column)}{line}".rstrip())
            heading = ""
    for line in _examples(rule, screen):
        screen.print(line)


def _parts(pack: Pack, rule: Rule, screen: Screen) -> Iterator[_Part]:
    titles = [pack.tables[table].title if table in pack.tables else table for table in rule.tables]
    tables = listed(dict.fromkeys(titles), screen.language)
    yield _Part(
        ("做什么", "What it does"), (screen.say(f"在{tables}上核对：{rule.name}", f"On {tables}: {rule.name}"),)
    )
    yield _Part(("关系", "Relation"), tuple(check.text for check in rule.checks))
    yield _Part(("范围", "For"), (rule.places.text,) if rule.places else ())
    yield _Part(("除外", "Except"), tuple(each.text for each in rule.excepts))
    yield _Part(("条件", "When"), (rule.when.text,) if rule.when else ())
    yield _Part(("依据", "Basis"), (rule.basis,))
    yield _Part(("级别", "Severity"), (severity_word(rule.severity, screen.language),))
    yield _Part(("年度", "Years"), _years(rule))
    yield _Part(("常见原因", "Causes"), tuple(f"{cause.say}（{cause.condition.text}）" for cause in rule.causes))
    yield _Part(("修正建议", "Advice"), (rule.advice,) if rule.advice else ())
    yield _Part(("改动", "Changes"), rule.overrides)
    origin = rule.origin
    yield _Part(("出处", "Written in"), (f"{origin.pack} {origin.file}:{origin.line}",) if origin.file else ())


def _years(rule: Rule) -> tuple[str, ...]:
    if rule.since is None and rule.until is None:
        return ()
    return (f"{'' if rule.since is None else rule.since}–{'' if rule.until is None else rule.until}",)


def _examples(rule: Rule, screen: Screen) -> Iterator[str]:
    if not rule.cases:
        return
    yield ""
    yield screen.say("例", "Examples")
    words = max(width(screen.say(*pair)) for pair in OUTCOMES.values())
    places = min(60, max(width(cell.text) for case in rule.cases for cell in case.cells))
    for case in rule.cases:
        yield from _example(case, pad(screen.say(*OUTCOMES[case.outcome]), words), places)


def _example(case: Case, word: str, places: int) -> Iterator[str]:
    for cell, printed in zip(case.cells, aligned([cell.printed for cell in case.cells]), strict=True):
        yield f"  {word}  {pad(cell.text, places)}  {printed}".rstrip()
        word = " " * width(word)
