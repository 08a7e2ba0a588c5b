"""One finding: the failed instance with its cells, both sides, and the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.binding.bound import (
    Applied,
    Bound,
    Compared,
    Constant,
    Single,
    Term,
    cells_of,
    terms_of,
)
from gouji.checking.check import Judged, Verdict
from gouji.diagnosis.causes import Diagnosis, Repair
from gouji.diagnosis.relations import FORGIVEN
from gouji.diagnosis.suspects import Suspects
from gouji.packs.model import Severity
from gouji.report.cell_text import advice_on_unit, own_unit, said_to_print
from gouji.report.model import Finding
from gouji.report.repairs import (
    ADJUSTED,
    HIDDEN_ZERO,
    PLEASE_CHECK,
    SCORING,
    TRUNCATED,
    by_this_relation,
    ended,
    if_only_another,
    if_only_this,
    slip_of,
)
from gouji.report.sums import left_count, operands_of, two_sides, with_separators
from gouji.report.wording import (
    MOST_LABELS,
    NOTHING,
    Sentence,
    disagreement,
    label_of,
    one_of_several,
    out_of_bounds,
    side,
)
from gouji.report.yes_no import yes_no
from gouji.sheet import CellRef
from gouji.tables.model import Spoken


def judged_term(one: Judged) -> Term | None:
    """The figure judged: the first that a sentence gives, else the relation's first of the table it stands on."""
    terms = terms_of(one.instance.relation)
    said = [term for term in terms if isinstance(term.cell, Spoken)]
    own = [term for term in terms if term.table is one.instance.table]
    return next(iter(said or own or terms), None)


def finding(one: Judged, suspects: Suspects, money: int, excel: str | None, cause: str = "") -> Finding:
    """The finding of one failed relation.

    ``money`` is the exponent of the pack's unit, ``excel`` its Excel form, ``cause`` the likely cause the rule gives.
    """
    instance, diagnosis = one.instance, suspects.causes
    cells = cells_of(instance.relation)
    judged = judged_term(one)
    cell = judged.cell if judged is not None else _standing_cell(one, cells)
    sides = two_sides(instance.relation, judged, money)
    suspect = None if judged is None else _suspect(one, judged, diagnosis)
    said = _sentence(one, judged, sides, suspects, cause)
    table = judged.table if judged is not None and isinstance(cell, Spoken) else instance.table
    here = f"{table.definition.title} {cell.address} "
    return Finding(
        rule=instance.rule.id,
        name=instance.rule.name,
        severity=_severity(one),
        table=table.definition.title,
        sheet=cell.sheet,
        cell=cell,
        cells=tuple(dict.fromkeys((cell, *cells))),
        note_at=(cell,) if suspect is None else tuple(dict.fromkeys((suspect, cell))),
        left=sides[0],
        right=sides[1],
        difference=sides[2],
        comparison=instance.relation.comparison if isinstance(instance.relation, Compared) else "",
        message_zh=here + said.chinese,
        message_en=here + said.english,
        formula=instance.formula.text,
        excel=excel,
        basis=instance.rule.basis,
        adjusted=one.verdict is Verdict.ADJUSTED,
        row_label=label_of(judged) if judged is not None else (instance.line.label if instance.line else ""),
        unit=judged.figure.unit.name if judged is not None else "",
        operands=() if judged is None else tuple(operands_of(instance.relation, judged)),
        left_count=0 if judged is None else left_count(instance.relation, judged),
        suspect=suspect,
    )


def _standing_cell(one: Judged, cells: Sequence[CellRef]) -> CellRef:
    """Where a finding without figures stands: its first cell, else the row of its line."""
    instance = one.instance
    if cells:
        return cells[0]
    line = instance.line
    if line is not None and instance.section is not None:
        for name in instance.section.columns:
            address = instance.section.address(line, name)
            if address is not None and (address.row, address.column) in instance.table.values:
                return instance.table.ref(address)
    return CellRef(instance.table.sheet.name, instance.table.rows[0], 1)


def _sentence(
    one: Judged, judged: Term | None, sides: tuple[str, str, str], suspects: Suspects, cause: str
) -> Sentence:
    relation = one.instance.relation
    if judged is not None and one.verdict is Verdict.ZERO_DIVISOR:
        label, printed = label_of(judged), said_to_print(judged)
        return Sentence(
            f"{label}：{printed[0]}，而除数为零，不应有比率。请核对除数，或删去比率。",
            f"{label}: {printed[1]}, but the divisor is zero: there is no rate. Check the divisor.",
        )
    ways = None if judged is None else _ways(relation, judged, suspects.causes.money)
    if judged is not None and ways:
        said = one_of_several(label_of(judged), said_to_print(judged), ways)
        then = (
            _next_step(one, judged, suspects, is_explained=False) if one.verdict in FORGIVEN
            else Sentence("请核对", "Please check")
        )  # fmt: skip
        return Sentence(
            f"{said.chinese}。{ended(one.instance.rule.advice or then.chinese)}", f"{said.english}. {then.english}."
        )
    if judged is None or not sides[0] or not isinstance(relation, Compared):
        return _plain(one, judged)
    label = label_of(judged)
    if not isinstance(relation.left, Single):
        called = side(relation.left, judged).chinese
        label = called if called == label else f"{label}：{called}"
    unit = own_unit(judged)
    left, right, difference = (with_separators(text, judged.figure) + unit for text in sides)
    shown = said_to_print(judged) if isinstance(relation.left, Single) else (f"列示 {left}", f"printed {left}")
    if isinstance(relation.right, Constant):
        first = out_of_bounds(label, shown, relation.right.printed, relation.comparison)
    else:
        first = disagreement(label, shown, side(relation.right, judged), right, difference, relation.comparison)
    then = _then(one, judged, suspects, is_explained=bool(cause))
    if isinstance(judged.cell, Spoken):  # a text has no cells
        then = then._replace(chinese=then.chinese.replace("此格", "此处").replace("一格", "一处"))
    advice, advice_en = advice_on_unit(judged)
    beyond = _beyond_amounts(one)
    if beyond is not None:
        then = Sentence(f"{beyond.chinese}。{then.chinese}", f"{beyond.english}. {then.english}")
    why, why_en = (f"可能的原因：{cause}。", f"Likely cause: {cause}. ") if cause else ("", "")
    return Sentence(
        f"{first.chinese}。{why}{ended(then.chinese)}{advice}",
        f"{first.english}. {why_en}{then.english}. {advice_en}".strip(),
    )


def _ways(relation: Bound, judged: Term, money: int) -> list[tuple[Sentence, str]]:
    """The ways to compute the judged figure one of which would do, each with what it gives; else none."""
    if not isinstance(relation, Applied) or relation.function != "OR":
        return []
    found = []
    for each in relation.arguments:
        if not isinstance(each, Compared) or each.left != Single(judged):
            return []
        _, right, _ = two_sides(each, judged, money)
        found.append((side(each.right, judged), with_separators(right, judged.figure) + own_unit(judged)))
    return found


def _then(one: Judged, judged: Term, suspects: Suspects, *, is_explained: bool) -> Sentence:
    """The next step with the rule's advice; where no cell explains everything, the advice is the next step."""
    diagnosis, advice = suspects.causes, one.instance.rule.advice
    then = _next_step(one, judged, suspects, is_explained=is_explained)
    if not advice or one.verdict is not Verdict.FAILS:
        return then
    explained = diagnosis.repair(judged.cell) is not None or 0 < len(_others(one, judged, diagnosis)) <= MOST_LABELS
    return then._replace(chinese=f"{ended(then.chinese)}{advice}" if explained else advice)


def _next_step(one: Judged, judged: Term, suspects: Suspects, *, is_explained: bool) -> Sentence:
    """One thing to do: the judged cell if it explains everything, else the cell that does, else this relation.

    A slip is said where no rule explained the error.
    """
    if one.verdict is Verdict.TRUNCATED:
        return TRUNCATED
    if one.verdict is Verdict.ADJUSTED:
        zeros = {term.cell for term in terms_of(one.instance.relation) if not term.figure.digits}
        return HIDDEN_ZERO if set(one.hint) <= zeros else ADJUSTED
    diagnosis = suspects.causes

    def slip(term: Term, repair: Repair) -> Sentence:
        return NOTHING if is_explained else slip_of(suspects.suspect(term, repair))

    own = diagnosis.repair(judged.cell)
    if own is not None:
        return if_only_this(own, judged, slip(judged, own))
    others = _others(one, judged, diagnosis)
    if 0 < len(others) <= MOST_LABELS:
        return if_only_another([(*other, slip(*other)) for other in others], judged)
    return by_this_relation(diagnosis.by_itself(one, judged.cell), judged)


def _suspect(one: Judged, judged: Term, diagnosis: Diagnosis) -> CellRef | None:
    """The cell that alone explains the finding: the one judged, else the only other that would."""
    if one.verdict not in {Verdict.FAILS, Verdict.ZERO_DIVISOR}:
        return None
    if diagnosis.repair(judged.cell) is not None:
        return judged.cell
    others = _others(one, judged, diagnosis)
    return others[0][0].cell if len(others) == 1 else None


def _others(one: Judged, judged: Term, diagnosis: Diagnosis) -> list[tuple[Term, Repair]]:
    """Other cells of the relation that would settle everything, each by itself; those that carry money first of all.

    A sentence that differs from the forms does not throw doubt on their cells.
    """
    terms = {term.cell: term for term in terms_of(one.instance.relation) if term.cell != judged.cell}
    if isinstance(judged.cell, Spoken):
        terms = {cell: term for cell, term in terms.items() if isinstance(cell, Spoken)}
    found = [(term, repair) for cell, term in terms.items() if (repair := diagnosis.repair(cell)) is not None]
    return [(term, repair) for term, repair in found if term.figure.digits] or found


def _plain(one: Judged, judged: Term | None) -> Sentence:
    """A relation without two numbers: what is printed, what should be, what to do."""
    instance = one.instance
    label = instance.line.label if instance.line else instance.table.key
    said = yes_no(instance, judged, label)
    check, check_en = PLEASE_CHECK
    if judged is not None and isinstance(judged.cell, Spoken):  # a text has no cells
        check = check.replace("格", "处")
    beyond = _beyond_amounts(one)
    more, more_en = ("", "") if beyond is None else (f"{beyond.chinese}。", f"{beyond.english}. ")
    return Sentence(
        f"{label}{'：' if label else ''}{said.chinese}。{more}{ended(instance.rule.advice) or check + '。'}",
        f"{label}{': ' if label else ''}{said.english}. {more_en}{check_en}",
    )


def _beyond_amounts(one: Judged) -> Sentence | None:
    """What to say of a fault that no amount has a part in: points beyond their maximum."""
    relation = one.instance.relation
    terms = terms_of(relation)
    is_sum = isinstance(relation, Compared) and relation.comparison == "="
    is_scoring = bool(terms) and not is_sum and all(_type_of(term) == "分" for term in terms)
    return SCORING if is_scoring and _severity(one) != "info" else None


def _type_of(term: Term) -> str:
    return next(column.type for column in term.section.definition.columns if column.name == term.column)


def _severity(one: Judged) -> Severity:
    if one.verdict in FORGIVEN:
        return "info"
    return one.instance.rule.severity
