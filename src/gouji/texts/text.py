"""A whole text read: its tables for the rules, its figures, and what was not understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.document import Document
from gouji.packs.model import Pack
from gouji.sheet import Sheet
from gouji.tables.model import Line, Recognition, Section, Table, TextTable
from gouji.texts.comparisons import comparisons
from gouji.texts.lists import lists
from gouji.texts.outline import Place, outline
from gouji.texts.reading import read
from gouji.texts.rows import CLASS, completed, used
from gouji.texts.state import Reader
from gouji.texts.statements import Figured, Said, Statement
from gouji.texts.text_tables import Filled, text_table
from gouji.texts.tokens import Token
from gouji.texts.vocabulary import vocabulary

MOST_FIGURES = 8000
"""How many figures of one text are read; a hundred pages have about three thousand."""
LONGEST_PARAGRAPH = 20_000
"""Characters of a paragraph that is read."""
_YEAR_OF_ACCOUNTS = re.compile(r"(20\d\d)年度")


@dataclass(frozen=True)
class TextReading:
    """What was read; ``is_whole``: no limit was reached.

    ``figures`` are all amounts, rates and scores, ``places`` the paragraphs that were looked at, ``unread_tables`` the
    tables inside the text that are neither standard forms nor comparisons.
    """

    document: Document
    year: int | None
    tables: tuple[TextTable, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figured, ...]
    places: tuple[Place, ...]
    tokens: tuple[tuple[Place, Sequence[Token]], ...]
    residues: tuple[tuple[int, int, int, str], ...]
    bare: tuple[tuple[int, int, int, bool], ...]
    years: tuple[tuple[int, int, int, int], ...]
    understood: frozenset[int]
    is_whole: bool = True
    unread_tables: tuple[Sheet, ...] = ()


def read_text(document: Document, pack: Pack, recognition: Recognition, *, is_own: bool = False) -> TextReading:
    """Read a text with the pack's phrases and the names that the recognised forms print.

    ``is_own``: these forms are tables of the text itself.
    """
    words = vocabulary(pack, recognition)
    outlined = outline(document.paragraphs)
    places = [place for place in outlined if place.squeezed.text and not _is_table_row(document, place)]
    year = year_of(document, pack, recognition)
    reader = Reader(words, year)
    found = []
    is_whole = True
    for place in (place for place in places if place.told):
        if len(reader.figures) > MOST_FIGURES or len(place.squeezed.text) > LONGEST_PARAGRAPH:
            is_whole = False
            continue
        found.append((place, read(reader, place)))
    listed = [one for place, own in found for one in _listed(place, own, reader)]
    known = {table.sheet.name for table in recognition.tables}
    tables_of_text = [sheet for sheet in document.tables if not is_own or sheet.name not in known]
    compared = comparisons(document, tables_of_text, reader, pack.unit)
    statements = completed(reader.statements, words, _leaves(recognition)) + listed + compared.statements
    sheet = Sheet(document.name, {})
    tables = []
    for definition in pack.texts.values():
        own_statements = [one for one in statements if one.table == definition.name and one.row]
        if own_statements:
            tables.append(text_table(Filled(definition, own_statements), document, sheet, pack))
    return TextReading(
        document, year, tuple(tables), tuple(statements), tuple(reader.figures), tuple(places),
        tuple(found), tuple(reader.residues), tuple(reader.bare), tuple(reader.years), frozenset(used(statements)),
        is_whole, tuple(compared.unread),
    )


def _is_table_row(document: Document, place: Place) -> bool:
    """Whether a line of plain text is a row of a table: its cells stand between tabs."""
    return "\t" in document.paragraphs[place.number].text


def year_of(document: Document, pack: Pack, recognition: Recognition) -> int | None:
    """The year of the accounts: that of the forms, else of the pack, else the one named most often as 年度."""
    printed = Counter(year for table in recognition.tables if (year := _printed_year(table)))
    if printed:
        return printed.most_common(1)[0][0]
    named: Counter[int] = Counter()
    for paragraph in document.paragraphs:
        named.update(int(match[1]) for match in _YEAR_OF_ACCOUNTS.finditer("".join(paragraph.text.split())))
    return named.most_common(1)[0][0] if named else pack.year


def _printed_year(table: Table) -> int | None:
    text, _ = table.fields.get("年度", ("", None))
    digits = "".join(character for character in text if character.isdecimal())[:4]
    return int(digits) if len(digits) == 4 and digits.isascii() else None


def _leaves(recognition: Recognition) -> dict[str, frozenset[str]]:
    """Of each class the lowest subjects that the form of expenditure prints with an amount."""
    found: dict[str, set[str]] = {}
    for table in recognition.named("一般支出"):
        for section in table.sections:
            for line in section.lines:
                if line.code and len(line.code) > CLASS and not line.children and _has_amount(table, section, line):
                    found.setdefault(line.code[:CLASS], set()).add(line.code)
    return {code: frozenset(leaves) for code, leaves in found.items()}


def _has_amount(table: Table, section: Section, line: Line) -> bool:
    place = section.place(line, "本年支出")
    value = table.values.get(place) if place else None
    return value is not None and value.figure is not None and bool(value.figure.digits)


def _listed(place: Place, found: Sequence[Token], reader: Reader) -> Iterable[Statement]:
    """The lists of a paragraph as statements: the total, then its items."""
    for one in lists(place, found):
        table = "全部列举" if one.whole else "其中列举"
        total = Statement(table, "前数", "前数", "前数", place.block, place.number)
        total.figures["总数"] = _said(place, one.total, reader)
        for words, token in one.items:
            item = Statement(table, "项", words or "项", words, place.block, place.number)
            item.figures["列项"] = _said(place, token, reader)
            total.children.append(item)
        yield total
        yield from total.children


def _said(place: Place, token: Token, reader: Reader) -> Said:
    """The figure of a token, which is one truth with what a statement says of it."""
    assert token.figure is not None
    start, end = place.squeezed.span(token.start, token.end)
    known = reader.said.get((place.number, start))
    if known is None:
        known = reader.said[place.number, start] = len(reader.figures)
        reader.figures.append(Figured(place.number, start, end, token.text))
    return Said(known, place.number, start, end, reader.signed.get(known, token.figure))
