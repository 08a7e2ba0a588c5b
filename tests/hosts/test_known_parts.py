"""What is known where the same bytes come again must be what the bytes say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gouji.hosts.package.grid import Grid, layout
from gouji.hosts.package.known import LARGEST, known_by_content
from gouji.hosts.package.spans import Element, elements
from gouji.sheet import Area
from tests.hosts import packages


def test_a_part_is_read_once_unless_it_is_large() -> None:
    read: list[bytes] = []

    @known_by_content
    def length(content: bytes, name: str) -> int:
        read.append(content)
        return len(content + name.encode())

    large = b"x" * (LARGEST + 1)
    assert [length(b"a", "1"), length(b"a", "1"), length(b"a", "22"), length(b"bb", "1")] == [2, 2, 3, 3]
    assert read == [b"a", b"a", b"bb"]
    assert length(large, "") == length(large, "") == LARGEST + 1
    assert read[3:] == [large, large]


def written(data: bytes, element: Element) -> list[tuple[str, dict[str, str], bytes, bytes]]:
    """Every element that is kept, with its bytes and those inside."""
    return [
        (one.name, one.attributes, data[one.start : one.end], data[one.inner : one.inner_end])
        for one in element.walk()
        if one.name not in ("row", "c", "v", "mergeCell")
    ]


PIECES = {
    "cols": '<cols><col min="2" max="2" width="20"/></cols>',
    "cells": '<sheetData><row r="1" ht="{0}"><c r="A1"><v>{0}</v></c></row><row r="3" hidden="1"/></sheetData>',
    "no cells": "<sheetData/>",
    "merged": '<mergeCells><mergeCell ref="A1:B{0}"/></mergeCells>',
    "margins": '<pageMargins left="1"/>',
    "format": '<sheetFormatPr defaultRowHeight="{0}"/>',
}


@given(st.lists(st.sampled_from(sorted(PIECES)), unique=True), st.lists(st.integers(1, 3000), min_size=2, max_size=3))
def test_elements_stand_where_they_are_whatever_the_cells_hold(names: list[str], numbers: list[int]) -> None:
    for number in numbers:
        data = packages.sheet("".join(PIECES[name] for name in names).replace("{0}", str(number)))
        assert written(data, layout(data, "表.xml").root) == written(data, elements(data, "表.xml"))


def test_the_grid_follows_what_states_it() -> None:
    def grid(row: int, height: str, last: str) -> Grid:
        cells = f'<sheetData><row r="{row}" ht="{height}"/></sheetData>'
        return layout(packages.sheet(f'{cells}<mergeCells><mergeCell ref="{last}"/></mergeCells>'), "表.xml").grid

    for _ in range(2):
        assert grid(1, "30", "A1:B2") == Grid((Area(1, 1, 2, 2),), (), {1: 40})
        assert grid(1, "15", "A1:B2").heights == {1: 20}
        assert grid(2, "15", "A1:B2").heights == {2: 20}
        assert grid(1, "30", "A1:C2").merged == (Area(1, 1, 2, 3),)
