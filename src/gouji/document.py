"""A text (情况说明) as plain values: what hosts read and what the checks of sentences work on.

Nothing here knows a file format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gouji.sheet import CellRef, Sheet


class Paragraph(NamedTuple):
    """One paragraph as a reader sees it: deleted words of tracked changes left out, inserted ones kept.

    ``text`` has no line end; ``heading`` is its outline level from 1, ``None`` for a plain paragraph. ``cell`` is the
    cell it stands in when the text is kept on a sheet (a cell with several lines gives several paragraphs).
    """

    text: str
    heading: int | None = None
    cell: CellRef | None = None


class Span(NamedTuple):
    """Words of a document: code points ``start`` to ``end`` (not included) of its paragraph with this index, from 0."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text: its paragraphs in reading order, and its tables, each as a sheet named ``表1``, ``表2`` …

    Paragraphs inside tables are not among ``paragraphs``. ``remarks`` are (Chinese, English) sentences for the user
    about what could not be read.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Sheet, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SpanNote:
    """What gouji says about some words: paragraphs, each starting with ``MARKER``."""

    span: Span
    paragraphs: tuple[str, ...]
