"""Definitions, rules and settings as they come out of pack files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gouji.language import parse_formula, parse_place
from gouji.packs import available_packs, load_pack
from gouji.packs.model import Case, CaseCell, Origin
from gouji.tables.definition import ColumnDefinition, FieldDefinition, RowDefinition
from tests.packs.conftest import SMALL, WritePack


def test_settings(small: Path) -> None:
    pack = load_pack(small)
    assert (pack.id, pack.title, pack.lineage, pack.year) == ("small", "小规则包", ("small",), 2020)
    assert (pack.unit, pack.rounding, pack.blank, pack.figures) == ("万元", "四舍五入", "零", "存储")
    assert pack.params == {"年度": Decimal(2020)}
    assert len(pack.version) == 12


def test_columns_follow_their_total_and_inherit(small: Path) -> None:
    columns = load_pack(small).tables["支出表"].section("").columns
    assert columns == (
        ColumnDefinition("科目编码", "编码", ("科目编码",)),
        ColumnDefinition("科目名称", "行名", ("科目名称",)),
        ColumnDefinition(
            "本年支出合计", "金额", ("合计", "小计", "本年支出合计"), ("基本支出", "项目支出"), blank="零"
        ),
        ColumnDefinition("基本支出", "金额", ("基本支出",), parent="本年支出合计", blank="零"),
        ColumnDefinition("项目支出", "金额", ("项目支出",), parent="本年支出合计", blank="零"),
    )


def test_open_rows_and_their_total(small: Path) -> None:
    rows = load_pack(small).tables["支出表"].section("").rows
    assert rows == (
        RowDefinition("合计", ("合计",), of=("科目",), absent="下级之和"),
        RowDefinition("科目", ("科目",), parents=("合计",), each="科目编码", codes="功能科目", absent="零"),
    )


def test_a_rule(small: Path) -> None:
    rule = load_pack(small).rule("A1")
    check = rule.checks[0]
    assert (rule.name, rule.basis) == ("合计 = 基本 + 项目", "编制说明")
    assert (rule.tables, rule.severity) == (("支出表",), "error")
    assert check.expression == parse_formula(check.text)
    assert (check.line, check.column) == (6, 13)
    assert rule.places is not None
    assert rule.places.place == parse_place("各行")
    assert rule.origin == Origin("small", "rules/支出表.yaml", 3)
    assert [case.outcome for case in rule.cases] == ["pass", "edge", "fail"]
    assert rule.cases[0] == Case("pass", (
        CaseCell(None, parse_place("合计, 本年支出合计"), "合计, 本年支出合计", "3.0"),
        CaseCell(None, parse_place("合计, 基本支出"), "合计, 基本支出", "1.0"),
        CaseCell(None, parse_place("合计, 项目支出"), "合计, 项目支出", "2.0"),
    ), Origin("small", "rules/支出表.yaml", 9))


def test_the_places_of_an_example(write_pack: WritePack) -> None:
    rules = """\
table: 支出表
rules:
  - id: A1
    name: 甲
    basis: 乙
    check: '1 = 1'
    examples:
      fail: [{合计: '3,972.0', '支出表[201, 基本支出]': no, '上年.支出表[合计]': 2022-12-31}]
"""
    pack = load_pack(write_pack("small", {**SMALL, "rules/支出表.yaml": rules}))
    cells = pack.rule("A1").cases[0].cells
    assert [(cell.table, cell.place, cell.printed) for cell in cells] == [
        (None, parse_place("合计"), "3,972.0"),
        ("支出表", parse_place("201, 基本支出"), "no"),
        ("上年.支出表", parse_place("合计"), "2022-12-31"),
    ]


def test_fields_of_the_pack_belong_to_every_table(write_pack: WritePack) -> None:
    pack = load_pack(write_pack("small", {
        **SMALL,
        "pack.yaml": SMALL["pack.yaml"]
        + "fields: {年度: {type: 年, find: '{年度}年度'}, 单位: {label: [部门, 编制单位]}}\n",
        "tables/支出表.yaml": SMALL["tables/支出表.yaml"] + "fields: {单位: {label: 填报单位}}\n",
    }))
    assert pack.tables["支出表"].fields == (
        FieldDefinition("年度", "年", ("年度",), "{年度}年度"),
        FieldDefinition("单位", "文字", ("填报单位", "单位")),
    )


def test_rows_of_two_totals(write_pack: WritePack) -> None:
    table = """\
table: 拨款总表
title: 财政拨款收入支出决算总表
columns: {项目: {type: 行名}, 金额: {}}
rows:
  本年: {of: [一般, 基金]}
  年初: {of: [一般, 基金], items: 下方, kind: 结转}
  总计: {of: [本年, 年初]}
"""
    pack = load_pack(write_pack("small", {**SMALL, "tables/拨款总表.yaml": table}))
    rows = pack.tables["拨款总表"].section("").rows
    assert [row.name for row in rows] == ["本年", "一般", "基金", "年初", "总计"]
    assert rows[1] == RowDefinition("一般", ("一般",), parents=("本年", "年初"))
    assert rows[3] == RowDefinition(
        "年初", ("年初",), of=("一般", "基金"), parents=("总计",), items_below=True, kind="结转"
    )


def test_parts_are_children_that_do_not_add_up(write_pack: WritePack) -> None:
    table = SMALL["tables/支出表.yaml"].replace(
        "基本支出, 项目支出]}",
        "基本支出, 项目支出], kind: 支出}\n  项目支出: {part: [其中购置], blank: 缺}\n  其中购置: {absent: 无}",
    )
    pack = load_pack(write_pack("small", {**SMALL, "tables/支出表.yaml": table}))
    columns = pack.tables["支出表"].section("").columns
    assert [column.name for column in columns][2:] == ["本年支出合计", "基本支出", "项目支出", "其中购置"]
    assert columns[4] == ColumnDefinition(
        "项目支出", "金额", ("项目支出",), part=("其中购置",), parent="本年支出合计", kind="支出", blank="缺"
    )
    assert columns[5] == ColumnDefinition(
        "其中购置", "金额", ("其中购置",), parent="项目支出", kind="支出", absent="无", blank="零"
    )


def test_everything_a_table_can_say(write_pack: WritePack) -> None:
    table = """\
table: 绩效表
title: [自评表, 项目自评表]
many: 项目名称
confirmed: 否
absent: 无
lanes: 重复
axes: 任意
fields: {项目名称: {}}
sections:
  指标:
    head: 绩效指标
    unit: 元
    absent: 零
    columns:
      一级: {type: 文字, fill: 向下}
      名称: {type: 行名}
      目标: {type: 指标值, sign: 性质, unit: 计量}
      性质: {type: 文字}
      计量: {type: 文字}
      得分: {type: 分, exact: 是, places: 2, trusted: 是}
    rows:
      指标: {each: 名称, under: 一级}
      ★固定: {is: 指标, kind: 季度, blank: 缺}
print: {宽: [1, 2], 页: {向: 横}}
"""
    definition = load_pack(write_pack("small", {**SMALL, "tables/绩效表.yaml": table})).tables["绩效表"]
    assert (definition.titles, definition.title) == (("自评表", "项目自评表"), "自评表")
    assert (definition.many, definition.confirmed, definition.absent) == ("项目名称", False, "无")
    assert (definition.lanes_repeat, definition.axes_any) == (True, True)
    assert definition.print == {"宽": ["1", "2"], "页": {"向": "横"}}
    section = definition.section("指标")
    assert (section.heads, section.unit, section.absent) == (("绩效指标",), "元", "零")
    assert section.columns[0] == ColumnDefinition("一级", "文字", ("一级",), fill_down=True)
    assert section.columns[2] == ColumnDefinition("目标", "指标值", ("目标",), sign="性质", unit="计量")
    assert section.columns[5] == ColumnDefinition("得分", "分", ("得分",), exact=True, places=2, trusted=True)
    assert section.rows == (
        RowDefinition("指标", ("指标",), each="名称", under=("一级",)),
        RowDefinition("★固定", ("★固定",), is_entry="指标", kind="季度", blank="缺"),
    )


def test_the_order_of_tables_and_rules(write_pack: WritePack) -> None:
    def table(name: str) -> str:
        return f"table: {name}\ntitle: {name}\ncolumns: {{项目: {{type: 行名}}, 金额: {{}}}}\nrows: {{合计: {{}}}}\n"

    def rule(rule_id: str) -> str:
        return f"  - {{id: {rule_id}, name: 甲, basis: 乙, table: 支出表, check: 1 = 1}}\n"

    pack = load_pack(write_pack("small", {
        **SMALL,
        "pack.yaml": SMALL["pack.yaml"] + "tables: [总表, 支出表]\n",
        "tables/总表.yaml": table("总表"),
        "tables/三公.yaml": table("三公"),
        "rules/支出表.yaml": "rules:\n" + "".join(map(rule, ["B1", "A10", "A2-1", "A2"])),
    }))
    assert list(pack.tables) == ["总表", "支出表", "三公"]
    assert [each.id for each in pack.rules] == ["A2", "A2-1", "A10", "B1"]


def test_packs_by_id(write_pack: WritePack, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = available_packs()
    assert {"heilongjiang-2020", "mof-2020"} <= set(shipped)
    monkeypatch.setenv("GOUJI_PACKS", str(small.parent))
    assert available_packs() == tuple(sorted((*shipped, "small")))
    assert load_pack("small").title == "小规则包"
    write_pack("mof-2020", {**SMALL, "pack.yaml": "pack: mof-2020\ntitle: 自己的\n"})
    assert load_pack("mof-2020").title == "自己的"


def test_the_version_follows_every_file(small: Path) -> None:
    before = load_pack(small).version
    codes = small / "codes" / "功能科目.yaml"
    codes.write_text(codes.read_text(encoding="utf-8") + "# 注\n", encoding="utf-8")
    assert load_pack(small).version != before
