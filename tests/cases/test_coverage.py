"""Which figures rules read, which they locate, which none tells apart."""

from __future__ import annotations

from collections import Counter

from gouji.cases.coverage import Coverage, coverage
from tests.cases.conftest import shipped, with_rules
from tests.packs.conftest import WritePack

TABLE = """\
table: 支出表
title: [支出决算表]
columns: {项目: {type: 行名}, 甲: {}, 乙: {}, 丙: {}}
rows: {合计: {of: [一, 二]}, 一: {}, 二: {}}
"""
ONE_ROW = TABLE.replace("rows: {合计: {of: [一, 二]}, 一: {}, 二: {}}", "rows: {一: {}}")


def of(write: WritePack, rules: str, table: str = ONE_ROW) -> Coverage:
    return coverage(with_rules(write, rules, {"tables/支出表.yaml": table}))


def standings(found: Coverage) -> dict[str, str]:
    return {f"{figure.place.row}{figure.place.column}": figure.standing for figure in found.figures}


def test_no_rule(write_pack: WritePack) -> None:
    found = of(write_pack, "A1 ; [甲] >= 0 ; severity: 提示")
    assert standings(found) == {"一甲": "untouched", "一乙": "untouched", "一丙": "untouched"}
    assert found.groups == ()


def test_an_inequality_only_bounds(write_pack: WritePack) -> None:
    assert standings(of(write_pack, "A1 ; [甲] >= [乙]")) == {"一甲": "bounded", "一乙": "bounded", "一丙": "untouched"}


def test_one_equation_notices_and_does_not_locate(write_pack: WritePack) -> None:
    found = of(write_pack, "A1 ; [甲] = [乙] + [丙]")
    assert set(standings(found).values()) == {"single"}
    assert [[place.column for place in group] for group in found.groups] == [["甲", "乙", "丙"]]
    assert {figure.rules for figure in found.figures} == {("A1",)}


def test_two_equations_locate_what_stands_in_both_alone(write_pack: WritePack) -> None:
    found = of(write_pack, "A1 ; [甲] = [乙]\nA2 ; [甲] = [丙]")
    assert standings(found) == {"一甲": "located", "一乙": "single", "一丙": "single"}
    assert found.groups == ()


def test_figures_in_the_same_proportion_are_twins(write_pack: WritePack) -> None:
    found = of(write_pack, "A1 ; [甲] = [乙] + [丙]\nA2 ; 3 = 2 * [乙] + 2 * [丙]")
    assert standings(found) == {"一甲": "single", "一乙": "twin", "一丙": "twin"}
    other = of(write_pack, "A1 ; [甲] = [乙] + [丙]\nA2 ; 3 = 2 * [乙] + [丙]")
    assert standings(other) == {"一甲": "single", "一乙": "located", "一丙": "located"}


def test_rows_and_columns_cross(write_pack: WritePack) -> None:
    rules = (
        "A1 ; [本行, 甲] = [本行, 乙] + [本行, 丙] ; for: 各行\n"
        "A2 ; [合计, 本栏] = SUM([合计/下级, 本栏]) ; for: 合计, 各金额"
    )
    found = of(write_pack, rules, TABLE)
    assert Counter(standings(found).values()) == {"located": 9}
    assert {figure.rules for figure in found.figures} == {("A1", "A2")}


def test_a_rate_stands_in_an_equation(write_pack: WritePack) -> None:
    table = ONE_ROW.replace("丙: {}", "丙: {type: 比率}")
    assert set(standings(of(write_pack, "A1 ; [丙] = [甲] / [乙]", table)).values()) == {"single"}


def test_what_is_not_applied_is_said(write_pack: WritePack) -> None:
    assert of(write_pack, "A1 ; [甲] = 上年.支出表[甲]").not_applied[0][0] == "A1"


def test_the_nine_tables() -> None:
    found = coverage(shipped("mof-2020"))
    assert found.of("untouched") == []
    singles = {figure.place.name for figure in found.of("single")}
    assert {"三公[预算数, 公务接待费]", "总表[收入/年初结转和结余, 金额]"} <= singles
    assert "支出表[类, 基本支出]" in {figure.place.name for figure in found.of("located")}
    assert found.not_applied == ()
