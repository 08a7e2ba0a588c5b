"""The view for a person, character by character."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace

import pytest

from gouji.report.console import coloured, plain
from gouji.report.layout import width
from gouji.report.model import Finding, Report, Summary
from gouji.report.spans import Options
from tests.report.sample import a06, b17, clean, sample

GOLDEN = """\
heilongjiang-2020.xlsx
规则包 黑龙江省 2020 年部门决算公开 (heilongjiang-2020 3f2a91c)，认出 5 张表
✗ 错误 5 处，警告 1 处，提示 1 处
  有 3 个公式没有缓存值，已重新计算。

收入决算表  GK02 收入决算表（万元）
  ✗ 错误 C11 A09  党委办公厅（室）及相关机构事务·本年收入合计：列示 3,119.0，各项之和 3,129.2，相差
                  10.2。
                    行政运行·本年收入合计          C12  1,899.0
                  + 一般行政管理事务·本年收入合计  C13  1,219.9
                  + 机关服务·本年收入合计          C14     10.3
                  ─────────────────────────────────────────────
                    应为                                3,129.2
                    列示                           C11  3,119.0
                    相差                                   10.2
  ✗ 错误 C12 A06  行政运行·本年收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。若仅此格有误，
                  应为 1,888.9。
                    行政运行·财政拨款收入  D12  1,888.8
                  + 行政运行·其他收入      I12      0.1
                    其余 4 项为 0
                  ─────────────────────────────────────
                    应为                        1,888.9
                    列示                   C12  1,899.0
                    相差                           10.1

一般公共预算财政拨款“三公”经费支出决算表  GK07 三公（万元）
  ✗ 错误 A8 A15  预算数·合计：列示 20.1，三项之和 30.0，相差 9.9。
                   预算数·因公出国（境）费          B8   2.2
                 + 预算数·公务用车购置及运行维护费  C8  27.1
                 + 预算数·公务接待费                F8   0.7
                 ───────────────────────────────────────────
                   应为                                 30.0
                   列示                             A8  20.1
                   相差                                  9.9

省级项目（专项）支出绩效自评表·政府公共热线  绩效3 政府公共热线（万元）
  ✗ 错误 G21 P05  任务启动后完成时间：得分 15 超过分值 10。
                    任务启动后完成时间·得分  G21  15
                    任务启动后完成时间·分值  F21  10
                  ──────────────────────────────────
                    超出                           5

省级项目（专项）支出绩效自评表·信访工作经费  绩效5 信访工作经费（万元）
  ✗ 错误 G17 H07  ★一季度预算资金累计支出率：得分 0.07，按支出率 1.81% 和目标 25% 计为 0.14，相差
                  0.07。
                  关系  [本行, 得分] = [本行, 分值] * 完成比([本行, 目标], [本行, 实际完成值])
                    ★一季度预算资金累计支出率·分值        F17    2
                    ★一季度预算资金累计支出率·目标        D17  ≥25%
                    ★一季度预算资金累计支出率·实际完成值  E17    1.81%
                  ─────────────────────────────────────────────────────
                    算得                                         0.1448
                    列示                                  G17    0.07
                    相差                                         0.0748
  ! 警告 E20 P10  ★全年预算资金支出率：列示 100%，执行率 99.90%，相差 0.10。
                    ★全年预算资金支出率·实际完成值  E20  100%
                    年度资金总额·执行率             F8    99.90%
                  ──────────────────────────────────────────────
                    相差                                   0.10%

· 提示 1 处（-v 逐条列出）
  一般公共预算财政拨款基本支出决算表  C33 B17

最可能有误的单元格
  GK02 收入决算表!C12 列示 1,899.0，应为 1,888.9 或 1,889.0

未应用的规则 4 项
  A16、A17（3 项）  政府性基金预算财政拨款收入支出决算表没有数字行
  P11  “2022年1月-12月”与 100 不可比

未识别的工作表 1 张
  填表说明  没有标准表的标题

✗ heilongjiang-2020.xlsx：错误 5 处，警告 1 处，提示 1 处；核对关系 812 项，未应用 4 项
"""
CLEAN = """\
corrected.xlsx
规则包 黑龙江省 2020 年部门决算公开 (heilongjiang-2020 3f2a91c)，认出 5 张表

✓ corrected.xlsx：勾稽相符；核对关系 812 项，未应用 0 项
"""
GBK_A15 = """\
  × error A8 A15  预算数·合计: printed 20.1, the three items add up to 30.0,
                  difference 9.9.
                    预算数·因公出国（境）费          B8   2.2
                  + 预算数·公务用车购置及运行维护费  C8  27.1
                  + 预算数·公务接待费                F8   0.7
                  ──────────────────────
                    should be                             30.0
                    printed                           A8  20.1
                    difference                             9.9
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def only(report: Report, *findings: Finding) -> Report:
    return replace(report, findings=findings, explanations=(), not_applied=(), unknown_sheets=(), remarks=())


def test_the_usual_view() -> None:
    assert plain(sample(), Options()) == GOLDEN


def test_a_clean_workbook_takes_a_few_lines() -> None:
    assert plain(clean(), Options()) == CLEAN


def test_quiet_is_the_last_line_alone() -> None:
    assert plain(sample(), Options(detail=-1)) == GOLDEN.splitlines()[-1] + "\n"


def test_verbose_adds_how_tables_were_recognised_the_infos_and_the_background_of_each_finding() -> None:
    text = plain(sample(), Options(detail=1))
    for line in (
        "  收入决算表  GK02 收入决算表!A1:I33  万元 1 位小数  按标题识别",
        "      2 个数的存储值比显示的更精确，按存储值核对。",
        "  · 提示 C33 B17  机关事业单位基本养老保险缴费：列示 326.72，另一处 326.71，相差一个末位单位（尾",
        "                  规则  合计栏 = 各分栏之和",
        "                  依据  部门决算公开表编制说明",
        "                  Excel  =ROUND(C12-SUM(D12:I12),1)=0",
        "      绩效3 政府公共热线!D23",
    ):
        assert line in text.splitlines()
    assert text.count("[本行, 得分] = [本行, 分值] * 完成比") == 1


def test_a_console_of_a_chinese_code_page_counts_ambiguous_characters_as_two_columns() -> None:
    text = plain(sample(), Options("en", 0, 80, "gbk"))
    assert GBK_A15 in text
    assert text.encode("gbk").decode("gbk") == text


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp437", "latin-1"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("detail", [-1, 0, 1])
def test_every_view_can_be_encoded(encoding: str, language: str, detail: int) -> None:
    plain(sample(), Options(language, detail, 100, encoding)).encode(encoding)


@pytest.mark.parametrize(("language", "detail"), [("zh", 0), ("zh", 1), ("en", 0), ("en", 1)])
@pytest.mark.parametrize("columns", [72, 100])
def test_no_line_is_wider_than_the_terminal(language: str, detail: int, columns: int) -> None:
    lines = plain(sample(), Options(language, detail, columns)).splitlines()
    long = [line for line in lines if width(line) > columns]
    assert [line for line in long if not re.match(r"^(规则包|pack|.*[✗] heilong)", line)] == []


def test_a_row_label_that_the_message_leaves_out_is_said_before_it() -> None:
    finding = replace(a06(), message_zh="收入决算表 C12 不对。", operands=())
    assert "C12 A06  行政运行：不对。" in plain(only(sample(), finding), Options())


def test_only_infos_are_no_alarm() -> None:
    report = replace(only(sample(), b17()), summary=Summary(812, 1, 0, 0, 0, 1))
    assert plain(report, Options()).splitlines()[-1] == (
        "✓ heilongjiang-2020.xlsx：勾稽相符，仅有提示 1 处；核对关系 812 项，未应用 0 项"
    )


def test_a_workbook_without_tables_is_not_said_to_hold_together() -> None:
    report = replace(only(clean()), tables=())
    assert plain(report, Options(detail=-1)) == (
        "! corrected.xlsx：没有认出标准表，未作核对；核对关系 812 项，未应用 0 项\n"
    )


def test_an_incomplete_answer_says_so() -> None:
    assert "结果不完整" in plain(replace(clean(), complete=False), Options(detail=-1))
    assert "INCOMPLETE" in plain(replace(clean(), complete=False), Options("en", -1))


def test_many_infos_and_reasons_are_shortened_until_asked_for() -> None:
    infos = [b17(row) for row in range(10, 30)]
    reasons = tuple(replace(sample().not_applied[0], reason_zh=f"原因{number}") for number in range(9))
    report = replace(only(sample(), *infos), not_applied=reasons)
    usual = plain(report, Options()).splitlines()
    assert (
        "  一般公共预算财政拨款基本支出决算表  C10 B17、C11 B17、C12 B17、C13 B17、C14 B17、C15 B17 等 20 条" in usual
    )
    assert "  另有 3 条（-v 列出）" in usual
    assert "  A16（2 项）  原因8" in plain(report, Options(detail=1)).splitlines()


def test_colour_changes_no_character(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    stream = Terminal()
    coloured(sample(), Options(), stream)
    assert "\x1b[1;31m" in stream.getvalue()
    bare = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert [line.rstrip() for line in bare.splitlines()] == GOLDEN.splitlines()


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    coloured(sample(), Options(), stream)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", stream.getvalue())


def test_a_plain_view_does_not_import_rich() -> None:
    script = (
        "import sys; from tests.report.sample import sample; from gouji.report.console import plain; "
        "from gouji.report.spans import Options; plain(sample(), Options()); sys.exit('rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
