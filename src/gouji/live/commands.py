"""The commands of ribbon, menu and toolbar on an open workbook."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gouji import __version__, flow
from gouji.errors import GoujiError
from gouji.hosts.live.host import LiveHost
from gouji.hosts.protocol import WriteOutcome
from gouji.live.export import file_kinds, proposed_place, write_report
from gouji.live.outcome import Choice, Kind, Outcome
from gouji.live.settings import Settings, load
from gouji.live.walking import step
from gouji.packs.signatures import signatures
from gouji.report.arrange import verdict
from gouji.report.model import Finding, Report
from gouji.report.notes import NoteOptions, write_notes
from gouji.report.words import at_least

if TYPE_CHECKING:
    from xlwings import Book

CAPTIONS: dict[str, tuple[str, str]] = {
    "check": ("审核", "Check"),
    "check_sheet": ("审核本表", "Check this sheet"),
    "clear": ("清除批注", "Clear notes"),
    "previous": ("上一处", "Previous"),
    "next": ("下一处", "Next"),
    "results": ("显示结果表", "Show results"),
    "packs": ("规则包", "Packs"),
    "export": ("导出报告", "Export report"),
    "about": ("说明", "About"),
}
"""Every command and what its button says."""


def run(command: str, book: Book, *, settings: Settings | None = None) -> Outcome:
    """Do one of ``CAPTIONS`` on the open workbook.

    ``settings`` are the user's own (``settings.load()``) where none are given. Never raises: what goes wrong is an
    outcome of kind ``error``.
    """
    try:
        return _COMMANDS[command](book, load() if settings is None else settings)
    except GoujiError as error:
        return Outcome((error.chinese, error.english), "error")
    except Exception as error:  # a fault of ours or of the program: said in a line, without the data
        return failed(command, error)


def failed(command: str, error: Exception) -> Outcome:
    """What is said of a command that ended in a fault: never a traceback."""
    name, fault = CAPTIONS.get(command, (command,))[0], _fault(error)
    return Outcome((
        f"“{name}”没有完成（{fault}）。请保存后重试；仍不行，请用命令行 gouji。",
        f"{command} did not finish ({fault}). Save the workbook and try again, or use gouji on the command line.",
    ), "error")  # fmt: skip


def _fault(error: Exception) -> str:
    """The kind of error, and the place in our program."""
    at = sys.exc_info()[2]  # LibreOffice's exceptions do not tell their own
    while at is not None and at.tb_next is not None and "gouji" in at.tb_next.tb_frame.f_code.co_filename:
        at = at.tb_next
    place = "" if at is None else f"，{at.tb_frame.f_globals.get('__name__', '')}:{at.tb_lineno}"
    return f"{type(error).__name__}{place}"


def _check(book: Book, settings: Settings) -> Outcome:
    host = LiveHost(book)
    report = _judged(host, settings)
    written = write_notes(host, report, _options(settings, results=host.has_results()))
    return _said(report, report.findings, written, book)


def _check_sheet(book: Book, settings: Settings) -> Outcome:
    """The rules read other sheets too, so that everything is judged; only this sheet is written to."""
    name = book.sheets.active.name
    host = LiveHost(book, only=(name,))
    report = _judged(host, settings)
    written = write_notes(host, report, _options(settings))
    mine = [each for each in report.findings if any(cell.sheet == name for cell in each.note_at)]
    return _said(report, mine, written, book, name)


def _clear(book: Book, settings: Settings) -> Outcome:
    written = LiveHost(book).clear()
    zh = f"已清除 {written.removed} 处批注。" if written.changed else "没有勾稽的批注可清除。"
    en = f"{written.removed} notes removed." if written.changed else "There were no notes of gouji."
    return _with_remarks(Outcome((zh, en)), written)


def _results(book: Book, settings: Settings) -> Outcome:
    host = LiveHost(book)
    report = _judged(host, settings)
    written = write_notes(host, report, _options(settings, results=True))
    host.show_results()
    return _said(report, report.findings, written, book)


def pack_choices(settings: Settings) -> tuple[Choice, ...]:
    """Automatic choice, with the id ``""``, and every pack that can be chosen by its id."""
    automatic = Choice("", "自动（按表式和年度选择）", settings.pack is None)
    return (automatic, *(Choice(one.pack, one.title, one.pack == settings.pack) for one in signatures()))


def _packs(book: Book, settings: Settings) -> Outcome:
    choices = pack_choices(settings)
    chosen = next((each for each in choices if each.chosen), None)
    lines = "\n".join(f"{each.id or '—'}  {each.title}" for each in choices)
    name = chosen.title if chosen else settings.pack
    return Outcome((f"现在用的规则包：{name}\n{lines}", f"The pack in use: {settings.pack or 'automatic'}\n{lines}"),
                   choices=choices)  # fmt: skip


def _export(book: Book, settings: Settings) -> Outcome:
    """Judged before anything is asked, so that the workbook is as it was when the button was clicked."""
    host = LiveHost(book)
    report = _judged(host, settings, details=True)
    place: Path | None = proposed_place(book, settings)
    if place is not None and settings.export_to is None:
        title = CAPTIONS["export"][settings.language == "en"]
        place = host.program.save_where(book, title, place, file_kinds(settings))
    if place is None:
        return Outcome(("没有导出。", "Nothing was exported."))
    path = write_report(report, place, settings)
    return Outcome((f"报告已导出到 {path}", f"The report was exported to {path}"), path=path)


def _about(book: Book, settings: Settings) -> Outcome:
    version, pack = __version__, settings.pack
    return Outcome((
        f"勾稽 gouji {version}：决算工作簿的勾稽审核。规则包：{pack or '自动选择'}。\n"
        "点“审核”把不符之处写成单元格批注；在批注里我们的话下面另起一行写“说明：……”，再审核时保留，并写进报告。\n"
        "点“清除批注”只去掉勾稽写的，您自己写的留下。",
        f"gouji {version}: checks 决算 workbooks. Pack: {pack or 'automatic'}.\n"
        "Check writes what does not agree into the cells as notes. A line “说明：…” that you write below ours is kept "
        "by later checks and stands in the report.\nClear removes only what gouji wrote.",
    ))  # fmt: skip


def _judged(host: LiveHost, settings: Settings, *, details: bool = False) -> Report:
    return flow.validate(host.read(), pack=settings.pack, details=details)


def _options(settings: Settings, *, results: bool = False) -> NoteOptions:
    return NoteOptions(settings.notes, settings.highlight, results, settings.language)


def _said(
    report: Report, findings: tuple[Finding, ...] | list[Finding], written: WriteOutcome, book: Book, sheet: str = ""
) -> Outcome:
    """The verdict in a line, then what the person should know of the writing and of the workbook."""
    serious = [each for each in findings if at_least(each.severity, "warning")]
    kind: Kind = "warning" if serious or not report.complete else "info"
    if sheet:
        zh = f"{sheet}：{len(serious)} 处不符" if serious else f"{sheet}：勾稽相符"
        en = f"{sheet}: {len(serious)} findings" if serious else f"{sheet}: the figures hold together"
    else:
        zh, en = verdict(report, "zh"), verdict(report, "en")
    told = Outcome((
        f"{zh}；批注 {len(written.noted)} 格{_changes(written, 'zh')}。",
        f"{en}; notes in {len(written.noted)} cells{_changes(written, 'en')}.",
    ), kind)  # fmt: skip
    return _with_remarks(told, written, book)


def _changes(written: WriteOutcome, language: str) -> str:
    gone = written.removed
    if language == "en":
        return f", {gone} removed" if gone else ("" if written.changed else ", nothing changed")
    return f"，去掉 {gone} 格" if gone else ("" if written.changed else "，与上次相同")


_MANUAL = (
    "工作簿是手动计算，公式显示的可能不是最新结果：请重新计算（F9）后再审核。",
    "Calculation is manual, so formulas may show old results: calculate (F9) and check again.",
)


def _with_remarks(told: Outcome, written: WriteOutcome, book: Book | None = None) -> Outcome:
    remarks = [*written.remarks, *([_MANUAL] if book is not None and book.app.calculation == "manual" else [])]
    if not remarks:
        return told
    zh, en = ("\n".join((told.message[n], *(remark[n] for remark in remarks))) for n in (0, 1))
    return Outcome((zh, en), "warning")


_COMMANDS: dict[str, Callable[[Book, Settings], Outcome]] = {
    "check": _check,
    "check_sheet": _check_sheet,
    "clear": _clear,
    "previous": lambda book, settings: step(book, -1),
    "next": lambda book, settings: step(book, 1),
    "results": _results,
    "packs": _packs,
    "export": _export,
    "about": _about,
}
