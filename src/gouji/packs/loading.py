"""From a chain of pack folders to one ``Pack``: files read, merged, typed; all problems raised at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, cast, get_args

from gouji.errors import PackError, Problem
from gouji.packs.locations import PACK_FILE, PackFiles, declared_parent, extends_line
from gouji.packs.merging import merged, without
from gouji.packs.model import Pack, Rule, Unit
from gouji.packs.rule_merging import RuleSource, merge_rules
from gouji.packs.rule_source import read_rule
from gouji.packs.table_source import TableContext, read_table
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import MapNode, read_yaml
from gouji.tables.definition import Blank, CodeList, TableDefinition

_PACK_KEYS = (
    "pack", "title", "extends", "year", "unit", "rounding", "blank", "figures", "fields", "params", "tables",
)
_FOLDERS = ("codes", "tables", "rules")


class _Chain(NamedTuple):
    """Everything merged so far, as nodes."""

    settings: MapNode
    codes: dict[str, MapNode]
    tables: dict[str, MapNode]
    rules: dict[str, RuleSource]


def build_pack(lineage: tuple[PackFiles, ...], version: str) -> Pack:
    """The pack of the last folder of ``lineage`` (the root first); ``PackError`` with all problems of all files."""
    reader = Reader([])
    chain = _Chain(MapNode("", 1, 1), {}, {}, {})
    ids: list[str] = []
    for files in lineage:
        chain = _with_pack(reader, chain, files, ids)
    packs = {files.name: pack_id for files, pack_id in zip(lineage, ids, strict=True)}
    pack = _typed(reader, chain, packs, version)
    if reader.problems:
        raise PackError(sorted(set(reader.problems), key=lambda each: (each.file, each.line, each.column)))
    return pack


def _with_pack(reader: Reader, chain: _Chain, files: PackFiles, ids: list[str]) -> _Chain:
    _refuse_stray_files(reader, files)
    settings = _settings(reader, files, ids)
    nodes = {folder: _folder(reader, files, folder) for folder in _FOLDERS}
    _merge_named(reader, chain.codes, "codes", nodes["codes"])
    _merge_named(reader, chain.tables, "table", nodes["tables"])
    merge_rules(reader, chain.rules, ids[-1], nodes["rules"])
    above = without(chain.settings, "pack", "title", "extends")
    return chain._replace(settings=merged(above, settings, reader.problems))


def _settings(reader: Reader, files: PackFiles, ids: list[str]) -> MapNode:
    shown = files.shown(PACK_FILE)
    content = files.files[PACK_FILE]
    node = read_yaml(content, shown, reader.problems) or MapNode(shown, 1, 1, {})
    reader.known_keys(node, _PACK_KEYS)
    pack_id = reader.text(reader.required(node, "pack", ("（规则包的名字）", " (the pack's id)"))) or files.name
    reader.required(node, "title")
    if reader.text(node.get("extends")) != (declared_parent(content) or ""):
        reader.problems.append(Problem(
            shown, extends_line(content), 1,
            "extends 单独写一行，如 extends: mof-2020", "write extends on a line of its own: extends: mof-2020",
        ))
    ids.append(pack_id)
    return node


def _folder(reader: Reader, files: PackFiles, folder: str) -> list[MapNode]:
    paths = [path for path in files.files if path.startswith(f"{folder}/") and path.endswith(".yaml")]
    nodes = [read_yaml(files.files[path], files.shown(path), reader.problems) for path in paths]
    return [node for node in nodes if node is not None]


def _refuse_stray_files(reader: Reader, files: PackFiles) -> None:
    for path in files.files:
        folder = path.partition("/")[0]
        if folder == "texts":
            reader.problems.append(Problem(
                files.shown(path), 1, 1,
                "这一版还不核对文字说明，不读 texts", "this version does not check texts: texts is not read",
            ))
        elif path != PACK_FILE and folder not in _FOLDERS:
            reader.problems.append(Problem(
                files.shown(path), 1, 1,
                f"规则包里没有 {folder} 这种文件夹，应是 {' '.join(_FOLDERS)}",
                f"a pack has no folder {folder}; it has {' '.join(_FOLDERS)}",
            ))
        elif path.endswith(".yml"):
            reader.problems.append(Problem(files.shown(path), 1, 1, "文件名应以 .yaml 结尾", "name it .yaml"))


def _merge_named(reader: Reader, found: dict[str, MapNode], key: str, nodes: list[MapNode]) -> None:
    """Merge files that carry their name in ``key`` into those of the packs above; changes ``found``."""
    upstream = dict(found)
    own: dict[str, MapNode] = {}
    for node in nodes:
        name = reader.text(reader.required(node, key))
        if name in own:
            place = own[name].file
            reader.problem(node, f"{name} 已在 {place} 里写过", f"{name} is defined in {place} already")
        elif name:
            own[name] = node
            found[name] = merged(upstream.get(name), node, reader.problems)


def _typed(reader: Reader, chain: _Chain, packs: Mapping[str, str], version: str) -> Pack:
    settings, ids = chain.settings, tuple(packs.values())
    blank = cast(Blank, reader.word(settings.get("blank"), get_args(Blank), "零"))
    codes = {name: _code_list(reader, name, node) for name, node in chain.codes.items()}
    tables = _tables(reader, chain, TableContext(blank, _shared_fields(reader, settings), codes))
    year = reader.whole(settings.get("year"))
    return Pack(
        id=ids[-1],
        title=reader.text(settings.get("title")),
        version=version,
        lineage=ids,
        year=year,
        unit=cast(Unit, reader.word(settings.get("unit"), get_args(Unit), "万元")),
        rounding=cast(
            Literal["四舍五入", "截断"], reader.word(settings.get("rounding"), ("四舍五入", "截断"), "四舍五入")
        ),
        blank=blank,
        figures=cast(Literal["存储", "显示"], reader.word(settings.get("figures"), ("存储", "显示"), "存储")),
        params=_params(reader, settings, year),
        tables=tables,
        codes=codes,
        rules=_rules(reader, chain, tuple(tables), packs),
    )


def _shared_fields(reader: Reader, settings: MapNode) -> dict[str, MapNode]:
    fields = reader.mapping(settings.get("fields"))
    found = {name: reader.mapping(entry.value) for name, entry in (fields.entries if fields else {}).items()}
    return {name: node for name, node in found.items() if node is not None}


def _tables(reader: Reader, chain: _Chain, context: TableContext) -> dict[str, TableDefinition]:
    """Definitions in the order pack.yaml lists them, then by name."""
    order = reader.scalars(chain.settings.get("tables"))
    for scalar in order:
        if scalar.text not in chain.tables:
            reader.problem(scalar, f"tables/ 里没有表 {scalar.text}", f"tables/ has no table {scalar.text}")
    listed = [scalar.text for scalar in order if scalar.text in chain.tables]
    names = [*listed, *sorted(chain.tables.keys() - set(listed))]
    return {name: read_table(reader, name, chain.tables[name], context) for name in names}


def _params(reader: Reader, settings: MapNode, year: int | None) -> dict[str, Decimal | str]:
    node = reader.mapping(settings.get("params"))
    params = {name: reader.value(entry.value) for name, entry in (node.entries if node else {}).items()}
    if year is not None:
        params.setdefault("年度", Decimal(year))
    return params


def _code_list(reader: Reader, name: str, node: MapNode) -> CodeList:
    reader.known_keys(node, ("codes", "levels", "names"))
    levels = reader.mapping(reader.required(node, "levels"))
    names = reader.mapping(node.get("names"))
    digits = [(level, reader.whole(entry.value)) for level, entry in (levels.entries if levels else {}).items()]
    for code, entry in (names.entries if names else {}).items():
        if not code.isdigit():
            reader.problem(entry.key, f"编码应是数字：{code}", f"a code has digits only: {code}")
    return CodeList(
        name=name,
        levels=tuple((level, count) for level, count in digits if count is not None),
        names={code: reader.texts(entry.value) for code, entry in (names.entries if names else {}).items()},
    )


def _rules(
    reader: Reader, chain: _Chain, tables: tuple[str, ...], packs: Mapping[str, str]
) -> tuple[Rule, ...]:
    """Rules in the order of their ids: A2 before A10."""
    sources = chain.rules.values()
    found = [read_rule(reader, source.node, tables, packs, source.overrides) for source in sources]
    return tuple(sorted(found, key=lambda rule: _natural(rule.id)))


def _natural(rule_id: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", rule_id) if part]
