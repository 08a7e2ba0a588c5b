"""What people and programs leave in cells, through the whole of ``gouji.validate``: understood, found, or not applied.

Each damage is made to the corrected example, on which nothing is found.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import gouji
from gouji.report.model import Report
from tests.docs.pages import EXAMPLE
from tests.hosts import packages

CORRECTED = EXAMPLE.with_name("heilongjiang-2020-corrected.xlsx")
INCOME, FORM = 2, 10
"""Numbers of the sheets 收入决算表 and of the first 绩效 form."""
TOTAL = (INCOME, "C6")
"""合计 · 本年收入合计, 3,972.0: the sum of its row, of its column, and equal to the figure of 收入支出决算总表."""


def text(value: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def number(value: str, formula: str = "") -> str:
    return f"><f>{formula}</f><v>{value}</v></c>" if formula else f"><v>{value}</v></c>"


def unsaved(formula: str) -> str:
    return f"><f>{formula}</f></c>"


class Damage:
    """The corrected example with some bytes of some parts changed."""

    def __init__(self) -> None:
        self.parts = packages.entries(CORRECTED)

    def cell(self, place: tuple[int, str], inside: str, number_format: str | None = None) -> Damage:
        """Another content; with its style, or one of its own that has the number format."""
        name, reference = f"xl/worksheets/sheet{place[0]}.xml", place[1]
        sheet = self.parts[name].decode()
        found = re.search(rf'<c r="{reference}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', sheet)
        assert found, place
        style = found[1] or "" if number_format is None else f' s="{self._style(number_format)}"'
        self.parts[name] = sheet.replace(found[0], f'<c r="{reference}"{style}{inside}').encode()
        return self

    def change(self, part: str, old: str, new: str) -> Damage:
        content = self.parts[part].decode()
        assert old in content
        self.parts[part] = content.replace(old, new, 1).encode()
        return self

    def _style(self, number_format: str) -> int:
        styles = self.parts["xl/styles.xml"].decode()
        code = number_format.replace('"', "&quot;")
        styles = re.sub(r"(<numFmts[^>]*>)", rf'\1<numFmt numFmtId="900" formatCode="{code}"/>', styles, count=1)
        held = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.DOTALL)
        assert held
        styles = styles.replace("</cellXfs>", '<xf numFmtId="900" applyNumberFormat="1"/></cellXfs>')
        self.parts["xl/styles.xml"] = styles.encode()
        return len(re.findall(r"<xf\b", held[1]))

    def report(self, folder: Path) -> Report:
        path = folder / "决算.xlsx"
        path.write_bytes(packages.zipped(self.parts))
        return gouji.validate(path, pack="heilongjiang-2020")


def found(report: Report) -> set[tuple[str, str, str]]:
    return {(finding.severity, finding.rule, str(finding.cell)) for finding in report.findings}


def errors_at(report: Report) -> set[str]:
    return {finding.cell.address for finding in report.findings if finding.severity == "error"}


def test_nothing_is_wrong_with_the_corrected_example(tmp_path: Path) -> None:
    report = Damage().report(tmp_path)
    assert (report.findings, report.not_applied, report.remarks) == ((), (), ())


# understood: the verdict does not change


UNDERSTOOD = {
    "number as text": (TOTAL, text("3972.0")),
    "thousands separators": (TOTAL, text("3,972.0")),
    "full-width separators": (TOTAL, text("3，972.0")),
    "full-width digits": (TOTAL, text("３，９７２．０")),
    "spaces around": (TOTAL, text("\u3000 3972.0\u00a0")),
    "a space without width behind": (TOTAL, text("3972.0\u200b")),
    "marks of the writing direction around": (TOTAL, text("\u202d3,972.0\u202c")),
    "a byte order mark before": (TOTAL, text("\ufeff3972.0")),
    "unit behind": (TOTAL, text("3972.0万元")),
    "the same amount in 元": (TOTAL, text("39,719,960元")),
    "sign of the currency": (TOTAL, text("¥3,972.0")),
    "exponent": (TOTAL, number("3.972E3")),
    "noise of binary numbers": (TOTAL, number("3971.9999999999995")),
    "formula with its result": (TOTAL, number("3972", "SUM(D6:I6)")),
    "formula finer than what it shows": (TOTAL, number("3971.96", "SUM(D6:I6)")),
    "formula that gives a text": (TOTAL, ' t="str"><f>TEXT(3972,"0.0")</f><v>3972.0</v></c>'),
    "formula that gives nothing": ((INCOME, "E6"), ' t="str"><f>""</f><v></v></c>'),
    "dash for zero": ((INCOME, "E6"), text("—")),
    "two dashes for zero": ((INCOME, "E6"), text("——")),
    "another dash for zero": ((INCOME, "E6"), text("―")),
    "a space without width for zero": ((INCOME, "E6"), text("\u200b")),
    "nothing for zero": ((INCOME, "E6"), "/>"),
    "spaces for zero": ((INCOME, "E6"), text("  ")),
    "percentage as text": ((FORM, "H7"), text("47.06%")),
    "full-width percentage": ((FORM, "H7"), text("４７．０６％")),
    "score with its unit": ((FORM, "G7"), text("10 分")),
    "full-width score": ((FORM, "G7"), text("１０分")),
    "score with decimals": ((FORM, "G7"), number("10.00")),
}


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_understood(name: str, tmp_path: Path) -> None:
    report = Damage().cell(*UNDERSTOOD[name]).report(tmp_path)
    assert (report.findings, report.not_applied) == ((), ())


@pytest.mark.parametrize("number_format", ["General", "0.0_ ", '"约"0.0', "#,##0.0;[Red]-#,##0.0", "0.0;;;@"])
def test_number_formats_do_not_change_the_verdict(number_format: str, tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, number("3972"), number_format).report(tmp_path)
    assert (report.findings, report.not_applied) == ((), ())


# no figure: one finding that says so, and its relations are not applied


NO_FIGURE = {
    "words": (text("三千九百七十二"), "G01"),
    "about a number": (text("约3972"), "G01"),
    "two numbers on two lines": (text("3972.0\n3971.9"), "G01"),
    "number with a mark": (text("3972.0*"), "G01"),
    "the letter O": (text("O"), "G01"),
    "the word for nothing": (text("无"), "G01"),
    "date in words": (text("2020年12月31日"), "G01"),
    "text that looks like an error": (text("#REF!"), "G01"),
    "truth value": (' t="b"><v>1</v></c>', "G01"),
    "error": (' t="e"><v>#REF!</v></c>', "G02"),
    "error of a formula": (' t="e"><f>1/0</f><v>#DIV/0!</v></c>', "G02"),
    "error of a formula without result": (unsaved("1/0"), "G02"),
    "not available": (' t="e"><f>NA()</f><v>#N/A</v></c>', "G02"),
}


@pytest.mark.parametrize("name", NO_FIGURE)
def test_what_is_no_figure_is_a_finding_and_never_zero(name: str, tmp_path: Path) -> None:
    inside, rule = NO_FIGURE[name]
    report = Damage().cell(TOTAL, inside).report(tmp_path)
    assert found(report) == {("error", rule, "GK02 收入决算表!C6")}
    assert {"A06", "A09"} <= {each.rule for each in report.not_applied}
    assert {each.reason_zh.partition("：")[0] for each in report.not_applied} == {"GK02 收入决算表 C6 不是数"}


@pytest.mark.parametrize("number_format", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "0%"])
def test_a_number_shown_as_date_or_percentage_is_no_amount(number_format: str, tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, number("3972"), number_format).report(tmp_path)
    assert found(report) == {("error", "G01", "GK02 收入决算表!C6")}


def test_a_date_as_such_is_no_amount(tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, ' t="d"><v>2020-12-31</v></c>', "General").report(tmp_path)
    assert found(report) == {("error", "G01", "GK02 收入决算表!C6")}


@pytest.mark.parametrize(("formula", "reason"), [
    ("MYFUNC(D6)", "函数 MYFUNC 不在可核实之列"), ("[1]Sheet1!A1", "引用其他工作簿"), ("C6+1", "循环引用"),
])  # fmt: skip
def test_a_formula_that_cannot_be_computed_is_not_applied(formula: str, reason: str, tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, unsaved(formula)).report(tmp_path)
    assert report.findings == ()
    assert {each.reason_zh for each in report.not_applied} == {f"GK02 收入决算表 C6 的公式没有结果：{reason}"}
    assert reason in report.remarks[0][0]


@pytest.mark.parametrize(("number_format", "said"), [("yyyy-mm-dd", "2020-12-31"), ("0%", "4419600%")])
def test_the_finding_repeats_what_the_cell_shows(number_format: str, said: str, tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, number("44196"), number_format).report(tmp_path)
    (finding,) = report.findings
    assert finding.message_zh == (
        f"收入决算表 C6 合计·本年收入合计：应是数，现为“{said}”。请改为数字，没有数时留空。"
    )
    assert {each.reason_zh for each in report.not_applied} == {f"GK02 收入决算表 C6 不是数：“{said}”"}


# a figure that is wrong: found at its cell


WRONG = {
    "dash where there is money": text("—"),
    "zero where there is money": number("0"),
    "saved result that is out of date": number("3900", "SUM(D6:I6)"),
    "negative in brackets": text("(3,972.0)"),
    "元 where 万元 are meant": text("3972元"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_figure_is_found_at_its_cell(name: str, tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, WRONG[name]).report(tmp_path)
    assert {("error", "A06", "GK02 收入决算表!C6"), ("error", "A09", "GK02 收入决算表!C6")} <= found(report)
    assert errors_at(report) == {"C6"}


SAID = {
    "dash where there is money": ("列示“—”，财政拨款收入 + 其他收入为 3,971.9，相差 3,971.9。若仅此格有误，",
                                  "printed “—”, "),
    "nothing where there is money": ("空白，财政拨款收入 + 其他收入为 3,971.9，", "blank, "),
    "zero where there is money": ("列示 0.0，财政拨款收入", "printed 0.0, "),
    "元 where 万元 are meant": ("列示 3,972元，财政拨款收入 + 其他收入为 39,719,000元，相差 39,715,028元。",
                                "printed 3,972元, "),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_a_finding_says_what_the_cell_prints(name: str, tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, WRONG.get(name, "/>")).report(tmp_path)
    finding = next(each for each in report.findings if each.rule == "A06")
    chinese, english = SAID[name]
    assert finding.message_zh.startswith(f"收入决算表 C6 合计·本年收入合计：{chinese}")
    assert finding.message_en.startswith(f"收入决算表 C6 合计·本年收入合计: {english}")
    advice = "此格写明是元，全表是万元；若数本是万元，请去掉格里的“元”。"
    assert (advice in finding.message_zh) is ("元 where" in name)
    (explained,) = report.explanations
    assert explained.cells[0].shown[0] == chinese.partition("，财政")[0]


@pytest.mark.parametrize("printed_as", ["0!.0,", r"0\.0,"])
def test_what_is_stored_in_yuan_is_quoted_as_shown_and_as_stored(printed_as: str, tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, number("38000000"), printed_as).report(tmp_path)
    finding = next(each for each in report.findings if each.rule == "A06")
    assert finding.message_zh == (
        "收入决算表 C6 合计·本年收入合计：列示 3800.0万元（存的是 38,000,000元），"
        "财政拨款收入 + 其他收入为 39,719,000元，相差 1,719,000元。"
        "若仅此格有误，应在 39,719,500元 至 39,720,000元 之间（4 条关系合起来）。"
    )
    assert ": printed 3800.0万元 (stored as 38,000,000元), " in finding.message_en
    (explained,) = report.explanations
    assert (explained.cells[0].shown[0], explained.cells[0].unit) == ("列示 3800.0万元（存的是 38,000,000元）", "元")


def test_an_amount_below_zero_is_said_to_be_out_of_bounds(tmp_path: Path) -> None:
    report = Damage().cell((INCOME, "E11"), number("-5")).report(tmp_path)
    finding = next(each for each in report.findings if each.rule == "A18")
    assert finding.message_zh == (
        "收入决算表 E11 行政运行·上级补助收入：列示 -5.0，应不小于 0。若仅此格有误，应为 0.0（3 条关系合起来）。"
        "确为冲减、退回的，在说明里写明。"
    )
    assert finding.message_en.startswith("收入决算表 E11 行政运行·上级补助收入: printed -5.0, should be at least 0. ")


def test_a_percentage_without_its_sign_in_a_percentage_format_is_a_hundred_times_too_large(tmp_path: Path) -> None:
    report = Damage().cell((FORM, "H7"), number("47.06")).report(tmp_path)
    assert ("error", "P01", "绩效1!H7") in found(report)


# formulas without results


def test_a_missing_result_is_computed_and_said(tmp_path: Path) -> None:
    report = Damage().cell(TOTAL, unsaved("D6+I6+0.1")).report(tmp_path)
    assert report.findings == ()
    assert report.remarks == (
        ("有 1 个公式单元格没有保存结果，已计算 1 个。", "1 formula cells hold no saved result; 1 were computed."),
    )


def test_a_zero_is_no_result_where_the_workbook_is_to_be_computed_when_opened(tmp_path: Path) -> None:
    """Programs that cannot compute save 0 as every result and ask for this."""
    zero = Damage().cell(TOTAL, number("0", "D6+I6+0.1"))
    saved = zero.parts["xl/workbook.xml"].decode()
    asked = re.search(r"<calcPr[^>]*/>", saved)
    assert asked
    zero.change("xl/workbook.xml", asked[0], '<calcPr calcId="191029" fullCalcOnLoad="1"/>')
    assert zero.report(tmp_path).findings == ()
    zero.change("xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    assert errors_at(zero.report(tmp_path)) == {"C6"}
    zero.change("xl/workbook.xml", 'calcId="191029"', 'fullCalcOnLoad="true"').cell(TOTAL, number("0"))
    assert errors_at(zero.report(tmp_path)) == {"C6"}, "a typed zero is a figure"


def test_numbers_as_text_that_the_workbooks_own_sums_leave_out_are_told(tmp_path: Path) -> None:
    damage = Damage().cell((INCOME, "D6"), text("3,971.8")).cell((INCOME, "E6"), text("０"))
    damage.cell(TOTAL, number("0.1", "SUM(D6:I6)"))
    report = damage.report(tmp_path)
    assert errors_at(report) == {"C6"}
    assert report.remarks == (
        (
            "GK02 收入决算表!D6（“3,971.8”）等 2 个单元格是文本型数字，公式（如 GK02 收入决算表!C6）求和时没有计入。"
            "请改为数字。",
            "GK02 收入决算表!D6 (“3,971.8”) and 1 more cells: numbers typed as text, which formulas such as "
            "GK02 收入决算表!C6 leave out. Enter them as numbers.",
        ),
    )


# what hides, filters and merges


HIDDEN = {
    "a row": ('<row r="11"', '<row r="11" hidden="1"'),
    "a filter": ("</sheetData>", '</sheetData><autoFilter ref="A5:I25"><filterColumn colId="0"><filters>'
                 '<filter val="201"/></filters></filterColumn></autoFilter>'),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_and_filtered_rows_are_checked_as_the_others(name: str, tmp_path: Path) -> None:
    sheet = f"xl/worksheets/sheet{INCOME}.xml"
    assert Damage().change(sheet, *HIDDEN[name]).report(tmp_path).findings == ()
    wrong = Damage().cell((INCOME, "C11"), number("1899"))
    assert found(wrong.change(sheet, *HIDDEN[name]).report(tmp_path)) == found(wrong.report(tmp_path)) != set()


def test_hidden_columns_are_checked_as_the_others(tmp_path: Path) -> None:
    sheet = f"xl/worksheets/sheet{INCOME}.xml"
    for damage in (Damage(), Damage().cell((INCOME, "C11"), number("1899"))):
        before = found(damage.report(tmp_path))
        columns = re.search(r"<cols>.*</cols>", damage.parts[sheet].decode())
        assert columns
        damage.change(sheet, columns[0], columns[0].replace("<col ", '<col hidden="1" '))
        assert found(damage.report(tmp_path)) == before


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_checked_as_the_others(state: str, tmp_path: Path) -> None:
    wrong = Damage().cell((INCOME, "C11"), number("1899"))
    before = found(wrong.report(tmp_path))
    listed = re.search(r'<sheet [^>]*name="GK02 [^>]*/>', wrong.parts["xl/workbook.xml"].decode())
    assert listed
    without = re.sub(r' state="\w+"', "", listed[0])
    wrong.change("xl/workbook.xml", listed[0], without.replace("<sheet ", f'<sheet state="{state}" '))
    assert found(wrong.report(tmp_path)) == before != set()


def test_zeros_merged_into_one_are_zeros(tmp_path: Path) -> None:
    sheet = f"xl/worksheets/sheet{INCOME}.xml"
    damage = Damage()
    for column in "FGH":
        damage.cell((INCOME, f"{column}6"), "/>")
    damage.change(sheet, "</mergeCells>", '<mergeCell ref="E6:H6"/></mergeCells>')
    report = damage.report(tmp_path)
    assert (report.findings, report.not_applied) == ((), ())


@pytest.mark.parametrize(("area", "unknown"), [
    ("C6:D6", {"C6", "D6"}), ("C6:C7", {"C6", "C7"}), ("B7:C7", {"C7"}), ("D6:I6", {*(f"{c}6" for c in "DEFGHI")}),
])  # fmt: skip
def test_amounts_merged_into_one_are_not_known_and_never_zero(area: str, unknown: set[str], tmp_path: Path) -> None:
    sheet = f"xl/worksheets/sheet{INCOME}.xml"
    report = Damage().change(sheet, "</mergeCells>", f'<mergeCell ref="{area}"/></mergeCells>').report(tmp_path)
    assert report.findings == ()
    assert {"A06", "A09"} <= {each.rule for each in report.not_applied}
    assert {cell.address for each in report.not_applied for cell in each.cells} == unknown
    why = f"在合并区域 {area} 里，几格合成了一格，它自己是多少看不出"
    assert {each.reason_zh for each in report.not_applied} == {f"GK02 收入决算表 {cell} {why}" for cell in unknown}


def test_a_number_under_a_merged_area_is_not_printed(tmp_path: Path) -> None:
    sheet = f"xl/worksheets/sheet{INCOME}.xml"
    damage = Damage().cell((INCOME, "F6"), number("99"))
    assert {"C6", "F6"} <= errors_at(damage.report(tmp_path))
    report = damage.change(sheet, "</mergeCells>", '<mergeCell ref="E6:F6"/></mergeCells>').report(tmp_path)
    assert (report.findings, report.not_applied) == ((), ())
    assert report.remarks == (
        (
            "GK02 收入决算表!F6 被合并区域 E6:F6 盖住，里面的数（99）看不见，未作数；公式求和却会计入。请清除。",
            "GK02 收入决算表!F6: covered by the merged area E6:F6, so the number in it (99) is not shown and was not "
            "read, yet formulas add it up. Clear it.",
        ),
    )


def test_formulas_read_what_a_merged_area_covers(tmp_path: Path) -> None:
    sheet = f"xl/worksheets/sheet{INCOME}.xml"
    damage = Damage().cell((INCOME, "F6"), number("99")).cell(TOTAL, unsaved("SUM(D6:I6)"))
    report = damage.change(sheet, "</mergeCells>", '<mergeCell ref="E6:F6"/></mergeCells>').report(tmp_path)
    assert errors_at(report) == {"C6"}
    assert {finding.left for finding in report.findings} == {"4070.9"}
