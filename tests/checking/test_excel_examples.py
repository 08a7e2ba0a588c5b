"""Every relation of the examples: the exact verdict and the Excel form asked of the formulas library agree."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from gouji.binding.bind import bind
from gouji.binding.bound import Instance
from gouji.checking.check import Verdict, judge
from gouji.checking.excel import excel_form
from gouji.figures import MONEY_UNITS
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.sheet import Book
from gouji.tables.recognise import recognise
from tests.checking.excel_programs import CHECKS, Library, disagreements

EXAMPLES = Path(__file__).parents[2] / "templates" / "examples"
NAMES = ["heilongjiang-2020", "heilongjiang-2020-corrected"]
PASSES = {Verdict.HOLDS, Verdict.NOT_FORMED, Verdict.UNDECIDED}


@cache
def bound_example(name: str) -> tuple[Book, tuple[Instance, ...], int]:
    """The example's book, all instances of its pack, and the exponent of the pack's unit."""
    pack = load_pack("heilongjiang-2020")
    book = read_package(EXAMPLES / f"{name}.xlsx")
    binding = bind(pack, recognise(book, forms_of(pack)), dict(pack.params))
    return book, binding.instances, MONEY_UNITS[pack.unit].exponent


@cache
def verdicts(name: str) -> dict[str, bool]:
    """Every Excel form of the example with whether the instance passes; all of them have one."""
    _, instances, money = bound_example(name)
    found: dict[str, bool] = {}
    for instance in instances:
        formula = excel_form(instance, money, sheet=CHECKS)
        assert formula is not None, instance.formula.text
        passes = judge(instance, money).verdict in PASSES
        assert found.setdefault(formula, passes) is passes, formula
    return found


def test_the_examples_have_many_relations_that_pass_and_some_that_fail() -> None:
    faulty = verdicts(NAMES[0])
    assert len(faulty) > 1200
    assert 10 <= sum(not passes for passes in faulty.values()) <= 30
    assert all(verdicts(NAMES[1]).values())


@pytest.mark.heavy
@pytest.mark.parametrize("name", NAMES)
def test_the_formulas_library_agrees(name: str) -> None:
    library = Library(bound_example(name)[0].sheets)
    expected = verdicts(name)
    assert disagreements(expected, map(library.value, expected)) == {}


def test_formulas_on_the_tables_own_sheet_name_only_other_sheets() -> None:
    _, instances, money = bound_example(NAMES[0])
    for instance in instances:
        formula = excel_form(instance, money)
        assert formula is not None
        assert f"'{instance.table.sheet.name}'!" not in formula
