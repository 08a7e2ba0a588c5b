"""The real disclosure as one system: the two wrong cells, and nothing else, explain it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from gouji.binding.bind import bind
from gouji.binding.bound import Arithmetic, Constant, Instance
from gouji.checking.check import Judged, Verdict, check, judge
from gouji.diagnosis.delta import Range
from gouji.diagnosis.explain import printable, ranges, troubles
from gouji.diagnosis.gather import Gathered
from gouji.diagnosis.printing import of_units
from gouji.figures import PERCENT, WAN_YUAN, Interval, Rounding
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.sheet import CellRef
from gouji.tables.recognise import recognise

from ..checking.builders import figure, instance, single, term, total
from .whole_system import gather

EXAMPLES = Path(__file__).parents[2] / "templates" / "examples"
MONEY = WAN_YUAN.exponent


def judged_tables(name: str) -> list[Judged]:
    """The relations of the nine tables of an example."""
    pack = load_pack("heilongjiang-2020")
    found = bind(pack, recognise(read_package(EXAMPLES / name), forms_of(pack)), dict(pack.params))
    judged = check(found.instances, MONEY, Rounding.HALF_AWAY)
    return [one for one in judged if "绩效" not in one.instance.table.definition.name]


def explained(gathered: Gathered) -> list[list[list[tuple[str, str, str, list[str]]]]]:
    """For each part and each set: table, address, range in 元 and what each cell could print."""
    found = troubles(gathered.system)
    assert found is not None
    assert all(one.complete for one in found)
    return [
        [
            [_cell(gathered, v, truths)
             for v, truths in ranges(gathered.system, one.members, chosen).items()]
            for chosen in one.explanations
        ]
        for one in found
    ]  # fmt: skip


def _cell(gathered: Gathered, v: int, truths: Range) -> tuple[str, str, str, list[str]]:
    own = gathered.terms[v]

    def interval(units: int) -> Interval:
        return of_units(own.figure, units).interval()

    units = printable(truths, own.figure.ulp, interval).listed()
    printed = [of_units(own.figure, n).printed() for n in units]
    return own.table.definition.name, own.cell.address, str(truths), printed


@pytest.fixture(scope="module")
def gathered() -> Gathered:
    return gather(judged_tables("heilongjiang-2020.xlsx"), MONEY)


def test_the_two_wrong_cells_are_the_only_explanations(gathered: Gathered) -> None:
    assert explained(gathered) == [
        [[("收入表", "C11", "(18888500, 18890000)", ["1,888.9", "1,889.0"])]],
        [[("三公", "A8", "[298500, 301500)", ["29.9", "30.0", "30.1"])]],
    ]


def test_each_conflict_is_one_sum(gathered: Gathered) -> None:
    found = troubles(gathered.system) or []
    conflicts = [[conflict.figures for conflict in one.conflicts] for one in found]
    cells = [[sorted(gathered.terms[v].cell.address for v in figures) for figures in one] for one in conflicts]
    assert cells == [[["C11", "D11", "E11", "F11", "G11", "H11", "I11"]], [["A8", "C8"]]]


def test_the_corrected_tables_can_all_be_right() -> None:
    corrected = gather(judged_tables("heilongjiang-2020-corrected.xlsx"), MONEY)
    assert len(corrected.system.conditions) > 400
    assert troubles(corrected.system) == []


def system_of(*instances: Instance) -> Gathered:
    return gather([judge(one, MONEY) for one in instances], MONEY)


def test_what_a_check_forgave_is_forgiven() -> None:
    hidden = instance(single(1, figure("1")), "=", total(*(term(n, figure("0")) for n in (2, 3, 4))))
    for zeros, consistent in (((2, 3), True), ((2,), False)):
        hint = tuple(CellRef("表", n, 1) for n in zeros)
        assert (troubles(gather([Judged(hidden, Verdict.ADJUSTED, hint)], MONEY).system) == []) is consistent
    two_prints = instance(single(5, figure("326.71")), "=", single(6, figure("326.72")))
    assert judge(two_prints, MONEY).verdict is Verdict.ADJUSTED
    assert troubles(system_of(two_prints).system) == []


def test_a_truncated_rate_is_forgiven() -> None:
    rate = instance(
        single(1, figure("66.6", unit=PERCENT)), "=",
        Arithmetic("/", single(2, figure("2", exact=True)), single(3, figure("3", exact=True))),
    )  # fmt: skip
    for verdict, consistent in ((Verdict.TRUNCATED, True), (Verdict.ADJUSTED, True), (Verdict.FAILS, False)):
        forgiven = gather([Judged(rate, verdict, (CellRef("表", 1, 1),))], MONEY)
        assert (troubles(forgiven.system) == []) is consistent


def test_a_printed_rate_is_bound_to_the_amounts_it_was_made_of() -> None:
    rate = instance(
        single(1, figure("98.73", unit=PERCENT)), "=",
        Arithmetic("/", single(2, figure("4.00", unit=WAN_YUAN)), single(3, figure("5.06", unit=WAN_YUAN))),
    )  # fmt: skip
    assert explained(system_of(rate)) == [
        [
            [("试表", "A1", "(799/1013, 267/337)", ["78.87%", "79.23%"])],
            [("试表", "A2", "[49905.4875, 50009.2775)", ["4.99", "5.00"])],
            [("试表", "A3", "(799000000/19747, 160200000/3949)", ["4.05", "4.06"])],
        ]
    ]


def test_not_negative_is_a_limit_of_released_figures() -> None:
    sums = instance(single(1, figure("1")), "=", total(term(2, figure("5")), term(3, figure("2"))))
    signs = [instance(single(n, figure(text)), ">=", Constant(Fraction(0), "0")) for n, text in ((2, "5"), (3, "2"))]
    assert [[one[0][1] for one in part] for part in explained(system_of(sums))] == [["A1", "A2", "A3"]]
    assert [[one[0][1] for one in part] for part in explained(system_of(sums, *signs))] == [["A1"]]
