"""Whole cases of a pack: forms written as grids, and annotated workbooks, with exactly the findings they must have.

They stand in the pack's folder ``cases``: ``*.yaml`` with grids, in which ``3,972.2【A01】`` says that A01 is found at
that cell; ``*.xlsx`` whose notes say it, as gouji wrote them (``【勾稽·错误 A01】…``) or a person did (``应报 A01``).
A workbook without such notes must be clean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gouji.cases.grids import Mark, read_grids
from gouji.errors import GoujiError, Problem
from gouji.flow import judge_book
from gouji.hosts.package.reading import read_package
from gouji.hosts.protocol import MARKER
from gouji.packs.keys import SEVERITY_WORDS
from gouji.packs.locations import CASES_FOLDER
from gouji.packs.model import Pack
from gouji.report.model import Finding, Report
from gouji.report.words import SEVERITIES, message_in_table
from gouji.sheet import Book, CellRef, Sheet

_OURS = re.compile(rf"{re.escape(MARKER)}·(?P<severity>\S+) (?P<rule>[^\s】]+)】")
_BY_HAND = re.compile(r"^\s*应报[:：\s]*(?P<rules>.+)$", re.MULTILINE)
_RULE_ID = re.compile(r"[A-Za-z]\w*(?:-\w+)*")


class WholeCase(NamedTuple):
    """A book, the findings it must have, parameters, and the rules that must not be applied (``None``: whichever).

    ``lines``: where in its file each sheet begins.
    """

    name: str
    file: str
    line: int
    book: Book
    marks: tuple[Mark, ...]
    params: Mapping[str, str]
    not_applied: tuple[str, ...] | None = None
    lines: Mapping[str, int] | None = None


class WholeResult(NamedTuple):
    """How a whole case came out: every difference from what it must find; none when it is as declared."""

    case: WholeCase
    differences: tuple[Problem, ...]


def whole_cases(folder: Path) -> tuple[list[WholeCase], list[Problem]]:
    """The whole cases of the pack in ``folder``, by file, and what is wrong with their files."""
    problems: list[Problem] = []
    found: list[WholeCase] = []
    place = folder / CASES_FOLDER
    for path in sorted(place.iterdir()) if place.is_dir() else []:
        shown = f"{folder.name}/{CASES_FOLDER}/{path.name}"
        if path.suffix == ".yaml":
            read, faults = read_grids(path.read_bytes(), shown)
            problems += faults
            found += [WholeCase(one.name, shown, one.line, *one[2:]) for one in read]
        elif path.suffix in (".xlsx", ".xlsm") and not path.name.startswith("~$"):
            try:
                found.append(_annotated(path, shown))
            except GoujiError as error:
                problems.append(Problem(shown, 1, 1, error.chinese, error.english))
    return found, problems


def run_whole(pack: Pack, case: WholeCase) -> WholeResult:
    """Judge the book of a case and compare what is found with what it must find."""
    try:
        report = judge_book(case.book, pack, case.params, details=False)
    except GoujiError as error:
        return WholeResult(case, (_problem(case, case.line, error.chinese, error.english),))
    return WholeResult(case, tuple(_differences(case, report)))


def _annotated(path: Path, shown: str) -> WholeCase:
    book = read_package(path)
    marks = tuple(mark for sheet in book.sheets for mark in _noted(sheet))
    return WholeCase(path.stem, shown, 1, book, marks, {})


def _noted(sheet: Sheet) -> Iterator[Mark]:
    for note in sheet.notes:
        cell = CellRef(sheet.name, note.row, note.column)
        for match in _OURS.finditer(note.text):
            yield Mark(match["rule"], cell, 1, {"severity": match["severity"]})
        for match in _BY_HAND.finditer(note.text):
            yield from (Mark(rule, cell, 1, {}) for rule in _RULE_ID.findall(match["rules"]))


def _differences(case: WholeCase, report: Report) -> Iterator[Problem]:
    met: set[int] = set()
    for mark in case.marks:
        found = [n for n, finding in enumerate(report.findings) if _is_meant(mark, finding)]
        met.update(found)
        if not found:
            yield _missing(case, mark, report)
        for number in found[:1]:
            yield from _otherwise(case, mark, report.findings[number])
    info_marked = any(mark.said.get("severity") == SEVERITY_WORDS[-1] for mark in case.marks)
    exact = case.file.endswith(".yaml") or info_marked
    for number, finding in enumerate(report.findings):
        if number not in met and (exact or finding.severity != "info"):
            yield _surplus(case, finding)
    if case.not_applied is not None:
        yield from _not_applied(case, report)


def _is_meant(mark: Mark, finding: Finding) -> bool:
    return mark.rule == finding.rule and mark.cell in {finding.cell, *finding.note_at}


def _problem(case: WholeCase, line: int, chinese: str, english: str) -> Problem:
    return Problem(case.file, line, 1, f"{case.name}：{chinese}", f"{case.name}: {english}")


def _missing(case: WholeCase, mark: Mark, report: Report) -> Problem:
    here = [finding.rule for finding in report.findings if finding.cell == mark.cell]
    unapplied = [one for one in report.not_applied if one.rule == mark.rule]
    if here:
        why_zh, why_en = f"这一格报的是 {'、'.join(here)}", f"what is found there is {', '.join(here)}"
    elif unapplied:
        why_zh, why_en = f"未应用：{unapplied[0].reason_zh}", f"not applied: {unapplied[0].reason_en}"
    else:
        why_zh, why_en = "没有报", "nothing is found"
    return _problem(
        case, mark.line, f"少报 {mark.rule}，{mark.cell}（{why_zh}）", f"missing {mark.rule} at {mark.cell} ({why_en})"
    )


def _surplus(case: WholeCase, finding: Finding) -> Problem:
    sheet = (case.lines or {}).get(finding.sheet)
    return _problem(
        case,
        case.line if sheet is None else sheet + finding.cell.row - 1,
        f"多报 {finding.rule}，{finding.cell}：{message_in_table(finding, 'zh')}",
        f"surplus {finding.rule} at {finding.cell}: {message_in_table(finding, 'en')}",
    )


def _otherwise(case: WholeCase, mark: Mark, finding: Finding) -> Iterator[Problem]:
    """Details that were declared and came out otherwise."""
    actual = {
        "severity": SEVERITY_WORDS[SEVERITIES.index(finding.severity)],
        "left": finding.left,
        "right": finding.right,
        "difference": finding.difference,
    }
    for key, declared in mark.said.items():
        if key == "message":
            if declared not in finding.message_zh:
                yield _changed(case, mark, key, declared, finding.message_zh)
        elif declared.replace(",", "") != actual[key]:
            yield _changed(case, mark, key, declared, actual[key])


def _changed(case: WholeCase, mark: Mark, key: str, declared: str, actual: str) -> Problem:
    at = f"{mark.rule}，{mark.cell}，{key}"
    return _problem(
        case, mark.line, f"{at}：应为 {declared}，实为 {actual}", f"{at}: declared {declared}, came out as {actual}"
    )


def _not_applied(case: WholeCase, report: Report) -> Iterator[Problem]:
    declared, actual = set(case.not_applied or ()), {one.rule for one in report.not_applied}
    for rule in sorted(declared - actual):
        yield _problem(case, case.line, f"{rule} 应列为未应用，却应用了", f"{rule} should not be applied, but is")
    for one in report.not_applied:
        if one.rule in actual - declared:
            yield _problem(
                case, case.line, f"{one.rule} 未应用：{one.reason_zh}", f"{one.rule} is not applied: {one.reason_en}"
            )
