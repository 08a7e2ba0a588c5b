"""Columns and rows of a section out of merged nodes: entries, the tree their totals make, what children inherit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from gouji.packs.ambiguity import shared_labels
from gouji.packs.keys import COLUMN, ROW
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import MapNode, Node, ScalarNode
from gouji.tables.definition import (
    Absent,
    Blank,
    CodeList,
    ColumnDefinition,
    FigureType,
    RowDefinition,
)

_COLUMN, _ROW = ("栏", "columns"), ("行", "rows")
_INHERITED = ("type", "kind", "unit")

Parents = dict[str, list[str]]
Values = dict[str, dict[str, Any]]


def read_columns(reader: Reader, node: MapNode | None, blank: Blank) -> tuple[ColumnDefinition, ...]:
    """Columns as printed: each total is followed by its children and parts."""
    entries = _entries(reader, node, COLUMN.names, _COLUMN)
    values = {name: _column_values(reader, entry) for name, entry in entries.items()}
    parents = _parents(reader, entries, values)
    for name, above in parents.items():
        if len(above) > 1:
            reader.problem(
                _naming(entries, above[-1], name),
                f"栏 {name} 已是 {above[0]} 的下级", f"column {name} is a child of {above[0]} already",
            )
    found = []
    for name in _depth_first(values, parents):
        own = _inherited(name, values, parents)
        figure: str = own.setdefault("type", "金额")
        own.setdefault("blank", blank if figure == "金额" else "无")
        own["parent"] = parents[name][0] if name in parents else None
        found.append(ColumnDefinition(name=name, **{**own, "labels": _labels(own, name)}))
    shared_labels(reader, entries, [(column.name, column.labels, column.parent or "") for column in found], _COLUMN)
    return tuple(found)


def read_rows(
    reader: Reader, node: MapNode | None, codes: Mapping[str, CodeList], columns: frozenset[str]
) -> tuple[RowDefinition, ...]:
    """Rows in the order of their entries; a child without an entry stands right after its first total."""
    entries = _entries(reader, node, ROW.names, _ROW)
    values = {name: _row_values(reader, entry) for name, entry in entries.items()}
    _check_open_rows(reader, entries, values, codes, columns)
    lists = [codes[own["codes"]] for own in values.values() if own.get("codes") in codes]
    _check_codes(reader, entries, values, lists)
    parents = _parents(reader, entries, values, codes_apart=bool(lists))
    found = []
    for name in _in_order(values, parents):
        own = _inherited(name, values, parents)
        own.pop("type", None)
        own.pop("unit", None)
        own["parents"] = tuple(parents.get(name, ()))
        found.append(RowDefinition(name=name, **{**own, "labels": _labels(own, name)}))
    fixed = [(row.name, row.labels, "") for row in found if row.each is None]
    shared_labels(reader, entries, fixed, _ROW)
    return tuple(found)


def _entries(
    reader: Reader, node: MapNode | None, known: tuple[str, ...], what: tuple[str, str]
) -> dict[str, MapNode]:
    entries = {}
    for name, entry in (node.entries if node else {}).items():
        if name in known and not isinstance(entry.value, MapNode):
            reader.problem(
                entry.key,
                f"{name} 是{what[0]}的一项，不是{what[0]}的名字：往右缩进，写在它所属的那一{what[0]}下面",
                f"{name} is a key of one of the {what[1]}, not a name: indent it below the entry it belongs to",
            )
            continue
        mapping = reader.mapping(entry.value)
        if mapping is not None:
            reader.known_keys(mapping, known)
            entries[name] = mapping
    return entries


def _listed(reader: Reader, node: Node | None) -> tuple[str, ...]:
    """Names of rows or columns; two with a full-width comma between them are no name."""
    for scalar in reader.scalars(node):
        if scalar.plain and "，" in scalar.text:
            reader.problem(
                scalar, "名字之间的逗号要用半角的 ,", "a plain comma goes between names", scalar.text.index("，")
            )
    return reader.texts(node)


def _common_values(reader: Reader, node: MapNode) -> dict[str, Any]:
    """The keys rows and columns share; absent ones are left out so that defaults and totals can fill them."""
    own: dict[str, Any] = {
        "labels": reader.texts(node.get("label")),
        "of": _listed(reader, node.get("of")),
        "part": _listed(reader, node.get("part")),
        "exact": reader.flag(node.get("exact")),
        "trusted": reader.flag(node.get("trusted")),
        "places": reader.whole(node.get("places")),
    }
    if "kind" in node.entries:
        own["kind"] = reader.text(node.get("kind"))
    if "absent" in node.entries:
        own["absent"] = reader.word(node.get("absent"), get_args(Absent), "缺")
    if "blank" in node.entries:
        own["blank"] = reader.word(node.get("blank"), get_args(Blank), "无")
    return own


def _column_values(reader: Reader, node: MapNode) -> dict[str, Any]:
    own = _common_values(reader, node)
    if "type" in node.entries:
        own["type"] = reader.word(node.get("type"), get_args(FigureType), "金额")
    own["fill_down"] = reader.word(node.get("fill"), ("向下",), "") == "向下"
    for key in ("sign", "unit"):
        if key in node.entries:
            own[key] = reader.text(node.get(key))
    return own


def _row_values(reader: Reader, node: MapNode) -> dict[str, Any]:
    own = _common_values(reader, node)
    own["items_below"] = reader.word(node.get("items"), ("下方",), "") == "下方"
    own["under"] = reader.texts(node.get("under"))
    for key, name in (("each", "each"), ("codes", "codes"), ("is", "is_entry")):
        own[name] = reader.text(node.get(key)) or None
    return own


def _labels(own: dict[str, Any], name: str) -> tuple[str, ...]:
    labels: tuple[str, ...] = own.get("labels", ())
    return labels if name in labels else (*labels, name)


def _children(own: dict[str, Any]) -> tuple[str, ...]:
    return (*own.get("of", ()), *own.get("part", ()))


def _naming(entries: dict[str, MapNode], total: str, child: str) -> ScalarNode | MapNode:
    """The word of ``total``'s of or part that names ``child``."""
    for key in ("of", "part"):
        value = entries[total].get(key)
        words = getattr(value, "items", (value,))
        for word in words:
            if isinstance(word, ScalarNode) and word.text.strip() == child:
                return word
    return entries[total]


def _parents(
    reader: Reader, entries: dict[str, MapNode], values: Values, codes_apart: bool = False
) -> Parents:
    """The totals of each child, in order; children without an entry get one. A circle is a problem and is cut."""
    parents: Parents = {}
    for total in list(entries):
        for child in _children(values[total]):
            if codes_apart and child.isdigit():
                continue
            if child == total or child in _above(total, parents):
                reader.problem(
                    _naming(entries, total, child),
                    f"{total} 与 {child} 互为下级，成了圈", f"{total} and {child} are each other's children",
                )
                continue
            values.setdefault(child, {})
            parents.setdefault(child, []).append(total)
    return parents


def _above(name: str, parents: Parents) -> set[str]:
    found: set[str] = set()
    waiting = list(parents.get(name, ()))
    while waiting:
        total = waiting.pop()
        if total not in found:
            found.add(total)
            waiting.extend(parents.get(total, ()))
    return found


def _inherited(name: str, values: Values, parents: Parents) -> dict[str, Any]:
    """The values of an entry with what its totals agree on, from the top down."""
    own = dict(values[name])
    above = [_inherited(total, values, parents) for total in parents.get(name, ())]
    for key in _INHERITED:
        if key not in own and above and all(total.get(key) == above[0].get(key) for total in above):
            inherited = above[0].get(key)
            if inherited is not None:
                own[key] = inherited
    return own


def _depth_first(values: Values, parents: Parents) -> Iterator[str]:
    def walk(name: str) -> Iterator[str]:
        yield name
        for child in _children(values[name]):
            if parents.get(child, [None])[0] == name:
                yield from walk(child)

    for name in values:
        if name not in parents:
            yield from walk(name)


def _in_order(values: Values, parents: Parents) -> Iterator[str]:
    explicit = [name for name, own in values.items() if own]

    def walk(name: str) -> Iterator[str]:
        yield name
        for child in _children(values[name]):
            if child in values and not values[child] and parents[child][0] == name:
                yield child

    for name in explicit:
        yield from walk(name)


def _check_open_rows(
    reader: Reader,
    entries: dict[str, MapNode],
    values: Values,
    codes: Mapping[str, CodeList],
    columns: frozenset[str],
) -> None:
    for name, own in values.items():
        listed = [("each", own["each"])] if own["each"] else []
        for key, column in (*listed, *(("under", group) for group in own["under"])):
            if column not in columns:
                reader.problem(
                    entries[name].get(key) or entries[name],
                    f"{key} 指的 {column} 不是本表的栏", f"{key} names {column}, which is no column here",
                )
        if own["codes"] and own["codes"] not in codes:
            reader.problem(
                entries[name].get("codes") or entries[name],
                f"没有编码表 {own['codes']}", f"there is no code list {own['codes']}",
            )
        target = own["is_entry"]
        if target and not values.get(target, {}).get("each"):
            reader.problem(
                entries[name].get("is") or entries[name],
                f"is 指的 {target} 不是列举的行（each）", f"is names {target}, which is no open row (each)",
            )


def _check_codes(
    reader: Reader, entries: dict[str, MapNode], values: Values, lists: list[CodeList]
) -> None:
    for name in entries:
        for child in _children(values[name]):
            if lists and child.isdigit() and not any(child in known.names for known in lists):
                reader.problem(
                    _naming(entries, name, child),
                    f"编码表里没有 {child}", f"the code list has no {child}",
                )
