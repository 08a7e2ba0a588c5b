"""Many findings at a glance: the cells to look at, each once, with all that it upsets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.flow import judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.report.console import plain
from gouji.report.layout import width
from gouji.report.model import Report
from gouji.report.overview import MANY
from gouji.report.spans import Options
from gouji.sheet import Cell, CellKind, CellRef
from tests.whole.test_damage import with_cell

EXAMPLE = Path(__file__).parents[2] / "templates" / "examples" / "heilongjiang-2020-corrected.xlsx"
WRONG = (
    ("GK01 收入支出决算总表", 7, 3, "3917.8"), ("GK02 收入决算表", 21, 3, "1670"), ("GK03 支出决算表", 14, 5, "-3"),
    ("GK05 一般公共预算财政拨款支出决算表", 15, 4, "480.5"), ("GK05 一般公共预算财政拨款支出决算表", 23, 3, "186.6"),
)  # fmt: skip


@pytest.fixture(scope="module")
def report() -> Report:
    book = read_package(EXAMPLE)
    for sheet, row, column, text in WRONG:
        book = with_cell(book, CellRef(sheet, row, column), Cell(CellKind.NUMBER, text, "#,##0.0"))
    book = with_cell(book, CellRef("GK01 收入支出决算总表", 25, 6), Cell(CellKind.TEXT, "见附注"))
    return judge_book(book, load_pack("heilongjiang-2020"), {})


def test_every_wrong_cell_is_shown_once_with_what_it_upsets(report: Report) -> None:
    assert len(report.findings) > MANY
    view = plain(report, Options())
    head, _, rest = view.partition("\n\n")
    assert head.splitlines()[2:] == [
        "✗ 错误 19 处，警告 1 处",
        "  最可能有误的 5 格标着“应为”，改对了，列在下面的“不符”也就没有了；1 处不是一格能解释的",
    ]
    assert rest.partition("\n\n未应用")[0] == """\
收入支出决算总表  GK01 收入支出决算总表（万元）
  ✗ C7   一般公共预算财政拨款收入：列示 3,917.8，应为 3,971.8（相邻两位数字颠倒）
         不符：B03、A01 C33、B01-1 收入决算表 D6
  ✗ F25  住房保障支出·金额：应是数，现为“见附注”（G01）

收入决算表  GK02 收入决算表（万元）
  ✗ C21  行政单位医疗·本年收入合计：列示 1,670.0，应为 167.0（小数点错位）
         不符：A09 C20、A06

支出决算表  GK03 支出决算表（万元）
  ✗ E14  社会保障和就业支出·项目支出：列示 -3.0，应为 0.0
         不符：A09 E6、A06 C14、A09、A18、B08

一般公共预算财政拨款支出决算表  GK05 一般公共预算财政拨款支出决算表（万元）
  ✗ D15  社会保障和就业支出·基本支出：列示 480.5，应为 408.5（相邻两位数字颠倒）
         不符：B08 支出决算表 D14、A09 D7、A06 C15、A09
  ✗ C23  住房保障支出·本年支出：列示 186.6，应为 168.6（相邻两位数字颠倒）
         不符：B08 支出决算表 C22、B04 财政拨款收入支出决算总表 G25、A09 C7、A06、A09"""
    assert view.endswith(
        "下一步：gouji annotate heilongjiang-2020-corrected.xlsx 把问题写进单元格批注；gouji validate -v\n"
        "        heilongjiang-2020-corrected.xlsx 看每条的算式\n"
    )


def test_in_english(report: Report) -> None:
    view = plain(report, Options("en", columns=120))
    assert "  ✗ C21  行政单位医疗·本年收入合计: printed 1,670.0, should be 167.0 (the decimal point is misplaced)\n" \
        "         upsets: A09 C20, A06\n" in view
    assert "  ✗ F25  住房保障支出·金额: a number is expected, found “见附注” (G01)\n" in view


def test_what_people_answered_is_shown(report: Report) -> None:
    answered = replace(report, findings=tuple(replace(one, answer="主管部门漏报") for one in report.findings))
    assert plain(answered, Options()).count("         说明：主管部门漏报\n") == 6


def test_no_finding_is_left_out(report: Report) -> None:
    view = plain(report, Options())
    for finding in report.findings:
        assert finding.rule in view
        assert (finding.suspect or finding.cell).address in view


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_lines_keep_to_the_width(report: Report, columns: int, language: str) -> None:
    lines = plain(report, Options(language, columns=columns)).splitlines()
    own = [line for line in lines if line.startswith("  ")]
    assert max(map(width, own)) <= columns


def test_all_details_show_every_sum(report: Report) -> None:
    view = plain(report, Options(detail=1))
    assert "不符：" not in view
    assert "＋" not in view
    assert view.count("相差") > 12


def test_a_full_stop_among_the_words_of_a_cell_ends_no_sentence(report: Report) -> None:
    one = next(finding for finding in report.findings if finding.suspect is None)
    said = replace(one, message_zh="原因“受疫情影响。已整改。”应当空白。请核对")
    changed = replace(report, findings=tuple(said if each is one else each for each in report.findings))
    assert f"原因“受疫情影响。已整改。”应当空白（{one.rule}）" in plain(changed, Options())
