"""``gouji tables``: what was recognised, drawn; nothing is judged."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gouji.cli import main
from tests.docs.pages import EXAMPLE


def test_every_table_of_the_example_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(EXAMPLE)]) == 0
    out = capsys.readouterr().out
    assert "认出 18 张表" in out
    assert "✓ 收入决算表  GK02 收入决算表!A1:I26" in out
    assert "题在 A1" in out
    assert "1,899.0" not in out, "a long table is cut"
    assert main(["tables", str(EXAMPLE), "-v", "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert "1,899.0" in english
    assert "100% understood, title in A1" in english


def test_json_is_one_line_a_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(EXAMPLE), str(EXAMPLE), "--format", "json"]) == 0
    (first,) = {json.loads(line)["workbook"] for line in capsys.readouterr().out.splitlines()}
    assert first == EXAMPLE.name


def test_a_workbook_without_a_table_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "工资表"
    workbook.save(tmp_path / "工资.xlsx")
    assert main(["tables", str(tmp_path / "工资.xlsx"), "--pack", "mof-2020"]) == 3
    assert "没有标准表的标题" in capsys.readouterr().out
    assert main(["tables", str(tmp_path / "没有.xlsx")]) == 3
    assert "没有.xlsx" in capsys.readouterr().err
