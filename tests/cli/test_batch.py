"""``gouji batch``: every workbook of a folder, whatever happens to some of them."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from gouji.cli import batch_work, exits, main
from gouji.cli.batch_work import Done, Job, done_as_they_come, workbooks
from gouji.errors import GoujiError, NoStandardTable
from gouji.report.model import Report
from tests.cli.conftest import Prepare
from tests.report.sample import clean, sample

REPORT = sample()
EXAMPLES = Path(__file__).parents[2] / "templates" / "examples"


def folder_of(place: Path, names: Sequence[str]) -> Path:
    for name in names:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"")
    return place


def run(*argv: str) -> int:
    return main(["batch", *argv, "--jobs", "1"])


@pytest.fixture
def folder(tmp_path: Path, prepared: Prepare) -> Path:
    """Four workbooks: with errors, clean, without a standard table, unreadable."""
    prepared({
        "错.xlsx": REPORT, "对.xlsx": clean(), "空.xlsx": NoStandardTable("没有表", "no form"),
        "坏.xlsx": GoujiError("不是工作簿", "no workbook"),
    })  # fmt: skip
    return folder_of(tmp_path / "各单位", ["甲局/错.xlsx", "甲局/对.xlsx", "乙局/空.xlsx", "坏.xlsx"])


def test_which_files_are_workbooks(tmp_path: Path) -> None:
    names = ["乙/决算.xlsm", "决算.xlsx", "甲/老表.xls", "甲/表.et"]
    others = ["~$决算.xlsx", ".藏.xlsx", "决算.原件.xlsx", "说明.docx", ".git/决算.xlsx", "审核/决算.xlsx"]
    folder = folder_of(tmp_path, [*names, *others])
    found = workbooks(folder, leave_out=folder / "审核")
    assert [path.relative_to(folder).as_posix() for path in found] == names


def test_a_line_each_and_a_table_at_the_end(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(folder)) == exits.USAGE  # the unreadable one raised a plain error
    out, err = capsys.readouterr()
    summary = REPORT.summary
    assert err.splitlines() == [
        "[1/4] ? 乙局/空.xlsx：没有表",
        "[2/4] ? 坏.xlsx：不是工作簿",
        "[3/4] ✓ 甲局/对.xlsx：勾稽相符",
        f"[4/4] ✗ 甲局/错.xlsx：错误 {summary.error} 处，警告 {summary.warning} 处，提示 {summary.info} 处",
    ]
    lines = out.splitlines()
    assert lines[0].split() == ["工作簿", "规则包", "表", "错误", "警告", "提示", "未应用", "结果"]
    assert lines[1].split() == ["乙局/空.xlsx", "没有标准表"]
    assert lines[2].split() == ["坏.xlsx", "没有核对"]
    assert lines[3].split()[-1] == "相符"
    assert lines[4].split() == [
        "甲局/错.xlsx", REPORT.pack_id, str(len(REPORT.tables)), str(summary.error), str(summary.warning),
        str(summary.info), str(summary.not_applied), "有问题",
    ]
    assert lines[6] == (
        f"共 4 本：相符 1，有问题 1，没有标准表 1，没有核对 1。合计错误 {summary.error} 处，警告 {summary.warning} 处。"
    )
    assert lines[8:] == ["没有核对的：", "乙局/空.xlsx：没有表", "坏.xlsx：不是工作簿"]


def test_in_english_without_progress(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(str(folder), "-q", "--lang", "en")
    out, err = capsys.readouterr()
    assert err == ""
    assert "4 workbooks: clean 1, findings 1, no standard table 1, not checked 1; " in out
    assert out.endswith("Not checked:\n乙局/空.xlsx: no form\n坏.xlsx: no workbook\n")


def test_json_has_a_line_for_each_workbook(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(str(folder), "--format", "json", "-q")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["workbook"] for line in lines] == ["乙局/空.xlsx", "坏.xlsx", "甲局/对.xlsx", "甲局/错.xlsx"]
    assert lines[0] == {"schema": "gouji/unread/1", "workbook": "乙局/空.xlsx", "message": "没有表"}
    assert lines[3]["schema"] == "gouji/report/1"


def test_the_suffix_of_the_report_tells_its_format(folder: Path, tmp_path: Path) -> None:
    run(str(folder), "-o", str(tmp_path / "报告.html"), "-q")
    page = (tmp_path / "报告.html").read_text("utf-8")
    assert "甲局/错.xlsx" in page
    assert "坏.xlsx" in page


@pytest.mark.parametrize(
    ("reports", "fail_on", "code"),
    [
        ([clean()], "error", exits.CLEAN),
        ([clean(), REPORT], "error", exits.FINDINGS),
        ([clean(), REPORT], "never", exits.CLEAN),
        ([REPORT, NoStandardTable("没有表", "no form")], "error", exits.WORKBOOK),
        ([REPORT, ZeroDivisionError()], "error", exits.INTERNAL),
    ],
)
def test_the_exit_code_is_the_most_important(
    reports: list[Report | Exception], fail_on: str, code: int, tmp_path: Path, prepared: Prepare
) -> None:
    answers = {f"{number}.xlsx": report for number, report in enumerate(reports)}
    prepared(answers)
    assert run(str(folder_of(tmp_path, list(answers))), "--fail-on", fail_on) == code


def test_what_cannot_be_done_is_said_before_anything_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "空").mkdir()
    for argv, said in (
        ([str(tmp_path / "空")], f"文件夹 {tmp_path / '空'} 里没有工作簿。"),
        ([str(folder / "坏.xlsx")], f"{folder / '坏.xlsx'} 不是文件夹；核对一个文件用 gouji validate。"),
        ([str(folder), "--annotate", str(folder)], f"--annotate 的文件夹不能就是 {folder}：副本要写在另一个文件夹里。"),
        ([str(folder), "--pack", "没有的"], "没有的:1:1: 没有规则包 没有的（文件夹里要有 pack.yaml）"),
    ):
        assert run(*argv) == exits.USAGE
        err = capsys.readouterr().err
        assert err.startswith(f"gouji: {said}")
        assert err.count("\n") == 1


def test_copies_are_annotated_and_originals_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = folder_of(tmp_path / "各单位", ["甲局/决算.xlsx", "乙局/坏.xlsx"])
    original = (EXAMPLES / "heilongjiang-2020.xlsx").read_bytes()
    (folder / "甲局" / "决算.xlsx").write_bytes(original)
    assert main(["batch", str(folder), "--annotate", str(tmp_path / "审核"), "--jobs", "2"]) == exits.WORKBOOK
    assert "甲局/决算.xlsx：错误 12 处，警告 2 处，14 格写了批注" in capsys.readouterr().err
    assert (folder / "甲局" / "决算.xlsx").read_bytes() == original
    assert [path.relative_to(tmp_path).as_posix() for path in (tmp_path / "审核").rglob("*.xlsx")] == [
        "审核/甲局/决算.xlsx"
    ]
    copy = openpyxl.load_workbook(tmp_path / "审核" / "甲局" / "决算.xlsx")
    assert sum(cell.comment is not None for sheet in copy for row in sheet.iter_rows() for cell in row) == 14


def dying(job: Job) -> Done:
    """What a process that runs out of memory does on one of the workbooks."""
    if job.name == "坏.xlsx":
        os._exit(9)
    return Done(job.name, exits.CLEAN)


def test_a_process_that_ends_takes_no_other_workbook_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_work, "work", dying)
    names = ["甲.xlsx", "坏.xlsx", "乙.xlsx", "丙.xlsx"]
    jobs = [Job(Path(name), name, None, {}, False, "error") for name in names]
    done = dict(done_as_they_come(jobs, 2))
    assert {done[index].name: done[index].code for index in range(4)} == {
        "甲.xlsx": 0, "坏.xlsx": exits.INTERNAL, "乙.xlsx": 0, "丙.xlsx": 0,
    }
    assert done[1].message[0] == "核对它的进程意外结束了（多半是内存不够），没有结果。"
