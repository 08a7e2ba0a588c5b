"""Small packs written on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from gouji.errors import PackError
from gouji.packs import load_pack

WritePack: TypeAlias = Callable[[str, Mapping[str, str]], Path]
LoadFaults: TypeAlias = Callable[[Path], list[str]]

SMALL = {
    "pack.yaml": "pack: small\ntitle: 小规则包\nyear: 2020\n",
    "codes/功能科目.yaml": """\
codes: 功能科目
levels: {类: 3, 款: 5, 项: 7}
names: {201: 一般公共服务支出, 208: 社会保障和就业支出}
""",
    "tables/支出表.yaml": """\
table: 支出表
title: [支出决算表]
columns:
  科目编码: {type: 编码}
  科目名称: {type: 行名}
  本年支出合计: {type: 金额, label: [合计, 小计], of: [基本支出, 项目支出]}
rows:
  合计: {of: [科目], absent: 下级之和}
  科目: {each: 科目编码, codes: 功能科目, absent: 零}
""",
    "rules/支出表.yaml": """\
table: 支出表
rules:
  - id: A1
    name: 合计 = 基本 + 项目
    for: 各行
    check: '[本行, 本年支出合计] = [本行, 基本支出] + [本行, 项目支出]'
    basis: 编制说明
    examples:
      pass: [{'合计, 本年支出合计': '3.0', '合计, 基本支出': '1.0', '合计, 项目支出': '2.0'}]
      edge: [{'合计, 本年支出合计': '3.1', '合计, 基本支出': '1.0', '合计, 项目支出': '2.0'}]
      fail: [{'合计, 本年支出合计': '4.0', '合计, 基本支出': '1.0', '合计, 项目支出': '2.0'}]
""",
}
"""A pack of one table and one rule; tests change or add files."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.delenv("GOUJI_PACKS", raising=False)


@pytest.fixture
def write_pack(tmp_path: Path) -> WritePack:
    """Write files into a folder of that name; all packs of a test are siblings."""

    def write(name: str, files: Mapping[str, str]) -> Path:
        folder = tmp_path / "packs" / name
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def small(write_pack: WritePack) -> Path:
    return write_pack("small", SMALL)


def faults(folder: Path | str) -> list[str]:
    """The problems of a pack that cannot be loaded, in Chinese, each with file:line:column."""
    with pytest.raises(PackError) as raised:
        load_pack(folder)
    return [problem.message() for problem in raised.value.problems]
