"""What a batch run says: a line for each workbook as it is done, and a table of all at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gouji.cli.batch_work import Done
from gouji.report.arrange import verdict
from gouji.report.layout import pad, width
from gouji.report.words import choose

_HEADINGS = (
    ("工作簿", "workbook"), ("规则包", "pack"), ("表", "tables"), ("错误", "errors"), ("警告", "warnings"),
    ("提示", "infos"), ("未应用", "not applied"), ("结果", "result"),
)  # fmt: skip
_FIRST_NUMBER = 2
_RESULTS = {
    "clean": ("相符", "clean"), "findings": ("有问题", "findings"), "incomplete": ("没有查完", "incomplete"),
    "unknown": ("没有标准表", "no standard table"), "unread": ("没有核对", "not checked"),
}


class Row(NamedTuple):
    """A workbook's line of the table; without a report the counts are empty."""

    workbook: str
    pack: str
    counts: tuple[str, ...]
    result: str


def progress(done: Done, count: int, total: int, language: str) -> str:
    """The line for a workbook that is done, the ``count``-th of ``total``."""
    opening = f"[{count:>{len(str(total))}}/{total}]"
    if done.report is None:
        said = choose(done.message, language)
        name = "" if done.name in said else f"{done.name}{choose(('：', ': '), language)}"
        return f"{opening} ? {name}{said}"
    mark = "✓" if _kind(done) == "clean" else "✗"
    notes = choose((f"，{done.noted} 格写了批注", f", notes in {done.noted} cells"), language) if done.noted else ""
    return f"{opening} {mark} {done.name}{choose(('：', ': '), language)}{verdict(done.report, language)}{notes}"


def rows(all_done: Sequence[Done], language: str) -> list[Row]:
    """A row a workbook, in their order."""
    return [_row(done, language) for done in all_done]


def table(all_done: Sequence[Done], language: str) -> Iterator[str]:
    """The lines of the table, numbers to the right, then how many workbooks ended in which way."""
    headings = [choose(each, language) for each in _HEADINGS]
    lines = [headings, *([one.workbook, one.pack, *one.counts, one.result] for one in rows(all_done, language))]
    widths = [max(width(line[column]) for line in lines) for column in range(len(headings))]
    for line in lines:
        cells = (
            _right(text, columns) if _FIRST_NUMBER <= index < len(headings) - 1 else pad(text, columns)
            for index, (text, columns) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
    yield ""
    yield totals(all_done, language)


def totals(all_done: Sequence[Done], language: str) -> str:
    """How many workbooks there are and how they ended."""
    counted = Counter(_kind(done) for done in all_done)
    ended = [f"{choose(_RESULTS[kind], language)} {counted[kind]}" for kind in _RESULTS if counted[kind]]
    errors = sum(done.report.summary.error for done in all_done if done.report)
    warnings = sum(done.report.summary.warning for done in all_done if done.report)
    if language == "en":
        return f"{len(all_done)} workbooks: {', '.join(ended)}; {errors} errors, {warnings} warnings in all."
    return f"共 {len(all_done)} 本：{'，'.join(ended)}。合计错误 {errors} 处，警告 {warnings} 处。"


def _row(done: Done, language: str) -> Row:
    result = choose(_RESULTS[_kind(done)], language)
    if done.report is None:
        return Row(done.name, "", ("",) * 5, result)
    summary = done.report.summary
    counts = len(done.report.tables), summary.error, summary.warning, summary.info, summary.not_applied
    return Row(done.name, done.report.pack_id, tuple(map(str, counts)), result)


def _kind(done: Done) -> str:
    if done.report is None:
        return "unknown" if done.strange else "unread"
    if not done.report.tables:
        return "unknown"
    if not done.report.complete:
        return "incomplete"
    return "findings" if done.report.summary.error or done.report.summary.warning else "clean"


def _right(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text
