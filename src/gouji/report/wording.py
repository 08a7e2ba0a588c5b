"""Sentences: what a finding says, in Chinese and English, with the form's own labels and figures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.binding.bound import (
    Applied,
    Arithmetic,
    Bound,
    Compared,
    Constant,
    Many,
    Negative,
    Nothing,
    Single,
    Term,
    Truth,
    Words,
)
from gouji.diagnosis.delta import Range
from gouji.figures import Figure, Interval, decimal_text, power_of_ten
from gouji.language.ast import Comparison
from gouji.tables.definition import FIGURE_TYPES

MOST_LABELS = 3


class Sentence(NamedTuple):
    """One text in both languages."""

    chinese: str
    english: str


NOTHING = Sentence("", "")


def label_of(term: Term) -> str:
    """How the form names a figure: its row, and its column where the section has several."""
    row = term.line.label or term.line.name
    return row if _is_sole(term) else f"{row}·{term.column}"


def _is_sole(term: Term) -> bool:
    columns = [c.name for c in term.section.definition.columns if c.type in FIGURE_TYPES]
    return columns == [term.column]


def label_beside(term: Term, judged: Term) -> str:
    """The label of ``term`` in a sentence about ``judged``: without what the two share, with another form's title."""
    if term.table is not judged.table:
        same = term.line.key == judged.line.key and not _is_sole(term)
        own = term.column if same and term.column != judged.column else label_of(term)
        return f"{form_of(term)} {own}"
    if term.line is judged.line and term.column != judged.column:
        return term.column
    if term.column == judged.column and term.section is judged.section:
        return term.line.label or term.line.name
    return label_of(term)


def form_of(term: Term) -> str:
    """The title of the form a figure stands on, with the project where there are many."""
    table = term.table
    return f"{table.definition.title}（{table.key}）" if table.key else table.definition.title


def amount(value: Fraction, like: Figure, decimals: int | None = None) -> str:
    """``value`` (base unit) printed in the unit and decimals of ``like``."""
    shown = decimals if decimals is not None else decimals_of(like)
    text = decimal_text(value / power_of_ten(like.unit.exponent), shown, separators=True)
    return text + "%" if like.unit.name == "%" else text


def decimals_of(figure: Figure) -> int:
    """The decimals a figure prints in its unit."""
    places = figure.places if figure.last is None else max(figure.places, figure.last)
    return max(places + figure.unit.exponent, 0)


def side(bound: Bound, judged: Term) -> Sentence:
    """What a side of a relation is called: a figure, or the sum it is."""
    match bound:
        case Single(term):
            label = label_beside(term, judged)
            return Sentence(label, label)
        case Nothing(label):
            return Sentence(f"{label}（未印，为零）", f"{label} (not printed: zero)")
        case Constant(_, printed):
            return Sentence(printed, printed)
        case Words(text):
            return Sentence(f"“{text}”", f"“{text}”")
        case Negative(operand):
            inner = side(operand, judged)
            return Sentence(f"-{inner.chinese}", f"-{inner.english}")
        case Many(terms) | Applied("SUM", (Many(terms),)):
            return _sum_of(terms, judged)
        case Applied("MIN", (share, Constant(limit, printed))) if limit == 1:
            inner = side(share, judged)
            return Sentence(f"（{inner.chinese}，不超过 {printed}）", f"({inner.english}, at most {printed})")
        case Applied(function, arguments):
            parts = [side(argument, judged) for argument in arguments]
            return Sentence(
                f"{_FUNCTIONS.get(function, function)}({'，'.join(p.chinese for p in parts)})",
                f"{function}({', '.join(p.english for p in parts)})",
            )
        case Arithmetic(operator, left, right):
            return _arithmetic(operator, left, right, judged)
        case Truth(_, said):
            return Sentence(*said)
        case Compared(comparison, left, right):
            a, b = side(left, judged), side(right, judged)
            return Sentence(f"{a.chinese} {comparison} {b.chinese}", f"{a.english} {comparison} {b.english}")


def _arithmetic(operator: str, left: Bound, right: Bound, judged: Term) -> Sentence:
    """Two operands with their sign, in brackets where the order of the operations needs them."""
    a, b = side(left, judged), side(right, judged)
    sign = {"*": "×", "/": "÷", "+": "+", "-": "-"}[operator]
    if isinstance(right, Arithmetic) and (operator in "*/" or (operator == "-" and right.operator in "+-")):
        b = Sentence(f"（{b.chinese}）", f"({b.english})")
    if isinstance(left, Arithmetic) and operator in "*/" and left.operator in "+-":
        a = Sentence(f"（{a.chinese}）", f"({a.english})")
    return Sentence(f"{a.chinese} {sign} {b.chinese}", f"{a.english} {sign} {b.english}")


_FUNCTIONS = {"SUM": "合计", "MIN": "较小者", "MAX": "较大者", "AVERAGE": "平均"}


def _sum_of(terms: Sequence[Term], judged: Term) -> Sentence:
    """A sum named by its members: all of a few that are not zero, else the first and how many."""
    counted = [term for term in terms if term.figure.digits] or list(terms[:1])
    labels = [label_beside(term, judged) for term in counted]
    if len(terms) == 1:
        return Sentence(labels[0], labels[0])
    if len(counted) <= MOST_LABELS:
        return Sentence(" + ".join(labels), " + ".join(labels))
    return Sentence(f"{labels[0]}等 {len(terms)} 项之和", f"the sum of {len(terms)} items from {labels[0]}")


BOUNDS: dict[Comparison, Sentence] = {
    "=": Sentence("应等于", "should be"),
    "<=": Sentence("应不大于", "should be at most"),
    "<": Sentence("应小于", "should be less than"),
    ">=": Sentence("应不小于", "should be at least"),
    ">": Sentence("应大于", "should be more than"),
    "<>": Sentence("应不等于", "should not be"),
}
_RELATION: dict[Comparison, Sentence] = {
    "=": Sentence("相差", "difference"),
    "<=": Sentence("超出", "exceeds it by"),
    "<": Sentence("应小于它，超出", "should be less, exceeds it by"),
    ">=": Sentence("不足", "falls short by"),
    ">": Sentence("应大于它，不足", "should be more, falls short by"),
    "<>": Sentence("两数不应相等，相差", "should differ, difference"),
}


def disagreement(
    label: str, left: tuple[str, str], right_label: Sentence, right: str, difference: str, comparison: Comparison
) -> Sentence:
    """``行政运行·本年收入合计：列示 1,899.0，财政拨款收入 + 其他收入为 1,888.9，相差 10.1``."""
    word = _RELATION[comparison]
    return Sentence(
        f"{label}：{left[0]}，{right_label.chinese}为 {right}，{word.chinese} {difference}",
        f"{label}: {left[1]}, {right_label.english} is {right}, {word.english} {difference}",
    )


def one_of_several(label: str, printed: tuple[str, str], ways: Sequence[tuple[Sentence, str]]) -> Sentence:
    """``支出总额·较上年增减率：列示 12.8%，而 甲 ÷ 乙 为 14.7%，甲 ÷ 丙 为 14.9%，按哪一种算都不是``."""
    computed = "，".join(f"{way.chinese}为 {value}" for way, value in ways)
    computed_en = ", ".join(f"{way.english} is {value}" for way, value in ways)
    return Sentence(
        f"{label}：{printed[0]}，而{computed}，按哪一种算都对不上",
        f"{label}: {printed[1]}, but {computed_en}: none fits",
    )


def out_of_bounds(label: str, left: tuple[str, str], bound: str, comparison: Comparison) -> Sentence:
    """``行政运行·上级补助收入：列示 -5.0，应不小于 0``."""
    word = BOUNDS[comparison]
    return Sentence(f"{label}：{left[0]}，{word.chinese} {bound}", f"{label}: {left[1]}, {word.english} {bound}")


def range_text(interval: Interval | Range, like: Figure) -> str:
    """An interval in the unit of ``like``, as ``(1888.85, 1889.00)``."""
    unit = power_of_ten(like.unit.exponent)
    decimals = decimals_of(like) + 1

    def text(end: Fraction | None, endless: str) -> str:
        if end is None:
            return endless
        return decimal_text(end / unit, None if (end / unit * 10**decimals).denominator != 1 else decimals)

    left = "(" if interval.low_open or interval.low is None else "["
    right = ")" if interval.high_open or interval.high is None else "]"
    return f"{left}{text(interval.low, '-∞')}, {text(interval.high, '∞')}{right}"
