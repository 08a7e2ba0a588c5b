"""Text to typed tree: ``parse_formula`` for check, when and if; ``parse_place`` for ``for`` and ``except``."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal

from gouji.language.ast import Expression, Place
from gouji.language.errors import FormulaError

if TYPE_CHECKING:
    from lark import Lark, Tree

_GRAMMAR = FilePath(__file__).with_name("grammar.lark")
_KEPT = 16_384
"""Formulas kept: packs repeat those of the packs that they extend, and examples the same cells."""


@lru_cache(_KEPT)
def parse_formula(text: str) -> Expression:
    """The expression ``text`` writes; ``FormulaError`` with its column when it writes none."""
    from gouji.language.building import expression_of

    try:
        return expression_of(_tree(text, "formula").children[0])
    except RecursionError:
        raise FormulaError(1, "公式嵌套太深", "the formula is nested too deeply") from None


@lru_cache(_KEPT)
def parse_place(text: str) -> Place:
    """The place (the inside of a reference) ``text`` writes; ``FormulaError`` when it writes none."""
    from gouji.language.building import place_of

    return place_of(_tree(text, "place"))


def _tree(text: str, start: Literal["formula", "place"]) -> Tree[object]:
    from lark.exceptions import UnexpectedInput

    from gouji.language.explaining import explain

    try:
        return _parser().parse(text, start=start)  # type: ignore[return-value]
    except UnexpectedInput as error:
        raise explain(error, text, start) from None


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(
        _GRAMMAR.read_text(encoding="utf-8"),
        start=["formula", "place"],
        parser="lalr",
        lexer="contextual",
        maybe_placeholders=False,
        propagate_positions=True,
    )
