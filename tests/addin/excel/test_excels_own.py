"""Files that a real Excel wrote (they come with xlwings), as measure: we read them, and ours are built the same way."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import olefile
import pytest
import xlwings
from oletools.olevba import decompress_stream

from gouji.addin.excel.building import build
from gouji.addin.excel.compression import compress, decompress

FOLDER = Path(xlwings.__file__).parent
OF_EXCEL = [FOLDER / "addin" / "xlwings.xlam", FOLDER / "quickstart.xlsm", FOLDER / "quickstart_addin_ribbon.xlam"]
REFERENCES = {0x16, 0x3E, 0x0D, 0x0E, 0x33, 0x2F, 0x30}
"""Records of libraries that a project refers to; ours needs none."""
NEWER = {0x4A}


def project(content: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return olefile.OleFileIO(io.BytesIO(archive.read("xl/vbaProject.bin")))


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of the stream ``dir``."""
    place, listed = 0, decompress(project(content).openstream("VBA/dir").read())
    while place < len(listed):
        kind, size = struct.unpack_from("<HI", listed, place)
        size = 6 if kind == 0x09 else size  # the version's size is stated as of its first half
        yield kind, listed[place + 6 : place + 6 + size]
        place += 6 + size


def kinds(content: bytes) -> list[int]:
    return [kind for kind, _ in records(content) if kind not in REFERENCES | NEWER]


def head_and_module(found: list[int]) -> tuple[list[int], list[int]]:
    """The records before the first module, and those of the first module."""
    start = found.index(0x19)
    return found[:start], found[start : found.index(0x2B) + 1]


@pytest.mark.parametrize("path", OF_EXCEL, ids=lambda path: path.name)
def test_records_stand_in_the_order_in_which_excel_writes_them(path: Path) -> None:
    assert head_and_module(kinds(build("1"))) == head_and_module(kinds(path.read_bytes()))
    assert kinds(build("1"))[-1] == kinds(path.read_bytes())[-1] == 0x10


@pytest.mark.parametrize("path", OF_EXCEL, ids=lambda path: path.name)
def test_what_excel_compressed_is_read_as_olevba_reads_it_and_packed_no_worse(path: Path) -> None:
    file, modules = project(path.read_bytes()), 0
    listed = list(records(path.read_bytes()))
    names = [content.decode("ascii") for kind, content in listed if kind == 0x1A]
    offsets = [int.from_bytes(content, "little") for kind, content in listed if kind == 0x31]
    for name, offset in zip(names, offsets, strict=True):
        packed = file.openstream(["VBA", name]).read()[offset:]
        text = decompress(packed)
        assert text.startswith(b"Attribute VB_Name")
        assert text == bytes(decompress_stream(bytearray(packed)))
        assert len(compress(text)) <= len(packed)
        modules += 1
    assert modules >= 3
