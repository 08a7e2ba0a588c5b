"""The wrong cell is named with the value it should have; a cell with the totals that carry it is one cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.flow import validate
from gouji.report.model import Report

EXAMPLE = Path(__file__).parents[2] / "templates" / "examples" / "heilongjiang-2020.xlsx"


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(EXAMPLE)


def said(report: Report, rule: str, cell: str) -> str:
    message = next(f.message_zh for f in report.findings if f.rule == rule and f.cell.address == cell)
    return message.split("。", 1)[1]


def test_one_cell_explains_both_failures_of_the_income_table(report: Report) -> None:
    first = report.explanations[0]
    assert [report.findings[n].rule for n in first.explains] == ["A09", "A06"]
    assert first.unique
    (cell,) = first.cells
    assert (cell.cell.address, cell.printed, cell.range) == ("C11", "1899.0", "(1888.85, 1889.00)")
    assert cell.values == ("1888.9", "1889.0")
    assert said(report, "A09", "C10") == (
        "若仅一格有误，是 C11（行政运行·本年收入合计，列示 1,899.0），应为 1,888.9 或 1,889.0。"
    )
    assert said(report, "A06", "C11") == "若仅此格有误，应为 1,888.9 或 1,889.0（3 条关系合起来）。"


def test_the_budget_total_of_three_public_expenses(report: Report) -> None:
    number = next(n for n, f in enumerate(report.findings) if f.rule == "A15")
    (explanation,) = [e for e in report.explanations if number in e.explains]
    (cell,) = explanation.cells
    assert explanation.unique
    assert (cell.range, cell.values) == ("[29.85, 30.15)", ("29.9", "30.0", "30.1"))


@pytest.mark.parametrize(
    ("rule", "sheet", "expected"),
    [
        ("H07", "绩效2", ["H17 0.07 → 0.14", "H32 96.25 → 96.32"]),
        ("H07", "绩效6", ["H16 0.07 → 0.14", "H31 97.68 → 97.75"]),
        ("H07", "绩效9", ["H18 1.55 → 2.07", "H30 94.35 → 94.87"]),
        ("P05", "绩效1", ["H21 15.00 → 5.00", "H31 89.71 → 79.71"]),
    ],
)
def test_a_score_and_the_total_that_carries_it_are_one_cause(
    report: Report, rule: str, sheet: str, expected: list[str]
) -> None:
    number = next(n for n, f in enumerate(report.findings) if f.rule == rule and f.sheet == sheet)
    explanation = next(e for e in report.explanations if number in e.explains and len(e.cells) > 1)
    assert [f"{c.cell.address} {c.printed} → {' '.join(c.values)}" for c in explanation.cells] == expected


def test_figures_confirmed_elsewhere_are_not_suspected(report: Report) -> None:
    """6.55 is confirmed by its rate: the source below it is the suspect, blanks come last."""
    number = next(n for n, f in enumerate(report.findings) if f.rule == "P03")
    cells = [e.cells[0] for e in report.explanations if number in e.explains]
    assert (cells[0].cell.address, cells[0].values) == ("E9", ("6.55",))
    assert "E7" not in {c.cell.address for c in cells}
    assert said(report, "P03", "E7") == (
        "若仅一格有误，是 E9（省级资金·全年预算数，列示 6.49），应为 6.55；与相邻一格的数相同，像是填错了行或栏。"
    )


def test_a_fault_that_no_change_of_amounts_explains_is_said_to_be_one(report: Report) -> None:
    points = next(f for f in report.findings if f.rule == "P05")
    assert points.message_zh.endswith(
        "列示 15.00，分值为 10.00，超出 5.00。这是评分本身的问题，改动任何金额都不能使它成立。"
        "若此格有误，应为 5.00，加到的 H31（总分·得分）随之应为 79.71。得分在 0 与分值之间，超额完成的也只记满分。"
    )
    assert "exceeds it by 5.00. This is a fault of the scoring itself: no change of amounts makes it hold. If" in (
        points.message_en
    )
    direction = next(f for f in report.findings if f.rule == "P09-1")
    assert direction.message_zh.count("应") == 1  # what should be printed is said, and that is no amount
    assert not any("不能使它成立" in f.message_zh for f in report.findings if f.rule != "P05")


def test_where_no_single_cell_explains_everything_the_smallest_sets_are_listed(report: Report) -> None:
    assert said(report, "P10", "F17") == "累计支出率逐季不减，全年的与执行率相同。"  # the rule's advice
    number = next(n for n, f in enumerate(report.findings) if f.rule == "P10" and f.cell.address == "F17")
    found = [e for e in report.explanations if number in e.explains]
    assert [
        [(c.cell.address, c.values, c.carries) for c in explanation.cells] for explanation in found
    ] == [
        [("F18", ("73.53%", "96.63%"), False), ("H18", ("0.00", "5.00"), False), ("H30", ("92.77", "97.80"), True)],
        [("F17", ("0.00%", "31.03%"), False), ("H18", ("2.07",), False), ("H17", ("0.00", "3.00"), True),
         ("H30", ("91.84", "94.87"), True)],
    ]  # fmt: skip
    assert not any(explanation.unique for explanation in found)
    assert all([report.findings[n].rule for n in e.explains] == ["P10", "H07"] for e in found)
