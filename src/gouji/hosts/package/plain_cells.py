"""Cells written the plain way, as nearly all are, taken out of a worksheet part in one sweep before it is parsed.

A parser that calls back for every tag costs more than all the rest of reading. So each run of cells that match one
strict form is taken out and a single element left in its place; the parser then reads what remains. It must meet
exactly as many of these elements as were left, each as an element of the spreadsheet's namespace: a cell inside a
comment, an attribute or an element of others is thereby found out, and the part has to be read as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from gouji.hosts.package.markup import names

MAX_SIZE = 8 * 1024 * 1024
"""Bytes of a part; larger ones are streamed."""
TAKEN_OUT = "<cellsTakenOut>"
"""The short name, as ``parse`` reports it, of the element that stands for a run of cells."""
NAMES = names(TAKEN_OUT[1:-1])

_STANDS_FOR_CELLS = "<cellsTakenOut/>"
_CELL = re.compile(
    r'<c r="([A-Z]{1,2}+[1-9][0-9]{0,5}+)"(?: s="([0-9]{1,5}+)")?+(?: t="([A-Za-z]{1,9}+)")?+'
    r"(?: ?/>|>(?:<f>([^<>&\r]++)</f>)?+"
    r'(?:<v>([^<>&\r]*+)</v>|<is><t(?: xml:space="preserve")?+>([^<>&\r]*+)</t></is>)?+</c>)'
)
_ROW = (
    r'<row r="[1-9][0-9]{0,5}+"(?: spans="[0-9: ]*")?+(?: s="[0-9]+")?+(?: customFormat="[a-z0-9]+")?+'
    r'(?: ht="[0-9.]+")?+(?: hidden="[a-z0-9]+")?+(?: customHeight="[a-z0-9]+")?+(?: outlineLevel="[0-9]")?+'
    r'(?: collapsed="[a-z0-9]+")?+>'
)
_ROW_TAG, _NEXT_ROW = re.compile(_ROW), re.compile("</row>" + _ROW)
_PIECES = _CELL.groups + 1
_OTHER_CODING = re.compile(r"\ufeff?<\?xml[^>]*\sencoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_CONTROLS = bytes({*range(32)} - set(b"\t\n\r"))
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
"""With the controls what no XML may hold."""

Written: TypeAlias = tuple[str, str | None, str | None, str | None, str | None, str | None]
"""Reference, style, type, formula, value and inline text of a cell; ``None`` for what is not written."""


class Swept(NamedTuple):
    """The cells taken out, in order; what remains to be parsed; how many elements in it stand for cells."""

    cells: Iterator[Written]
    rest: str
    runs: int


def sweep(data: bytes) -> Swept | None:
    """Take the plain cells out of a worksheet part; ``None`` where the part has to be read as it stands."""
    if len(data) > MAX_SIZE or len(data.translate(None, _CONTROLS)) != len(data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if _OTHER_CODING.match(text) or TAKEN_OUT[1:-1] in text or any(each in data for each in _NO_CHARACTERS):
        return None
    pieces = _CELL.split(text)
    rest = _with_runs([piece for piece in pieces[::_PIECES] if piece])
    cells = zip(*(pieces[at::_PIECES] for at in range(1, _PIECES)), strict=True)
    return Swept(cells, _STANDS_FOR_CELLS.join(rest), len(rest) - 1)


def _with_runs(between: list[str]) -> list[str]:
    """The pieces between runs of cells, where a run goes on over plain rows."""
    kept: list[str] = []
    in_row = False
    for piece in between:
        if not (in_row and _NEXT_ROW.fullmatch(piece)):
            kept.append(piece)
            at = piece.rfind("<row ")
            in_row = at >= 0 and _ROW_TAG.fullmatch(piece, at) is not None
    return kept
