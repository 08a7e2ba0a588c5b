"""From statements to the rows of text tables: figures carried on, totals with their items, shares with their wholes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from gouji.figures import Interval
from gouji.texts.statements import Said, Statement
from gouji.texts.vocabulary import Vocabulary

CURRENT = "决算数"
WHOLE = "总数"
SHARE = "占比"
CLASS = 3
"""Digits of the code of a class."""
FURTHEST = 400
"""How many statements behind a total its items are looked for."""


def completed(
    statements: Iterable[Statement], words: Vocabulary, leaves: Mapping[str, frozenset[str]]
) -> list[Statement]:
    """The statements that have figures, completed from one another.

    ``leaves`` are the subjects of each class that the forms print with an amount: a list of them all is complete.
    """
    told = _without_repeats([one for one in statements if one.figures])
    known = _Told({}, {}, {})
    for one in told:
        _carry_current(one, known, words)
        _find_whole(one, known, words)
        known.add(one)
    _add_items(told, words)
    _add_subjects(told, words, leaves)
    return told


class _Told(NamedTuple):
    """The last statement with an amount: of a subject in a section, of a row in a section, of a row anywhere."""

    subjects: dict[tuple[int, tuple[str, str, str]], Statement]
    rows: dict[tuple[int, str, str], Statement]
    anywhere: dict[tuple[str, str], Statement]

    def add(self, one: Statement) -> None:
        """One more statement."""
        if CURRENT in one.figures:
            self.subjects[one.block, one.subject] = one
            self.rows[one.block, one.table, one.row] = one
            self.anywhere[one.table, one.row] = one


def _without_repeats(told: Sequence[Statement]) -> list[Statement]:
    """A name without a code that is told of again adds to what was told first, unless it says otherwise."""
    kept: list[Statement] = []
    first: dict[tuple[str, str, str], Statement] = {}
    for one in told:
        known = first.setdefault(one.subject, one) if _is_named(one) else one
        if known is not one and all(_agrees(known, column, said) for column, said in one.figures.items()):
            for column, said in one.figures.items():
                known.figures.setdefault(column, said)
            known.repeated += [said for column, said in one.figures.items() if known.figures[column] is not said]
        else:
            kept.append(one)
    return kept


def _is_named(one: Statement) -> bool:
    return bool(one.key) and not one.key.isdigit()


def _agrees(known: Statement, column: str, said: Said) -> bool:
    own = known.figures.get(column)
    return own is None or own.figure.value == said.figure.value


def _carry_current(one: Statement, known: _Told, words: Vocabulary) -> None:
    """A change that is told later than its amount has that amount, when the section told it."""
    if CURRENT not in one.figures and words.columns[one.table].get(CURRENT) == CURRENT:
        other = known.subjects.get((one.block, one.subject))
        if other is not None:
            one.figures[CURRENT] = other.figures[CURRENT]


def _find_whole(one: Statement, known: _Told, words: Vocabulary) -> None:
    """What a share is of: the subject that the sentence names, else a total that the row belongs to."""
    if SHARE not in one.figures or WHOLE not in words.columns[one.table]:
        return
    parents = words.parents.get((one.table, one.row), ())
    wanted = [one.whole] if one.whole else [(one.table, name) for name in parents]
    found = [known.rows.get((one.block, *name)) for name in wanted]
    found += [known.anywhere.get(one.whole)] if one.whole else []
    whole = next((other for other in found if other is not None), None)
    if whole is not None:
        one.figures[WHOLE] = whole.figures[CURRENT]


def _add_items(told: Sequence[Statement], words: Vocabulary) -> None:
    """A total gets its items where all of them are told after it, or where those told make it up."""
    of: dict[tuple[str, str], list[str]] = {}
    for (table, row), parents in words.parents.items():
        for parent in parents:
            of.setdefault((table, parent), []).append(row)
    for number, one in enumerate(told):
        names = of.get((one.table, one.row))
        if names and CURRENT in one.figures:
            items = _following(one, told[number + 1 : number + 1 + FURTHEST], names)
            if items and (len(items) == len(names) or _makes_up(one, items)):
                one.children = items


def _following(one: Statement, after: Iterable[Statement], names: Sequence[str]) -> list[Statement]:
    """The first statement of each item in the same section, up to the next one of the total itself."""
    found: dict[str, Statement] = {}
    for other in after:
        if other.block != one.block or other.subject == one.subject:
            break
        if other.table == one.table and other.row in names and CURRENT in other.figures:
            found.setdefault(other.row, other)
    return list(found.values())


def _add_subjects(told: Sequence[Statement], words: Vocabulary, leaves: Mapping[str, frozenset[str]]) -> None:
    """A class gets the 款 and 项 told under it: where they make it up, or where all that the form prints are told."""
    own = [one for one in told if one.table == words.subjects.table]
    for number, one in enumerate(own):
        if _is_class(one) and CURRENT in one.figures:
            items = _under(one, own[number + 1 : number + 1 + FURTHEST])
            listed = frozenset(item.key for item in items)
            if items and (_makes_up(one, items) or leaves.get(one.key, frozenset("?")) <= listed):
                one.children = items


def _is_class(one: Statement) -> bool:
    return len(one.key) == CLASS and one.key.isdigit()


def _under(one: Statement, after: Iterable[Statement]) -> list[Statement]:
    """The subjects told after a class and before the next one, without those inside others; some have no known code."""
    items: list[Statement] = []
    for other in after:
        code = other.key if other.key.isdigit() else one.key
        if other.block != one.block or _is_class(other) or not code.startswith(one.key):
            break
        inside = other.key.isdigit() and any(other.key.startswith(item.key) for item in items)
        if CURRENT in other.figures and not inside:
            items.append(other)
    return items


def _makes_up(one: Statement, items: Iterable[Statement]) -> bool:
    """Whether rounding allows the items to add up to the total."""
    total = Interval.point(Fraction(0))
    for item in items:
        total = total.plus(item.figures[CURRENT].figure.interval())
    rest = total.plus(one.figures[CURRENT].figure.interval().scaled(-1))
    return rest.contains(0)


def used(statements: Iterable[Statement]) -> dict[int, Said]:
    """Every figure that some row has, by its number."""
    return {said.number: said for one in statements for said in (*one.figures.values(), *one.repeated)}
