"""Widths, wrapping and what a code page can print."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.report.layout import (
    PLAIN_ERRORS,
    aligned,
    ambiguous_is_wide,
    cut,
    pad,
    printable,
    register_plain_errors,
    width,
    wrap,
)


@pytest.mark.parametrize(
    ("text", "wide_ambiguous", "columns"),
    [
        ("abc", False, 3),
        ("决算", False, 4),
        ("，", False, 2),
        ("a决·", False, 4),
        ("a决·", True, 5),
        ("e\u0301", False, 1),
    ],
)
def test_a_chinese_character_takes_two_columns(text: str, wide_ambiguous: bool, columns: int) -> None:
    assert width(text, wide_ambiguous) == columns


def test_only_east_asian_code_pages_print_ambiguous_characters_wide() -> None:
    assert [ambiguous_is_wide(name) for name in ("gbk", "GB18030", "cp936", "utf-8", "ascii", None)] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_padding_and_cutting_count_columns() -> None:
    assert pad("合计", 6) == "合计  "
    assert cut("本年收入合计", 12) == "本年收入合计"
    assert cut("本年收入合计", 9) == "本年收入…"
    assert width(cut("本年收入合计", 10, True), True) <= 10


def test_lines_break_between_chinese_characters_but_not_in_a_figure_or_before_a_comma() -> None:
    assert wrap("列示 1,899.0，各来源之和 1,888.9，相差 10.1。", 16) == [
        "列示 1,899.0，各",
        "来源之和",
        "1,888.9，相差",
        "10.1。",
    ]


def test_a_word_too_long_for_a_line_is_folded() -> None:
    assert wrap("ab 0123456789", 4) == ["ab", "0123", "4567", "89"]


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10) == [""]


@given(st.text(alphabet="ab1,.％决算，。（）【】 ·", max_size=80), st.integers(4, 40))
def test_wrapping_loses_nothing_but_blanks_and_fills_no_line_over(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns for line in lines)


def test_figures_are_aligned_at_the_decimal_point() -> None:
    assert aligned(["1,888.8", "0.15", "15", "≥25%", "", "—"]) == [
        "1,888.8 ", "    0.15", "   15   ", "  ≥25%  ", "        ", "    —   ",
    ]  # fmt: skip


@given(st.lists(st.decimals(-(10**6), 10**6, places=2).map(str) | st.integers(0, 999).map(str), min_size=1))
def test_aligned_figures_are_equally_wide_and_unchanged(figures: list[str]) -> None:
    shown = aligned(figures)
    assert [each.strip() for each in shown] == figures
    assert len({len(each) for each in shown}) == 1
    assert len({each.rstrip().find(".") for each in shown if "." in each}) <= 1


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gbk", "× 错误 A06 · ─ ≥"),
        ("ascii", "x ?? A06 - - >"),
        ("utf-8", "✗ 错误 A06 · ─ ≥"),
        (None, "✗ 错误 A06 · ─ ≥"),
    ],
)
def test_characters_an_encoding_lacks_are_replaced_by_plain_ones(encoding: str | None, text: str) -> None:
    assert printable("✗ 错误 A06 · ─ ≥", encoding) == text


@given(st.text(), st.sampled_from(["gbk", "ascii", "latin-1", "cp437", "utf-8"]))
def test_no_text_fails_to_encode(text: str, encoding: str) -> None:
    register_plain_errors()
    printable(text, encoding).encode(encoding)
    text.encode(encoding, PLAIN_ERRORS)
