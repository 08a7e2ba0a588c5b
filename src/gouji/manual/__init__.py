"""Pages on packs: one a rule, one a table, indexes, as Markdown, all taken from the packs themselves."""

from __future__ import annotations

from gouji.manual.pages import pages_of

__all__ = ["pages_of"]
