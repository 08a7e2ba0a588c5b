"""Formulas on a column of lines as far as print alone tells: what surely holds, or surely does not, is not bound.

This is for the conditions and yes-or-no checks of performance forms, as ``quick`` is for sums. A formula is taken
apart into questions, and how their answers combine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from gouji.binding.evidence import (
    BOTH,
    BOTH_FORMED,
    EITHER,
    HOLES,
    OPPOSITE,
    SETTLED,
    UNKNOWN,
    Evidence,
)
from gouji.binding.questions import Question, question
from gouji.binding.standing import Group
from gouji.language.ast import Call, Expression

Answers: TypeAlias = Callable[[int], Sequence[Evidence]]
"""The answers to a question of a formula, by its number, on some lines: only asked for where they have a say."""
Decide: TypeAlias = Callable[[Answers], Sequence[Evidence]]


class Evident(NamedTuple):
    """A formula as questions, and what their answers make of it."""

    questions: tuple[Question, ...]
    decide: Decide

    def on(self, group: Group) -> Sequence[Evidence]:
        """What print tells of the formula on each line of ``group``."""
        return self.decide(lambda number: self.questions[number].asked(group))


def evidence(node: Expression) -> Evident | None:
    """What print tells of a formula; ``None`` for one that it tells nothing of."""
    questions: list[Question] = []
    decide = _decided(node, questions, is_part=False)
    return None if decide is None else Evident(tuple(questions), decide)


def _decided(node: Expression, questions: list[Question], *, is_part: bool) -> Decide | None:
    """How a part of a formula is decided; its questions are added.

    A formula that surely fails by one part of an AND is told ``IMPOSSIBLE`` whatever the others are; as a part of an
    OR or NOT (``is_part``) it is so only where all of them are formed.
    """
    if isinstance(node, Call) and node.name in {"AND", "OR", "NOT"}:
        return _of_parts(node, questions, is_part=is_part)
    asked = question(node)
    if asked is None:
        return None
    number = len(questions)
    questions.append(asked)
    return lambda answers: answers(number)


def _of_parts(node: Call, questions: list[Question], *, is_part: bool) -> Decide | None:
    found = [_decided(one, questions, is_part=is_part or node.name != "AND") for one in node.arguments]
    parts = [part for part in found if part is not None]
    if len(parts) != len(found):
        return None
    first, *others = parts
    if node.name == "NOT":
        return lambda answers: list(map(OPPOSITE.__getitem__, first(answers)))
    if node.name == "OR":
        both, ends = EITHER, frozenset({UNKNOWN})
    else:
        both, ends = (BOTH_FORMED, HOLES) if is_part else (BOTH, SETTLED)

    def put_together(answers: Answers) -> Sequence[Evidence]:
        told = first(answers)
        for part in others:
            if not ends.issuperset(told):
                told = list(map(both.__getitem__, zip(told, part(answers), strict=True)))
        return told

    return put_together
