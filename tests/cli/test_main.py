"""The command line's grammar, its own words in both languages, what it imports."""

from __future__ import annotations

import subprocess
import sys

import pytest

import gouji.cli.arguments
from gouji.cli import main
from gouji.cli.arguments import VERBS
from gouji.cli.exits import most_important


@pytest.mark.parametrize("verb", list(VERBS))
@pytest.mark.parametrize(("language", "usage"), [("zh", "用法："), ("en", "usage: ")])
def test_every_verb_explains_itself(verb: str, language: str, usage: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{usage}gouji {verb} [-h]")
    assert ("退出码" in out) is (language == "zh")
    assert ("exit codes" in out) is (language == "en")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_the_overview_lists_every_verb(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert [
        line.split()[0] for line in capsys.readouterr().out.split("动词：\n")[1].split("\n\n")[0].splitlines()
    ] == list(VERBS)
    assert main([*arguments, "--lang=en"]) == 0
    assert "verbs:\n  validate  check workbooks" in capsys.readouterr().out


def test_without_a_verb_the_overview_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("勾稽：")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("gouji 0.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["valdate"], "没有“valdate”这个动词，是不是 validate？用法见 gouji --help"),
        (["validate"], "缺少参数 FILE。用法见 gouji validate --help"),
        (["validate", "a", "--fail-on", "x"], "--fail-on 不能是 'x'，可以是 "),
        (["validate", "a", "--frobnicate"], "不认识的参数 --frobnicate。"),
        (["validate", "a", "-o"], "-o/--out 后面缺少一个值。"),
        (["validate", "a", "-q", "-v"], "-q 和 -v 不能同时用。"),
        (["validate", "a", "--quiet=1"], "-q/--quiet 不带值，多了 '1'。"),
        (["validate", "a", "--set", "满分"], "--set 要写成 名称=值，不是 '满分'。"),
        (["annotate", "a", "--notes", "never"], "--notes 不能是 'never'，可以是 "),
        (["rules", "frobnicate"], "ACTION 不能是 'frobnicate'，可以是 "),
        (["--lang", "fr", "validate", "a"], "--lang 只能是 zh 或 en，不是“fr”。"),
        (["validate", "a", "--lang"], "--lang 只能是 zh 或 en，不是“”。"),
    ],
)
def test_wrong_usage_is_one_chinese_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"gouji: {message}")
    assert err.count("\n") == 1


def test_wrong_usage_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "en", "validate"]) == 2
    assert capsys.readouterr().err == ("gouji: the following arguments are required: FILE; see gouji validate --help\n")


def test_a_fault_of_the_command_line_itself_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.delenv("GOUJI_DEBUG", raising=False)
    monkeypatch.setattr(gouji.cli.arguments, "parse", broken)
    assert main(["validate", "a"]) == 70
    assert capsys.readouterr().err.startswith("gouji: 程序内部错误（ZeroDivisionError, ")


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gouji.cli.arguments, "parse", interrupted)
    assert main(["validate", "a"]) == 130
    assert capsys.readouterr() == ("", "")


def test_the_order_of_exit_codes() -> None:
    assert most_important([]) == 0
    assert [most_important(codes) for codes in ([0, 1], [1, 4], [4, 3, 1], [3, 2, 4], [2, 70])] == [1, 4, 3, 2, 70]


def test_it_runs_as_a_module() -> None:
    run = subprocess.run([sys.executable, "-m", "gouji", "--version"], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout[:8]) == (0, "gouji 0.")


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"], ["validate"], ["explain"]])
def test_help_and_usage_import_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys; from gouji.cli import main; main(sys.argv[1:]);"
        "heavy = {'rich', 'openpyxl', 'lark', 'yaml', 'formulas', 'gouji.flow'} & set(sys.modules);"
        "sys.exit(' '.join(sorted(heavy)) or 0)"
    )
    run = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
