"""Sentences in other units' wording are read as the standard ones; what is not understood is said to be so."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from gouji.document import Document, Paragraph
from gouji.labels import normalised
from gouji.packs import load_pack
from gouji.tables.model import Recognition
from gouji.texts.text import TextReading, read_text

VARIANTS = yaml.safe_load((Path(__file__).parent / "data" / "variants.yaml").read_text("utf-8"))
NOTHING = Recognition((), ())


class Variant(NamedTuple):
    """A way of saying a standard sentence, under its heading, and the figures it must give: row → column → printed."""

    heading: str
    table: str
    said: str
    means: dict[str, dict[str, str]]


def variants() -> list[Any]:
    return [
        pytest.param(
            Variant(one["heading"], one.get("table", "说明"), said, one["means"]), id=f"{one['sentence']}-{number}"
        )
        for one in VARIANTS
        for number, said in enumerate(one["said"], 1)
    ]


def read(*paragraphs: str) -> TextReading:
    year = Paragraph("2022年度部门决算情况说明")
    return read_text(Document("说明.txt", (year, *map(Paragraph, paragraphs))), pack(), NOTHING)


@cache
def pack() -> Any:
    return load_pack("mof")


def told(reading: TextReading, table: str) -> dict[str, dict[str, str]]:
    """The figures by row and column; of a subject told twice those of both."""
    found: dict[str, dict[str, str]] = {}
    for one in reading.statements:
        if one.table == table:
            name = one.row if one.row not in {"科目", "项目"} else normalised(one.label)
            found.setdefault(name, {}).update({column: said.figure.printed() for column, said in one.figures.items()})
    return found


def test_there_are_twenty_ways_of_each_sentence() -> None:
    assert {one["sentence"]: len(set(one["said"])) for one in VARIANTS} == {one["sentence"]: 20 for one in VARIANTS}


@pytest.mark.parametrize("variant", variants())
def test_the_wording_of_other_units_is_read(variant: Variant) -> None:
    found = told(read(variant.heading, variant.said), variant.table)
    assert {row: found.get(row) for row in variant.means} == variant.means
