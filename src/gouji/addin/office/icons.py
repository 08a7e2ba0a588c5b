"""The symbols of the buttons, drawn here: shapes on a field of 16 × 16, painted smoothly at any size as PNG."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

Point = tuple[float, float]
Colour = tuple[int, int, int]

FIELD = 16
_SAMPLES = 4

INK: Colour = (70, 78, 92)
PAPER: Colour = (255, 255, 255)
RULING: Colour = (176, 184, 196)
BLUE: Colour = (38, 101, 190)
GREEN: Colour = (26, 137, 76)
RED: Colour = (200, 44, 44)
YELLOW: Colour = (255, 226, 125)


class Shape(NamedTuple):
    """A filled polygon, or with ``width`` a line through the points with round ends."""

    colour: Colour
    points: Sequence[Point]
    width: float = 0


def _box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _ring(x: float, y: float, radius: float) -> list[Point]:
    turns = [2 * math.pi * step / 24 for step in range(25)]
    return [(x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns]


def _framed(colour: Colour, outline: Sequence[Point], line: Colour = INK) -> list[Shape]:
    return [Shape(colour, outline), Shape(line, [*outline, outline[0]], 1)]


def _tick(points: Sequence[Point]) -> list[Shape]:
    return [Shape(PAPER, points, 4.2), Shape(GREEN, points, 2.4)]


def _lines(*places: tuple[float, float, float]) -> list[Shape]:
    return [Shape(RULING, [(left, y), (right, y)], 1) for left, right, y in places]


_SHEET = _framed(PAPER, _box(1.5, 1.5, 11.5, 14.5))
_GRID = [
    *_framed(PAPER, _box(1.5, 2.5, 14.5, 13.5)), Shape(YELLOW, _box(2, 3, 14, 5.5)),
    *_lines((2, 14, 6), (2, 14, 9.5)), Shape(RULING, [(6, 3), (6, 13)], 1),
]  # fmt: skip
_NOTE = _framed(YELLOW, [(1.5, 1.5), (14.5, 1.5), (14.5, 10.5), (7, 10.5), (3.5, 14), (3.5, 10.5), (1.5, 10.5)])

PICTURES: dict[str, list[Shape]] = {
    "check": [*_SHEET, *_lines((3.5, 9.5, 4.5), (3.5, 9.5, 7.5), (3.5, 6, 10.5)),
              *_tick([(6, 10.5), (9, 13.3), (14.3, 5.5)])],
    "check_sheet": [*_GRID, *_tick([(6, 10.5), (9, 13.3), (14.3, 6)])],
    "clear": [*_NOTE, Shape(RED, [(5.3, 3.5), (10.7, 8.5)], 2), Shape(RED, [(10.7, 3.5), (5.3, 8.5)], 2)],
    "previous": [Shape(BLUE, [(8, 2), (14, 9), (10.3, 9), (10.3, 14), (5.7, 14), (5.7, 9), (2, 9)])],
    "next": [Shape(BLUE, [(8, 14), (14, 7), (10.3, 7), (10.3, 2), (5.7, 2), (5.7, 7), (2, 7)])],
    "results": [*_framed(PAPER, _box(1.5, 1.5, 14.5, 14.5)),
                *(Shape(colour, _ring(4.5, y, 1.1)) for colour, y in ((RED, 4.5), (RED, 8), (YELLOW, 11.5))),
                *_lines((7, 12.5, 4.5), (7, 12.5, 8), (7, 11, 11.5))],
    "packs": [*_framed(BLUE, _box(2.5, 1.5, 13.5, 14.5)), Shape(PAPER, _box(4.5, 11, 13, 13.5)),
              Shape(PAPER, [(6, 4.5), (11, 4.5)], 1.2), Shape(PAPER, [(6, 7), (11, 7)], 1.2)],
    "export": [*_SHEET, *_lines((3.5, 9.5, 4.5), (3.5, 7, 7.5)), Shape(PAPER, [(7, 10.5), (13, 10.5)], 4),
               Shape(BLUE, [(6.5, 10.5), (12.5, 10.5)], 2), Shape(BLUE, [(11, 7), (15.5, 10.5), (11, 14)])],
    "about": [Shape(BLUE, _ring(8, 8, 6.8)), Shape(PAPER, _ring(8, 4.6, 1.1)), Shape(PAPER, [(8, 7.6), (8, 11.8)], 2)],
}  # fmt: skip
"""What each command's symbol shows, painted from the first shape to the last."""


def picture(name: str, size: int) -> bytes:
    """The symbol of a command as a PNG of ``size`` × ``size`` pixels, transparent where nothing is painted."""
    pixels = [(0.0, 0.0, 0.0, 0.0)] * (size * size)
    for shape in PICTURES[name]:
        for place, share in _coverage(shape, size).items():
            pixels[place] = _over(pixels[place], shape.colour, share)
    return _png(size, pixels)


def _coverage(shape: Shape, size: int) -> dict[int, float]:
    """How much of a pixel the shape covers, above 0 and at most 1; pixels are numbered row after row."""
    inside: Callable[[float, float], bool]
    if shape.width:
        reach = (shape.width / 2) ** 2
        inside = lambda x, y: _distance(shape.points, x, y) <= reach  # noqa: E731
    else:
        inside = lambda x, y: _within(shape.points, x, y)  # noqa: E731
    step = FIELD / size / _SAMPLES
    columns, rows = (_span([point[axis] for point in shape.points], shape.width / 2, size) for axis in (0, 1))
    covered = {}
    for row, column in product(rows, columns):
        samples = product(
            range(row * _SAMPLES, (row + 1) * _SAMPLES), range(column * _SAMPLES, (column + 1) * _SAMPLES)
        )
        hits = sum(inside((x + 0.5) * step, (y + 0.5) * step) for y, x in samples)
        if hits:
            covered[row * size + column] = hits / _SAMPLES**2
    return covered


def _span(places: Sequence[float], reach: float, size: int) -> range:
    """The rows or columns of pixels that a shape can touch."""
    first, last = (min(places) - reach) * size / FIELD, (max(places) + reach) * size / FIELD
    return range(max(0, math.floor(first)), min(size, math.ceil(last)))


def _within(points: Sequence[Point], x: float, y: float) -> bool:
    odd = False
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def _distance(points: Sequence[Point], x: float, y: float) -> float:
    """The squared distance of a place from a line of straight pieces."""
    nearest = math.inf
    for (x1, y1), (x2, y2) in pairwise(points):
        along, across = x2 - x1, y2 - y1
        length = along * along + across * across
        share = max(0.0, min(1.0, ((x - x1) * along + (y - y1) * across) / length)) if length else 0.0
        nearest = min(nearest, (x - x1 - share * along) ** 2 + (y - y1 - share * across) ** 2)
    return nearest


def _over(below: tuple[float, float, float, float], colour: Colour, share: float) -> tuple[float, float, float, float]:
    """One colour laid over what is painted already."""
    rest = below[3] * (1 - share)
    total = share + rest
    red, green, blue = ((new * share + old * rest) / total for new, old in zip(colour, below[:3], strict=True))
    return red, green, blue, total


def _png(size: int, pixels: Sequence[tuple[float, float, float, float]]) -> bytes:
    painted = [bytes((round(r), round(g), round(b), round(a * 255))) for r, g, b, a in pixels]
    rows = b"".join(b"\0" + b"".join(painted[start : start + size]) for start in range(0, size * size, size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
