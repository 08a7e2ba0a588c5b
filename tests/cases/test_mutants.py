"""Mistakes put into formulas, and whether examples notice them."""

from __future__ import annotations

import pytest

from gouji.cases.mutants import measure
from gouji.cases.mutations import KINDS, mutants
from gouji.cases.whole import whole_cases
from gouji.packs import load_pack
from gouji.packs.locations import find_pack
from tests.cases.conftest import shipped, with_rules
from tests.packs.conftest import SMALL, WritePack

A, B, C = "[合计, 本年支出合计]", "[合计, 基本支出]", "[合计, 项目支出]"


@pytest.mark.parametrize(("check", "expected"), [
    (f"{A} = {B}", {f"比较 {A} <= {B}", f"比较 {A} >= {B}", f"符号 {A} = -{B}"}),
    (f"{A} >= {B} + {C}", {
        f"比较 {A} <= {B} + {C}", f"比较 {A} = {B} + {C}", f"运算符 {A} >= {B} - {C}", f"漏项 {A} >= {B}",
        f"漏项 {A} >= {C}", f"符号 {A} >= -{B} + {C}", f"符号 -{A} >= {B} + {C}",
    }),
    (f"{A} = 100", {f"比较 {A} <= 100", f"比较 {A} >= 100", f"常数 {A} = 101", f"符号 -{A} = 100"}),
    (f"{A} = {B} * 0.5", {
        f"比较 {A} <= {B} * 0.5", f"比较 {A} >= {B} * 0.5", f"运算符 {A} = {B} / 0.5", f"常数 {A} = {B} * 0.6",
        f"符号 {A} = -({B} * 0.5)", f"符号 -{A} = {B} * 0.5",
    }),
    ("SUM([合计, 基本支出:项目支出]) = 1", {
        "比较 SUM([合计, 基本支出:项目支出]) <= 1", "比较 SUM([合计, 基本支出:项目支出]) >= 1",
        "函数 MAX([合计, 基本支出:项目支出]) = 1", "区间端点 SUM([合计, 基本支出]) = 1",
        "区间端点 SUM([合计, 项目支出]) = 1", "常数 SUM([合计, 基本支出:项目支出]) = 2",
        "符号 -SUM([合计, 基本支出:项目支出]) = 1", "区间端点 SUM([合计, 基本支出:项目支出]) = 1（集合少第一个）",
        "区间端点 SUM([合计, 基本支出:项目支出]) = 1（集合少最后一个）",
    }),
    ("NOT(有(支出表))", {"函数 有(支出表)"}),
])  # fmt: skip
def test_every_mistake_that_is_made(write_pack: WritePack, check: str, expected: set[str]) -> None:
    rule = with_rules(write_pack, f"A1 ; {check}").rule("A1")
    found = [f"{mutant.kind} {mutant.said}" for mutant in mutants(rule)]
    assert set(found) == expected
    assert len(found) == len(expected)
    assert {mutant.kind for mutant in mutants(rule)} <= set(KINDS)


def test_a_condition_is_mutated_as_well(write_pack: WritePack) -> None:
    rule = with_rules(write_pack, f"A1 ; {A} = {B} ; when: '{B} > 0'").rule("A1")
    assert [mutant.said for mutant in mutants(rule) if mutant.said.startswith("when")] == [
        f"when: {B} < 0", f"when: {B} = 0", f"when: -{B} > 0",
    ]  # fmt: skip


def test_words_have_no_order(write_pack: WritePack) -> None:
    rule = with_rules(write_pack, f"A1 ; {A} = {B} ; when: '\"甲\" = \"乙\"'").rule("A1")
    assert [mutant.said for mutant in mutants(rule) if mutant.said.startswith("when")] == ['when: "甲" <> "乙"']


def test_inherited_rules_are_measured_where_they_are_written() -> None:
    assert [one.rule.id for one in measure(shipped("heilongjiang-2020"))] == ["H07", "P03", "P07", "P10", "P14-1"]


def measured(write: WritePack, examples: str) -> list[str]:
    rules = SMALL["rules/支出表.yaml"]
    text = rules[: rules.index("    examples:")] + f"    examples:\n{examples}"
    [one] = measure(load_pack(write("small", {**SMALL, "rules/支出表.yaml": text})))
    return [mutant.said for mutant in one.missed]


def example(outcome: str, *figures: str) -> str:
    cells = ", ".join(
        f"'合计, {column}': '{figure}'"
        for column, figure in zip(("本年支出合计", "基本支出", "项目支出"), figures, strict=True)
    )
    return f"      {outcome}: [{{{cells}}}]\n"


def test_a_fault_in_one_direction_leaves_the_other_unnoticed(write_pack: WritePack) -> None:
    check = "[本行, 本年支出合计] {} [本行, 基本支出] + [本行, 项目支出]"
    passes = example("pass", "3.0", "1.0", "2.0")
    assert measured(write_pack, passes + example("fail", "4.0", "1.0", "2.0")) == [check.format("<=")]
    assert measured(write_pack, passes + example("fail", "2.0", "1.0", "2.0")) == [check.format(">=")]


def test_zeros_notice_no_sign(write_pack: WritePack) -> None:
    cells = "'合计, 基本支出': '1.0', '合计, 项目支出': '0'"
    both = f"      fail: [{{'合计, 本年支出合计': '4.0', {cells}}}, {{'合计, 本年支出合计': '0', {cells}}}]\n"
    missed = measured(write_pack, example("pass", "1.0", "1.0", "0") + both)
    assert "[本行, 本年支出合计] = [本行, 基本支出] - [本行, 项目支出]" in missed


def test_all_noticed(write_pack: WritePack) -> None:
    cells = "'合计, 基本支出': '1.0', '合计, 项目支出': '2.0'"
    both = f"      fail: [{{'合计, 本年支出合计': '4.0', {cells}}}, {{'合计, 本年支出合计': '2.0', {cells}}}]\n"
    assert measured(write_pack, example("pass", "3.0", "1.0", "2.0") + both) == []


def test_the_rule_itself_is_no_mutant() -> None:
    for rule in shipped("mof-2020").rules:
        checks = {check.expression for check in rule.checks}
        for mutant in mutants(rule):
            if mutant.change is None:
                assert (mutant.rule.when, {check.expression for check in mutant.rule.checks}) != (rule.when, checks)


@pytest.mark.parametrize(("pack_id", "rule_id", "mistake"), [
    ("sichuan-2023", "SC01", "when: -[本行, 执行率] < 90%"),
])
def test_a_mistake_on_forms_that_no_example_can_draw_is_noticed_by_a_whole_case(
    pack_id: str, rule_id: str, mistake: str
) -> None:
    pack = shipped(pack_id)
    rule, wholes = pack.rule(rule_id), whole_cases(find_pack(pack_id))[0]
    (by_examples,), (by_all,) = measure(pack, [rule]), measure(pack, [rule], wholes)
    assert [mutant.said for mutant in by_examples.missed] == [mistake]
    assert not by_all.missed
