"""Examples of rules, run: what is said of those that do not come out as declared."""

from __future__ import annotations

import pytest

from gouji.cases.running import run_cases
from gouji.packs import load_pack
from tests.packs.conftest import SMALL, WritePack

RULES = SMALL["rules/支出表.yaml"]
CHECK = "[本行, 本年支出合计] = [本行, 基本支出] + [本行, 项目支出]"
CELLS = "'合计, 本年支出合计': '{}', '合计, 基本支出': '1.0', '合计, 项目支出': '2.0'"


def said(write: WritePack, outcome: str, cells: str) -> list[str]:
    """The problems of a pack whose only example is this one."""
    rules = RULES[: RULES.index("    examples:")] + f"    examples: {{{outcome}: [{{{cells}}}]}}\n"
    pack = load_pack(write("small", {**SMALL, "rules/支出表.yaml": rules}))
    return [result.problem.message() for result in run_cases(pack) if result.problem]


@pytest.mark.parametrize(("outcome", "total", "expected"), [
    ("pass", "3.0", None),
    ("pass", "3.1", None),
    ("edge", "3.1", None),
    ("fail", "4.0", None),
    ("pass", "4.0", f"应当成立，却不成立：左边 4，右边 3（{CHECK}）"),
    ("edge", "3.0", "不靠四舍五入也成立，应列在 pass"),
    ("fail", "3.0", f"应当不成立，却成立：左边 3，右边 3（{CHECK}）"),
    ("fail", "3.2", f"应当不成立，却只是尾差：左边 3.2，右边 3（{CHECK}）"),
])  # fmt: skip
def test_outcomes(write_pack: WritePack, outcome: str, total: str, expected: str | None) -> None:
    words = {"pass": "通过", "edge": "舍入", "fail": "不通过"}
    found = said(write_pack, outcome, CELLS.format(total))
    place = "small/rules/支出表.yaml:8:1"
    assert found == ([] if expected is None else [f"{place}: A1 的例（{words[outcome]}）：{expected}"])


def test_an_example_on_which_nothing_stands(write_pack: WritePack) -> None:
    assert said(write_pack, "pass", "'合计, 基本支出': '1.0'") == [
        "small/rules/支出表.yaml:8:1: A1 的例（通过）：没有形成任何一条关系：关系读到的格都要写，when 的条件也要满足"
    ]


def test_an_example_that_names_no_cell_of_the_form(write_pack: WritePack) -> None:
    assert said(write_pack, "pass", "'合计, 基本': '1.0'") == [
        "small/rules/支出表.yaml:8:1: A1 的例（通过）：支出表 里没有 合计, 基本 这一格"
    ]
