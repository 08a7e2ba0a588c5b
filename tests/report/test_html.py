"""The page: complete in itself, escaped, everything on it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from gouji.report import html
from gouji.report.sarif import Unread
from tests.report.sample import a06, clean, sample

VOID = {"meta"}


class Outline(HTMLParser):
    """Collects tags that do not close one another and the text outside the style sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and data.strip():
            self.text.append(data)


def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


def test_the_page_fetches_nothing_and_runs_nothing() -> None:
    page = html.render([sample()])
    assert not {"script", "link", "img", "iframe"} & set(outline(page).seen)
    assert not re.search(r"https?:|url\(|@import|\son\w+=", page)
    assert "@media print" in page
    assert '<html lang="zh-CN">' in page


def test_every_finding_reason_sheet_and_table_is_on_it() -> None:
    text = "\n".join(outline(html.render([sample(), clean()], unread=[Unread("坏.xlsx", ("不是工作簿。", ""))])).text)
    for expected in (
        "heilongjiang-2020.xlsx", "错误 5 处，警告 1 处，提示 1 处", "错误 A06", "C12", "其余 4 项为 0", "1,888.9",
        "政府性基金预算财政拨款收入支出决算表没有数字行", "填表说明", "GK07 三公!A1:L8", "按存储值核对",
        "corrected.xlsx", "勾稽相符", "坏.xlsx", "不是工作簿。", "有 3 个公式没有缓存值",
    ):  # fmt: skip
        assert expected in text
    assert len(re.findall('<article class="error">', html.render([sample()]))) == 5


def test_tables_stand_in_the_order_of_the_workbook() -> None:
    page = html.render([sample()])
    titles = re.findall(r"<h2>(.*?) <small>(?:GK|绩效)", page)
    assert titles == [
        "收入决算表", "一般公共预算财政拨款基本支出决算表", "一般公共预算财政拨款“三公”经费支出决算表",
        "省级项目（专项）支出绩效自评表·政府公共热线", "省级项目（专项）支出绩效自评表·信访工作经费",
    ]  # fmt: skip


def test_what_a_workbook_says_is_text_and_never_markup() -> None:
    evil = replace(a06(), message_zh="<b>x</b>", name="<script>", row_label="<i>", sheet='"><i>', basis="&amp;")
    page = html.render([replace(sample(), workbook="<i>.xlsx", findings=(evil,))])
    assert not {"b", "i", "script"} & set(outline(page).seen)
    assert "&lt;script&gt;" in page
    assert "&amp;amp;" in page


def test_an_english_page() -> None:
    page = html.render([clean()], "en")
    assert '<html lang="en">' in page
    assert "the figures hold together" in page
