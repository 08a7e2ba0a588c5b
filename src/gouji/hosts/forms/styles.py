"""What all cells of our workbooks share."""

from __future__ import annotations

from functools import cache
from typing import Any

from openpyxl.styles import Border, Side

FONT = "宋体"


@cache
def thin_border() -> Any:
    """A thin black line on all four sides."""
    thin = Side(style="thin", color="FF000000")
    return Border(left=thin, right=thin, top=thin, bottom=thin)
