"""The documentation as a site: complete, without the network or a server, searchable in Chinese."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from scripts import site

from gouji.manual.shelf import Shelf
from tests.docs.pages import ROOT
from tests.programs import browsed, missing

pytestmark = pytest.mark.heavy

SEARCHED = {
    "结转": "A17 年末结转和结余 = 年初结转和结余 + 本年收入 - 本年支出",
    "尾差": "提示与尾差",
    "三公经费": "三公：一般公共预算财政拨款“三公”经费支出决算表",
    "A06": "A06 合计栏 = 各分栏之和",
}
"""Words that people look for, and a page that must be among the first."""


def test_the_site_is_whole_and_needs_neither_network_nor_server(tmp_path: Path) -> None:
    for module in ("mkdocs", "material", "jieba"):
        if importlib.util.find_spec(module) is None:
            missing(f"{module} (the extra docs)")
    built = tmp_path / "site"
    site.build(built)
    assert lacking(built) == set()
    assert fetched_from_elsewhere(built) == []
    for words, title in SEARCHED.items():
        assert title in found_by_searching(built, words, tmp_path)[:6], words


def lacking(built: Path) -> set[str]:
    """Pages that the site should have and has not."""
    packs = site.all_packs()
    shelf = Shelf(packs)
    wanted = {page.name for page in (ROOT / "docs").glob("*.md")}
    wanted |= {f"packs/{shelf.rule_page(pack, rule)}" for pack in packs for rule in pack.rules}
    wanted |= {f"packs/{shelf.table_page(pack, table)}" for pack in packs for table in pack.tables}
    return {page for page in wanted if not (built / page).with_suffix(".html").is_file()}


def fetched_from_elsewhere(built: Path) -> list[str]:
    """What pages and styles would load from another host."""
    loaded = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']?(?:https?:)?//[^\s>]*""")
    found = [match for page in built.rglob("*.html") for match in loaded.findall(page.read_text("utf-8"))]
    imported = re.compile(r"url\([\"']?(?:https?:)?//|@import")
    return found + [match for style in built.rglob("*.css") for match in imported.findall(style.read_text("utf-8"))]


def found_by_searching(built: Path, words: str, folder: Path) -> list[str]:
    """The titles that the search shows for some words, the page opened from disk."""
    page = browsed(f"{(built / 'index.html').as_uri()}?q={quote(words)}", folder).replace("\u200b", "")
    titles = re.findall(r"md-search-result__article.*?<h1>(.*?)</h1>", page, flags=re.DOTALL)
    return [re.sub(r"<[^>]+>", "", each) for each in titles]


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.md").write_text("# 首页\n\n[没有的页](nothing.md)\n", "utf-8")
    config = load_config(
        str(ROOT / "mkdocs.yml"), docs_dir=str(tmp_path / "pages"), site_dir=str(tmp_path / "site"), strict=True,
    )  # fmt: skip
    with pytest.raises(Abort):
        build(config)
