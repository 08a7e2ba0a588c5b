"""Over random sheets and notes: openpyxl reads exactly what is expected, clearing gives the file back."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.utils import range_boundaries

from gouji.hosts.note_text import our_ranges
from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import MARKER, CellNote, ResultRow, ResultSheet
from gouji.sheet import CellRef, column_letters

SHEETS = ("一", "Q'1 & <2>")
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30)
words = words.filter(lambda text: "_x" not in text)  # openpyxl does not undo the escape that the format prescribes
places = st.tuples(st.sampled_from(SHEETS), st.integers(1, 9), st.integers(1, 9))
people = st.dictionaries(places, words.filter(bool), max_size=4)
found = st.lists(st.tuples(places, st.lists(words.map(f"{MARKER}】".__add__), min_size=1, max_size=3)), max_size=6)
options = st.fixed_dictionaries({"highlight": st.booleans(), "results": st.booleans()})


def note_list(given_notes: list[tuple[tuple[str, int, int], list[str]]]) -> list[CellNote]:
    return [CellNote(CellRef(*place), tuple(paragraphs), "error") for place, paragraphs in given_notes]


def written(path: Path, theirs: Mapping[tuple[str, int, int], str], merged: str | None) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.title = SHEETS[0]
    workbook.create_sheet(SHEETS[1])
    for (sheet, row, column), text in theirs.items():
        workbook[sheet].cell(row, column).comment = Comment(text, "张")
    if merged:
        workbook[SHEETS[0]].merge_cells(merged)
    workbook.save(path)


def read(path: Path) -> dict[tuple[str, int, int], str]:
    workbook = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.row, cell.column): cell.comment.text
        for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row if getattr(cell, "comment", None)
    }  # fmt: skip


def expected(
    theirs: Mapping[tuple[str, int, int], str], notes: list[CellNote], merged: str | None
) -> dict[tuple[str, int, int], str]:
    ours: dict[tuple[str, int, int], dict[str, None]] = {}
    for note in notes:
        place = (note.cell.sheet, note.cell.row, note.cell.column)
        if merged and place[0] == SHEETS[0]:
            left, top, right, bottom = range_boundaries(merged)
            if top <= place[1] <= bottom and left <= place[2] <= right:
                place = (SHEETS[0], top, left)
        ours.setdefault(place, {}).update(dict.fromkeys(note.paragraphs))
    result = dict(theirs)
    for place, paragraphs in ours.items():
        text = "\n".join(paragraphs)
        result[place] = f"{theirs[place]}\n{text}" if place in theirs else text
    return result


def annotated(path: Path, notes: list[CellNote], chosen: Mapping[str, bool]) -> bool:
    rows = tuple(ResultRow(("错误", note.cell.address, note.paragraphs[0]), note.cell, "error") for note in notes)
    results = ResultSheet("结果", ("级别", "单元格", "说明"), rows) if chosen["results"] else None
    return annotate_package(path, notes, backup=False, highlight=chosen["highlight"], result_sheet=results).changed


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(people, found, found, options, options, st.sampled_from([None, "B2:D4", "A1:A2"]))
def test_annotate_annotate_clear(
    theirs: dict[tuple[str, int, int], str],
    one: list[tuple[tuple[str, int, int], list[str]]],
    other: list[tuple[tuple[str, int, int], list[str]]],
    first_options: dict[str, bool],
    second_options: dict[str, bool],
    merged: str | None,
) -> None:
    if merged:  # openpyxl drops comments inside merged areas
        left, top, right, bottom = range_boundaries(merged)
        inside = {(SHEETS[0], r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        assume(not (inside - {(SHEETS[0], top, left)}) & theirs.keys())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        written(path, theirs, merged)
        data = path.read_bytes()
        for chosen, given_notes in ((first_options, one), (second_options, other)):
            notes = note_list(given_notes)
            annotated(path, notes, chosen)
            assert read(path) == expected(theirs, notes, merged)
            assert not annotated(path, notes, chosen)
        clear_package(path)
        assert path.read_bytes() == data


lines = st.lists(st.one_of(words, words.map(MARKER.__add__)), max_size=6)


@given(lines)
def test_what_is_ours_in_a_text_is_every_line_with_the_marker(texts: list[str]) -> None:
    whole = "\n".join(texts)
    kept = "".join(c for at, c in enumerate(whole) if not any(a <= at < b for a, b in our_ranges(whole)))
    assert kept == "\n".join(line for line in texts if not line.startswith(MARKER))


def test_columns_beyond_z() -> None:
    assert column_letters(30) == "AD"
