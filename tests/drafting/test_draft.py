from __future__ import annotations

import re
import shutil
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.drafting.draft import GAP
from gouji.drafting.figures import MOST_PLACES, difference, rate
from gouji.drafting.workbooks import draft_workbook
from gouji.errors import GoujiError, PackError, WorkbookError
from gouji.figures import WAN_YUAN, Figure
from gouji.hosts.word.new import new_document
from gouji.hosts.word.reading import read_document
from gouji.packs.drafts import load_draft
from gouji.packs.locations import shipped_packs

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
BOOK = EXAMPLES / "heilongjiang-2020-corrected.xlsx"
SUMMARY, INCOME, SANGONG = "收入支出决算总表", "收入决算表", "三公"


def edited(folder: Path, changes: list[tuple[str, float, float]]) -> Path:
    """A copy of the example with other figures: (word of the sheet's name, figure, what it becomes)."""
    path = folder / "上年.xlsx"
    book = openpyxl.load_workbook(BOOK)
    for word, old, new in changes:
        sheet = next(each for each in book.worksheets if word in each.title)
        next(cell for row in sheet.iter_rows() for cell in row if cell.value == old).value = new
    book.save(path)
    return path


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [paragraph.text for paragraph in draft_workbook(BOOK).document.paragraphs]


def test_the_outline_is_the_standard_one() -> None:
    document = draft_workbook(BOOK).document
    assert document.name == "黑龙江省信访局(本级)2020年度部门决算情况说明"
    parts = [each.text for each in document.paragraphs if each.heading == 1]
    assert parts == ["第一部分 部门概况", "第二部分 2020年度部门决算情况说明", "第三部分 名词解释"]
    assert len([each for each in document.paragraphs if each.heading == 2]) == 2 + 13


@pytest.mark.parametrize(
    "sentence",
    [
        "2020年度收、支总计4,000.2万元。",
        "其中：财政拨款收入3,971.8万元，占99.99%；其他收入0.1万元，占0.003%。",
        "其中：基本支出2,991.6万元，占75.80%；项目支出955.0万元，占24.20%。",
        "一般公共服务支出3,141.4万元，占79.60%；社会保障和就业支出408.5万元，占10.35%；",
        "3.一般公共服务支出（类）党委办公厅(室)及相关机构事务（款）一般行政管理事务（项）。"
        "年初预算为【此处填写年初预算】，支出决算为612.0万元，",
        "（一）人员经费2,654.6万元，主要包括：基本工资、津贴补贴、奖金、",
        "“三公”经费支出预算为30.0万元，支出决算为25.4万元，完成预算的84.67%。",
        "公务用车购置费预算为0.0万元，支出决算为0.0万元，没有预算，不计算完成率；",
        "2020年度没有政府性基金预算财政拨款收入和支出。",
        "2020年度没有国有资本经营预算财政拨款支出。",
        "政府采购支出总额【此处填写金额】",
    ],
)
def test_figures_and_shares_are_those_of_the_tables(texts: list[str], sentence: str) -> None:
    assert any(sentence in text for text in texts)


def test_totals_that_differ_are_told_apart(tmp_path: Path) -> None:
    book = edited(tmp_path, [(SUMMARY, 4000.2, 4000.3)])
    assert any(
        "2020年度收入总计4,000.3万元，支出总计4,000.2万元。" in paragraph.text
        for paragraph in draft_workbook(book).document.paragraphs
    )


def test_without_last_year_the_changes_are_gaps(texts: list[str]) -> None:
    assert any("收、支总计与2019年度相比，【此处填写增加或减少的金额和幅度】，主要原因是" in text for text in texts)


def test_changes_against_last_years_workbook(tmp_path: Path) -> None:
    last = edited(tmp_path, [(SUMMARY, 4000.2, 3488.5), (INCOME, 3972.0, 4000.0), (SANGONG, 0.4, 0.0)])
    draft = draft_workbook(BOOK, last)
    whole = "\n".join(paragraph.text for paragraph in draft.document.paragraphs)
    why = "主要原因是【此处填写"
    assert f"收、支总计与2019年度相比，增加511.7万元，增长14.67%，{why}增加的原因】。" in whole
    assert "财政拨款收、支总计与2019年度相比持平。" in whole
    assert f"本年收入与2019年度相比，减少28.0万元，下降0.70%，{why}减少的原因】。" in whole
    assert f"与2019年度相比，增加0.4万元（2019年度为0），{why}增加的原因】。全年国内公务接待" in whole
    assert draft.remarks[0][0] == "给出的上年工作簿印的是 2020 年度，不是 2019 年度，请核对。"


def test_what_the_tables_do_not_say_is_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "缺表.xlsx"
    book = openpyxl.load_workbook(BOOK)
    del book[next(name for name in book.sheetnames if SANGONG in name)]
    book.save(path)
    draft = draft_workbook(path)
    whole = "\n".join(paragraph.text for paragraph in draft.document.paragraphs)
    assert "“三公”经费支出预算为【此处填写三公预算】，支出决算为【此处填写三公】，" in whole
    assert any(remark[0].startswith("表上没有找到：三公预算、三公、") for remark in draft.remarks)


def test_no_figure_stands_in_a_draft_that_no_table_prints() -> None:
    sheets = openpyxl.load_workbook(BOOK).worksheets
    printed = {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}
    known = {f"{Decimal(str(value)):,.1f}" for value in printed if isinstance(value, (int, float))}
    for paragraph in draft_workbook(BOOK).document.paragraphs:
        for number in re.findall(r"[\d,]+\.\d+万元", GAP.sub("", paragraph.text)):
            assert number.removesuffix("万元") in known


def figure(digits: int) -> Figure:
    return Figure(digits, -3, -3, WAN_YUAN)


def percent(exact: Decimal, places: int) -> str:
    """Rounded to so many places, to more where nothing would be left of it."""
    shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{shown:f}%" if shown or not exact or places == MOST_PLACES else percent(exact, places + 1)


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(0, 3))
def test_percentages_are_rounded_half_away_from_zero(part: int, whole: int, places: int) -> None:
    share = percent(Decimal(part) * 100 / Decimal(whole), places)
    change = percent(abs(Decimal(part) - whole) * 100 / Decimal(whole), places)
    assert rate(figure(part), figure(whole), places).text == share
    assert rate(figure(part), figure(whole), places, change=True).text == change


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_differences_are_those_of_the_printed_figures(one: int, other: int) -> None:
    assert difference(figure(one), figure(other)) == f"{Decimal(abs(one - other)) / 10:,.1f}万元"


def test_a_percentage_that_printed_figures_do_not_fix_is_said() -> None:
    assert rate(figure(1), figure(3), 2).certain is False
    assert rate(figure(399_999), figure(400_000), 1).certain is True
    assert any("按表上列示的数计算" in chinese for chinese, _ in draft_workbook(BOOK).remarks)


def test_the_word_document_looks_like_an_official_one(tmp_path: Path) -> None:
    draft = draft_workbook(BOOK)
    path = tmp_path / "说明.docx"
    path.write_bytes(new_document(draft.document))
    assert path.read_bytes() == new_document(draft.document)
    read = read_document(path)
    assert read.paragraphs[0].text == draft.document.name
    assert read.paragraphs[2:-1] == draft.document.paragraphs
    opened = docx.Document(str(path))
    lit = [run.text for each in opened.paragraphs for run in each.runs if run.font.highlight_color is not None]
    assert len(lit) == draft.gaps
    assert all(GAP.fullmatch(text) for text in lit)
    section = opened.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28]


def test_a_workbook_without_standard_tables_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(WorkbookError):
        draft_workbook(path)


def pack_with(folder: Path, template: str) -> Path:
    own = folder / "我们市"
    (own / "drafts").mkdir(parents=True)
    (own / "pack.yaml").write_text("pack: 我们市\ntitle: 我们市\nextends: mof-2020\n", "utf-8")
    (own / "drafts" / "情况说明.yaml").write_text(template, "utf-8")
    return own


def test_an_own_pack_changes_single_figures_and_clauses(tmp_path: Path) -> None:
    own = pack_with(tmp_path, "places: 1\nclauses: {持平: 与上年相同}\noutline:\n  - '收入{收入总计}。'\n")
    draft = draft_workbook(BOOK, BOOK, pack=str(own))
    assert [paragraph.text for paragraph in draft.document.paragraphs] == ["收入4,000.2万元。"]
    assert load_draft(own).clauses["持平"] == "与上年相同"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("outline:\n  - '{收入总}'\n", "我们市/drafts/情况说明.yaml:2:6: figures 里没有 收入总，是 收入总计 吗？"),
        ("outline:\n  - '{收入总计 除 支出总计}'\n", "我们市/drafts/情况说明.yaml:2:6: 看不懂 {收入总计 除 支出总计}"),
        ("figures: {甲: '总表[收入/总计'}\n", "我们市/drafts/情况说明.yaml:1:23: 缺 ]：第 3 个字的 [ 没有收尾"),
        ("figures: {甲: '1 + 1'}\n", "我们市/drafts/情况说明.yaml:1:15: 这里应是一个带表名的引用，如 总表[收入/总计]"),
        ("claus: 1\n", "我们市/drafts/情况说明.yaml:1:1: 没有键 claus，是 clauses 吗？"),
        ("outline:\n  - {if: 没有的, then: []}\n", "figures 里没有 没有的"),
    ],
)
def test_faults_of_a_template_are_told_with_their_place(tmp_path: Path, template: str, message: str) -> None:
    with pytest.raises(PackError) as error:
        load_draft(pack_with(tmp_path, template))
    assert message in error.value.chinese


def test_a_file_that_is_not_read_is_told(tmp_path: Path) -> None:
    own = pack_with(tmp_path, "places: 1\n")
    (own / "drafts" / "说明.yaml").write_text("places: 1\n", "utf-8")
    with pytest.raises(PackError, match="这个文件不会读：drafts 里是 情况说明"):
        load_draft(own)


def test_every_shipped_pack_has_a_template_without_a_fault() -> None:
    packs = [folder.name for folder in shipped_packs().iterdir() if (folder / "pack.yaml").exists()]
    assert all(load_draft(pack).outline for pack in packs)


def test_a_pack_without_a_template_says_so(tmp_path: Path) -> None:
    own = tmp_path / "单独"
    shutil.copytree(shipped_packs() / "mof", own, ignore=shutil.ignore_patterns("drafts"))
    with pytest.raises(GoujiError, match="不能起草"):
        load_draft(own)
