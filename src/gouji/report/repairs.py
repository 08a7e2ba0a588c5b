"""The next step in words: what a cell should print, alone, with the totals that carry it or beside other cells."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.binding.bound import Term
from gouji.diagnosis.causes import Repair
from gouji.diagnosis.likelihood import Suspect
from gouji.diagnosis.mechanism import ELSEWHERE
from gouji.report.cell_text import own_unit, said_to_print
from gouji.report.wording import NOTHING, Sentence, label_of
from gouji.report.words import should_be_between, should_be_one_of


def proposed(repair: Repair, unit: str = "") -> Sentence:
    """``应为 1,888.9 或 1,889.0``: what a cell should print, with the ``unit`` that only it has."""
    if repair.values:
        return Sentence(*should_be_one_of([value.printed() + unit for value in repair.values]))
    least = None if repair.least is None else repair.least.printed() + unit
    most = None if repair.most is None else repair.most.printed() + unit
    if least is not None and most is not None:
        return Sentence(*should_be_between(least, most))
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
