"""Pages on packs: complete, connected, and saying what gouji says."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from urllib.parse import unquote

import pytest

from gouji.hosts.forms.building import plan_form
from gouji.manual import pages_of
from gouji.manual.shelf import Shelf, link, plain, tables_read
from gouji.manual.table_page import drawn
from gouji.packs import available_packs, load_pack
from gouji.packs.model import Pack

SECTIONS = ["做什么", "依据", "例", "舍入", "修正建议", "写在哪里"]


@cache
def packs() -> list[Pack]:
    return sorted((load_pack(each) for each in available_packs()), key=lambda pack: (len(pack.lineage), pack.id))


@cache
def pages() -> Mapping[str, str]:
    return pages_of(packs(), figures="figures.md")


def test_every_rule_and_table_of_every_pack_has_a_page() -> None:
    shelf = Shelf(packs())
    for pack in packs():
        assert {shelf.rule_page(pack, rule) for rule in pack.rules} <= set(pages())
        assert {shelf.table_page(pack, table) for table in pack.tables} <= set(pages())
        assert shelf.pack_page(pack) in pages()


def test_a_rule_page_has_all_its_parts_in_order() -> None:
    found = [text for path, text in pages().items() if "/rules/" in path]
    assert len(found) > 70
    for text in found:
        assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == SECTIONS
        for section in re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]:
            assert section.strip()
        assert "没有形成可以核对的关系" not in text


def test_examples_end_as_their_heading_says() -> None:
    for path, text in pages().items():
        if "/rules/" not in path:
            continue
        for heading, body in re.findall(r"^### ([^\n]+)\n(.*?)(?=^##)", text, flags=re.MULTILINE | re.DOTALL):
            said = re.findall(r"^\*\*(..)\*\*", body, flags=re.MULTILINE)
            assert set(said) == {"不符" if heading == "不通过" else "相符"}, (path, heading)
            assert len(said) == body.count("| 格 | 印出 |")


@pytest.mark.parametrize("alone", [None, "neimenggu-2022"])
def test_every_link_leads_to_a_page(alone: str | None) -> None:
    found = pages() if alone is None else pages_of([load_pack(alone)])
    for path, text in found.items():
        for target in re.findall(r"\]\(([^)]+)\)", text):
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target)))
            assert to in found or to == "figures.md", (path, target)


def test_a_page_shows_both_sides_and_what_rounding_explains() -> None:
    page = pages()["mof/rules/A06.md"]
    assert "# A06 合计栏 = 各分栏之和\n" in page
    assert "[本行, 本栏] = SUM([本行, 本栏/下级])" in page
    assert "**相符**：左边 3,946.6，右边 3,946.5，差 0.1，舍入最多能解释 0.15。" in page
    assert "**不符**：左边 1,899，右边 1,888.9，差 10.1，舍入最多能解释 0.15。" in page
    assert "| `下级` | 加起来等于它的各行或各栏，见表的定义；没有下级的不核对 |" in page
    assert "`mof/rules/科目表.yaml`" in page


def test_rates_are_shown_as_rates() -> None:
    page = pages()["neimenggu-2022/rules/P12-1.md"]
    assert "**不符**：左边 98.99%，右边 96.615%。" in page
    assert "印的是各项目执行率的平均数" in page


def test_a_rule_changed_downstream_names_its_other_pages() -> None:
    assert "[heilongjiang-2020](../../heilongjiang-2020/rules/P03.md) 另有规定" in pages()["mof/rules/P03.md"]
    assert "改动：neimenggu-2022：资金来源按自治区的表式" in pages()["neimenggu-2022/rules/P03.md"]
    assert "neimenggu-2022/rules/A06.md" not in pages()


def test_a_table_page_lists_every_rule_that_reads_it() -> None:
    page = pages_of([load_pack("mof-2022")])["tables/三公.md"]
    pack = load_pack("mof-2022")
    readers = [rule.id for rule in pack.rules if "三公" in tables_read(rule)]
    assert [rule for rule in readers if not rule.startswith("T")] == ["A15", "A18", "B11"]
    assert re.findall(r"^\| \[([^\]]+)\]", page, flags=re.MULTILINE) == readers


def test_unconfirmed_tables_say_so() -> None:
    shelf = Shelf(packs())
    said = {
        (pack.id, name): "推测的" in pages()[shelf.table_page(pack, name)]
        for pack in packs() for name in pack.tables
    }
    assert {key for key, value in said.items() if value} == {
        (pack.id, name) for pack in packs() for name, table in pack.tables.items() if not table.confirmed
    }
    assert any(said.values())


def test_a_form_is_drawn_with_its_merged_cells() -> None:
    pack = load_pack("mof-2022")
    html = drawn(plan_form(pack, pack.tables["三公"]))
    assert html.count("<tr>") == html.count("</tr>")
    assert '<th colspan="6">预算数</th><th colspan="6">决算数</th>' in html
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    assert sum(int(n) for n in re.findall(r'colspan="(\d+)"', rows[0])) == 12


def test_words_that_could_be_marks_are_shown_as_they_are() -> None:
    assert plain("a*b_[c]|d <e>") == r"a\*b\_\[c\]\|d \<e\>"
    assert link("甲", "表 (一)/甲#乙.md", "index.md") == "[甲](表%20%28一%29/甲#乙.md)"
