"""Sheets written as text, recognised by the general pack, and their figures by name."""

from __future__ import annotations

from gouji.flow import forms_of
from gouji.packs.load import load_pack
from gouji.tables.model import Recognition, Table
from gouji.tables.recognise import recognise
from tests.tables.sheets import book, sheet

FORMS = forms_of(load_pack("mof-2020"))


def recognised(*texts: str) -> Recognition:
    return recognise(book(*(sheet(text, f"表{n}") for n, text in enumerate(texts, 1))), FORMS)


def only(text: str) -> Table:
    found = recognised(text)
    assert [region.chinese for region in found.unknown] == []
    assert len(found.tables) == 1
    return found.tables[0]


def figures(table: Table) -> dict[tuple[str, str], str]:
    """Every figure by row key and column, as printed."""
    found = {}
    for section in table.sections:
        for line in section.lines:
            for name in section.columns:
                address = section.address(line, name)
                value = table.values.get((address.row, address.column)) if address else None
                if value is not None and value.figure is not None and value.status == "figure":
                    found[(line.key, name)] = value.figure.printed()
    return found
