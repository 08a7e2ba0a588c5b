"""Generated workbooks, right and damaged, and what gouji makes of each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench.generator.books import Generated, generated
from bench.generator.damage import Damage, Damaged, damaged, equations_of, with_cell
from bench.generator.excel import write
from gouji.binding.bind import bind
from gouji.cases.coverage import Standing, coverage
from gouji.checking.check import check
from gouji.diagnosis.suspects import Suspects
from gouji.figures import MONEY_UNITS, Rounding, power_of_ten, round_half_away
from gouji.flow import forms_of, judge_book
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.packs.model import Pack
from gouji.report.model import Explanation, Report, SuspectCell
from gouji.sheet import Book, CellKind, CellRef
from gouji.tables.recognise import recognise

PACK = "mof-2020"


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
    in something that is proposed. ``proposed``: the true value is among those proposed for it first; ``named_value``:
    it is the only one, or the one called most likely.
    """

    damage: Damage
    standing: Standing
    named: bool
    first: bool
    listed: bool
    proposed: bool
    named_value: bool


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
    unlisted: bool
    complete: bool


class Measured(NamedTuple):
    """Everything that one run measures; ``seeds`` are the first of each kind. Times are of every twentieth workbook."""

    clean: list[Clean]
    one: list[Run]
    two: list[Run]
    clean_times: list[Timed]
    one_times: list[Timed]
    two_times: list[Timed]
    ruined_times: list[Timed]


FIRST_SEEDS = {"clean": 100_000, "one": 200_000, "two": 300_000}
FIRST_RUINED = 400_000
EVERY = 20
"""Of so many workbooks one is timed; half as many with every figure wrong."""


def measure(books: int, folder: Path) -> Measured:
    """Judge ``books`` workbooks of each kind; ``folder`` takes files on the way."""
    pack = load_pack(PACK)
    right, one, two = (range(first, first + books) for first in FIRST_SEEDS.values())
    return measure_times(books, folder)._replace(
        clean=[clean(seed, pack) for seed in right],
        one=[each for seed in one if (each := run(seed, pack, 1)) is not None],
        two=[each for seed in two if (each := run(seed, pack, 2)) is not None],
    )


def measure_times(books: int, folder: Path) -> Measured:
    """Only the times: every twentieth of ``books`` workbooks of each kind, and some with every figure wrong."""
    pack = load_pack(PACK)
    right, one, two = (range(first, first + books, EVERY) for first in FIRST_SEEDS.values())

    def damaged_times(seeds: Iterable[int], count: int) -> list[Timed]:
        made = (spoilt(seed, pack, count) for seed in seeds)
        return [timed(found[1].book, folder, pack) for found in made if found is not None]

    return Measured(
        [], [], [],
        [timed(generated(seed).book, folder, pack) for seed in right],
        damaged_times(one, 1), damaged_times(two, 2),
        [timed(ruined(FIRST_RUINED + number), folder, pack) for number in range(len(two) // 2 + 1)],
    )  # fmt: skip


def clean(seed: int, pack: Pack) -> Clean:
    """The report on a consistent workbook."""
    made = generated(seed)
    report = judge_book(made.book, pack, {})
    hidden = made.hidden_zeros()
    hints = [finding for finding in report.findings if finding.severity == "info"]
    without = sum(not hidden & set(finding.cells) for finding in hints)
    return Clean(seed, report.summary.error, report.summary.warning, len(hints), without, report.complete)


def spoilt(seed: int, pack: Pack, count: int) -> tuple[Generated, Damaged, dict[CellRef, Standing]] | None:
    """A consistent workbook with ``count`` figures made wrong, and how each figure stands in the rules."""
    made = generated(seed)
    recognition = recognise(made.book, forms_of(pack))
    binding = bind(pack, recognition, dict(pack.params))
    found = damaged(made, equations_of(binding.instances), Random(seed), count)  # noqa: S311 - reproducible on purpose
    if found is None:
        return None
    return made, found, {one.place.cell: one.standing for one in coverage(pack, recognition, binding).figures}


def ruined(seed: int) -> Book:
    """A generated workbook in which every amount is another one."""
    made = generated(seed)
    rng = Random(seed)  # noqa: S311 - reproducible on purpose
    book = made.book
    for cell in sorted(made.truths):
        printed = next(sheet for sheet in book.sheets if sheet.name == cell.sheet).cells.get((cell.row, cell.column))
        if printed is not None:
            amount = f"{rng.randint(1, 10**7) / 100:.2f}"
            book = with_cell(book, cell, printed._replace(kind=CellKind.NUMBER, text=amount))
    return book


def run(seed: int, pack: Pack, count: int) -> Run | None:
    """The report on a damaged workbook; ``None`` where it prints too little money to damage."""
    found = spoilt(seed, pack, count)
    if found is None:
        return None
    made, (book, damages), standings = found
    report = judge_book(book, pack, {})
    chosen = list(_first(report))
    causes = {one.cell for explanation in chosen for one in explanation.cells if not one.carries}
    blamed = tuple(_blamed(one, made, report, chosen, standings[one.cell]) for one in damages)
    spoilt_cells = {one.cell for one in damages}
    exact = causes == spoilt_cells
    ties = sum(len(_causes(one)) == len(_causes(chosen[0])) for one in report.explanations) if chosen else 0
    wrong = any(one.unique and not {each.cell for each in _causes(one)} <= spoilt_cells for one in chosen)
    unlisted = any("没有列全" in chinese for chinese, _ in report.remarks)
    return Run(seed, blamed, exact, ties, wrong, unlisted, report.complete)


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
    truth = Fraction(made.truths[damage.cell].fen, 100) / power_of_ten(_exponent(made, damage))
    proposed = any(_proposes(one, truth) for one in first)
    sole = [one.plausible or (one.values[0] if len(one.values) == 1 else "") for one in first]
    named_value = any(text and _prints(text, truth) for text in sole)
    return Blamed(damage, standing, named, bool(first), bool(listed), proposed, named_value)


def _proposes(suspect: SuspectCell, truth: Fraction) -> bool:
    """Whether the true value is among those proposed: one of a few, or within the range."""
    if not suspect.wide:
        return any(_prints(text, truth) for text in suspect.values)
    ends = [Fraction(text) for text in suspect.values]
    return len(ends) == 2 and ends[0] <= round_half_away(truth, _decimals(suspect.values[0])) <= ends[1]


def _prints(text: str, truth: Fraction) -> bool:
    return Fraction(text) == round_half_away(truth, _decimals(text))


def _exponent(made: Generated, damage: Damage) -> int:
    table = made.truths[damage.cell].table
    style = next(t.style for t in made.tables if (t.table, t.sheet) == (table, damage.cell.sheet)).money
    return style.exponent - 2


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


class Timed(NamedTuple):
    """Processor time for one workbook, in seconds: reading the file, and diagnosis; whether nothing was cut short."""

    read: float
    diagnose: float
    complete: bool = True

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
    return Timed(after_reading - began, done - after_judging, suspects.complete and not suspects.unlisted)
