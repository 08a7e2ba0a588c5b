"""All pages of one or several packs: each pack's own, its rules, its tables, and what the program itself finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.manual.rule_page import rule_page
from gouji.manual.shelf import Shelf, cell_text, link, plain
from gouji.manual.table_page import table_page
from gouji.packs.model import Pack, Rule, Severity
from gouji.report.builtin import builtin_rules
from gouji.report.words import SEVERITIES, severity_word

BUILTIN = "builtin.md"
INDEX = "index.md"


def pages_of(packs: Sequence[Pack], figures: str = "") -> Mapping[str, str]:
    """Markdown pages by path. Several packs (ancestors first) get a folder each, and ``index.md`` lists all rules.

    ``figures``: the path of a page on rounding that pages may lead to.
    """
    shelf = Shelf(packs, figures)
    found = {BUILTIN: _builtin()}
    if len(packs) > 1:
        found[INDEX] = _all_packs(shelf)
    for pack in packs:
        found[shelf.pack_page(pack)] = _pack_page(shelf, pack)
        found.update(_rules_and_tables(shelf, pack))
    return found


def _rules_and_tables(shelf: Shelf, pack: Pack) -> Iterator[tuple[str, str]]:
    for rule in pack.rules:
        if shelf.writes_rule(pack, rule):
            yield shelf.rule_page(pack, rule), rule_page(shelf, pack, rule)
    for name, table in pack.tables.items():
        if shelf.writes_table(pack, name):
            yield shelf.table_page(pack, name), table_page(shelf, pack, table)


def _builtin() -> str:
    lines = ["# 程序自带的核对\n", "不写在规则包里，哪个规则包都有。\n"]
    for rule_id, (name, _, text, _) in builtin_rules().items():
        lines.append(f"## {plain(rule_id)} {plain(name)}\n\n{plain(text)}\n")
    return "\n".join(lines)


def _pack_page(shelf: Shelf, pack: Pack) -> str:
    page = shelf.pack_page(pack)
    return "\n".join([
        f"# {plain(pack.id)}\n\n{plain(pack.title)}\n",
        *_about(shelf, pack),
        *_tables(shelf, pack),
        *_by_table(shelf, pack, page),
        *_by_severity(shelf, [(pack, rule) for rule in pack.rules], page),
    ]).rstrip() + "\n"


def _about(shelf: Shelf, pack: Pack) -> Iterator[str]:
    page = shelf.pack_page(pack)
    above = [
        link(name, shelf.pack_page(shelf.by_id[name]), page) if name in shelf.by_id else plain(name)
        for name in pack.lineage[:-1]
    ]
    if above:
        yield f"- 继承：{' → '.join(above)} → {plain(pack.id)}"
    if pack.year is not None:
        yield f"- 年度：{pack.year}"
    if pack.area:
        yield f"- 用于：{'、'.join(plain(area) for area in pack.area)}"
    blank = {"零": "当作零", "无": "不核对", "缺": "报告未应用"}[pack.blank]
    yield f"- 金额单位没有印时按{pack.unit}；印出的数{pack.rounding}；金额格空着{blank}"
    changed = [rule for rule in pack.rules if rule.overrides]
    if changed:
        said = "、".join(link(rule.id, shelf.rule_page(pack, rule), page) for rule in changed)
        yield f"- 改动过的规则：{said}"
    yield f"- {len(pack.tables)} 张表，{len(pack.rules)} 条规则，另有{link('程序自带的核对', BUILTIN, page)}\n"


def _tables(shelf: Shelf, pack: Pack) -> Iterator[str]:
    page = shelf.pack_page(pack)
    yield "## 表\n\n| 规则里的名字 | 标题 | 见过印出来的 | 读它的规则 |\n|---|---|---|---:|"
    for name, table in pack.tables.items():
        count = len(list(shelf.readers(pack, name)))
        yield (
            f"| {link(name, shelf.table_page(pack, name), page)} | {cell_text(table.title)} "
            f"| {'是' if table.confirmed else '否，推测的'} | {count} |"
        )
    yield ""


def _by_table(shelf: Shelf, pack: Pack, page: str) -> Iterator[str]:
    """The rules under the form they stand on first."""
    yield "## 规则，按表\n"
    for name, table in pack.tables.items():
        rules = [rule for rule in pack.rules if name in rule.tables]
        if rules:
            yield f"### {plain(table.title)}\n"
            yield from _list(shelf, [(pack, rule) for rule in rules], page)


def _by_severity(shelf: Shelf, rules: Sequence[tuple[Pack, Rule]], page: str) -> Iterator[str]:
    yield "## 规则，按级别\n"
    for severity in SEVERITIES:
        chosen = [(pack, rule) for pack, rule in rules if rule.severity == severity]
        if chosen:
            yield f"### {severity_word(severity, 'zh')}\n"
            yield from _list(shelf, chosen, page)


def _list(shelf: Shelf, rules: Sequence[tuple[Pack, Rule]], page: str) -> Iterator[str]:
    yield "| 编号 | 关系 | 级别 |\n|---|---|---|"
    for pack, rule in rules:
        at = link(rule.id, shelf.rule_page(pack, rule), page)
        yield f"| {at} | {cell_text(rule.name)} | {_level(rule.severity)} |"
    yield ""


def _level(severity: Severity) -> str:
    return severity_word(severity, "zh")


def _all_packs(shelf: Shelf) -> str:
    """The rules of all packs by pack, form and severity, each once: in the pack that writes it."""
    own = [(pack, rule) for pack in shelf.packs for rule in pack.rules if shelf.writes_rule(pack, rule)]
    lines = ["# 全部规则\n", "## 规则包\n", "| 规则包 | 名称 | 继承 | 规则 |\n|---|---|---|---:|"]
    for pack in shelf.packs:
        above = shelf.above(pack)
        lines.append(
            f"| {link(pack.id, shelf.pack_page(pack), INDEX)} | {cell_text(pack.title)} "
            f"| {above.id if above else ''} | {len(pack.rules)} |"
        )
    lines += ["", f"另有{link('程序自带的核对', BUILTIN, INDEX)}。\n", "## 规则，按表\n"]
    for title, rules in _grouped_by_table(shelf, own).items():
        lines += [f"### {plain(title)}\n", *_list_of_packs(shelf, rules)]
    lines += _by_severity(shelf, own, INDEX)
    lines.append("## 规则，按规则包\n")
    for pack in shelf.packs:
        rules = [(other, rule) for other, rule in own if other is pack]
        if rules:
            lines += [f"### {plain(pack.id)}\n", *_list(shelf, rules, INDEX)]
    return "\n".join(lines).rstrip() + "\n"


def _grouped_by_table(shelf: Shelf, rules: Sequence[tuple[Pack, Rule]]) -> Mapping[str, list[tuple[Pack, Rule]]]:
    """By the form's name in rules, shown with the title it has in the first pack."""
    titles: dict[str, str] = {}
    for pack in shelf.packs:
        for name, table in pack.tables.items():
            titles.setdefault(name, table.title)
    found: dict[str, list[tuple[Pack, Rule]]] = {title: [] for title in titles.values()}
    for pack, rule in rules:
        for name in rule.tables:
            found.setdefault(titles.get(name, name), []).append((pack, rule))
    return {title: listed for title, listed in found.items() if listed}


def _list_of_packs(shelf: Shelf, rules: Sequence[tuple[Pack, Rule]]) -> Iterator[str]:
    yield "| 编号 | 关系 | 级别 | 规则包 |\n|---|---|---|---|"
    for pack, rule in rules:
        at = link(rule.id, shelf.rule_page(pack, rule), INDEX)
        yield f"| {at} | {cell_text(rule.name)} | {_level(rule.severity)} | {pack.id} |"
    yield ""
