"""Two published texts beside their workbooks: every fault at its words, nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gouji import flow
from gouji.document import Document
from gouji.hosts.word.reading import read_document
from gouji.report.model import Finding, Report
from gouji.tables.model import Spoken

DATA = Path(__file__).parent / "data"
EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"


def text(name: str) -> Document:
    return read_document(DATA / f"{name}.txt")


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


HEILONGJIANG = [
    ("info", "T13", 4, "14.8%"),
    ("error", "T05", 19, "25.34 万元"),
    ("info", "T32", 19, "25.34 万元"),
    ("warning", "T71", 19, "增加（减少）"),
    ("warning", "T36", 19, "17.0 万元"),
    ("error", "T34", 20, "5.5 万元"),
    ("error", "T05", 22, "0 万元"),
    ("error", "T33", 22, "0 万元"),
    ("error", "T01", 29, "0.01%"),
    ("error", "T42", 38, "1890万元"),
    ("error", "T42", 38, "51.42%"),
    ("warning", "T75", 45, "97.7分，全年预算数为257.48万元，执行数为247.55万元，完成预算的96.1%"),
    ("error", "T41", 45, "97.7分"),
    ("error", "T41", 45, "257.48万元"),
    ("error", "T41", 45, "247.55万元"),
    ("error", "T41", 45, "96.1%"),
]
ORDOS = [
    ("error", "T06", 37, "113.91 万元"),
    ("error", "T39", 51, "6.86 元"),
    ("error", "T41", 86, "10万元"),
    ("error", "T55", 86, "10万元"),
    ("error", "T41", 86, "10万元"),
    ("error", "T55", 86, "10万元"),
    ("info", "T55", 87, "99.72%"),
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
        "情况说明 第 29 段 机关运行经费支出·较年度预算增减率：列示 -0.01%，"
        "较年度预算增减额 ÷ （决算数 - 较年度预算增减额）为 -0.56%，相差 0.55%。"
        "可能的原因：比率像是小了一百倍：算出的小数没有换成百分数。若仅此处有误，应为 -0.56%。"
    )
    unit = about(report("ordos-2022"), "T39", "6.86 元").message_zh
    assert "列示 6.86 元" in unit
    assert "可能的原因：单位像是漏了“万”" in unit
    either = about(report("heilongjiang-2020"), "T13", "14.8%").message_zh
    assert either == (
        "情况说明 第 4 段 支出总额·较上年增减率：列示 14.8%，"
        "而较上年增减额 ÷ （收入支出决算总表 总计 - 较上年增减额）为 14.7%，"
        "较上年增减额 ÷ （收入支出决算总表 本年支出合计 - 较上年增减额）为 14.9%，按哪一种算都对不上。"
        "请写清“支出总额”指的是总计还是本年支出合计。"
    )
    copied = about(report("heilongjiang-2020"), "T75", HEILONGJIANG[11][3]).message_zh
    assert "与第 44 段“信访工作经费”完全相同" in copied


def test_what_was_not_understood_is_counted() -> None:
    (own,) = report("heilongjiang-2020").texts
    assert (own.year, own.figures, own.understood, own.reasons) == (2020, 126, 123, 2)
    assert [(each.words.paragraph, each.figures) for each in own.unread] == [(36, ("100%",))]
    (other,) = report("ordos-2022").texts
    assert (other.year, other.figures, other.understood, other.reasons) == (2022, 253, 215, 23)
    assert [each.words.paragraph for each in other.unread] == [67, 67, 73, 77, 82, 82, 83, 93]


def test_a_corrected_text_beside_the_corrected_workbook_has_no_fault() -> None:
    # the corrected forms have other scores, which the text was not told
    mended = {
        "增加（减少）": "减少", "25.34 万元": "25.4 万元", "减少 5.5 万元": "减少 2.2 万元", "0.01%": "0.56%",
        "与 2020 年度预算相比减少 17.0 万元，下降 40.2%": "与 2020 全年预算相比减少 4.6 万元，下降 15.3%",
        "公务用车购置及运行费 0 万元": "公务用车购置及运行费 25.0 万元",
        "支出总额增加 511.6 万元，增长 14.8%": "支出总额增加 513.8 万元，增长 15.0%",
        "全年预算数合计1890万元": "全年预算数合计1894.47万元", "51.42%": "51.30%",
    }  # fmt: skip
    own = text("heilongjiang-2020")
    paragraphs = []
    for one in own.paragraphs:
        words = one.text
        for wrong, right in mended.items():
            words = words.replace(wrong, right)
        if "智能辅助服务费" in words:
            for wrong, right in (("97.7", "80.4"), ("257.48", "270.1"), ("247.55", "10.1"), ("96.1", "3.74")):
                words = words.replace(wrong, right)
        paragraphs.append(one._replace(text=words))
    found = flow.validate(EXAMPLES / "heilongjiang-2020-corrected.xlsx", text=Document(own.name, tuple(paragraphs)))
    assert [one for one in of_text(found) if not one[3].endswith("分")] == []


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
    assert [("97.7分", ("80.4",)), ("257.48万元", ("270.05", "270.15")), ("247.55万元", ("10.05", "10.15")),
            ("96.1%", ("3.7%",))] in explained(report("heilongjiang-2020"))  # fmt: skip
    assert [("10万元", ("30",)), ("10万元", ("30",))] in explained(report("ordos-2022"))
    assert [("1890万元", ("1894", "1895")), ("51.42%", ("51.25%", "51.35%"))] in explained(report("heilongjiang-2020"))
