"""LibreOffice's spelling of a formula as Excel's: where one sheet's cells are named on another, what separates."""

from __future__ import annotations

import re

_PIECES = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")"""
    r"""|\$?(?P<quoted>'(?:[^']|'')+')\.(?=\$?[A-Z])"""
    r"""|\$?(?P<plain>[^\s'"!()+\-*/^&=<>;:{}.,%\$]+)\.(?=\$?[A-Z]{1,3}\$?[0-9])"""
    r"""|(?P<mark>[;~|])""",
)
_MARKS = {";": ",", "~": ",", "|": ";"}


def in_excel(formula: str) -> str:
    """``=SUM($'收入 表'.A1;B2)`` → ``=SUM('收入 表'!A1,B2)``; an array formula loses its braces."""
    plain = formula[1:-1] if formula.startswith("{=") else formula
    return _PIECES.sub(_spelled, plain)


def _spelled(piece: re.Match[str]) -> str:
    if piece["text"]:
        return piece["text"]
    if piece["mark"]:
        return _MARKS[piece["mark"]]
    return f"{piece['quoted'] or piece['plain']}!"
