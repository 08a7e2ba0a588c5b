"""Numbers and names as people print them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.labels import is_part, normalised, shown, squeezed
from gouji.numerals import Numeral, is_dash, read_numeral


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3,971.8", Numeral(39718, 1, "")),
        ("３，９７１．８", Numeral(39718, 1, "")),
        ("47.06%", Numeral(4706, 2, "%")),
        ("４７．０６％", Numeral(4706, 2, "%")),
        ("10分", Numeral(10, 0, "分")),
        (" 1 234.50 ", Numeral(123450, 2, "")),
        ("-0.5", Numeral(-5, 1, "")),
        ("−0.5", Numeral(-5, 1, "")),
        ("（1,234.5）", Numeral(-12345, 1, "")),
        ("60分钟", Numeral(60, 0, "分钟")),
        ("+3", Numeral(3, 0, "")),
        (".5", Numeral(5, 1, "")),
        ("3,971.8\u200b", Numeral(39718, 1, "")),
        ("\u202d10\n分\u202c", Numeral(10, 0, "分")),
        ("45.5万元", Numeral(455, 1, "万元")),
    ],
)
def test_numbers_in_text(text: str, expected: Numeral) -> None:
    assert read_numeral(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "优", "12,34", "1,2345", "1.2.3", "见附注", "三十", "1-2", "2022年1月-12月", "10 20%分", "(5", "5)", "1e5",
        "¥", "%", "12\n30", "１\n２",
    ],
)
def test_what_is_not_certainly_one_number_stays_text(text: str) -> None:
    assert read_numeral(text) is None


@pytest.mark.parametrize("text", ["—", "——", "-", "－", " ", "", "––", "―", "─", "- -", "\u200b", "\ufeff—"])
def test_dashes_mean_nothing(text: str) -> None:
    assert is_dash(text)


@pytest.mark.parametrize("text", ["0", "0.00", "无", "零", "一"])
def test_zero_and_words_are_no_dashes(text: str) -> None:
    assert not is_dash(text)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_separators_never_change_the_number(number: int, places: int) -> None:
    text = f"{abs(number) / 10**places:,.{places}f}" if abs(number) < 10**14 else str(number)
    read = read_numeral(("-" if number < 0 else "") + text)
    assert read is not None
    assert read.places == places


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("二十四、抗疫特别国债安排的支出", "抗疫特别国债安排的支出"),
        ("总　计", "总计"),
        ("总 计", "总计"),
        ("其中：中央补助", "中央补助"),
        ("年度资金总额：", "年度资金总额"),
        ("（一）一般公共预算财政拨款", "一般公共预算财政拨款"),
        ("1.财政拨款收入", "财政拨款收入"),
        ("因公出国（境）费", "因公出国(境)费"),
        ("因公出国(境)费", "因公出国(境)费"),
        ("“三公”经费", '"三公"经费'),
        ("执行率（B/A）", "执行率(B/A)"),
        ("30101", "30101"),
        ("3.5", "3.5"),
        ("一、", "一、"),
    ],
)
def test_labels_are_reduced_to_what_they_name(label: str, name: str) -> None:
    assert normalised(label) == name


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_more_than_ordinals(text: str) -> None:
    once = normalised(text)
    assert normalised(once) in {once, normalised(normalised(once))}


def test_messages_repeat_the_label_in_its_own_characters() -> None:
    assert shown("二、党委办公厅（室）及 相关机构事务") == "党委办公厅（室）及相关机构事务"
    assert shown("其中：中央补助") == "中央补助"


def test_of_which_is_only_a_part() -> None:
    assert is_part("其中：教育收费")
    assert not is_part("教育收费")


@given(st.text("一二三（）().、:：其中 　1１Ａ㈱表\u200b“", max_size=8))
def test_a_name_is_what_is_left_when_nothing_more_can_be_taken_from_it(text: str) -> None:
    plain = unicodedata.normalize("NFKC", text)
    assert squeezed(text) == re.sub(r"[\s\u200b]", "", plain).replace("“", '"')
    assert squeezed(squeezed(text)) == squeezed(text)
    assert normalised(squeezed(text)) == normalised(text)
