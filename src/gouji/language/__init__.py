"""The rule language: text to typed tree and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouji.language.errors import FormulaError
from gouji.language.unparse import unparse, unparse_place

if TYPE_CHECKING:
    from gouji.language.parse import parse_formula, parse_place

__all__ = ["FormulaError", "parse_formula", "parse_place", "unparse", "unparse_place"]


def __getattr__(name: str) -> Any:
    """The parser, imported when first asked for: a run with cached packs parses nothing."""
    if name in ("parse_formula", "parse_place"):
        from gouji.language import parse

        return getattr(parse, name)
    raise AttributeError(name)
