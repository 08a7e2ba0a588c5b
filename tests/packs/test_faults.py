"""What is wrong with a pack file is said with its line, all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from gouji.errors import PackError, Problem
from gouji.packs import available_packs, load_pack, yaml_source
from tests.packs.conftest import SMALL, WritePack, faults

RULE_HEAD = "table: 支出表\nrules:\n"
RULE = RULE_HEAD + "  - id: A1\n    name: 甲\n    basis: 乙\n"


@pytest.mark.parametrize(("rules", "expected"), [
    (RULE + "    check: [合计] = [甲]\n", ["6:12: 用单引号括起公式，例如 check: '[总计] = [甲] + [乙]'"]),
    (RULE + "    check:\n      - [合计] = [甲]\n", ["7:9: 用单引号括起公式，例如 check: '[总计] = [甲] + [乙]'"]),
    (RULE + "    check: [合计]\n", ["6:12: 用单引号括起公式，例如 check: '[总计] = [甲] + [乙]'"]),
    (RULE + "    check: '[合计] = SUMM([合计/下级])'\n", ["6:20: 没有函数 SUMM，是 SUM 吗？"]),
    (RULE + "    check:\n      - '1 = 1'\n      - '[合计] = = 1'\n", ["8:17: 遇到“=”，这里应是数、[行, 栏] 或函数"]),
    (RULE + "    check: '1 = 1'\n    for: '各行, '\n", ["7:15: 遇到结尾，这里应是行或栏的名称、编码"]),
    (RULE + "    check: '1 = 1'\n    chek: x\n", ["7:5: 没有键 chek，是 check 吗？"]),
    (RULE + "    check: '1 = 1'\n    severity: 错\n", ["7:15: “错”不可用，应是 错误 警告 提示 之一，是 错误 吗？"]),
    (RULE + "    check: '1 = 1'\n    locked: yes\n", ["7:13: “yes”不可用，应是 是 否 之一"]),
    (RULE + "    check: '1 = 1'\n    since: 去年\n", ["7:12: “去年”应是整数"]),
    (RULE + "    check: '1 = 1'\n    name: 丙\n", ["7:5: 键 name 重复（第 4 行已有）"]),
    (RULE + "    check: '1 = 1'\n    table: 支出\n", ["7:12: 没有表 支出，是 支出表 吗？"]),
    (RULE + "    check: '1 = 1'\n    override: 理由\n", [
        "7:5: 上级规则包里没有 A1，不能写 override：改正编号，或去掉它",
    ]),
    (RULE + "    check: &a '1 = 1'\n    when: *a\n", [
        "6:12: 不用锚点和别名（& 和 *）；以这些符号开头的文字加引号",
        "7:11: 不用锚点和别名（& 和 *）；以这些符号开头的文字加引号",
    ]),
    (RULE + "    check: !!str '1 = 1'\n", ["6:12: 不用标签 tag:yaml.org,2002:str"]),
    (RULE + "    check: '1 = 1'\n---\na: b\n", ["7:1: 一个文件只能有一份文档（不要写 ---）"]),
    (RULE + "    check: '1 = 1'\n    examples: {passt: []}\n", ["7:16: 没有键 passt，是 pass 吗？"]),
    (RULE + "    check: '1 = 1'\n    examples:\n      pass: [{'甲, ': '1'}]\n",
     ["8:19: 遇到结尾，这里应是行或栏的名称、编码"]),
    (RULE + "    check: '1 = 1'\n    examples:\n      pass: [{'SUM([甲])[乙]': '1'}]\n",
     ["8:24: 遇到“[”，这里应是运算符或公式结尾"]),
    (RULE + "    check: '1 = 1'\n  - id: A1\n    name: 乙\n    basis: 丙\n    check: '1 = 1'\n",
     ["7:5: 规则 A1 重复（第 3 行已有）"]),
    (RULE_HEAD + "  - id: A1\n", [
        "3:5: 缺 basis（政策依据）", "3:5: 缺 check（核对的公式）", "3:5: 缺 name（用一句话说这条关系）",
    ]),
    (RULE_HEAD + "  - name: 甲\n", ["3:5: 缺 id"]),
    ("rules: 甲\n", ["1:8: 这里应是列表，每项以 - 开头"]),
    ("- a\n", ["1:1: 文件应是“键: 值”"]),
    ("", ["1:1: 文件是空的"]),
    ("table：支出表\nrules：\n", ["1:6: 键后面的冒号要用半角的 :，后面空一格"]),
    (RULE + "    check:'1 = 1'\n    when: 甲\n", ["6:10: 冒号后面要空一格"]),
    (RULE + "\tcheck: '1 = 1'\n", ["6:1: 行首用空格缩进，不用制表符"]),
    (RULE + "    check：'1 = 1'\n    when: 甲\n", ["6:10: 键后面的冒号要用半角的 :，后面空一格"]),
    ("table: a: b\n", ["1:9: 这里不合 YAML 写法：看看缩进、冒号后的空格和成对的引号"]),
])
def test_rule_file(write_pack: WritePack, rules: str, expected: list[str]) -> None:
    folder = write_pack("small", {**SMALL, "rules/支出表.yaml": rules})
    assert sorted(faults(folder)) == [f"small/rules/支出表.yaml:{fault}" for fault in sorted(expected)]


TABLE = SMALL["tables/支出表.yaml"]


@pytest.mark.parametrize(("table", "expected"), [
    (TABLE.replace("title: [支出决算表]\n", ""), ["1:1: 缺 title（表的标题）"]),
    (TABLE.replace("type: 金额", "type: 钱"), None),
    (TABLE.replace("type: 编码", "tpye: 编码"), ["4:10: 没有键 tpye，是 type 吗？"]),
    (TABLE.replace("absent: 零", "absent: 空"), ["9:41: “空”不可用，应是 零 无 缺 下级之和 之一"]),
    (TABLE.replace("each: 科目编码", "each: 编码"), ["9:14: each 指的 编码 不是本表的栏"]),
    (TABLE.replace("codes: 功能科目", "codes: 科目"), ["9:27: 没有编码表 科目"]),
    (TABLE.replace("of: [科目]", "of: [科目, 299]"), ["8:17: 编码表里没有 299"]),
    (TABLE + "  甲: {of: [乙]}\n  乙: {of: [甲]}\n", ["11:12: 乙 与 甲 互为下级，成了圈"]),
    (TABLE + "  甲: {of: [甲]}\n", ["10:12: 甲 与 甲 互为下级，成了圈"]),
    (TABLE + "  甲: {is: 乙}\n", ["10:11: is 指的 乙 不是列举的行（each）"]),
    (TABLE + "  甲: {label: [乙, 丙]}\n  丙: {}\n", ["10:18: “丙”既是行 甲 又是行 丙，印出来分不清"]),
    (TABLE.replace("label: [合计, 小计]", "label: [科目 名称]"),
     ["6:30: “科目 名称”既是栏 科目名称 又是栏 本年支出合计，印出来分不清"]),
    (TABLE + "unit: 角\n", ["10:7: “角”不可用，应是 元 万元 亿元 之一"]),
    (TABLE + "many: 项目名称\n", ["10:7: many 指的 项目名称 不在 fields 里"]),
    (TABLE + "fields: {年度: {find: '度'}}\n", ["10:22: find 里要有 {年度}"]),
    (TABLE + "sections: {甲: {columns: {}, rows: {}}}\n", [
        "3:1: 这张表分段（甲），columns 写在 sections 下面的那一段里",
        "7:1: 这张表分段（甲），rows 写在 sections 下面的那一段里",
    ]),
    (TABLE.replace("基本支出, 项目支出]}", "基本支出, 项目支出]}\n  其他: {of: [基本支出]}"),
     ["7:13: 栏 基本支出 已是 本年支出合计 的下级"]),
])
def test_table_file(write_pack: WritePack, table: str, expected: list[str] | None) -> None:
    folder = write_pack("small", {**SMALL, "tables/支出表.yaml": table})
    found = faults(folder)
    if expected is None:
        assert found[0].startswith("small/tables/支出表.yaml:6:18: “钱”不可用，应是 金额 比率 分 数 ")
    else:
        assert found == [f"small/tables/支出表.yaml:{fault}" for fault in expected]


def test_problems_of_all_files_come_at_once(write_pack: WritePack) -> None:
    folder = write_pack("small", {
        **SMALL,
        "pack.yaml": "pack: small\ntitle: 小\nunit: 角\ntables: [收入表]\n",
        "codes/功能科目.yaml": "codes: 功能科目\nlevels: {类: 三}\n",
        "tables/支出表.yaml": TABLE.replace("type: 编码", "type: 码"),
        "rules/支出表.yaml": RULE + "    check: '1 ='\n",
        "rules/又.yaml": RULE.replace("A1", "A2") + "    check: '= 1'\n",
    })
    places = [fault.split(": ")[0] for fault in faults(folder)]
    assert places == [
        "small/codes/功能科目.yaml:2:13", "small/pack.yaml:3:7", "small/pack.yaml:4:10",
        "small/rules/又.yaml:6:13", "small/rules/支出表.yaml:6:16", "small/tables/支出表.yaml:4:16",
    ]


def test_english(write_pack: WritePack) -> None:
    folder = write_pack("small", {**SMALL, "rules/支出表.yaml": RULE + "    chek: '1 = 1'\n"})
    with pytest.raises(PackError) as raised:
        load_pack(folder)
    assert raised.value.message("en").splitlines() == [
        "small/rules/支出表.yaml:3:5: check is missing (the formula)",
        "small/rules/支出表.yaml:6:5: unknown key chek; did you mean check?",
    ]
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(("path", "expected"), [
    ("rule/甲.yaml", "规则包里没有 rule 这种文件夹，应是 codes tables texts rules cases"),
    ("支出表.yaml", "这个文件不会读：规则包的文件放在 codes tables texts rules 里"),
    ("rules/科目/甲.yaml", "rules 里不再分文件夹"),
    ("rules/甲.yml", "文件名应以 .yaml 结尾"),
])
def test_files_that_would_be_passed_over_in_silence(write_pack: WritePack, path: str, expected: str) -> None:
    folder = write_pack("small", {**SMALL, path: "rules: []\n"})
    assert faults(folder) == [f"small/{path}:1:1: {expected}"]


def test_a_file_that_is_no_text(small: Path) -> None:
    (small / "rules" / "支出表.yaml").write_bytes("table: 支出表\nrules: 表".encode("gbk"))
    assert faults(small)[0] == "small/rules/支出表.yaml:1:1: 文件不是 UTF-8 编码：用编辑器打开，另存为，编码选 UTF-8"


def test_nested_without_end(write_pack: WritePack) -> None:
    folder = write_pack("small", {**SMALL, "rules/支出表.yaml": "a: " + "[" * 500 + "]" * 500})
    assert faults(folder) == ["small/rules/支出表.yaml:1:1: 嵌套太深"]


def test_no_such_pack() -> None:
    with pytest.raises(PackError) as raised:
        load_pack("mof-1999")
    known = "、".join(available_packs())
    assert raised.value.chinese == (
        f"mof-1999:1:1: 没有规则包 mof-1999（文件夹里要有 pack.yaml），是 mof-2019 吗？已有：{known}"
    )


def test_a_folder_without_a_pack() -> None:
    with pytest.raises(PackError) as raised:
        load_pack("./甲乙丙")
    known = "、".join(available_packs())
    assert raised.value.chinese == f"./甲乙丙:1:1: 没有规则包 ./甲乙丙（文件夹里要有 pack.yaml）；已有：{known}"


def test_files_beside_a_pack_in_its_repository_are_left_alone(write_pack: WritePack) -> None:
    folder = write_pack("small", {
        **SMALL, ".gitlab-ci.yml": "rules: []\n", ".github/dependabot.yml": "version: 2\n",
        "mkdocs.yml": "site_name: 甲\n",
        "cases/甲.yaml": "这里的文件用例运行时才读\n", "README.md": "甲\n",
    })
    assert load_pack(folder).title == "小规则包"


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_both_parsers_of_yaml_say_the_same(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_source, "_Loader", getattr(yaml, loader))
    problems: list[Problem] = []
    node = yaml_source.read_yaml("甲: '乙'\n丙: [丁, \"戊\"]\n甲: 己\n".encode(), "f", problems)
    assert node is not None
    assert node.get("甲") == yaml_source.ScalarNode("f", 1, 5, "乙", plain=False)
    assert node.get("丙") == yaml_source.ListNode("f", 2, 4, (
        yaml_source.ScalarNode("f", 2, 5, "丁"), yaml_source.ScalarNode("f", 2, 9, "戊", plain=False),
    ), flow=True)
    assert [problem.message() for problem in problems] == ["f:3:1: 键 甲 重复（第 1 行已有）"]


def test_two_tables_of_one_title(write_pack: WritePack) -> None:
    other = TABLE.replace("table: 支出表", "table: 决算表").replace("支出决算表", "收入决算表, 支出 决算表")
    folder = write_pack("small", {**SMALL, "tables/决算表.yaml": other})
    assert faults(folder) == ["small/tables/支出表.yaml:2:9: 标题“支出决算表”既是 决算表 又是 支出表，认不出是哪张表"]
