"""Blank forms that check themselves: a pack's rules as live formulas over the cells a clerk will fill in."""

from __future__ import annotations

from gouji.selfcheck.template import write_template

__all__ = ["write_template"]
