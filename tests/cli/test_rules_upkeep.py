"""``gouji rules``: what ``show``, ``diff``, ``coverage``, ``docs``, ``schema``, ``lint``, ``test`` say of own packs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gouji.cli import main
from gouji.packs import load_pack, schema
from gouji.packs.keys import FILES
from tests.packs.conftest import SMALL

OWN = {
    "pack.yaml": "pack: own\ntitle: 自己的\nextends: small\n",
    "tables/甲.yaml": "table: 支出表\ncolumns: {本年支出合计: {label: [合计]}}\n",
    "rules/甲.yaml": "rules: [{id: A1, override: 只作提示, severity: 提示}]\n",
}


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


@pytest.fixture(autouse=True)
def _packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "small", SMALL)
    write(tmp_path / "own", OWN)
    monkeypatch.setenv("GOUJI_PACKS", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What is printed, errors as well."""
    assert main(["rules", *arguments]) == code
    captured = capsys.readouterr()
    return captured.out + captured.err


def test_show_tells_who_wrote_what(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        said(capsys, "show", "own")
        == """\
own ← small
表
  支出表  small own
规则
  A1  合计 = 基本 + 项目  （small own）
"""
    )


def test_show_a_rule_as_it_is_after_all_changes(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "show", "own", "A1")
    assert out.startswith("A1:\n  id: A1\n  name: 合计 = 基本 + 项目\n  table: 支出表\n  for: 各行\n")
    assert "  severity: 提示\n" in out
    assert out.endswith("\n# 改动：own rules/甲.yaml:1：只作提示\n")


def test_show_where_every_key_was_written(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "show", "own", "A1", "--resolved").splitlines()
    places = {line.split(":")[0].strip(): line.rpartition("# ")[2] for line in lines if "# " in line}
    assert places["severity"] == "own rules/甲.yaml:1"
    assert places["check"] == "small rules/支出表.yaml:6"
    assert places["table"] == "small rules/支出表.yaml:1"
    everything = said(capsys, "show", "own", "--resolved")
    assert "label: [合计]" in everything
    assert "# own tables/甲.yaml:2" in everything
    assert "# small codes/功能科目.yaml:2" in everything


def test_show_a_rule_that_is_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "own", {"rules/甲.yaml": "rules: [{id: A1, off: 本省不查}]\n"})
    assert said(capsys, "show", "own").splitlines()[-1] == "  A1  停用，own rules/甲.yaml:1：本省不查"
    assert said(capsys, "show", "own", "A1") == "# A1 停用：own rules/甲.yaml:1：本省不查\n"
    assert said(capsys, "diff", "small", "own").splitlines()[-1] == "  - A1 合计 = 基本 + 项目（停用，own：本省不查）"


def test_show_what_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "show", "own", "A2", code=2) == "gouji: own 里没有规则或表 A2，是 A1 吗？\n"
    assert said(capsys, "show", "own", "支出", code=2) == "gouji: own 里没有规则或表 支出，是 支出表 吗？\n"


def test_diff_key_by_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        said(capsys, "diff", "small", "own")
        == """\
small → own
设置
  ~ pack.yaml
      pack: small → own
      title: 小规则包 → 自己的
      + extends: small
表
  ~ 支出表
      columns/本年支出合计/label: 少 小计
规则
  ~ A1 合计 = 基本 + 项目（own：只作提示）
      + severity: 提示
"""
    )
    assert said(capsys, "diff", "small", "small") == "small → small\n没有不同。\n"


def test_diff_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "diff", "small", "own", "--format", "json"))
    assert (found["schema"], found["before"], found["after"]) == ("gouji/diff/1", "small", "own")
    assert found["differences"][-1] == {
        "part": "rule", "name": "A1", "change": "changed",
        "fields": [{"path": ["severity"], "before": None, "after": "提示"}],
    }  # fmt: skip


def test_coverage_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "coverage", "small")
    assert out.startswith("small：")
    assert "\n没有规则读到：0\n" in out
    assert "\n  支出表（A1） 合计、类、款、项 × 本年支出合计、基本支出、项目支出\n" in out


def test_coverage_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, "coverage", "small", "--format", "json"))
    assert found["schema"] == "gouji/coverage/1"
    assert sum(found["summary"].values()) == len(found["figures"])
    assert found["figures"][0] == {
        "figure": "支出表[合计, 本年支出合计]", "table": "支出表", "row": "合计", "column": "本年支出合计",
        "sheet": "支出决算表", "cell": "C1", "standing": "single", "rules": ["A1"],
    }  # fmt: skip
    assert found["indistinguishable"][0] == ["支出决算表!C1", "支出决算表!D1", "支出决算表!E1"]


def test_coverage_of_a_template(capsys: pytest.CaptureFixture[str]) -> None:
    template = Path(__file__).resolve().parents[2] / "templates" / "mof-2020.xlsx"
    out = said(capsys, "coverage", "mof-2020", "--template", str(template))
    assert "三公（A15） 预算数、决算数 × 合计、" in out
    assert said(capsys, "coverage", "small", "--template", str(template))  # it prints a 支出决算表 as well
    assert "nothing.xlsx" in said(capsys, "coverage", "small", "--template", "nothing.xlsx", code=3)


def test_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(said(capsys, "schema"))["title"] == "gouji rules/*.yaml"
    assert said(capsys, "schema", "pack") == schema.text("pack")
    assert (
        said(capsys, "schema", "rule", code=2)
        == "gouji: 没有 rule 这种文件，有 pack codes tables texts rules cases，是 rules 吗？\n"
    )
    said(capsys, "schema", "-o", "editor/schemas")
    assert {path.name for path in (tmp_path / "editor" / "schemas").iterdir()} == {
        f"{kind}.schema.json" for kind in FILES
    }  # fmt: skip


def test_the_current_folder_is_meant_where_it_is_a_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path / "own")
    assert said(capsys, "lint") == "own：1 条规则，写法无误。\n"
    assert said(capsys, "test") == "own：3 个例子，结果都如所写。\n"


def test_mutants_that_no_example_notices(capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "test", "small", "--mutants")
    assert (
        out
        == """\
small：3 个例子，结果都如所写。
  公式改错 7 处，例子发现 6 处，没有发现的：
  A1  比较      [本行, 本年支出合计] <= [本行, 基本支出] + [本行, 项目支出]
"""
    )


def test_lint_names_what_shows_on_forms_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = SMALL["rules/支出表.yaml"].replace("A1", "A2").replace("] + [本行, 项目支出]", "] + SUM([本行, 项目支出])")
    write(tmp_path / "own", {"rules/甲.yaml": again})
    assert said(capsys, "lint", "own", code=2) == (
        "gouji: own/rules/甲.yaml:3:1: A2：所说的关系 A1（合计 = 基本 + 项目）都已说过，删去一条\n"
    )


@pytest.mark.parametrize(("arguments", "expected"), [
    (["diff", "small"], "diff 后面要写 2 个名字，这里有 1 个。用法见 gouji rules --help"),
    (["show"], "show 后面要写 1–2 个名字，这里有 0 个。用法见 gouji rules --help"),
    (["coverage", "small", "own"], "coverage 后面要写 1 个名字，这里有 2 个。用法见 gouji rules --help"),
    (["list", "--mutants"], "--mutants 只用于 test，不用于 list。用法见 gouji rules --help"),
    (["lint", "--format", "json"], "--format 只用于 diff、coverage，不用于 lint。用法见 gouji rules --help"),
])  # fmt: skip
def test_wrong_usage(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, *arguments, code=2) == f"gouji: {expected}\n"


def test_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "diff", "small", "own", "--lang", "en").splitlines()[1] == "Settings"
    assert "figures" in said(capsys, "coverage", "small", "--lang", "en").splitlines()[0]
    assert (
        said(capsys, "test", "small", "--mutants", "--lang", "en").splitlines()[0]
        == "small: 3 examples, all as stated."
    )


def test_docs_are_written_for_an_own_pack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = load_pack("own")
    assert said(capsys, "docs", "own", "-o", "说明") == (
        f"own：{len(pack.rules)} 条规则、{len(pack.tables)} 张表的说明写在 {Path('说明') / 'index.md'}\n"
    )
    assert {path.stem for path in (tmp_path / "说明" / "rules").iterdir()} == {rule.id for rule in pack.rules}
    assert {path.stem for path in (tmp_path / "说明" / "tables").iterdir()} == set(pack.tables)
    assert "只作提示" in (tmp_path / "说明" / "rules" / "A1.md").read_text("utf-8")
    assert "[small]" not in (tmp_path / "说明" / "index.md").read_text("utf-8")
    assert said(capsys, "docs", "own") == said(capsys, "docs", "own", "-o", "own-docs")
    refused = said(capsys, "docs", "own", "-o", "own/pack.yaml/x", code=2)
    assert refused.startswith("gouji: 写不进文件夹 own/pack.yaml/x：")
