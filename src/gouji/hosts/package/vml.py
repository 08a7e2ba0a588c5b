"""The boxes of notes: VML shapes in the drawing that ``legacyDrawing`` names. VML need not be well-formed XML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from gouji.hosts.note_text import box_size
from gouji.hosts.package.grid import Grid
from gouji.hosts.package.spans import OPENED
from gouji.sheet import Address

_HEAD = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="%d"/></o:shapelayout></xml>'
)
_NAMES = (
    b' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE = (
    b'<v:shapetype%s class="gouji" id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    b'<v:shape%(names)s class="gouji" id="_x0000_s%(id)d" type="#_x0000_t202" style="position:absolute;'
    b"margin-left:%(x)gpt;margin-top:%(y)gpt;width:%(width)gpt;height:%(height)gpt;z-index:%(order)d;"
    b'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    b'<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%(anchor)s</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%(row)d</x:Row><x:Column>%(column)d</x:Column></x:ClientData></v:shape>"
)
_ELEMENT = re.compile(rb"<((?:[\w.-]+:)?shape(?:type)?)(?=[\s>/])(?:[^>]*/>|[^>]*>.*?</\1\s*>)", re.DOTALL)
_OURS = re.compile(rb'<[^>]*\bclass="gouji"')
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row\s*>\s*(\d+)\s*<")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column\s*>\s*(\d+)\s*<")
_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_ID = re.compile(rb"""["']_x0000_s(\d+)["']""")
_BLOCKS = re.compile(rb"""idmap\b[^>]*\bdata\s*=\s*["']([\d,\s]*)["']""")
_END = re.compile(rb"</[\w:.-]+\s*>\s*\Z")
_CLOSED_ROOT = re.compile(rb"/>\s*\Z")


class _Found(NamedTuple):
    start: int
    end: int
    ours: bool
    cell: Address | None


def new_drawing(block: int) -> bytes:
    """A VML part without shapes whose ids are to lie in ``block`` (of 1,024 ids)."""
    return _HEAD % block


def shape_cells(data: bytes) -> set[Address]:
    """The cells that have a note's box."""
    return {found.cell for found in _shapes(data) if found.cell}


def strip_shapes(data: bytes, whole: Collection[Address]) -> bytes:
    """Without our shapes: those we marked, and the boxes of the notes that were ours whole."""
    kept, at = [], 0
    for found in _shapes(data):
        if found.ours or found.cell in whole:
            kept.append(data[at : found.start])
            at = found.end
    result = b"".join([*kept, data[at:]])
    return re.sub(rb">(</[\w:.-]+" + OPENED + rb">)(\s*)\Z", rb"/>\2", result) if at else result


def is_unused(data: bytes) -> bool:
    """Whether a drawing holds no shape."""
    return not list(_shapes(data))


def used_blocks(data: bytes) -> set[int]:
    """The blocks of 1,024 shape ids that a drawing claims or uses."""
    claimed = {int(n) for listed in _BLOCKS.findall(data) for n in listed.replace(b",", b" ").split()}
    return claimed | {int(number) >> 10 for number in _ID.findall(data)}


def add_shapes(data: bytes, notes: Mapping[Address, str], grid: Grid, taken: Collection[int]) -> bytes:
    """Hidden boxes for the cells' notes, sized to their text; ids in the drawing's block or one not ``taken``."""
    if not notes:
        return data
    names = b"" if all(name in data for name in _NAMES.split()) else _NAMES
    ids = _free_ids(data, taken)
    pieces = [] if b'"_x0000_t202"' in data or b"'_x0000_t202'" in data else [_TYPE % names]
    first = len(list(_shapes(data))) + 1
    for order, cell in enumerate(sorted(notes), first):
        place = {b"row": cell.row - 1, b"column": cell.column - 1, **_placement(cell, grid, box_size(notes[cell]))}
        pieces.append(_SHAPE % {b"names": names, b"id": next(ids), b"order": order, **place})
    return _before_end(data, b"".join(pieces))


def _shapes(data: bytes) -> Iterator[_Found]:
    for match in _ELEMENT.finditer(data):
        text = match[0]
        cell = None
        row, column = _ROW.search(text), _COLUMN.search(text)
        if row and column and _NOTE.search(text):
            cell = Address(int(row[1]) + 1, int(column[1]) + 1)
        yield _Found(match.start(), match.end(), _OURS.match(text) is not None, cell)


def _free_ids(data: bytes, taken: Collection[int]) -> Iterator[int]:
    """Shape ids that nothing uses: the rest of the drawing's own block, then blocks that nobody has."""
    used = {int(number) for number in _ID.findall(data)}
    claimed = sorted(used_blocks(data))
    block = claimed[0] if claimed else 1
    while True:
        first = max((number for number in used if number >> 10 == block), default=block * 1024) + 1
        yield from range(first, (block + 1) * 1024)
        block = max([block, *taken, *claimed]) + 1


def _placement(cell: Address, grid: Grid, size: tuple[int, int]) -> dict[bytes, bytes | float]:
    anchor, x, y = grid.box_beside(grid.area_at(cell), size)
    points = {b"x": x * 0.75, b"y": y * 0.75, b"width": size[0] * 0.75, b"height": size[1] * 0.75}
    return {**points, b"anchor": ", ".join(map(str, anchor)).encode()}


def _before_end(data: bytes, content: bytes) -> bytes:
    end = _END.search(data)
    if end:
        return data[: end.start()] + content + data[end.start() :]
    closed = _CLOSED_ROOT.search(data)
    root = re.search(rb"<([\w:.-]+)[^<]*/>\s*\Z", data)
    if closed and root:
        opened = b">" + content + b"</" + root[1] + OPENED + b">"
        return data[: closed.start()] + opened + data[closed.start() + 2 :]
    return data + content
