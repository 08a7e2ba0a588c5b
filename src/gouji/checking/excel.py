"""A rule instance as an Excel formula over the real cells, with the exact verdict as its value.

The formula gives TRUE exactly when :func:`gouji.checking.check.judge` says that the instance holds or is not formed,
and FALSE when it fails, even if by an adjusted last digit, a truncated rate or a divisor that is zero. It stays right
when other figures of the same decimals are typed: which figures are zero, and therefore exact, is asked of the cells.

What it cannot ask of the cells is written with the values of now: numbers typed as text (``10分``, ``47.06%``),
targets, 有, 达标 and texts that print with spaces or full width. There is no other safe way: Excel's own VALUE reads
them differently from place to place.
"""

from __future__ import annotations

from dataclasses import dataclass

from gouji.binding.bound import Applied, Bound, Compared, Instance, Truth, Words
from gouji.checking.decide import MIRRORED, OPPOSITE
from gouji.checking.excel_cells import NoExcelForm, in_sheet
from gouji.checking.excel_compare import Test, compared, needed_text, rate_test
from gouji.checking.excel_sums import Branch, branches
from gouji.figures import Rounding
from gouji.language.ast import Comparison
from gouji.sheet import CellKind

LONGEST_FORMULA = 8192
LONGEST_TEXT = 255


def excel_form(
    instance: Instance, money: int, *, sheet: str | None = None, rounding: Rounding = Rounding.HALF_AWAY
) -> str | None:
    """The formula with its ``=``, or ``None`` where none is sure to give the exact verdict.

    ``money`` is the exponent of the pack's unit, ``sheet`` the sheet the formula is to stand on (references to other
    sheets name them; without it the sheet of the instance's table). Only 四舍五入 has an Excel form.
    """
    if rounding is not Rounding.HALF_AWAY:
        return None
    writer = _Writer(instance.table.sheet.name if sheet is None else sheet, money, instance)
    try:
        formula = "=" + writer.instance_text()
    except NoExcelForm:
        return None
    return formula if len(formula) <= LONGEST_FORMULA else None


@dataclass(frozen=True)
class _Writer:
    """Writes the relation of one instance for one sheet; mirrors :mod:`gouji.checking.decide` test by test."""

    sheet: str
    money: int
    instance: Instance

    def instance_text(self) -> str:
        """The check, inside ``IF(when, check, TRUE)`` where the rule has a ``when``."""
        check = self._possible(self.instance.relation, alone=True)
        if self.instance.when is None:
            return check
        return f"IF({self._certain(self.instance.when)},{check},TRUE)"

    def _possible(self, bound: Bound, *, alone: bool = False) -> str:
        """Whether some truth makes ``bound`` hold. ``alone``: nothing else is asked, so a divisor may end it all."""
        match bound:
            case Truth(value):
                return "TRUE" if value else "FALSE"
            case Applied("AND" | "OR" as function, arguments):
                return f"{function}({','.join(self._possible(a) for a in arguments)})"
            case Applied("NOT", (argument,)):
                return f"NOT({self._certain(argument)})"
            case Compared(comparison, left, right):
                return self._comparison(comparison, left, right, alone=alone)
            case _:
                raise NoExcelForm

    def _certain(self, bound: Bound) -> str:
        """Whether every truth makes ``bound`` hold."""
        match bound:
            case Applied("AND" | "OR" as function, arguments):
                return f"{function}({','.join(self._certain(a) for a in arguments)})"
            case Applied("NOT", (argument,)):
                return f"NOT({self._possible(argument)})"
            case Compared("=", left, right) if not _is_yes_no(left, right):
                below, above = self._comparison("<", left, right), self._comparison(">", left, right)
                return f"NOT(OR({below},{above}))"
            case Compared(comparison, left, right):
                return f"NOT({self._comparison(OPPOSITE[comparison], left, right)})"
            case _:
                return self._possible(bound)

    def _comparison(self, comparison: Comparison, left: Bound, right: Bound, *, alone: bool = False) -> str:
        if isinstance(left, Words) and isinstance(right, Words):
            same = f"EXACT({self._words(left)},{self._words(right)})"
            return same if comparison == "=" else f"NOT({same})"
        if _is_logical(left) and _is_logical(right):
            return self._truth_values(comparison, left, right)
        pairs = [(a, b) for a in branches(left, self.sheet) for b in branches(right, self.sheet)]
        text = ""
        for a, b in reversed(pairs):
            test = self._test(comparison, a, b)
            if test.guard and not alone:
                raise NoExcelForm
            text = _tried_first(test, [needed_text(needed) for needed in a.needs + b.needs], text)
        return text

    def _words(self, words: Words) -> str:
        """The cell where it holds just these characters, else the text as it was read."""
        table = self.instance.table
        if words.cell is not None and words.cell.sheet == table.sheet.name:
            cell = table.sheet.at(words.cell)
            if (cell is None and not words.text) or (cell and cell[:2] == (CellKind.TEXT, words.text)):
                return in_sheet(words.cell, self.sheet)
        if len(words.text) > LONGEST_TEXT:
            raise NoExcelForm
        return '"' + words.text.replace('"', '""') + '"'

    def _truth_values(self, comparison: Comparison, left: Bound, right: Bound) -> str:
        can, cannot = [self._possible(left), self._possible(right)], [self._certain(left), self._certain(right)]
        false = [f"NOT({text})" for text in cannot]
        if comparison == "=":
            return f"OR(AND({can[0]},{can[1]}),AND({false[0]},{false[1]}))"
        return f"OR(AND({can[0]},{false[1]}),AND({false[0]},{can[1]}))"

    def _test(self, comparison: Comparison, left: Branch, right: Branch) -> Test:
        if left.divisor is not None:
            left, right, comparison = right, left, MIRRORED[comparison]
        if left.divisor is not None:
            raise NoExcelForm
        if right.divisor is not None:
            return rate_test(comparison, left.dividend, right.dividend, right.divisor, self.money)
        difference = left.dividend.plus(right.dividend, -1)
        return Test(compared(comparison, difference.in_money(self.money, money=difference.has_money)))


def _is_yes_no(left: Bound, right: Bound) -> bool:
    return isinstance(left, Words) or isinstance(right, Words) or _is_logical(left)


def _is_logical(bound: Bound) -> bool:
    return isinstance(bound, (Truth, Compared)) or (
        isinstance(bound, Applied) and bound.function in {"AND", "OR", "NOT"}
    )


def _tried_first(test: Test, needs: list[str], rest: str) -> str:
    """This branch where it is needed, else the rest; a divisor that may be zero is looked at before anything else."""
    if test.guard:
        text = f"IF({test.guard},{test.guarded},{_either(test.text, rest)})"
        return f"IF({_both(needs)},{text},{rest or 'FALSE'})" if needs else text
    return _either(_both([*needs, test.text]), rest)


def _both(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"AND({','.join(texts)})"


def _either(text: str, rest: str) -> str:
    if not rest:
        return text
    inside = rest[3:-1] if rest.startswith("OR(") and rest.endswith(")") else rest
    return f"OR({text},{inside})"
