"""A report of many findings at a glance: the cells most likely wrong, table by table, each with all that it upsets.

One wrong figure breaks several relations; where there are many of them, a person first wants to know which cells to
look at. Findings that no single cell explains stand among these by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gouji.hosts.protocol import ANSWER
from gouji.report.arrange import should_be, table_name
from gouji.report.layout import pad, width
from gouji.report.model import Finding, Report, SuspectCell
from gouji.report.spans import MARKS, SHORT_LIST, Line, Options, Span, paragraph, paragraph_after
from gouji.report.words import listed, message_in_table, one_line, severity_rank
from gouji.sheet import CellRef

MANY = 15
"""From more findings than this on a report is shown at a glance, unless all details are asked for."""


_FIRST_SENTENCE = {"zh": re.compile(r"(?:“[^”]*”|[^。])*"), "en": re.compile(r"(?:“[^”]*”|(?!\. ).)*")}
"""Up to the first full stop that stands in no words quoted from a cell."""


class Cause(NamedTuple):
    """A place to look at: a cell that explains findings, or the cell of a finding that none explains alone."""

    cell: CellRef
    suspect: SuspectCell | None
    findings: tuple[Finding, ...]


def causes(report: Report, findings: Iterable[Finding]) -> list[Cause]:
    """Where to look, in the order of the tables, then of the cells; findings of one suspect together."""
    suspects = {one.cell: one for each in reversed(report.explanations) for one in each.cells if not one.carries}
    together: dict[tuple[CellRef, int], list[Finding]] = {}
    for number, finding in enumerate(findings):
        known = finding.suspect is not None and finding.suspect in suspects
        key = (finding.suspect, -1) if known and finding.suspect is not None else (finding.cell, number)
        together.setdefault(key, []).append(finding)
    sheets = list(dict.fromkeys([table.sheet for table in report.tables]))
    found = [
        Cause(cell, suspects[cell] if number < 0 else None, tuple(each)) for (cell, number), each in together.items()
    ]
    last = len(sheets)
    return sorted(found, key=lambda one: (
        sheets.index(one.cell.sheet) if one.cell.sheet in sheets else last, one.cell.sheet, one.cell.row,
        one.cell.column,
    ))  # fmt: skip


def overview(report: Report, findings: Sequence[Finding], options: Options) -> Iterator[Line]:
    """The lines: a heading for every sheet, one or two lines for every cause."""
    found = causes(report, findings)
    yield from paragraph(Span("  "), _opening(found, options), options, "dim")
    for sheet in dict.fromkeys(one.cell.sheet for one in found):
        own = [one for one in found if one.cell.sheet == sheet]
        yield ()
        yield _heading(report, sheet, own, options)
        places = max(width(one.cell.address) for one in own)
        for one in own:
            yield from _cause(one, places, options)


def _opening(found: Sequence[Cause], options: Options) -> str:
    number = sum(one.suspect is not None for one in found)
    rest = len(found) - number
    said = []
    if number:
        said.append(options.say(
            f"最可能有误的 {number} 格标着“应为”，改对了，列在下面的“不符”也就没有了",
            f"the {number} cells most likely wrong say what they should be; put right, what they upset is right too",
        ))
    if rest:
        said.append(options.say(f"{rest} 处不是一格能解释的", f"{rest} more that no single cell explains"))
    return options.say("；", "; ").join(said)


def _heading(report: Report, sheet: str, own: Sequence[Cause], options: Options) -> Line:
    table = next((table for table in report.tables if table.sheet == sheet), None)
    if table is None:
        return (Span(own[0].findings[0].table or sheet, "title"), Span("  "), Span(sheet, "dim"))
    unit = options.say(f"（{table.unit}）", f" ({table.unit})") if table.unit else ""
    return Span(table_name(table), "title"), Span("  "), Span(sheet + unit, "dim")


def _cause(one: Cause, places: int, options: Options) -> Iterator[Line]:
    worst = min((finding.severity for finding in one.findings), key=severity_rank)
    lead = (Span(f"  {MARKS[worst]} ", worst), Span(f"{pad(one.cell.address, places)}  ", "title"))
    if one.suspect is None:
        finding = one.findings[0]
        said = _first_sentence(message_in_table(finding, options.language), options.language)
        is_named = said.startswith(finding.row_label.partition("·")[0]) or finding.row_label in said
        label = "" if is_named else finding.row_label
        rule = options.say(f"（{finding.rule}）", f" ({finding.rule})")
        text = f"{label}{options.say('：', ': ') if label else ''}{said}{rule}"
        yield from paragraph_after(lead, text, options)
        yield from _answers(one, places, options)
        return
    text = should_be(one.suspect, options.language)
    if one.suspect.label:
        text = f"{one.suspect.label}{options.say('：', ': ')}{text}"
    yield from paragraph_after(lead, text, options)
    upset = [_place(finding, one.cell, options) for finding in one.findings]
    indent = Span(" " * (4 + places + 2))
    shown = listed(upset[:SHORT_LIST], options.language)
    if len(upset) > SHORT_LIST:
        shown += options.say(f" 等 {len(upset)} 条", f" and {len(upset) - SHORT_LIST} more")
    yield from paragraph(indent, options.say("不符：", "upsets: ") + shown, options, "dim")
    yield from _answers(one, places, options)


def _answers(one: Cause, places: int, options: Options) -> Iterator[Line]:
    """What people wrote below our notes."""
    for answer in dict.fromkeys(finding.answer for finding in one.findings if finding.answer):
        yield from paragraph(Span(" " * (4 + places + 2)), f"{ANSWER}{one_line(answer)}", options)


def _place(finding: Finding, cell: CellRef, options: Options) -> str:
    """Where a finding shows: its rule, and its cell where that is another one."""
    if finding.cell == cell:
        return finding.rule
    if finding.cell.sheet == cell.sheet:
        return f"{finding.rule} {finding.cell.address}"
    return f"{finding.rule} {finding.table} {finding.cell.address}"


def _first_sentence(message: str, language: str) -> str:
    """What does not agree, without what may follow on it."""
    found = _FIRST_SENTENCE["en" if language == "en" else "zh"].match(one_line(message))
    return found[0] if found is not None else ""


def next_steps(report: Report, options: Options) -> Iterator[Line]:
    """What to do with a report of many findings."""
    yield from paragraph(
        Span(options.say("下一步：", "Next: ")),
        options.say(
            f"gouji annotate {report.workbook} 把问题写进单元格批注；gouji validate -v {report.workbook} 看每条的算式",
            f"gouji annotate {report.workbook} writes this into the cells; gouji validate -v {report.workbook} shows "
            "every sum",
        ),
        options, "dim",
    )  # fmt: skip

