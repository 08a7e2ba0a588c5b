"""A pack over the one it extends: maps key by key, the rest replaced whole, rules by override and off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from gouji.packs import available_packs, load_pack
from gouji.packs.model import Origin, Pack
from tests.packs.conftest import SMALL, WritePack, faults

HEAD = {"pack.yaml": "pack: own\ntitle: 自己的\nextends: small\n"}


@pytest.fixture
def own(write_pack: WritePack, small: Path) -> Path:
    return write_pack("own", HEAD)


def load_over(write_pack: WritePack, files: Mapping[str, str]) -> Pack:
    write_pack("small", SMALL)
    return load_pack(write_pack("own", {**HEAD, **files}))


def test_everything_is_inherited(own: Path, small: Path) -> None:
    pack, above = load_pack(own), load_pack(small)
    assert (pack.id, pack.title, pack.lineage, pack.year) == ("own", "自己的", ("small", "own"), 2020)
    assert (pack.tables, pack.codes, pack.rules) == (above.tables, above.codes, above.rules)
    assert pack.version != above.version


def test_tables_merge_key_by_key(write_pack: WritePack) -> None:
    pack = load_over(write_pack, {"tables/甲.yaml": """\
table: 支出表
title: [省级支出决算表]
columns:
  科目名称: 删除
  本年支出合计: {label: 本年支出}
  基本支出: {absent: 无}
rows:
  合计: {absent: 删除}
"""})
    table = pack.tables["支出表"]
    columns = {column.name: column for column in table.section("").columns}
    assert table.titles == ("省级支出决算表",)
    assert list(columns) == ["科目编码", "本年支出合计", "基本支出", "项目支出"]
    assert columns["本年支出合计"].labels == ("本年支出", "本年支出合计")
    assert columns["本年支出合计"].of == ("基本支出", "项目支出")
    assert (columns["基本支出"].absent, columns["基本支出"].parent) == ("无", "本年支出合计")
    assert table.section("").rows[0].absent == "缺"


def test_codes_and_settings_merge(write_pack: WritePack) -> None:
    pack = load_over(write_pack, {
        "pack.yaml": HEAD["pack.yaml"] + "params: {满分: 100, 口径: 本级}\nunit: 元\n",
        "codes/甲.yaml": "codes: 功能科目\nnames: {201: 删除, 229: 其他支出}\n",
    })
    assert pack.params == {"满分": 100, "口径": "本级", "年度": 2020}
    assert pack.unit == "元"
    assert pack.codes["功能科目"].names == {"208": ("社会保障和就业支出",), "229": ("其他支出",)}
    assert pack.codes["功能科目"].levels == (("类", 3), ("款", 5), ("项", 7))


def test_a_deletion_of_nothing(write_pack: WritePack, own: Path) -> None:
    write_pack("own", {"tables/甲.yaml": "table: 支出表\ncolumns: {上缴支出: 删除}\n"})
    assert faults(own) == ["own/tables/甲.yaml:2:11: 上级规则包里没有 上缴支出，无可删除"]


def test_override_replaces_the_keys_given(write_pack: WritePack) -> None:
    pack = load_over(write_pack, {"rules/甲.yaml": """\
rules:
  - id: A1
    override: 项一级只作提示
    severity: 提示
    except: 各项
    examples: {edge: 删除}
"""})
    rule = pack.rule("A1")
    assert (rule.name, rule.tables, rule.severity) == ("合计 = 基本 + 项目", ("支出表",), "info")
    assert [place.text for place in rule.excepts] == ["各项"]
    assert [case.outcome for case in rule.cases] == ["pass", "fail"]
    assert rule.overrides == ("own：项一级只作提示",)
    assert rule.origin == Origin("own", "rules/甲.yaml", 2)
    assert {case.origin.pack for case in rule.cases} == {"small"}


def test_the_table_of_a_file_does_not_move_an_inherited_rule(write_pack: WritePack) -> None:
    table = SMALL["tables/支出表.yaml"].replace("支出表", "收入表").replace("支出决算表", "收入决算表")
    pack = load_over(write_pack, {
        "tables/收入表.yaml": table,
        "rules/甲.yaml": "table: 收入表\nrules: [{id: A1, override: 理由, severity: 警告}]\n",
    })
    assert pack.rule("A1").tables == ("支出表",)


def test_off(write_pack: WritePack) -> None:
    assert load_over(write_pack, {"rules/甲.yaml": "rules: [{id: A1, off: 本省不核对}]\n"}).rules == ()


NEW = "table: 支出表, name: 甲, basis: 乙, check: 1 = 1"


@pytest.mark.parametrize(("rule", "expected"), [
    (f"{{id: A1, {NEW}}}", "1:9: small 里已有 A1：新规则换一个编号；要改它，写 override 或 off 并说明理由"),
    ("{id: A1, override: 甲, off: 乙}", "1:9: override 和 off 只写一个"),
    ("{id: A1, override: 理由}", "1:18: override 没有改动 A1 的任何内容"),
    ("{id: A1, override: 理由, basis: 编制说明}", "1:18: override 没有改动 A1 的任何内容"),
    ("{id: A1, override: '', severity: 提示}", "1:18: override 要写理由"),
    ("{id: A1, off: ''}", "1:18: off 要写理由"),
    (f"{{id: A2, off: 理由, {NEW}}}", "1:18: 上级规则包里没有 A2（最近的是 A1），不能写 off：改正编号，或去掉它"),
    (
        "{id: A2, override: 理由, severity: 提示}",
        "1:18: 上级规则包里没有 A2（最近的是 A1），不能写 override：改正编号，或去掉它",
    ),
    ("{id: A1, off: 理由, severity: 提示}", "1:27: 停用的规则只写 id 和 off；要改 severity，用 override"),
])
def test_a_change_says_so(write_pack: WritePack, own: Path, rule: str, expected: str) -> None:
    write_pack("own", {"rules/甲.yaml": f"rules: [{rule}]\n"})
    assert faults(own) == [f"own/rules/甲.yaml:{expected}"]


@pytest.mark.parametrize("change", ["override: 理由, severity: 提示", "off: 理由"])
def test_a_locked_rule_stays(write_pack: WritePack, own: Path, change: str) -> None:
    write_pack("small", {"rules/支出表.yaml": SMALL["rules/支出表.yaml"] + "    locked: 是\n"})
    write_pack("own", {"rules/甲.yaml": f"rules: [{{id: A1, {change}}}]\n"})
    assert faults(own) == ["own/rules/甲.yaml:1:18: A1 在 small 里已锁定，不能改也不能关；请删去这一条"]


TABLE = "tables/甲.yaml"
LOCKED = SMALL["rules/支出表.yaml"] + "    locked: 是\n"
BASE = {**SMALL, "rules/支出表.yaml": LOCKED, "pack.yaml": SMALL["pack.yaml"] + "params: {满分: 100, 其他: 1}\n"}


@pytest.mark.parametrize(("files", "expected"), [
    ({TABLE: "table: 支出表\ncolumns: {基本支出: {absent: 无}}\n"}, "tables/甲.yaml:2:18: 基本支出 absent: 无"),
    ({TABLE: "table: 支出表\ncolumns: {基本支出: {blank: 无}}\n"}, "tables/甲.yaml:2:18: 基本支出 blank: 无"),
    ({TABLE: "table: 支出表\nrows:\n  科目: {absent: 无}\n"}, "tables/甲.yaml:3:8: 科目 absent: 无"),
    ({TABLE: "table: 支出表\nabsent: 无\n"}, "tables/甲.yaml:2:1: absent: 无"),
    ({"pack.yaml": HEAD["pack.yaml"] + "params: {满分: 1000}\n"}, "pack.yaml:4:10: 满分: 1000"),
])
def test_what_a_locked_rule_reads_is_not_emptied(
    write_pack: WritePack, files: Mapping[str, str], expected: str
) -> None:
    rules = LOCKED.replace("[本行, 项目支出]'", "[本行, 项目支出] * 满分 / 满分'")
    table = SMALL["tables/支出表.yaml"] + "  其他: {}\n"
    columns = table.replace("rows:", "  基本支出: {type: 金额}\nrows:")
    write_pack("small", {**BASE, "rules/支出表.yaml": rules, "tables/支出表.yaml": columns})
    place, _, what = expected.partition(": ")
    assert faults(write_pack("own", {**HEAD, **files})) == [
        f"own/{place}: A1 在 small 里已锁定，它要读这里，不能改成 {what}（会使它悄悄落空）"
    ]


@pytest.mark.parametrize("files", [
    {TABLE: "table: 支出表\ncolumns: {基本支出: {label: 基本}}\nrows: {科目: {absent: 零}}\n"},
    {TABLE: "table: 支出表\ncolumns: {备注: {type: 文字, absent: 无}, 科目名称: {absent: 无}}\n"},
    {"pack.yaml": HEAD["pack.yaml"] + "params: {其他: 2}\n"},
])
def test_what_does_not_weaken_a_locked_rule_may_change(write_pack: WritePack, files: Mapping[str, str]) -> None:
    write_pack("small", BASE)
    assert load_pack(write_pack("own", {**HEAD, **files})).rule("A1").locked


def test_a_pack_may_lock_what_it_inherits(write_pack: WritePack, own: Path) -> None:
    write_pack("own", {"rules/甲.yaml": "rules: [{id: A1, override: 本省必查, locked: 是}]\n"})
    city = write_pack("city", {
        "pack.yaml": "pack: city\ntitle: 市\nextends: own\n", "rules/甲.yaml": "rules: [{id: A1, off: 不查}]\n",
    })
    assert faults(city) == ["city/rules/甲.yaml:1:18: A1 在 own 里已锁定，不能改也不能关；请删去这一条"]


def test_years_of_a_rule_are_those_of_the_workbook(write_pack: WritePack, own: Path) -> None:
    write_pack("own", {"rules/甲.yaml": "rules: [{id: A1, override: 旧表, until: 2019}]\n"})
    rule = load_pack(own).rule("A1")
    assert (rule.since, rule.until) == (None, 2019)


def test_the_area_is_not_inherited(write_pack: WritePack, own: Path) -> None:
    write_pack("small", {"pack.yaml": SMALL["pack.yaml"] + "area: [黑龙江]\n"})
    assert (load_pack(own.parent / "small").area, load_pack(own).area) == (("黑龙江",), ())


def test_three_generations(write_pack: WritePack, own: Path) -> None:
    write_pack("own", {"rules/甲.yaml": "rules: [{id: A1, override: 省里, severity: 警告}]\n"})
    city = write_pack("city", {
        "pack.yaml": "pack: city\ntitle: 市\nextends: own\n",
        "rules/甲.yaml": "rules: [{id: A1, override: 市里, advice: 请核对}]\n",
    })
    rule = load_pack(city).rule("A1")
    assert (rule.severity, rule.advice, rule.overrides) == ("warning", "请核对", ("own：省里", "city：市里"))


KNOWN = "、".join(available_packs())


@pytest.mark.parametrize(("head", "expected"), [
    ("extends: 甲", f"own/pack.yaml:3:1: 没有规则包 甲 可继承；已有：{KNOWN}"),
    ("extends: mof-2002", f"own/pack.yaml:3:1: 没有规则包 mof-2002 可继承，是 mof-2022 吗？已有：{KNOWN}"),
    ("extends: own", "own/pack.yaml:3:1: 继承成了圈：own"),
    ("extends: ../甲", f"own/pack.yaml:3:1: 没有规则包 ../甲 可继承；已有：{KNOWN}"),
    ("'extends': small", "own/pack.yaml:1:1: extends 单独写一行，如 extends: mof-2020"),
])
def test_extends(write_pack: WritePack, small: Path, head: str, expected: str) -> None:
    folder = write_pack("own", {"pack.yaml": f"pack: own\ntitle: 甲\n{head}\n"})
    assert faults(folder) == [expected]
