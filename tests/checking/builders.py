"""Small imaginary forms for tests of the verdict: figures by name, relations as bound expressions."""

from __future__ import annotations

from gouji.binding.bound import Applied as Apply
from gouji.binding.bound import Bound, Compared, Instance, Many, Single, Term
from gouji.figures import BARE, Figure, Unit
from gouji.language.ast import Comparison, Formula, Text
from gouji.packs.model import Rule
from gouji.sheet import CellRef, Sheet
from gouji.tables.definition import ColumnDefinition, RowDefinition, SectionDefinition, TableDefinition
from gouji.tables.model import Column, Line, Section, Table

COLUMN = ColumnDefinition("金额")
SECTION = SectionDefinition("", (), (COLUMN,), (RowDefinition("甲"),))
DEFINITION = TableDefinition("试表", ("试验表",), (SECTION,))
LINE = Line(0, "甲", "甲", "甲", None, frozenset({"行"}), (), 1, 0, None)
PRINTED = Section(SECTION, {"金额": Column(COLUMN, (1,))}, (LINE,), BARE, 0, {"甲": (0,)})
TABLE = Table(DEFINITION, Sheet("表", {}), (1, 1), (PRINTED,), {}, {}, ("", ""))
RULE = Rule("X01", "试", "试", ("试表",), ())


def figure(text: str, last: int | None = None, unit: Unit = BARE, *, exact: bool = False) -> Figure:
    """A printed figure in ``unit``; its last place is what is printed unless ``last`` says more."""
    whole, _, part = text.partition(".")
    places = len(part)
    own = None if exact else max(places, last or 0) - unit.exponent
    return Figure(int(whole + part), places - unit.exponent, own, unit)


def term(number: int, printed: Figure) -> Term:
    """The figure in row ``number``."""
    return Term(CellRef("表", number, 1), printed, TABLE, PRINTED, LINE, "金额")


def single(number: int, printed: Figure) -> Single:
    """One figure as an expression."""
    return Single(term(number, printed))


def total(*terms: Term) -> Apply:
    """``SUM`` of figures."""
    return Apply("SUM", (Many(terms),))


def instance(left: Bound, comparison: Comparison, right: Bound, when: Bound | None = None) -> Instance:
    """A relation on its own."""
    formula = Formula("试", Text("试"))
    return Instance(RULE, formula, TABLE, PRINTED, LINE, None, Compared(comparison, left, right), when)
