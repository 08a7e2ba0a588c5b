"""``python -m bench``: prints the ratios; ``--write`` writes the page, ``--check`` ends with 1 below a floor.

``--live`` prints the steps of a check in an open workbook instead.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.live import live_steps
from bench.page import PAGE, floor, machine, page, spread
from bench.size import MOST_MEMORY, Grown, grown
from bench.subjects import EXAMPLE, Measured, measure
from gouji.errors import GoujiError

ROUNDS = 15


def main() -> int:
    """The exit code: 1 where ``--check`` finds a floor missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="写 docs/performance.md（write the page）")
    parser.add_argument("--check", action="store_true", help="有下限未达到时以 1 结束（end with 1 below a floor）")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"轮数（rounds，默认 {ROUNDS}）")
    parser.add_argument("--live", action="store_true", help="只量开着的工作簿（only a workbook open in LibreOffice）")
    options = parser.parse_args()
    if options.live:
        return _live(max(options.rounds, 3))
    with TemporaryDirectory() as folder:
        measured = measure(Path(folder), max(options.rounds, 3))
        sizes = grown(Path(folder), max(options.rounds // 5, 1))
    _show(measured, sizes)
    if options.write:
        PAGE.write_text(page(measured, sizes), encoding="utf-8")
    reached = all(one.reached for one in measured.results) and sizes[0].memory < MOST_MEMORY
    return int(options.check and not reached)


def _live(rounds: int) -> int:
    """The steps of a check in the window; 0 where there is no LibreOffice, which is said."""
    try:
        with TemporaryDirectory() as folder:
            steps = live_steps(Path(folder), rounds, EXAMPLE)
    except GoujiError as error:
        print(error.chinese, error.english)
        return 0
    print(machine())
    for step in steps:
        print(f"{1000 * step.seconds:>8.0f} ms {step.share:>6.2f}  {step.english}（{step.chinese}） ÷ reading（读入）")
    return 0


def _show(measured: Measured, sizes: Sequence[Grown]) -> None:
    print(machine())
    for result in measured.results:
        print(f"{spread(result.ratio):>20}  {result.english}（{result.chinese}），floor {floor(result)}")
    for stage in measured.stages:
        print(f"{spread(stage.ratio):>20}  {stage.english}（{stage.chinese}） ÷ reading（读入）")
    for one in sizes:
        print(f"{one.memory:>16.0f} MiB  {one.seconds:.2f} s  {one.cells:,} cells（格）  {one.name}")


if __name__ == "__main__":
    sys.exit(main())
