"""A row or column added to an inherited form that no total includes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gouji.packs.lint import lint_files
from tests.packs.conftest import WritePack

PACK = {"pack.yaml": "pack: 我们省\ntitle: 我们省\nextends: mof-2022\n"}
ROW = "table: 总表\nsections:\n  收入:\n    rows:\n      {}\n"
COLUMN = "table: 收入表\ncolumns:\n  {}\n"
RULE = """\
table: 总表
rules:
  - id: S01
    name: 不超过本年收入
    check: '[非同级财政拨款收入] <= [本年收入合计]'
    basis: 部分不大于全部
    examples:
      pass: [{非同级财政拨款收入: '3.0', 本年收入合计: '4.0'}]
      fail: [{非同级财政拨款收入: '5.0', 本年收入合计: '4.0'}]
"""


def said(write: WritePack, files: Mapping[str, str]) -> list[str]:
    folder = write("我们省", {**PACK, **files})
    return [problem.message() for problem in lint_files(folder)[1]]


def test_a_row_in_no_total_is_pointed_at_where_it_is_written(write_pack: WritePack) -> None:
    assert said(write_pack, {"tables/总表.yaml": ROW.format("非同级财政拨款收入: {absent: 零}")}) == [
        "我们省/tables/总表.yaml:5:7: 总表新加的行 非同级财政拨款收入 不在任何合计里，它的数错了也看不出来："
        "算在合计里的，写进那个合计的 of（如 本年收入合计）；只是“其中”的，写进 part；都不是的，给它写一条规则"
    ]


def test_a_column_in_no_total(write_pack: WritePack) -> None:
    (found,) = said(write_pack, {"tables/收入表.yaml": COLUMN.format("非同级财政拨款收入: {type: 金额}")})
    assert found.startswith("我们省/tables/收入表.yaml:3:3: 收入表新加的栏 非同级财政拨款收入 不在任何合计里")


@pytest.mark.parametrize("row", [
    "其他收入: {part: [非同级财政拨款收入]}\n      非同级财政拨款收入: {absent: 零}",
    "使用非财政拨款结余: {of: [非同级财政拨款收入]}\n      非同级财政拨款收入: {absent: 零}",
    "年初结转和结余: {absent: 零}",
])  # fmt: skip
def test_a_part_a_child_and_a_row_there_was_before_are_no_fault(write_pack: WritePack, row: str) -> None:
    assert said(write_pack, {"tables/总表.yaml": ROW.format(row)}) == []


def test_a_row_with_a_rule_of_its_own_is_no_fault(write_pack: WritePack) -> None:
    row = ROW.format("非同级财政拨款收入: {absent: 零}")
    assert said(write_pack, {"tables/总表.yaml": row, "rules/总表.yaml": RULE}) == []


def test_a_form_with_figures_beside_its_totals_may_have_more_of_them(write_pack: WritePack) -> None:
    added = "table: 基金\ncolumns:\n  其他资金: {type: 金额, absent: 无}\n"
    assert said(write_pack, {"tables/基金.yaml": added}) == []


def test_texts_and_counts_are_not_added_up(write_pack: WritePack) -> None:
    assert said(write_pack, {"tables/收入表.yaml": COLUMN.format("备注: {type: 文字, absent: 无}")}) == []
