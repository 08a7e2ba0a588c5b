"""A VBA project from the text of its modules ([MS-OVBA]): the streams of ``vbaProject.bin``, without compiled code.

A program that opens it compiles the modules from their text, so that nothing can hide in the file that the text does
not say.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gouji.addin.excel.compound_file import compound_file
from gouji.addin.excel.compression import compress

CODE_PAGE = 1252
PROJECT_ID = "{6B0F1E52-8D0A-4C58-9B1B-3D4A5F1C7E20}"
_NOT_COMPILED = bytes.fromhex("CC61FFFF000000")
_DOCUMENT, _PROCEDURAL = 0x22, 0x21
_SEED = 0x2A


class Module(NamedTuple):
    """A module: ``text`` as exported, from ``Attribute VB_Name`` on, ASCII; ``document``: of the book or of a sheet."""

    name: str
    text: str
    document: bool = False


def document(name: str, base: str) -> Module:
    """The empty module of the workbook or a sheet; ``base``: the class it stands for, as a GUID."""
    lines = [
        f'VB_Name = "{name}"', f'VB_Base = "0{base}"', "VB_GlobalNameSpace = False", "VB_Creatable = False",
        "VB_PredeclaredId = True", "VB_Exposed = True", "VB_TemplateDerived = False", "VB_Customizable = True",
    ]  # fmt: skip
    return Module(name, "".join(f"Attribute {line}\n" for line in lines), document=True)


def vba_project(name: str, modules: Sequence[Module]) -> bytes:
    """The compound file ``vbaProject.bin``; ``UnicodeEncodeError`` for a module that is not ASCII."""
    return compound_file(
        {
            "VBA/dir": compress(b"".join(_records(name, modules))),
            "VBA/_VBA_PROJECT": _NOT_COMPILED,
            **{f"VBA/{each.name}": compress(source(each)) for each in modules},
            "PROJECT": _project(name, modules).encode("ascii"),
            "PROJECTwm": _names(modules),
        }
    )


def source(module: Module) -> bytes:
    """A module's text as it is stored: ASCII, lines ended as Windows does."""
    return module.text.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii")


def _records(name: str, modules: Sequence[Module]) -> Iterator[bytes]:
    """The stream ``dir``, uncompressed: what the project is, then its modules."""
    yield _number(0x0001, 1)  # the system: Windows
    yield _number(0x0002, 0x0409)
    yield _number(0x0014, 0x0409)
    yield _record(0x0003, struct.pack("<H", CODE_PAGE))
    yield _record(0x0004, name.encode("ascii"))
    yield _pair(0x0005, 0x0040, "")
    yield _record(0x0006, b"") + _record(0x003D, b"")
    yield _number(0x0007, 0)
    yield _number(0x0008, 0)
    yield struct.pack("<HIIH", 0x0009, 4, 1, 0)
    yield _pair(0x000C, 0x003C, "")
    yield _record(0x000F, struct.pack("<H", len(modules)))
    yield _record(0x0013, b"\xff\xff")
    for module in modules:
        yield _record(0x0019, module.name.encode("ascii"))
        yield _record(0x0047, module.name.encode("utf-16-le"))
        yield _pair(0x001A, 0x0032, module.name)
        yield _pair(0x001C, 0x0048, "")
        yield _number(0x0031, 0)  # its text starts at the start of its stream
        yield _number(0x001E, 0)
        yield _record(0x002C, b"\xff\xff")
        yield _record(_DOCUMENT if module.document else _PROCEDURAL, b"")
        yield _record(0x002B, b"")
    yield _record(0x0010, b"")


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HI", kind, len(content)) + content


def _number(kind: int, value: int) -> bytes:
    return _record(kind, struct.pack("<I", value))


def _pair(kind: int, unicode_kind: int, text: str) -> bytes:
    return _record(kind, text.encode("ascii")) + _record(unicode_kind, text.encode("utf-16-le"))


def _project(name: str, modules: Sequence[Module]) -> str:
    """The stream ``PROJECT``: modules, and that the project is neither locked nor hidden."""
    listed = [
        f"Document={each.name}/&H00000000" if each.document else f"Module={each.name}" for each in modules
    ]
    lines = [
        f'ID="{PROJECT_ID}"', *listed, f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"',
        f'CMG="{_guarded(bytes(4))}"', f'DPB="{_guarded(bytes(1))}"', f'GC="{_guarded(bytes([0xFF]))}"',
        "", "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "", "[Workspace]", *(f"{each.name}=0, 0, 0, 0, C" for each in modules), "",
    ]  # fmt: skip
    return "\r\n".join(lines)


def _guarded(content: bytes) -> str:
    """[MS-OVBA] 2.4.3.2, with a fixed seed: how PROJECT keeps its three settings of protection."""
    key = sum(PROJECT_ID.encode("ascii")) & 0xFF
    written = [_SEED, _SEED ^ 2, _SEED ^ key]
    before, last, plain = written[1], written[2], key
    for byte in bytes((_SEED & 6) // 2) + struct.pack("<I", len(content)) + content:
        coded = byte ^ (before + plain & 0xFF)
        written.append(coded)
        before, last, plain = last, coded, byte
    return bytes(written).hex().upper()


def _names(modules: Sequence[Module]) -> bytes:
    """The stream ``PROJECTwm``: every module's name twice, in the code page and in UTF-16."""
    each = (module.name.encode("ascii") + b"\0" + module.name.encode("utf-16-le") + b"\0\0" for module in modules)
    return b"".join(each) + b"\0\0"
