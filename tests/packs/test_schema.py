"""The published schemas: up to date, accepting what loading accepts, refusing what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from gouji.packs import schema
from gouji.packs.keys import FILES, Items, Key, Keys, Kind, Named
from gouji.packs.locations import DRAFTS_FOLDER, shipped_packs
from tests.packs.conftest import SMALL, WritePack, faults

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "schema"
SHIPPED = [
    *sorted(shipped_packs().glob("*/pack.yaml")),
    *(path for path in sorted(shipped_packs().glob("*/*/*.yaml")) if path.parent.name != DRAFTS_FOLDER),
]
"""Drafts are prose with marks: their reader tells what is wrong with them (tests of drafting)."""


def kind_of(path: Path) -> str:
    return "pack" if path.name == "pack.yaml" else path.parent.name


def errors(kind: str, document: object) -> list[str]:
    return [error.message for error in jsonschema.Draft7Validator(schema.schema(kind)).iter_errors(document)]


@pytest.mark.parametrize("kind", FILES)
def test_the_published_file_is_up_to_date(kind: str) -> None:
    file = PUBLISHED / schema.file_name(kind)
    assert file.read_text("utf-8") == schema.text(kind), "run: gouji rules schema -o docs/schema"


@pytest.mark.parametrize("kind", FILES)
def test_it_is_a_schema(kind: str) -> None:
    jsonschema.Draft7Validator.check_schema(schema.schema(kind))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(shipped_packs())))
def test_every_shipped_file_fits(path: Path) -> None:
    assert errors(kind_of(path), yaml.safe_load(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(("kind", "text"), [
    ("rules", "rules: [{id: A1, chek: '1 = 1', override: 理由}]"),
    ("rules", "rules: [{id: A1, name: 甲, check: 1 = 1}]"),
    ("rules", "rules: [{id: A1, override: 理由, severity: 错}]"),
    ("rules", "rules: [{id: A1, override: 理由, locked: 对}]"),
    ("rules", "rules: [{id: A1, override: 理由, since: 去年}]"),
    ("rules", "rules: {id: A1}"),
    ("tables", "table: 甲\ncolumns: {乙: {type: 钱}}"),
    ("tables", "table: 甲\ncolumns: {乙: {tpye: 金额}}"),
    ("tables", "table: 甲\nrows: {乙: {absent: 空}}"),
    ("tables", "title: 甲"),
    ("pack", "pack: 甲"),
    ("pack", "pack: 甲\ntitle: 乙\nunit: 角"),
    ("codes", "codes: 甲\nlevel: {类: 3}"),
    ("cases", "cases: [{sheets: {}}]"),
])  # fmt: skip
def test_what_loading_refuses_is_refused(kind: str, text: str) -> None:
    assert errors(kind, yaml.safe_load(text)) != []


@pytest.mark.parametrize(("path", "text"), [
    ("rules/甲.yaml", "rules: [{id: A1, override: 理由, since: 2020, examples: 删除}]"),
    ("tables/甲.yaml", "table: 支出表\ncolumns: {基本支出: {of: 甲, absent: 无}, 科目名称: 删除}\nrows: {乙: }"),
    ("pack.yaml", "pack: own\ntitle: 甲\nextends: small\nparams: {满分: 100, 口径: 本级}\narea: 黑龙江"),
])
def test_what_loading_accepts_is_accepted(write_pack: WritePack, path: str, text: str) -> None:
    write_pack("small", SMALL)
    folder = write_pack("own", {"pack.yaml": "pack: own\ntitle: 甲\nextends: small\n", path: text})
    assert errors(kind_of(folder / path), yaml.safe_load(text)) == []
    write_pack("own", {path: text.replace("甲", "甲", 1) + "\n多余: 键\n"})
    assert any("没有键 多余" in fault for fault in faults(folder))


def keys_of(kind: Kind) -> Iterator[Key]:
    match kind:
        case Keys(keys):
            for key in keys:
                yield key
                yield from keys_of(key.kind)
        case Named(value) | Items(value):
            yield from keys_of(value)


def described(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        for name, entry in document.get("properties", {}).items():
            yield name
            assert entry["description"].strip(), name
        for value in document.values():
            yield from described(value)
    elif isinstance(document, list):
        for value in document:
            yield from described(value)


@pytest.mark.parametrize("kind", FILES)
def test_every_key_is_explained_in_chinese(kind: str) -> None:
    keys = list(keys_of(FILES[kind][1]))
    assert sorted(described(schema.schema(kind))) == sorted(key.name for key in keys)
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in key.says) for key in keys)
