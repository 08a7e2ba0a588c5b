"""The cache: same pack, no YAML, no formulas parsed; never trusted further than its digest and gouji's own types."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from gouji.packs import cache, load_pack
from gouji.packs.locations import read_lineage
from tests.packs.conftest import faults

LOADED = """
import sys
from gouji.packs import load_pack
load_pack(sys.argv[1])
print('yaml' in sys.modules, 'lark' in sys.modules)
"""


def cache_file() -> Path:
    folder = cache.cache_folder()
    assert folder is not None
    [file] = folder.iterdir()
    return file


def version(folder: Path) -> str:
    return cache.digest(read_lineage(folder))


def test_the_kept_pack_is_the_same(small: Path) -> None:
    pack = load_pack(small)
    kept = cache.load_cached(small, version(small))
    assert kept is not pack
    assert kept == pack
    assert load_pack(small) == pack


def test_nothing_heavy_is_imported_with_a_kept_pack(small: Path) -> None:
    def run() -> str:
        done = subprocess.run([sys.executable, "-c", LOADED, str(small)], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert run() == "True True"
    assert run() == "False False"


def test_positions_are_kept(small: Path) -> None:
    load_pack(small)
    assert load_pack(small).rule("A1").checks[0].line == 6


def test_a_changed_file_is_read_again(small: Path) -> None:
    load_pack(small)
    (small / "pack.yaml").write_text("pack: small\ntitle: 新\n", encoding="utf-8")
    assert load_pack(small).title == "新"
    (small / "pack.yaml").write_text("pack: small\n", encoding="utf-8")
    assert faults(small) == ["small/pack.yaml:1:1: 缺 title"]


@pytest.mark.parametrize("damage", [
    lambda content: b"",
    lambda content: content[:-1],
    lambda content: content[:60],
    lambda content: content[:-20] + b"x" + content[-19:],
    lambda content: b"PK" + content,
])
def test_a_damaged_file_is_ignored(small: Path, damage: object) -> None:
    assert callable(damage)
    pack = load_pack(small)
    file = cache_file()
    file.write_bytes(damage(file.read_bytes()))
    assert cache.load_cached(small, version(small)) is None
    assert load_pack(small) == pack
    assert cache.load_cached(small, version(small)) == pack


class _Hostile:
    def __init__(self, marker: str) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.marker,)


def plant(folder: Path, body: bytes) -> None:
    load_pack(folder)
    file = cache_file()
    head = file.read_bytes()[: len(cache._MAGIC) + 32]
    file.write_bytes(head + sha256(body).digest() + body)


def test_a_hostile_file_with_a_right_digest_runs_nothing(small: Path, tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    plant(small, pickle.dumps(_Hostile(str(marker))))
    assert cache.load_cached(small, version(small)) is None
    assert load_pack(small).title == "小规则包"
    assert not marker.exists()


@pytest.mark.parametrize("body", [
    pickle.dumps({"not": "a pack"}),
    b"cbuiltins\neval\n(V1\ntR.",
    b"cgouji.packs.cache\nos.system\n(Vtrue\ntR.",
    b"cgouji.packs.model\nField\n.",
    b"\x80\x05\x8c\x12gouji.packs.model\x94\x8c\x0fPack.__init__\x93.",
])
def test_only_data_types_are_admitted(small: Path, body: bytes) -> None:
    plant(small, body)
    assert cache.load_cached(small, version(small)) is None


def test_a_folder_that_cannot_be_written(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setenv("LOCALAPPDATA", str(blocked))
    assert load_pack(small).title == "小规则包"


def test_a_user_without_a_home(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA")
    monkeypatch.setattr(Path, "home", homeless)
    assert cache.cache_folder() is None
    assert load_pack(small).title == "小规则包"


def test_one_file_a_pack(small: Path) -> None:
    load_pack(small)
    (small / "pack.yaml").write_text("pack: small\ntitle: 新\n", encoding="utf-8")
    load_pack(small)
    assert cache_file().name.startswith("small-")
