"""From verdicts to the report: findings in the order of the sheets, what explains them, what was not applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from gouji.binding.bind import Missed
from gouji.checking.check import Judged, Verdict
from gouji.checking.excel import excel_form
from gouji.diagnosis.causes import FAILING, Diagnosis, Suspect
from gouji.figures import Figure, Rounding
from gouji.packs.model import Pack
from gouji.report.builtin import BUILTIN, cell_findings
from gouji.report.findings import finding
from gouji.report.model import (
    Explanation,
    Finding,
    NotApplied,
    Report,
    Summary,
    SuspectCell,
    TableReport,
    UnknownSheet,
)
from gouji.report.wording import range_text
from gouji.sheet import Book, CellRef
from gouji.tables.model import Recognition, Table


def compose(
    book: Book, pack: Pack, recognition: Recognition, judged: Sequence[Judged], missed: Sequence[Missed],
    money: int, *, details: bool = True,
) -> Report:
    """The report of one run. ``money`` is the exponent of the pack's unit; ``details`` as in ``flow.validate``."""
    diagnosis = Diagnosis(judged, money)

    def formula(one: Judged) -> str | None:
        return excel_form(one.instance, money, rounding=Rounding(pack.rounding)) if details else None

    found = [*((finding(one, diagnosis, money, formula(one)), one) for one in diagnosis.failed),
             *((each, None) for each in cell_findings(recognition))]
    found.sort(key=_order(book, pack))
    findings = [each for each, _ in found]
    not_applied = [*(NotApplied(*one) for one in missed), *_uncertain(judged)]
    return Report(
        workbook=book.name,
        pack_id=pack.id,
        pack_version=pack.version,
        pack_title=pack.title,
        summary=_summary(judged, findings, not_applied),
        tables=tuple(_table_report(table) for table in recognition.tables),
        findings=tuple(findings),
        explanations=_explanations(diagnosis, [one for _, one in found]) if details else (),
        not_applied=tuple(not_applied),
        unknown_sheets=tuple(UnknownSheet(*region) for region in recognition.unknown),
        remarks=book.remarks,
    )


def _explanations(diagnosis: Diagnosis, order: Sequence[Judged | None]) -> tuple[Explanation, ...]:
    """Cells that explain findings all by themselves; ``order`` are the instances of the findings as reported."""
    place = {id(one): number for number, one in enumerate(order) if one is not None}
    return tuple(
        Explanation(
            explains=tuple(sorted(place[id(diagnosis.failed[n])] for n in suspect.explains)),
            unique=suspect.unique,
            cells=_suspect_cells(suspect),
        )
        for suspect in diagnosis.suspects()
    )


def _suspect_cells(suspect: Suspect) -> tuple[SuspectCell, ...]:
    """The cell itself, then the totals that carry its error."""
    term, repair = suspect.term, suspect.repair
    ends = repair.values or tuple(end for end in (repair.least, repair.most) if end is not None)
    interval = "" if repair.range is None else range_text(repair.range, term.figure)
    own = SuspectCell(term.cell, _plain(term.figure), interval, tuple(map(_plain, ends)))
    return (own, *(
        SuspectCell(total.cell, _plain(total.figure), range_text(figure.interval(), figure), (_plain(figure),))
        for total, figure in repair.totals
    ))


def _plain(figure: Figure) -> str:
    return figure.printed().replace(",", "")


def _order(book: Book, pack: Pack) -> Callable[[tuple[Finding, Judged | None]], tuple[int, int, int, int, str]]:
    sheets = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    rules = {rule_id: number for number, rule_id in enumerate([*BUILTIN, *(rule.id for rule in pack.rules)])}

    def key(found: tuple[Finding, Judged | None]) -> tuple[int, int, int, int, str]:
        each, cell = found[0], found[0].cell
        return sheets[cell.sheet], cell.row, cell.column, rules[each.rule], each.formula

    return key


def _summary(judged: Sequence[Judged], findings: Sequence[Finding], missed: Sequence[NotApplied]) -> Summary:
    verdicts = Counter(one.verdict for one in judged)
    failed = sum(verdicts[verdict] for verdict in FAILING)
    counts = {severity: sum(f.severity == severity for f in findings) for severity in ("error", "warning", "info")}
    return Summary(
        checked=verdicts[Verdict.HOLDS] + failed,
        failed=failed,
        not_applied=sum(m.instances for m in missed),
        error=counts["error"],
        warning=counts["warning"],
        info=counts["info"],
        undecided=verdicts[Verdict.UNDECIDED],
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
            f"{sheet} 有不认识的行（{_places(ones)}），不知是否计入合计",
            f"{sheet} has rows that are not understood; whether they belong to the total is not known",
            tuple(dict.fromkeys(cell for one in ones for cell in one.hint)),
            len(ones),
        )
        for (rule, sheet), ones in found.items()
    ]


def _places(ones: Iterable[Judged]) -> str:
    return "、".join(dict.fromkeys(cell.address for one in ones for cell in one.hint))
