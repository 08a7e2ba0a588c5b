"""Generated workbooks: consistent ones, with an adjusted last digit, and with one figure made wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Literal, NamedTuple, TypeAlias

from bench.diagnosis.runs import run
from bench.generator.books import generated, truncated
from bench.generator.damage import adjusted
from bench.generator.outcome import problems
from gouji.flow import judge_book
from gouji.packs.load import load_pack
from gouji.packs.model import Pack

Print: TypeAlias = Literal["四舍五入", "截断", "尾差调整"]
PACK = "mof-2020"


class Consistent(NamedTuple):
    """What became of consistent workbooks printed in one way.

    ``problems`` counts what should not be, by kind, ``seeds`` those of the books concerned. ``tables``, ``relations``
    and ``hints`` are sums over all.
    """

    printed: Print
    books: int
    tables: int
    relations: int
    hints: int
    problems: Counter[str]
    seeds: tuple[int, ...]


class Wrong(NamedTuple):
    """What became of one wrong figure in each of many workbooks; the missed ones are listed in words."""

    books: int
    given_up: int
    found: int
    first: int
    missed: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of the wrong figures that a finding names."""
        return self.found / self.books if self.books else 1.0


def pack_for(printed: Print) -> Pack:
    """The general pack; it says so where figures are cut off."""
    pack = load_pack(PACK)
    return replace(pack, rounding="截断") if printed == "截断" else pack


def consistent(seeds: Iterable[int], printed: Print) -> Consistent:
    """Every workbook of the seeds printed in one way, judged."""
    pack = pack_for(printed)
    books = tables = relations = hints = 0
    found: Counter[str] = Counter()
    concerned: list[int] = []
    for seed in seeds:
        made = generated(seed, truncated) if printed == "截断" else generated(seed)
        if printed == "尾差调整":
            made = adjusted(made, Random(seed), 1)  # noqa: S311 - reproducible on purpose
        wrong = problems(made, pack)
        report = judge_book(made.book, pack, {}, details=False)
        books, tables = books + 1, tables + len(report.tables)
        relations, hints = relations + report.summary.checked, hints + report.summary.info
        found.update(problem.kind for problem in wrong)
        concerned += [seed] * bool(wrong)
    return Consistent(printed, books, tables, relations, hints, found, tuple(concerned))


def one_wrong_figure(seeds: Iterable[int]) -> Wrong:
    """One figure of each workbook made wrong beyond what rounding or a last digit explains: whether it is named."""
    pack = load_pack(PACK)
    books = given_up = found = first = 0
    missed: list[str] = []
    for seed in seeds:
        outcome = run(seed, pack, 1)
        if outcome is None:
            given_up += 1
            continue
        (blamed,) = outcome.blamed
        books, found, first = books + 1, found + blamed.named, first + blamed.first
        if not blamed.named:
            damage = blamed.damage
            missed.append(f"{seed} {damage.cell} {damage.before} → {damage.after} ({damage.slip})")
    return Wrong(books, given_up, found, first, tuple(missed))
