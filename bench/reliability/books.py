"""Generated workbooks: consistent ones, with an adjusted last digit, and with one figure made wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple, TypeAlias

from bench.diagnosis.runs import run
from bench.generator.books import Generated, generated, truncated
from bench.generator.damage import adjusted
from bench.generator.excel import write
from bench.generator.outcome import Problem, examined
from gouji.flow import judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.packs.model import Pack
from gouji.report.model import Report

Print: TypeAlias = Literal["四舍五入", "截断", "尾差调整"]
PACK = "mof-2020"
REASONS: dict[int, str] = {}
"""Why the wrong figure of a seed is not found, in words for the page."""
EVERY = 10
"""One workbook of so many is judged from a file too."""
PRINTS: tuple[Print, ...] = ("四舍五入", "截断", "尾差调整")


class Consistent(NamedTuple):
    """What became of the consistent workbooks of ``seeds`` (from, to before) printed in one way.

    ``problems`` counts what should not be, by kind; ``concerned`` are the seeds of those workbooks. ``tables``,
    ``relations`` and ``hints`` are sums over all.
    """

    printed: Print
    seeds: tuple[int, int]
    books: int
    tables: int
    relations: int
    hints: int
    problems: Mapping[str, int]
    concerned: tuple[int, ...]


class Wrong(NamedTuple):
    """What became of one wrong figure in each of many workbooks; the missed ones are listed in words.

    ``given_up``: workbooks with too little money to make wrong; ``found``: a finding reads the cell; ``first``: it is
    in the explanation proposed first.
    """

    seeds: tuple[int, int]
    books: int
    given_up: int
    found: int
    first: int
    missed: tuple[str, ...]


def pack_for(printed: Print) -> Pack:
    """The general pack; it says so where figures are cut off."""
    pack = load_pack(PACK)
    return replace(pack, rounding="截断") if printed == "截断" else pack


def consistent(seeds: range, printed: Print) -> Consistent:
    """Every workbook of the seeds printed in one way, judged."""
    pack = pack_for(printed)
    tables = relations = hints = 0
    found: Counter[str] = Counter()
    concerned: list[int] = []
    for seed in seeds:
        made = generated(seed, truncated) if printed == "截断" else generated(seed)
        if printed == "尾差调整":
            made = adjusted(made, Random(seed), 1)  # noqa: S311 - reproducible on purpose
        wrong, report = examined(made, pack)
        if report is not None and seed % EVERY == 0 and _from_file(made, pack) != judge_book(made.book, pack, {}):
            wrong.append(Problem("the file judged otherwise", made.book.name))
        if report is not None:
            tables, hints = tables + len(report.tables), hints + report.summary.info
            relations += report.summary.checked
        found.update(problem.kind for problem in wrong)
        concerned += [seed] * bool(wrong)
    ends = seeds.start, seeds.stop
    return Consistent(printed, ends, len(seeds), tables, relations, hints, dict(found), tuple(concerned))


def _from_file(made: Generated, pack: Pack) -> Report:
    """The report on the workbook written to a file and read again."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / made.book.name
        write(made.book, path)
        return judge_book(read_package(path), pack, {})


def one_wrong_figure(seeds: range) -> Wrong:
    """One figure of each workbook made wrong beyond what rounding or a last digit explains: whether it is named."""
    pack = load_pack(PACK)
    outcomes = {seed: run(seed, pack, 1) for seed in seeds}
    blamed = {seed: outcome.blamed[0] for seed, outcome in outcomes.items() if outcome is not None}
    missed = tuple([
        f"{seed}：{one.damage.cell} {one.damage.before} → {one.damage.after}（{one.damage.slip}）"
        for seed, one in blamed.items() if not one.named
    ])
    return Wrong(
        (seeds.start, seeds.stop), len(blamed), len(seeds) - len(blamed), sum(one.named for one in blamed.values()),
        sum(one.first for one in blamed.values()), missed,
    )


def added(one: Consistent, other: Consistent) -> Consistent:
    """Two runs over seeds that follow one another."""
    problems = Counter(one.problems) + Counter(other.problems)
    return Consistent(
        one.printed, (one.seeds[0], other.seeds[1]), one.books + other.books, one.tables + other.tables,
        one.relations + other.relations, one.hints + other.hints, dict(problems), one.concerned + other.concerned,
    )


def added_wrong(one: Wrong, other: Wrong) -> Wrong:
    """Two runs over seeds that follow one another."""
    return Wrong(
        (one.seeds[0], other.seeds[1]), one.books + other.books, one.given_up + other.given_up,
        one.found + other.found, one.first + other.first, one.missed + other.missed,
    )
