"""``gouji validate``: check and print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gouji.cli import exits
from gouji.cli.checking import Attempts, Outcome, check_each, report_code
from gouji.cli.commands import Annotate, FailOn, Format, Validate
from gouji.cli.files import expanded, same_file, write_whole
from gouji.cli.screen import Screen
from gouji.errors import GoujiError
from gouji.report.model import Report

_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".et")


def run(command: Validate, screen: Screen) -> int:
    """The exit code; reports go to standard output or ``command.out``."""
    refuse_workbook_as_report(command)
    refuse_text_of_many(command)
    attempts = Attempts(screen)
    outcomes = check_each(command.files, command.pack, command.params, attempts, details=True, text=command.text)
    if command.out not in (None, "-"):
        written = list(outcomes)
        attempts.of("", lambda: _write(command, written, screen))
    elif command.format == "text":
        written = list(print_texts(outcomes, command.detail, screen))
    elif command.format == "json":
        written = list(_print_lines(outcomes, screen))
    else:
        written = list(outcomes)
        screen.document(_document(command, written, screen))
    codes = [report_code(each.report, command.fail_on) for each in written if each.report]
    return exits.most_important([*attempts.codes, *codes])


def print_texts(
    outcomes: Iterator[Outcome], detail: int, screen: Screen, *, advises: bool = True
) -> Iterator[Outcome]:
    """Print every report as it comes, a blank line between two; the outcomes are passed on."""
    first = True
    for outcome in outcomes:
        if outcome.report:
            if not first and detail >= 0:
                screen.print()
            screen.report(outcome.report, detail, advises=advises)
            first = False
        if outcome.report and not outcome.report.is_about_something:
            message = screen.say("没有认出标准的决算表。", "No standard table was recognised.")
            screen.error(message, outcome.file)
        yield outcome


def refuse_text_of_many(command: Validate | Annotate) -> None:
    """``GoujiError`` where ``--text`` would belong to several workbooks."""
    if command.text is not None and len(list(expanded(command.files))) != 1:
        raise GoujiError(
            "--text 是一本工作簿的说明，请一次只核对一本。",
            "--text is the text of one workbook; check one at a time.",
        )


def refuse_workbook_as_report(command: Validate) -> None:
    """``GoujiError`` where ``-o`` would put the report in the place of a workbook."""
    out = command.out
    if out in (None, "-"):
        return
    inputs = (file for file in expanded(command.files) if isinstance(file, str))
    if Path(out).suffix.lower() in _WORKBOOKS or any(same_file(out, file) for file in inputs):
        raise GoujiError(
            f"validate 的 -o 写的是报告，{out} 是工作簿；要把批注写进副本，请用 gouji annotate -o。",
            f"validate -o writes a report and {out} is a workbook; use gouji annotate -o for a copy with notes.",
        )


def _print_lines(outcomes: Iterator[Outcome], screen: Screen) -> Iterator[Outcome]:
    from gouji.report import json_report  # only this format

    for outcome in outcomes:
        if outcome.report:
            screen.document(json_report.render([outcome.report], screen.language))
        yield outcome


def _write(command: Validate, outcomes: Sequence[Outcome], screen: Screen) -> None:
    path = Path(command.out or "")
    write_whole(path, _document(command, outcomes, screen))
    if command.detail >= 0:
        for outcome in outcomes:
            if outcome.report:
                screen.report(outcome.report, -1)
        screen.print(screen.say(f"报告已写入 {path}", f"Report written to {path}"))


def _document(command: Validate, outcomes: Sequence[Outcome], screen: Screen) -> str:
    return document(outcomes, command.format, screen.language, fail_on=command.fail_on, detail=command.detail)


def document(
    outcomes: Sequence[Outcome], format: Format, language: str, *, fail_on: FailOn = "error", detail: int = 0
) -> str:
    """All outcomes in the format asked for; only its renderer is imported."""
    reports = [outcome.report for outcome in outcomes if outcome.report]
    if format == "text":
        return _text(reports, detail, language)
    if format == "json":
        from gouji.report import json_report

        return json_report.render(reports, language)
    from gouji.report.sarif import Unread

    unread = [Unread(outcome.file, outcome.message) for outcome in outcomes if not outcome.report]
    if format == "sarif":
        from gouji.cli.version import version
        from gouji.report import sarif

        named = [replace(each.report, workbook=each.file) for each in outcomes if each.report]
        return sarif.render(named, language, unread=unread, version=version())
    if format == "junit":
        from gouji.report import junit

        return junit.render(reports, language, unread=unread, fail_on=fail_on)
    from gouji.report import html

    return html.render(reports, language, unread=unread)


def _text(reports: Sequence[Report], detail: int, language: str) -> str:
    from gouji.report import console, spans

    options = spans.Options(language, detail)
    return ("\n" if detail >= 0 else "").join(console.plain(report, options) for report in reports)
