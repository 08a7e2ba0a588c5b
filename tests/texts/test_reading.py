"""Sentences without tables: what must agree by itself, what is no figure of its subject, texts that want to do harm."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji import flow
from gouji.document import Document, Paragraph
from gouji.packs import load_pack
from gouji.report.model import Report
from gouji.texts.lexicon import Entry, Lexicon
from gouji.texts.squeeze import squeeze
from gouji.texts.text import LONGEST_PARAGRAPH
from gouji.texts.tokens import tokens


def judged(*paragraphs: str) -> Report:
    lines = ("2022年度部门决算情况说明", *paragraphs)
    return flow.judge_text(Document("说明.txt", tuple(map(Paragraph, lines))), load_pack("mof"), {})


def found(*paragraphs: str) -> list[tuple[str, str]]:
    return [(one.rule, one.text.words) for one in judged(*paragraphs).findings if one.text]


WRONG = {
    "divided by this year": (
        "本年收入3971.8万元，比上年增加511.6万元，增长12.9%。", "T01", "12.9%", "除以了本年数",
    ),
    "the sign of the rate": (
        "公务接待费0.40万元，比上年减少0.06万元，增长13.04%。", "T01", "13.04%", "方向相反",
    ),
    "another base": (
        "公务接待费年初预算0.80万元，全年预算0.50万元，支出决算0.40万元，完成全年预算的50.00%。",
        "T03", "50.00%", "除的像是年初预算",
    ),
    "a rate of nothing": (
        "公务接待费年初预算0万元，支出决算0.40万元，完成年初预算的100%。", "T03", "100%", "除数为零",
    ),
    "a share of something else": (
        "本年支出合计788.54万元，其中：基本支出232.64万元，占41.85%；项目支出555.90万元，占70.50%。",
        "T04", "41.85%", "为 29.50%",
    ),
    "items that are no sum": (
        "政府采购支出总额501.8万元，其中：政府采购货物支出213.7万元、"
        "政府采购工程支出247.3万元、政府采购服务支出13.9万元。",
        "T05", "501.8万元", "相差 26.9",
    ),
    "the change and the budget": (
        "公务接待费年初预算0.80万元，支出决算0.40万元，较年初预算增加0.40万元。", "T02", "0.40万元", "写反了",
    ),
    "items beyond the total": (
        "本年收入合计100万元，其中：甲项收入70万元、乙项收入50万元。", "T07", "100万元", "不足",
    ),
    "a template's words": ("公务接待费5万元，比上年增加（减少）1万元，下降16.7%。", "T71", "增加（减少）", "模板"),
    "the unit's name": ("XX局2022年度本年收入100万元。", "T71", "XX", "模板"),
    "元 for 万元": (
        "一般公共预算财政拨款基本支出包括：基本工资54.85万元、津贴补贴97.88万元、退休费6.86元。",
        "T72", "6.86元", "漏了“万”",
    ),
    "no %": ("公务接待费0.40万元，比上年减少0.06万元，下降13.04。", "T73", "13.04", "%"),
    "no unit": ("公务接待费0.40，比上年减少0.06万元。", "T73", "0.40", "单位"),
    "last year": ("2021年度机关运行经费支出336.9万元。", "T74", "2021", "去年"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_no_table_is_needed_for(name: str) -> None:
    sentence, rule, words, said = WRONG[name]
    report = judged("一、收入支出决算情况说明", sentence)
    one = next(one for one in report.findings if one.rule == rule)
    assert one.text is not None
    assert one.text.words == words
    assert said in one.message_zh + one.name


RIGHT = (
    "公务接待费0.40万元（含外事接待0.10万元），比上年减少0.06万元，下降13.0%。",
    "本年收入3971.8万元，比上年增加511.6万元，增长14.8%。",
    "公务用车运行维护费25.0万元，与2022全年预算相比减少2.2万元，下降7.9%。",
    "因公出国（境）费预算0.00万元，支出决算0.00万元，完成预算的0.00%。",
    "公务用车购置及运行维护费支出5.00万元；财政拨款“三公”经费支出5.06万元。",
    "年初结转和结余0.00万元。与上年决算相比，减少138.04万元，减少100.00%。",
    "公务接待费支出0.06万元，与上年持平。国内公务接待批次2次，与上年相同。",
    "本年收入合计100万元，其中：甲项收入70万元、乙项收入30万元。",
    "机关运行经费支出336.9万元，比2021年减少38.4万元，下降10.2%。2021年度机关运行经费为375.3万元。",
)


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_right_gives_nothing(sentence: str) -> None:
    assert found("六、情况说明", sentence) == []


UNREAD = (
    "办公费比上年增加5万元，增长3%。",
    "全市各级红十字会全年累计投入1775.48万元款物。",
    "公务接待费0.40万元，其中甲单位承担部分0.30万元。",
)


@pytest.mark.parametrize("sentence", UNREAD)
def test_what_is_not_understood_is_listed_and_never_agrees(sentence: str) -> None:
    report = judged("六、情况说明", sentence)
    assert report.texts[0].unread != ()
    assert report.findings == ()


def test_figures_of_reasons_are_not_those_of_the_subject() -> None:
    text = judged("本年收入3971.8万元，比上年增加511.6万元，增长14.8%，主要原因是增加信息化经费300万元。").texts[0]
    assert (text.figures, text.understood, text.reasons) == (4, 3, 1)


def test_expenditure_of_the_other_budgets_is_not_that_of_the_unit() -> None:
    text = judged("一、情况说明", "本年项目支出30.00万元。政府性基金预算财政拨款项目支出10.00万元，占33.33%。").texts[0]
    assert [each.figures for each in text.unread] == [("10.00万元", "33.33%")]
    assert [each.figures for each in text.alone] == [("30.00万元",)]


def test_projects_of_the_other_budgets_are_not_those_of_the_general_one() -> None:
    sentence = (
        "组织开展绩效自评，共有项目12个，涉及资金555.90万元，全年预算数500.00万元，执行数250.00万元，完成预算的50.00%；"
        "政府性基金预算项目2个，全年预算数40.00万元，执行数10.00万元，完成预算的50.00%。"
    )
    report = judged("十、预算绩效情况说明", sentence)
    wrong = [(one.rule, one.text.words, one.text.start) for one in report.findings if one.text]
    assert wrong == [("T09", "50.00%", sentence.rindex("50.00%"))]
    assert [each.figures for each in report.texts[0].alone] == [("555.90万元",)]


def test_a_change_of_the_general_income_has_the_amount_its_section_told() -> None:
    lines = (
        "三、关于一般公共预算财政拨款收入支出情况说明", "（一）总体情况。一般公共预算财政拨款收入3971.8万元。",
        "（二）与2021年度决算相比。财政拨款收入增加511.6万元，增长12.9%。",
    )  # fmt: skip
    assert found(*lines) == [("T01", "12.9%")]


def test_what_says_again_what_was_compared_was_compared() -> None:
    told = "“甲”项目支出自评综述：全年预算数为10万元，执行数为8万元，完成预算的80%，自评得分98分。"
    again = "以“甲”项目为例，全年预算数为10万元，自评得分98分。"
    (text,) = judged("十、预算绩效情况说明", told, again).texts
    assert (text.figures, text.understood, text.unread) == (6, 6, ())
    assert [each.figures for each in text.alone] == [("98分",), ("98分",)]


def test_what_stands_in_brackets_does_not_lose_the_subject() -> None:
    report = judged("一、情况说明", "收支总计100万元（含年初结转和结余20万元），比上年增加10万元，增长5%。")
    assert [(one.rule, one.text.words) for one in report.findings if one.text] == [("T01", "5%")]
    assert [each.figures for each in report.texts[0].unread] == [("20万元",)]


def test_a_heading_says_what_its_section_is_compared_with() -> None:
    lines = ("（二）与2021年度决算相比", "本年收入合计100万元，增加10万元，增长5%。")
    (one,) = judged("一、情况说明", *lines).findings
    assert (one.rule, one.row_label) == ("T01", "本年收入合计·较上年增减率")


def test_other_parts_of_the_document_are_left_alone() -> None:
    wrong = "本年收入5万元，比上年增加1万元，增长90%。"
    report = judged("第一部分 单位概况", wrong, "第二部分 2022年度决算情况说明", "本年收入5万元。")
    assert report.findings == ()
    assert report.texts[0].figures == 1


HOSTILE = (
    "其中", "（项）", "1,111", "“", "（", "本年收入", "5万元、", "-1", "较上年", "增加（", "第一部分",
    "\u0660", "𝟙万元",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_ends(piece: str) -> None:
    report = judged("本年收入5万元，其中：" + piece * 1500)
    assert len(report.texts) == 1


def test_a_paragraph_without_end_is_told_as_not_read() -> None:
    report = judged("本年收入" + "5" * LONGEST_PARAGRAPH + "万元")
    assert not report.complete
    assert "没有全部看完" in report.remarks[0][0]


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("本年收入支出公务接待费增加减少5.,%万元（）“”项目：；。、与上比占的其 "), max_size=200))
def test_any_text_is_read(text: str) -> None:
    judged(text)


@given(st.text(max_size=300))
def test_tokens_fill_the_squeezed_text(text: str) -> None:
    lexicon = Lexicon()
    lexicon.add("本年收入", Entry("word", "甲"))
    squeezed = squeeze(text)
    assert len(squeezed.text) == len(squeezed.at)
    own = tokens(squeezed.text, lexicon)
    if own:
        assert own[-1].end == len(squeezed.text)
    assert all(one.end == other.start for one, other in pairwise(own))
