"""Text tables out of merged nodes: the schema of ``texts/*.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gouji.labels import squeezed
from gouji.packs.keys import TEXT, TEXT_COLUMN, TEXT_ROW
from gouji.packs.merging import merged, without
from gouji.packs.table_source import TableContext, read_table
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import Entry, MapNode, Node, ScalarNode
from gouji.tables.definition import CodeList, SectionDefinition, TableDefinition, Wording

MOST_PHRASES = 500
"""How many ways of saying it one text may stand for."""
_OWN = ("says", "within", "takes", "names")


def read_texts(
    reader: Reader, nodes: Mapping[str, MapNode], codes: Mapping[str, CodeList], tables: Mapping[str, TableDefinition]
) -> dict[str, TableDefinition]:
    """The text tables, by name; a text without rows only says what words mean."""
    found: dict[str, TableDefinition] = {}
    for name, node in nodes.items():
        reader.known_keys(node, TEXT.names)
        if "rows" not in node.entries:
            continue
        if name in tables:
            reader.problem(node, f"{name} 已是一张表的名字", f"{name} is the name of a table already")
            continue
        whole = _like(reader, name, node, nodes)
        found[name] = _text_table(reader, name, whole, TableContext("无", {}, codes))
    return found


def read_words(reader: Reader, nodes: Mapping[str, MapNode]) -> dict[str, tuple[str, ...]]:
    """What words mean, of all texts together."""
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes.values():
        words = reader.mapping(node.get("words"))
        for meaning, entry in (words.entries if words else {}).items():
            found[meaning] = (*found.get(meaning, ()), *_phrases(reader, entry.value))
    return found


def _like(reader: Reader, name: str, node: MapNode, nodes: Mapping[str, MapNode]) -> MapNode:
    """The text with the columns of the one it is like."""
    other = reader.text(node.get("like"))
    if not other:
        return node
    columns = nodes[other].get("columns") if other in nodes and other != name else None
    if not isinstance(columns, MapNode):
        reader.problem(node.get("like") or node, f"没有文字表 {other}", f"there is no text {other}")
        return node
    own = reader.mapping(node.get("columns"))
    both = merged(columns, own, reader.problems) if own else columns
    key = ScalarNode(node.file, node.line, node.column, "columns", plain=True)
    return MapNode(node.file, node.line, node.column, {**node.entries, "columns": Entry(key, both)})


def _text_table(reader: Reader, name: str, node: MapNode, context: TableContext) -> TableDefinition:
    own, wording = _without_wording(reader, without(node, "text", "like", "words"))
    title = ScalarNode(node.file, node.line, node.column, name, plain=True)
    own.entries.setdefault("title", Entry(title, title))
    table = read_table(reader, name, own, context)
    sections = tuple(map(_never_missing, table.sections))
    return replace(table, sections=sections, absent="无", wording=wording)


def _never_missing(section: SectionDefinition) -> SectionDefinition:
    """A text says what it says: what it does not say makes no rule inapplicable."""
    return replace(
        section,
        columns=tuple(replace(column, absent="无", blank="无") for column in section.columns),
        rows=tuple(replace(row, absent="无") for row in section.rows),
    )


def _without_wording(reader: Reader, node: MapNode) -> tuple[MapNode, Wording]:
    """The text as the table it is, and how sentences name its rows and columns."""
    entries = dict(node.entries)
    said: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
    within: list[tuple[str, str, tuple[str, ...]]] = []
    for axis, keys in (("columns", TEXT_COLUMN), ("rows", TEXT_ROW)):
        part = reader.mapping(node.get(axis))
        if part is None:
            continue
        kept: dict[str, Entry] = {}
        for name, entry in part.entries.items():
            own = reader.mapping(entry.value) or MapNode(part.file, part.line, part.column, {})
            reader.known_keys(own, keys.names)
            texts_of = {key: reader.texts(own.get(key)) for key in ("takes", "names")}
            for key, texts in {"says": _phrases(reader, own.get("says")), **texts_of}.items():
                if texts:
                    said.setdefault((axis, key), {})[name] = texts
            headings = reader.mapping(own.get("within"))
            for words, phrases in (headings.entries if headings else {}).items():
                within.append((squeezed(words), name, _phrases(reader, phrases.value)))
            kept[name] = Entry(entry.key, without(own, *_OWN))
        entries[axis] = Entry(entries[axis].key, MapNode(part.file, part.line, part.column, kept))
    wording = Wording(
        said.get(("rows", "says"), {}), said.get(("columns", "says"), {}),
        tuple(within), said.get(("columns", "takes"), {}), said.get(("rows", "names"), {}),
    )
    return MapNode(node.file, node.line, node.column, entries), wording


def _phrases(reader: Reader, node: Node | None) -> tuple[str, ...]:
    """Every way of saying it: the alternatives in braces written out, squeezed."""
    found: dict[str, None] = {}
    for scalar in reader.scalars(node):
        ways = ways_of(scalar.text)
        if ways is None:
            reader.problem(
                scalar,
                f"{{甲|乙}} 要成对、不套叠，展开不超过 {MOST_PHRASES} 种",
                f"{{a|b}}: braces in pairs, not nested, at most {MOST_PHRASES} ways together",
            )
            continue
        found.update(dict.fromkeys(way for way in map(squeezed, ways) if way))
    return tuple(found)


def ways_of(text: str) -> list[str] | None:
    """``{本年|}收入`` → ``本年收入``, ``收入``; ``None`` where braces do not match or there are too many ways."""
    ways = [""]
    for choices in _pieces(text):
        if choices is None or len(ways) * len(choices) > MOST_PHRASES:
            return None
        ways = [way + choice for way in ways for choice in choices]
    return ways


def _pieces(text: str) -> Iterator[list[str] | None]:
    """Literal text and alternatives, one after another; ``None`` for a brace without its other."""
    rest = text
    while rest:
        literal, brace, rest = rest.partition("{")
        if "}" in literal:
            yield None
        yield [literal]
        if brace:
            inside, closing, rest = rest.partition("}")
            yield inside.split("|") if closing and "{" not in inside else None
