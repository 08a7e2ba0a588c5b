"""A text read from a file: a .docx package or plain text."""

from __future__ import annotations

from pathlib import Path

from gouji.document import Document, Paragraph
from gouji.hosts.package.archive import Archive
from gouji.hosts.package.parts import Parts
from gouji.hosts.package.refusals import DOCUMENT
from gouji.hosts.word.plain import read_plain
from gouji.hosts.word.scanning import Scan, scan

PLAIN = frozenset({".txt", ".md", ".markdown", ".text"})


def read_document(path: Path) -> Document:
    """The text of a .docx (or .docm, .dotx) or of a plain text file (.txt, .md; UTF-8, UTF-16 or GB 18030).

    Raises WorkbookError, naming the file and the next step, when it cannot be read or is something else.
    """
    if path.suffix.lower() in PLAIN:
        return read_plain(path)
    found = scan(Parts(Archive.open(path, DOCUMENT)))
    return document_of(found, path.name)


def document_of(found: Scan, name: str) -> Document:
    """What was found in a Word package, as plain values."""
    paragraphs = tuple(Paragraph(passage.text, passage.heading) for passage in found.passages)
    return Document(name, paragraphs, tuple(found.tables), tuple(dict.fromkeys(found.remarks)))
