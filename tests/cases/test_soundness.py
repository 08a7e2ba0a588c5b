"""Rules that never stand, that repeat others, that cannot all hold; and that sound packs are left alone."""

from __future__ import annotations

import pytest

from gouji.cases.soundness import soundness
from gouji.diagnosis.tableau import OutOfBudget
from gouji.packs import available_packs
from tests.cases.conftest import shipped, with_rules
from tests.cases.test_coverage import ONE_ROW, TABLE
from tests.packs.conftest import WritePack


def said(write: WritePack, rules: str, table: str = ONE_ROW) -> list[str]:
    found = soundness(with_rules(write, rules, {"tables/支出表.yaml": table}))
    assert found.complete
    prefix = "small/rules/支出表.yaml:"
    return [problem.message().removeprefix(prefix) for problem in found.problems]


@pytest.mark.parametrize("pack_id", available_packs())
def test_the_shipped_packs_are_sound(pack_id: str) -> None:
    found = soundness(shipped(pack_id))
    assert [problem.message() for problem in found.problems] == []
    assert found.complete


@pytest.mark.parametrize(
    "rules",
    [
        "A1 ; [甲] = [乙] + [丙]\nA2 ; [甲] >= [乙]\nA3 ; [甲] >= 0",
        "A1 ; [甲] = [乙]\nA2 ; [乙] = [丙]\nA3 ; [甲] >= 0",
        "A1 ; [甲] = [乙] ; when: '[丙] > 0'\nA2 ; [甲] = [乙] + [丙]\nA3 ; [丙] >= 0",
        "A1 ; [甲] = 0",
        "A1 ; [甲] = 100\nA2 ; [乙] = [甲] * 0.5\nA3 ; [乙] <= 100",
    ],
)
def test_sound(write_pack: WritePack, rules: str) -> None:
    assert said(write_pack, rules) == []


def test_a_rule_that_never_stands(write_pack: WritePack) -> None:
    assert said(write_pack, "A1 ; [本行, 甲] = SUM([本行/下级, 甲]) ; for: 各行 ; except: 合计", TABLE) == [
        "3:1: A1：在 small 的任何一张表上都站不住，永远不会核对：看 for、except 和表的定义"
    ]


def test_a_rule_of_other_years_is_no_fault(write_pack: WritePack) -> None:
    assert said(write_pack, "A1 ; [本行, 甲] = 1 ; for: 各行 ; except: 各行 ; until: 2019", TABLE) == []


@pytest.mark.parametrize(
    "other",
    [
        "[乙] + [丙] = [甲]",
        "2 * [甲] = 2 * [丙] + 2 * [乙]",
        "[甲] - [乙] = [丙]",
        "[甲] = SUM([乙], [丙])",
    ],
)
def test_the_same_relation_in_other_words(write_pack: WritePack, other: str) -> None:
    assert said(write_pack, f"A1 ; [甲] = [乙] + [丙]\nA2 ; {other}") == [
        "8:1: A2：所说的关系 A1（A1 名）都已说过，删去一条"
    ]


def test_an_inequality_turned_round(write_pack: WritePack) -> None:
    assert said(write_pack, "A1 ; [甲] >= [乙]\nA2 ; [乙] <= [甲]") == [
        "8:1: A2：所说的关系 A1（A1 名）都已说过，删去一条"
    ]
    assert said(write_pack, "A1 ; [甲] >= [乙]\nA2 ; [乙] >= [甲]") == []


def test_a_rule_inside_another(write_pack: WritePack) -> None:
    rules = "A1 ; [合计, 甲] = SUM([合计/下级, 甲])\nA2 ; [合计, 本栏] = SUM([合计/下级, 本栏]) ; for: 合计, 各金额"
    assert said(write_pack, rules, TABLE) == ["3:1: A1：所说的关系 A2（A2 名）都已说过，删去一条"]


def test_rules_that_overlap(write_pack: WritePack) -> None:
    rules = (
        "A1 ; [本行, 甲] = [本行, 乙] + [本行, 丙] ; for: 各行 ; except: 一\n"
        "A2 ; [本行, 甲] = [本行, 乙] + [本行, 丙] ; for: 各行 ; except: 二"
    )
    assert said(write_pack, rules, TABLE) == [
        "10:1: A2：有 1 处与 A1（A1 名）说的相同，如 支出表[合计]；用 except 让出其中一条"
    ]


def test_a_condition_makes_another_rule(write_pack: WritePack) -> None:
    assert said(write_pack, "A1 ; [甲] = [乙] ; when: '[丙] > 0'\nA2 ; [甲] = [乙] ; when: '[丙] = 0'") == []


def test_constants_that_contradict(write_pack: WritePack) -> None:
    [found] = said(write_pack, "A1 ; [甲] = 100\nA2 ; [甲] + [乙] = 90\nA3 ; [乙] >= 0")
    assert found == (
        "13:1: 没有一本工作簿能同时满足 A1、A2、A3：A1（支出表）[甲] = 100；A2（支出表）[甲] + [乙] = 90；"
        "A3（支出表）[乙] >= 0"
    )


def test_strict_inequalities_in_a_circle(write_pack: WritePack) -> None:
    [found] = said(write_pack, "A1 ; [甲] > [乙]\nA2 ; [乙] > [丙]\nA3 ; [丙] > [甲]")
    assert found.startswith("13:1: 没有一本工作簿能同时满足 A1、A2、A3：")


def test_a_contradiction_that_only_zeros_avoid(write_pack: WritePack) -> None:
    [found] = said(write_pack, "A1 ; [甲] = [乙] + [丙]\nA2 ; [乙] = [甲] + [丙]\nA3 ; [丙] >= 0")
    assert found.startswith(
        "8:1: 除非 支出表[一, 丙] 是零，没有一本工作簿能同时满足 A1、A2（新加的行、栏，相关的表和规则都要加上）："
    )


def test_warnings_do_not_contradict(write_pack: WritePack) -> None:
    assert said(write_pack, "A1 ; [甲] = 100\nA2 ; [甲] = 90 ; severity: 警告") == []


def test_a_search_that_did_not_end_says_so(write_pack: WritePack, monkeypatch: pytest.MonkeyPatch) -> None:
    def tired(*_: object) -> None:
        raise OutOfBudget

    monkeypatch.setattr("gouji.diagnosis.system.Component.conflict", tired)
    found = soundness(with_rules(write_pack, "A1 ; [甲] = 100", {"tables/支出表.yaml": ONE_ROW}))
    assert found == ((), False)
