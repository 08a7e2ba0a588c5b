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
from gouji.diagnosis.causes import Repair
from gouji.diagnosis.delta import Range
from gouji.diagnosis.mechanism import ELSEWHERE
from gouji.diagnosis.suspects import Suspect
from gouji.figures import Figure, Interval, decimal_text, power_of_ten
from gouji.language.ast import Comparison
from gouji.report.cell_text import own_unit, said_to_print
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


def proposed(repair: Repair, unit: str = "") -> Sentence:
    """``应为 1,888.9 或 1,889.0``: what a cell should print, with the ``unit`` that only it has."""
    if repair.values:
        values = [value.printed() + unit for value in repair.values]
        return Sentence(f"应为 {' 或 '.join(values)}", f"should be {' or '.join(values)}")
    least = None if repair.least is None else repair.least.printed() + unit
    most = None if repair.most is None else repair.most.printed() + unit
    if least is not None and most is not None:
        return Sentence(f"应在 {least} 至 {most} 之间", f"should be between {least} and {most}")
    if least is not None:
        return Sentence(f"应不小于 {least}", f"should be at least {least}")
    return Sentence(f"应不大于 {most}", f"should be at most {most}")


def slip_of(suspect: Suspect) -> Sentence:
    """``；一位数字不同``, ``，最像是 300.0（小数点错位）``; nothing where several slips would do."""
    slip = suspect.mechanism
    if slip is None or (suspect.wide and suspect.plausible is None):
        return NOTHING
    if suspect.plausible is not None:
        likely = suspect.plausible.printed() + own_unit(suspect.term)
        return Sentence(f"，最像是 {likely}（{slip.chinese}）", f", most likely {likely} ({slip.english})")
    if len(suspect.values) > 1 and slip not in ELSEWHERE:
        return NOTHING
    return Sentence(f"；{slip.chinese}", f"; {slip.english}")


def if_only_this(repair: Repair, judged: Term, slip: Sentence) -> Sentence:
    """The next step when the judged cell explains everything by itself, or with the totals that carry it."""
    if repair.totals:
        carried = with_totals(repair, judged)
        return Sentence(carried.chinese + slip.chinese, carried.english + slip.english)
    said = proposed(repair, own_unit(judged))
    together, together_en = "", ""
    if repair.relations > 1:
        left, left_en = "", ""
        if repair.forgiven:
            left, left_en = f"，其中 {repair.forgiven} 条尚有尾差", f", {repair.forgiven} with an adjusted last digit"
        together = f"（{repair.relations} 条关系合起来{left}）"
        together_en = f" ({repair.relations} relations together{left_en})"
    return Sentence(
        f"若仅此格有误，{said.chinese}{together}{slip.chinese}",
        f"If only this cell is wrong, it {said.english}{together_en}{slip.english}",
    )


def with_totals(repair: Repair, judged: Term) -> Sentence:
    """``若此格有误，应为 0.14，加到的 H31（总分·得分）随之应为 96.32``."""
    said = proposed(repair, own_unit(judged))
    carried = [
        (f"{_place_beside(total, judged)}（{label_of(total)}）", figure.printed()) for total, figure in repair.totals
    ]
    return Sentence(
        f"若此格有误，{said.chinese}，加到的 " + "、".join(f"{place}随之应为 {text}" for place, text in carried),
        f"If this cell is wrong, it {said.english}, and "
        + ", ".join(f"{place}, which adds it up, {text}" for place, text in carried),
    )


def if_only_another(others: Sequence[tuple[Term, Repair, Sentence]], judged: Term) -> Sentence:
    """The next step when other cells of the relation explain it, each by itself, perhaps by some slip."""
    named = [
        (f"{_place_beside(term, judged)}（{label_of(term)}，{said_to_print(term)[0]}）", said.chinese + slip.chinese,
         said.english + slip.english)
        for term, repair, slip in others for said in (proposed(repair, own_unit(term)),)
    ]
    return Sentence(
        "若仅一格有误，是 " + "，或 ".join(f"{place}，{said}" for place, said, _ in named),
        "If only one cell is wrong, it is " + ", or ".join(f"{place}, which {said}" for place, _, said in named),
    )


def _place_beside(term: Term, judged: Term) -> str:
    return term.cell.address if term.cell.sheet == judged.cell.sheet else str(term.cell)


def by_this_relation(repair: Repair | None, judged: Term) -> Sentence:
    """The next step when no single cell explains everything: what this relation alone asks for."""
    if repair is None:
        return PLEASE_CHECK
    said = proposed(repair, own_unit(judged))
    return Sentence(
        f"单看这条关系，{said.chinese}；改动后，加到或引用此格的数也要相应核对",
        f"By this relation alone, it {said.english}; then check what is added up from this cell",
    )


SCORING = Sentence(
    "这是评分本身的问题，改动任何金额都不能使它成立",
    "This is a fault of the scoring itself: no change of amounts makes it hold",
)


def ended(text: str) -> str:
    """A sentence of a pack with its full stop; nothing for none."""
    return text if not text or text.endswith(("。", "！", "？")) else f"{text}。"


PLEASE_CHECK = Sentence("请核对所列各格", "Please check the cells listed")
ADJUSTED = Sentence("可能是尾差调整，请确认", "Perhaps an adjusted last digit; please confirm")
HIDDEN_ZERO = Sentence(
    "可能有不足半个末位的数印成了 0，请确认", "Perhaps an amount below half a last place printed as 0; please confirm"
)
TRUNCATED = Sentence("比率像是截断而非四舍五入的结果，请确认", "The rate seems truncated, not rounded; please confirm")


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
