"""The text beside an example workbook: a Word document from sentences in Markdown, as they are or corrected."""

from __future__ import annotations

from pathlib import Path

import yaml

from gouji.document import Document
from gouji.errors import GoujiError
from gouji.hosts.word.new import new_document
from gouji.hosts.word.reading import read_document


def build_text(source: Path, path: Path, corrections: Path | None = None) -> None:
    """Writes the Word document of a Markdown file, whose first heading is its title, with the repairs made.

    ``GoujiError`` when the words that a repair is about do not stand in the text exactly once.
    """
    document = read_document(source)
    repairs = [] if corrections is None else yaml.safe_load(corrections.read_text("utf-8"))["repairs"]
    title, *rest = [each for each in document.paragraphs if each.text]
    texts = _repaired([each.text for each in rest], [(each["printed"], each["value"]) for each in repairs])
    paragraphs = tuple(each._replace(text=text) for each, text in zip(rest, texts, strict=True))
    path.write_bytes(new_document(Document(title.text, paragraphs)))


def _repaired(texts: list[str], repairs: list[tuple[str, str]]) -> list[str]:
    for printed, value in repairs:
        places = [number for number, text in enumerate(texts) if printed in text]
        if len(places) != 1 or texts[places[0]].count(printed) != 1:
            raise GoujiError(
                f"要改正的“{printed}”在 {len(places)} 段里有，应恰有一处",
                f"“{printed}” does not stand in the text once",
            )
        texts[places[0]] = texts[places[0]].replace(printed, value)
    return texts
