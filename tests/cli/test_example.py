"""The command line on the real example, nothing prepared."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from gouji.cli import main
from gouji.hosts.protocol import MARKER

EXAMPLES = Path(__file__).parents[2] / "templates" / "examples"
FAULTY = EXAMPLES / "heilongjiang-2020.xlsx"
CORRECTED = EXAMPLES / "heilongjiang-2020-corrected.xlsx"


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_validate_finds_the_three_table_faults(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(FAULTY), str(CORRECTED), "--format", "json"]) == 1
    faulty, corrected = map(json.loads, capsys.readouterr().out.splitlines())
    tables = [
        (finding["rule"], finding["table"], finding["left"], finding["right"])
        for finding in faulty["findings"]
        if finding["severity"] == "error" and "绩效" not in finding["table"]
    ]
    assert sorted(tables) == [
        ("A06", "收入决算表", "1899.0", "1888.9"),
        ("A09", "收入决算表", "3119.0", "3129.0"),
        ("A15", "一般公共预算财政拨款“三公”经费支出决算表", "20.1", "30.0"),
    ]
    assert corrected["summary"]["error"] == corrected["summary"]["warning"] == 0


def test_the_corrected_example_passes_even_for_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "-q", "--fail-on", "warning", str(CORRECTED)]) == 0
    assert capsys.readouterr().out.startswith(f"✓ {CORRECTED.name}：勾稽相符")


def test_every_format_renders_the_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("txt", "json", "sarif", "xml", "html"):
        assert main(["validate", "-v", str(FAULTY), "-o", str(tmp_path / f"report.{suffix}")]) == 1
        assert "1,899.0" in (tmp_path / f"report.{suffix}").read_text("utf-8")
    assert capsys.readouterr().err == ""


def test_annotate_then_clear_gives_back_every_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    noted, cleared = tmp_path / "noted.xlsx", tmp_path / "cleared.xlsx"
    assert main(["annotate", str(FAULTY), "-o", str(noted)]) == 0
    comments = b"".join(content for name, content in parts(noted).items() if "comments" in name)
    assert comments.count(MARKER.encode()) >= 12
    assert main(["clear", str(noted), "-o", str(cleared)]) == 0
    assert parts(cleared) == parts(FAULTY)
    assert capsys.readouterr().err == ""
