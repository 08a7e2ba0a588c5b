"""The text of an Excel formula, cut into pieces: enough to find its references and functions and to move it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from gouji.sheet import column_letters, column_number

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


class Piece(Enum):
    """What a piece of a formula is; ``SHEET`` ends with ``!``, ``LINES`` are whole columns or rows."""

    TEXT = "text"
    SHEET = "sheet"
    BRACKET = "bracket"
    ERROR = "error"
    LINES = "lines"
    FUNCTION = "function"
    CELLS = "cells"
    WORD = "word"
    OTHER = "other"


class Token(NamedTuple):
    """A piece with its characters as written."""

    piece: Piece
    text: str


_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TOKENS = re.compile(
    rf"""
      (?P<text>"(?:[^"]|"")*")
    | (?P<sheet>(?:'(?:[^']|'')+'|(?:\[[0-9]+\])?[\w.]+(?::[\w.]+)?)!)
    | (?P<bracket>\[(?:[^\[\]]|\[[^\]]*\])*\])
    | (?P<error>\#(?:N/A|DIV/0!|[A-Z_]+[!?]))
    | (?P<lines>(?:\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[0-9]+:\$?[0-9]+)(?![\w.(]))
    | (?P<function>[\w.]+(?=\())
    | (?P<cells>{_CELL}(?::{_CELL})?(?![\w.(!\[]))
    | (?P<word>[\w.$\\?]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ENDS = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")
_COLUMN_END = re.compile(r"(\$?)([A-Za-z]{1,3})")
_ROW_END = re.compile(r"(\$?)([0-9]+)")


def tokens(formula: str) -> Iterator[Token]:
    """The pieces in order; joined they are the formula again."""
    for match in _TOKENS.finditer(formula):
        assert match.lastgroup is not None
        yield Token(Piece(match.lastgroup), match[0])


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads when copied ``rows`` down and ``columns`` to the right; off the sheet is ``#REF!``."""
    return "".join(_moved(token, rows, columns) for token in tokens(formula))


def _moved(token: Token, rows: int, columns: int) -> str:
    try:
        if token.piece is Piece.CELLS:
            return _ENDS.sub(lambda end: _column(end[1], end[2], columns) + _row(end[3], end[4], rows), token.text)
        if token.piece is Piece.LINES and token.text.lstrip("$")[0].isdigit():
            return _ROW_END.sub(lambda end: _row(end[1], end[2], rows), token.text)
        if token.piece is Piece.LINES:
            return _COLUMN_END.sub(lambda end: _column(end[1], end[2], columns), token.text)
    except IndexError:
        return "#REF!"
    return token.text


def _column(fixed: str, letters: str, by: int) -> str:
    if fixed:
        return fixed + letters
    number = column_number(letters.upper()) + by
    if not 1 <= number <= MAX_COLUMN:
        raise IndexError(number)
    return column_letters(number)


def _row(fixed: str, digits: str, by: int) -> str:
    if fixed:
        return fixed + digits
    number = int(digits) + by
    if not 1 <= number <= MAX_ROW:
        raise IndexError(number)
    return str(number)
