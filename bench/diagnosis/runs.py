"""Generated workbooks, right and damaged, and what gouji makes of each."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.generator.books import Generated, generated
from bench.generator.damage import Damage, Damaged, damaged, equations_of
from bench.generator.excel import write
from gouji.binding.bind import bind
from gouji.cases.coverage import Standing, coverage
from gouji.checking.check import check
from gouji.diagnosis.suspects import Suspects
from gouji.figures import MONEY_UNITS, Rounding, power_of_ten, round_half_away
from gouji.flow import forms_of, judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.model import Pack
from gouji.report.model import Explanation, Report, SuspectCell
from gouji.sheet import Book, CellRef
from gouji.tables.recognise import recognise

PACK = "mof-2020"
CERTAIN: frozenset[Standing] = frozenset({"located"})


class Clean(NamedTuple):
    """A consistent workbook: how many findings of each kind it got, and whether printed zeros explain all hints."""

    seed: int
    errors: int
    warnings: int
    hints: int
    unexplained_hints: int
    complete: bool


class Blamed(NamedTuple):
    """What became of one damaged figure.

    ``named``: some finding reads it. ``first``: it is a cause in what is proposed first for its findings; ``listed``:
    in something that is proposed. ``proposed``: the true value is among those proposed for it first.
    """

    damage: Damage
    standing: Standing
    named: bool
    first: bool
    listed: bool
    proposed: bool


class Run(NamedTuple):
    """A damaged workbook.

    ``exact``: what is proposed first are just the damaged cells. ``ties``: how many proposals have as few causes as
    the first. ``wrong``: a proposal that claims to be the only one blames a cell that is right.
    """

    seed: int
    blamed: tuple[Blamed, ...]
    exact: bool
    ties: int
    wrong: bool
    complete: bool


def clean(seed: int, pack: Pack) -> Clean:
    """The report on a consistent workbook."""
    made = generated(seed)
    report = judge_book(made.book, pack, {})
    hidden = made.hidden_zeros()
    hints = [finding for finding in report.findings if finding.severity == "info"]
    without = sum(not hidden & set(finding.cells) for finding in hints)
    return Clean(seed, report.summary.error, report.summary.warning, len(hints), without, report.complete)


def spoiled(seed: int, pack: Pack, count: int) -> tuple[Generated, Damaged, dict[CellRef, Standing]] | None:
    """A consistent workbook with ``count`` figures made wrong, and how each figure stands in the rules."""
    made = generated(seed)
    recognition = recognise(made.book, forms_of(pack))
    equations = equations_of(bind(pack, recognition, dict(pack.params)).instances)
    found = damaged(made, equations, Random(seed), count)  # noqa: S311 - reproducible on purpose
    if found is None:
        return None
    return made, found, {one.place.cell: one.standing for one in coverage(pack, recognition).figures}


def run(seed: int, pack: Pack, count: int) -> Run | None:
    """The report on a damaged workbook; ``None`` where it prints too little money to damage."""
    spoilt = spoiled(seed, pack, count)
    if spoilt is None:
        return None
    made, (book, damages), standings = spoilt
    report = judge_book(book, pack, {})
    chosen = list(_first(report))
    causes = {one.cell for explanation in chosen for one in explanation.cells if not one.carries}
    blamed = tuple(_blamed(one, made, report, chosen, standings[one.cell]) for one in damages)
    exact = causes == {one.cell for one in damages}
    ties = sum(len(_causes(one)) == len(_causes(chosen[0])) for one in report.explanations) if chosen else 0
    spoilt_cells = {one.cell for one in damages}
    wrong = any(one.unique and not {each.cell for each in _causes(one)} <= spoilt_cells for one in chosen)
    return Run(seed, blamed, exact, ties, wrong, report.complete)


def _first(report: Report) -> Iterator[Explanation]:
    """What a reader follows: proposals from the first on, as long as they explain something not explained yet."""
    explained: set[int] = set()
    for one in report.explanations:
        if not explained.issuperset(one.explains):
            explained.update(one.explains)
            yield one


def _causes(explanation: Explanation) -> list[SuspectCell]:
    return [one for one in explanation.cells if not one.carries]


def _blamed(
    damage: Damage, made: Generated, report: Report, chosen: Sequence[Explanation], standing: Standing
) -> Blamed:
    named = any(damage.cell in finding.cells for finding in report.findings if finding.severity != "info")
    listed = [one for each in report.explanations for one in _causes(each) if one.cell == damage.cell]
    first = [one for each in chosen for one in _causes(each) if one.cell == damage.cell]
    proposed = any(_proposes(one, damage, made) for one in first)
    return Blamed(damage, standing, named, bool(first), bool(listed), proposed)


def _proposes(suspect: SuspectCell, damage: Damage, made: Generated) -> bool:
    """Whether the true value is among those proposed: one of a few, or within the range."""
    exponent = _exponent(made, damage)
    truth = Fraction(made.truths[damage.cell].fen, 100) / power_of_ten(exponent)
    values = [Fraction(value) for value in suspect.values]
    if suspect.wide:
        return (len(values) < 2 or values[0] <= truth <= values[-1]) and bool(values)
    rounded = [round_half_away(truth, _decimals(text)) for text in suspect.values]
    return any(value == right for value, right in zip(values, rounded, strict=True))


def _exponent(made: Generated, damage: Damage) -> int:
    table = made.truths[damage.cell].table
    style = next(t.style for t in made.tables if (t.table, t.sheet) == (table, damage.cell.sheet)).money
    return style.exponent - 2


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


class Timed(NamedTuple):
    """Processor time for one workbook, in seconds: reading the file, the whole run up to the verdicts, diagnosis."""

    read: float
    judge: float
    diagnose: float

    @property
    def ratio(self) -> float:
        """Diagnosis, reading being 1."""
        return self.diagnose / self.read


def timed(book: Book, folder: Path, pack: Pack) -> Timed:
    """How long diagnosis takes beside reading the same workbook from a file."""
    path = folder / "book.xlsx"
    write(book, path)
    money = MONEY_UNITS[pack.unit].exponent
    began = time.process_time()
    read = read_package(path)
    after_reading = time.process_time()
    recognition = recognise(read, forms_of(pack))
    binding = bind(pack, recognition, dict(pack.params))
    judged = check(binding.open, money, Rounding(pack.rounding))
    after_judging = time.process_time()
    suspects = Suspects(judged, binding, recognition, money)
    assert suspects.explanations is not None
    assert suspects.contradictions is not None
    done = time.process_time()
    return Timed(after_reading - began, after_judging - after_reading, done - after_judging)
