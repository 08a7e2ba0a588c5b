"""The workbooks look like the official forms, and are what the table definitions give now."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import pytest
from openpyxl.cell import MergedCell

from gouji.hosts.forms.__main__ import build_all
from gouji.hosts.forms.building import printed_forms
from gouji.hosts.forms.plan import needed_height, text_width
from gouji.hosts.forms.printing import LEFT, UP, find_column, read_print
from gouji.packs import load_pack
from gouji.sheet import Area, column_letters
from tests.templates.books import BLANKS, CORRECTED, EXAMPLE, TEMPLATES, load, printed, row_of

ALL = sorted(TEMPLATES.rglob("*.xlsx"))
PACKS = sorted(path.stem for path in TEMPLATES.glob("*.xlsx"))
PACK_OF = {"ordos-2022": "neimenggu-2022"}
TITLES = {
    "GK01": "收入支出决算总表", "GK02": "收入决算表", "GK03": "支出决算表", "GK04": "财政拨款收入支出决算总表",
    "GK05": "一般公共预算财政拨款支出决算表", "GK06": "一般公共预算财政拨款基本支出决算表",
    "GK07": "一般公共预算财政拨款“三公”经费支出决算表", "GK08": "政府性基金预算财政拨款收入支出决算表",
    "GK09": "国有资本经营预算财政拨款支出决算表",
}
MERGED_HEADINGS = {
    "GK01": {"A4:C4", "D4:F4"}, "GK02": {"A5:B5", "A6:B6"}, "GK03": {"A5:B5", "A6:B6"}, "GK04": {"A4:C4", "D4:I4"},
    "GK05": {"A4:B4", "C4:E4", "A6:B6", "A7:B7"}, "GK06": {"A4:C4", "D4:F4"},
    "GK07": {"A4:F4", "G4:L4", "A5:A6", "B5:B6", "C5:E5", "F5:F6", "G5:G6", "H5:H6", "I5:K5", "L5:L6"},
    "GK08": {"A4:B4", "C4:C5", "D4:D5", "E4:G4", "H4:H5", "A6:B6", "A7:B7"},
    "GK09": {"A4:B4", "C4:E4", "A6:B6", "A7:B7"},
}
books = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
of_2020 = pytest.mark.parametrize("path", [*BLANKS, EXAMPLE, CORRECTED], ids=lambda path: path.stem)


def parts(path: Path) -> dict[str, str]:
    """Canonical XML by part: how an XML library spaces its tags does not matter."""
    with zipfile.ZipFile(path) as package:
        return {name: canonicalize(package.read(name)) for name in package.namelist()}


def whole_cells(sheet: Any, top: int, bottom: int) -> Iterator[tuple[Any, Area]]:
    """Every cell of some rows with the area it stands for; of a merged area only its first cell."""
    areas = [Area(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges]
    starts = {(area.top, area.left): area for area in areas}
    for row in range(top, bottom + 1):
        for column in range(1, sheet.max_column + 1):
            area = starts.get((row, column), Area(row, column, row, column))
            if (row, column) in starts or not isinstance(sheet.cell(row, column), MergedCell):
                yield sheet.cell(row, column), area


def is_wide(path: Path, sheet: str) -> bool:
    """Whether the pack of a workbook prints that sheet across; a form on many sheets numbers them."""
    stem = path.stem.removesuffix("-corrected")
    layouts = [read_print(definition) for definition in printed_forms(load_pack(PACK_OF.get(stem, stem)))]
    return next(layout.landscape for layout in layouts if sheet.startswith(layout.sheet))


def test_the_committed_workbooks_are_up_to_date(tmp_path: Path) -> None:
    """``python -m gouji.hosts.forms`` writes them anew."""
    written = build_all(tmp_path, TEMPLATES / "examples" / "data")
    assert {path.relative_to(tmp_path) for path in written} == {
        path.relative_to(TEMPLATES) for kind in ("*.xlsx", "*.docx") for path in TEMPLATES.rglob(kind)}
    for path in written:
        assert parts(path) == parts(TEMPLATES / path.relative_to(tmp_path)), path.name


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    data = TEMPLATES / "examples" / "data"
    first, second = (build_all(tmp_path / name, data) for name in ("first", "second"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


@of_2020
def test_sheets_are_named_as_the_exporting_programs_do(path: Path) -> None:
    names = load(path).sheetnames
    count = 1 if path in BLANKS else 9
    assert names == [f"{code} {title}" for code, title in TITLES.items()] + [f"绩效{n}" for n in range(1, count + 1)]


@books
def test_every_form_is_set_up_for_a4(path: Path) -> None:
    for sheet in load(path):
        page = sheet.page_setup
        assert page.paperSize == 9
        assert page.orientation == ("landscape" if is_wide(path, sheet.title) else "portrait")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert page.fitToWidth == 1
        assert sheet.print_options.horizontalCentered
        assert sheet.print_area.endswith(f"${sheet.max_row}")
        if page.fitToHeight == 0:
            assert sheet.print_title_rows.startswith("$1:$")


@of_2020
def test_title_number_and_unit_stand_above(path: Path) -> None:
    book = load(path)
    for sheet in book.worksheets[:9]:
        code, title = sheet.title.split(" ")
        width = sheet.max_column
        head = sheet["A1"]
        assert (head.value, head.font.name, head.font.b, head.font.sz) == (title, "宋体", True, 18)
        assert head.alignment.horizontal == "center"
        assert sheet["A2"].value == f"公开{code[2:]}表"
        assert sheet["A2"].alignment.horizontal == "right"
        for row in (1, 2):
            assert f"A{row}:{sheet.cell(row, width).coordinate}" in {str(each) for each in sheet.merged_cells.ranges}
        line = [cell.value for cell in sheet[3] if cell.value is not None]
        assert line == ["部门：" if path in BLANKS else "部门：黑龙江省信访局（本级）", "2020年度", "金额单位：万元"]


@of_2020
def test_headings_are_merged_as_printed(path: Path) -> None:
    book = load(path)
    for sheet in book.worksheets[:9]:
        merged = {str(each) for each in sheet.merged_cells.ranges}
        assert MERGED_HEADINGS[sheet.title[:4]] <= merged, sheet.title


@books
def test_every_cell_of_the_grid_has_thin_borders_and_the_form_s_font(path: Path) -> None:
    for sheet in load(path):
        rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).border.left.style]
        assert rows == list(range(rows[0], rows[-1] + 1))
        assert len(rows) >= 3
        for _, area in whole_cells(sheet, rows[0], rows[-1]):
            first, last = sheet.cell(area.top, area.left).border, sheet.cell(area.bottom, area.right).border
            assert {first.left.style, first.top.style, last.right.style, last.bottom.style} == {"thin"}, area
        assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"宋体"}


@books
def test_no_text_is_cut(path: Path) -> None:
    for sheet in load(path):
        for cell, area in whole_cells(sheet, 1, sheet.max_row):
            if not isinstance(cell.value, str):
                continue
            columns = map(column_letters, range(area.left, _reach(sheet, area) + 1))
            width = sum(sheet.column_dimensions[each].width for each in columns) - 2 * cell.alignment.indent
            width *= 10 / cell.font.sz
            height = sum(sheet.row_dimensions[row].height for row in range(area.top, area.bottom + 1))
            if cell.alignment.wrap_text:
                assert needed_height(cell.value, width) <= height + 0.01, (sheet.title, cell.coordinate)
            else:
                assert text_width(cell.value) <= width, (sheet.title, cell.coordinate, cell.value)


def _reach(sheet: Any, area: Area) -> int:
    """The last column that a text covers: it runs on over empty cells to its right."""
    if area.left != area.right or sheet.cell(area.top, area.left).alignment.horizontal in {"center", "right"}:
        return area.right
    beyond = range(area.right + 1, sheet.max_column + 1)
    full = (column for column in beyond if sheet.cell(area.top, column).value is not None)
    return next(full, sheet.max_column + 1) - 1


@pytest.mark.parametrize("path", sorted((TEMPLATES / "examples").glob("*.xlsx")), ids=lambda path: path.stem)
def test_figures_fit_their_columns(path: Path) -> None:
    for sheet in load(path):
        for cell, area in whole_cells(sheet, 1, sheet.max_row):
            if isinstance(cell.value, int | float):
                width = sheet.column_dimensions[column_letters(area.left)].width
                assert len(printed(cell)) + 1.5 <= width, (sheet.title, cell.coordinate)


@of_2020
def test_amounts_stand_right_codes_left_names_indented_by_level(path: Path) -> None:
    book = load(path)
    detail = book.worksheets[5]
    for code, indent in (("301", 0), ("30101", 1)):
        row = row_of(detail, code)
        assert detail.cell(row, 1).alignment.horizontal == "left"
        assert detail.cell(row, 2).alignment.indent == indent
        assert detail.cell(row, 3).alignment.horizontal == "right"
    if path not in BLANKS:
        income = book.worksheets[1]
        rows = [row_of(income, code) for code in ("201", "20131", "2013101")]
        assert [income.cell(row, 2).alignment.indent for row in rows] == [0, 1, 2]


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.stem)
def test_blank_forms_hold_no_amounts(path: Path) -> None:
    for sheet in load(path):
        amounts = [cell for row in sheet.iter_rows() for cell in row if cell.number_format == "#,##0.00"]
        assert all(cell.value is None for cell in amounts)
        assert bool(amounts) == sheet.title.startswith("GK")


def test_the_province_s_form() -> None:
    sheet = load(EXAMPLE)["绩效1"]
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["附件", "省级项目（专项）支出绩效自评表", "（2020年度）"]
    assert {"A6:C10", "A11:A12", "B11:D11", "E11:I11", "A13:A30", "B14:B23", "B24:B28", "B29:B30"} <= merged
    groups = {sheet[each.partition(":")[0]].value for each in merged if each.startswith(("B1", "B2", "C1"))}
    assert {"产出指标", "效益指标", "满意度指标", "质量指标", "时效指标"} <= groups
    assert [sheet.cell(13, column).value for column in range(1, 10)] == [
        "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "设定分值", "实际得分",
        "未完成原因和改进措施"]


@pytest.mark.parametrize("pack_id", PACKS)
def test_each_heading_is_a_printed_name_of_its_column(pack_id: str) -> None:
    """The lowest heading over a figure is one of its column's labels, or 小计/合计 under one."""
    for definition in printed_forms(load_pack(pack_id)):
        layout = read_print(definition)
        for position, place in enumerate(layout.columns):
            found = find_column(definition, place)
            assert found is not None
            section, _, name = found
            column = next(each for each in section.columns if each.name == name)
            labels = {_plain(each) for each in (column.name, *column.labels)}
            above = [text for text in _over(layout.heading, position) if not text.isdecimal() and text != "栏次"]
            assert above[-1] in labels or (above[-1] in {"小计", "合计"} and above[-2] in labels), (place, above)


def _over(heading: tuple[tuple[str, ...], ...], position: int) -> list[str]:
    """The headings over a column, from the top, through merged cells."""
    seen = []
    for line in heading:
        at = position
        while line[at] == LEFT:
            at -= 1
        if line[at] and line[at] != UP:
            seen.append(_plain(line[at]))
    return seen


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)
