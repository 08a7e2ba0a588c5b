"""Consistent workbooks in every print: all tables recognised, every figure read, every rule applied, no accusation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from random import Random

import pytest
from bench.generator.books import generated
from bench.generator.excel import write
from bench.generator.outcome import problems
from bench.generator.style import Style, drawn

from gouji.flow import judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.packs.model import Pack

SAMPLE = 24
BOOKS = 400
PARTS = 8


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("mof-2020")


def choices() -> Iterator[tuple[str, object]]:
    """Every value that any choice of a print can take."""
    rng = Random(0)  # noqa: S311 - reproducible on purpose
    styles = [drawn(rng, Style().money, year) for year in (2019, 2020, 2022, 2024) for _ in range(100)]
    for field in fields(Style):
        if field.name != "money":
            values = {getattr(style, field.name) for style in styles}
            yield from ((field.name, value) for value in sorted(values, key=str))


def wrong(seeds: range, pack: Pack) -> list[str]:
    return [f"{seed}: {p.kind}: {p.where}" for seed in seeds for p in problems(generated(seed), pack)]


@pytest.mark.parametrize(("field", "value"), list(choices()))
def test_every_single_choice_of_a_print_is_understood(field: str, value: object, pack: Pack) -> None:
    def only(style: Style) -> Style:
        return replace(Style(money=style.money), **{field: value})  # type: ignore[arg-type]

    assert [p for seed in (3, 5) for p in problems(generated(seed, only), pack)] == []


@pytest.mark.parametrize("part", range(4))
def test_a_sample_of_random_prints(part: int, pack: Pack) -> None:
    assert wrong(range(part * SAMPLE // 4, (part + 1) * SAMPLE // 4), pack) == []


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_hundreds_of_random_prints(part: int, pack: Pack) -> None:
    assert wrong(range(1000 + part * BOOKS // PARTS, 1000 + (part + 1) * BOOKS // PARTS), pack) == []


def test_the_same_seed_gives_the_same_workbook() -> None:
    one, other = generated(11), generated(11)
    assert one.book == other.book
    assert one.truths == other.truths


@pytest.mark.parametrize("seed", range(4))
def test_the_file_is_judged_as_the_values_are(seed: int, pack: Pack, tmp_path: Path) -> None:
    made = generated(seed)
    path = tmp_path / made.book.name
    write(made.book, path)
    assert judge_book(read_package(path), pack, {}) == judge_book(made.book, pack, {})
