"""The words at the head of printed pages, from a file and from a workbook in memory."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gouji.hosts.memory.reading import read_workbook
from gouji.hosts.package.reading import read_package
from gouji.hosts.page_header import header_lines


@pytest.mark.parametrize(("text", "lines"), [
    ("收入决算表", "收入决算表"),
    ('&C&"宋体,常规"&14收入决算表&R第 &P 页，共 &N 页', "收入决算表\n第  页，共  页"),
    ("&L单位：万元&C&K000000支出 && 决算表\n（续）", "单位：万元\n支出 & 决算表\n（续）"),
    ("&R&8公开03表&C&A", "公开03表"),
    ("&C&B&I收入_x000a_决算表", "收入\n决算表"),
    ("", ""),
])
def test_codes_are_no_words(text: str, lines: str) -> None:
    assert header_lines(text) == lines


def test_the_same_words_from_a_file_and_from_memory(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet["A1"] = "合计"
    sheet.oddHeader.left.text, sheet.oddHeader.right.text = "单位：万元\n某局", "第 &P 页"
    sheet.oddHeader.center.text, sheet.oddHeader.center.size = "收入决算表", 14
    workbook.save(tmp_path / "a.xlsx")
    read = read_package(tmp_path / "a.xlsx")
    assert read.sheets[0].header == "单位：万元\n某局\n收入决算表\n第  页"
    assert read_workbook(openpyxl.load_workbook(tmp_path / "a.xlsx"), "a.xlsx").sheets == read.sheets
