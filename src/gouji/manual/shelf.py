"""Which pages there are, in whose folder each stands, and how one leads to another."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gouji.language.ast import Expression, Reference
from gouji.language.walking import parts
from gouji.packs.model import Pack, Rule

_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")
_IN_LINKS = re.compile(r"[\s()<>%?#]")


def plain(text: str) -> str:
    """A text as Markdown shows it: nothing in it is a mark."""
    return _SIGNS.sub(r"\\\1", text)


def cell_text(text: str) -> str:
    """A text within a table, unmarked."""
    return plain(text).replace("\n", "<br>")


def code(text: str) -> str:
    """A word of the rule language, also within a table."""
    return f"`{text}`" if "|" not in text else f"<code>{text.replace('|', '&#124;')}</code>"


@dataclass(frozen=True)
class Shelf:
    """The packs that get pages, ancestors first; ``titles`` names the general pages that these may lead to.

    A rule or table has its page in the pack that writes or changes it; of several packs on one shelf those that only
    inherit it lead there. ``figures`` is the path of the page on rounding, "" where there is none.
    """

    packs: Sequence[Pack]
    figures: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Pack]:
        """The packs by id."""
        return {pack.id: pack for pack in self.packs}

    def above(self, pack: Pack) -> Pack | None:
        """The nearest pack on the shelf that it extends."""
        return next((self.by_id[name] for name in reversed(pack.lineage[:-1]) if name in self.by_id), None)

    def writes_rule(self, pack: Pack, rule: Rule) -> bool:
        """Whether the rule's page is this pack's own."""
        above = self.above(pack)
        return above is None or rule not in above.rules

    def writes_table(self, pack: Pack, table: str) -> bool:
        """Whether the table's page is this pack's own."""
        above = self.above(pack)
        return above is None or above.tables.get(table) != pack.tables[table]

    def rule_page(self, pack: Pack, rule: Rule) -> str:
        """The path of the page of a rule as ``pack`` has it."""
        return f"{self._home(pack, lambda one: self.writes_rule(one, rule))}rules/{rule.id}.md"

    def table_page(self, pack: Pack, table: str) -> str:
        """The path of the page of a table as ``pack`` has it."""
        return f"{self._home(pack, lambda one: self.writes_table(one, table))}tables/{table}.md"

    def pack_page(self, pack: Pack) -> str:
        """The path of a pack's own page."""
        return f"{self.folder(pack)}index.md"

    def folder(self, pack: Pack) -> str:
        """Where a pack's pages stand: alone on the shelf at its top."""
        return f"{pack.id}/" if len(self.packs) > 1 else ""

    def _home(self, pack: Pack, writes: Callable[[Pack], bool]) -> str:
        while not writes(pack):
            above = self.above(pack)
            assert above is not None  # the first of a line writes everything it has
            pack = above
        return self.folder(pack)

    def other_rules(self, pack: Pack, rule: Rule) -> Iterator[tuple[Pack, Rule]]:
        """Rules of the same id that other packs of the shelf write otherwise."""
        own = self.rule_page(pack, rule)
        for other in self.packs:
            for each in other.rules:
                if each.id == rule.id and self.writes_rule(other, each) and self.rule_page(other, each) != own:
                    yield other, each

    def readers(self, pack: Pack, table: str) -> Iterator[tuple[Pack, Rule]]:
        """Every rule that reads a figure of the table as it stands on this page, each once."""
        page, seen = self.table_page(pack, table), set()
        for other in self.packs:
            if table not in other.tables or self.table_page(other, table) != page:
                continue
            for rule in other.rules:
                if table in tables_read(rule) and (path := self.rule_page(other, rule)) not in seen:
                    seen.add(path)
                    yield other, rule


def link(text: str, target: str, page: str) -> str:
    """A link from ``page`` to ``target``, both paths from the top."""
    path, mark, anchor = target.partition("#")
    way = posixpath.relpath(path, posixpath.dirname(page) or ".")
    quoted = _IN_LINKS.sub(lambda match: f"%{ord(match[0]):02X}", way)
    return f"[{plain(text)}]({quoted}{mark}{anchor})"


def expressions(rule: Rule) -> Iterator[Expression]:
    """All formulas of a rule: its checks, then its condition."""
    return (formula.expression for formula in rule.formulas)


def tables_read(rule: Rule) -> list[str]:
    """The names of the tables whose figures a rule reads, those it stands on first."""
    named = (part.table for one in expressions(rule) for part in parts(one) if isinstance(part, Reference))
    return list(dict.fromkeys([*rule.tables, *(name for name in named if name)]))
