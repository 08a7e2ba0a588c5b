"""The files of a chain of packs, read and merged: everything still as written, every word with its place."""

from __future__ import annotations

from typing import NamedTuple

from gouji.errors import Problem
from gouji.packs.keys import PACK
from gouji.packs.locations import CASES_FOLDER, FOLDERS, PACK_FILE, PackFiles, declared_parent, extends_line
from gouji.packs.merging import merged, without
from gouji.packs.model import Origin
from gouji.packs.rule_merging import RuleSource, TurnedOff, merge_rules, natural
from gouji.packs.typed import Reader
from gouji.packs.yaml_source import MapNode, Node, read_yaml


class Chain(NamedTuple):
    """A pack with everything it inherits, as nodes. ``packs`` maps the names of folders to pack ids, the root first.

    ``rules`` are in the order of their ids; ``off``: inherited rules that some pack of the chain does not want.
    """

    settings: MapNode
    codes: dict[str, MapNode]
    tables: dict[str, MapNode]
    texts: dict[str, MapNode]
    rules: dict[str, RuleSource]
    off: dict[str, TurnedOff]
    packs: dict[str, str]

    @property
    def pack(self) -> str:
        """The id of the last pack."""
        return next(reversed(self.packs.values()))

    def origin(self, node: Node) -> Origin:
        """Where a node was written."""
        folder, _, file = node.file.partition("/")
        return Origin(self.packs.get(folder, folder), file, node.line)


def read_chains(reader: Reader, lineage: tuple[PackFiles, ...]) -> list[Chain]:
    """The chain as it stands after each pack of ``lineage`` (the root first); problems go to the reader."""
    chain = Chain(MapNode("", 1, 1), {}, {}, {}, {}, {}, {})
    chains = []
    for files in lineage:
        chain = _with_pack(reader, chain, files)
        chains.append(chain)
    return chains


def _with_pack(reader: Reader, chain: Chain, files: PackFiles) -> Chain:
    _refuse_stray_files(reader, files)
    settings, pack_id = _settings(reader, files)
    nodes = {folder: _folder(reader, files, folder) for folder in FOLDERS}
    rules, off = dict(chain.rules), dict(chain.off)
    merge_rules(reader, rules, off, pack_id, nodes["rules"])
    above = without(chain.settings, "pack", "title", "extends", "area")
    return Chain(
        settings=merged(above, settings, reader.problems),
        codes=_merged_by_name(reader, chain.codes, "codes", nodes["codes"]),
        tables=_merged_by_name(reader, chain.tables, "table", nodes["tables"]),
        texts=_merged_by_name(reader, chain.texts, "text", nodes["texts"]),
        rules={rule_id: rules[rule_id] for rule_id in sorted(rules, key=natural)},
        off=off,
        packs={**chain.packs, files.name: pack_id},
    )


def _settings(reader: Reader, files: PackFiles) -> tuple[MapNode, str]:
    shown = files.shown(PACK_FILE)
    content = files.files[PACK_FILE]
    node = read_yaml(content, shown, reader.problems) or MapNode(shown, 1, 1, {})
    reader.known_keys(node, PACK.names)
    pack_id = reader.text(reader.required(node, "pack", ("（规则包的名字）", " (the pack's id)"))) or files.name
    reader.required(node, "title")
    if reader.text(node.get("extends")) != (declared_parent(content) or ""):
        reader.problems.append(Problem(
            shown, extends_line(content), 1,
            "extends 单独写一行，如 extends: mof-2020", "write extends on a line of its own: extends: mof-2020",
        ))
    return node, pack_id


def _folder(reader: Reader, files: PackFiles, folder: str) -> list[MapNode]:
    paths = [path for path in files.files if path.startswith(f"{folder}/") and path.endswith(".yaml")]
    nodes = [read_yaml(files.files[path], files.shown(path), reader.problems) for path in paths]
    return [node for node in nodes if node is not None]


def _refuse_stray_files(reader: Reader, files: PackFiles) -> None:
    for path in files.files:
        said = None if path == PACK_FILE else _stray(path)
        if said:
            reader.problems.append(Problem(files.shown(path), 1, 1, *said))


def _stray(path: str) -> tuple[str, str] | None:
    """Why a file would be passed over in silence."""
    folders = path.split("/")[:-1]
    listed = " ".join((*FOLDERS, CASES_FOLDER))
    if not folders:
        return (
            f"这个文件不会读：规则包的文件放在 {' '.join(FOLDERS)} 里",
            f"this file is not read: put it into {' '.join(FOLDERS)}",
        )
    if folders[0] not in FOLDERS:
        name = folders[0]
        return f"规则包里没有 {name} 这种文件夹，应是 {listed}", f"a pack has no folder {name}; it has {listed}"
    if len(folders) > 1:
        return f"{folders[0]} 里不再分文件夹", f"no folders inside {folders[0]}"
    return None if path.endswith(".yaml") else ("文件名应以 .yaml 结尾", "name it .yaml")


def _merged_by_name(
    reader: Reader, upstream: dict[str, MapNode], key: str, nodes: list[MapNode]
) -> dict[str, MapNode]:
    """What the packs above have, with files that carry their name in ``key`` merged into it."""
    own: dict[str, MapNode] = {}
    for node in nodes:
        name = reader.text(reader.required(node, key))
        if name in own:
            place = own[name].file
            reader.problem(node, f"{name} 已在 {place} 里写过", f"{name} is defined in {place} already")
        elif name:
            own[name] = node
    return {**upstream, **{name: merged(upstream.get(name), node, reader.problems) for name, node in own.items()}}
