"""What lint says of a rule, at the column of the name that is wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.packs import load_pack
from gouji.packs.lint import lint, lint_files
from tests.packs.conftest import SMALL, WritePack

FILES = {
    **SMALL,
    "pack.yaml": SMALL["pack.yaml"] + "params: {满分: 100}\n",
    "tables/总表.yaml": """\
table: 总表
title: 收入支出决算总表
fields: {年度: {type: 年}}
sections:
  收入:
    columns: {项目: {type: 行名}, 金额: {type: 金额}}
    rows:
      本年收入: {of: [财政, 事业], label: 本年收入合计}
      年初: {of: [财政, 事业], items: 下方}
      总计: {of: [本年收入, 年初]}
  支出:
    columns: {项目: {type: 行名}, 金额: {type: 金额}, 占比: {type: 比率}}
    rows:
      科目: {each: 项目, codes: 功能科目, absent: 零}
      总计: {of: [科目]}
""",
    "tables/绩效表.yaml": """\
table: 绩效表
title: 自评表
many: 项目名称
fields: {项目名称: {}}
columns:
  一级指标: {type: 文字, fill: 向下}
  名称: {type: 行名}
  目标: {type: 指标值}
  实际: {type: 实际值}
  分值: {type: 分, exact: 是}
  得分: {type: 分}
rows:
  指标: {each: 名称, under: 一级指标}
  总分: {}
""",
    "rules/支出表.yaml": "",
}


@pytest.fixture
def said(write_pack: WritePack) -> Callable[..., list[str]]:
    """What lint says of one rule, without its file; examples are all given unless asked for."""

    def run(check: str, table: str = "总表", more: str = "", examples: str = "") -> list[str]:
        given = examples or "{pass: [{}], edge: [{}], fail: [{}]}"
        rule = (
            f"rules:\n  - id: A1\n    table: {table}\n    name: 甲\n    basis: 乙\n    check: '{check}'\n"
            f"    examples: {given}\n{more}"
        )
        found = lint(load_pack(write_pack("small", {**FILES, "rules/支出表.yaml": rule})))
        prefix = "small/rules/支出表.yaml:"
        return [problem.message().removeprefix(prefix) for problem in found]

    return run


CLEAN = [
    ("[收入/总计] = [支出/总计, 金额]", "总表", ""),
    ("[总计, 占比] = [总计, 占比]", "总表", ""),
    ("[本年收入] = SUM([本年收入/下级])", "总表", ""),
    ("[本年收入/财政] = 1", "总表", ""),
    ("[一般公共服务支出, 金额] = 支出表[201, 本年支出合计]", "总表", ""),
    ("[本行, 金额] = 支出表[本行, 本年支出合计]", "总表", "    for: 支出/各类\n"),
    ("[本行, 本栏] = SUM([本行, 本栏/下级])", "支出表", "    for: 各行, 各栏\n    except: [合计, '各款, 各金额']\n"),
    ("[合计, 本年支出合计/下级] = 总表[收入/本栏]", "支出表", "    for: 合计, 各栏\n"),
    ("有(支出表[2010101])", "总表", ""),
    ("[年度] = 年度", "总表", ""),
    ("[总分, 得分] = MIN(100%, 90%) * [总分, 分值]", "绩效表", ""),
    ("[本行, 得分] = [本行, 分值] * 完成比([本行, 目标], [本行, 实际])", "绩效表", "    for: 成本指标/各指标\n"),
    ("SUM(绩效表[总分, 得分]) <= 满分 * 3", "绩效表", "    when: 有(上年)\n"),
    ("上年.总表[收入/总计] = 1", "总表", ""),
    ("[合计, 本年支出合计] = 支出表[合计, 本年支出合计]", "支出表", "    when: 有(绩效表)\n"),
]


@pytest.mark.parametrize(("check", "table", "more"), CLEAN, ids=[each[0] for each in CLEAN])
def test_clean(said: Callable[..., list[str]], check: str, table: str, more: str) -> None:
    found = said(check, table, more)
    if check.startswith("[合计, 本年支出合计/下级]"):
        assert found == ["6:13: A1：这里要一个数，却是一组数；用 SUM 等函数"]
    else:
        assert found == []


FAULTS = [
    ("[收入/总记] = 1", "总表", "", ["6:17: A1：总表没有行 总记，是 总计 吗？"]),
    ("[年初] = 支出[201, 本年支出合计]", "总表", "", ["6:20: A1：没有表 支出，是 支出表 吗？"]),
    ("[本年收入] = 支出表[201, 基本支]", "总表", "", ["6:31: A1：没有栏 基本支，是 基本支出 吗？"]),
    ("[总计, 金额] = 1", "总表", "", ["6:14: A1：总计 不只一处，写作 收入/总计、支出/总计"]),
    ("[财政] = 1", "总表", "", ["6:14: A1：财政 不只一处，写作 本年收入/财政、年初/财政"]),
    ("[支出/总计] = 1", "总表", "", ["6:14: A1：支出/总计 后要写栏（有 金额、占比）"]),
    ("[本年收入合计] = 1", "总表", "", ["6:14: A1：规则里写名称 本年收入；印法写在定义的 label 里"]),
    ("[行27] = 1", "总表", "", ["6:14: A1：行27 年年会变，写行的名称"]),
    ("[合计, 栏3] = 1", "支出表", "", ["6:18: A1：栏3 年年会变，写栏的名称"]),
    ("[299, 基本支出] = 1", "支出表", "", ["6:14: A1：支出表 的编码表里没有 299"]),
    ("[20, 基本支出] = 1", "支出表", "", ["6:14: A1：支出表没有行 20"]),
    ("[本行, 本年支出合计] = 1", "支出表", "", ["6:14: A1：写了 本行，规则却没有 for"]),
    ("[本行, 本栏] = 1", "支出表", "    for: 各行\n", ["6:18: A1：for 里没有栏，不能写 本栏"]),
    ("支出表[本表, 本年支出合计] = 1", "支出表", "", ["6:17: A1：支出表 没有 many，不能写 本表"]),
    ("[各类, 基本支出] = 1", "支出表", "", ["6:13: A1：这里要一个数，却是一组数；用 SUM 等函数"]),
    ("绩效表[总分, 得分] = 100", "绩效表", "", ["6:13: A1：这里要一个数，却是一组数；用 SUM 等函数"]),
    ("SUM([各季度, 基本支出]) = 1", "支出表", "", ["6:18: A1：没有 各季度；有 各款 各科目 各类 各行 各项"]),
    ("SUM([下级, 基本支出]) = 1", "支出表", "", ["6:18: A1：下级前面要写是谁的下级"]),
    ("SUM([合计, 基本支出:项目支出]) = 1", "支出表", "",
     ["6:22: A1：范围 基本支出:项目支出 就是 本年支出合计/下级，写后者"]),
    ("[合计, 基本支出] = C8", "支出表", "", ["6:26: A1：不写单元格地址（C8），写表上印的名字，如 [总计]"]),
    ("[合计, 基本支出] = 项目支出", "支出表", "", ["6:26: A1：表上的数写在方括号里：[项目支出]"]),
    ("[年初] = 支出决算表[201, 本年支出合计]", "总表", "", ["6:20: A1：支出决算表 是标题，规则里叫它 支出表"]),
    ("SUM([年初：总计]) = 1", "总表", "", ["6:18: A1：从甲到乙用半角的冒号 :"]),
    ("[年初] + [本年收入]", "总表", "", ["6:13: A1：这里应是一个关系：用 = <= >= 比较两边"]),
    ("[合计, 基本支出] = 满分数", "支出表", "", ["6:26: A1：没有名字 满分数，是 满分 吗？"]),
    ("有(去年)", "支出表", "", ["6:15: A1：没有名字 去年，是 上年 吗？"]),
    ("[支出/总计, 金额] = [支出/总计, 占比]", "总表", "", ["6:25: A1：金额与比率不能相加减或比较"]),
    ("[支出/总计, 金额] / [支出/总计, 金额] = [收入/总计]", "总表", "", ["6:39: A1：比率与金额不能相加减或比较"]),
    ("[总分, 得分] * [总分, 得分] = 1", "绩效表", "",
     ["6:22: A1：两个都有舍入的数不能相乘；改用印出的结果核对"]),
    ("[收入/总计] / [年初] = [本年收入] / [年初]", "总表", "",
     ["6:28: A1：比较的两边都有除法；改成一边是印出的比率，或交叉相乘的各项"]),
    ("[支出/总计, 占比] = [年初] / [本年收入] + 1", "总表", "", ["6:41: A1：除得的数不能再加减；先通分成一个除法"]),
    ("1 = 1", "支出表", "    for: 各季度\n", ["2:1: A1：没有 各季度；有 各款 各科目 各类 各行 各项"]),
    ("1 = 1", "支出表", "    for: 各行\n    except: 合记\n", ["2:1: A1：支出表没有行 合记，是 合计 吗？"]),
]


@pytest.mark.parametrize(("check", "table", "more", "expected"), FAULTS, ids=[each[0] for each in FAULTS])
def test_fault(said: Callable[..., list[str]], check: str, table: str, more: str, expected: list[str]) -> None:
    assert [fault for fault in said(check, table, more) if fault.startswith(("6:", "2:1"))] == expected


def test_a_rule_of_several_tables_must_make_sense_in_each(said: Callable[..., list[str]]) -> None:
    found = said("[本行, 基本支出] >= 0", "[支出表, 绩效表]", "    for: [各行]\n")
    assert found == ["6:18: A1：没有栏 基本支出"]


def test_a_place_must_make_sense_in_one_table(said: Callable[..., list[str]]) -> None:
    assert said("[本行, 本栏] >= 0", "[支出表, 绩效表]", "    for: 各指标, 各分\n    except: '各款, 各金额'\n") == []


@pytest.mark.parametrize(("check", "examples", "expected"), [
    ("[合计, 本年支出合计] = [合计, 基本支出] + [合计, 项目支出]", "{pass: [{}]}", "edge（舍入）、fail（不通过）"),
    ("[合计, 本年支出合计] = SUM([合计, 本年支出合计/下级])", "{pass: [{}], fail: [{}]}", "edge（舍入）"),
    ("[合计, 本年支出合计] >= 总表[支出/总计, 金额]", "{fail: [{}]}", "pass（通过）、edge（舍入）"),
    ("[合计, 本年支出合计] >= 0", "{fail: [{}]}", "pass（通过）"),
    ("有(总表)", "{pass: [{}]}", "fail（不通过）"),
])
def test_missing_examples(said: Callable[..., list[str]], check: str, examples: str, expected: str) -> None:
    assert said(check, "支出表", examples=examples) == [f"2:1: A1：examples 里缺 {expected} 的例子"]


@pytest.mark.parametrize(("years", "expected"), [
    ("    since: 2021\n    until: 2019\n", "since 2021 在 until 2019 之后，永远不会核对"),
    ("    since: 2021\n", "本包是 2020 年度的，since、until 使它永远不会核对"),
    ("    until: 2019\n", "本包是 2020 年度的，since、until 使它永远不会核对"),
])
def test_years_that_never_come(said: Callable[..., list[str]], years: str, expected: str) -> None:
    assert said("[合计, 本年支出合计] >= 0", "支出表", years) == [f"2:1: A1：{expected}"]


def test_counts_and_amounts_do_not_compare(said: Callable[..., list[str]]) -> None:
    assert said("[支出/总计, 金额] = COUNT([支出/各行, 金额])", "总表") == ["6:25: A1：金额与数不能相加减或比较"]


def test_everything_wrong_with_files_definitions_and_rules_at_once(write_pack: WritePack) -> None:
    rules = FILES["tables/支出表.yaml"]
    folder = write_pack("small", {
        **FILES,
        "tables/支出表.yaml": rules.replace("type: 编码", "type: 码"),
        "rules/支出表.yaml": """\
table: 支出表
rules:
  - {id: A1, name: 甲, basis: 乙, check: '[合计, 基本支] = 1', chek: 1}
  - {id: A2, name: 甲, basis: 乙, check: '1 ='}
  - {id: A3, name: 甲, basis: 乙, table: 支出, check: '[合计, 基本支] = 1'}
""",
    })
    pack, problems = lint_files(folder)
    assert [rule.id for rule in pack.rules] == ["A1", "A2", "A3"]
    assert [problem.message().removeprefix("small/").split(" 指标值")[0] for problem in problems] == [
        "rules/支出表.yaml:3:1: A1：examples 里缺 pass（通过）、fail（不通过） 的例子",
        "rules/支出表.yaml:3:46: A1：没有栏 基本支，是 基本支出 吗？",
        "rules/支出表.yaml:3:57: 没有键 chek，是 check 吗？",
        "rules/支出表.yaml:4:44: 遇到结尾，这里应是数、[行, 栏] 或函数",
        "rules/支出表.yaml:5:40: 没有表 支出，是 支出表 吗？",
        "tables/支出表.yaml:4:16: “码”不可用，应是 金额 比率 分 数",
    ]


@pytest.mark.parametrize(("cell", "expected"), [
    ("'合记, 基本支出': '1'", "7:22: A1 的例子 合记, 基本支出：支出表没有行 合记，是 合计 吗？"),
    ("'支出[201, 基本支出]': '1'", "7:22: A1 的例子 支出[201, 基本支出]：没有表 支出，是 支出表 吗？"),
    ("'各类, 基本支出': '1'", "7:22: A1 的例子 各类, 基本支出 应是一格"),
    ("合计: '1'", "7:22: A1 的例子 合计：合计 后要写栏（有 本年支出合计、基本支出、项目支出）"),
])
def test_places_of_examples(said: Callable[..., list[str]], cell: str, expected: str) -> None:
    found = said("[合计, 本年支出合计] >= 0", "支出表", examples=f"{{pass: [{{{cell}}}], fail: [{{}}]}}")
    assert [fault.replace("7:23", "7:22") for fault in found] == [expected.replace("7:22", found[0].split(": ")[0])]


def test_open_rows_of_examples_may_have_any_name(said: Callable[..., list[str]]) -> None:
    examples = "{pass: [{'产出指标/甲, 得分': '5', '总分, 得分': '5'}], edge: [{'乙, 得分': '5'}], fail: [{}]}"
    assert said("[总分, 得分] = SUM([各指标, 得分])", "绩效表", examples=examples) == []
