"""``docs/diagnosis.md``: what was found in generated workbooks, with the spread between batches."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from bench.diagnosis.runs import FIRST_SEEDS, Blamed, Measured, Run, Timed
from gouji.cases.coverage import STANDINGS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "diagnosis.md"
T = TypeVar("T")
BATCHES = 10
NAMES = {
    "located": "能定位（located）", "single": "只在一条等式里（in one equation）",
    "twin": "与另一格分不开（same equations as another）", "bounded": "只有不等式（inequalities only）",
    "untouched": "没有规则（no rule）",
}  # fmt: skip
SLIPS = {
    "digit": "一位数字（one digit）", "swap": "相邻两位颠倒（swapped）", "dropped": "漏一位（dropped）",
    "doubled": "多一位（doubled）", "sign": "正负号（sign）", "slip": "小数点（decimal point）",
    "unit": "元当万元（unit）",
}  # fmt: skip
_OPENING = """# 指出错格：量出来的（Diagnosis, measured）

本页由 `python -m bench.diagnosis --write` 生成，请不要手改。
（Written by that command; do not edit.）

工作簿由 `bench/generator` 随机造出：真值以分计、各表各栏各层严格相符，再按各种印法四舍五入印出（元、万元、亿元；
九张表，每个数各自舍入，所以印出的合计未必等于印出的各项之和）。弄错的办法：随机取一个印着钱、有等式读到的格，
随机用一种差错改坏；舍入或尾差解释得了的改动重抽。规则包 `mof-2020`。
（Random workbooks: exact truths in 分, each figure rounded by itself in a random print of the nine tables. Damage: one
random figure that an equation reads, made wrong by a random slip; what rounding or an adjusted last digit would explain
is drawn again.）

随机种子（seeds）：{seeds}。
方括号里是分成十批各批的最低和最高（the lowest and highest of ten batches）。
"""
_TIMES = "\n## 时间（time）"
_COLUMNS = (
    "| {} | 格数（cells） | 有发现（found） | 首先指出（first suspect） | 列出（listed） "
    "| 真值在所提之列（true value proposed） | 真值单独点出（true value named） |\n|---|---|---|---|---|---|---|\n"
)


def page(found: Measured) -> str:
    """The whole page."""
    books = len(found.clean), len(found.one), len(found.two)
    firsts = zip(FIRST_SEEDS.items(), books, strict=True)
    seeds = "，".join(f"{kind} {first}–{first + number - 1}" for (kind, first), number in firsts)
    return "".join((
        _OPENING.format(seeds=seeds), _clean(found), *_damaged("一处错（one wrong figure）", found.one),
        *_damaged("两处错（two wrong figures）", found.two), _times(found),
    ))  # fmt: skip


def with_times(text: str, found: Measured) -> str:
    """The page with other times."""
    return text.partition(_TIMES)[0] + _times(found)


def _clean(found: Measured) -> str:
    books = found.clean
    hinted = [one for one in books if one.hints]
    return f"""
## 相符的工作簿（consistent workbooks）

| | |
|---|---|
| 工作簿（workbooks） | {len(books):,} |
| 错误（errors） | {sum(one.errors for one in books)} |
| 警告（warnings） | {sum(one.warnings for one in books)} |
| 提示（hints） | {sum(one.hints for one in books)}，在 {len(hinted)} 本里（in {len(hinted)} workbooks） |
| 其中没有零藏着钱的（of these without a zero that hides money） | {sum(one.unexplained_hints for one in books)} |
| 结果不完整（incomplete） | {sum(not one.complete for one in books)} |
"""


def _damaged(title: str, runs: Sequence[Run]) -> Iterable[str]:
    cells = [cell for run in runs for cell in run.blamed]
    exact = sum(run.exact for run in runs)
    yield f"\n## {title}\n\n"
    yield f"{len(runs):,} 本（workbooks）。首先指出的正好是改坏的格（the first proposals are just the damaged cells）："
    yield f"{_share(exact, len(runs))}{_spread(runs, lambda run: run.exact)}。"
    wrong = sum(run.wrong for run in runs)
    yield f"说只有一种解释，而那一格没有错的（claimed as the only explanation, yet right）：{wrong} 本。"
    yield f"没有列全的（not all sets listed）：{sum(run.unlisted for run in runs)} 本。\n\n"
    yield _COLUMNS.format("`gouji rules coverage` 说的（standing）")
    yield from (_row(NAMES[one], [cell for cell in cells if cell.standing == one]) for one in reversed(STANDINGS))
    yield _row("**合计（all）**", cells) + "\n"
    yield _COLUMNS.format("差错（slip）")
    yield from (_row(name, [cell for cell in cells if cell.damage.slip == slip]) for slip, name in SLIPS.items())
    yield _missed(cells)


def _row(name: str, cells: Sequence[Blamed]) -> str:
    if not cells:
        return ""
    asked: tuple[Callable[[Blamed], bool], ...] = (
        lambda cell: cell.named, lambda cell: cell.first, lambda cell: cell.listed,
        lambda cell: cell.proposed, lambda cell: cell.named_value,
    )  # fmt: skip
    shares = [_share(sum(map(one, cells)), len(cells)) + _spread(cells, one) for one in asked]
    return f"| {name} | {len(cells):,} | {' | '.join(shares)} |\n"


def _missed(cells: Sequence[Blamed]) -> str:
    """Why cells that no rule hides were not the first suspect."""
    missed = [cell for cell in cells if not cell.first]
    kinds = {
        "只在一条等式里，等式里的别的数一样可疑（in one equation whose other figures are as suspect）":
            [one for one in missed if one.standing == "single" and one.listed],
        "与另一格总在同样的等式里（always in the same equations as another）":
            [one for one in missed if one.standing == "twin" and one.listed],
        "能定位，而别的格排在前面（located, another cell ranks first）":
            [one for one in missed if one.standing == "located" and one.listed],
        "没有列出：更少的格也解释得了（not listed: fewer cells would explain it too）":
            [one for one in missed if not one.listed],
    }  # fmt: skip
    lines = [f"- {name}：{len(found)}\n" for name, found in kinds.items() if found]
    return "\n没有首先指出的（the rest）：\n\n" + ("".join(lines) or "- 无（none）\n")


def _times(found: Measured) -> str:
    kinds = "相符（consistent）", "一处错（one）", "两处错（two）", "每个数都错（every figure wrong）"
    rows = zip(kinds, (found.clean_times, found.one_times, found.two_times, found.ruined_times), strict=True)
    worst = max((one for times in found[3:] for one in times), key=lambda one: one.diagnose)
    limited = sum(not one.complete for one in found.ruined_times)
    return (
        f"{_TIMES}\n\n以从文件读入同一本为 1，处理器时间（processor time; reading the same file is 1）。"
        "诊断是指各格的修正、所有最小格组和合起来看（repairs, all smallest sets, joint judging）。\n\n"
        "| | 本数（workbooks） | 中位（median） | 九成以内（90 %） | 最长（worst） |\n|---|---|---|---|---|\n"
        + "".join(_times_row(name, times) for name, times in rows)
        + "\n诊断的工作量有上限，到了就说结果不完整（退出码 4）："
        + f"每个数都错的 {len(found.ruined_times)} 本里有 {limited} 本。"
        + f"最久的一本诊断 {worst.diagnose:.1f} 秒。\n（Work is bounded; where the bound is reached the answer says "
        + f"that it is incomplete, exit code 4: {limited} of {len(found.ruined_times)} workbooks with every figure "
        + f"wrong. The longest diagnosis took {worst.diagnose:.1f} s.）\n"
    )


def _times_row(name: str, times: Sequence[Timed]) -> str:
    ratios = sorted(one.ratio for one in times)
    median, most = statistics.median(ratios), ratios[int(0.9 * (len(ratios) - 1))]
    return f"| {name} | {len(ratios)} | {median:.2f} | {most:.2f} | {ratios[-1]:.2f} |\n"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"


def _spread(items: Sequence[T], test: Callable[[T], bool]) -> str:
    size = len(items) // BATCHES
    if size < BATCHES:
        return ""
    batches = [items[n * size : (n + 1) * size] for n in range(BATCHES)]
    shares = [100 * sum(map(test, batch)) / len(batch) for batch in batches]
    return f" [{min(shares):.0f}–{max(shares):.0f}]"
