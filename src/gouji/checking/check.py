"""The verdict on every instance: holds, fails, fails by an adjusted last digit, or is not formed after all."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from gouji.binding.bound import Bound, Instance, NotFormed, terms_of
from gouji.binding.standing import faulty
from gouji.checking.decide import DividedByZero, Question, certain, possible, sides_of
from gouji.checking.forgiving import adjusting, miss_of, truncating
from gouji.checking.linear import HALF_AWAY, Linear, NotLinear, Truths, rounded
from gouji.checking.printed import holds_as_printed
from gouji.figures import Rounding
from gouji.sheet import CellRef


class Verdict(Enum):
    """How an instance ends. ``NOT_FORMED``: ``when`` is not met, or a divisor may be zero."""

    HOLDS = "holds"
    FAILS = "fails"
    ADJUSTED = "adjusted"
    TRUNCATED = "truncated"
    ZERO_DIVISOR = "zero divisor"
    UNCERTAIN = "uncertain"
    UNDECIDED = "undecided"
    NOT_FORMED = "not formed"

    __hash__ = object.__hash__  # every member is one object; by its name, as usual, takes a call for each instance


_HOLDS = Verdict.HOLDS  # looking up a member of an enumeration costs as much as a call

class Judged(NamedTuple):
    """An instance with its verdict.

    ``hint``: the cells whose last digit, or hidden amount, would make it hold. ``rounded``: it holds, but not for the
    figures just as printed.
    """

    instance: Instance
    verdict: Verdict
    hint: tuple[CellRef, ...] = ()
    rounded: bool = False


def check(instances: Iterable[Instance], money: int, rounding: Rounding) -> list[Judged]:
    """Judge every instance; ``money`` is the exponent of the pack's unit."""
    truths = HALF_AWAY if rounding is Rounding.HALF_AWAY else rounded(rounding)
    return [judge(instance, money, truths) for instance in instances]


def judge(instance: Instance, money: int, truths: Truths = HALF_AWAY) -> Judged:
    """The verdict on one instance, exactly. Raises ``PackError`` where a rule is outside the language."""
    try:
        when, relation = instance.when, instance.relation
        if when is not None and not certain(when, money, truths):
            return Judged(instance, Verdict.UNDECIDED if possible(when, money, truths) else Verdict.NOT_FORMED)
        if holds_as_printed(relation, half_away=truths is HALF_AWAY):
            return Judged(instance, _HOLDS)
        question = Question(relation, sides_of(relation), money)
        if question.can_hold(truths):
            return Judged(instance, _HOLDS, rounded=True)
    except NotFormed:
        return Judged(instance, Verdict.NOT_FORMED)
    except DividedByZero:
        return Judged(instance, Verdict.ZERO_DIVISOR)
    except NotLinear:
        text = instance.formula.text
        raise faulty(
            instance.rule, f"这样的关系不能精确判断：{text}", f"this relation cannot be judged exactly: {text}"
        ) from None
    return Judged(instance, *_failed(question, truths))


def _failed(question: Question, truths: Truths) -> tuple[Verdict, tuple[CellRef, ...]]:
    """The verdict on a relation that cannot hold, and its hint."""
    terms = list({term.cell: term for term in terms_of(question.relation)}.values())
    uncertain = tuple([term.cell for term in terms if term.uncertain])
    if uncertain:
        return Verdict.UNCERTAIN, uncertain
    miss = miss_of(question, truths)
    adjusted = adjusting(question, miss, terms, truths)
    if adjusted:
        return Verdict.ADJUSTED, adjusted
    truncated = truncating(question, miss, terms, truths)
    return (Verdict.TRUNCATED, truncated) if truncated else (Verdict.FAILS, ())


def linear_difference(relation: Bound) -> Linear | None:
    """Left minus right of a comparison of two sums; ``None`` for every other relation."""
    try:
        sides = sides_of(relation)
    except NotLinear:
        return None
    return None if sides is None else sides.difference
