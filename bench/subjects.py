"""What is measured, on the example with 18 sheets: annotating, a cold process, and the stages of a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl

import gouji
from bench.timing import Ratio, Run, Times, as_process, in_process, interleaved, ratio, together
from gouji.binding.bind import bind
from gouji.binding.known import layout
from gouji.checking.check import check
from gouji.figures import MONEY_UNITS, Rounding
from gouji.flow import forms_of, validate
from gouji.hosts.package.reading import read_package
from gouji.hosts.package.writing import annotate_package
from gouji.packs import load_pack
from gouji.report import notes
from gouji.report.compose import compose
from gouji.tables import prints
from gouji.tables.recognise import recognise

EXAMPLE = Path(__file__).resolve().parents[1] / "templates" / "examples" / "heilongjiang-2020.xlsx"
PACK = "heilongjiang-2020"
STAGES = ("recognise", "bind", "check")
_ONLY_LOAD = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"


class Result(NamedTuple):
    """One comparison: ``ratio`` is how many times faster we are; ``floor`` is what it must reach, if anything."""

    chinese: str
    english: str
    ratio: Ratio
    floor: float | None = None

    @property
    def reached(self) -> bool:
        """Whether the floor, where there is one, is reached."""
        return self.floor is None or self.ratio.median >= self.floor


class Stage(NamedTuple):
    """A stage of a run beside reading the same workbook: how many times as long it takes."""

    chinese: str
    english: str
    ratio: Ratio


class Measured(NamedTuple):
    """Everything that one run measures."""

    results: list[Result]
    stages: list[Stage]


def measure(folder: Path, rounds: int) -> Measured:
    """Measure everything; ``folder`` takes the files that are written on the way."""
    stages = interleaved(_stages(), 4 * rounds)
    shares = list(_shares(stages))
    shares.insert(len(STAGES), _first_met(2 * rounds))
    return Measured([*_annotating(folder, rounds), _cold(folder, rounds), _deciding(stages)], shares)


def _annotating(folder: Path, rounds: int) -> Iterable[Result]:
    ours, theirs = folder / "ours.xlsx", folder / "theirs.xlsx"
    found = notes.cell_notes(gouji.validate(EXAMPLE))
    times = interleaved({
        "annotate": in_process(lambda: gouji.annotate(EXAMPLE, out=ours)),
        "write": in_process(lambda: annotate_package(EXAMPLE, found, out=ours)),
        "openpyxl": in_process(lambda: openpyxl.load_workbook(EXAMPLE).save(theirs)),
    }, rounds)  # fmt: skip
    yield Result(
        "`annotate`（读、核对、写批注）对 openpyxl 只读入再存出", "annotate, against load and save by openpyxl",
        ratio(times["openpyxl"], times["annotate"]), 8,
    )  # fmt: skip
    yield Result(
        "其中只写批注（报告已有）对 openpyxl 只读入再存出",
        "writing the notes alone, against load and save by openpyxl",
        ratio(times["openpyxl"], times["write"]),
    )  # fmt: skip


def _cold(folder: Path, rounds: int) -> Result:
    """Both processes find their modules compiled, as installed packages are, and gouji its pack in the cache."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = {**kept, "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "XDG_CACHE_HOME": str(folder / "cache")}
    ours = (sys.executable, "-m", "gouji", "validate", str(EXAMPLE))
    theirs = (sys.executable, "-c", _ONLY_LOAD, str(EXAMPLE))
    times = interleaved({
        "gouji": as_process(ours, environment, frozenset({0, 1})),
        "openpyxl": as_process(theirs, environment, frozenset({0})),
    }, rounds)  # fmt: skip
    return Result(
        "新进程 `gouji validate` 对只用 openpyxl 读入的新进程",
        "a cold gouji validate, against a process that only loads with openpyxl",
        ratio(times["openpyxl"], times["gouji"]), 1,
    )  # fmt: skip


def _stages() -> Mapping[str, Run]:
    pack = load_pack(PACK)
    forms, money, rounding = forms_of(pack), MONEY_UNITS[pack.unit].exponent, Rounding(pack.rounding)
    params: dict[str, Decimal | str] = {**pack.params, "年度": Decimal(pack.year or 0)}
    book = read_package(EXAMPLE)
    recognition = recognise(book, forms)
    binding = bind(pack, recognition, params)
    judged = check(binding.open, money, rounding)
    return {
        "read": in_process(lambda: read_package(EXAMPLE)),
        "recognise": in_process(lambda: recognise(book, forms)),
        "bind": in_process(lambda: bind(pack, recognition, params)),
        "check": in_process(lambda: check(binding.open, money, rounding)),
        "compose": in_process(
            lambda: compose(book, pack, recognition, binding, judged, money, details=False)
        ),
        "validate": in_process(lambda: validate(EXAMPLE, details=False)),
    }


def _first_met(rounds: int) -> Stage:
    """Recognition, binding and checking of a workbook whose print was never met."""
    pack, book = load_pack(PACK), read_package(EXAMPLE)
    params: dict[str, Decimal | str] = {**pack.params, "年度": Decimal(pack.year or 0)}
    money, rounding = MONEY_UNITS[pack.unit].exponent, Rounding(pack.rounding)

    def first() -> None:
        prints.forget()
        layout.forget()
        check(bind(pack, recognise(book, forms_of(pack)), params).open, money, rounding)

    times = interleaved({"read": in_process(lambda: read_package(EXAMPLE)), "first": in_process(first)}, rounds)
    share = ratio(times["first"], times["read"])
    return Stage("以上三项，版式第一次见时", "these three, for a layout not met before", share)


def _deciding(stages: Times) -> Result:
    return Result(
        "识别 + 绑定 + 判断 对读入同一工作簿", "recognition, binding and checking, against reading the same workbook",
        ratio(stages["read"], together(stages, STAGES)), 1,
    )  # fmt: skip


def _shares(stages: Times) -> Iterable[Stage]:
    named = {
        "recognise": ("识别表式", "recognition"),
        "bind": ("绑定规则", "binding"),
        "check": ("判断", "checking"),
        "compose": ("归因与报告", "diagnosis and report"),
        "validate": ("整个 `validate`", "all of validate"),
    }
    for name, (chinese, english) in named.items():
        yield Stage(chinese, english, ratio(stages[name], stages["read"]))
