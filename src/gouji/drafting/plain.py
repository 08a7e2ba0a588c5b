"""A draft as plain text."""

from __future__ import annotations

from gouji.document import Document

_INDENT = "\u3000\u3000"


def plain_text(document: Document) -> str:
    """The title, a blank line, then headings and paragraphs, one a line."""
    lines = [document.name, ""]
    for paragraph in document.paragraphs:
        if paragraph.heading == 1:
            lines.append("")
        lines.append(paragraph.text if paragraph.heading == 1 else _INDENT + paragraph.text)
    return "\n".join(lines) + "\n"
