"""pytest over a pack in its own folder, as an office runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packs.conftest import SMALL, WritePack


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code and the output of pytest in that folder."""
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONUTF8": "1", "GOUJI_PACKS": ""}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "gouji.cases.plugin", "-p", "no:cacheprovider", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_each_example_is_a_test(small: Path) -> None:
    code, out = run(small, "-v")
    assert code == 0
    names = [line.split(" ")[0] for line in out.splitlines() if line.startswith("pack.yaml::")]
    assert names == [f"pack.yaml::{name}" for name in ("lint", "A1-通过1", "A1-舍入1", "A1-不通过1")]
    assert "4 passed" in out


def test_a_fault_is_said_without_a_traceback(write_pack: WritePack) -> None:
    rules = SMALL["rules/支出表.yaml"].replace("本年支出合计': '3.0'", "本年支出合计': '4.0'")
    code, out = run(write_pack("small", {**SMALL, "rules/支出表.yaml": rules}), "-q")
    assert code == 1
    assert "small/rules/支出表.yaml:9:1: A1 的例（通过）：应当成立，却不成立：左边 4，右边 3" in out
    assert "Traceback" not in out
    assert "1 failed, 3 passed" in out


def test_a_pack_that_cannot_be_loaded_fails_once_with_everything(write_pack: WritePack) -> None:
    rules = SMALL["rules/支出表.yaml"].replace("check:", "chek:").replace("basis:", "bases:")
    code, out = run(write_pack("small", {**SMALL, "rules/支出表.yaml": rules}), "-q")
    assert code == 1
    for said in (
        "没有键 chek，是 check 吗？",
        "没有键 bases，是 basis 吗？",
        "缺 check（核对的公式）",
        "缺 basis（政策依据）",
    ):
        assert said in out
    assert "1 failed" in out


def test_whole_cases_are_tests_by_their_names(write_pack: WritePack) -> None:
    grid = "cases:\n- case: 没有一张表\n  sheets: {表: 甲}\n"
    code, out = run(write_pack("small", {**SMALL, "cases/甲.yaml": grid}), "-q")
    assert code == 1
    assert "small/cases/甲.yaml:2:1: 没有一张表：没有一张表.xlsx：没有找到任何标准决算表" in out
    assert "1 failed, 4 passed" in out


def test_other_files_of_that_name_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("apiVersion: v1\n", "utf-8")
    assert run(tmp_path, "-q")[0] == pytest.ExitCode.NO_TESTS_COLLECTED
