"""The report for a person at a terminal.

``view`` lays it out as lines of styled spans, which is all there is to test; ``plain`` and ``coloured`` print them.
Only ``coloured`` needs rich.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, NamedTuple

from gouji.hosts.protocol import ANSWER
from gouji.report.arrange import (
    TableGroup,
    coverage,
    explanation_text,
    reasons,
    table_groups,
    table_name,
    text_coverage,
    verdict,
    worst,
)
from gouji.report.layout import aligned, cut, pad, printable, width
from gouji.report.model import Finding, Report, Unread
from gouji.report.overview import MANY, next_steps, overview
from gouji.report.spans import MARKS, SHORT_LIST, Line, Options, Span, more, paragraph, paragraph_after, some
from gouji.report.strip import LINES, StripLine, strip
from gouji.report.words import choose, listed, message_in_table, one_line, severity_word


class _Columns(NamedTuple):
    """Widths of a table's columns."""

    severity: int
    cell: int
    rule: int


def plain(report: Report, options: Options) -> str:
    """The view as text without colour, each line ended by a line feed."""
    return "".join("".join(span.text for span in line).rstrip() + "\n" for line in view(report, options))


def coloured(report: Report, options: Options, stream: IO[str]) -> None:
    """Print the view with rich: colours as the terminal has them, none where NO_COLOR is set."""
    paint(view(report, options), stream)


def paint(lines: Iterable[Line], stream: IO[str]) -> None:
    """Print lines of styled spans with rich."""
    from rich.console import Console  # 60 ms that only a terminal needs
    from rich.text import Text

    styles = {
        "error": "bold red",
        "warning": "bold yellow",
        "info": "cyan",
        "good": "bold green",
        "title": "bold",
        "dim": "dim",
    }
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((span.text, styles.get(span.style, "")) for span in line)))


def view(report: Report, options: Options) -> Iterator[Line]:
    """The lines of the view, fit for the encoding of the options."""
    lines = [summary_line(report, options)] if options.detail < 0 else _whole(report, options)
    for line in lines:
        yield tuple(Span(printable(span.text, options.encoding), span.style) for span in line)


def summary_line(report: Report, options: Options) -> Line:
    """One line: the workbook, the verdict, what was checked."""
    mark, answer = _verdict(report, options)
    rest = f"{options.say('；', '; ')}{coverage(report, options.language)}"
    return mark, Span(report.workbook, "title"), Span(options.say("：", ": ")), answer, Span(rest)


def _verdict(report: Report, options: Options) -> tuple[Span, Span]:
    level = worst(report)
    style = level or "good"
    return Span(f"{MARKS[level]} ", style), Span(verdict(report, options.language), style)


def _whole(report: Report, options: Options) -> Iterator[Line]:
    yield from _head(report, options)
    if options.detail > 0:
        yield from _recognised(report, options)
    loud = [each for each in report.findings if each.severity != "info" or options.detail > 0]
    at_a_glance = options.detail <= 0 and len(loud) > MANY
    if at_a_glance:
        yield from overview(report, loud, options)
    for group in () if at_a_glance else table_groups(report, loud):
        yield ()
        yield from _group(group, options)
    if options.detail <= 0:
        yield from _quiet_findings(report, options)
    if not at_a_glance:
        yield from _explanations(report, options)
    yield from _not_applied(report, options)
    yield from _unknown_sheets(report, options)
    yield from _texts(report, options)
    yield ()
    yield summary_line(report, options)
    if at_a_glance and options.advises:
        yield from next_steps(report, options)


def _head(report: Report, options: Options) -> Iterator[Line]:
    yield (Span(report.workbook, "title"),)
    pack = f"{report.pack_title} ({report.pack_id} {report.pack_version})"
    tables = len(report.tables)
    yield (Span(options.say(f"规则包 {pack}，认出 {tables} 张表", f"pack {pack}, {tables} tables recognised"), "dim"),)
    if report.findings:
        yield _verdict(report, options)
    for remark in report.remarks:
        yield from paragraph(Span("  "), choose(remark, options.language), options)


def _recognised(report: Report, options: Options) -> Iterator[Line]:
    if any(report.pack_reason):
        yield from paragraph(Span("  "), choose(report.pack_reason, options.language), options)
    yield ()
    yield (Span(options.say("认出的表", "Tables recognised"), "title"),)
    for table in report.tables:
        unit = f"{table.unit} {options.say(f'{table.decimals} 位小数', f'{table.decimals} decimals')}"
        how = choose(table.recognised_by, options.language)
        parts = (table_name(table), f"{table.sheet}!{table.area}", unit, how)
        yield from paragraph(Span("  "), "  ".join(part for part in parts if part), options)
        for remark in table.remarks:
            yield from paragraph(Span("      "), choose(remark, options.language), options)


def _group(group: TableGroup, options: Options) -> Iterator[Line]:
    title = table_name(group.table) if group.table else group.title
    unit = group.table.unit if group.table else ""
    sheet = group.sheet + (options.say(f"（{unit}）", f" ({unit})") if unit else "")
    yield Span(title, "title"), Span("  "), Span(sheet, "dim")
    columns = _Columns(
        max(width(severity_word(each.severity, options.language)) for each in group.findings),
        max(width(each.cell.address) for each in group.findings),
        max(width(each.rule, options.wide) for each in group.findings),
    )
    for finding in group.findings:
        yield from _finding(finding, columns, options)


def _finding(finding: Finding, columns: _Columns, options: Options) -> Iterator[Line]:
    word = pad(severity_word(finding.severity, options.language), columns.severity)
    mark = f"  {MARKS[finding.severity]} {word} "
    place = f"{pad(finding.cell.address, columns.cell)} {pad(finding.rule, columns.rule, options.wide)}  "
    message = message_in_table(finding, options.language)
    if finding.row_label and finding.row_label not in message:
        message = f"{finding.row_label}{options.say('：', ': ')}{message}"
    yield from paragraph_after((Span(mark, finding.severity), Span(place, "title")), message, options)
    indent = width(mark + place, options.wide)
    if finding.answer:
        yield from paragraph(Span(" " * indent), f"{ANSWER}{one_line(finding.answer)}", options)
    lines = strip(finding, options.language, None if options.detail > 0 else LINES)
    yield from _strip(lines, indent, options)
    if options.detail > 0:
        yield from _background(finding, indent, options, relation=all(line.role != "relation" for line in lines))


def _background(finding: Finding, indent: int, options: Options, *, relation: bool) -> Iterator[Line]:
    for name, text in (
        (options.say("规则", "rule"), finding.name),
        (options.say("关系", "relation"), finding.formula if relation else ""),
        (options.say("依据", "basis"), finding.basis),
        ("Excel", finding.excel or ""),
    ):
        if text:
            yield from paragraph(Span(" " * indent), f"{name}  {text}", options, "dim")


def _strip(lines: Iterable[StripLine], indent: int, options: Options) -> Iterator[Line]:
    lines = list(lines)
    if not lines:
        return
    wide, margin = options.wide, " " * indent
    figures = aligned([line.figure for line in lines])
    figure_width = width(figures[0], wide)
    places = max(width(line.place, wide) for line in lines)
    room = max(8, options.columns - indent - places - figure_width - 6)
    labels = min(room, max(width(line.label, wide) for line in lines if line.role != "relation"))
    for line, figure in zip(lines, figures, strict=True):
        if line.role == "relation":
            yield from paragraph(Span(margin), f"{options.say('关系', 'relation')}  {line.label}", options, "dim")
        elif line.role == "rule":
            yield Span(margin), Span("─" * ((labels + places + figure_width + 6) // width("─", wide)), "dim")
        else:
            label = pad(cut(line.label, labels, wide), labels, wide)
            text = f"{margin}{line.sign:1} {label}  {pad(line.place, places, wide)}  {figure}"
            yield (Span(text, "title" if line.role == "difference" else "dim" if line.role == "rest" else ""),)


def _quiet_findings(report: Report, options: Options) -> Iterator[Line]:
    quiet = [each for each in report.findings if each.severity == "info"]
    if not quiet:
        return
    yield ()
    head = options.say(f"· 提示 {len(quiet)} 处", f"· {len(quiet)} infos")
    yield Span(head, "info"), Span(options.say("（-v 逐条列出）", " (-v lists them)"), "dim")
    for group in table_groups(report, quiet):
        cells = [f"{each.cell.address} {each.rule}" for each in group.findings]
        name = table_name(group.table) if group.table else group.title
        yield from paragraph(Span("  "), f"{name}  {some(cells, options)}", options)


def _explanations(report: Report, options: Options) -> Iterator[Line]:
    if not report.explanations:
        return
    shown = report.explanations if options.detail > 0 else report.explanations[:SHORT_LIST]
    yield ()
    yield (Span(options.say("最可能有误的单元格", "Cells most likely wrong"), "title"),)
    for explanation in shown:
        tail = "" if explanation.unique else options.say("（另有同样可能的解释）", " (others are as likely)")
        yield from paragraph(Span("  "), explanation_text(explanation, options.language) + tail, options)
    yield from more(len(report.explanations) - len(shown), options)


def _not_applied(report: Report, options: Options) -> Iterator[Line]:
    if not report.not_applied:
        return
    entries = reasons(report.not_applied, options.language)
    shown = entries if options.detail > 0 else entries[:SHORT_LIST]
    number = report.summary.not_applied
    yield ()
    yield (Span(options.say(f"未应用的规则 {number} 项", f"Not applied: {number}"), "title"),)
    for entry in shown:
        rules = listed(entry.rules, options.language) if options.detail > 0 else some(entry.rules, options)
        count = options.say(f"（{entry.instances} 项）", f" ({entry.instances})") if entry.instances > 1 else ""
        yield from paragraph(Span("  "), f"{rules}{count}  {entry.text}", options)
        if options.detail > 0 and entry.places:
            yield from paragraph(Span("      "), listed(entry.places, options.language), options, "dim")
    yield from more(len(entries) - len(shown), options)


def _unknown_sheets(report: Report, options: Options) -> Iterator[Line]:
    if not report.unknown_sheets:
        return
    number = len(report.unknown_sheets)
    yield ()
    yield (Span(options.say(f"未识别的工作表 {number} 张", f"Sheets not recognised: {number}"), "title"),)
    for each in report.unknown_sheets:
        reason = choose((each.reason_zh, each.reason_en), options.language)
        yield from paragraph(Span("  "), f"{each.sheet}  {reason}", options)


def _texts(report: Report, options: Options) -> Iterator[Line]:
    for text in report.texts:
        yield ()
        yield (Span(text_coverage(text, options.language), "title"),)
        shown = text.unread if options.detail > 0 else text.unread[:SHORT_LIST]
        yield from _sentences(shown, options)
        yield from more(len(text.unread) - len(shown), options)
        if text.alone and options.detail > 0:
            yield (Span("  " + options.say("看懂了，但没有可比的数：", "understood, with nothing to compare:")),)
            yield from _sentences(text.alone, options)


def _sentences(shown: Iterable[Unread], options: Options) -> Iterator[Line]:
    for each in shown:
        figures = listed(each.figures, options.language)
        said = cut(each.words.words.strip(), options.columns, options.wide)
        yield from paragraph(Span(f"  {each.words.address}  "), f"{figures}  {said}", options, "dim")
