"""Cells written the plain way, as nearly all are, taken out of a worksheet part in one sweep before it is parsed.

A parser that calls back for every tag costs more than all the rest of reading. So each run of cells that match one
strict form is taken out and a single element left in its place; the parser then reads what remains. It must meet
exactly as many of these elements as were left, each as an element of the spreadsheet's namespace: a cell inside a
comment, an attribute or an element of others is thereby found out, and the part has to be read as it stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gouji.hosts.package.cells import PLACES, CellReader, Place
from gouji.hosts.package.markup import names
from gouji.sheet import Cell, CellKind
from gouji.tables.memory import Memory

MAX_SIZE = 8 * 1024 * 1024
"""Bytes of a part; larger ones are streamed."""
TAKEN_OUT = "<cellsTakenOut>"
"""The short name, as ``parse`` reports it, of the element that stands for a run of cells."""
NAMES = names(TAKEN_OUT[1:-1])

_STANDS_FOR_CELLS = "<cellsTakenOut/>"
_OPENING = '<c r="'
_PLAIN = r"[^<>&\x00-\x08\x0b-\x1f]"
"""A character that stands for itself, but for the two that no XML may hold."""
_CELL = re.compile(
    r'(?: s="([0-9]{1,5}+)")?+(?: t="([A-Za-z]{1,9}+)")?+(?: ?/>|>(?:<f>(' + _PLAIN + r"++)</f>)?+(?:<v>(" + _PLAIN
    + r'*+)</v>|<is><t(?: xml:space="preserve")?+>(' + _PLAIN + r"*+)</t></is>)?+</c>)"
)  # fmt: skip
"""A cell after its reference: style, type, formula, value and inline text."""
_ROW = (
    r'<row r="[1-9][0-9]{0,5}+"(?: spans="[0-9: ]*")?+(?: s="[0-9]+")?+(?: customFormat="[a-z0-9]+")?+'
    r'(?: ht="[0-9.]+")?+(?: hidden="[a-z0-9]+")?+(?: customHeight="[a-z0-9]+")?+(?: outlineLevel="[0-9]")?+'
    r'(?: collapsed="[a-z0-9]+")?+>'
)
_ROW_END = "</row>"
_ROW_TAG, _NEXT_ROW = re.compile(_ROW), re.compile(_ROW_END + _ROW)
_LONGEST_TAG = 200
_IS_NEXT_ROW: Memory[str, bool] = Memory(lambda text: _NEXT_ROW.fullmatch(text) is not None, most=4_096)
"""Whether a text is the end of a row and the start of a plain one."""
_OTHER_CODING = re.compile(r"\ufeff?<\?xml[^>]*\sencoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_NO_CHARACTERS = ("\ufffe", "\uffff")
_NEW = Cell(CellKind.TEXT, "")
"""Stands for a look that has not been met before."""


class Swept(NamedTuple):
    """The cells taken out that hold something; what remains to be parsed; how many elements in it stand for cells."""

    cells: dict[Place, Cell]
    rest: str
    runs: int


def sweep(data: bytes, reader: CellReader) -> Swept | None:
    """Take the plain cells out of a worksheet part; ``None`` where the part has to be read as it stands.

    Raises ``ValueError`` where a reference or a shared string is impossible.
    """
    text = _decoded(data)
    if text is None:
        return None
    cells: dict[Place, Cell] = {}
    looks = reader.looks
    head, *pieces = text.split(_OPENING)
    rest, runs = [head], 0
    in_run, in_row = False, _opens_row(head)
    for piece in pieces:
        reference, _, content = piece.partition('"')
        tail = ""
        cell = looks.get(content, _NEW)
        if cell is _NEW:
            content, ends, after = content.partition(_ROW_END)
            tail = ends + after
            cell = looks.get(content, _NEW)
        if cell is _NEW:
            written = _CELL.match(content)
            if written is None:
                rest.append(_OPENING + piece)
                in_run, in_row = False, _opens_row(piece)
                continue
            tail = content[written.end() :] + tail
            cell = reader.look(written[0], *written.groups())
        if not in_run:
            rest.append(_STANDS_FOR_CELLS)
            in_run, runs = True, runs + 1
        place = PLACES[reference]
        if cell is not None:
            cells[place] = cell
        if tail and not (in_row and len(tail) <= _LONGEST_TAG and _IS_NEXT_ROW[tail]):
            rest.append(tail)
            in_run, in_row = False, _opens_row(tail)
    return Swept(cells, "".join(rest), runs)


def _decoded(data: bytes) -> str | None:
    """The text of a part in UTF-8 of usual size without what no XML may hold; controls are left to others."""
    if len(data) > MAX_SIZE:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if _OTHER_CODING.match(text) or TAKEN_OUT[1:-1] in text or any(each in text for each in _NO_CHARACTERS):
        return None
    return text


def _opens_row(text: str) -> bool:
    """Whether a text ends with the tag of a plain row."""
    at = text.rfind("<row ")
    return at >= 0 and _ROW_TAG.fullmatch(text, at) is not None
