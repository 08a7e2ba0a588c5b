"""``gouji explain`` and ``gouji rules`` over the shipped packs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gouji.cases.mutants import own_rules
from gouji.cli import main
from gouji.packs import available_packs, load_pack
from gouji.report.builtin import builtin_rules

A06 = """\
A06  合计栏 = 各分栏之和

做什么  在收入决算表、支出决算表、一般公共预算财政拨款支出决算表上核对：合计栏 = 各分栏之和
关系    [本行, 本栏] = SUM([本行, 本栏/下级])
范围    各行, 各栏
"""
A06_EXAMPLES = """\
例
  通过    收入表[2013101, 本年收入合计]  1,888.9
          收入表[2013101, 财政拨款收入]  1,888.8
          收入表[2013101, 其他收入]          0.1
  舍入    支出表[合计, 本年支出合计]     3,946.6
          支出表[合计, 基本支出]         2,991.6
          支出表[合计, 项目支出]           954.9
  不通过  收入表[2013101, 本年收入合计]  1,899.0
          收入表[2013101, 财政拨款收入]  1,888.8
          收入表[2013101, 其他收入]          0.1
  不通过  收入表[2013101, 本年收入合计]  1,880.9
          收入表[2013101, 财政拨款收入]  1,888.8
          收入表[2013101, 其他收入]          0.1
"""


def test_a_rule_is_explained_with_its_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "a06"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(A06)
    assert out.endswith(A06_EXAMPLES)
    assert "\n依据    " in out
    assert "\n级别    错误\n" in out


def test_every_rule_of_every_pack_can_be_explained_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for pack in available_packs():
        for rule in own_rules(load_pack(pack)):
            for language in ("zh", "en"):
                assert main(["explain", rule.id, "--pack", pack, "--lang", language]) == 0
                assert capsys.readouterr().out.startswith(f"{rule.id}  {rule.name}\n")


def test_every_finding_of_the_program_itself_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert builtin_rules()
    for rule, (name_zh, name_en, _, _) in builtin_rules().items():
        assert main(["explain", rule]) == 0
        assert capsys.readouterr().out.startswith(f"{rule}  {name_zh}\n")
        assert main(["explain", rule, "--lang", "en"]) == 0
        assert capsys.readouterr().out.startswith(f"{rule}  {name_en}\n")


def test_a_rule_that_another_pack_changes_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "P07"]) == 0
    assert capsys.readouterr().out.endswith("\nheilongjiang-2020 另有规定：加 --pack 查看\n")


def test_an_unknown_rule_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "A6"]) == 2
    assert capsys.readouterr().err.startswith("gouji: 没有规则 A6，相近的有 ")
    assert main(["explain", "A06", "--pack", "no-such-pack"]) == 2
    assert "no-such-pack" in capsys.readouterr().err


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "mof-2020"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "(mof-2020 " in lines[0]
    assert len(lines) == 1 + len(load_pack("mof-2020").rules)
    assert any(line.split() == ["A06", "错误", "合计栏", "=", "各分栏之和"] for line in lines)


def test_lint_of_a_faulty_pack_lists_every_problem_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "bad"
    pack.mkdir()
    (pack / "pack.yaml").write_text("pack: bad\nnonsense: 1\nunit: 两\n", "utf-8")
    assert main(["rules", "list", str(pack), "mof-2020"]) == 2
    out, err = capsys.readouterr()
    assert "pack.yaml:2:" in err
    assert "pack.yaml:3:" in err
    assert "(mof-2020 " in out


@pytest.mark.parametrize("pack", available_packs())
@pytest.mark.parametrize("action", ["lint", "test"])
def test_the_shipped_packs_are_clean(action: str, pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", action, pack]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert [line.split("：")[0] for line in out.splitlines()] == [pack]


def test_all_packs_are_meant_where_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list"]) == 0
    out = capsys.readouterr().out
    assert [pack for pack in available_packs() if f"({pack} " in out] == list(available_packs())


def test_an_example_that_does_not_come_out_as_declared_is_a_problem(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack("mof-2020")
    rule = pack.rule("A06")
    [first, *_] = [case for case in rule.cases if case.outcome == "pass"]
    wrong = replace(rule, cases=(replace(first, outcome="fail"),))
    monkeypatch.setattr("gouji.packs.load_pack", lambda _: replace(pack, rules=(wrong,)), raising=False)
    assert main(["rules", "test", "mof-2020"]) == 2
    err = capsys.readouterr().err
    assert f"{first.origin.pack}/{first.origin.file}:{first.origin.line}:1: A06 的例（不通过）：" in err
