"""From verdicts to the report: findings in the order of the sheets, what explains them, what was not applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from gouji.binding.bind import Binding
from gouji.binding.bound import cells_of
from gouji.checking.check import Judged, Verdict
from gouji.checking.excel import excel_form
from gouji.checking.likely import likely_cause
from gouji.diagnosis.likelihood import Suspect
from gouji.diagnosis.relations import FAILING
from gouji.diagnosis.suspects import Suspects
from gouji.figures import Figure, Rounding
from gouji.packs.model import Pack
from gouji.report.answers import answers_of, with_answers
from gouji.report.builtin import BUILTIN, cell_findings
from gouji.report.cell_text import own_unit, said_to_print
from gouji.report.contradictions import contradiction
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
from gouji.report.texts import noted_in_cells, text_findings, text_remarks, text_reports
from gouji.report.wording import label_of, range_text
from gouji.sheet import Book, CellRef
from gouji.tables.model import Recognition, Spoken, Table, TextTable

if TYPE_CHECKING:
    from gouji.texts.text import TextReading

_ONE_BY_ONE = (
    "规则包写明各数是截断的：关系逐条核对，没有合起来核对；“应为”的数按四舍五入估算。",
    "The pack says that figures are cut off: relations are checked one by one, not together; "
    "what a cell should be is worked out as if it were rounded.",
)


def compose(
    book: Book, pack: Pack, recognition: Recognition, binding: Binding, decided: Sequence[Judged],
    money: int, *, details: bool = True, texts: Sequence[TextReading] = (),
) -> Report:
    """The report of one run; ``decided`` are the verdicts on ``binding.open``.

    ``texts`` are the texts read beside the workbook; ``recognition`` holds their tables as well. ``money`` is the
    exponent of the pack's unit; ``details`` as in ``flow.validate``.
    """
    suspects = Suspects(decided, binding, recognition, money)
    is_rounded = pack.rounding == "四舍五入"

    def formula(one: Judged) -> str | None:
        if not details or any(isinstance(cell, Spoken) for cell in cells_of(one.instance.relation)):
            return None
        return excel_form(one.instance, money, rounding=Rounding(pack.rounding))

    def cause(one: Judged) -> str:
        return likely_cause(one.instance, binding, money) if one.verdict is Verdict.FAILS else ""

    found = [*((finding(one, suspects, money, formula(one), cause(one)), one)
               for one in suspects.causes.failed),
             *((contradiction(each), None) for each in (suspects.contradictions if is_rounded else ())),
             *((each, None) for each in cell_findings(recognition))]
    found += [(each, None) for each in text_findings(texts, [one for one, _ in found])]
    found.sort(key=_order(book, pack))
    findings = with_answers((noted_in_cells(each) for each, _ in found), answers_of(book))
    not_applied = [*(NotApplied(*one) for one in binding.missed), *_uncertain(decided)]
    return Report(
        workbook=book.name,
        pack_id=pack.id,
        pack_version=pack.version,
        pack_title=pack.title,
        summary=_summary(binding.settled, decided, findings, not_applied),
        tables=tuple(_table_report(table) for table in recognition.tables if not isinstance(table, TextTable)),
        findings=tuple(findings),
        explanations=_explanations(suspects, [one for _, one in found]) if details else (),
        not_applied=tuple(not_applied),
        unknown_sheets=tuple(UnknownSheet(*region[:3]) for region in recognition.unknown),
        remarks=(
            *book.remarks, *_unlisted(suspects), *(() if is_rounded else (_ONE_BY_ONE,)), *text_remarks(texts)
        ),
        complete=suspects.complete and not suspects.unlisted and all(reading.is_whole for reading in texts),
        texts=text_reports(texts, binding, decided),
    )


def _explanations(suspects: Suspects, order: Sequence[Judged | None]) -> tuple[Explanation, ...]:
    """What explains the findings; ``order`` are the relations of the findings as reported."""
    place = {id(one): number for number, one in enumerate(order) if one is not None}
    failed = suspects.causes.failed
    return tuple(
        Explanation(
            explains=tuple(sorted(place[id(failed[n])] for n in explained.explains)),
            unique=explained.unique,
            cells=tuple(map(_suspect_cell, explained.cells)),
        )
        for explained in suspects.explanations
    )


def _unlisted(suspects: Suspects) -> list[tuple[str, str]]:
    number = suspects.unlisted
    if not number:
        return []
    return [(
        f"有 {number} 组问题牵涉的格太多，没有列全可能有误的格组。",
        f"{number} groups of findings involve too many cells to list all sets of cells that may be wrong.",
    )]


def _suspect_cell(suspect: Suspect) -> SuspectCell:
    term, slip = suspect.term, suspect.mechanism
    return SuspectCell(
        cell=term.cell,
        printed=_plain(term.figure),
        range="" if suspect.range is None else range_text(suspect.range, term.figure),
        values=tuple(map(_plain, suspect.values)),
        mechanism=None if slip is None else slip.key,
        carries=suspect.carries,
        label=label_of(term),
        slip=("", "") if slip is None else (slip.chinese, slip.english),
        wide=suspect.wide,
        shown=said_to_print(term),
        unit=own_unit(term),
        plausible="" if suspect.plausible is None else _plain(suspect.plausible),
    )


def _plain(figure: Figure) -> str:
    return figure.printed().replace(",", "")


def _order(book: Book, pack: Pack) -> Callable[[tuple[Finding, Judged | None]], tuple[int, int, int, int, str]]:
    sheets = {sheet.name: number for number, sheet in enumerate(book.sheets)}
    rules = {rule_id: number for number, rule_id in enumerate([*BUILTIN, *(rule.id for rule in pack.rules)])}

    def key(found: tuple[Finding, Judged | None]) -> tuple[int, int, int, int, str]:
        each, cell = found[0], found[0].cell
        if isinstance(cell, Spoken):
            return len(sheets), cell.paragraph, cell.start, rules[each.rule], each.formula
        return sheets[cell.sheet], cell.row, cell.column, rules[each.rule], each.formula

    return key


def _summary(
    settled: int, decided: Sequence[Judged], findings: Sequence[Finding], missed: Sequence[NotApplied]
) -> Summary:
    verdicts = Counter(one.verdict for one in decided)
    failed = sum(verdicts[verdict] for verdict in FAILING)
    counts = {severity: sum(f.severity == severity for f in findings) for severity in ("error", "warning", "info")}
    return Summary(
        checked=settled + verdicts[Verdict.HOLDS] + failed,
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
