"""The lexicon of one run: the phrases of the pack's text tables, and the names that the recognised forms print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gouji.labels import normalised, squeezed
from gouji.packs.model import Pack
from gouji.tables.definition import RowDefinition, TableDefinition
from gouji.tables.model import Line, Recognition
from gouji.texts.lexicon import Entry, Lexicon

EXPENDITURE = "支出"
SHORTEST_NAME = 2


class Subjects(NamedTuple):
    """Functional subjects: ``codes`` maps (level, name) to codes; ``names`` a code to its name."""

    table: str
    codes: Mapping[tuple[str, str], tuple[str, ...]]
    names: Mapping[str, str]

    def code(self, level: str, name: str, within: str | None) -> str | None:
        """The code of a name at a level, inside the class or 款 that is spoken of; ``None`` when it is not sure."""
        found = self.codes.get((level, bare(name)), ())
        inside = [code for code in found if within and code.startswith(within)]
        return inside[0] if len(inside) == 1 else found[0] if len(found) == 1 and not inside else None


class Vocabulary(NamedTuple):
    """What words of a text may mean."""

    lexicon: Lexicon
    subjects: Subjects
    columns: Mapping[str, Mapping[str, str]]
    """Of each text table: the columns that figures are told for, and the column of the table that takes them."""
    parents: Mapping[tuple[str, str], tuple[str, ...]]
    """Of a fixed row of a text table: the totals it belongs to."""


def vocabulary(pack: Pack, recognition: Recognition) -> Vocabulary:
    """The vocabulary for the texts beside these tables (none recognised: what the pack knows)."""
    lexicon = Lexicon()
    for meaning, phrases in pack.words.items():
        for phrase in phrases:
            lexicon.add(phrase, Entry("word", meaning))
    for table in pack.texts.values():
        _add_wording(lexicon, table, recognition)
    subjects = _subjects(pack, recognition)
    for (level, name), codes in subjects.codes.items():
        if level == "类" and len(codes) == 1:
            for phrase in (name + "类", name + EXPENDITURE + "类", name + EXPENDITURE):
                lexicon.add(phrase, Entry("row", "科目", subjects.table, key=codes[0]))
    return Vocabulary(
        lexicon, subjects,
        {name: _columns(table) for name, table in pack.texts.items()},
        {(table.name, row.name): row.parents for table in pack.texts.values() for row in _rows(table)},
    )


def bare(name: str) -> str:
    """A subject's name without blanks, ordinal and a final 支出."""
    plain = normalised(name)
    return plain.removesuffix(EXPENDITURE) or plain


def _rows(table: TableDefinition) -> Iterator[RowDefinition]:
    for section in table.sections:
        yield from section.rows


def _columns(table: TableDefinition) -> dict[str, str]:
    assert table.wording is not None
    own = {column.name: column.name for section in table.sections for column in section.columns}
    for name, taken in table.wording.takes.items():
        own.update(dict.fromkeys(taken, name))
    return own


def _add_wording(lexicon: Lexicon, table: TableDefinition, recognition: Recognition) -> None:
    wording = table.wording
    assert wording is not None
    for name, phrases in wording.rows.items():
        for phrase in phrases:
            lexicon.add(phrase, Entry("row", name, table.name))
    for heading, name, phrases in wording.within:
        for phrase in phrases:
            lexicon.add(phrase, Entry("row", name, table.name, heading))
    for name, phrases in wording.columns.items():
        for phrase in phrases:
            lexicon.add(phrase, Entry("column", name, table.name))
    headings = {name: heading for heading, name, _ in wording.within}
    for name, forms in wording.names.items():
        if name in headings:
            for line in _printed(recognition, forms):
                label = squeezed(normalised(line.label))
                if len(label) >= SHORTEST_NAME:
                    lexicon.add(label, Entry("row", name, table.name, headings[name], line.key))


def _printed(recognition: Recognition, forms: tuple[str, ...]) -> Iterator[Line]:
    """The lines with a code that forms print."""
    for form in forms:
        for table in recognition.named(form):
            for section in table.sections:
                yield from (line for line in section.lines if line.code)


def _subjects(pack: Pack, recognition: Recognition) -> Subjects:
    """Every subject that the pack's code list or the forms name, in the text table that is told by 类, 款 and 项."""
    for table in pack.texts.values():
        for row in _rows(table):
            codes = pack.codes.get(row.codes or "")
            if codes is None or len(codes.levels) < 3:
                continue
            named = {code: names[0] for code, names in codes.names.items()}
            found: dict[tuple[str, str], dict[str, None]] = {}
            spelled = [(code, name) for code, names in codes.names.items() for name in names]
            forms = table.wording.names.get(row.name, ()) if table.wording else ()
            for line in _printed(recognition, forms):
                assert line.code is not None
                spelled.append((line.code, line.label))
                named.setdefault(line.code, line.label)
            for code, name in spelled:
                level = codes.level_by_length.get(len(code), "")
                found.setdefault((level, bare(name)), {})[code] = None
            return Subjects(table.name, {key: tuple(of) for key, of in found.items()}, named)
    return Subjects("", {}, {})
