"""The ``print:`` mapping is checked as a whole; printed figures become cell values and back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.errors import GoujiError
from gouji.hosts.forms.printed import CellValue, cell_value, shown
from gouji.hosts.forms.printing import Lane, read_print
from gouji.hosts.forms.tables import ordinal
from gouji.packs import load_pack


def test_a_layout_is_read_into_typed_values() -> None:
    layout = read_print(load_pack("mof-2020").tables["总表"])
    assert (layout.sheet, layout.number, layout.landscape) == ("GK01 收入支出决算总表", "公开01表", True)
    assert layout.widths == (38.0, 6.0, 16.0, 38.0, 6.0, 16.0)
    totals = ("本年收入合计", "使用非财政拨款结余", "年初结转和结余", "", "总计")
    assert layout.lanes[0] == Lane(section="收入", items="本年收入合计", totals=totals)


def test_every_fault_is_reported_at_once_with_its_place() -> None:
    definition = load_pack("mof-2020").tables["总表"]
    faulty = {
        "number": "公开01表", "page": "斜向", "widths": ["10", "宽"], "heading": [["收入", "←", "←"]],
        "columns": ["收入/项目", "收入/金額"], "lanes": [{"section": "收入", "total": "总计", "totals": ["总共"]}],
        "lines": "许多", "margins": "3",
    }
    with pytest.raises(GoujiError) as caught:
        read_print(replace(definition, print=faulty))
    lines = caught.value.chinese.splitlines()
    where = "表“总表”的 print"
    assert lines == [
        f"{where}：缺少 sheet",
        f"{where}：page 应为横向、纵向 之一",
        f"{where}：widths 应为数（宽 不是）",
        f"{where}.lanes[1]：不认识的键 total（可用：items、lines、rows、section、totals、without）",
        f"{where}：lines 应为整数",
        f"{where}：不认识的键 margins（可用：above、blocks、columns、heading、lanes、lines、notes、number、page、"
        "sheet、spell、subtitle、widths）",
        f"{where}：这一行有 3 格，widths 有 2 栏：收入、←、←",
        f"{where}：columns 里的“收入/金額”在表的定义里没有",
        f"{where}：lanes 里的“总共”在表的定义里没有",
    ]
    assert len(caught.value.english.splitlines()) == len(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("160", CellValue(160)), ("75.29", CellValue(Decimal("75.29"))),
        ("47.06%", CellValue(Decimal("0.4706"), "0.00%")),
        ("95%", CellValue(Decimal("0.95"), "0%")), ("10分", CellValue("10分")), ("=100%", CellValue("=100%")),
        ("≥150件", CellValue("≥150件")), ("优", CellValue("优")), ("", CellValue("")), ("2部", CellValue("2部")),
    ],
)
def test_printed_figures_as_typed_by_a_clerk(text: str, expected: CellValue) -> None:
    assert cell_value(text) == expected


def test_amounts_of_a_table_keep_their_decimals_and_separators() -> None:
    assert cell_value("3,971.8", separators=True) == CellValue(Decimal("3971.8"), "#,##0.0")
    assert cell_value("0.00", separators=True) == CellValue(Decimal("0.00"), "#,##0.00")


@given(st.decimals(-10**9, 10**9, places=2), st.integers(0, 2))
def test_a_tables_amount_prints_as_it_was(number: Decimal, places: int) -> None:
    text = f"{number:,.{places}f}"
    value, number_format = cell_value(text, separators=True)
    assert shown(value, number_format) == text.removeprefix("-" if Decimal(str(value)) == 0 else "")


@given(st.decimals(0, 1000, places=2), st.integers(0, 2))
def test_a_rate_prints_as_it_was(number: Decimal, places: int) -> None:
    text = f"{number:.{places}f}%"
    value, number_format = cell_value(text)
    assert shown(float(str(value)), number_format) == text


def test_ordinals_of_the_printed_lines() -> None:
    assert [ordinal(n) for n in (1, 10, 11, 19, 20, 26)] == ["一", "十", "十一", "十九", "二十", "二十六"]
