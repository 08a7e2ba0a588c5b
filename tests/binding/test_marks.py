"""The relations that read a figure, found without binding the others: exactly those that binding everything finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.generator.books import generated

from gouji.binding.bind import bind
from gouji.binding.bound import Instance, Term, terms_of
from gouji.binding.known import layout
from gouji.checking.decide import possible
from gouji.figures import MONEY_UNITS
from gouji.flow import forms_of
from gouji.hosts.package.reading import read_package
from gouji.packs.load import load_pack
from gouji.packs.model import Pack
from gouji.sheet import CellRef
from gouji.tables.model import Recognition
from gouji.tables.recognise import recognise

EXAMPLES = Path(__file__).resolve().parents[2] / "templates" / "examples"
BOOKS = ["heilongjiang-2020", "ordos-2022-corrected", "7001", "7002", "7101"]  # 7101 does not print a 款 that it sums


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    layout.forget()
    yield
    layout.forget()


def recognised(name: str) -> tuple[Pack, Recognition]:
    if name.isdigit():
        pack, book = load_pack("mof-2020"), generated(int(name)).book
    else:
        pack = load_pack("heilongjiang-2020" if name.startswith("hei") else "neimenggu-2022")
        book = read_package(EXAMPLES / f"{name}.xlsx")
    return pack, recognise(book, forms_of(pack))


def place(one: Instance) -> tuple[str, str, str, int | None, str | None]:
    row = None if one.line is None else one.line.row
    return one.rule.id, one.formula.text, one.table.sheet.name, row, one.column


def asked(one: Instance) -> bool:
    """Whether the rule's condition does not rule the relation out as printed."""
    return one.when is None or possible(one.when, MONEY_UNITS["万元"].exponent)


@pytest.mark.parametrize("name", BOOKS)
def test_every_figure_is_read_by_the_same_relations_as_when_all_are_bound(name: str) -> None:
    pack, recognition = recognised(name)
    whole, sought = (bind(pack, recognition, dict(pack.params)) for _ in range(2))
    readers: dict[CellRef, list[Instance]] = {}
    terms: dict[CellRef, Term] = {}
    for instance in whole.instances:
        for term in {term.cell: term for term in terms_of(instance.relation)}.values():
            readers.setdefault(term.cell, []).append(instance)
            terms[term.cell] = term
    assert len(terms) > 100
    for cell, term in terms.items():
        found, every = [one for one in sought.reading(term) if asked(one)], [one for one in readers[cell] if asked(one)]
        assert list(map(place, found)) == list(map(place, every)), cell
