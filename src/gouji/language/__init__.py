"""The rule language: text to typed tree and back."""

from __future__ import annotations

from gouji.language.errors import FormulaError
from gouji.language.parse import parse_formula, parse_place
from gouji.language.unparse import unparse, unparse_place

__all__ = ["FormulaError", "parse_formula", "parse_place", "unparse", "unparse_place"]
