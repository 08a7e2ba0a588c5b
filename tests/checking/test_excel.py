"""How relations are written as Excel formulas, text by text, and which are not written at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Constant, Many, Nothing, Single, Truth, Words
from gouji.checking.check import Verdict, judge
from gouji.checking.excel import excel_form
from gouji.figures import BARE, PERCENT, POINTS, WAN_YUAN, YUAN, Rounding
from gouji.language.ast import Comparison
from gouji.sheet import Cell, CellKind, CellRef
from tests.checking.excel_cases import WAN, Case, Drawn, Relation


def written(drawn: Sequence[Drawn], relation: Relation, when: Relation | None = None) -> str | None:
    """The formula on the sheet of the first figure; the figures stand in A7, B7, C7 …"""
    return excel_form(Case(tuple(drawn), relation, when).placed(7)[0], WAN)


def amount(digits: int, decimals: int = 1) -> Drawn:
    return Drawn(digits, decimals, WAN_YUAN)


def is_sum(comparison: Comparison = "=") -> Relation:
    """The first against the sum of the rest."""
    return lambda cells: Compared(comparison, cells[0], Applied("SUM", (Many(tuple(c.term for c in cells[1:])),)))


def test_a_total_is_compared_in_last_places_with_half_of_one_for_each_figure_that_is_not_zero() -> None:
    formula = written([amount(39720), amount(39718), amount(1), amount(0)], is_sum())
    assert formula == (
        '=ABS(ROUND((A7-SUM(B7:D7))*10,0))<MAX(1,0.5*(COUNTIF(A7:D7,">0")+COUNTIF(A7:D7,"<0")))'
    )


@pytest.mark.parametrize(
    ("comparison", "text"),
    [
        ("<=", "=ROUND((A7-B7)*10,0)<MAX(1,0.5*(COUNTIF(A7:B7,\">0\")+COUNTIF(A7:B7,\"<0\")))"),
        (">=", "=ROUND((A7-B7)*10,0)>-MAX(1,0.5*(COUNTIF(A7:B7,\">0\")+COUNTIF(A7:B7,\"<0\")))"),
        ("<", "=ROUND((A7-B7)*10,0)-0.5*(COUNTIF(A7:B7,\">0\")+COUNTIF(A7:B7,\"<0\"))<0"),
        (">", "=ROUND((A7-B7)*10,0)+0.5*(COUNTIF(A7:B7,\">0\")+COUNTIF(A7:B7,\"<0\"))>0"),
        ("<>", "=ROUND((A7-B7)*10,0)<>0"),
    ],
)
def test_orders_reach_as_far_as_rounding_and_unequal_compares_what_is_printed(
    comparison: Comparison, text: str
) -> None:
    assert written([amount(5), amount(6)], is_sum(comparison)) == text


def test_cells_on_another_sheet_carry_its_name_quoted() -> None:
    formula = written([amount(5), replace(amount(5), elsewhere=True)], is_sum())
    assert formula == "=ABS(ROUND((A7-'别''表'!B7)*10,0))<MAX(1,0.5*((A7<>0)+('别''表'!B7<>0)))"


def test_amounts_of_different_units_are_brought_to_the_finest_place() -> None:
    formula = written([amount(15, 2), Drawn(150000, 2, YUAN)], is_sum())
    assert formula == "=ABS(ROUND(A7*1000000-B7*100,0))<MAX(1,5000*(A7<>0)+0.5*(B7<>0))"


def test_a_line_that_is_not_printed_drops_out() -> None:
    relation: Relation = lambda cells: Compared("=", cells[0], Arithmetic("+", cells[1], Nothing("无")))  # noqa: E731
    assert written([amount(5), replace(amount(5), elsewhere=True)], relation) == written(
        [amount(5), replace(amount(5), elsewhere=True)], is_sum()
    )


def test_a_dash_is_read_through_sum_and_a_number_in_text_is_written_out() -> None:
    dash = replace(amount(0), held="dash", elsewhere=True)
    assert written([amount(5), dash], is_sum()) == (
        "=ABS(ROUND((A7-SUM('别''表'!B7))*10,0))<MAX(1,0.5*((A7<>0)+(SUM('别''表'!B7)<>0)))"
    )
    assert written([amount(39718), replace(amount(39718), held="text")], is_sum()) == (
        "=ABS(ROUND(A7*10,0)-39718)<MAX(1,0.5*(A7<>0)+0.5)"
    )


def test_the_result_of_a_formula_counts_as_printed() -> None:
    formula = written([amount(5), replace(amount(5), held="computed")], is_sum())
    assert formula == "=ABS(ROUND((A7-ROUND(B7,1))*10,0))<MAX(1,0.5*((A7<>0)+(ROUND(B7,1)<>0)))"


def test_exact_figures_have_no_width() -> None:
    marks = Drawn(10, 0, POINTS, exact=True)
    assert written([marks, marks], is_sum()) == "=ROUND((A7-B7)*100,0)=0"
    score = Drawn(971, 2, POINTS)
    assert written([score, marks], is_sum("<=")) == "=ROUND((A7-B7)*100,0)<MAX(1,0.5*(A7<>0))"


def test_ends_are_counted_where_an_exact_number_is_finer_than_the_figures() -> None:
    def relation(cells: Sequence[Single]) -> Bound:
        return Compared("<=", cells[0], Constant(Fraction(5, 100), "0.05"))

    assert written([amount(1)], relation) == "=(ROUND(A7*40,0)-2)-2*(A7<>0)+(A7<0)<=0"
    instance = Case((amount(1),), relation).placed(7)[0]
    assert judge(instance, WAN).verdict is Verdict.HOLDS  # the truth may be 0.05 itself


def test_very_long_amounts_are_rounded_cell_by_cell() -> None:
    long = Drawn(123_456_789_012_345, 2, YUAN)
    assert written([long, long, long], is_sum()) == (
        "=ABS(ROUND(A7*100,0)-SUMPRODUCT(ROUND(B7:C7*100,0)))"
        '<MAX(1,0.5*(COUNTIF(A7:C7,">0")+COUNTIF(A7:C7,"<0")))'
    )


def test_a_rate_is_held_against_both_of_its_ends() -> None:
    def relation(cells: Sequence[Single]) -> Bound:
        return Compared("=", cells[0], Arithmetic("/", cells[1], cells[2]))

    rate = Drawn(4706, 2, PERCENT, held="percent")
    low, high = "(ROUND(A7*20000,0)-(A7<>0))", "(ROUND(A7*20000,0)+(A7<>0))"
    assert written([rate, amount(7529, 2), amount(16000, 2)], relation) == (
        "=IF(C7=0,A7=0,AND("
        f"SIGN(C7)*(20000*ROUND(B7*200,0)-{low}*ROUND(C7*200,0))>-MAX(1,20000*(B7<>0)+ABS{low}*(C7<>0)),"
        f"SIGN(C7)*(20000*ROUND(B7*200,0)-{high}*ROUND(C7*200,0))<MAX(1,20000*(B7<>0)+ABS{high}*(C7<>0))))"
    )


def test_a_rate_under_a_percent_heading_is_stored_a_hundredfold() -> None:
    stored = Drawn(4706, 2, PERCENT)
    assert written([stored, replace(stored, held="percent", elsewhere=True)], is_sum()) == (
        "=ABS(ROUND(A7*100-'别''表'!B7*10000,0))<MAX(1,0.5*((A7<>0)+('别''表'!B7<>0)))"
    )


def test_every_branch_of_min_that_rounding_allows_is_tried() -> None:
    def relation(cells: Sequence[Single]) -> Bound:
        least = Applied("MIN", (cells[1], Constant(Fraction(1), "100%")))
        return Compared("=", cells[0], Arithmetic("*", least, cells[2]))

    marks = Drawn(10, 0, POINTS, exact=True, held="text")
    assert written([Drawn(471, 2, POINTS), Drawn(4706, 2, PERCENT, held="percent"), marks], relation) == (
        "=OR(AND(ROUND(B7*20000,0)-(B7<>0)<20000+(1*(B7<>0)=0),"
        "ABS(ROUND(A7*1000-B7*10000,0))<MAX(1,5*(A7<>0)+0.5*(B7<>0))),"
        "AND(20000<ROUND(B7*20000,0)+(B7<>0),ABS(ROUND(A7*100,0)-1000)<MAX(1,0.5*(A7<>0))))"
    )


def test_when_wraps_the_check() -> None:
    formula = written([amount(5), amount(5)], is_sum(), lambda _: Applied("NOT", (Truth(True, ("达标", "met")),)))
    assert formula is not None
    assert formula.startswith("=IF(NOT(TRUE),ABS(ROUND((A7-B7)*10,0))<")
    assert formula.endswith(",TRUE)")


def test_texts_are_compared_exactly_where_the_cell_holds_just_them() -> None:
    instance, _ = Case((amount(5),), is_sum()).placed(7)
    sheet = instance.table.sheet
    cells = {**sheet.cells, (1, 1): Cell(CellKind.TEXT, "等于"), (1, 2): Cell(CellKind.TEXT, "等 于")}
    table = replace(instance.table, sheet=replace(sheet, cells=cells))

    def formula(comparison: Comparison, column: int) -> str | None:
        compared = Compared(comparison, Words("等于", CellRef(sheet.name, 1, column)), Words('"等于"'))
        return excel_form(instance._replace(table=table, relation=compared), WAN)

    assert formula("=", 1) == '=EXACT(A1,"""等于""")'
    assert formula("<>", 2) == '=NOT(EXACT("等于","""等于"""))'


def test_what_cannot_be_written_surely_has_no_formula() -> None:
    def product(cells: Sequence[Single]) -> Bound:
        return Compared("=", cells[0], Arithmetic("*", cells[1], cells[2]))

    def beside_another(cells: Sequence[Single]) -> Bound:
        quotient = Compared("=", cells[0], Arithmetic("/", cells[1], cells[2]))
        return Applied("OR", (quotient, Truth(True, ("有", "given"))))

    three = [amount(4), amount(2), amount(2)]
    assert written(three, product) is None
    assert written(three, beside_another) is None
    assert written([Drawn(10**15, 2, YUAN), Drawn(10**15, 2, YUAN)], is_sum()) is None
    assert written([amount(1) for _ in range(3)], is_sum()) is not None
    assert written([replace(amount(1), elsewhere=bool(n % 2)) for n in range(1200)], is_sum()) is None


def test_only_rounding_half_away_has_a_formula() -> None:
    instance, _ = Case((amount(5), amount(5)), is_sum()).placed(7)
    assert excel_form(instance, WAN, rounding=Rounding.TRUNCATED) is None


def test_a_share_of_a_count_reads_both_cells() -> None:
    def relation(cells: Sequence[Single]) -> Bound:
        share = Arithmetic("/", cells[1], Constant(Fraction(50), "50", money=True))
        return Compared("=", cells[0], Arithmetic("*", cells[2], share))

    count, marks = Drawn(25, 0, BARE, exact=True), Drawn(10, 0, POINTS, exact=True)
    assert written([Drawn(500, 2, POINTS), count, marks], relation) == (
        "=AND(ROUND(A7*1000000-B7*C7*20000,0)-5000*(A7<>0)+(A7<0)<=0,"
        "ROUND(A7*1000000-B7*C7*20000,0)+5000*(A7<>0)-(A7>0)>=0)"
    )
