"""A compound file, version 3 ([MS-CFB]): storages and streams in sectors of 512 bytes, as VBA projects are kept."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
_FREE, _END, _FAT_SECTOR, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1
_FAT_IN_HEADER = 109

Streams = Mapping[str, bytes]
"""Contents by path; ``VBA/dir`` is the stream ``dir`` of the storage ``VBA``. One level of storages."""


@dataclass(slots=True)
class _Entry:
    """An entry of the directory, filled in while the file is laid out."""

    name: str
    kind: int
    content: bytes = b""
    color: int = _BLACK
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END
    size: int = 0


@dataclass(slots=True)
class _Chains:
    """Sectors of one size with the table that links them."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    links: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Append ``content`` as a chain; its first sector."""
        count = -(-len(content) // self.size)
        if not count:
            return _END
        first = len(self.links)
        self.links += [*range(first + 1, first + count), _END]
        self.data += content.ljust(count * self.size, b"\0")
        return first


def compound_file(streams: Streams) -> bytes:
    """The file with these streams, the same bytes for the same streams. ``ValueError`` above about 7 MB."""
    entries = _directory(streams)
    sectors, small = _Chains(SECTOR), _Chains(MINI_SECTOR)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.content)
            entry.start = (small if entry.size < CUTOFF else sectors).add(entry.content)
    entries[0].start, entries[0].size = sectors.add(bytes(small.data)), len(small.data)
    mini_fat = sectors.add(_table(small.links))
    mini_fat_count = -(-len(small.links) * 4 // SECTOR)
    directory = sectors.add(_written(entries))
    fat_start, fat_count = len(sectors.links), _fat_sectors(len(sectors.links))
    header = _header(fat_start, fat_count, directory, mini_fat, mini_fat_count)
    return header + bytes(sectors.data) + _table(sectors.links + [_FAT_SECTOR] * fat_count)


def _directory(streams: Streams) -> list[_Entry]:
    """The root, then every storage and stream, linked into their trees."""
    entries = [_Entry("Root Entry", _ROOT)]
    members: dict[str, list[int]] = {"": []}
    for path in streams:
        storage, _, name = path.rpartition("/")
        if storage not in members:
            members[storage] = []
            members[""].append(len(entries))
            entries.append(_Entry(storage, _STORAGE, start=0))
        members[storage].append(len(entries))
        entries.append(_Entry(name, _STREAM, streams[path]))
    for storage, own in members.items():
        own.sort(key=lambda index: _order(entries[index].name))
        owner = next((each for each in entries if each.kind == _STORAGE and each.name == storage), entries[0])
        owner.child = _tree(entries, own, (len(own) + 1).bit_length() - 1)
    return entries


def _order(name: str) -> tuple[int, str]:
    return len(name), name.upper()


def _tree(entries: list[_Entry], members: list[int], full: int) -> int:
    """A red-black tree of sorted members, halved at each level; red below the ``full`` levels that have no gap."""
    if not members:
        return _NONE
    middle = len(members) // 2
    top = entries[members[middle]]
    top.color = _BLACK if full > 0 else _RED
    top.left = _tree(entries, members[:middle], full - 1)
    top.right = _tree(entries, members[middle + 1 :], full - 1)
    return members[middle]


def _written(entries: list[_Entry]) -> bytes:
    unused = struct.pack("<64xHBBIII", 0, 0, 0, _NONE, _NONE, _NONE).ljust(128, b"\0")
    per_sector = SECTOR // len(unused)
    return b"".join(map(_entry, entries)) + unused * (-len(entries) % per_sector)


def _entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    if len(name) > 62:
        raise ValueError(f"{entry.name}: a name has at most 31 characters")
    return struct.pack(
        "<64sHBBIII36xIQ",
        name, len(name) + 2, entry.kind, entry.color, entry.left, entry.right, entry.child, entry.start, entry.size,
    )  # fmt: skip


def _table(links: list[int]) -> bytes:
    """Links as sectors, the last filled up with free ones."""
    table = b"".join(link.to_bytes(4, "little") for link in links)
    return table + b"\xff" * (-len(table) % SECTOR)


def _fat_sectors(others: int) -> int:
    """How many sectors the table of all sectors takes, itself included."""
    count = 0
    while count * SECTOR < (others + count) * 4:
        count += 1
    if count > _FAT_IN_HEADER:
        raise ValueError("too much for a compound file whose table fits its header")
    return count


def _header(fat_start: int, fat_count: int, directory: int, mini_fat: int, mini_fat_count: int) -> bytes:
    fat = [*range(fat_start, fat_start + fat_count), *[_FREE] * (_FAT_IN_HEADER - fat_count)]
    return struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fat_count, directory, 0, CUTOFF, mini_fat, mini_fat_count, _END, 0, *fat,
    )  # fmt: skip
