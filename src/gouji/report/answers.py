"""What people answered in notes: a line 说明：… directly below a paragraph of ours is the answer to its findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from gouji.hosts.protocol import MARKER, answer_in
from gouji.report.model import Finding
from gouji.sheet import Book, CellRef

Answers = Mapping[tuple[CellRef, str], str]
"""By the cell that carries the note, and the rule its paragraph names."""

_OPENING = re.compile(re.escape(MARKER) + r"[^】\s]* ([^】]+)】")


def answers_of(book: Book) -> Answers:
    """Every answer in the notes of a book; several lines below one paragraph are one answer."""
    found: dict[tuple[CellRef, str], str] = {}
    for sheet in book.sheets:
        for note in sheet.notes:
            if MARKER in note.text:
                cell = CellRef(sheet.name, note.row, note.column)
                found.update({(cell, rule): answer for rule, answer in _answered(note.text)})
    return found


def with_answers(findings: Iterable[Finding], answers: Answers) -> list[Finding]:
    """The findings, each with the answer that stands in the first of its notes that has one."""
    return [_with_answer(each, answers) for each in findings] if answers else list(findings)


def _with_answer(finding: Finding, answers: Answers) -> Finding:
    for cell in finding.note_at:
        if answer := answers.get((cell, finding.rule)):
            return replace(finding, answer=answer)
    return finding


def _answered(text: str) -> Iterable[tuple[str, str]]:
    rule: str | None = None
    answers: dict[str, list[str]] = {}
    for line in text.split("\n"):
        opening = _OPENING.match(line)
        answer = answer_in(line)
        if opening is not None:
            rule = opening[1]
        elif rule is None or answer is None:
            rule = None
        elif answer:
            answers.setdefault(rule, []).append(answer)
    return ((rule, "\n".join(lines)) for rule, lines in answers.items())
