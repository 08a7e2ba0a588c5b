"""A workbook whose layout was met before is bound exactly as one that is seen for the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from bench.generator.books import generated

from gouji.binding.bind import Binding, bind
from gouji.binding.bound import terms_of
from gouji.binding.known import layout
from gouji.binding.known.recording import Recorder
from gouji.binding.quick import EMPTY, sum_of
from gouji.binding.terms import NO_MEMBER, UNFORMED
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.language.ast import Formula
from gouji.language.parse import parse_formula
from gouji.packs import load_pack
from gouji.packs.model import Pack
from gouji.sheet import Book, Cell, CellKind
from gouji.tables.memory import Kept
from gouji.tables.model import Recognition
from gouji.tables.recognise import recognise

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
CASES = [
    ("heilongjiang-2020", "heilongjiang-2020"),
    ("heilongjiang-2020-corrected", "heilongjiang-2020"),
    ("ordos-2022", "neimenggu-2022"),
]


@pytest.fixture(autouse=True)
def nothing_met() -> Iterator[None]:
    layout.forget()
    yield
    layout.forget()


def bound(pack: Pack, recognition: Recognition) -> Binding:
    return bind(pack, recognition, dict(pack.params))


def same(one: Binding, other: Binding) -> None:
    """All that anyone asks of a binding, in the same order."""
    assert one.settled == other.settled
    assert one.open == other.open
    assert one.missed == other.missed
    terms = {term.cell: term for instance in other.instances for term in terms_of(instance.relation)}
    for term in terms.values():
        assert list(one.reading(term)) == list(other.reading(term)), term.cell
    assert one.instances == other.instances
    assert [len(series.group.lines) for series in one.series] == [len(series.group.lines) for series in other.series]
    assert all(mine.reads >= its.reads for mine, its in zip(one.series, other.series, strict=True))


@pytest.mark.parametrize(("example", "pack_id"), CASES)
def test_a_known_layout_is_bound_as_a_new_one(example: str, pack_id: str) -> None:
    pack = load_pack(pack_id)
    recognition = recognise(read_package(EXAMPLES / f"{example}.xlsx"), forms_of(pack))
    first = bound(pack, recognition)
    assert layout.known() == 0
    second = bound(pack, recognition)
    assert layout.known() == 1
    third = bound(pack, recognition)
    same(second, first)
    same(third, first)
    assert sum(series.is_known for series in third.series) > len(third.series) / 3


def changed(book: Book, texts: dict[str, str]) -> Book:
    """Other figures in the same cells."""
    sheets = []
    for sheet in book.sheets:
        cells = {
            place: cell._replace(text=texts[cell.text])
            if cell.kind is CellKind.NUMBER and cell.text in texts else cell
            for place, cell in sheet.cells.items()
        }  # fmt: skip
        sheets.append(replace(sheet, cells=cells))
    return replace(book, sheets=tuple(sheets))


def test_figures_are_not_kept() -> None:
    """The layout is learnt from one workbook and used for another with wrong figures, texts and blanks in it."""
    pack = load_pack("heilongjiang-2020")
    book = read_package(EXAMPLES / "heilongjiang-2020-corrected.xlsx")
    other = changed(book, {"1888.8": "1988.8", "3971.8": "0", "27.1": "20.1", "0": "0.1"})
    for _ in range(4):  # what is kept of lines may be dropped once, when there is too much of it
        bound(pack, recognise(book, forms_of(pack)))
        recognition = recognise(other, forms_of(pack))
        known = bound(pack, recognition)
    assert any(series.is_known for series in known.series)
    layout.forget()
    same(known, bound(pack, recognition))
    assert len(known.open) > 200


def test_a_sum_as_printed() -> None:
    none = NO_MEMBER
    assert sum_of([1, 2, none]) == 3
    assert sum_of([0, none]) == 0
    assert sum_of([none, 0]) == 0
    assert sum_of([none, UNFORMED]) is EMPTY
    assert sum_of([]) is EMPTY
    assert sum_of([1, None]) is None


def test_only_so_many_layouts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_LAYOUTS", Kept(1_500))  # one of these has less than a thousand values
    for example, pack_id in CASES[::2]:
        pack = load_pack(pack_id)
        recognition = recognise(read_package(EXAMPLES / f"{example}.xlsx"), forms_of(pack))
        for _ in range(2):
            bound(pack, recognition)
        assert layout.known() == 1


WRITTEN = [
    "0 <= [本行, 得分]", "[本行, 得分] >= 0", "[本行, 得分] <= [本行, 分值]", "[本行, 分值] - [本行, 得分] >= 0",
    "0 >= [本行, 得分] - [本行, 分值]", "SUM([本行, 得分], [本行, 分值]) >= [本行, 得分]",
    "[本行, 得分] = SUM([本行, 得分])", "[本行, 得分] - ([本行, 分值] - [本行, 得分]) <= [本行, 分值]",
    "[年度] = 总表[年度]", "[年度] <= 总表[年度]",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("gaps", [False, True])
def test_comparisons_on_a_known_layout_come_out_as_on_a_new_one(written: str, gaps: bool) -> None:
    pack = load_pack("heilongjiang-2020")
    model = pack.rule("P14") if "年度" in written else replace(pack.rule("P07"), when=None)
    pack = replace(pack, rules=(replace(model, checks=(Formula(written, parse_formula(written)),)),))
    book = read_package(EXAMPLES / "heilongjiang-2020.xlsx")
    if gaps:
        book = with_gaps(book)
    recognition = recognise(book, forms_of(pack))
    first = bound(pack, recognition)
    bound(pack, recognition)
    same(bound(pack, recognition), first)
    assert first.instances


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("example", "pack_id"), CASES)
def test_a_damaged_workbook_is_bound_on_a_known_layout_as_on_a_new_one(example: str, pack_id: str, seed: int) -> None:
    """Texts in amounts, gaps and wrong numbers are met again; then other numbers stand in the same cells."""
    pack, random = load_pack(pack_id), Random(seed)  # noqa: S311 - reproducible on purpose
    book = damaged(read_package(EXAMPLES / f"{example}.xlsx"), random)
    for _ in range(4):  # what is kept of prints may be dropped once, when there is too much of it
        bound(pack, recognise(book, forms_of(pack)))
    for other in (book, renumbered(book, random), reformatted(book, random)):
        recognition = recognise(other, forms_of(pack))
        known = bound(pack, recognition)
        if other is book:
            assert any(series.is_known for series in known.series)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(layout, "_LAYOUTS", {})
            patch.setattr(layout, "_MET", {})
            same(known, bound(pack, recognition))


def damaged(book: Book, random: Random) -> Book:
    """One number in ten is a text, missing, or another."""
    return with_cells(book, lambda cell: cell if cell.kind is not CellKind.NUMBER or random.random() > 0.1 else
                      random.choice([None, Cell(CellKind.TEXT, "见附件"), Cell(CellKind.TEXT, "—"),
                                     cell._replace(text="12.5")]))  # fmt: skip


def renumbered(book: Book, random: Random) -> Book:
    """One number in ten is another."""
    return with_cells(book, lambda cell: cell if cell.kind is not CellKind.NUMBER or random.random() > 0.1 else
                      cell._replace(text=random.choice(["0", "7", "-3.25", "0.999999"])))  # fmt: skip


def reformatted(book: Book, random: Random) -> Book:
    """One number in a hundred is printed in another way, some so that they are no amounts."""
    return with_cells(book, lambda cell: cell if cell.kind is not CellKind.NUMBER or random.random() > 0.01 else
                      cell._replace(number_format=random.choice(["0.00%", "0.0", "yyyy-mm-dd"])))  # fmt: skip


@pytest.mark.parametrize("seed", range(7101, 7104))
def test_every_print_is_bound_when_it_is_known_as_when_it_is_new(seed: int) -> None:
    pack, random = load_pack("mof-2020"), Random(seed)  # noqa: S311 - reproducible on purpose
    book = generated(seed).book
    first = bound(pack, recognise(book, forms_of(pack)))
    for other in (book, book, renumbered(book, random), reformatted(book, random)):
        recognition = recognise(other, forms_of(pack))
        known = bound(pack, recognition)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(layout, "_LAYOUTS", {})
            patch.setattr(layout, "_MET", {})
            same(known, bound(pack, recognition))
    assert first.instances
    assert layout.known() >= 1


def test_a_layout_whose_recording_was_cut_short_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack("heilongjiang-2020")
    recognition = recognise(read_package(EXAMPLES / "heilongjiang-2020.xlsx"), forms_of(pack))
    first = bound(pack, recognition)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Recorder, "_stack", interrupted)
        with pytest.raises(KeyboardInterrupt):
            bound(pack, recognition)
    assert layout.known() == 0
    same(bound(pack, recognition), first)


def test_a_workbook_too_large_to_be_kept_is_bound_in_the_general_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_VALUES", 100)
    pack = load_pack("mof-2020")
    recognition = recognise(read_package(EXAMPLES / "heilongjiang-2020.xlsx"), forms_of(pack))
    first, *others = [bound(pack, recognition) for _ in range(3)]
    assert layout.known() == 0
    for other in others:
        same(other, first)


def with_cells(book: Book, change: Callable[[Cell], Cell | None]) -> Book:
    sheets = []
    for sheet in book.sheets:
        cells = {at: change(cell) for at, cell in sheet.cells.items()}
        sheets.append(replace(sheet, cells={at: cell for at, cell in cells.items() if cell is not None}))
    return replace(book, sheets=tuple(sheets))


def with_gaps(book: Book) -> Book:
    """One number in five is left out."""
    sheets = []
    for sheet in book.sheets:
        kept = {at: cell for at, cell in sheet.cells.items() if cell.kind is not CellKind.NUMBER or sum(at) % 5}
        sheets.append(replace(sheet, cells=kept))
    return replace(book, sheets=tuple(sheets))
