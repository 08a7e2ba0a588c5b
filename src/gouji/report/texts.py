"""What the report says of texts: faults that need no rule, and how much of a text was understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.binding.bind import Binding
from gouji.binding.bound import terms_of
from gouji.checking.check import Judged, Verdict
from gouji.document import Document
from gouji.report.builtin import BUILTIN
from gouji.report.model import Finding, TextReport, Unread
from gouji.sheet import CellRef, Sheet
from gouji.tables.model import Spoken

if TYPE_CHECKING:
    from gouji.texts.faults import Fault
    from gouji.texts.statements import Figured
    from gouji.texts.text import TextReading

TITLE = "情况说明"
SILENT = frozenset({Verdict.NOT_FORMED, Verdict.UNDECIDED})
_ENDS = "。；;！？!?"
SHOWN_OF_TABLE = 40
SHOWN = 300
"""How many characters of a sentence are shown on either side of a figure."""


def text_findings(texts: Sequence[TextReading], found: Sequence[Finding]) -> list[Finding]:
    """A finding for every fault of the texts; a missing 万 that a relation shows as well is said there."""
    if not texts:
        return []
    from gouji.texts.faults import faults  # most workbooks have no text

    told = {
        (cell.sheet, cell.paragraph, cell.start)
        for one in found
        for cell in one.cells
        if isinstance(cell, Spoken) and one.severity == "error"
    }
    return [
        _finding(fault)
        for reading in texts
        for fault in faults(reading)
        if fault.rule != "T72" or (fault.words.sheet, fault.words.paragraph, fault.words.start) not in told
    ]


def _finding(fault: Fault) -> Finding:
    name, words = BUILTIN[fault.rule][0], fault.words
    here = f"{TITLE} {words.address} "
    return Finding(
        rule=fault.rule, name=name, severity=fault.severity, table=TITLE, sheet=words.sheet, cell=words, cells=(words,),
        note_at=(words,), left=words.words, right="", difference="", comparison="", message_zh=here + fault.chinese,
        message_en=here + fault.english, formula="", excel=None, basis=name,
    )


def noted_in_cells(finding: Finding) -> Finding:
    """Notes go into cells: those of a text that is kept on a sheet, none for other words."""
    if not any(isinstance(cell, Spoken) for cell in finding.note_at):
        return finding
    cells = (
        cell if not isinstance(cell, Spoken) else cell.cell if cell.paragraph else None for cell in finding.note_at
    )
    return replace(finding, note_at=tuple(dict.fromkeys(cell for cell in cells if cell is not None)))


def text_remarks(texts: Iterable[TextReading]) -> Iterator[tuple[str, str]]:
    """What the user should know about reading the texts."""
    for reading in texts:
        yield from reading.document.remarks
        for sheet in reading.unread_tables:
            yield (
                f"{reading.document.name} 的{_called(sheet)}没有核对：不是看得懂的对比表。",
                f"{_called(sheet)} in {reading.document.name} was not checked: it compares nothing that is understood.",
            )
        if not reading.is_whole:
            from gouji.texts.text import LONGEST_PARAGRAPH, MOST_FIGURES

            yield (
                f"{reading.document.name} 太长，没有全部看完：有的段落超过 {LONGEST_PARAGRAPH:,} 字，"
                f"或数超过 {MOST_FIGURES:,} 个。请分开核对。",
                f"{reading.document.name} was not read to its end: a paragraph has more than {LONGEST_PARAGRAPH:,} "
                f"characters, or there are more than {MOST_FIGURES:,} figures. Check it in parts.",
            )


def _called(sheet: Sheet) -> str:
    """``表1（项目、决算数…）``: a table of a text by its number and its first words."""
    words = [cell.text.strip() for _, cell in sorted(sheet.cells.items()) if cell.text.strip()]
    return f"{sheet.name}（{'、'.join(words[:3])[:SHOWN_OF_TABLE]}…）"


def text_reports(
    texts: Sequence[TextReading], binding: Binding, decided: Sequence[Judged]
) -> tuple[TextReport, ...]:
    """How much of each text was understood, and compared with anything."""
    if not texts:
        return ()
    compared = _compared(binding, decided)
    return tuple(_text_report(reading, compared) for reading in texts)


def _compared(binding: Binding, decided: Sequence[Judged]) -> set[CellRef]:
    """The figures of sentences that a relation reads."""
    silent = {id(one.instance) for one in decided if one.verdict in SILENT}
    return {
        term.cell
        for one in binding.instances if id(one) not in silent
        for term in terms_of(one.relation) if isinstance(term.cell, Spoken)
    }


def _text_report(reading: TextReading, compared: Set[CellRef]) -> TextReport:
    document = reading.document
    matched = _matched(reading, compared)
    unread: list[Figured] = []
    alone: list[Figured] = []
    reasons = 0
    for number, figure in enumerate(reading.figures):
        if number in reading.understood:
            if number not in matched:
                alone.append(figure)
        elif figure.why in {"原因", "单价"}:
            reasons += 1
        else:
            unread.append(figure)
    return TextReport(
        document.name, reading.year, len(reading.figures), len(reading.understood), reasons,
        _sentences(document, unread), _sentences(document, alone),
    )


def _matched(reading: TextReading, compared: Set[CellRef]) -> set[int]:
    """The numbers of the figures that were compared, and of those that say the same again as one of them."""
    from gouji.texts.text_tables import column_of

    name = reading.document.name
    found = {number for number in reading.understood if CellRef(name, 0, column_of(number)) in compared}
    return found | {
        again.number
        for one in reading.statements for again in one.repeated
        if any(said.number in found and said.figure.value == again.figure.value for said in one.figures.values())
    }


def _sentences(document: Document, figures: Iterable[Figured]) -> tuple[Unread, ...]:
    """The sentences that some figures stand in."""
    from gouji.texts.faults import words_at

    found: dict[tuple[int, int, int], list[str]] = {}
    for figure in figures:
        text = document.paragraphs[figure.paragraph].text
        place = figure.paragraph, *_sentence(text, figure.start, figure.end)
        found.setdefault(place, []).append(text[figure.start : figure.end])
    return tuple(Unread(words_at(document, *place), tuple(said)) for place, said in found.items())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around some words, as far as it is not endless."""
    least, most = max(start - SHOWN, 0), min(end + SHOWN, len(text))
    first = max(text.rfind(mark, least, start) for mark in _ENDS) + 1 or least
    lasts = [place for mark in _ENDS if (place := text.find(mark, end, most)) >= 0]
    return first, min(lasts) + 1 if lasts else most
