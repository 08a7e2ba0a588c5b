"""Findings that only show when relations are put together: one sum that a person can redo."""

from __future__ import annotations

from fractions import Fraction

from gouji.binding.bound import Term
from gouji.diagnosis.joint import Sum
from gouji.figures import decimal_text, power_of_ten
from gouji.report.builtin import BUILTIN
from gouji.report.model import Finding, Operand
from gouji.report.wording import Sentence, label_beside, label_of

JOINT = "joint"
MOST_MEMBERS = 8


def contradiction(found: Sum) -> Finding:
    """The finding of relations that can each hold alone but not together."""
    first = min((term for term, _ in found.members), key=lambda term: term.cell)
    printed, reach = _printed(found), _reach(found)
    said = _sentence(found, first, printed, reach)
    name = BUILTIN[JOINT][0]
    operands = tuple(_operand(term, weight, first) for term, weight in found.members)
    here = f"{first.table.definition.title} {first.cell.address} "
    return Finding(
        rule=JOINT,
        name=name,
        severity="warning",
        table=first.table.definition.title,
        sheet=first.cell.sheet,
        cell=first.cell,
        cells=tuple(dict.fromkeys((first.cell, *(term.cell for term, _ in found.members)))),
        note_at=(first.cell,),
        left=_text(printed, first),
        right="0",
        difference=_text(abs(printed), first),
        comparison="=" if found.exact else ">=",
        message_zh=here + said.chinese,
        message_en=here + said.english,
        formula="；".join(dict.fromkeys(one.instance.formula.text for one in found.relations)),
        excel=None,
        basis=name,
        row_label=label_of(first),
        unit=first.figure.unit.name,
        operands=operands,
        left_count=len(operands),
    )


def _printed(found: Sum) -> Fraction:
    return sum((weight * term.figure.value for term, weight in found.members), found.constant)


def _reach(found: Sum) -> Fraction:
    """How far rounding can move the sum."""
    halves = (abs(weight) * term.figure.ulp / 2 for term, weight in found.members if term.figure.digits)
    return sum(halves, Fraction(0))


def _text(value: Fraction, like: Term) -> str:
    return decimal_text(value / power_of_ten(like.figure.unit.exponent))


def _sentence(found: Sum, first: Term, printed: Fraction, reach: Fraction) -> Sentence:
    rules = list(dict.fromkeys(one.instance.rule.id for one in found.relations))
    total = _sum_text(found, first)
    wanted, wanted_en = ("应为 0", "should be 0") if found.exact else ("应不小于 0", "should not be below 0")
    sums = _text(printed, first), _text(reach, first)
    number, is_edge = len(found.relations), abs(printed) == reach
    at_most, at_most_en = ("带来的不到", "explains less than") if is_edge else ("最多只能带来", "explains at most")
    return Sentence(
        f"{label_of(first)}：{number} 条关系（{'、'.join(rules)}）分开看都说得通，合起来不能同时成立："
        f"把它们相加，{total} {wanted}，按列示的数是 {sums[0]}，而四舍五入{at_most} {sums[1]}。请核对这些格。",
        f"{label_of(first)}: {number} relations ({', '.join(rules)}) can each hold, but not together: added up, "
        f"{total} {wanted_en}; as printed it is {sums[0]}, and rounding {at_most_en} {sums[1]}. "
        "Please check these cells.",
    )


def _sum_text(found: Sum, first: Term) -> str:
    """The sum as a person writes it down: what is zero is left out, a long one cut."""
    counted = [(term, weight) for term, weight in found.members if term.figure.digits]
    parts: list[str] = []
    for term, weight in counted[:MOST_MEMBERS]:
        sign = ("- " if weight < 0 else "+ ") if parts else ("-" if weight < 0 else "")
        times = f"{abs(weight)}×" if abs(weight) != 1 else ""
        place = term.cell.address if term.cell.sheet == first.cell.sheet else str(term.cell)
        parts.append(f"{sign}{times}{place}（{label_beside(term, first)} {term.figure.printed()}）")
    more = f" …（共 {len(counted)} 项）" if len(counted) > MOST_MEMBERS else ""
    return " ".join(parts) + more


def _operand(term: Term, weight: int, first: Term) -> Operand:
    times = f"{abs(weight)}×" if abs(weight) != 1 else ""
    figure = term.figure
    return Operand(
        "-" if weight < 0 else "+", times + label_beside(term, first), figure.printed(), term.cell,
        term.table.definition.title, figure.unit.name,
    )  # fmt: skip
