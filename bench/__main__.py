"""``python -m bench``: the ratios that gouji promises; ``--write`` docs/performance.md, ``--check`` the floors."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.measuring import Ratio, commands_in_turn, in_turn, ratio
from gouji import api
from gouji.binding.bind import bind
from gouji.checking.check import check
from gouji.figures import MONEY_UNITS, Rounding
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.tables.recognise import recognise

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "templates" / "examples" / "heilongjiang-2020.xlsx"
PAGE = ROOT / "docs" / "performance.md"
PACK = "heilongjiang-2020"


class Measure(NamedTuple):
    """One promise: what is compared, the ratio found, and the limit it should keep."""

    chinese: str
    english: str
    found: Ratio
    floor: float | None = None
    ceiling: float | None = None

    @property
    def kept(self) -> bool:
        """Whether the middle keeps the limit."""
        return (self.floor is None or self.found.middle >= self.floor) and (
            self.ceiling is None or self.found.middle <= self.ceiling
        )

    @property
    def limit(self) -> str:
        """The limit as printed."""
        return f"≥ {self.floor:g}" if self.floor is not None else f"≤ {self.ceiling:g}"


def annotate_against_openpyxl(rounds: int) -> Measure:
    """``annotate`` into a copy, and openpyxl's load and save of the same workbook, in one warm process."""
    import openpyxl

    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours.xlsx", Path(folder) / "theirs.xlsx"
        taken = in_turn(
            {
                "openpyxl": lambda: openpyxl.load_workbook(EXAMPLE).save(theirs),
                "gouji": lambda: api.annotate(EXAMPLE, out=ours, pack=PACK),
            },
            rounds,
        )
    return Measure(
        "openpyxl 读入并存盘 ÷ gouji 审核并写批注", "openpyxl load and save ÷ gouji annotate",
        ratio(taken["openpyxl"], taken["gouji"]), floor=8,
    )


def cold_validate_against_loading(rounds: int) -> Measure:
    """A whole ``gouji validate`` process against a Python process that only loads the file with openpyxl."""
    load = f"import openpyxl; openpyxl.load_workbook({str(EXAMPLE)!r})"
    taken = commands_in_turn(
        {
            "gouji": [sys.executable, "-m", "gouji", "validate", str(EXAMPLE)],
            "openpyxl": [sys.executable, "-c", load],
        },
        rounds,
    )
    return Measure(
        "冷启动的 gouji validate ÷ 只用 openpyxl 读入的进程", "cold gouji validate ÷ a process that only loads",
        ratio(taken["gouji"], taken["openpyxl"]), ceiling=1,
    )


def judging_against_reading(rounds: int) -> Measure:
    """Recognition, binding and checking together against reading the package."""
    pack = load_pack(PACK)
    money = MONEY_UNITS[pack.unit].exponent

    def judging() -> None:
        recognition = recognise(book, forms_of(pack))
        check(bind(pack, recognition, dict(pack.params)).instances, money, Rounding(pack.rounding))

    book = read_package(EXAMPLE)
    taken = in_turn({"judging": judging, "reading": lambda: read_package(EXAMPLE)}, rounds)
    return Measure(
        "认表、绑定、核对 ÷ 读入", "recognise, bind and check ÷ read",
        ratio(taken["judging"], taken["reading"]), ceiling=1,
    )


MEASURES: tuple[Callable[[int], Measure], ...] = (
    annotate_against_openpyxl, cold_validate_against_loading, judging_against_reading,
)


def page(measures: list[Measure]) -> str:
    """docs/performance.md."""
    rows = "\n".join(
        f"| {m.chinese}<br>{m.english} | {m.found} | {m.limit} | {'是 yes' if m.kept else '**否 no**'} |"
        for m in measures
    )
    return f"""# 快慢 · Performance

由 `python -m bench --write` 生成。同一次运行里轮流测量（A B A B …），
取处理器时间之比的中位数，括号里是四分位。
18 张表的样例 `templates/examples/heilongjiang-2020.xlsx`，
CPython {sys.version_info.major}.{sys.version_info.minor}，两核。
Generated; processor time, ratios pair by pair, median and quartiles.

| 量什么 · what | 比 · ratio | 应当 · should be | 做到 · kept |
|---|---|---|---|
{rows}
"""


def main() -> int:
    """Measure, print, and write or check as asked."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--check", action="store_true", help="exit 1 when a limit is missed")
    options = parser.parse_args()
    measures = [measure(options.rounds) for measure in MEASURES]
    for each in measures:
        print(f"{each.english:55} {each.found!s:24} {each.limit:6} {'ok' if each.kept else 'MISSED'}")
    if options.write:
        PAGE.write_text(page(measures), encoding="utf-8")
    return 1 if options.check and not all(each.kept for each in measures) else 0


if __name__ == "__main__":
    sys.exit(main())
