"""Every figure that an equality reads, damaged so that no truth of it remains, is found and named."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from gouji.binding.bind import bind
from gouji.binding.bound import Compared, Instance, terms_of
from gouji.flow import forms_of, judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.packs.model import Pack
from gouji.report.model import Report
from gouji.sheet import Book, Cell, CellKind, CellRef, Sheet
from gouji.tables.recognise import recognise

EXAMPLES = Path(__file__).parents[2] / "templates" / "examples"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("heilongjiang-2020")


@pytest.fixture(scope="module")
def corrected() -> Book:
    return read_package(EXAMPLES / "heilongjiang-2020-corrected.xlsx")


def instances(book: Book, pack: Pack) -> tuple[Instance, ...]:
    params: Mapping[str, Decimal | str] = pack.params
    return bind(pack, recognise(book, forms_of(pack)), dict(params)).instances


def read_by_equalities(book: Book, pack: Pack) -> dict[CellRef, str]:
    """Every figure cell of a sum or rate that must be equal, each once, with the column it stands in.

    Exact figures (分值) are left out where the row carries none: 0 points make any result right.
    """
    found: dict[CellRef, str] = {}
    for one in instances(book, pack):
        if isinstance(one.relation, Compared) and one.relation.comparison == "=" and one.rule.severity != "info":
            found.update((term.cell, term.column) for term in terms_of(one.relation) if term.figure.last is not None)
    return found


def with_cell(book: Book, ref: CellRef, cell: Cell | None) -> Book:
    """The same workbook with one other cell (``None``: emptied)."""
    def changed(sheet: Sheet) -> Sheet:
        if sheet.name != ref.sheet:
            return sheet
        cells = dict(sheet.cells)
        if cell is None:
            cells.pop((ref.row, ref.column), None)
        else:
            cells[(ref.row, ref.column)] = cell
        return Sheet(sheet.name, cells, sheet.merged, sheet.notes, sheet.hidden)

    return Book(book.name, tuple(changed(sheet) for sheet in book.sheets), book.remarks)


def damaged(cell: Cell | None, column: str) -> list[Cell]:
    """Figures far from the printed one, in the same format: no rounding and no last digit explains them.

    A result beyond its target is right with any excess: of those, much smaller and much larger, one must be wrong.
    """
    if cell is None or cell.kind is not CellKind.NUMBER:
        return [Cell(CellKind.NUMBER, "7777.7")]
    value = Decimal(cell.text)
    if column == "实际完成值":
        return [cell._replace(text=str(v)) for v in (value * Decimal("0.037") + Decimal("0.0101"), value * 27 + 1)]
    return [cell._replace(text=str(value + (Decimal("0.37") if "%" in cell.number_format else Decimal("777.7"))))]


def blamed(report: Report) -> set[CellRef]:
    return {ref for finding in report.findings if finding.severity != "info" for ref in finding.cells}



@pytest.mark.heavy
@pytest.mark.parametrize("part", range(8))
def test_every_such_figure_is_named_by_a_finding(part: int, corrected: Book, pack: Pack) -> None:
    cells = read_by_equalities(corrected, pack)
    assert len(cells) > 600
    by_sheet = {sheet.name: sheet for sheet in corrected.sheets}
    missed = []
    for ref, column in list(cells.items())[part::8]:
        cell = by_sheet[ref.sheet].cells.get((ref.row, ref.column))
        books = (with_cell(corrected, ref, wrong) for wrong in damaged(cell, column))
        if not any(ref in blamed(judge_book(book, pack, {})) for book in books):
            missed.append(str(ref))
    assert missed == []


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(4))
def test_text_in_a_figures_cell_is_a_finding_there_and_never_zero(part: int, corrected: Book, pack: Pack) -> None:
    figures = [ref for ref, column in read_by_equalities(corrected, pack).items() if column != "实际完成值"]
    for ref in figures[part::40]:
        report = judge_book(with_cell(corrected, ref, Cell(CellKind.TEXT, "见附注")), pack, {})
        assert [(f.rule, f.cell) for f in report.findings] in ([("G01", ref)], []), str(ref)
        assert any(ref in missed.cells or missed.reason_zh for missed in report.not_applied), str(ref)


def test_a_missing_table_is_reported_and_nothing_is_assumed(corrected: Book, pack: Pack) -> None:
    book = Book(corrected.name, tuple(s for s in corrected.sheets if s.name != "GK03 支出决算表"))
    report = judge_book(book, pack, {})
    assert report.findings == ()
    reasons = {(n.rule, n.reason_zh) for n in report.not_applied}
    assert ("B02", "没有找到支出决算表") in reasons
    assert ("B08", "没有找到支出决算表") in reasons
    assert ("B16", "没有找到支出决算表") in reasons


def test_a_table_printed_twice_is_not_guessed(corrected: Book, pack: Pack) -> None:
    twice = next(s for s in corrected.sheets if s.name == "GK03 支出决算表")
    again = Sheet("又一份", twice.cells, twice.merged, twice.notes)
    report = judge_book(Book(corrected.name, (*corrected.sheets, again)), pack, {})
    assert report.findings == ()
    reasons = {n.reason_zh for n in report.not_applied if n.rule == "B02"}
    assert reasons == {"支出决算表出现了 2 次（GK03 支出决算表、又一份）"}


def test_an_unknown_row_with_an_amount_is_never_an_accusation(corrected: Book, pack: Pack) -> None:
    ref = next(
        CellRef(s.name, *place) for s in corrected.sheets if s.name.startswith("GK01")
        for place, cell in s.cells.items() if "事业收入" in cell.text
    )
    book = with_cell(corrected, ref, Cell(CellKind.TEXT, "五、某项未曾见过的收入"))
    book = with_cell(book, CellRef(ref.sheet, ref.row, ref.column + 2), Cell(CellKind.NUMBER, "55.5", "#,##0.0"))
    report = judge_book(book, pack, {})
    assert report.findings == ()
    assert any("不认识的行" in n.reason_zh for n in report.not_applied)


def test_an_unreadable_heading_is_listed_with_what_it_lacks(corrected: Book, pack: Pack) -> None:
    sheet = next(s for s in corrected.sheets if s.name == "GK05 一般公共预算财政拨款支出决算表")
    place = next(p for p, cell in sheet.cells.items() if cell.text == "基本支出")
    book = with_cell(corrected, CellRef(sheet.name, *place), Cell(CellKind.TEXT, "某支出"))
    report = judge_book(book, pack, {})
    assert all(f.severity == "info" for f in report.findings)
    assert any("没有印出“基本支出”一栏" in n.reason_zh for n in report.not_applied)
