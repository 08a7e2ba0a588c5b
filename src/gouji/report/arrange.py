"""What the readable renderings share: findings grouped by table, reasons grouped, the verdict in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from gouji.diagnosis.mechanism import ELSEWHERE
from gouji.packs.model import Severity
from gouji.report.model import Explanation, Finding, NotApplied, Report, SuspectCell, TableReport, TextReport
from gouji.report.words import (
    SEVERITIES,
    choose,
    grouped_digits,
    severity_rank,
    severity_word,
    should_be_between,
    should_be_one_of,
)


class TableGroup(NamedTuple):
    """The findings of one table on one sheet, by cell; ``table`` is ``None`` for a sheet without one."""

    title: str
    sheet: str
    table: TableReport | None
    findings: tuple[Finding, ...]


class Reason(NamedTuple):
    """One reason why rules were not applied: the rules, in report order, and how many instances."""

    text: str
    rules: tuple[str, ...]
    instances: int
    places: tuple[str, ...]


def table_groups(report: Report, findings: Iterable[Finding]) -> tuple[TableGroup, ...]:
    """Findings by table and sheet: tables in the order of the workbook, then what belongs to none."""
    known = {(table.table, table.sheet): table for table in report.tables}
    members: dict[tuple[str, str], list[Finding]] = {key: [] for key in known}
    for finding in findings:
        members.setdefault((finding.table, finding.sheet), []).append(finding)
    return tuple(
        TableGroup(*key, known.get(key), tuple(sorted(found, key=_by_cell))) for key, found in members.items() if found
    )


def table_name(table: TableReport) -> str:
    """A table's title, with the key of its form where there are many."""
    return f"{table.table}·{table.key}" if table.key else table.table


def reasons(not_applied: Iterable[NotApplied], language: str) -> tuple[Reason, ...]:
    """Rules not applied, one entry a reason."""
    entries: dict[str, list[NotApplied]] = {}
    for item in not_applied:
        entries.setdefault(item.reason(language), []).append(item)
    return tuple(
        Reason(
            text,
            tuple(dict.fromkeys(item.rule for item in items)),
            sum(item.instances for item in items),
            tuple(dict.fromkeys(str(cell) for item in items for cell in item.cells)),
        )
        for text, items in entries.items()
    )


def worst(report: Report) -> Severity | None:
    """The severity that colours the verdict: ``None`` when all holds together, a warning when nothing was checked."""
    if not report.is_about_something:
        return "warning"
    return "error" if report.summary.error else "warning" if report.summary.warning else None


def counts(report: Report, language: str) -> str:
    """``错误 5 处，警告 1 处``: what there is, worst first; "" where there is nothing."""
    summary = report.summary
    numbers = zip(SEVERITIES, (summary.error, summary.warning, summary.info), strict=True)
    present = [(severity, number) for severity, number in numbers if number]
    if language == "en":
        return ", ".join(f"{number} {_plural(severity, number)}" for severity, number in present)
    return "，".join(f"{severity_word(severity, language)} {number} 处" for severity, number in present)


def coverage(report: Report, language: str) -> str:
    """``核对关系 812 项，未应用 3 项`` and, where it is so, that the answer is incomplete."""
    summary = report.summary
    if language == "en":
        text = f"{summary.checked} relations checked, {summary.not_applied} not applied"
        return text if report.complete else text + "; THE ANSWER IS INCOMPLETE (a limit was reached)"
    text = f"核对关系 {summary.checked} 项，未应用 {summary.not_applied} 项"
    return text if report.complete else text + "；结果不完整（已达限度）"


def text_coverage(text: TextReport, language: str) -> str:
    """``说明.docx：126 个数，看懂 123 个，原因和单价里 2 个，没有看懂的句子 1 句``."""
    alone = sum(len(each.figures) for each in text.alone)
    lone, lone_en = (
        (f"（其中 {alone} 个没有可比的数，没有核对）", f" ({alone} of them with nothing to compare: not checked)")
        if alone else ("", "")
    )  # fmt: skip
    if language == "en":
        return (
            f"{text.document}: {text.figures} figures, {text.understood} understood{lone_en}, {text.reasons} in "
            f"reasons and prices, {len(text.unread)} sentences not understood"
        )
    return (
        f"{text.document}：{text.figures} 个数，看懂 {text.understood} 个{lone}，原因和单价里 "
        f"{text.reasons} 个（不核对），"
        f"没有看懂的句子 {len(text.unread)} 句（没有核对）"
    )


def verdict(report: Report, language: str) -> str:
    """The answer in one clause: no table, the counts, or that all is well."""
    if not report.is_about_something:
        return choose(("没有认出标准表，未作核对", "no standard table recognised, nothing checked"), language)
    found = counts(report, language)
    well = choose(("勾稽相符", "the figures hold together"), language)
    if report.summary.error or report.summary.warning:
        return found
    return well + (choose(("，仅有", ", only "), language) + found if found else "")


def explanation_text(explanation: Explanation, language: str) -> str:
    """``GK02 收入决算表!C12 列示 1899.0，应为 1888.9 或 1889.0``, cells of one cause joined."""
    said = [f"{suspect.cell} {should_be(suspect, language)}" for suspect in explanation.cells]
    return choose(("；", "; "), language).join(said)


def should_be(suspect: SuspectCell, language: str) -> str:
    """``列示 1,899.0，应为 1,888.9 或 1,889.0（一位数字不同）``."""
    values = [grouped_digits(value) + suspect.unit for value in suspect.values]
    slip = suspect.slip[language == "en"] if _is_sure_of_slip(suspect) else ""
    printed = choose(suspect.shown, language)
    printed = printed or f"{choose(('列示', 'printed'), language)} {grouped_digits(suspect.printed)}"
    if suspect.wide and len(values) == 2:
        said = choose(should_be_between(*values), language)
    elif values and not suspect.wide:
        said = choose(should_be_one_of(values), language)
    else:
        said = choose((f"应在 {suspect.range}", f"should be in {suspect.range}"), language)
    if suspect.plausible:
        likely = grouped_digits(suspect.plausible) + suspect.unit
        said += choose((f"，最像是 {likely}", f", most likely {likely}"), language)
    said += choose((f"（{slip}）", f" ({slip})"), language) if slip else ""
    return printed + choose(("，", ", "), language) + said


def _is_sure_of_slip(suspect: SuspectCell) -> bool:
    if suspect.wide:
        return bool(suspect.plausible)
    return len(suspect.values) == 1 or suspect.mechanism in {one.key for one in ELSEWHERE}


def _by_cell(finding: Finding) -> tuple[int, int, int, str]:
    return finding.cell.row, finding.cell.column, severity_rank(finding.severity), finding.rule


def _plural(severity: Severity, number: int) -> str:
    word = severity_word(severity, "en")
    return word if number == 1 or severity == "info" else word + "s"
