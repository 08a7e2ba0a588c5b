"""Table definitions out of merged nodes: the schema of ``tables/*.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast, get_args

from gouji.language.spelling import nearest
from gouji.packs.axis_source import read_columns, read_rows
from gouji.packs.keys import FIELD, SECTION, TABLE, UNIT_WORDS
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import ListNode, MapNode, Node, ScalarNode
from gouji.tables.definition import (
    Absent,
    Blank,
    CodeList,
    FieldDefinition,
    FigureType,
    SectionDefinition,
    TableDefinition,
)


class TableContext(NamedTuple):
    """What a table takes from its pack: the blank word of amounts, fields of every table, code lists, all tables."""

    blank: Blank
    fields: Mapping[str, MapNode]
    codes: Mapping[str, CodeList]
    tables: tuple[str, ...] = ()


def read_table(reader: Reader, name: str, node: MapNode, context: TableContext) -> TableDefinition:
    """The definition ``node`` writes; problems go to the reader."""
    reader.known_keys(node, TABLE.names)
    titles = reader.texts(reader.required(node, "title", _without_title(name, node, context)))
    fields = _fields(reader, node, context)
    many = reader.text(node.get("many")) or None
    if many and many not in {field.name for field in fields}:
        reader.problem(
            node.get("many") or node,
            f"many 指的 {many} 不在 fields 里", f"many names {many}, which is no field",
        )
    return TableDefinition(
        name=name,
        titles=titles,
        sections=_sections(reader, node, context),
        fields=fields,
        many=many,
        confirmed=reader.flag(node.get("confirmed"), default=True),
        absent=cast(Absent, reader.word(node.get("absent"), ("缺", "零", "无"), "缺")),
        lanes_repeat=reader.word(node.get("lanes"), ("重复",), "") == "重复",
        axes_any=reader.word(node.get("axes"), ("任意",), "") == "任意",
        print=cast("Mapping[str, Any]", plain(reader.mapping(node.get("print"))) or {}),
    )


def _without_title(name: str, node: MapNode, context: TableContext) -> tuple[str, str]:
    """What a missing title means: most often the name of an inherited table that is spelled otherwise."""
    others = [other for other in context.tables if other != name]
    if "columns" in node.entries or not others:
        return "（表的标题）", " (the printed title)"
    guess = nearest(name, others)
    meant = f"是 {guess} 吗？" if guess else f"有 {'、'.join(others)}"
    return (
        f"（表的标题）：要改上级的表，table 写它的名字，{meant}",
        f" (the printed title): to change an inherited table give its name, {guess or ', '.join(others)}",
    )


def plain(node: Node | None) -> dict[str, Any] | list[Any] | str | None:
    """A node as dicts, lists and texts."""
    match node:
        case ScalarNode(text=text):
            return text
        case ListNode(items=items):
            return [plain(item) for item in items]
        case MapNode(entries=entries):
            return {name: plain(entry.value) for name, entry in entries.items()}
        case _:
            return None


def _fields(reader: Reader, node: MapNode, context: TableContext) -> tuple[FieldDefinition, ...]:
    own = reader.mapping(node.get("fields"))
    nodes = dict(context.fields)
    for name, entry in (own.entries if own else {}).items():
        mapping = reader.mapping(entry.value)
        if mapping is not None:
            nodes[name] = mapping
    return tuple(_field(reader, name, mapping) for name, mapping in nodes.items())


def _field(reader: Reader, name: str, node: MapNode) -> FieldDefinition:
    reader.known_keys(node, FIELD.names)
    find = reader.text(node.get("find")) or None
    if find and f"{{{name}}}" not in find:
        reader.problem(
            node.get("find") or node, f"find 里要有 {{{name}}}", f"find should contain {{{name}}}"
        )
    return FieldDefinition(
        name=name,
        type=cast(FigureType, reader.word(node.get("type"), get_args(FigureType), "文字")),
        labels=with_name(reader.texts(node.get("label")), name),
        find=find,
    )


def with_name(labels: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Printed variants, the name always among them."""
    return labels if name in labels else (*labels, name)


def _sections(reader: Reader, node: MapNode, context: TableContext) -> tuple[SectionDefinition, ...]:
    sections = reader.mapping(node.get("sections"))
    if sections is None:
        return (_section(reader, "", node, context),)
    named_zh, named_en = "、".join(sections.entries), ", ".join(sections.entries)
    for key in ("head", "unit", "columns", "rows"):
        if key in node.entries:
            reader.problem(
                node.entries[key].key,
                f"这张表分段（{named_zh}），{key} 写在 sections 下面的那一段里",
                f"this table has sections ({named_en}): {key} belongs in one of them",
            )
    found = []
    for name, entry in sections.entries.items():
        mapping = reader.mapping(entry.value)
        if mapping is not None and "columns" not in mapping.entries and len(sections.entries) > 1:
            others = [other for other in sections.entries if other != name]
            reader.problem(
                entry.key,
                f"没有段 {name}：这张表的段是 {'、'.join(others)}；新的一段要写 columns 和 rows",
                f"no section {name}: the sections are {', '.join(others)}; a new one has columns and rows",
            )
        elif mapping is not None:
            reader.known_keys(mapping, SECTION.names)
            found.append(_section(reader, name, mapping, context))
    return tuple(found)


def _section(reader: Reader, name: str, node: MapNode, context: TableContext) -> SectionDefinition:
    heads = reader.texts(node.get("head"))
    columns = read_columns(reader, reader.mapping(reader.required(node, "columns")), context.blank)
    names = frozenset(column.name for column in columns)
    return SectionDefinition(
        name=name,
        heads=heads or ((name,) if name else ()),
        columns=columns,
        rows=read_rows(reader, reader.mapping(reader.required(node, "rows")), context.codes, names),
        unit=reader.word(node.get("unit"), UNIT_WORDS, "") or None,
        absent=cast(Absent, reader.word(node.get("absent"), ("缺", "零", "无"), "缺")) if name else "缺",
    )
