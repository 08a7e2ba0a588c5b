"""Lists in sentences: an amount, 其中 or 包括, and the amounts of the items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gouji.texts.outline import Place
from gouji.texts.tokens import Kind, Token

FEWEST_ITEMS = 2
MOST_BEFORE = 12
"""How many tokens may stand between a total and 其中."""


_OTHERWISE = ("列出", "增", "减", "持平", "占", "原因", "上年", "某年", "年初预算", "全年预算", "年度预算")
"""Words after which an amount is no item any more."""


LONGEST = 400
"""How many tokens of a list are looked at."""


class ListOf(NamedTuple):
    """A list: the token of its total, those of its items, each with its words, and whether it leaves nothing out."""

    total: Token
    items: tuple[tuple[str, Token], ...]
    whole: bool


def lists(place: Place, found: Sequence[Token]) -> Iterator[ListOf]:
    """The lists of a paragraph. Items stand side by side, one amount each; a list ends with its sentence."""
    for number, token in enumerate(found):
        if token.means("列出"):
            total = _total(found, number)
            if total is not None:
                items, partial = _items(place, found, number + 1, total)
                if len(items) >= FEWEST_ITEMS:
                    whole = not partial and not token.means("不全") and not token.text.startswith("其中")
                    yield ListOf(total, tuple(items), whole)


def _total(found: Sequence[Token], number: int) -> Token | None:
    """The amount or count just before: nothing but a comma, a stop or a word that nobody needs stands between."""
    for token in reversed(found[max(number - MOST_BEFORE, 0) : number]):
        if token.kind in {Kind.MONEY, Kind.COUNT}:
            return token if token.figure is not None else None
        if not (token.kind is Kind.POINT and token.text in "，,。：:") and not token.means("衬字"):
            return None
    return None


def _items(place: Place, found: Sequence[Token], start: int, total: Token) -> tuple[list[tuple[str, Token]], bool]:
    """The items, and whether 等 or 主要 says that there are more."""
    items: list[tuple[str, Token]] = []
    depth, begin, partial = 0, found[start].start if start < len(found) else 0, False
    for token in found[start : start + LONGEST]:
        if token.kind is Kind.POINT and token.text in "()":
            depth = max(depth + (1 if token.text == "(" else -1), 0)
        elif depth:
            continue
        elif _ends(token, items):
            break
        elif token.kind is Kind.POINT:
            begin = token.end
        elif token.means("不全") and items:
            partial = True
        elif _is_item(token, total):
            items.append((place.squeezed.text[begin : token.start], token))
        elif token.kind in {Kind.MONEY, Kind.COUNT} and token.unit != total.unit:
            return [], True
    return items, partial


def _ends(token: Token, items: Sequence[tuple[str, Token]]) -> bool:
    """A stop, another 其中, a comparison or a share ends the list; so does a semicolon."""
    if token.kind is Kind.POINT:
        return token.text in "。；;" and bool(items)
    if token.kind in {Kind.RATE, Kind.SCORE}:
        return True
    return bool(items) and token.means(*_OTHERWISE)


def _is_item(token: Token, total: Token) -> bool:
    return token.kind is total.kind and token.figure is not None and token.unit == total.unit
