"""A workbook in which nearly every figure is wrong: the work ends, the answer is said to be incomplete, exit code 4."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.diagnosis.runs import ruined
from bench.generator.excel import write

from gouji.cli import main


@pytest.mark.heavy
def test_where_a_limit_is_hit_the_exit_code_is_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ruined.xlsx"
    write(ruined(400_000), path)
    assert main(["validate", str(path), "--pack", "mof-2020", "--format", "json"]) == 4
    report = json.loads(capsys.readouterr().out)
    assert report["complete"] is False
    assert report["summary"]["error"] > 20
    assert any("没有列全可能有误的格组" in remark for remark in report["remarks"])
    assert main(["validate", str(path), "--pack", "mof-2020", "--lang", "en"]) == 4
    assert "to list all sets of cells that may be wrong" in " ".join(capsys.readouterr().out.split())
