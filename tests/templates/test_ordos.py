"""The second example holds its document's figures, all of them and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from gouji.flow import forms_of
from gouji.hosts.forms.content import BookContent, SectionContent, read_content, read_repairs
from gouji.hosts.package.reading import read_package
from gouji.packs import load_pack
from gouji.tables.model import Section
from gouji.tables.recognise import recognise
from tests.templates.books import TEMPLATES, load, printed, row_of

EXAMPLE, CORRECTED = (TEMPLATES / "examples" / f"ordos-2022{end}.xlsx" for end in ("", "-corrected"))
DATA, REPAIRS = (TEMPLATES / "examples" / "data" / f"ordos-2022{end}.yaml" for end in ("", "-corrected"))
NAMES = {"编码", "行名", "序号"}
"""Columns that name rows: these are printed in the form's own spelling."""
GROUPS = {"一级指标", "二级指标"}
"""Columns printed once for the rows they span."""


@pytest.fixture(scope="module")
def data() -> BookContent:
    return read_content(DATA)


@pytest.fixture(scope="module")
def book() -> Any:
    return load(EXAMPLE)


def sections(data: BookContent) -> Iterator[tuple[str, Section, SectionContent]]:
    """Each section as it is read from the workbook, with its sheet and what the data has for it."""
    found = recognise(read_package(EXAMPLE), forms_of(load_pack("neimenggu-2022")))
    assert {table.definition.name for table in found.tables} == set(data.forms)
    for name, forms in data.forms.items():
        for table, form in zip(found.named(name), forms, strict=True):
            for section in table.sections:
                yield table.sheet.name, section, form.sections[section.definition.name]


def test_every_section_prints_the_figures_of_the_data_and_no_others(data: BookContent, book: Any) -> None:
    for sheet, section, content in sections(data):
        columns = {column.name for column in section.definition.columns if column.type not in NAMES} - GROUPS
        wanted = Counter(
            (column, text) for row in content.rows for column, text in zip(content.columns, row, strict=True)
            if text and column in columns
        )
        places = [(name, section.place(line, name)) for line in section.lines for name in columns]
        cells = Counter((name, printed(book[sheet].cell(*place))) for name, place in places if place is not None)
        assert Counter({key: count for key, count in cells.items() if key[1]}) == wanted, (sheet, section.definition)


def test_no_section_of_the_data_is_left_out(data: BookContent) -> None:
    printed_sections = [(sheet, section.definition.name) for sheet, section, _ in sections(data)]
    assert len(set(printed_sections)) == len(printed_sections)
    assert len(printed_sections) == sum(len(form.sections) for forms in data.forms.values() for form in forms)


def test_indicators_stand_under_their_groups(data: BookContent) -> None:
    for sheet, section, content in sections(data):
        if "一级指标" in content.columns:
            wanted = [(row[0], row[1]) for row in content.rows if row[0] != "总分"]
            assert [line.groups for line in section.lines if line.name != "总分"] == wanted, sheet


def test_projects_and_totals_stand_where_the_document_has_them(book: Any) -> None:
    summary = book["项目支出自评结果统计表"]
    assert [printed(cell) for cell in summary[row_of(summary, "红十字公益事业支出", 2)]] == [
        "5", "红十字公益事业支出", "300", "300", "286.63", "95.54", "99.55"]
    assert [printed(book[f"绩效{n}"].cell(row_of(book[f"绩效{n}"], "项目名称"), 3)) for n in range(1, 6)] == [
        "党的建设、意识形态、改革调研三项经费", "数字红会建设费", "三救工作经费", "三献工作经费", "红十字公益事业支出"]


def test_another_year_is_printed_on_one_form(book: Any) -> None:
    years = [next(cell.value for row in book[f"绩效{n}"].iter_rows(max_row=4) for cell in row
                  if isinstance(cell.value, str) and cell.value.endswith("年度）")) for n in range(1, 6)]
    assert years == ["（2022年度）", "（2022年度）", "（2022年度）", "（2023年度）", "（2022年度）"]


def test_corrected_differs_exactly_at_the_listed_repairs(data: BookContent) -> None:
    before, after = load(EXAMPLE), load(CORRECTED)
    changed = Counter(
        (old.title, printed(cell), printed(new[cell.coordinate]))
        for old, new in zip(before.worksheets, after.worksheets, strict=True) for row in old.iter_rows() for cell in row
        if printed(cell) != printed(new[cell.coordinate])
    )
    projects = [form.fields["项目名称"] for form in data.forms["绩效表"]]
    listed = Counter(
        (f"绩效{projects.index(each.form) + 1}" if each.form else "项目支出自评结果统计表",
         *(text if each.row else f"（{text}年度）" for text in (each.printed, each.value)))
        for each in read_repairs(REPAIRS)
    )
    assert changed == listed
    assert all(each.reason for each in read_repairs(REPAIRS))
