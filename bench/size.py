"""How cost and memory grow with the workbook: the same three tables with more and more subjects, a process each.

Memory is read from ``/proc``: this part runs on Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.generator.excel import write
from bench.generator.subjects import CLASSES
from bench.subjects import EXAMPLE
from gouji.sheet import Area, Book, Cell, CellKind, Sheet

SUBJECTS = (500, 1000, 2000, 4000)
MOST_MEMORY = 150
"""MiB that the largest example may take."""
_RUN = """
import sys, time
from gouji.flow import validate
before = time.process_time()
report = validate(sys.argv[1], details=False)
took = time.process_time() - before
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(took, report.summary.checked, report.summary.error, peak)
"""
_FORMS = {
    "收入决算表": (
        "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入",
    ),
    "支出决算表": ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"),
    "一般公共预算财政拨款支出决算表": ("本年支出合计", "基本支出", "项目支出"),
}  # fmt: skip


class Grown(NamedTuple):
    """A workbook of so many subjects: its cells, its relations, seconds of processor time, MiB at the peak."""

    name: str
    cells: int
    relations: int
    seconds: float
    memory: float


def grown(folder: Path, rounds: int) -> list[Grown]:
    """The example, then the growing workbooks; of the times the shortest of all rounds."""
    books = [(f"{count:,} 个科目", _book(count)) for count in SUBJECTS]
    paths = [(EXAMPLE.name, EXAMPLE, 0)]
    for number, (name, book) in enumerate(books):
        path = folder / f"{number}.xlsx"
        write(book, path)
        paths.append((name, path, sum(len(sheet.cells) for sheet in book.sheets)))
    return [_measured(name, path, cells, rounds) for name, path, cells in paths]


def _measured(name: str, path: Path, cells: int, rounds: int) -> Grown:
    runs = []
    for _ in range(rounds):
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(path)], capture_output=True, text=True, check=True, env=dict(os.environ),
        )  # fmt: skip
        runs.append([float(part) for part in done.stdout.split()])
    if cells:
        assert not any(run[2] for run in runs), f"{name}: a consistent workbook has errors"
    else:
        from gouji.hosts.package.reading import read_package

        cells = sum(len(sheet.cells) for sheet in read_package(path).sheets)
    return Grown(name, cells, int(runs[0][1]), min(run[0] for run in runs), max(run[3] for run in runs) / 1024)


def _book(count: int) -> Book:
    rng = Random(count)  # noqa: S311 - reproducible on purpose
    codes = [f"{kind}{group:02}{item:02}" for group, item, kind in product(range(1, 20), range(1, 40), CLASSES)][:count]
    spent = {code: (rng.randrange(10_000), rng.randrange(10_000)) for code in sorted(codes)}
    amounts: dict[str, dict[str, tuple[int, ...]]] = {
        "收入决算表": {code: (sum(each), sum(each), 0, 0, 0, 0, 0) for code, each in spent.items()},
        "支出决算表": {code: (sum(each), *each, 0, 0, 0) for code, each in spent.items()},
        "一般公共预算财政拨款支出决算表": {code: (sum(each), *each) for code, each in spent.items()},
    }
    return Book("增长.xlsx", tuple(_sheet(title, amounts[title]) for title in _FORMS))


def _sheet(title: str, items: dict[str, tuple[int, ...]]) -> Sheet:
    rows: list[Sequence[str | int]] = [[title], ["单位：万元"], ["科目编码", "科目名称", *_FORMS[title]]]
    rows.append(["合计", "", *_sums(items.values())])
    below: dict[str, list[tuple[int, ...]]] = {}
    for item, each in items.items():
        for length in (3, 5, 7):
            below.setdefault(item[:length], []).append(each)
    rows += [[code, CLASSES.get(code, (f"科目{code}",))[0], *_sums(each)] for code, each in below.items()]
    cells = {
        (r, c): Cell(CellKind.TEXT, value) if isinstance(value, str) else _amount(value)
        for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""
    }  # fmt: skip
    return Sheet(title[:31], cells, (Area(4, 1, 4, 2),))


def _sums(rows: Iterable[tuple[int, ...]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _amount(tenths: int) -> Cell:
    return Cell(CellKind.NUMBER, f"{tenths // 10}.{tenths % 10}", "#,##0.0")
