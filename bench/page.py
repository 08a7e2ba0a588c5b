"""``docs/performance.md``: the ratios of one run, with their spread."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from pathlib import Path

from bench.size import MOST_MEMORY, Grown
from bench.subjects import Measured, Result
from bench.timing import Ratio

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
_OPENING = """# 速度（Performance）

本页由 `python -m bench --write` 生成，请不要手改。数字都是同一次运行里两件事的处理器时间之比，
轮流运行多次，取中位数，方括号里是中间一半的范围；换一台机器，比值大致不变。
（Ratios of processor time in one run, taken in turn; the median, and the middle half in brackets.）

工作簿（workbook）：`templates/examples/heilongjiang-2020.xlsx`，18 张表。
"""
_RESULTS = """
## 与 openpyxl 并排（beside openpyxl）

| 比较（comparison） | 快多少倍（times faster） | 下限（floor） |
|---|---|---|
"""
_STAGES = """
## 各阶段（stages）

以读入这个工作簿为 1；除另行注明的一项外，同一版式在同一进程里见过，数从不保留
（Reading is 1. But for the line that says so, the layout was met before in the process; figures are never kept）。

| 阶段（stage） | 读入的多少倍（times reading） |
|---|---|
"""


_SIZES = """
## 越大越慢多少（growth）

每本一个新进程，`validate`；“每格”以最小的一本为 1，不随大小而增，就是线性的。内存是整个进程的峰值。
（A process each; time per cell, the smallest being 1: cost is linear where it does not grow. Memory is the peak.）

| 工作簿（workbook） | 格（cells） | 关系（relations）| 每格（per cell） | 每条（per relation） | 内存 MiB（memory） |
|---|--:|--:|--:|--:|--:|
"""


def page(measured: Measured, sizes: Sequence[Grown]) -> str:
    """The whole page."""
    results = "".join(
        f"| {one.chinese}（{one.english}） | {spread(one.ratio)} | {floor(one)} |\n" for one in measured.results
    )
    stages = "".join(f"| {one.chinese}（{one.english}） | {spread(one.ratio)} |\n" for one in measured.stages)
    return f"{_OPENING}{machine()}\n{_RESULTS}{results}{_STAGES}{stages}{_SIZES}{_sizes(sizes)}"


def _sizes(sizes: Sequence[Grown]) -> str:
    example, first, *_ = sizes
    most = f"{example.memory:.0f}（上限 ceiling {MOST_MEMORY}）"
    lines = [f"| {example.name} | {example.cells:,} | {example.relations:,} | — | — | {most} |"]
    for one in sizes[1:]:
        by_cell = one.seconds / one.cells * first.cells / first.seconds
        by_relation = one.seconds / one.relations * first.relations / first.seconds
        lines.append(
            f"| {one.name} | {one.cells:,} | {one.relations:,} | {by_cell:.2f} | {by_relation:.2f} | {one.memory:.0f} |"
        )
    return "\n".join(lines) + "\n"


def machine() -> str:
    """The machine in general terms."""
    python = f"{platform.python_implementation()} {'.'.join(platform.python_version_tuple()[:2])}"
    return f"机器（machine）：{platform.system()} {platform.machine()}，{os.cpu_count()} 核（cores），{python}。"


def spread(ratio: Ratio) -> str:
    """``3.9 [3.7–4.1]``."""
    digits = 1 if ratio.median >= 10 else 2
    return f"{ratio.median:.{digits}f} [{ratio.low:.{digits}f}–{ratio.high:.{digits}f}]"


def floor(result: Result) -> str:
    """The floor and whether it is reached."""
    if result.floor is None:
        return "—"
    return f"{result.floor:g}，{'达到（reached）' if result.reached else '未达到（missed）'}"
