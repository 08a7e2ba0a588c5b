"""The symbols: PNG files with sound checksums, clear around the drawing, different from one another."""

from __future__ import annotations

import struct
import zlib

import pytest

from gouji.addin.office.icons import PICTURES, picture
from gouji.live.commands import CAPTIONS


def pixels(png: bytes) -> list[tuple[int, int, int, int]]:
    """The pixels of an unfiltered RGBA picture, every checksum verified."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + content),)
        chunks[kind] = content
        at += 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, colours = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, colours) == (8, 6)
    rows = zlib.decompress(chunks[b"IDAT"])
    step = 1 + 4 * width
    assert len(rows) == step * height
    assert {rows[start] for start in range(0, len(rows), step)} == {0}
    return [
        (rows[place], rows[place + 1], rows[place + 2], rows[place + 3])
        for start in range(0, len(rows), step)
        for place in range(start + 1, start + step, 4)
    ]


def test_every_command_has_a_symbol_of_its_own() -> None:
    assert set(PICTURES) == set(CAPTIONS)
    assert len({picture(command, 16) for command in PICTURES}) == len(PICTURES)


@pytest.mark.parametrize("size", [16, 26])
def test_a_symbol_is_painted_in_the_middle_and_clear_in_its_corners(size: int) -> None:
    painted = pixels(picture("next", size))
    assert len(painted) == size * size
    assert painted[size * (size // 2) + size // 2] == (38, 101, 190, 255)
    assert {painted[place][3] for place in (0, size - 1, size * (size - 1), size * size - 1)} == {0}
