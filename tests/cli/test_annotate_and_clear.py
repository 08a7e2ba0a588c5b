"""``gouji annotate`` and ``gouji clear`` on a real file, checked by an answer prepared beforehand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.cli import main
from gouji.errors import WorkbookError
from tests.cli.conftest import Call, Prepare
from tests.report.sample import BASIC, HOTLINE, INCOME, PETITION, SANGONG, clean, sample
from tests.report.test_console import GOLDEN

NOTED = {f"{INCOME}!C11", f"{INCOME}!C12", f"{SANGONG}!A8", f"{HOTLINE}!G21", f"{PETITION}!G17", f"{PETITION}!E20"}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook with the sheets of the sample report; a figure in every cell."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in (INCOME, BASIC, SANGONG, HOTLINE, PETITION):
        sheet = book.create_sheet(name)
        for row in range(1, 41):
            sheet.append([row] * 9)
    path = tmp_path / "a.xlsx"
    book.save(path)
    return path


def notes(path: Path) -> dict[str, str]:
    """Every note of a workbook as another program reads it."""
    book: Any = openpyxl.load_workbook(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_notes_are_written_in_place_and_a_copy_of_the_original_is_kept(
    prepared: Prepare, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = workbook.read_bytes()
    prepared({"a.xlsx": sample()})
    assert main(["annotate", str(workbook)]) == 0
    found = notes(workbook)
    assert set(found) == NOTED
    assert found[f"{SANGONG}!A8"] == "【勾稽·错误 A15】预算数·合计：列示 20.1，三项之和 30.0，相差 9.9。"
    [copy] = [path for path in workbook.parent.iterdir() if path != workbook]
    assert copy.read_bytes() == original
    out = capsys.readouterr().out
    assert out.startswith(GOLDEN + f"已写入 {workbook}：6 个单元格有批注。\n原文件的副本：{copy}\n")


def test_annotating_twice_changes_nothing_and_says_so(
    prepared: Prepare, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared({"a.xlsx": sample()})
    main(["annotate", "-q", str(workbook)])
    once = workbook.read_bytes()
    capsys.readouterr()
    assert main(["annotate", "-q", str(workbook)]) == 0
    assert workbook.read_bytes() == once
    assert capsys.readouterr().out.splitlines()[1] == f"{workbook} 无需改动：6 个单元格的批注已是最新。"


def test_a_copy_leaves_the_file_as_it_is_and_clear_takes_the_notes_away(
    prepared: Prepare, workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = workbook.read_bytes()
    copy = tmp_path / "copy.xlsx"
    prepared({"a.xlsx": sample()})
    assert main(["annotate", str(workbook), "-o", str(copy), "--notes", "info", "--pack", "mof-2020"]) == 0
    assert workbook.read_bytes() == original
    assert set(notes(copy)) == NOTED | {f"{BASIC}!C33"}
    capsys.readouterr()
    assert main(["clear", "--no-backup", str(copy)]) == 0
    assert notes(copy) == {}
    assert capsys.readouterr().out.splitlines()[0] == f"已清除 {copy}：7 处勾稽批注。"
    assert main(["clear", str(copy)]) == 0
    assert capsys.readouterr().out == f"{copy} 里没有勾稽批注。\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "copy.xlsx"]


def test_only_errors_on_request(prepared: Prepare, workbook: Path) -> None:
    prepared({"a.xlsx": sample()})
    assert main(["annotate", str(workbook), "--notes", "error", "--no-backup"]) == 0
    assert set(notes(workbook)) == NOTED - {f"{PETITION}!E20"}
    assert len(list(workbook.parent.iterdir())) == 1


def test_the_result_sheet_is_added_on_request(prepared: Prepare, workbook: Path) -> None:
    prepared({"a.xlsx": sample()})
    assert main(["annotate", str(workbook), "--result-sheet", "--highlight"]) == 0
    book: Any = openpyxl.load_workbook(workbook)
    assert "勾稽审核结果" in book.sheetnames
    texts = [str(cell.value) for row in book["勾稽审核结果"].iter_rows() for cell in row if cell.value is not None]
    assert "行政运行·本年收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。若仅此格有误，应为 1,888.9。" in texts
    assert main(["clear", str(workbook)]) == 0
    assert "勾稽审核结果" not in openpyxl.load_workbook(workbook).sheetnames


def test_english(prepared: Prepare, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepared({"a.xlsx": sample()})
    assert main(["--lang", "en", "annotate", "-q", "--no-backup", str(workbook)]) == 0
    assert notes(workbook)[f"{HOTLINE}!G21"].startswith("【勾稽·error P05】任务启动后完成时间: score 15")
    assert capsys.readouterr().out.splitlines()[1] == f"Written {workbook}: notes in 6 cells."


def test_nothing_is_written_where_nothing_was_checked(
    prepared: Prepare, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = workbook.read_bytes()
    prepared({"a.xlsx": replace(clean(), tables=())})
    assert main(["annotate", str(workbook)]) == 3
    prepared({"a.xlsx": WorkbookError("a.xlsx 没有标准表。", "a.xlsx holds no table.")})
    assert main(["annotate", str(workbook)]) == 3
    assert workbook.read_bytes() == original
    assert [path.name for path in workbook.parent.iterdir()] == ["a.xlsx"]
    assert (
        capsys.readouterr().err == "gouji: " + str(workbook) + "：没有认出标准的决算表。\ngouji: a.xlsx 没有标准表。\n"
    )


def test_an_incomplete_answer_is_written_and_is_4(prepared: Prepare, workbook: Path) -> None:
    prepared({"a.xlsx": replace(sample(), complete=False)})
    assert main(["annotate", str(workbook)]) == 4
    assert set(notes(workbook)) == NOTED


def test_a_file_that_cannot_be_written_does_not_stop_the_next(
    prepared: Prepare, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_elsewhere = workbook.with_name("b.xlsx")
    open_elsewhere.write_bytes(workbook.read_bytes())
    workbook.with_name("~$b.xlsx").write_bytes(b"x" * 165)
    prepared({"a.xlsx": sample(), "b.xlsx": sample()})
    assert main(["annotate", "-q", str(open_elsewhere), str(workbook)]) == 3
    assert notes(open_elsewhere) == {}
    assert set(notes(workbook)) == NOTED
    assert "b.xlsx" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["annotate", "clear"])
def test_o_is_one_copy_or_a_folder(
    prepared: Prepare, workbook: Path, tmp_path: Path, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = workbook.with_name("b.xlsx")
    other.write_bytes(workbook.read_bytes())
    calls: list[Call] = prepared({"a.xlsx": sample(), "b.xlsx": sample()})
    assert main([verb, str(workbook), str(other), "-o", str(tmp_path / "copy.xlsx")]) == 2
    assert main([verb, str(workbook), "-o", str(workbook)]) == 2
    assert calls == []
    assert [line[:7] for line in capsys.readouterr().err.splitlines()] == ["gouji: ", "gouji: "]
    folder = tmp_path / "out"
    folder.mkdir()
    assert main([verb, str(workbook), str(other), "-o", str(folder)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_clear_says_which_file_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_text("no workbook")
    assert main(["clear", str(bad), str(tmp_path / "*.xlsm")]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "bad.xlsx" in lines[0]
    assert "*.xlsm" in lines[1]
    assert bad.read_text() == "no workbook"


def test_a_workbook_changed_while_it_is_checked_is_not_written(
    workbook: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def validate(source: Path, **_: object) -> object:
        source.write_bytes(source.read_bytes() + b" ")
        return sample()

    monkeypatch.setattr("gouji.flow.validate", validate)
    before = workbook.read_bytes() + b" "
    assert main(["annotate", str(workbook)]) == 3
    assert "在审核期间被其他程序改动，未写入" in capsys.readouterr().err
    assert workbook.read_bytes() == before
