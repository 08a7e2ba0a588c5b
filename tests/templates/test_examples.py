"""The example workbook holds the document's figures, all of them and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouji.errors import GoujiError
from gouji.hosts.forms.building import plan_book
from gouji.hosts.forms.content import BookContent, FormContent, Repair, SectionContent, read_repairs, repaired
from gouji.packs import load_pack
from tests.templates.books import (
    CORRECTED,
    DATA,
    EXAMPLE,
    NUMBERED,
    REPAIRS,
    content,
    load,
    printed,
    row_of,
    sheets_of,
    texts,
)

_PLAIN = re.compile(r"-?[\d,]+(\.\d+)?%?")


@pytest.fixture(scope="module")
def data() -> BookContent:
    return content()


@pytest.fixture(scope="module")
def book() -> Any:
    return load(EXAMPLE)


def subject_rows(sheet: Any, width: int) -> list[tuple[str, ...]]:
    """The body of a table of subjects, from the line after 栏次 to the one before 注."""
    top = row_of(sheet, "栏　次") + 1
    bottom = next(row for row in range(top, 99) if str(sheet.cell(row, 1).value).startswith("注："))
    return [texts(sheet, row, range(1, width + 1)) for row in range(top, bottom)]


@pytest.mark.parametrize("table", ["收入表", "支出表", "一般支出", "基金", "国资"])
def test_subject_tables_print_every_row_of_the_data_in_order(table: str, book: Any, data: BookContent) -> None:
    sheet = next(sheet for name, sheet, _ in sheets_of(book, data) if name == table)
    section = data.forms[table][0].sections[""]
    first, *rest = section.rows
    assert first[:2] == ("", "合计")
    assert subject_rows(sheet, len(section.columns)) == [("合　计", "", *first[2:]), *rest]


def lane(sheet: Any, columns: list[int], last: str) -> list[tuple[str, ...]]:
    """The lines of one lane that print a name, down to the line ``last``."""
    strip: Callable[[str], str] = lambda text: re.sub(r"^[一二三四五六七八九十]+、|　", "", text)  # noqa: E731
    top = next(row for row in range(1, 20) if sheet.cell(row, columns[0]).value == "栏　次") + 1
    lines = [texts(sheet, row, columns) for row in range(top, sheet.max_row + 1)]
    end = next(i for i, line in enumerate(lines) if strip(line[0]) == last)
    return [(strip(line[0]), *line[1:]) for line in lines[: end + 1] if line[0]]


@pytest.mark.parametrize(
    ("table", "section", "columns"),
    [
        ("总表", "收入", [1, 3]), ("总表", "支出", [4, 6]),
        ("拨款总表", "收入", [1, 3]), ("拨款总表", "支出", [4, 6, 7, 8, 9]),
    ],
)
def test_both_lanes_of_the_summary_tables(
    table: str, section: str, columns: list[int], book: Any, data: BookContent
) -> None:
    sheet = next(sheet for name, sheet, _ in sheets_of(book, data) if name == table)
    expected = [(row[0].rpartition("/")[2], *row[1:]) for row in data.forms[table][0].sections[section].rows]
    assert lane(sheet, columns, "总计") == expected


def test_printed_line_numbers_run_through_both_lanes(book: Any, data: BookContent) -> None:
    for table, last, half in (("总表", 62, 31), ("拨款总表", 64, 32)):
        sheet = next(sheet for name, sheet, _ in sheets_of(book, data) if name == table)
        top = row_of(sheet, "栏　次") + 1
        numbers = [[sheet.cell(row, column).value for row in range(top, top + half)] for column in (2, 5)]
        assert numbers == [list(range(1, half + 1)), list(range(half + 1, last + 1))]


def test_both_lanes_of_basic_expenditure(book: Any, data: BookContent) -> None:
    sheet = next(sheet for name, sheet, _ in sheets_of(book, data) if name == "基本明细")
    top = row_of(sheet, "科目编码") + 1
    bottom = row_of(sheet, "人员经费合计")
    left = [texts(sheet, row, range(1, 4)) for row in range(top, bottom)]
    right = [texts(sheet, row, range(4, 7)) for row in range(top, bottom)]
    sums = [("", sheet.cell(bottom, c).value, printed(sheet.cell(bottom, c + 2))) for c in (1, 4)]
    lines = [line for line in left if any(line)] + [sums[0]] + [line for line in right if any(line)] + [sums[1]]
    assert lines == list(data.forms["基本明细"][0].sections[""].rows)


def test_the_three_public_expenses(book: Any, data: BookContent) -> None:
    sheet = next(sheet for name, sheet, _ in sheets_of(book, data) if name == "三公")
    row = next(row for row in range(1, 20) if sheet.cell(row, 12).value == 12) + 1
    budget, actual = data.forms["三公"][0].sections[""].rows
    assert texts(sheet, row, range(1, 13)) == budget[1:] + actual[1:]


def indicators(sheet: Any) -> list[tuple[str, ...]]:
    """The lines that print an indicator, their merged 一级 and 二级 cells filled in."""
    lines, one, two = [], "", ""
    for row in range(row_of(sheet, "绩效指标") + 1, row_of(sheet, "总分")):
        first, second, *rest = texts(sheet, row, range(2, 10))
        if first:
            one, two = first, ""
        two = second or two
        if any(rest):
            lines.append((one, two, *rest))
    return lines


def test_every_performance_form(book: Any, data: BookContent) -> None:
    forms = [(sheet, form) for name, sheet, form in sheets_of(book, data) if name == "绩效表"]
    assert len(forms) == 9
    for sheet, form in forms:
        money = row_of(sheet, "项目资金（万元）") + 1
        assert [texts(sheet, row, range(5, 10)) for row in range(money, money + 4)] == [
            row[1:] for row in form.sections["资金"].rows
        ]
        *lines, total = form.sections["指标"].rows
        assert indicators(sheet) == lines
        assert texts(sheet, row_of(sheet, "总分"), [7, 8]) == total[5:7]
        assert sheet.cell(row_of(sheet, "项目（专项）名称"), 4).value == form.fields["项目名称"]
        assert sheet.cell(row_of(sheet, "项目（专项）名称"), 7).value == int(form.fields["项目类别"])
        assert sheet.cell(row_of(sheet, "项目（专项）名称"), 9).value is None


def test_as_many_numbers_as_the_data_has(book: Any, data: BookContent) -> None:
    """Counted the other way round: every number in the file is a figure, a line or column number, or a form's flag."""
    for name, sheet, form in sheets_of(book, data):
        numbers = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
        printed_numbers = Counter(printed(cell) for cell in numbers)
        places = {"总表": [*range(1, 63), 1, 2], "拨款总表": [*range(1, 65), *range(1, 6)], "收入表": range(1, 8),
                  "支出表": range(1, 7), "一般支出": range(1, 4), "三公": range(1, 13), "基金": range(1, 7),
                  "国资": range(1, 4), "绩效表": [int(form.fields.get("项目类别", 0))]}.get(name, ())
        figures = Counter(
            text for _, _, column, text in form.figures()
            if column not in ("科目编码", "目标") and _PLAIN.fullmatch(text)
        )
        assert printed_numbers == figures + Counter(map(str, places)), sheet.title


def test_amounts_are_numbers_and_codes_are_text(book: Any, data: BookContent) -> None:
    sheet = book["GK02 收入决算表"]
    row = row_of(sheet, "2013101")
    cell = sheet.cell(row, 3)
    assert (cell.value, cell.number_format, cell.data_type) == (1899, "#,##0.0", "n")
    assert sheet.cell(row, 1).data_type == "s"
    hotline = book["绩效1"]
    rates = [hotline.cell(row_of(hotline, "★全年预算资金支出率", 4), column) for column in (5, 6)]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in rates] == [
        ("=100%", "s", "General"), (0.4706, "n", "0.00%")]


def test_no_formula_anywhere(book: Any) -> None:
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_corrected_differs_exactly_at_the_listed_repairs(data: BookContent) -> None:
    before, after = load(EXAMPLE), load(CORRECTED)
    changed = []
    for old, new in zip(before.worksheets, after.worksheets, strict=True):
        assert (old.title, old.merged_cells.ranges) == (new.title, new.merged_cells.ranges)
        assert old.dimensions == new.dimensions
        for row in old.iter_rows():
            for cell in row:
                pair = printed(cell), printed(new[cell.coordinate])
                if pair[0] != pair[1]:
                    changed.append((old.title, *pair))
    titles = {name: sheet.title for name, sheet, _ in sheets_of(before, data) if name in NUMBERED}
    projects = [each for each in sheets_of(before, data) if each[0] == "绩效表"]
    titles |= {form.fields["项目名称"]: sheet.title for _, sheet, form in projects}
    expected = [(titles[each.form or each.table], each.printed, each.value) for each in read_repairs(REPAIRS)]
    assert sorted(changed) == sorted(expected)
    assert len(changed) == 16


def test_every_repair_has_a_reason() -> None:
    for repair in read_repairs(REPAIRS):
        assert repair.reason
        assert "\n" not in repair.reason


def test_a_repair_that_does_not_meet_the_figure_is_refused(data: BookContent) -> None:
    wrong = Repair("收入表", "", "2013101", "本年收入合计", "1,899.1", "1,888.9", "抄错")
    with pytest.raises(GoujiError, match=r"印的是 1,899\.0，不是 1,899\.1"):
        repaired(data, [wrong])
    with pytest.raises(GoujiError, match="应恰有一处，有 0 处"):
        repaired(data, [Repair("收入表", "", "2013102", "栏外", "612.0", "1", "没有这一栏")])


def test_a_figure_without_a_place_on_the_form_is_refused(data: BookContent) -> None:
    pack = load_pack("heilongjiang-2020")
    rows = (("30229", "福利费", "1.0"), ("30999", "没有", "2.0"))
    lost = FormContent(sections={"": SectionContent(("科目编码", "科目名称", "决算数"), rows)})
    with pytest.raises(GoujiError, match="没有印这些行的地方：30999·没有·2"):
        plan_book(pack, BookContent(pack.id, {}, {"基本明细": (lost,)}))
    with pytest.raises(GoujiError, match="规则包没有这些表：没有的表"):
        plan_book(pack, BookContent(pack.id, {}, {"没有的表": (lost,)}))


@pytest.mark.parametrize("path", [EXAMPLE, CORRECTED, DATA, REPAIRS])
def test_no_telephone_numbers(path: Path) -> None:
    if path.suffix == ".xlsx":
        cells = (cell for sheet in load(path) for row in sheet.iter_rows() for cell in row)
        text = "\n".join(str(cell.value) for cell in cells)
    else:
        text = path.read_text(encoding="utf-8")
    assert not re.search(r"\d{8,}", text)
