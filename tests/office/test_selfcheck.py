"""A self-checking template filled in: what LibreOffice shows is what the exact verdict says, rule by rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import openpyxl
import pytest

from gouji.flow import forms_of
from gouji.hosts.forms.check_sheets import FAILS, HOLDS, NOT_ASKED
from gouji.hosts.forms.content import read_content
from gouji.hosts.package.reading import read_package
from gouji.packs import load_pack
from gouji.packs.model import Pack
from gouji.selfcheck import write_template
from gouji.tables.recognise import recognise
from tests.selfcheck.filling import fill, fill_with_anything, judged, shown

pytestmark = [pytest.mark.office, pytest.mark.heavy]

DATA = Path(__file__).parents[2] / "templates" / "examples" / "data"
BOOKS = [("heilongjiang-2020", "heilongjiang-2020", 1), ("neimenggu-2022", "ordos-2022", 2)]
OTHERS = ["mof-2019", "mof-2020", "mof-2022", "anhui-2022", "sichuan-2023"]
"""Packs of whose forms no filled workbook is at hand."""
DAMAGED = 40


def filled(pack_id: str, data: str, decimals: int, folder: Path) -> Path:
    pack = load_pack(pack_id)
    write_template(pack, folder / "template.xlsx", self_check=True, decimals=decimals)
    fill(folder / "template.xlsx", pack, read_content(DATA / f"{data}.yaml"), folder / "filled.xlsx")
    return folder / "filled.xlsx"


def damage(path: Path, pack: Pack, seed: int, decimals: int) -> None:
    """Other figures in some of the cells that are filled in, codes and names left as they are."""
    rng = Random(seed)  # noqa: S311 - reproducible on purpose
    found = recognise(read_package(path), forms_of(pack))
    book = openpyxl.load_workbook(path)
    places = [
        (table.sheet.name, place) for table in found.tables for place, value in sorted(table.values.items())
        if value.status == "figure"
    ]
    for sheet, place in rng.sample(places, DAMAGED):
        cell, last = book[sheet].cell(*place), 10**-decimals
        if isinstance(cell.value, (int, float)):
            cell.value = round(cell.value + rng.choice([-last, last, 2 * last, -5, 27, -cell.value]), decimals)
    book.save(path)


def test_a_blank_form_shows_no_fault(tmp_path: Path) -> None:
    write_template(load_pack("mof-2022"), tmp_path / "blank.xlsx", self_check=True)
    failed, results = shown(tmp_path / "blank.xlsx", tmp_path)
    assert failed == {}
    assert set(results.values()) == {HOLDS, NOT_ASKED}


@pytest.mark.parametrize(("pack_id", "data", "decimals"), BOOKS)
@pytest.mark.parametrize("seed", range(3))
def test_libreoffice_agrees_on_every_rule(pack_id: str, data: str, decimals: int, seed: int, tmp_path: Path) -> None:
    path = filled(pack_id, data, decimals, tmp_path)
    if seed:
        damage(path, load_pack(pack_id), seed, decimals)
    failed, results = shown(path, tmp_path)
    live = {rule for (rule, _), result in results.items() if result != NOT_ASKED}
    assert failed == judged(path, load_pack(pack_id), sorted(live))
    assert {key for key, result in results.items() if result == FAILS} == set(failed)
    assert set(results.values()) <= {HOLDS, FAILS, NOT_ASKED}
    if seed:
        assert len({rule for rule, _ in failed}) > 12


@pytest.mark.parametrize("pack_id", OTHERS)
def test_libreoffice_agrees_on_forms_of_every_pack(pack_id: str, tmp_path: Path) -> None:
    pack = load_pack(pack_id)
    write_template(pack, tmp_path / "template.xlsx", self_check=True)
    fill_with_anything(tmp_path / "template.xlsx", pack, tmp_path / "filled.xlsx", seed=1)
    failed, results = shown(tmp_path / "filled.xlsx", tmp_path)
    live = {rule for (rule, _), result in results.items() if result != NOT_ASKED}
    assert failed == judged(tmp_path / "filled.xlsx", pack, sorted(live))
    assert {key for key, result in results.items() if result == FAILS} == set(failed)
    ended = Counter(result for (rule, _), result in results.items() if rule in live)
    assert ended[FAILS] > 10
    assert ended[HOLDS] > 10
