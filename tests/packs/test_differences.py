"""What one pack has and another has not: found key by key."""

from __future__ import annotations

from pathlib import Path

from gouji.packs.chain import Chain, read_chains
from gouji.packs.differences import differences
from gouji.packs.locations import read_lineage
from gouji.packs.model import Origin
from gouji.packs.table_source import plain
from gouji.packs.typed import Reader
from tests.packs.conftest import WritePack

OWN = {
    "pack.yaml": "pack: own\ntitle: 自己的\nextends: small\nyear: 2021\n",
    "tables/甲.yaml": "table: 支出表\ncolumns: {本年支出合计: {label: [合计]}, 科目名称: 删除}\n",
    "tables/乙.yaml": "table: 乙\ntitle: 乙表\ncolumns: {项目: {type: 行名}}\nrows: {}\n",
    "rules/甲.yaml": "rules:\n"
    "  - {id: A1, override: 只作提示, severity: 提示}\n"
    "  - {id: A2, table: 乙, name: 新, check: 1 = 1, basis: 丙}\n",
}


def chain(folder: Path) -> Chain:
    reader = Reader([])
    found = read_chains(reader, read_lineage(folder))[-1]
    assert reader.problems == []
    return found


def said(before: Chain, after: Chain) -> list[tuple[str, str, object]]:
    return [
        (one.part, one.name, "+" if one.before is None else "-" if one.after is None else [
            ("/".join(field.path), plain(field.before), plain(field.after)) for field in one.fields
        ])
        for one in differences(before, after)
    ]  # fmt: skip


def test_every_difference_by_its_path(write_pack: WritePack, small: Path) -> None:
    before, after = chain(small), chain(write_pack("own", OWN))
    assert said(before, after) == [
        ("pack", "pack.yaml", [
            ("year", "2020", "2021"), ("pack", "small", "own"), ("title", "小规则包", "自己的"),
            ("extends", None, "small"),
        ]),
        ("table", "支出表", [
            ("columns/本年支出合计/label", ["合计", "小计"], ["合计"]), ("columns/科目名称", {"type": "行名"}, None),
        ]),
        ("table", "乙", "+"),
        ("rule", "A1", [("severity", None, "提示")]),
        ("rule", "A2", "+"),
    ]  # fmt: skip
    assert [one[2] for one in said(after, before) if one[1] in ("乙", "A2")] == ["-", "-"]


def test_a_rule_turned_off_is_gone_with_its_reason(write_pack: WritePack, small: Path) -> None:
    off = write_pack("own", {"pack.yaml": OWN["pack.yaml"], "rules/甲.yaml": "rules: [{id: A1, off: 本省不查}]\n"})
    after = chain(off)
    assert said(chain(small), after)[-1] == ("rule", "A1", "-")
    assert after.off["A1"].change.reason == "本省不查"
    assert after.origin(after.off["A1"].change.node).file == "rules/甲.yaml"


def test_a_pack_does_not_differ_from_itself(small: Path) -> None:
    assert differences(chain(small), chain(small)) == []


def test_every_key_knows_who_wrote_it(write_pack: WritePack, small: Path) -> None:
    found = chain(write_pack("own", OWN))
    rule = found.rules["A1"].node
    origins = {name: found.origin(entry.value) for name, entry in rule.entries.items()}
    assert origins["severity"] == Origin("own", "rules/甲.yaml", 2)
    assert origins["check"] == Origin("small", "rules/支出表.yaml", 6)
    assert origins["table"] == Origin("small", "rules/支出表.yaml", 1)
    assert [(change.pack, change.reason) for change in found.rules["A1"].changes] == [("own", "只作提示")]
