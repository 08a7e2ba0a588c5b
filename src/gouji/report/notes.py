"""The report as notes in cells and as the sheet 勾稽审核结果."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from gouji.document import Span, SpanNote
from gouji.hosts.protocol import (
    ANSWER,
    MARKER,
    RESULT_SHEET,
    CellNote,
    Host,
    ResultRow,
    ResultSheet,
    WriteOutcome,
)
from gouji.packs.model import Severity
from gouji.report.arrange import coverage, verdict
from gouji.report.model import Finding, Report
from gouji.report.words import (
    at_least,
    choose,
    grouped_digits,
    listed,
    message_in_table,
    one_line,
    severity_rank,
    severity_word,
)
from gouji.sheet import CellRef

_HEADINGS = (
    ("序号", "级别", "表", "工作表", "单元格", "规则", "列示", "应为", "相差", "说明", "依据"),
    ("No.", "Severity", "Table", "Sheet", "Cell", "Rule", "Printed", "Expected", "Difference", "Message", "Basis"),
)


class NoteOptions(NamedTuple):
    """How a report is written into cells: from which severity on, coloured too, with the sheet 勾稽审核结果 too."""

    least: Severity = "warning"
    highlight: bool = False
    result_sheet: bool = False
    language: str = "zh"


def write_notes(host: Host, report: Report, options: NoteOptions) -> WriteOutcome:
    """Make the notes of a workbook say what its report says; errors as of ``Host.annotate``."""
    language = options.language
    return host.annotate(
        cell_notes(report, least=options.least, language=language),
        highlight=options.highlight,
        result_sheet=result_sheet(report, language=language) if options.result_sheet else None,
    )


def cell_notes(report: Report, *, least: Severity = "warning", language: str = "zh") -> list[CellNote]:
    """One note a cell for the findings of ``least`` severity and worse, the worst first in each.

    Ordered by the tables of the workbook, then by row and column.
    """
    found: dict[CellRef, list[Finding]] = {}
    for finding in report.findings:
        if at_least(finding.severity, least):
            for cell in dict.fromkeys(finding.note_at):
                found.setdefault(cell, []).append(finding)
    place = {table.sheet: index for index, table in reversed(list(enumerate(report.tables)))}
    ordered = sorted(found, key=lambda cell: (place.get(cell.sheet, len(place)), cell))
    return [_note(cell, found[cell], language) for cell in ordered]


def span_notes(
    report: Report, *, least: Severity = "warning", language: str = "zh"
) -> list[SpanNote | CellNote]:
    """What to say about words of the text: one note a place, in the order of the text, then of its tables.

    Findings about a text that is kept on a sheet are notes of its cells.
    """
    found: dict[Span, list[str]] = {}
    in_tables: dict[CellRef, list[Finding]] = {}
    for finding in report.findings:
        words = finding.text
        if words is None or not at_least(finding.severity, least):
            continue
        if words.cell is None:
            said = _paragraph(finding, message_in_table(finding, language), language)
            found.setdefault(Span(words.paragraph - 1, words.start, words.end), []).append(said)
        elif not words.paragraph:
            in_tables.setdefault(words.cell, []).append(finding)
    return [
        *(SpanNote(span, tuple(dict.fromkeys(said))) for span, said in sorted(found.items())),
        *(_note(cell, of_cell, language) for cell, of_cell in sorted(in_tables.items())),
    ]


def result_sheet(report: Report, *, language: str = "zh") -> ResultSheet:
    """The sheet 勾稽审核结果: every finding with a link to its cell, then every rule that was not applied."""
    rows = [_result_row(index, finding, language) for index, finding in enumerate(report.findings, 1)]
    not_applied = choose(("未应用", "not applied"), language)
    for item in report.not_applied:
        cell = item.cells[0] if item.cells else None
        place = (cell.sheet, cell.address) if cell else ("", "")
        texts = (
            str(len(rows) + 1),
            not_applied,
            "",
            *place,
            item.rule,
            "",
            "",
            "",
            one_line(item.reason(language)),
            "",
        )
        rows.append(ResultRow(texts, cell, None))
    headings: tuple[str, ...] = _HEADINGS[language == "en"]
    if any(finding.answer for finding in report.findings):
        headings = (*headings, choose(("答复", "Answer"), language))
        answers = [finding.answer for finding in report.findings] + [""] * len(report.not_applied)
        rows = [replace(row, texts=(*row.texts, answer)) for row, answer in zip(rows, answers, strict=True)]
    title = f"{RESULT_SHEET}  {verdict(report, language)}{choose(('；', '; '), language)}{coverage(report, language)}"
    return ResultSheet(title, headings, tuple(rows))


def _note(cell: CellRef, findings: list[Finding], language: str) -> CellNote:
    """What is wrong in this cell, once; where else that shows; and what another cell is to blame for, in short."""
    ordered = sorted(findings, key=lambda finding: severity_rank(finding.severity))
    elsewhere = [finding for finding in ordered if _own_cell(finding) != cell]
    texts = {id(finding): _text(cell, finding, language) for finding in ordered}
    if elsewhere:
        told = next((finding for finding in ordered if _own_cell(finding) == finding.suspect == cell), None)
        first = told or elsewhere[0]
        seen = [finding for finding in elsewhere if finding is not first]
        if seen:
            texts[id(first)] += choose(("", " "), language) + _seen_at(cell, seen, language)
        ordered = [finding for finding in ordered if finding not in seen]
    paragraphs = dict.fromkeys(_paragraph(finding, texts[id(finding)], language) for finding in ordered)
    return CellNote(cell, tuple(paragraphs), ordered[0].severity)


def _own_cell(finding: Finding) -> CellRef | None:
    return finding.cell if finding.text is None else finding.text.cell


def _paragraph(finding: Finding, text: str, language: str) -> str:
    answer = "".join(f"\n{ANSWER}{line}" for line in finding.answer.split("\n") if line)
    return f"{MARKER}·{severity_word(finding.severity, language)} {finding.rule}】{text}{answer}"


def _text(cell: CellRef, finding: Finding, language: str) -> str:
    return _own_text(cell, finding, language) if _own_cell(finding) == cell else one_line(finding.message(language))


def _own_text(cell: CellRef, finding: Finding, language: str) -> str:
    """The message; where another cell is to blame, only what does not agree, and where to look."""
    message = message_in_table(finding, language)
    if finding.suspect is None or finding.suspect == cell:
        return message
    place = _place(finding.suspect, cell)
    end = choose(("。", ". "), language)
    return message.split(end, 1)[0] + end + choose((f"见 {place} 的批注。", f"See the note in {place}."), language)


def _seen_at(cell: CellRef, findings: list[Finding], language: str) -> str:
    """Where else the error shows."""
    places = listed((f"{_place(one.cell, cell)}（{one.rule}）" for one in findings), language)
    return choose((f"由此不符的还有 {places}。", f"It also shows in {places}."), language)


def _place(other: CellRef, cell: CellRef) -> str:
    return other.address if other.sheet == cell.sheet else str(other)


def _result_row(index: int, finding: Finding, language: str) -> ResultRow:
    texts = (
        str(index),
        severity_word(finding.severity, language),
        finding.table,
        finding.sheet,
        finding.cell.address,
        finding.rule,
        grouped_digits(finding.left),
        grouped_digits(finding.right),
        grouped_digits(finding.difference),
        message_in_table(finding, language),
        finding.basis,
    )
    return ResultRow(texts, finding.cell, finding.severity)
