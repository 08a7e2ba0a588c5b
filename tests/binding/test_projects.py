"""A project's name in the list of projects and on its own form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.binding.projects import alike, left_over, nearest, same_project

LISTED = [
    "三救工作经费", "三献工作经费", "红十字公益事业支出（专项）", "党的建设、意识形态、改革调研工作经费", "数字红会",
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("三救工作经费", 0),
        ("三 救工作经费", 0),
        ("红十字公益事业支出", 2),
        ("红十字公益事业支出(二期)", 2),
        ("数字红会平台建设经费", 4),
        ("党的建设", 3),
        ("三", None),
        ("党建经费", None),
        ("", None),
    ],
)
def test_stages_of_likeness(name: str, found: int | None) -> None:
    assert same_project(name, LISTED) == found


def test_the_first_stage_that_finds_any_decides() -> None:
    names = ["应急救护", "应急救护（二期）", "应急救护培训"]
    assert alike("应急救护", names) == [0]
    assert alike("应急救护[一期]", names) == [0, 1]
    assert same_project("应急救护[一期]", names) is None
    assert alike("应急", names) == [0, 1, 2]


def test_the_only_one_left_on_both_sides_is_the_project() -> None:
    name = "党的建设、意识形态、改革调研三项经费"
    others = ["三救工作经费", "三献工作经费", "红十字公益事业支出", name, "数字红会"]
    assert same_project(name, LISTED) is None
    assert left_over(name, others, LISTED) == 3
    assert left_over(name, others[1:], LISTED) is None
    assert left_over(name, [*others, "别的项目"], LISTED) is None
    assert left_over("三救工作经费", others, LISTED) is None


def test_what_is_left_must_be_like_it() -> None:
    assert left_over("办公楼维修", ["数字红会", "办公楼维修"], ["数字红会", "三救工作经费"]) is None


def test_the_nearest_name_is_for_messages() -> None:
    assert nearest("三救工作", LISTED) == "三救工作经费"
    assert nearest("党的建设、意识形态、改革调研三项经费", LISTED) == "党的建设、意识形态、改革调研工作经费"
    assert nearest("办公楼维修", LISTED) is None
    assert nearest("三救工作经费", []) is None


@given(st.lists(st.text("甲乙丙丁（）", min_size=1, max_size=5), unique=True, max_size=5))
def test_a_name_that_is_listed_as_it_is_is_found(names: list[str]) -> None:
    for index, name in enumerate(names):
        assert index in alike(name, names)
