"""Every form of a pack, filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.cases.full_forms import filled, full_forms
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs import available_packs
from gouji.tables.definition import FIGURE_TYPES
from gouji.tables.recognise import recognise
from tests.cases.conftest import shipped

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@pytest.mark.parametrize("pack_id", available_packs())
def test_every_form_prints_every_row_and_column_with_a_figure(pack_id: str) -> None:
    pack = shipped(pack_id)
    forms = full_forms(pack)
    assert {table.definition.name for table in forms.tables} == set(pack.forms)
    for table in forms.tables:
        assert all(value.status == "figure" for value in table.values.values())
        for section in table.sections:
            assert set(section.columns) == {column.name for column in section.definition.columns}
            printed = {line.definition.name for line in section.lines if line.definition}
            assert printed == {row.name for row in section.definition.rows}
            for line in section.lines:
                assert line.known
                for column in section.definition.columns:
                    place = section.place(line, column.name)
                    assert place is not None
                    assert (place in table.values) == (column.type in FIGURE_TYPES)


def test_codes_have_all_levels_and_two_branches_of_each() -> None:
    [table] = full_forms(shipped("mof-2020")).named("支出表")
    [section] = table.sections
    codes = {line.code for line in section.lines if line.code}
    assert {"201", "20101", "20102", "2010101", "2010102"} <= codes
    assert {len(code) for code in codes} == {3, 5, 7}
    for line in section.lines:
        if line.code and len(line.code) < 7:
            assert len(line.children) >= 2
    assert {line.name for line in section.lines if line.parent is None} == {"合计"}


def test_codes_that_rules_name_are_there() -> None:
    codes = {
        line.code for table in full_forms(shipped("mof-2020")).named("一般支出") for line in table.sections[0].lines
    }
    assert {"2080505", "20805", "208", "2210201"} <= codes


def test_forms_that_occur_on_many_sheets_occur_twice() -> None:
    first, second = full_forms(shipped("mof-2020")).named("绩效表")
    assert (first.key, second.key) == ("项目一", "项目二")
    assert first.sheet.name != second.sheet.name


def test_a_template_is_filled_where_figures_stand() -> None:
    pack = shipped("mof-2020")
    book = read_package(TEMPLATES / "mof-2020.xlsx")
    blank = recognise(book, forms_of(pack))
    full = recognise(filled(book, blank), forms_of(pack))
    assert [table.definition.name for table in full.tables] == [table.definition.name for table in blank.tables]
    for table, before in zip(full.tables, blank.tables, strict=True):
        assert table.values.keys() == before.values.keys()
        assert {value.status for value in table.values.values()} <= {"figure"}
