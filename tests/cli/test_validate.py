"""``gouji validate``: formats, exit codes, several files."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gouji.cli import main
from gouji.errors import GoujiError, PackError, Problem, WorkbookError
from gouji.report import json_report
from gouji.report.model import Report, Summary
from tests.cli.conftest import Call, Prepare
from tests.report.sample import b17, clean, p10, sample
from tests.report.test_console import CLEAN, GOLDEN

UNREADABLE = WorkbookError("不是 Excel 工作簿。", "Not an Excel workbook.")


def with_only(severity: str) -> Report:
    finding = b17() if severity == "info" else p10("warning")
    counts = {"error": 0, "warning": 0, "info": 0} | {severity: 1}
    return replace(sample(), findings=(finding,), summary=Summary(9, 1, 0, **counts))


def test_text_is_the_view_of_every_file_with_a_blank_line_between(
    prepared: Prepare, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared({"a.xlsx": sample(), "b.xlsx": clean()})
    assert main(["validate", "a.xlsx", "b.xlsx"]) == 1
    assert capsys.readouterr() == (GOLDEN + "\n" + CLEAN, "")


def test_quiet_is_a_line_a_file(prepared: Prepare, capsys: pytest.CaptureFixture[str]) -> None:
    prepared({"a.xlsx": sample(), "b.xlsx": clean()})
    main(["validate", "-q", "a.xlsx", "b.xlsx"])
    assert capsys.readouterr().out == GOLDEN.splitlines()[-1] + "\n" + CLEAN.splitlines()[-1] + "\n"


def test_json_is_a_line_a_workbook_and_nothing_else(
    prepared: Prepare, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    prepared({"a.xlsx": sample(), "b.xlsx": clean()})
    assert main(["validate", "a.xlsx", "b.xlsx", "--format", "json"]) == 1
    assert capfdbinary.readouterr().out == json_report.render([sample(), clean()]).encode()


def test_options_reach_the_flow(prepared: Prepare) -> None:
    calls = prepared({"a.xlsx": clean()})
    assert main(["validate", "a.xlsx", "--pack", "mof-2020", "--set", "满分=120", "--set", "年度 = 2021"]) == 0
    assert calls == [Call("a.xlsx", "mof-2020", {"满分": "120", "年度": "2021"})]


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("warning", None, 0), ("warning", "error", 0), ("warning", "warning", 1), ("warning", "info", 1),
        ("info", "warning", 0), ("info", "info", 1), ("info", "never", 0), ("warning", "never", 0),
    ],
)  # fmt: skip
def test_fail_on(prepared: Prepare, severity: str, fail_on: str | None, code: int) -> None:
    prepared({"a.xlsx": with_only(severity)})
    assert main(["validate", "a.xlsx", *(["--fail-on", fail_on] if fail_on else [])]) == code


@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_an_incomplete_answer_is_4(prepared: Prepare, fail_on: str) -> None:
    prepared({"a.xlsx": replace(sample(), complete=False)})
    assert main(["validate", "a.xlsx", "--fail-on", fail_on]) == 4


def test_no_table_is_3_and_said(prepared: Prepare, capsys: pytest.CaptureFixture[str]) -> None:
    prepared({"a.xlsx": replace(clean(), tables=())})
    assert main(["validate", "a.xlsx"]) == 3
    assert capsys.readouterr().err == "gouji: a.xlsx：没有认出标准的决算表。\n"


def test_a_bad_file_does_not_keep_the_others_from_being_checked(
    prepared: Prepare, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared({"a.xlsx": UNREADABLE, "b.xlsx": clean()})
    assert main(["validate", "a.xlsx", "b.xlsx"]) == 3
    assert capsys.readouterr() == (CLEAN, "gouji: a.xlsx：不是 Excel 工作簿。\n")


def test_a_message_that_names_the_file_does_not_name_it_twice(
    prepared: Prepare, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared({"a.xlsx": WorkbookError("a.xlsx 已加密。", "a.xlsx is encrypted.")})
    assert main(["validate", "some/a.xlsx", "--lang", "en"]) == 3
    assert capsys.readouterr().err == "gouji: a.xlsx is encrypted.\n"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([sample(), clean()], 1),
        ([sample(), replace(clean(), complete=False)], 4),
        ([sample(), replace(clean(), complete=False), UNREADABLE], 3),
        ([UNREADABLE, sample(), GoujiError("没有规则包 x。", "No pack x.")], 2),
        ([clean(), clean()], 0),
        ([RuntimeError(), GoujiError("没有规则包 x。", "No pack x.")], 70),
    ],
)
def test_of_several_codes_the_most_important_counts(
    prepared: Prepare, answers: list[Report | BaseException], code: int
) -> None:
    files = {f"{index}.xlsx": answer for index, answer in enumerate(answers)}
    prepared(files)
    assert main(["validate", *files]) == code


def test_a_faulty_pack_is_said_once_with_all_its_problems(
    prepared: Prepare, capsys: pytest.CaptureFixture[str]
) -> None:
    error = PackError(
        [Problem("rules/a.yaml", 3, 5, "缺少 basis", "basis is missing"), Problem("b.yaml", 1, 1, "空", "empty")]
    )
    prepared({"a.xlsx": error, "b.xlsx": error})
    assert main(["validate", "a.xlsx", "b.xlsx"]) == 2
    assert capsys.readouterr().err == "gouji: rules/a.yaml:3:5: 缺少 basis\nb.yaml:1:1: 空\n"


def test_a_fault_of_the_program_is_a_line_without_the_data(
    prepared: Prepare, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOUJI_DEBUG", raising=False)
    prepared({"a.xlsx": KeyError("某某单位"), "b.xlsx": clean()})
    assert main(["validate", "a.xlsx", "b.xlsx"]) == 70
    out, err = capsys.readouterr()
    assert out == CLEAN
    assert err.startswith("gouji: a.xlsx：程序内部错误（KeyError, checking.py:")
    assert err.count("\n") == 1
    assert "某某单位" not in err


def test_gouji_debug_shows_where_a_fault_came_from(
    prepared: Prepare, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_DEBUG", "1")
    prepared({"a.xlsx": KeyError("某某单位")})
    assert main(["validate", "a.xlsx"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_a_pattern_no_shell_expanded_is_expanded(
    prepared: Prepare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx"):
        (tmp_path / name).touch()
    calls = prepared({"a.xlsx": clean(), "b.xlsx": clean()})
    assert main(["validate", "*.xlsx", "a.xlsx"]) == 0
    assert [call.file for call in calls] == ["a.xlsx", "b.xlsx"]
    capsys.readouterr()
    assert main(["validate", "*.xlsm", "a.xlsx"]) == 3
    assert capsys.readouterr().err == "gouji: 没有与 *.xlsm 相符的文件。\n"


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(
    prepared: Prepare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a[1].xlsx").touch()
    calls = prepared({"a[1].xlsx": clean()})
    assert main(["validate", "a[1].xlsx"]) == 0
    assert [call.file for call in calls] == ["a[1].xlsx"]


@pytest.mark.parametrize("name", ["r.json", "r.jsonl", "r.sarif", "r.xml", "r.html", "r.txt"])
def test_the_format_follows_the_suffix_and_the_report_is_written_whole(
    prepared: Prepare, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared({"a.xlsx": sample(), "b.xlsx": UNREADABLE})
    out = tmp_path / name
    assert main(["validate", "a.xlsx", "b.xlsx", "-o", str(out)]) == 3
    assert [path.name for path in tmp_path.iterdir()] == [name]
    text = out.read_text("utf-8")
    if name.startswith("r.json"):
        assert json.loads(text)["workbook"] == "heilongjiang-2020.xlsx"
    elif name == "r.sarif":
        assert [run["invocations"][0]["executionSuccessful"] for run in json.loads(text)["runs"]] == [True, False]
    elif name == "r.xml":
        assert ElementTree.fromstring(text).get("errors") == "1"  # noqa: S314 - our own output
    elif name == "r.html":
        assert "不是 Excel 工作簿。" in text
    else:
        assert text == GOLDEN
    said = capsys.readouterr()
    assert said.out == GOLDEN.splitlines()[-1] + f"\n报告已写入 {out}\n"
    assert said.err == "gouji: b.xlsx：不是 Excel 工作簿。\n"


def test_sarif_leads_to_the_file_as_it_was_named(prepared: Prepare, capsys: pytest.CaptureFixture[str]) -> None:
    prepared({"a.xlsx": sample()})
    assert main(["validate", "some folder/a.xlsx", "--format", "sarif"]) == 1
    [run] = json.loads(capsys.readouterr().out)["runs"]
    assert run["artifacts"] == [{"location": {"uri": "some%20folder/a.xlsx"}}]


def test_a_dash_is_standard_output(prepared: Prepare, capsys: pytest.CaptureFixture[str]) -> None:
    prepared({"a.xlsx": clean()})
    assert main(["validate", "a.xlsx", "-o", "-"]) == 0
    assert capsys.readouterr().out == CLEAN


def test_a_quiet_report_file_says_nothing(
    prepared: Prepare, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared({"a.xlsx": sample()})
    assert main(["validate", "a.xlsx", "-q", "-o", str(tmp_path / "r.html")]) == 1
    assert capsys.readouterr() == ("", "")


def test_a_report_that_cannot_be_written_is_said(
    prepared: Prepare, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared({"a.xlsx": clean()})
    out = tmp_path / "missing" / "r.html"
    assert main(["validate", "a.xlsx", "-o", str(out)]) == 2
    assert capsys.readouterr().err.startswith(f"gouji: 无法写入 {out}：")


@pytest.mark.parametrize("out", ["a.txt", "copy.xlsx", "copy.XLSM"])
def test_a_report_never_takes_the_place_of_a_workbook(
    prepared: Prepare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("data")
    calls = prepared({"a.txt": clean()})
    assert main(["validate", "a.txt", "-o", out]) == 2
    assert calls == []
    assert (tmp_path / "a.txt").read_text() == "data"
    assert "annotate -o" in capsys.readouterr().err


class Console(io.TextIOWrapper):
    def __init__(self, encoding: str, terminal: bool = False) -> None:
        self.bytes = io.BytesIO()
        self.terminal = terminal
        super().__init__(self.bytes, encoding=encoding, newline="\n")

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437"])
@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("lines", [["-v"], ["--format", "json"], ["--format", "html"], ["--lang", "en"]])
def test_no_console_makes_it_fail(
    prepared: Prepare, monkeypatch: pytest.MonkeyPatch, encoding: str, terminal: bool, lines: list[str]
) -> None:
    out, err = Console(encoding, terminal), Console(encoding, terminal)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    prepared({"a.xlsx": sample(), "✗.xlsx": UNREADABLE})
    assert main(["validate", "a.xlsx", "✗.xlsx", *lines]) == 3
    out.flush()
    err.flush()
    written = out.bytes.getvalue().decode("utf-8" if "--format" in lines and not terminal else encoding)
    assert "heilongjiang-2020.xlsx" in written
    assert len(err.bytes.getvalue()) > 20


def test_gbk_text_is_what_a_chinese_console_shows(prepared: Prepare, monkeypatch: pytest.MonkeyPatch) -> None:
    out = Console("gbk")
    monkeypatch.setattr(sys, "stdout", out)
    prepared({"b.xlsx": clean()})
    assert main(["validate", "b.xlsx"]) == 0
    out.flush()
    assert out.bytes.getvalue().decode("gbk") == CLEAN.replace("✓", "√")


def test_json_for_programs_is_utf8_on_any_console(prepared: Prepare, monkeypatch: pytest.MonkeyPatch) -> None:
    out = Console("gbk")
    monkeypatch.setattr(sys, "stdout", out)
    prepared({"b.xlsx": sample()})
    assert main(["validate", "b.xlsx", "--format", "json"]) == 1
    assert out.bytes.getvalue() == json_report.render([sample()]).encode()


def test_a_reader_that_goes_away_is_no_error(prepared: Prepare, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        prepared({"a.xlsx": sample()})
        assert main(["validate", "a.xlsx"]) == 141
    monkeypatch.undo()
