"""Templates of texts that are written from the tables: ``drafts/NAME.yaml`` of a pack, merged along ``extends``.

A sentence holds marks in braces: ``{名}`` a figure or a word, ``{甲 比上年}`` its change, ``{甲 占 乙}`` and
``{甲 完成 乙}`` a share, ``{各项 占 乙}`` and ``{各项 各名}`` a list; ``{、甲 各名}`` writes the sign only before
a list that is not empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from gouji.errors import GoujiError, PackError, Problem
from gouji.language.ast import Reference
from gouji.packs.locations import DRAFTS_FOLDER, find_pack, read_lineage
from gouji.packs.merging import merged
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import ListNode, MapNode, Node, ScalarNode, read_yaml

DRAFTS = ("情况说明",)
"""The texts there are templates for."""
WORDS = ("单位", "年度", "上年")
MEMBER_WORDS = ("序", "类", "款", "项", "名", "数")
CLAUSES = {
    "增加": ("上年", "差", "率"), "减少": ("上年", "差", "率"), "新增": ("上年", "差"), "持平": ("上年",),
    "未知": ("上年",), "完成": ("率",), "无预算": (), "各项": ("名", "数", "率"), "各名": ("名",), "无": (),
    "缺": ("名",),
}  # fmt: skip
"""The clauses a template words, with the words each may use."""
MARK = re.compile(
    r"\{(?P<lead>[、，；]?)(?P<name>[^\s{}、，；]+)(?:\s+(?P<how>比上年|占|完成|各名)(?:\s+(?P<other>[^\s{}]+))?)?\}"
)
_BRACED = re.compile(r"\{[^{}]*\}?")


class Heading(NamedTuple):
    """A heading with its outline level from 1."""

    text: str
    level: int


class Say(NamedTuple):
    """A paragraph."""

    text: str


class Either(NamedTuple):
    """Items for when some of the figures is printed and not zero (``甲=乙``: both print the same), and else."""

    names: tuple[str, ...]
    then: tuple[Item, ...]
    otherwise: tuple[Item, ...]


class Each(NamedTuple):
    """Paragraphs for every figure of a set that is not zero."""

    name: str
    says: tuple[str, ...]


Item: TypeAlias = Heading | Say | Either | Each


@dataclass(frozen=True, slots=True)
class DraftTemplate:
    """A text to be written. ``places``: decimals of percentages; ``figures`` are references of the rule language."""

    title: str
    places: int
    figures: Mapping[str, Reference]
    clauses: Mapping[str, str]
    outline: tuple[Item, ...]


def load_draft(pack: str | Path, name: str = "情况说明") -> DraftTemplate:
    """The template ``name`` of a pack and of those it extends.

    ``PackError`` with every problem of its files, ``GoujiError`` when there is none.
    """
    problems: list[Problem] = []
    node: MapNode | None = None
    for files in read_lineage(find_pack(pack)):
        path = files.folder / DRAFTS_FOLDER / f"{name}.yaml"
        for stray in sorted(path.parent.glob("*.y*ml")):
            if stray.stem not in DRAFTS or stray.suffix != ".yaml":
                shown = files.shown(f"{DRAFTS_FOLDER}/{stray.name}")
                listed = f"{'、'.join(DRAFTS)}.yaml"
                problems.append(Problem(shown, 1, 1, f"这个文件不会读：{DRAFTS_FOLDER} 里是 {listed}",
                                        f"this file is not read: {DRAFTS_FOLDER} holds {listed}"))  # fmt: skip
        if path.is_file():
            own = read_yaml(path.read_bytes(), files.shown(f"{DRAFTS_FOLDER}/{path.name}"), problems)
            node = merged(node, own, problems) if own else node
    if node is None and not problems:
        raise GoujiError(
            f"规则包 {pack} 没有 {DRAFTS_FOLDER}/{name}.yaml，不能起草。",
            f"The pack {pack} has no {DRAFTS_FOLDER}/{name}.yaml to write a draft from.",
        )
    found = _Template(Reader(problems)).read(node) if node else None
    if problems or found is None:
        raise PackError(problems)
    return found


class _Template:
    """Reads the nodes of a template; problems go to the reader."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.figures: dict[str, Reference] = {}

    def read(self, node: MapNode) -> DraftTemplate:
        """The template."""
        self.reader.known_keys(node, ("draft", "title", "places", "figures", "clauses", "outline"))
        self.figures = dict(self._figures(node.get("figures")))
        clauses = dict(self._clauses(node))
        outline = node.get("outline")
        items = outline.items if isinstance(outline, ListNode) else ()
        title = self._sentence(self.reader.required(node, "title"), WORDS)
        places = self.reader.whole(node.get("places"))
        return DraftTemplate(title, 2 if places is None else places, self.figures, clauses, self._items(items))

    def _figures(self, node: Node | None) -> Iterator[tuple[str, Reference]]:
        from gouji.language.errors import FormulaError
        from gouji.language.parse import parse_formula

        listed = self.reader.mapping(node)
        for name, entry in listed.entries.items() if listed else ():
            try:
                found = parse_formula(self.reader.text(entry.value))
            except FormulaError as fault:
                self.reader.problem(entry.value, fault.chinese, fault.english, fault.column - 1)
                continue
            if isinstance(found, Reference) and found.table:
                yield name, found
            else:
                self.reader.problem(
                    entry.value, "这里应是一个带表名的引用，如 总表[收入/总计]", "expected a reference with its table"
                )

    def _clauses(self, node: MapNode) -> Iterator[tuple[str, str]]:
        listed = self.reader.mapping(self.reader.required(node, "clauses"))
        if listed is None:
            return
        self.reader.known_keys(listed, CLAUSES)
        for name, words in CLAUSES.items():
            yield name, self._sentence(self.reader.required(listed, name), words)

    def _items(self, nodes: tuple[Node, ...]) -> tuple[Item, ...]:
        return tuple(item for node in nodes if (item := self._item(node)) is not None)

    def _item(self, node: Node) -> Item | None:
        if isinstance(node, ScalarNode):
            return Say(self._sentence(node, WORDS))
        if not isinstance(node, MapNode):
            self.reader.problem(node, "这里应是一句话，或 heading、if、each", "expected a text, heading, if or each")
            return None
        if node.get("heading"):
            self.reader.known_keys(node, ("heading", "level"))
            level = self.reader.whole(node.get("level"))
            return Heading(self._sentence(node.get("heading"), WORDS), level or 1)
        if node.get("each"):
            self.reader.known_keys(node, ("each", "say"))
            says = self.reader.scalars(node.get("say"))
            return Each(self._name(node.get("each")), tuple(self._sentence(s, WORDS + MEMBER_WORDS) for s in says))
        self.reader.known_keys(node, ("if", "then", "else"))
        names = self.reader.text(self.reader.required(node, "if")).split()
        for name in (part for each in names for part in each.split("=")):
            self._known(node, name, ())
        return Either(tuple(names), self._listed(node, "then"), self._listed(node, "else"))

    def _listed(self, node: MapNode, key: str) -> tuple[Item, ...]:
        value = node.get(key)
        return self._items(value.items if isinstance(value, ListNode) else (value,) if value else ())

    def _name(self, node: Node | None) -> str:
        name = self.reader.text(node)
        if node is not None:
            self._known(node, name, ())
        return name

    def _sentence(self, node: Node | None, words: tuple[str, ...]) -> str:
        """A text whose marks are all understood."""
        text = self.reader.text(node)
        for braced in _BRACED.finditer(text) if node is not None else ():
            mark = MARK.fullmatch(braced[0])
            if mark is None or ((mark["how"] in ("占", "完成")) != (mark["other"] is not None)):
                assert node is not None
                ways = "{名} {甲 比上年} {甲 占 乙} {甲 完成 乙} {各项 各名}"
                self.reader.problem(
                    node, f"看不懂 {braced[0]}，可以写：{ways}", f"cannot read {braced[0]}; one writes {ways}"
                )
                continue
            for name in filter(None, (mark["name"], mark["other"])):
                self._known(node, name, words)
        return text

    def _known(self, node: Node | None, name: str, words: tuple[str, ...]) -> None:
        if node is None or name in words or name in self.figures:
            return
        from gouji.language.spelling import nearest

        guess = nearest(name, (*words, *self.figures))
        meant = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("", "")
        self.reader.problem(node, f"figures 里没有 {name}{meant[0]}", f"figures has no {name}{meant[1]}")
