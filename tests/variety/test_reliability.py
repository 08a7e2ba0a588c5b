"""docs/reliability.md is what the results say, and a sample of what it says holds again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bench.reliability import pieces
from bench.reliability.__main__ import PAGE, read
from bench.reliability.books import PRINTS, consistent, one_wrong_figure
from bench.reliability.damages import Damage, with_sheet
from bench.reliability.outcomes import Judge
from bench.reliability.page import Results, page
from bench.reliability.samples import EXAMPLES, FAULTS, FOLDER, sampled

from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.sheet import Cell, CellKind, CellRef


def test_the_page_is_written_from_the_results() -> None:
    results = read()
    assert PAGE.read_text("utf-8") == page(results)
    assert {one.printed for one in results.consistent} <= set(PRINTS)
    for one in results.damaged:
        assert len(one.faults) == sum(counts.get(kind, 0) for counts in one.counts.values() for kind in FAULTS)


def test_pieces_put_together_are_the_whole_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "KEPT", tmp_path)
    monkeypatch.setattr(pieces, "BOOKS", 2)
    plan = pieces.planned(3, ["截断"], 2, None, 1)
    assert [piece.name for piece in plan] == [
        "截断-20000-20002.json", "截断-20002-20003.json", "一个数错了-20000-20002.json"]
    said: list[str] = []
    pieces.run(plan[:1], 1, said.append)
    pieces.run(plan, 1, said.append)
    assert [line.split(" in ")[0] for line in said if "pieces" in line] == [
        "1 pieces, 0 kept already", "3 pieces, 1 kept already"]
    results = pieces.merged(plan, Results((), None, ()))
    assert results == Results((consistent(range(20_000, 20_003), "截断"),), one_wrong_figure(range(20_000, 20_002)), ())


@pytest.mark.parametrize("printed", ["四舍五入", "截断"])
def test_consistent_workbooks_get_no_error_and_no_warning(printed: str) -> None:
    run = consistent(range(30_000, 30_004), printed)  # type: ignore[arg-type]
    assert (dict(run.problems), run.books) == ({}, 4)
    assert run.relations > 1000


def test_one_wrong_figure_is_found() -> None:
    run = one_wrong_figure(range(30_000, 30_008))
    assert (run.missed, run.found) == ((), run.books)


def test_a_form_is_right_to_miss_its_own_projects_line_and_no_other() -> None:
    book = read_package(FOLDER / "ordos-2022.xlsx")
    judge = Judge(book, load_pack("neimenggu-2022"))
    sheet = next(one for one in book.sheets if one.name == "项目支出自评结果统计表")

    def row(number: int) -> frozenset[CellRef]:
        return frozenset(CellRef(sheet.name, *place) for place in sheet.cells if place[0] == number)

    left = {place: cell for place, cell in sheet.cells.items() if place[0] != 5}
    damage = Damage("行", "清空", "", with_sheet(book, replace(sheet, cells=left)), row(5), row(5))
    assert judge.outcome(damage).kind == "finding"
    missing = "项目支出绩效自评表 C3 数字红会建设费：项目支出自评结果统计表没有“数字红会建设费”这一行。"
    for other in (row(6), row(5) - {CellRef(sheet.name, 5, 2)}):  # another project's line; the line, but not its name
        kind, words = judge.outcome(damage._replace(changed=other, gone=other))
        assert (kind, words.partition("。")[0] + "。") == ("accusation", missing)
    noted = {**left, (20, 9): Cell(CellKind.TEXT, "数字红会建设费")}  # it stands on the sheet, where no line is read
    kept = with_sheet(book, replace(sheet, cells=noted))
    assert judge.outcome(damage._replace(book=kept)).kind == "accusation"


@pytest.mark.heavy
@pytest.mark.parametrize("example", EXAMPLES)
def test_damage_is_answered_by_a_finding_there_or_a_reason_or_nothing(example: str) -> None:
    found = sampled(example, 7, 1)
    assert sum(sum(counts.values()) for counts in found.counts.values()) > 30
    assert [fault for fault in found.faults if fault.startswith("accusation")] == []
