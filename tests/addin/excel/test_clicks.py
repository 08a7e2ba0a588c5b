"""What a click starts: the right command on the right workbook, and nothing of what lies in or beside that workbook."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import openpyxl
import pytest

import gouji
from gouji.addin.excel import __main__ as clicks
from gouji.addin.excel.building import addin_text, source_folder
from gouji.errors import GoujiError, WorkbookError
from gouji.hosts.live import excel_window
from gouji.hosts.live.excel_window import found_in

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "templates" / "examples" / "heilongjiang-2020.xlsx"
CODE = "\n".join(each.text for each in addin_text("1").modules)
SCRIPT = (source_folder() / "macos" / "gouji.applescript").read_text("utf-8")
HOSTILE = "import pathlib; pathlib.Path(__file__).with_name('RAN').touch()\n"
SHADOWED = ("gouji", "xlwings", "argparse", "json", "openpyxl", "sitecustomize", "usercustomize", "yaml", "win32api")
SETTINGS = {
    "INTERPRETER_WIN": "calc.exe", "INTERPRETER_MAC": "/bin/false", "PYTHONPATH": ".", "UDF MODULES": "hostile",
    "ADD_WORKBOOK_TO_PYTHONPATH": "true", "ONEDRIVE_CONSUMER_WIN": ".", "SHOW CONSOLE": "true",
}  # fmt: skip


def app(window: int, *books: str) -> Any:
    return SimpleNamespace(hwnd=window, books=[SimpleNamespace(name=name, window=window) for name in books])


def test_the_workbook_is_found_by_window_and_name() -> None:
    apps = [app(1, "甲.xlsx", "乙.xlsx"), app(2, "甲.xlsx", "50% =x & 'y'.xlsx")]
    assert cast(Any, found_in(apps, 2, "甲.xlsx")).window == 2
    assert cast(Any, found_in(apps, None, "50% =x & 'y'.xlsx")).window == 2
    without_handle = SimpleNamespace(books=[SimpleNamespace(name="e\u0301.xlsx")])  # as on macOS, accents apart
    assert cast(Any, found_in([cast(Any, without_handle)], None, "\u00e9.xlsx")).name == "e\u0301.xlsx"
    with pytest.raises(WorkbookError, match=r"没有找到工作簿“丙\.xlsx”"):
        found_in(apps, 1, "丙.xlsx")
    with pytest.raises(WorkbookError):
        found_in(apps, 3, "甲.xlsx")


class Live:
    """Stands for ``gouji.live.excel`` and writes down what is called."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: Exception | None = None) -> None:
        self.called: list[object] = []
        self.told: list[tuple[str, int | None]] = []
        monkeypatch.setattr(excel_window, "book_in", lambda window, name: self.called.append((window, name)))
        for command in (*clicks.COMMANDS, "choose_pack"):
            monkeypatch.setattr(f"gouji.live.excel.{command}", self.noting(command, error))
        monkeypatch.setattr(clicks, "tell", lambda text, window: self.told.append((text, window)))
        monkeypatch.setenv(clicks.BOOK_VARIABLE, "甲 50%.xlsx")

    def noting(self, command: str, error: Exception | None) -> Any:
        def note(*pack: str) -> None:
            self.called.append((command, *pack))
            if error:
                raise error

        return note


@pytest.mark.parametrize("command", clicks.COMMANDS)
def test_each_command_reaches_its_function_with_the_workbook_found_first(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Live(monkeypatch)
    assert clicks.main([command, "--window", "77", "--pack", "mof-2022"]) == 0
    expected = (command, "mof-2022") if command == "choose_pack" else (command,)
    assert live.called == [(77, "甲 50%.xlsx"), expected]
    assert live.told == []


def test_the_commands_are_those_the_ribbon_asks_for() -> None:
    assert set(re.findall(r'GoujiRun\.Perform "(\w+)"', CODE)) == set(clicks.COMMANDS)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (GoujiError("规则包 x 没有了。", "no pack x"), "规则包 x 没有了。\nno pack x"),
        (KeyError("x"), "勾稽没有运行成 · gouji could not run\nKeyError: 'x'"),
    ],
)
def test_what_goes_wrong_is_told_in_a_box_and_not_thrown(
    error: Exception, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = Live(monkeypatch, error)
    assert clicks.main(["check", "--window", "5"]) == 0
    assert live.told == [(told, 5)]


def process(python: str, options: list[str], folder: Path) -> tuple[bool, str]:
    """Run a click's process in ``folder``: whether anything of the folder ran, and what was said."""
    environment: Mapping[str, str] = {
        **os.environ, "PYTHONPATH": str(folder), "PYTHONSTARTUP": str(folder / "gouji.py"), "GOUJI_BOOK": "甲.xlsx",
        "PYTHONUSERBASE": str(folder),
    }  # fmt: skip
    done = subprocess.run(
        [python, *options, "-m", "gouji.addin.excel", "check", "--window", "1"],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    return any(folder.rglob("RAN")), done.stderr


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A folder as somebody might send it: a workbook, and beside it modules with the names of ours."""
    for name in SHADOWED:
        (tmp_path / f"{name}.py").write_text(HOSTILE, "utf-8")
    (tmp_path / "gouji").mkdir()
    (tmp_path / "gouji" / "__init__.py").write_text(HOSTILE, "utf-8")
    (tmp_path / "xlwings.conf").write_text("".join(f'"{key}","{value}"\n' for key, value in SETTINGS.items()), "utf-8")
    return tmp_path


def test_modules_beside_the_workbook_do_not_run(trap: Path, own_python: str) -> None:
    line = re.search(r'Quoted\(interpreter\) & " (.*?) -m gouji\.addin\.excel "', CODE)
    assert line is not None
    ran, said = process(own_python, line[1].split(), trap)
    assert not ran
    assert "XlwingsError" in said  # the real one, which has no Excel here
    assert "Traceback" not in said


def test_they_would_run_in_a_python_that_is_not_closed_off(trap: Path, own_python: str) -> None:
    assert process(own_python, [], trap)[0]


def test_a_configuration_sheet_changes_nothing(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    book.save(tmp_path / "决算.xlsx")
    plain = gouji.validate(tmp_path / "决算.xlsx")
    sheet = book.create_sheet("xlwings.conf")
    for row in SETTINGS.items():
        sheet.append(row)
    book.create_sheet("gouji.conf").append(["pack", "mof-2019"])
    book.save(tmp_path / "决算.xlsx")
    hostile = gouji.validate(tmp_path / "决算.xlsx")
    assert hostile.findings == plain.findings != ()
    assert (hostile.pack_id, hostile.explanations) == (plain.pack_id, plain.explanations)


def test_the_basic_takes_nothing_of_the_workbook_in_front_but_its_name() -> None:
    uses = re.findall(r"ActiveWorkbook\S*(?: Is Nothing)?", CODE)
    assert {use.rstrip(")") for use in uses} == {"ActiveWorkbook Is Nothing", "ActiveWorkbook.Name"}
    taken = re.findall(r"ThisWorkbook\.(\w+)", CODE)
    assert set(taken) == {"Worksheets"}
    for word in ("ActiveSheet", "Evaluate", "CurDir", "ChDir", ".Path", "cmd", "GetSetting", "RegRead"):
        assert word not in CODE


def test_the_script_of_the_mac_quotes_every_word_it_is_given() -> None:
    for given in ("item 1 of theWords", "item 2 of theWords", "item 3 of theWords", "interpreter", "diary"):
        uses = re.findall(rf"& .*{given}", SCRIPT)
        assert uses, given
        assert all("quoted form of" in use for use in uses), given
    assert " -I -X utf8 -m gouji.addin.excel " in SCRIPT
