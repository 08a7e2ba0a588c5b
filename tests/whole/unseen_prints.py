"""The nine tables of the corrected example as other provinces might print them, each written by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from gouji.hosts.package.reading import read_package
from gouji.sheet import Area, Cell, CellKind, Sheet

EXAMPLE = Path(__file__).parents[2] / "templates" / "examples" / "heilongjiang-2020-corrected.xlsx"
Rows: TypeAlias = list[list[str]]
"""Cells as texts: numbers plain; ``<`` and ``^`` join a cell to the one at its left and above it."""
Print: TypeAlias = Callable[[], Mapping[int, Sequence[Sheet]]]
"""The sheets that stand for those of some tables, by the tables' numbers."""
HEADINGS = {
    2: ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"],
    3: ["本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"],
    5: ["本年支出", "基本支出", "项目支出"],
}
TITLES = {2: "收入决算表", 3: "支出决算表", 5: "一般公共预算财政拨款支出决算表"}
UNIT = ["单位：某局", "", "", "金额单位：万元"]


class Subject(NamedTuple):
    code: str
    name: str
    amounts: list[str]


@cache
def example() -> dict[int, Sheet]:
    """The nine sheets by the numbers of their tables."""
    return {int(sheet.name[3]): sheet for sheet in read_package(EXAMPLE).sheets if sheet.name.startswith("GK0")}


def rows_of(number: int) -> Rows:
    cells = example()[number].cells
    height, width = max(row for row, _ in cells), max(column for _, column in cells)
    return [[_text(cells.get((r, c))) for c in range(1, width + 1)] for r in range(1, height + 1)]


def _text(cell: Cell | None) -> str:
    return "" if cell is None else f"{Decimal(cell.text):.1f}" if cell.number_format == "#,##0.0" else cell.text


def sheet(name: str, rows: Rows, number_format: str = "#,##0.0") -> Sheet:
    cells, merged = {}, []
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            if text in {"", "<", "^"}:
                continue
            cells[(r, c)] = _cell(text, number_format)
            right, bottom = c, r
            while right < len(row) and row[right] == "<":
                right += 1
            while bottom < len(rows) and c <= len(rows[bottom]) and rows[bottom][c - 1] == "^":
                bottom += 1
            if (right, bottom) != (c, r):
                merged.append(Area(r, c, bottom, right))
    return Sheet(name, cells, tuple(merged))


def _cell(text: str, number_format: str) -> Cell:
    whole, point, part = text.removeprefix("-").partition(".")
    if point and whole.isdigit() and part.isdigit():
        return Cell(CellKind.NUMBER, text, number_format)
    return Cell(CellKind.TEXT, text)


def like(number: int, rows: Rows) -> Sheet:
    """Rows with the merged areas of the example's table."""
    return replace(sheet(f"S{number}", rows), merged=example()[number].merged)


def subjects(number: int) -> tuple[list[str], list[Subject]]:
    rows = rows_of(number)
    total = next(row for row in rows if row[0] == "合　计")
    return total[2:], [Subject(row[0], row[1], row[2:]) for row in rows if row[0].isdigit()]


def by_subject(
    line: Callable[[Subject], list[str]], key: list[str], heading: Callable[[list[str]], Rows], *,
    unit: list[str] = UNIT, number_format: str = "#,##0.0",
) -> dict[int, list[Sheet]]:
    """The three tables of subjects with another line for each subject, below another heading."""
    found = {}
    for number, words in HEADINGS.items():
        total, lines = subjects(number)
        rows = [[TITLES[number]], unit, *heading(words), [*key, *total], *map(line, lines)]
        found[number] = [sheet(f"S{number}", rows, number_format)]
    return found


def plain(words: list[str]) -> Rows:
    return [["科目编码", "科目名称", *words]]


def codes_with_those_over_them() -> Mapping[int, Sequence[Sheet]]:
    def line(one: Subject) -> list[str]:
        levels = [one.code[:end] if len(one.code) >= end else "" for end in (3, 5, 7)]
        return [*levels, one.name, *one.amounts]

    return by_subject(line, ["合计", "<", "<", "<"], lambda words: [
        ["支出功能分类科目编码", "<", "<", "科目名称", *words], ["类", "款", "项", "^", *["^"] * len(words)]])


def codes_merged_over_their_items() -> Mapping[int, Sequence[Sheet]]:
    """Only 项 are printed; 类 and 款 stand once, merged downwards."""
    found = {}
    for number, words in HEADINGS.items():
        total, lines = subjects(number)
        rows, before = [[TITLES[number]], UNIT, ["科目编码", "<", "<", "科目名称", *words],
                        ["类", "款", "项", "^", *["^"] * len(words)], ["合计", "<", "<", "<", *total]], ""
        for code, name, amounts in lines:
            if len(code) == 7:
                rows.append([
                    "^" if before[:3] == code[:3] else code[:3], "^" if before[:5] == code[:5] else code[3:5], code[5:],
                    name, *amounts])
                before = code
        found[number] = [sheet(f"S{number}", rows)]
    return found


def numbers_of_columns_in_the_heading() -> Mapping[int, Sequence[Sheet]]:
    def heading(words: list[str]) -> Rows:
        sums = "+".join(str(n) for n in range(2, len(words) + 1))
        return plain([f"{words[0]}\n（1={sums}）", *(f"{word}（{n}）" for n, word in enumerate(words[1:], 2))])

    return by_subject(lambda one: [one.code, one.name, *one.amounts], ["合计", "<"], heading)


def units_in_the_heading() -> Mapping[int, Sequence[Sheet]]:
    return by_subject(
        lambda one: [one.code, one.name, *one.amounts], ["合计", "<"],
        lambda words: plain([word + "（万元）" for word in words]), unit=["单位：某局"])


def units_in_the_number_format() -> Mapping[int, Sequence[Sheet]]:
    return by_subject(
        lambda one: [one.code, one.name, *one.amounts], ["合计", "<"], plain, number_format='#,##0.0"万元"')


def amounts_left_of_the_names() -> Mapping[int, Sequence[Sheet]]:
    found = {}
    for number, words in HEADINGS.items():
        total, lines = subjects(number)
        rows = [[*words, "科目编码", "科目名称"], [*total, "合计", "<"], *([*a, code, name] for code, name, a in lines)]
        found[number] = [sheet(f"S{number}", [[TITLES[number]], UNIT, *rows])]
    return found


def names_indented_by_columns() -> Mapping[int, Sequence[Sheet]]:
    def line(one: Subject) -> list[str]:
        level = len(one.code) // 2 - 1
        return [one.code, *("" if n != level else one.name for n in range(3)), *one.amounts]

    return by_subject(line, ["合计", "<", "<", "<"], lambda words: [
        ["科目编码", "科目名称", "<", "<", *words], ["^", "类", "款", "项", *["^"] * len(words)]])


def serial_numbers_and_the_unit_in_front() -> Mapping[int, Sequence[Sheet]]:
    return by_subject(
        lambda one: ["7", "某局", one.code, one.name, *one.amounts], ["", "", "合计", "<"],
        lambda words: [["序号", "单位名称", "科目编码", "科目名称", *words]])


def sums_checked_by_people_at_the_right() -> Mapping[int, Sequence[Sheet]]:
    return by_subject(
        lambda one: [one.code, one.name, *one.amounts, "", "0.0"], ["合计", "<"],
        lambda words: plain([*words, "", "校验"]))


def shares_and_the_year_before() -> Mapping[int, Sequence[Sheet]]:
    total, lines = subjects(5)
    rows = [["科目编码", "科目名称", "本年支出", "<", "<", "占比", "上年支出", "增长率"],
            ["^", "^", "小计", "基本支出", "项目支出", "^", "^", "^"], ["合计", "<", *total, "1.0", "3000.0", "0.3"],
            *([code, name, *amounts, "0.5", "99.9", "0.1"] for code, name, amounts in lines)]
    return {5: [sheet("S5", [[TITLES[5]], UNIT, *rows])]}


def the_heading_printed_again_on_every_page() -> Mapping[int, Sequence[Sheet]]:
    total, lines = subjects(3)
    rows = [[code, name, *amounts] for code, name, amounts in lines]
    numbers = ["栏次", "", *map(str, range(1, 7))]
    first = [["支出决算表"], UNIT, *plain(HEADINGS[3]), numbers, ["合计", "<", *total], *rows[:8]]
    return {3: [sheet("S3", [*first, ["支出决算表（续）"], UNIT, *plain(HEADINGS[3]), numbers, *rows[8:]])]}


def rows_that_go_on_on_the_next_sheet() -> Mapping[int, Sequence[Sheet]]:
    total, lines = subjects(3)
    rows = [[code, name, *amounts] for code, name, amounts in lines]
    first = [["支出决算表"], UNIT, *plain(HEADINGS[3]), ["合计", "<", *total], *rows[:8]]
    return {3: [sheet("S3", first), sheet("S3续", [["支出决算表（续表）"], UNIT, *plain(HEADINGS[3]), *rows[8:]])]}


LANES = slice(4, 37)
"""The rows of the first table from its heading to its last total."""


def income_and_expenditure_on_two_sheets() -> Mapping[int, Sequence[Sheet]]:
    rows = rows_of(1)[LANES]
    left = [["收入支出决算总表"], ["单位：万元"], ["收入", "<", "<"], *(row[:3] for row in rows)]
    right = [["收入支出决算总表（续）"], ["单位：万元"], ["支出", "<", "<"], *(row[3:] for row in rows)]
    return {1: [sheet("收入", left), sheet("支出", right)]}


def expenditure_below_income() -> Mapping[int, Sequence[Sheet]]:
    rows = rows_of(1)[LANES]
    left, right = [row[:3] for row in rows if row[0]], [row[3:] for row in rows]
    above = [["收入支出决算总表"], ["单位：万元"], ["收入", "<", "<"], *left]
    return {1: [sheet("S1", [*above, ["支出", "<", "<"], *right])]}


def classes_with_other_names() -> Mapping[int, Sequence[Sheet]]:
    """支出 left out behind the names of some classes, the code before those of others."""
    rows = rows_of(1)
    for row in rows:
        name = row[3].partition("、")[2]
        if name.startswith("社会"):
            row[3] = f"208 {name}"
        elif name.endswith("支出") and name != "其他支出":
            row[3] = row[3].removesuffix("支出")
    return {1: [like(1, rows)]}


def a_budget_beside_the_final_accounts() -> Mapping[int, Sequence[Sheet]]:
    rows = []
    for number, row in enumerate(rows_of(4), 1):
        between = "年初预算数" if number == 5 else "3000.0" if row[2] and number > 6 else ""
        rows.append([*row[:2], between, *row[2:]])
    rows[4][3] = "决算数"
    rows[3:4], rows[5:6] = [["收入", "<", "<", "<", "支出", *["<"] * 5]], []
    return {4: [sheet("S4", rows)]}


def people_and_running_costs_on_two_sheets() -> Mapping[int, Sequence[Sheet]]:
    rows, title = rows_of(6)[4:34], "一般公共预算财政拨款基本支出决算表"
    left = [[title], UNIT, ["人员经费", "<", "<"], *(row[:3] for row in rows if row[0])]
    right = [[title + "（续）"], UNIT, ["公用经费", "<", "<"], *(row[3:] for row in rows)]
    return {6: [sheet("6-1", left), sheet("6-2", right)]}


def two_forms_side_by_side() -> Mapping[int, Sequence[Sheet]]:
    fund, capital = "政府性基金预算财政拨款收入支出决算表", "国有资本经营预算财政拨款支出决算表"
    rows = [
        [fund, *["<"] * 7, "", capital, *["<"] * 4],
        [*[""] * 7, "单位：万元", "", *[""] * 4, "单位：万元"],
        ["科目编码", "科目名称", "年初结转和结余", "本年收入", "本年支出", "<", "<", "年末结转和结余", "",
         "科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["^", "^", "^", "^", "小计", "基本支出", "项目支出", "^", "", "^", "^", "^", "^", "^"],
        ["合计", "<", *["0.0"] * 6, "", "合计", "<", "0.0", "0.0", "0.0"],
    ]
    return {8: [sheet("8和9", rows)], 9: []}


def titles_of_two_rows() -> Mapping[int, Sequence[Sheet]]:
    found = {}
    for number, first in ((5, "一般公共预算财政拨款"), (6, "一般公共预算财政拨款"), (8, "政府性基金预算财政拨款")):
        rows = rows_of(number)
        rows[:1] = [[first], [rows[0][0].removeprefix(first)]]
        found[number] = [sheet(f"S{number}", rows)]
    return found


def quotes_of_another_kind() -> Mapping[int, Sequence[Sheet]]:
    rows = rows_of(7)
    rows[0][0] = "一般公共预算财政拨款「三公」经费支出决算表"
    return {7: [like(7, rows)]}


def three_columns_for_each_expense() -> Mapping[int, Sequence[Sheet]]:
    names = ("合计", "因公出国（境）费", "公务用车购置及运行维护费",
             "公务用车购置费", "公务用车运行维护费", "公务接待费")
    figures = rows_of(7)[7]
    rows = [[name, "99.9", *both, "0.9"] for name, *both in zip(names, figures[:6], figures[6:], strict=True)]
    heading = ["项目", "年初预算数", "全年预算数", "决算数", "完成率"]
    return {7: [sheet("S7", [["财政拨款“三公”经费支出决算表"], ["单位：万元"], heading, *rows])]}


def every_amount_typed_as_text() -> Mapping[int, Sequence[Sheet]]:
    found = {}
    for number in range(1, 10):
        sheet = example()[number]
        cells = {
            place: Cell(CellKind.TEXT, f" {Decimal(cell.text):,.1f}\u00a0")
            if cell.kind is CellKind.NUMBER and cell.number_format == "#,##0.0" else cell
            for place, cell in sheet.cells.items()
        }
        found[number] = [replace(sheet, cells=cells)]
    return found


def labels_of_other_provinces() -> Mapping[int, Sequence[Sheet]]:
    """代码 for 编码, 结转结余 without 和, 附属单位 with other words, in every table that prints them."""
    others = (("科目编码", "科目代码"), ("结转和结余", "结转结余"), ("附属单位上缴收入", "附属单位缴款收入"),
              ("对附属单位补助支出", "对附属单位补助"))

    def renamed(text: str) -> str:
        for known, other in others:
            text = text.replace(known, other)
        return text

    found = {}
    for number in (1, 2, 3, 4, 5, 6, 8, 9):
        rows = [[renamed(text) for text in row] for row in rows_of(number)]
        found[number] = [like(number, rows)]
    return found


PRINTS: tuple[Print, ...] = (
    codes_with_those_over_them, codes_merged_over_their_items, numbers_of_columns_in_the_heading,
    units_in_the_heading, units_in_the_number_format, amounts_left_of_the_names, names_indented_by_columns,
    serial_numbers_and_the_unit_in_front, sums_checked_by_people_at_the_right, shares_and_the_year_before,
    the_heading_printed_again_on_every_page, rows_that_go_on_on_the_next_sheet, income_and_expenditure_on_two_sheets,
    expenditure_below_income, classes_with_other_names, a_budget_beside_the_final_accounts,
    people_and_running_costs_on_two_sheets, two_forms_side_by_side, titles_of_two_rows, quotes_of_another_kind,
    three_columns_for_each_expense, every_amount_typed_as_text, labels_of_other_provinces,
)
