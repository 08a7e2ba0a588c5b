"""Nodes written back as YAML say the same when read again."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gouji.errors import Problem
from gouji.packs.locations import available_packs, find_pack, read_lineage
from gouji.packs.merging import same
from gouji.packs.written import one_line, yaml_lines
from gouji.packs.yaml_source import Entry, ListNode, MapNode, Node, ScalarNode, read_yaml

SIGNS = st.sampled_from("\n\t:#-[]{},'\"&*!|>%@`=~ ")
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")) | SIGNS, max_size=12)
SCALARS = st.builds(lambda text, plain: ScalarNode("f", 1, 1, text, plain), TEXTS, st.booleans())


def nodes() -> st.SearchStrategy[Node]:
    return st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3).map(lambda items: ListNode("f", 1, 1, tuple(items)))
        | maps(inner),
        max_leaves=8,
    )


def maps(values: st.SearchStrategy[Node]) -> st.SearchStrategy[MapNode]:
    def made(entries: dict[str, Node]) -> MapNode:
        return MapNode("f", 1, 1, {key: Entry(ScalarNode("f", 1, 1, key), value) for key, value in entries.items()})

    return st.dictionaries(TEXTS, values, max_size=3).map(made)


def read_again(node: MapNode) -> MapNode:
    problems: list[Problem] = []
    text = "\n".join(line.text for name, entry in node.entries.items() for line in yaml_lines(name, entry.value))
    found = read_yaml(text.encode(), "f", problems)
    assert problems == []
    assert found is not None
    return found


@given(maps(nodes()).filter(lambda node: bool(node.entries)))
@example(MapNode("f", 1, 1, {"注": Entry(ScalarNode("f", 1, 1, "注"), ScalarNode("f", 1, 1, "\ufffe"))}))
def test_what_is_written_reads_the_same(node: MapNode) -> None:
    assert same(read_again(node), node)


@pytest.mark.parametrize("pack_id", available_packs())
def test_every_shipped_file_reads_the_same(pack_id: str) -> None:
    [*_, files] = read_lineage(find_pack(pack_id))
    for path, content in files.files.items():
        node = read_yaml(content, path, [])
        assert node is not None
        assert same(read_again(node), node), path


@pytest.mark.parametrize(("text", "plain", "written"), [
    ("本年收入合计", True, "本年收入合计"),
    ("[总计] = 1", False, "'[总计] = 1'"),
    ("3,972.0", True, "3,972.0"),
    ("a: b", True, "'a: b'"),
    ("'", True, "''''"),
    ("甲\n乙", True, '"甲\\n乙"'),
    ("", False, "''"),
])
def test_scalars(text: str, plain: bool, written: str) -> None:
    assert one_line(ScalarNode("f", 1, 1, text, plain)) == written
