"""The text of a note: our paragraphs put under a person's text and taken out again, and the box that shows them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache

from gouji.hosts.protocol import MARKER, CellNote, answer_in
from gouji.packs.model import Severity
from gouji.sheet import CellRef

LONGEST = 32_000
"""Characters of ours in one note; Excel holds 32,767 in all."""
LINE, LETTER, PADDING, WIDEST, NARROWEST = 18, 7, 16, 340, 120
"""Pixels: a line, half a Chinese character at 9 points, both margins, the widest and the narrowest text."""
DEFAULT_BOX = (144, 79)

_WORST: tuple[Severity, ...] = ("info", "warning", "error")


def one_a_cell(notes: Iterable[CellNote], shown_at: Callable[[CellRef], CellRef]) -> dict[CellRef, CellNote]:
    """The notes merged where they meet; ``shown_at`` gives the cell that shows a note (a merged area's top left).

    Raises ``ValueError`` for a paragraph that does not start with ``MARKER``.
    """
    merged: dict[CellRef, CellNote] = {}
    for note in notes:
        if not all(paragraph.startswith(MARKER) for paragraph in note.paragraphs):
            raise ValueError(f"every paragraph must start with {MARKER}")
        cell = shown_at(note.cell)
        known = merged.get(cell, CellNote(cell, (), "info"))
        paragraphs = dict.fromkeys((*known.paragraphs, *note.paragraphs))
        worst = max(known.severity, note.severity, key=_WORST.index)
        merged[cell] = CellNote(cell, tuple(paragraphs), worst)
    return merged


def note_text(paragraphs: Sequence[str]) -> str:
    """Our part of a note: one line a paragraph, and the answers to it. Its other line breaks become spaces."""
    text = "\n".join(line for paragraph in paragraphs for line in _lines(paragraph))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def answers_carried(note: CellNote) -> frozenset[str]:
    """The answers that a note of ours will say again."""
    lines = (line for paragraph in note.paragraphs for line in paragraph.split("\n"))
    return frozenset(answer for line in lines if (answer := answer_in(line)))


def _lines(paragraph: str) -> list[str]:
    lines = paragraph.split("\n")
    answers = [line for line in lines if answer_in(line)]
    return [" ".join(line for line in lines if not answer_in(line)), *answers]


def our_ranges(text: str, answered: Collection[str] = ()) -> list[tuple[int, int]]:
    """The character ranges that are ours: every line that begins with the marker, with one line break beside it.

    Answers below such a line are a person's, but for those in ``answered``: what writes them again takes them out.
    """
    found: list[tuple[int, int]] = []
    at, below = 0, False
    for line in text.split("\n"):
        below = line.startswith(MARKER) or (below and answer_in(line.rstrip("\r")) in answered)
        if below:
            found.append((max(at - 1, 0), at + len(line)))
        at += len(line) + 1
    if found and found[0][0] == 0 and not text.startswith("\n"):
        end = 0
        while found and found[0][0] <= end:
            end = found.pop(0)[1]
        found.insert(0, (0, min(end + 1, len(text))))
    return found


def without_ours(text: str, answered: Collection[str] = ()) -> str:
    """What a person wrote, without the answers that are written again."""
    kept, at = [], 0
    for start, end in our_ranges(text, answered):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


def box_size(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box that shows the whole text; ``""`` gives Excel's own default."""
    if not text:
        return DEFAULT_BOX
    lines = [LETTER * half_widths(line) for line in text.split("\n")]
    width = min(max(*lines, NARROWEST), WIDEST)
    room = max(width - 2 * LETTER, 1)
    rows = sum(max(1, -(-line // room)) for line in lines)
    return width + PADDING, rows * LINE + PADDING


def half_widths(line: str) -> int:
    """The width of a line: 2 for a Chinese character, 1 for a Latin one."""
    return sum(map(_half_widths, line))


@lru_cache(maxsize=4096)
def _half_widths(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WFA" else 1
