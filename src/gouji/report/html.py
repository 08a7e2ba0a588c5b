"""Reports as one self-contained HTML page: no script, nothing fetched, made to be printed on A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from gouji.hosts.protocol import ANSWER
from gouji.report.arrange import (
    TableGroup,
    coverage,
    explanation_text,
    reasons,
    table_groups,
    text_coverage,
    verdict,
    worst,
)
from gouji.report.layout import aligned, width
from gouji.report.model import Finding, Report, TableReport
from gouji.report.sarif import Unread
from gouji.report.strip import StripLine, strip
from gouji.report.words import choose, listed, message_in_table, severity_word

_STYLE = Path(__file__).with_name("page.css")


def render(reports: Iterable[Report], language: str = "zh", *, unread: Sequence[Unread] = ()) -> str:
    """The page as text; all of the reports one under another."""
    title = choose(("勾稽审核报告", "gouji report"), language)
    body = [_section(report, language) for report in reports] + [_unread(each, language) for each in unread]
    return (
        f'<!DOCTYPE html>\n<html lang="{"en" if language == "en" else "zh-CN"}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(report: Report, language: str) -> str:
    parts = [_head(report, language)]
    parts += [_group(group, language) for group in table_groups(report, report.findings)]
    parts += [*_explanations(report, language), *_not_applied(report, language), *_unknown(report, language)]
    parts += [*_tables(report, language), *_texts(report, language)]
    return "<section>\n" + "\n".join(parts) + "\n</section>"


def _head(report: Report, language: str) -> str:
    style = worst(report) or "good"
    remarks = "".join(f'<p class="soft">{escape(choose(each, language))}</p>' for each in report.remarks)
    pack = f"{report.pack_title} ({report.pack_id} {report.pack_version})"
    return (
        f"<header><h1>{escape(report.workbook)}</h1>"
        f'<div class="answer {style}">{escape(verdict(report, language))}</div>'
        f'<div class="soft">{escape(coverage(report, language))} · {escape(pack)}</div>{remarks}</header>'
    )


def _group(group: TableGroup, language: str) -> str:
    title = group.title + (f"·{group.table.key}" if group.table and group.table.key else "")
    unit = f" · {group.table.unit}" if group.table and group.table.unit else ""
    findings = "\n".join(_finding(finding, language) for finding in group.findings)
    return f"<h2>{escape(title)} <small>{escape(group.sheet + unit)}</small></h2>\n{findings}"


def _finding(finding: Finding, language: str) -> str:
    word = severity_word(finding.severity, language)
    relation = " · ".join(part for part in (finding.name, finding.formula, finding.basis) if part)
    return (
        f'<article class="{finding.severity}"><p><span class="tag">{word} {escape(finding.rule)}</span>'
        f'<span class="cell">{escape(finding.cell.address)}</span>{escape(message_in_table(finding, language))}</p>'
        f"{_answer(finding)}{_strip(strip(finding, language))}"
        f'<p class="relation">{escape(relation)}</p></article>'
    )


def _answer(finding: Finding) -> str:
    text = "<br>".join(escape(f"{ANSWER}{line}") for line in finding.answer.split("\n") if line)
    return f'<p class="answered">{text}</p>' if text else ""


def _strip(lines: Sequence[StripLine]) -> str:
    lines = [line for line in lines if line.role != "relation"]
    figures = aligned([line.figure for line in lines])
    rows, after_rule = [], False
    for line, figure in zip(lines, figures, strict=True):
        if line.role == "rule":
            after_rule = True
            continue
        kind = f"{line.role} sum" if after_rule else line.role
        cells = "".join(
            f'<td class="{name}">{escape(text)}</td>'
            for name, text in (
                ("sign", line.sign),
                ("label", line.label),
                ("place", line.place),
                ("figure", figure),
            )
        )
        rows.append(f'<tr class="{kind}">{cells}</tr>')
        after_rule = False
    return f'<table class="strip">{"".join(rows)}</table>' if rows else ""


def _explanations(report: Report, language: str) -> Iterator[str]:
    if report.explanations:
        yield f"<h2>{choose(('最可能有误的单元格', 'Cells most likely wrong'), language)}</h2>"
        rows = "".join(f"<li>{escape(explanation_text(each, language))}</li>" for each in report.explanations)
        yield f"<ul>{rows}</ul>"


def _not_applied(report: Report, language: str) -> Iterator[str]:
    if report.not_applied:
        title = choose(("未应用的规则", "Rules not applied"), language)
        yield f"<h2>{title} <small>{report.summary.not_applied}</small></h2>"
        zh, en = ("规则", "项数", "原因", "单元格"), ("Rules", "Number", "Reason", "Cells")
        yield _list(
            en if language == "en" else zh,
            (
                (listed(each.rules, language), str(each.instances), each.text, listed(each.places, language))
                for each in reasons(report.not_applied, language)
            ),
        )


def _unknown(report: Report, language: str) -> Iterator[str]:
    if report.unknown_sheets:
        yield f"<h2>{choose(('未识别的工作表', 'Sheets not recognised'), language)}</h2>"
        rows = ((each.sheet, choose((each.reason_zh, each.reason_en), language)) for each in report.unknown_sheets)
        yield _list(("工作表", "说明") if language != "en" else ("Sheet", "Reason"), rows)


def _tables(report: Report, language: str) -> Iterator[str]:
    if report.tables:
        yield f"<h2>{choose(('认出的表', 'Tables recognised'), language)}</h2>"
        zh, en = ("表", "位置", "单位", "小数位", "说明"), ("Table", "Place", "Unit", "Decimals", "Remarks")
        yield _list(en if language == "en" else zh, (_table_row(table, language) for table in report.tables))


def _texts(report: Report, language: str) -> Iterator[str]:
    for text in report.texts:
        yield f"<h2>{escape(text_coverage(text, language))}</h2>"
        for sentences, title in (
            (text.unread, ("没有看懂的句子", "Sentence not understood")),
            (text.alone, ("看懂了，但没有可比的数", "Understood, with nothing to compare")),
        ):
            if sentences:
                head = "Place" if language == "en" else "位置", "Figures" if language == "en" else "数"
                yield _list((*head, choose(title, language)), (
                    (each.words.address, listed(each.figures, language), each.words.words) for each in sentences
                ))  # fmt: skip


def _table_row(table: TableReport, language: str) -> tuple[str, ...]:
    name = f"{table.table}·{table.key}" if table.key else table.table
    remarks = " ".join(choose(each, language) for each in (table.recognised_by, *table.remarks))
    return name, f"{table.sheet}!{table.area}", table.unit, str(table.decimals), remarks.strip()


def _list(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    titles = "".join(f"<th>{escape(each)}</th>" for each in head)
    body = "".join("<tr>" + "".join(map(_list_cell, row)) + "</tr>" for row in rows)
    return f'<table class="list"><tr>{titles}</tr>{body}</table>'


def _list_cell(text: str) -> str:
    kind = ' class="short"' if width(text) <= 10 else ""
    return f"<td{kind}>{escape(text)}</td>"


def _unread(unread: Unread, language: str) -> str:
    message = escape(choose(unread.message, language))
    head = f'<h1>{escape(unread.workbook)}</h1><div class="answer error">{message}</div>'
    return f"<section><header>{head}</header></section>"
