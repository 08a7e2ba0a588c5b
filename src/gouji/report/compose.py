"""From verdicts to the report: findings with labels, sums and sentences, in the order of the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from gouji.binding.bind import Missed
from gouji.binding.bound import (
    Applied,
    Arithmetic,
    Bound,
    Compared,
    Many,
    Negative,
    Single,
    Term,
    cells_of,
    terms_of,
)
from gouji.checking.check import Judged, Verdict
from gouji.checking.excel import excel_form
from gouji.checking.linear import Form, NotLinear, forms
from gouji.checking.repair import Reading, readings, repair
from gouji.figures import Figure, power_of_ten
from gouji.packs.model import Pack, Severity
from gouji.report.builtin import BUILTIN, cell_findings
from gouji.report.model import (
    Finding,
    NotApplied,
    Operand,
    Report,
    Summary,
    TableReport,
    UnknownSheet,
)
from gouji.report.wording import (
    Sentence,
    amount,
    described,
    disagreement,
    label_beside,
    label_of,
    next_step,
    side,
)
from gouji.sheet import Book, CellRef
from gouji.tables.model import Recognition, Table

FAILING = frozenset({Verdict.FAILS, Verdict.ADJUSTED, Verdict.TRUNCATED, Verdict.ZERO_DIVISOR})


def compose(
    book: Book, pack: Pack, recognition: Recognition, judged: Sequence[Judged], missed: Sequence[Missed],
    money: int,
) -> Report:
    """The report of one run. ``money`` is the exponent of the pack's unit."""
    failed = [one for one in judged if one.verdict in FAILING]
    suspects = {term.cell for one in failed if (term := _judged_term(one)) is not None}
    relations = readings(judged, suspects) if failed else {}
    findings = [_finding(one, relations, money) for one in failed]
    findings += cell_findings(recognition)
    findings.sort(key=_order(book, pack))
    not_applied = [*(NotApplied(*one) for one in missed), *_uncertain(judged)]
    return Report(
        workbook=book.name,
        pack_id=pack.id,
        pack_version=pack.version,
        pack_title=pack.title,
        summary=_summary(judged, findings, not_applied),
        tables=tuple(_table_report(table) for table in recognition.tables),
        findings=tuple(findings),
        not_applied=tuple(not_applied),
        unknown_sheets=tuple(UnknownSheet(*region) for region in recognition.unknown),
        remarks=book.remarks,
    )


def _order(book: Book, pack: Pack) -> object:
    sheets = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    rules = {rule_id: number for number, rule_id in enumerate([*BUILTIN, *(rule.id for rule in pack.rules)])}

    def key(finding: Finding) -> tuple[int, int, int, int, str]:
        cell = finding.cell
        return sheets[cell.sheet], cell.row, cell.column, rules[finding.rule], finding.formula

    return key


def _summary(judged: Sequence[Judged], findings: Sequence[Finding], missed: Sequence[NotApplied]) -> Summary:
    verdicts = [one.verdict for one in judged]
    counts = {severity: sum(f.severity == severity for f in findings) for severity in ("error", "warning", "info")}
    return Summary(
        checked=sum(v is Verdict.HOLDS or v in FAILING for v in verdicts),
        failed=sum(v in FAILING for v in verdicts),
        not_applied=sum(m.instances for m in missed),
        error=counts["error"],
        warning=counts["warning"],
        info=counts["info"],
        undecided=sum(v is Verdict.UNDECIDED for v in verdicts),
    )


def _table_report(table: Table) -> TableReport:
    first, last = table.rows
    columns = [at for _, at in table.values] or [1]
    section = table.sections[0]
    area = CellRef(table.sheet.name, first, 1).address + ":" + CellRef(table.sheet.name, last, max(columns)).address
    return TableReport(
        table=table.definition.title,
        sheet=table.sheet.name,
        area=area,
        unit=section.unit.name,
        decimals=section.decimals,
        key=table.key,
        recognised_by=table.confidence,
        remarks=table.remarks,
    )


def _uncertain(judged: Iterable[Judged]) -> list[NotApplied]:
    found: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        if one.verdict is Verdict.UNCERTAIN:
            found.setdefault((one.instance.rule.id, one.instance.table.sheet.name), []).append(one)
    return [
        NotApplied(
            rule,
            f"{sheet} 有不认识的行（{'、'.join(dict.fromkeys(c.address for o in ones for c in o.hint))}），不知是否计入合计",
            f"{sheet} has rows that are not understood; whether they belong to the total is not known",
            tuple(dict.fromkeys(cell for one in ones for cell in one.hint)),
            len(ones),
        )
        for (rule, sheet), ones in found.items()
    ]


def _severity(one: Judged) -> Severity:
    if one.verdict in {Verdict.ADJUSTED, Verdict.TRUNCATED}:
        return "info"
    return one.instance.rule.severity


def _judged_term(one: Judged) -> Term | None:
    """The figure judged: the relation's first of the table it stands on, else its first."""
    terms = terms_of(one.instance.relation)
    own = [term for term in terms if term.table is one.instance.table]
    return next(iter(own or terms), None)


def _finding(one: Judged, relations: Mapping[CellRef, list[Reading]], money: int) -> Finding:
    instance = one.instance
    cells = cells_of(instance.relation)
    judged = _judged_term(one)
    cell = judged.cell if judged is not None else _standing_cell(one, cells)
    operands = [] if judged is None else _operands(instance.relation, judged)
    sides = _sides(instance.relation, judged, money)
    said = _sentence(one, judged, sides, relations, money)
    here = f"{instance.table.definition.title} {cell.address} "
    return Finding(
        rule=instance.rule.id,
        name=instance.rule.name,
        severity=_severity(one),
        table=instance.table.definition.title,
        sheet=cell.sheet,
        cell=cell,
        cells=tuple(dict.fromkeys((cell, *cells))),
        note_at=(cell,),
        left=sides[0],
        right=sides[1],
        difference=sides[2],
        comparison=instance.relation.comparison if isinstance(instance.relation, Compared) else "",
        message_zh=here + said.chinese,
        message_en=here + said.english,
        formula=instance.formula.text,
        excel=excel_form(instance, money),
        basis=instance.rule.basis,
        adjusted=one.verdict is Verdict.ADJUSTED,
        row_label=label_of(judged) if judged is not None else (instance.line.label if instance.line else ""),
        unit=judged.figure.unit.name if judged is not None else "",
        operands=tuple(operands),
        left_count=0 if judged is None else _left_count(instance.relation, judged),
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


def _sides(relation: Bound, judged: Term | None, money: int) -> tuple[str, str, str]:
    """Left, right and difference as decimal texts in the unit of the judged cell; "" where there are no numbers."""
    if judged is None or not isinstance(relation, Compared):
        return "", "", ""
    try:
        left, right = _printed(forms(relation.left)[0], judged, money), _printed(forms(relation.right)[0], judged, money)
    except (NotLinear, ZeroDivisionError):
        return "", "", ""
    decimals = _decimals(relation, judged)
    texts = [amount(value, judged.figure, decimals).replace(",", "").rstrip("%")
             for value in (left, right, abs(left - right))]
    return texts[0], texts[1], texts[2]


def _printed(form: Form, judged: Term, money: int) -> Fraction:
    dividend = form.dividend
    has_money = any(w.figure.unit.exponent == money and w.figure.unit.name for w in dividend.terms.values())
    bare = dividend.bare * (10**money if judged.figure.unit.name in {"元", "万元", "亿元"} and not has_money else 1)
    value = dividend.printed - dividend.bare + bare
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


def _sentence(
    one: Judged, judged: Term | None, sides: tuple[str, str, str],
    relations: Mapping[CellRef, list[Reading]], money: int,
) -> Sentence:
    instance = one.instance
    relation = instance.relation
    if judged is None or not sides[0] or not isinstance(relation, Compared):
        return _plain(one, judged)
    label = label_of(judged)
    if one.verdict is Verdict.ZERO_DIVISOR:
        return Sentence(
            f"{label}：列示 {judged.figure.printed()}，而除数为零，不应有比率",
            f"{label}: printed {judged.figure.printed()}, but the divisor is zero: there is no rate",
        )
    left_is_judged = isinstance(relation.left, Single)
    shown = [_with_separators(text, judged.figure) for text in sides]
    if not left_is_judged:
        called = side(relation.left, judged).chinese
        label = called if called == label else f"{label}：{called}"
    first = disagreement(
        label, shown[0], side(relation.right, judged), shown[1], shown[2], relation.comparison
    )
    adjusted = one.verdict in {Verdict.ADJUSTED, Verdict.TRUNCATED}
    then = next_step(judged.figure, repair(judged.cell, judged.figure, relations, money), adjusted)
    advice = f"{instance.rule.advice}" if instance.rule.advice else ""
    return Sentence(
        f"{first.chinese}。{then.chinese}。{advice}", f"{first.english}. {then.english[:1].upper()}{then.english[1:]}."
    )


def _plain(one: Judged, judged: Term | None) -> Sentence:
    """A relation without two numbers: say what does not hold."""
    instance = one.instance
    label = label_of(judged) if judged is not None else (instance.line.label if instance.line else "")
    said = described(instance.relation, judged)
    return Sentence(
        f"{label}：应当{instance.rule.name}，现在不成立：{said.chinese}",
        f"{label}: {instance.rule.name}: does not hold: {said.english}",
    )


def _with_separators(text: str, like: Figure) -> str:
    decimals = len(text.partition(".")[2])
    return amount(Fraction(text) * power_of_ten(like.unit.exponent), like, decimals)


def _operands(relation: Bound, judged: Term) -> list[Operand]:
    if not isinstance(relation, Compared):
        return []
    return _side_operands(relation.left, judged) + _side_operands(relation.right, judged)


def _left_count(relation: Bound, judged: Term) -> int:
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
        sign, label_beside(term, judged), term.figure.printed(), term.cell,
        term.table.definition.title, term.figure.unit.name,
    )
