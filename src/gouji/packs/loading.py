"""From a chain of pack folders to one ``Pack``: files read, merged, typed; all problems raised at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple, cast, get_args

from gouji.errors import PackError, Problem
from gouji.packs.ambiguity import shared_titles
from gouji.packs.chain import Chain, read_chains
from gouji.packs.keys import CODES, UNIT_WORDS
from gouji.packs.locations import PackFiles
from gouji.packs.locks import weakenings
from gouji.packs.model import Pack, Rule, Unit
from gouji.packs.rule_source import read_rule
from gouji.packs.table_source import TableContext, read_table
from gouji.packs.text_source import read_texts, read_words
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import MapNode
from gouji.tables.definition import Blank, CodeList, TableDefinition


class Draft(NamedTuple):
    """A pack as far as its files can be understood, and everything that is wrong with them, by file and line."""

    pack: Pack
    problems: tuple[Problem, ...]


def build_pack(lineage: tuple[PackFiles, ...], version: str) -> Pack:
    """The pack of the last folder of ``lineage`` (the root first); ``PackError`` with all problems of all files."""
    draft = draft_pack(lineage, version)
    if draft.problems:
        raise PackError(draft.problems)
    return draft.pack


def draft_pack(lineage: tuple[PackFiles, ...], version: str = "") -> Draft:
    """As ``build_pack``, with its problems instead of an error."""
    reader = Reader([])
    chains = read_chains(reader, lineage)
    pack = _typed(reader, chains[-1], version)
    problems = {*reader.problems, *weakenings(chains, pack)}
    return Draft(pack, tuple(sorted(problems, key=lambda each: (each.file, each.line, each.column))))


def chain_of(lineage: tuple[PackFiles, ...]) -> Chain:
    """The merged files of the last folder of ``lineage``, whatever is wrong with them."""
    return read_chains(Reader([]), lineage)[-1]


def _typed(reader: Reader, chain: Chain, version: str) -> Pack:
    settings, ids = chain.settings, tuple(chain.packs.values())
    blank = cast(Blank, reader.word(settings.get("blank"), get_args(Blank), "零"))
    codes = {name: _code_list(reader, name, node) for name, node in chain.codes.items()}
    tables = _tables(reader, chain, TableContext(blank, _shared_fields(reader, settings), codes, tuple(chain.tables)))
    tables.update(read_texts(reader, chain.texts, codes, tables))
    year = reader.whole(settings.get("year"))
    return Pack(
        id=ids[-1],
        title=reader.text(settings.get("title")),
        version=version,
        lineage=ids,
        year=year,
        unit=cast(Unit, reader.word(settings.get("unit"), UNIT_WORDS, "万元")),
        rounding=cast(
            Literal["四舍五入", "截断"], reader.word(settings.get("rounding"), ("四舍五入", "截断"), "四舍五入")
        ),
        blank=blank,
        figures=cast(Literal["存储", "显示"], reader.word(settings.get("figures"), ("存储", "显示"), "存储")),
        params=_params(reader, settings, year),
        tables=tables,
        codes=codes,
        rules=_rules(reader, chain, tuple(tables)),
        area=reader.texts(settings.get("area")),
        words=read_words(reader, chain.texts),
    )


def _shared_fields(reader: Reader, settings: MapNode) -> dict[str, MapNode]:
    fields = reader.mapping(settings.get("fields"))
    found = {name: reader.mapping(entry.value) for name, entry in (fields.entries if fields else {}).items()}
    return {name: node for name, node in found.items() if node is not None}


def _tables(reader: Reader, chain: Chain, context: TableContext) -> dict[str, TableDefinition]:
    """Definitions in the order pack.yaml lists them, then by name."""
    order = reader.scalars(chain.settings.get("tables"))
    for scalar in order:
        if scalar.text not in chain.tables:
            reader.problem(scalar, f"tables/ 里没有表 {scalar.text}", f"tables/ has no table {scalar.text}")
    listed = [scalar.text for scalar in order if scalar.text in chain.tables]
    names = [*listed, *sorted(chain.tables.keys() - set(listed))]
    shared_titles(reader, {name: chain.tables[name] for name in names})
    return {name: read_table(reader, name, chain.tables[name], context) for name in names}


def _params(reader: Reader, settings: MapNode, year: int | None) -> dict[str, Decimal | str]:
    node = reader.mapping(settings.get("params"))
    params = {name: reader.value(entry.value) for name, entry in (node.entries if node else {}).items()}
    if year is not None:
        params.setdefault("年度", Decimal(year))
    return params


def _code_list(reader: Reader, name: str, node: MapNode) -> CodeList:
    reader.known_keys(node, CODES.names)
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


def _rules(reader: Reader, chain: Chain, tables: tuple[str, ...]) -> tuple[Rule, ...]:
    found = []
    for source in chain.rules.values():
        overrides = tuple(f"{change.pack}：{change.reason}" for change in source.changes)
        found.append(read_rule(reader, source.node, tables, chain.packs, overrides))
    return tuple(found)
