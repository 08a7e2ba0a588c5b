"""The texts of the two examples beside their workbooks: every fault of the published ones at its words, no other."""

from __future__ import annotations

import shutil
import zipfile
from functools import cache
from pathlib import Path

import pytest

from gouji import flow
from gouji.cli import main
from gouji.document import Document, Paragraph
from gouji.hosts.forms.texts import build_text
from gouji.hosts.word.reading import read_document
from gouji.report.model import Finding, Report
from gouji.tables.model import Spoken

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"


def text(name: str) -> Document:
    return read_document(EXAMPLES / f"{name}.docx")


@cache
def report(name: str) -> Report:
    return flow.validate(EXAMPLES / f"{name}.xlsx", text=text(name))


def of_text(found: Report) -> list[tuple[str, str, int, str]]:
    return [(one.severity, one.rule, one.text.paragraph, one.text.words) for one in found.findings if one.text]


def explained(found: Report) -> list[list[tuple[str, tuple[str, ...]]]]:
    """The figures that may be wrong, with what they should be; those of the text by their words."""
    return [
        [(one.cell.words if isinstance(one.cell, Spoken) else str(one.cell), one.values) for one in each.cells]
        for each in found.explanations
    ]


def about(found: Report, rule: str, words: str) -> Finding:
    return next(one for one in found.findings if one.text and one.rule == rule and one.text.words == words)


COPIED = "97.7 分，全年预算数 257.48 万元，执行数 247.55 万元，预算执行率 96.1%"
HEILONGJIANG = [
    ("info", "T13", 7, "14.8%"),
    ("error", "T05", 29, "25.34 万元"),
    ("info", "T32", 29, "25.34 万元"),
    ("warning", "T71", 29, "增加（减少）"),
    ("warning", "T36", 29, "17.0 万元"),
    ("error", "T34", 30, "5.5 万元"),
    ("error", "T05", 31, "0 万元"),
    ("error", "T33", 31, "0 万元"),
    ("error", "T01", 36, "0.01%"),
    ("error", "T42", 45, "1,890 万元"),
    ("error", "T42", 45, "51.42%"),
    ("warning", "T75", 52, COPIED),
    ("error", "T41", 52, "97.7 分"),
    ("error", "T41", 52, "257.48 万元"),
    ("error", "T41", 52, "247.55 万元"),
    ("error", "T41", 52, "96.1%"),
]
ORDOS = [
    ("error", "T06", 25, "113.91 万元"),
    ("error", "T39", 40, "6.86 元"),
    ("error", "T41", 73, "10 万元"),
    ("error", "T55", 73, "10 万元"),
    ("error", "T41", 73, "10 万元"),
    ("error", "T55", 73, "10 万元"),
    ("info", "T55", 74, "99.72%"),
]


def test_what_is_wrong_in_the_text_of_heilongjiang() -> None:
    assert of_text(report("heilongjiang-2020")) == HEILONGJIANG


def test_what_is_wrong_in_the_text_of_ordos() -> None:
    assert of_text(report("ordos-2022")) == ORDOS


def test_the_tables_say_what_they_say_without_a_text() -> None:
    for name in ("heilongjiang-2020", "ordos-2022"):
        alone = flow.validate(EXAMPLES / f"{name}.xlsx")
        beside = [one for one in report(name).findings if one.text is None]
        assert [(one.rule, one.cell, one.severity) for one in beside] == [
            (one.rule, one.cell, one.severity) for one in alone.findings
        ]


def test_messages_give_the_sum_and_the_likely_cause() -> None:
    rate = about(report("heilongjiang-2020"), "T01", "0.01%").message_zh
    assert rate == (
        "情况说明 第 36 段 机关运行经费支出·较年度预算增减率：列示 -0.01%，"
        "较年度预算增减额 ÷ （决算数 - 较年度预算增减额）为 -0.56%，相差 0.55%。"
        "可能的原因：比率像是小了一百倍：算出的小数没有换成百分数。若仅此处有误，应为 -0.56%。"
    )
    unit = about(report("ordos-2022"), "T39", "6.86 元").message_zh
    assert "列示 6.86 元" in unit
    assert "可能的原因：单位像是漏了“万”" in unit
    either = about(report("heilongjiang-2020"), "T13", "14.8%").message_zh
    assert either == (
        "情况说明 第 7 段 支出总额·较上年增减率：列示 14.8%，"
        "而较上年增减额 ÷ （收入支出决算总表 总计 - 较上年增减额）为 14.7%，"
        "较上年增减额 ÷ （收入支出决算总表 本年支出合计 - 较上年增减额）为 14.9%，按哪一种算都对不上。"
        "请写清“支出总额”指的是总计还是本年支出合计。"
    )
    copied = about(report("heilongjiang-2020"), "T75", COPIED).message_zh
    assert "与第 51 段“信访工作经费”完全相同" in copied


def test_what_was_not_understood_is_counted() -> None:
    (own,) = report("heilongjiang-2020").texts
    assert (own.year, own.figures, own.understood, own.reasons) == (2020, 117, 114, 2)
    assert [(each.words.paragraph, each.figures) for each in own.unread] == [(43, ("100%",))]
    assert [(each.words.paragraph, each.figures) for each in own.alone] == [(30, ("持平",)), (43, ("1,890 万元",))]
    (other,) = report("ordos-2022").texts
    assert (other.year, other.figures, other.understood, other.reasons) == (2022, 185, 179, 5)
    assert [(each.words.paragraph, each.figures) for each in other.unread] == [(70, ("100%",))]
    level = [(number, ("持平",)) for number in (7, 11, 12, 55, 56, 57, 61)]
    assert [(each.words.paragraph, each.figures) for each in other.alone] == [*level, (70, ("555.90 万元",))]


def test_contracts_given_to_small_firms_are_those_of_the_form() -> None:
    lines = (
        "十三、政府采购支出决算情况说明",
        "授予中小企业合同金额0.00万元，占政府采购支出总额的0.00%，其中：授予小微企业合同金额1.08万元。",
    )  # fmt: skip
    found = flow.validate(EXAMPLES / "ordos-2022.xlsx", text=Document("说明.txt", tuple(map(Paragraph, lines))))
    assert [each[1:] for each in of_text(found) if each[1] == "T54"] == [("T54", 2, "1.08万元")]


@pytest.mark.parametrize("name", ["heilongjiang-2020-corrected", "ordos-2022-corrected"])
def test_a_corrected_text_beside_the_corrected_workbook_has_no_fault(name: str) -> None:
    found = report(name)
    assert (found.findings, found.not_applied, found.complete) == ((), (), True)
    assert found.texts[0].understood == report(name.removesuffix("-corrected")).texts[0].understood


@pytest.mark.parametrize("name", ["heilongjiang-2020", "ordos-2022"])
def test_the_examples_are_what_their_sentences_make(name: str, tmp_path: Path) -> None:
    """``python -m gouji.hosts.forms`` writes them anew."""
    data = EXAMPLES / "data"
    build_text(data / f"{name}.md", tmp_path / "as it is.docx")
    build_text(data / f"{name}.md", tmp_path / "corrected.docx", data / f"{name}-corrected-text.yaml")
    assert (tmp_path / "as it is.docx").read_bytes() == (EXAMPLES / f"{name}.docx").read_bytes()
    assert (tmp_path / "corrected.docx").read_bytes() == (EXAMPLES / f"{name}-corrected.docx").read_bytes()


def test_notes_stand_on_the_exact_words_and_go_without_a_trace(tmp_path: Path) -> None:
    for name, notes in (("heilongjiang-2020", 13), ("ordos-2022", 4)):
        book, text = tmp_path / f"{name}.xlsx", tmp_path / f"{name}.docx"
        for path in (book, text):
            shutil.copy(EXAMPLES / path.name, path)
        assert main(["annotate", str(book), "--text", str(text)]) == 0
        with zipfile.ZipFile(text) as archive:
            assert archive.read("word/comments.xml").count(b"<w:comment ") == notes
        assert main(["clear", str(book), str(text)]) == 0
        with zipfile.ZipFile(text) as archive, zipfile.ZipFile(EXAMPLES / text.name) as before:
            assert {part: archive.read(part) for part in archive.namelist()} == {
                part: before.read(part) for part in before.namelist()
            }


def test_a_sentence_throws_no_doubt_on_a_cell_of_the_forms() -> None:
    """51.42 % is no rate of the nine forms: the sentence is wrong, whatever single cell could be made to fit it."""
    found = about(report("heilongjiang-2020"), "T42", "51.42%")
    assert found.suspect is None
    assert "若仅一处有误" not in found.message_zh
    assert all(one.suspect is None or one.suspect.row == 0 for one in report("heilongjiang-2020").findings if one.text)


@pytest.mark.parametrize("name", ["heilongjiang-2020", "ordos-2022"])
def test_nothing_is_left_open_and_cells_of_forms_are_blamed_as_without_the_text(name: str) -> None:
    alone = flow.validate(EXAMPLES / f"{name}.xlsx")
    assert report(name).complete
    beside = [one for one in report(name).explanations if not any(isinstance(each.cell, Spoken) for each in one.cells)]
    assert {tuple(map(str, (each.cell for each in one.cells))) for one in beside} <= {
        tuple(map(str, (each.cell for each in one.cells))) for one in alone.explanations
    }
    assert len(beside) >= len(alone.explanations) - 2  # a sentence confirms one of two that were as likely


def test_a_sentence_that_confirms_a_figure_settles_which_cell_is_wrong() -> None:
    """96.3 and 97.7 are told in the text: of two explanations of each first quarter only the rate is left."""
    alone = explained(flow.validate(EXAMPLES / "heilongjiang-2020.xlsx"))
    beside = explained(report("heilongjiang-2020"))
    assert [("绩效2!H17", ("0.14",)), ("绩效2!H32", ("96.32",))] in alone
    assert [one for one in beside if one[0][0].startswith("绩效2")] == [[("绩效2!F17", ("0.81%", "0.94%"))]]


def test_a_copied_paragraph_is_explained_as_one() -> None:
    assert [("97.7 分", ("80.4",)), ("257.48 万元", ("270.05", "270.15")), ("247.55 万元", ("10.05", "10.15")),
            ("96.1%", ("3.7%",))] in explained(report("heilongjiang-2020"))  # fmt: skip
    assert [("10 万元", ("30",)), ("10 万元", ("30",))] in explained(report("ordos-2022"))
    both = [("1,890 万元", ("1894", "1895")), ("51.42%", ("51.25%", "51.35%"))]
    assert both in explained(report("heilongjiang-2020"))
