"""``python -m scripts.site [FOLDER]``: builds the documentation as a site that needs neither a server nor the network.

The pages of ``docs`` and the pages on all rule packs are put together beside the site and built with ``mkdocs.yml``;
a link that leads nowhere ends it with an error. Needs the extra ``docs``.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from gouji.manual import pages_of
from gouji.packs import available_packs, load_pack
from gouji.packs.model import Pack

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PACKS = "packs"
Nav: TypeAlias = list[dict[str, Any]]
_CHAPTERS: Mapping[str, Sequence[tuple[str, str]]] = {
    "使用": (
        ("快速上手", "start"), ("批注怎么看", "notes"), ("提示与尾差", "last-digit"), ("常见问题", "faq"),
        ("数与舍入", "figures"), ("命令行", "cli"), ("工作簿在哪里", "hosts"), ("报告的字段", "json"),
    ),
    "写规则": (
        ("从 Excel 公式到规则", "tutorial"), ("语言参考", "rules"), ("维护规则包", "packs"),
        ("例子够不够", "rules-mutants"), ("规则一览（一页）", "rules-index"),
    ),
}  # fmt: skip
_HOME = "index.md"
_OTHERS = "程序"
_UNSEARCHED = frozenset({"rules-index", "rules-mutants"})
"""Pages that only repeat what others say: the search leads to those."""
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def prepare(folder: Path) -> Nav:
    """Put every page of the site into ``folder``, made anew; the navigation."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DOCS, folder)
    for page in sorted(folder.glob("*.md")):
        page.write_text(_for_site(page.stem, page.read_text("utf-8")), "utf-8", newline="\n")
    packs = all_packs()
    pages = {f"{PACKS}/{name}": text for name, text in pages_of(packs, figures="../figures.md").items()}
    for name, text in pages.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8", newline="\n")
    return [{"首页": _HOME}, *_chapters(folder), {"规则和表": _pack_nav(packs, pages)}, {_OTHERS: _others(folder)}]


def all_packs() -> list[Pack]:
    """Ancestors before those that extend them."""
    return sorted((load_pack(each) for each in available_packs()), key=lambda pack: (len(pack.lineage), pack.id))


def build(site: Path) -> None:
    """Build the site into ``site``; ``SystemExit`` when a page or a link is wrong."""
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config
    from pymdownx.slugs import slugify

    pages = site.with_name(f"{site.name}-pages")
    nav = prepare(pages)
    config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(pages), site_dir=str(site), nav=nav, strict=True)
    config["mdx_configs"]["toc"]["slugify"] = slugify(case="lower")
    build_site(config)


def _for_site(name: str, text: str) -> str:
    """A page of the repository as a page of the site: links to files outside of ``docs`` become plain words."""
    opening = "---\nsearch: {exclude: true}\n---\n" if name in _UNSEARCHED else ""
    return opening + _OUTSIDE.sub(r"\1", text)


def _chapters(folder: Path) -> Iterator[dict[str, Any]]:
    for chapter, pages in _CHAPTERS.items():
        yield {chapter: [{title: f"{name}.md"} for title, name in pages if (folder / f"{name}.md").exists()]}


def _others(folder: Path) -> Nav:
    """Pages that no chapter names."""
    placed = {_HOME, *(f"{name}.md" for pages in _CHAPTERS.values() for _, name in pages)}
    found = [page for page in sorted(folder.glob("*.md")) if page.name not in placed]
    return [{_title(page.read_text("utf-8")): page.name} for page in found]


def _title(text: str) -> str:
    found = _HEADING.search(text)
    return found[1] if found else ""


def _pack_nav(packs: Sequence[Pack], pages: Mapping[str, str]) -> list[Any]:
    nav: list[Any] = [f"{PACKS}/index.md"]
    for pack in packs:
        own: list[Any] = [f"{PACKS}/{pack.id}/index.md"]
        for title, part in (("规则", "rules"), ("表", "tables")):
            under = f"{PACKS}/{pack.id}/{part}/"
            listed = [{_title(text).replace("\\", ""): name} for name, text in pages.items() if name.startswith(under)]
            own += [{title: listed}] if listed else []
        nav.append({pack.id: own})
    return [*nav, {"程序自带": f"{PACKS}/builtin.md"}]


if __name__ == "__main__":
    build(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "out" / "site").resolve())
