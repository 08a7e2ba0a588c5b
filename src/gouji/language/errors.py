"""Faults of a formula, each with the column where it stands, what was found and what is expected."""

from __future__ import annotations

from gouji.errors import GoujiError


class FormulaError(GoujiError):
    """A text that is no formula or place. ``column`` is 1-based; one past the end where the text breaks off."""

    def __init__(self, column: int, chinese: str, english: str) -> None:
        super().__init__(chinese, english)
        self.column = column
