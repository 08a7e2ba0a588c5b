"""The figures of one workbook by the names that a template gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from gouji.binding.bound import Bound, Constant, Inapplicable, Many, NotFormed, Nothing, Single, Term
from gouji.binding.resolve import figures
from gouji.binding.standing import Names, Standing
from gouji.figures import MONEY_UNITS, Figure, Unit, decimal_text, power_of_ten, round_half_away
from gouji.language.ast import Reference
from gouji.packs.model import Pack, Rule
from gouji.tables.model import Line, Recognition, Section

_LEVELS = ("类", "款", "项")


class Named(NamedTuple):
    """A figure of a set: ``name`` is its line's, or its column's where the set is one line; ``key`` tells it apart."""

    name: str
    key: tuple[str, str]
    figure: Figure
    term: Term


class Figures:
    """What the tables of a workbook say. ``None``: they do not."""

    def __init__(self, pack: Pack, recognition: Recognition, references: Mapping[str, Reference]) -> None:
        self.pack = pack
        self.recognition = recognition
        self._references = references
        self._names = Names(0)
        self._rule = Rule("draft", "", "", (), ())
        self._known: dict[str, Bound | None] = {}

    def one(self, name: str) -> Figure | None:
        """One figure; the sum of a set, in its finest last place."""
        match self._bound(name):
            case Single(term):
                return term.figure
            case Many(terms) if terms:
                return _sum([term.figure for term in terms])
            case Nothing() | Constant() | Many():
                unit = MONEY_UNITS[self.pack.unit]
                return Figure(0, -unit.exponent, None, unit)
        return None

    def many(self, name: str) -> tuple[Named, ...] | None:
        """The figures of a set that are not zero."""
        bound = self._bound(name)
        if bound is None:
            return None
        terms = bound.terms if isinstance(bound, Many) else (bound.term,) if isinstance(bound, Single) else ()
        sideways = len({term.line.index for term in terms}) == 1 and len(terms) > 1
        return tuple(
            Named(term.column if sideways else term.line.name, (term.line.key, term.column), term.figure, term)
            for term in terms
            if term.figure.value
        )

    def field(self, name: str) -> str:
        """What the tables print above them, the same on most of them."""
        printed = [table.fields[name][0].strip() for table in self.recognition.tables if name in table.fields]
        return max(filter(None, printed), key=printed.count, default="")

    @property
    def year(self) -> str:
        """The year the tables print, four digits or nothing."""
        found = re.search(r"\d{4}", self.field("年度"))
        return found[0] if found else ""

    def subject(self, term: Term, level: str) -> str | None:
        """The name of the 类, 款 or 项 that a line of subject codes belongs to."""
        codes = next((list_ for list_ in self.pack.codes.values() if _fits(list_.levels, term.line)), None)
        if codes is None or term.line.code is None:
            return None
        length = dict(codes.levels)[level]
        code = term.line.code[:length]
        line = next(iter(_lines(term.section, code)), None)
        return line.name if line else next(iter(codes.names.get(code, ())), None)

    def _bound(self, name: str) -> Bound | None:
        if name not in self._known:
            self._known[name] = self._looked_up(self._references[name])
        return self._known[name]

    def _looked_up(self, reference: Reference) -> Bound | None:
        tables = self.recognition.named(reference.table or "")
        if len(tables) != 1:
            return None
        try:
            return figures(tables[0], reference.place, Standing(self._rule, tables[0], self._names))
        except (Inapplicable, NotFormed):
            return None


def money(figure: Figure) -> str:
    """As the text prints it: ``3,972.0万元``."""
    return figure.printed() + figure.unit.name


def difference(one: Figure, other: Figure) -> str:
    """How far two amounts are apart, in the unit and to the decimals of the first (finer where the other is)."""
    places = max([each.last for each in (one, other) if each.last is not None], default=-one.unit.exponent)
    size = abs(one.value - other.value)
    return money(_figure(size, places, one.unit))


class Rate(NamedTuple):
    """A percentage of printed figures; ``certain``: every truth behind them rounds to it."""

    text: str
    certain: bool


MOST_PLACES = 8


def rate(part: Figure, whole: Figure, places: int, *, change: bool = False) -> Rate:
    """``part ÷ whole`` (as a ``change``: ``(part − whole) ÷ whole``) in percent without sign; ``whole`` is not zero.

    A share too small for ``places`` gets as many more as show it: 0.00% would say that there is nothing.
    """
    less = 1 if change else 0
    ratio = abs(part.value / whole.value - less)
    while ratio and places < MOST_PLACES and not round_half_away(ratio * 100, places):
        places += 1
    shown = _percent(ratio, places)
    ends = [
        _percent(abs(a / b - less), places)
        for a in (part.interval().low, part.interval().high)
        for b in (whole.interval().low, whole.interval().high)
        if b
    ]
    return Rate(shown, set(ends) == {shown} or part.value == whole.value)


def _percent(ratio: Fraction, places: int) -> str:
    return decimal_text(ratio * 100, places) + "%"


def _figure(value: Fraction, places: int, unit: Unit) -> Figure:
    return Figure(int(round_half_away(value, places) * power_of_ten(places)), places, places, unit)


def _sum(listed: list[Figure]) -> Figure:
    places = max(figure.last if figure.last is not None else figure.places for figure in listed)
    return _figure(sum((figure.value for figure in listed), Fraction(0)), places, listed[0].unit)


def _fits(levels: tuple[tuple[str, int], ...], line: Line) -> bool:
    lengths = dict(levels)
    return set(_LEVELS) <= lengths.keys() and line.code is not None and len(line.code) == lengths["项"]


def _lines(section: Section, code: str) -> list[Line]:
    return [section.lines[index] for index in section.by_key.get(code, ())]
