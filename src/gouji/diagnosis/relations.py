"""What a relation is to diagnosis: whether it failed, has a say, is said in a text, or adds figures up into a total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gouji.binding.bound import Bound, Compared, NotFormed, Single, Term, Truth, terms_of, with_figures
from gouji.checking.check import Judged, Verdict, judge
from gouji.checking.decide import DividedByZero, possible
from gouji.figures import Figure
from gouji.sheet import CellRef
from gouji.tables.model import Spoken

_COUNTING = frozenset({Verdict.HOLDS, Verdict.FAILS, Verdict.ZERO_DIVISOR})
FAILING = frozenset({Verdict.FAILS, Verdict.ADJUSTED, Verdict.TRUNCATED, Verdict.ZERO_DIVISOR})
SERIOUS = frozenset({Verdict.FAILS, Verdict.ZERO_DIVISOR})
FORGIVEN = frozenset({Verdict.ADJUSTED, Verdict.TRUNCATED})


def is_said(one: Judged) -> bool:
    """Whether a relation reads a figure of a sentence."""
    return any(isinstance(term.cell, Spoken) for term in terms_of(one.instance.relation))


def is_equation(relation: Bound) -> bool:
    """Whether two sides must be equal."""
    return isinstance(relation, Compared) and relation.comparison == "="


def compares_figures(one: Judged) -> bool:
    """Whether a relation compares numbers that figures have a part in."""
    relation = one.instance.relation
    if not isinstance(relation, Compared) or isinstance(relation.left, (Compared, Truth)):
        return False
    return bool(terms_of(relation))


def has_a_say(one: Judged) -> bool:
    """Whether a relation has a say in what a cell should print: not where it is silent, forgiven, or only a hint."""
    return one.verdict in _COUNTING and one.instance.rule.severity != "info"


def total_of(one: Judged) -> Term | None:
    """The left side of ``total = sum of at least two figures``."""
    relation = one.instance.relation
    if isinstance(relation, Compared) and relation.comparison == "=" and isinstance(relation.left, Single):
        return relation.left.term if len(terms_of(relation.right)) > 1 else None
    return None


def adds_up(one: Judged, cell: CellRef, through: Iterable[CellRef] = ()) -> bool:
    """Whether a relation adds the cell, or one of the totals it goes through, up into its total."""
    if total_of(one) is None or not isinstance(one.instance.relation, Compared):
        return False
    members = {term.cell for term in terms_of(one.instance.relation.right)}
    return cell in members or any(at in members for at in through)


def settles(figures: Mapping[CellRef, Figure], relations: Iterable[Judged], money: int) -> bool:
    """Whether every relation can hold with these figures in place; ``money`` is the exponent of the pack's unit."""
    try:
        return all(possible(with_figures(one.instance.relation, figures), money) for one in relations)
    except (NotFormed, DividedByZero):
        return False


def still_adjusted(figures: Mapping[CellRef, Figure], relations: Iterable[Judged], money: int) -> int | None:
    """How many equations would miss by an adjusted last digit; ``None`` where one, or a limit, would be broken."""
    number = 0
    for one in relations:
        relation = with_figures(one.instance.relation, figures)
        verdict = judge(one.instance._replace(relation=relation, when=None), money).verdict
        if verdict is not Verdict.HOLDS:
            if verdict is not Verdict.ADJUSTED or not is_equation(relation):
                return None
            number += 1
    return number
