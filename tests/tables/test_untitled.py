"""A form of projects that lost its title: nobody can be sure whose it is, and nothing is concluded from its absence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gouji.flow import validate
from gouji.hosts.package.reading import read_package
from gouji.sheet import Book

ORDOS = Path(__file__).parents[2] / "templates" / "examples" / "ordos-2022-corrected.xlsx"
SHEET = "绩效3"


def with_title(text: str) -> Book:
    book = read_package(ORDOS)
    return replace(book, sheets=tuple(
        replace(sheet, cells={**sheet.cells, (1, 1): sheet.cells[1, 1]._replace(text=text)})
        if sheet.name == SHEET else sheet for sheet in book.sheets
    ))  # fmt: skip


def test_a_form_without_its_title_is_not_absent() -> None:
    report = validate(with_title("某某统计资料"))
    assert [(one.rule, one.severity) for one in report.findings if one.severity != "info"] == []
    assert [(one.sheet, one.reason_zh) for one in report.unknown_sheets] == [
        (SHEET, "没有标准表的标题，栏目合于 项目支出绩效自评表")
    ]
    assert ("P13-2", f"项目支出绩效自评表有一张没有认出（{SHEET}）") in {
        (one.rule, one.reason_zh) for one in report.not_applied
    }
