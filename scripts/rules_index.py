"""``python -m scripts.rules_index``: writes what the docs say of packs from the packs, so that it never disagrees.

``docs/rules-index.md`` lists the rules, ``docs/rules.md`` the keys of pack files, ``docs/schema`` their JSON Schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scripts import rules_keys

from gouji.packs import available_packs, load_pack, schema
from gouji.packs.keys import FILES
from gouji.packs.model import Pack, Rule
from gouji.report.builtin import builtin_rules
from gouji.report.words import severity_word

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules-index.md"
SCHEMAS = PAGE.with_name("schema")
_OPENING = """# 规则一览

本页由 `python -m scripts.rules_index` 从规则包生成，请不要手改；改规则请改 `rules/` 里的 YAML。
`gouji explain 编号` 另给出每条规则的例子（通过、舍入、不通过）。规则怎么写见 [rules.md](rules.md)。
"""


def page() -> str:
    """The whole page: the program's own findings, then every pack, a rule under the pack that writes it."""
    return "\n".join([_OPENING, *_builtin(), *(line for pack in _packs() for line in _pack(pack))]).rstrip() + "\n"


def _packs() -> list[Pack]:
    """Ancestors before those that extend them."""
    return sorted((load_pack(each) for each in available_packs()), key=lambda pack: (len(pack.lineage), pack.id))


def _builtin() -> Iterator[str]:
    yield "## 程序自带\n"
    for rule_id, (name, _, text, _) in builtin_rules().items():
        yield f"### {rule_id} {name}\n\n{text}\n"


def _pack(pack: Pack) -> Iterator[str]:
    yield f"## {pack.id}：{pack.title}\n"
    if len(pack.lineage) > 1:
        yield f"继承 `{pack.lineage[-2]}`，只列本包新写或改动的规则。\n"
    for rule in pack.rules:
        if rule.origin.pack == pack.id or any(pack.id in change for change in rule.overrides):
            yield from _rule(pack, rule)


def _rule(pack: Pack, rule: Rule) -> Iterator[str]:
    titles = dict.fromkeys(pack.tables[table].title if table in pack.tables else table for table in rule.tables)
    yield f"### {rule.id} {rule.name}\n"
    yield f"{severity_word(rule.severity, 'zh')} · {'、'.join(titles)}\n"
    yield "```"
    if rule.places:
        yield f"for: {rule.places.text}"
    for each in rule.excepts:
        yield f"except: {each.text}"
    if rule.when:
        yield f"when: {rule.when.text}"
    for check in rule.checks:
        yield f"check: {check.text}"
    yield "```\n"
    for change in rule.overrides:
        yield f"改动：{change}\n"
    yield f"依据：{rule.basis}\n"


def main() -> None:
    """Write all of it."""
    PAGE.write_text(page(), "utf-8", newline="\n")
    keys = rules_keys.PAGE
    keys.write_text(rules_keys.with_tables(keys.read_text("utf-8")), "utf-8", newline="\n")
    for kind in FILES:
        (SCHEMAS / schema.file_name(kind)).write_text(schema.text(kind), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
