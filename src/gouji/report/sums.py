"""The sum as a person redoes it: both sides as decimal texts, and the figures of each with their signs."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from gouji.binding.bound import Applied, Arithmetic, Bound, Compared, Many, Negative, Single, Term, terms_of
from gouji.checking.linear import Form, NotLinear, forms
from gouji.figures import MONEY_UNITS, Figure, decimal_text, power_of_ten
from gouji.report.cell_text import printed_in
from gouji.report.model import Operand
from gouji.report.wording import label_beside


def two_sides(relation: Bound, judged: Term | None, money: int) -> tuple[str, str, str]:
    """Left, right and difference as decimal texts in the unit of the judged cell; "" where there are no numbers."""
    if judged is None or not isinstance(relation, Compared):
        return "", "", ""
    try:
        left, right = (_printed(forms(one_side)[0], judged, money) for one_side in (relation.left, relation.right))
    except (NotLinear, ZeroDivisionError):
        return "", "", ""
    decimals = _decimals(relation, judged)
    unit = power_of_ten(judged.figure.unit.exponent)
    texts = [decimal_text(value / unit, decimals) for value in (left, right, abs(left - right))]
    return texts[0], texts[1], texts[2]


def _printed(form: Form, judged: Term, money: int) -> Fraction:
    """The side as printed in the base unit; numbers of the rule beside an amount are in the pack's unit."""
    dividend = form.dividend
    value = dividend.printed
    if dividend.bare and judged.figure.unit.name in MONEY_UNITS:
        value += dividend.bare * (10**money - 1)
    return value / form.divisor.printed if form.divisor is not None else value


def _decimals(relation: Bound, judged: Term) -> int:
    """As many decimals as the finest figure of the same kind prints."""
    unit = judged.figure.unit
    return max(
        max(f.places if f.last is None else max(f.places, f.last), 0 - unit.exponent) + unit.exponent
        for f in (t.figure for t in terms_of(relation) if _same_kind(t.figure, judged.figure))
    )


def _same_kind(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit


def with_separators(text: str, like: Figure) -> str:
    """A decimal text in the unit of ``like``, as a form prints it."""
    shown = f"{Decimal(text):,f}"
    return shown + "%" if like.unit.name == "%" else shown


def operands_of(relation: Bound, judged: Term) -> list[Operand]:
    """The figures of both sides with their signs, the left side first; none where nothing is compared."""
    if not isinstance(relation, Compared):
        return []
    return _side_operands(relation.left, judged) + _side_operands(relation.right, judged)


def left_count(relation: Bound, judged: Term) -> int:
    """How many of the operands are of the left side."""
    return len(_side_operands(relation.left, judged)) if isinstance(relation, Compared) else 0


def _side_operands(bound: Bound, judged: Term, sign: str = "+") -> list[Operand]:
    """The figures of a side with their signs; the members of a product or quotient are listed as they come."""
    match bound:
        case Single(term):
            return [_operand(sign, term, judged)]
        case Many(terms):
            return [_operand(sign, term, judged) for term in terms]
        case Negative(operand):
            return _side_operands(operand, judged, _opposite(sign))
        case Arithmetic("-", left, right):
            return _side_operands(left, judged, sign) + _side_operands(right, judged, _opposite(sign))
        case Arithmetic(operator, left, right):
            second = {"*": "×", "/": "÷"}.get(operator, sign)
            return _side_operands(left, judged, sign) + _side_operands(right, judged, second)
        case Applied(_, arguments):
            return [operand for argument in arguments for operand in _side_operands(argument, judged, sign)]
        case _:
            return []


def _opposite(sign: str) -> str:
    return {"+": "-", "-": "+"}.get(sign, sign)


def _operand(sign: str, term: Term, judged: Term) -> Operand:
    return Operand(
        sign, label_beside(term, judged), printed_in(term), term.cell,
        term.table.definition.title, term.figure.unit.name,
    )
