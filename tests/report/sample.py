"""A report as the checks would make it of the Heilongjiang example, built by hand."""
# ruff: noqa: E501 - expected texts stand whole, as a user sees them

from __future__ import annotations

from gouji.packs.model import Severity
from gouji.report.model import (
    Explanation,
    Finding,
    NotApplied,
    Operand,
    Report,
    Summary,
    SuspectCell,
    TableReport,
    UnknownSheet,
)
from gouji.sheet import CellRef

INCOME = "GK02 收入决算表"
INCOME_TITLE = "收入决算表"
SANGONG = "GK07 三公"
SANGONG_TITLE = "一般公共预算财政拨款“三公”经费支出决算表"
FORM_TITLE = "省级项目（专项）支出绩效自评表"
HOTLINE = "绩效3 政府公共热线"
PETITION = "绩效5 信访工作经费"
BASIC = "GK06 基本支出"
BASIC_TITLE = "一般公共预算财政拨款基本支出决算表"


def operand(
    sheet: str,
    title: str,
    place: tuple[int, int] | None,
    label: str,
    printed: str,
    *,
    sign: str = "+",
    unit: str = "万元",
) -> Operand:
    return Operand(sign, label, printed, CellRef(sheet, *place) if place else None, title, unit)


def a06() -> Finding:
    cell = CellRef(INCOME, 12, 3)
    labels = ("财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
    figures = ("1,888.8", "0.0", "0.0", "0.0", "0.0", "0.1")
    operands = (
        operand(INCOME, INCOME_TITLE, (12, 3), "行政运行·本年收入合计", "1,899.0"),
        *(
            operand(INCOME, INCOME_TITLE, (12, 4 + index), f"行政运行·{label}", figure)
            for index, (label, figure) in enumerate(zip(labels, figures, strict=True))
        ),
    )
    return Finding(
        rule="A06",
        name="合计栏 = 各分栏之和",
        severity="error",
        table=INCOME_TITLE,
        sheet=INCOME,
        cell=cell,
        cells=tuple(each.cell for each in operands if each.cell),
        note_at=(cell,),
        left="1899.0",
        right="1888.9",
        difference="10.1",
        comparison="=",
        message_zh="收入决算表 C12 行政运行·本年收入合计：列示 1,899.0，各来源之和 1,888.9，相差 10.1。若仅此格有误，应为 1,888.9。",
        message_en="收入决算表 C12 行政运行·本年收入合计: printed 1,899.0, the sources add up to 1,888.9, difference 10.1.",
        formula="[2013101, 本年收入合计] = SUM([2013101, 本年收入合计/下级])",
        excel="=ROUND(C12-SUM(D12:I12),1)=0",
        basis="部门决算公开表编制说明",
        row_label="行政运行",
        unit="万元",
        operands=operands,
        left_count=1,
    )


def a09() -> Finding:
    cell = CellRef(INCOME, 11, 3)
    rows = ((12, "行政运行", "1,899.0"), (13, "一般行政管理事务", "1,219.9"), (14, "机关服务", "10.3"))
    operands = (
        operand(INCOME, INCOME_TITLE, (11, 3), "党委办公厅（室）及相关机构事务·本年收入合计", "3,119.0"),
        *(operand(INCOME, INCOME_TITLE, (row, 3), f"{label}·本年收入合计", figure) for row, label, figure in rows),
    )
    return Finding(
        rule="A09",
        name="合计 = 各类之和，类 = 各款之和，款 = 各项之和",
        severity="error",
        table=INCOME_TITLE,
        sheet=INCOME,
        cell=cell,
        cells=tuple(each.cell for each in operands if each.cell),
        note_at=(cell, CellRef(INCOME, 12, 3)),
        left="3119.0",
        right="3129.2",
        difference="-10.2",
        comparison="=",
        message_zh="收入决算表 C11 党委办公厅（室）及相关机构事务·本年收入合计：列示 3,119.0，各项之和 3,129.2，相差 10.2。",
        message_en="收入决算表 C11 党委办公厅（室）及相关机构事务·本年收入合计: printed 3,119.0, its items add up to 3,129.2, difference 10.2.",
        formula="[20131, 本年收入合计] = SUM([20131/下级, 本年收入合计])",
        excel="=ROUND(C11-SUM(C12:C14),1)=0",
        basis="部门决算公开表编制说明",
        row_label="党委办公厅（室）及相关机构事务",
        unit="万元",
        operands=operands,
        left_count=1,
    )


def a15() -> Finding:
    cell = CellRef(SANGONG, 8, 1)
    parts = (
        (8, 2, "因公出国（境）费", "2.2"),
        (8, 3, "公务用车购置及运行维护费", "27.1"),
        (8, 6, "公务接待费", "0.7"),
    )
    operands = (
        operand(SANGONG, SANGONG_TITLE, (8, 1), "预算数·合计", "20.1"),
        *(
            operand(SANGONG, SANGONG_TITLE, (row, column), f"预算数·{label}", figure)
            for row, column, label, figure in parts
        ),
    )
    return Finding(
        rule="A15",
        name="合计 = 出国 + 公务用车 + 接待",
        severity="error",
        table=SANGONG_TITLE,
        sheet=SANGONG,
        cell=cell,
        cells=tuple(each.cell for each in operands if each.cell),
        note_at=(cell,),
        left="20.1",
        right="30.0",
        difference="-9.9",
        comparison="=",
        message_zh=f"{SANGONG_TITLE} A8 预算数·合计：列示 20.1，三项之和 30.0，相差 9.9。",
        message_en=f"{SANGONG_TITLE} A8 预算数·合计: printed 20.1, the three items add up to 30.0, difference 9.9.",
        formula="[预算数, 合计] = [预算数, 因公出国（境）费] + [预算数, 公务用车购置及运行维护费] + [预算数, 公务接待费]",
        excel=None,
        basis="三公经费公开口径",
        row_label="预算数",
        unit="万元",
        operands=operands,
        left_count=1,
    )


def p05() -> Finding:
    cell = CellRef(HOTLINE, 21, 7)
    operands = (
        operand(HOTLINE, FORM_TITLE, (21, 7), "任务启动后完成时间·得分", "15", unit="分"),
        operand(HOTLINE, FORM_TITLE, (21, 6), "任务启动后完成时间·分值", "10", unit="分"),
    )
    return Finding(
        rule="P05",
        name="得分不超过分值",
        severity="error",
        table=FORM_TITLE,
        sheet=HOTLINE,
        cell=cell,
        cells=tuple(each.cell for each in operands if each.cell),
        note_at=(cell,),
        left="15",
        right="10",
        difference="5",
        comparison="<=",
        message_zh=f"{FORM_TITLE} G21 任务启动后完成时间：得分 15 超过分值 10。",
        message_en=f"{FORM_TITLE} G21 任务启动后完成时间: score 15 exceeds its weight 10.",
        formula="[任务启动后完成时间, 得分] <= [任务启动后完成时间, 分值]",
        excel="=G21<=F21",
        basis="绩效自评计分规则",
        row_label="任务启动后完成时间",
        unit="分",
        operands=operands,
        left_count=1,
    )


def h07() -> Finding:
    cell = CellRef(PETITION, 17, 7)
    label = "★一季度预算资金累计支出率"
    operands = (
        operand(PETITION, FORM_TITLE, (17, 7), f"{label}·得分", "0.07", unit="分"),
        operand(PETITION, FORM_TITLE, (17, 6), f"{label}·分值", "2", unit="分"),
        operand(PETITION, FORM_TITLE, (17, 4), f"{label}·目标", "≥25%", unit="%"),
        operand(PETITION, FORM_TITLE, (17, 5), f"{label}·实际完成值", "1.81%", unit="%"),
    )
    return Finding(
        rule="H07",
        name="★ 季度累计支出率未达标的，得分 = 支出率 ÷ 目标 × 分值",
        severity="error",
        table=FORM_TITLE,
        sheet=PETITION,
        cell=cell,
        cells=tuple(each.cell for each in operands if each.cell),
        note_at=(cell,),
        left="0.07",
        right="0.1448",
        difference="-0.0748",
        comparison="=",
        message_zh=f"{FORM_TITLE} G17 {label}：得分 0.07，按支出率 1.81% 和目标 25% 计为 0.14，相差 0.07。",
        message_en=f"{FORM_TITLE} G17 {label}: score 0.07, by rate 1.81% of target 25% it is 0.14, difference 0.07.",
        formula="[本行, 得分] = [本行, 分值] * 完成比([本行, 目标], [本行, 实际完成值])",
        excel=None,
        basis="省级项目（专项）支出绩效自评表 ★ 指标",
        row_label=label,
        unit="分",
        operands=operands,
        left_count=1,
    )


def p10(severity: Severity = "warning") -> Finding:
    cell = CellRef(PETITION, 20, 5)
    operands = (
        operand(PETITION, FORM_TITLE, (20, 5), "★全年预算资金支出率·实际完成值", "100%", unit="%"),
        operand(PETITION, FORM_TITLE, (8, 6), "年度资金总额·执行率", "99.90%", unit="%"),
    )
    return Finding(
        rule="P10",
        name="全年支出率 = 执行率",
        severity=severity,
        table=FORM_TITLE,
        sheet=PETITION,
        cell=cell,
        cells=tuple(each.cell for each in operands if each.cell),
        note_at=(cell,),
        left="100",
        right="99.90",
        difference="0.10",
        comparison="=",
        message_zh=f"{FORM_TITLE} E20 ★全年预算资金支出率：列示 100%，执行率 99.90%，相差 0.10。",
        message_en=f"{FORM_TITLE} E20 ★全年预算资金支出率: printed 100%, rate of execution 99.90%, difference 0.10.",
        formula="[★全年预算资金支出率, 实际完成值] = [年度资金总额, 执行率]",
        excel=None,
        basis="同一个数",
        row_label="★全年预算资金支出率",
        unit="%",
        operands=operands,
        left_count=1,
    )


def b17(row: int = 33) -> Finding:
    cell = CellRef(BASIC, row, 3)
    return Finding(
        rule="B17",
        name="养老保险缴费两处一致",
        severity="info",
        table=BASIC_TITLE,
        sheet=BASIC,
        cell=cell,
        cells=(cell,),
        note_at=(cell,),
        left="326.72",
        right="326.71",
        difference="0.01",
        comparison="=",
        message_zh=f"{BASIC_TITLE} C{row} 机关事业单位基本养老保险缴费：列示 326.72，另一处 326.71，相差一个末位单位（尾差）。",
        message_en=f"{BASIC_TITLE} C{row} 机关事业单位基本养老保险缴费: printed 326.72, elsewhere 326.71, one last unit apart.",
        formula="[30108] = 一般支出[2080505, 本年支出]",
        excel=None,
        basis="同一笔资金",
        adjusted=True,
        row_label="机关事业单位基本养老保险缴费",
        unit="万元",
    )


def sample() -> Report:
    """Five errors, a warning and an info; rules that were not applied; a sheet that is no table."""
    findings = (a06(), a09(), a15(), p05(), h07(), p10(), b17())
    title = ("按标题识别", "by its title")
    return Report(
        workbook="heilongjiang-2020.xlsx",
        pack_id="heilongjiang-2020",
        pack_version="3f2a91c",
        pack_title="黑龙江省 2020 年部门决算公开",
        summary=Summary(checked=812, failed=7, not_applied=4, error=5, warning=1, info=1, undecided=2),
        tables=(
            TableReport(INCOME_TITLE, INCOME, "A1:I33", "万元", 1, recognised_by=title),
            TableReport(BASIC_TITLE, BASIC, "A1:I40", "万元", 2, recognised_by=title),
            TableReport(
                SANGONG_TITLE,
                SANGONG,
                "A1:L8",
                "万元",
                1,
                recognised_by=title,
                remarks=(
                    (
                        "2 个数的存储值比显示的更精确，按存储值核对。",
                        "2 figures are finer than displayed and checked as stored.",
                    ),
                ),
            ),
            TableReport(FORM_TITLE, HOTLINE, "A1:H25", "万元", 2, "政府公共热线", title),
            TableReport(FORM_TITLE, PETITION, "A1:H25", "万元", 2, "信访工作经费", title),
        ),
        findings=findings,
        explanations=(
            Explanation(
                (0, 1),
                True,
                (SuspectCell(CellRef(INCOME, 12, 3), "1899.0", "(1888.85, 1889.00)", ("1888.9", "1889.0"), "digit"),),
            ),
        ),
        not_applied=(
            NotApplied(
                "A16",
                "政府性基金预算财政拨款收入支出决算表没有数字行",
                "the fund table has no figures",
                instances=2,
            ),
            NotApplied("A17", "政府性基金预算财政拨款收入支出决算表没有数字行", "the fund table has no figures"),
            NotApplied(
                "P11",
                "“2022年1月-12月”与 100 不可比",
                "2022年1月-12月 and 100 do not compare",
                (CellRef(HOTLINE, 23, 4),),
            ),
        ),
        unknown_sheets=(UnknownSheet("填表说明", "没有标准表的标题", "no title of a standard table"),),
        remarks=(("有 3 个公式没有缓存值，已重新计算。", "3 formulas had no cached value and were computed."),),
    )


def clean() -> Report:
    """A workbook without findings."""
    report = sample()
    return Report(
        workbook="corrected.xlsx",
        pack_id=report.pack_id,
        pack_version=report.pack_version,
        pack_title=report.pack_title,
        summary=Summary(checked=812, failed=0, not_applied=0, error=0, warning=0, info=0),
        tables=report.tables,
        findings=(),
    )
