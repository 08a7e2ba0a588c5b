"""The zip container of a workbook or a text: entries read one at a time, rewritten without touching the others.

The central directory is parsed here and not by :mod:`zipfile`, because untouched entries must be copied with
the very bytes of their local headers, data and data descriptors.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from gouji.hosts.package import refusals
from gouji.hosts.package.locks import FileState, file_state
from gouji.hosts.package.refusals import FileKind

ENTRY_LIMIT = 512 * 1024 * 1024
TOTAL_LIMIT = 1024 * 1024 * 1024
KEPT_LIMIT = 16 * 1024 * 1024
"""Bytes of contents that are kept once they were read: notes go into parts that were read before."""
RATIO_LIMIT = 400
"""An entry over ``SMALL`` bytes that deflates better than this is no workbook part (XML reaches about 50)."""
SMALL = 64 * 1024 * 1024

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_STORED, _DEFLATED = 0, 8
_DESCRIPTOR, _UTF8, _ENCRYPTED = 0x8, 0x800, 0x1
_FULL = 0xFFFFFFFF
_NEW_DATE = 0x21  # 1980-01-01, so that the same notes give the same bytes


class _Entry(NamedTuple):
    """One entry: where its raw bytes stand (``start`` to ``end``, descriptor and gap included)."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int
    end: int
    central: bytes


class _Tail(NamedTuple):
    """What follows the zip's end record: the stated length of the comment, and all bytes that are there."""

    comment_length: int
    rest: bytes


class Archive:
    """A package (``kind``: of a workbook or a text) held in memory; never changed, ``rewrite`` gives new bytes.

    ``data`` is the whole file, ``label`` its name for messages, ``state`` the file's just before it was read (``None``
    for bytes that are no file).
    """

    def __init__(
        self, data: bytes, label: str, state: FileState | None = None, kind: FileKind = refusals.WORKBOOK
    ) -> None:
        self.data, self.label, self.state, self.kind = data, label, state, kind
        self._tail, self._entries = _directory(data, label)
        self._by_name = {entry.name: entry for entry in reversed(self._entries)}
        self._by_fold = {entry.name.lower(): entry for entry in reversed(self._entries)}
        self._read: dict[str, bytes] = {}
        self._room = KEPT_LIMIT
        self.names: tuple[str, ...] = tuple(_unique(self._entries))
        refusals.refuse_other_package(self, label, kind)

    @classmethod
    def open(cls, path: Path, kind: FileKind = refusals.WORKBOOK) -> Archive:
        """Read the file whole. Raises WorkbookError, naming the file and what to do, when it is of another kind."""
        state = file_state(path)
        return cls(refusals.file_bytes(path, kind), path.name, state, kind)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._by_fold

    def read(self, name: str) -> bytes:
        """The content of a part, kept while there is room. Raises WorkbookError when it is missing or damaged."""
        if name in self._read:
            return self._read[name]
        entry = self._by_name.get(name) or self._by_fold.get(name.lower())
        if entry is None:
            raise refusals.missing_part(self.label, name, self.kind)
        content = _inflate(self.data, entry, self.label)
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise refusals.damaged(self.label, name)
        if len(content) <= self._room:
            self._read[name] = content
            self._room -= len(content)
        return content

    def rewrite(
        self, changed: Mapping[str, bytes], added: Mapping[str, bytes], removed: Collection[str]
    ) -> bytes:
        """The package with some parts changed, added (at the end) or removed; every other entry's bytes stay."""
        kept = [entry for entry in self._entries if entry.name not in removed]
        order = sorted(kept, key=lambda entry: entry.start)
        out = bytearray(self.data[: min((entry.start for entry in self._entries), default=0)])
        records: dict[int, bytes] = {}
        for entry in order:
            records[entry.start] = self._put(out, entry, changed.get(entry.name))
        news = [_put_new(out, name, content) for name, content in added.items()]
        directory = b"".join([records[entry.start] for entry in kept] + news)
        count = len(kept) + len(news)
        end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(out), self._tail.comment_length)
        return bytes(out) + directory + end + self._tail.rest

    def _put(self, out: bytearray, entry: _Entry, content: bytes | None) -> bytes:
        """Append an entry to ``out``; its new central record."""
        offset = len(out)
        if content is None:
            out += self.data[entry.start : entry.end]
            return _moved(entry.central, offset)
        fields = list(_LOCAL.unpack_from(self.data, entry.start))
        name_end = entry.start + _LOCAL.size + fields[9]
        name = self.data[entry.start + _LOCAL.size : name_end]
        extra = _without_zip64(self.data[name_end : name_end + fields[10]])
        method = _STORED if entry.method == _STORED else _DEFLATED
        packed = content if method == _STORED else _deflate(content)
        sizes = (zlib.crc32(content), len(packed), len(content))
        trailing = bool(entry.flags & _DESCRIPTOR)
        fields[3] = method
        fields[6:9] = (0, 0, 0) if trailing else sizes
        fields[10] = len(extra)
        out += _LOCAL.pack(*fields) + name + extra + packed
        if trailing:
            after = _data_start(self.data, entry) + entry.packed
            signed = self.data[after : after + 4] == b"PK\7\x08"
            out += (b"PK\7\x08" if signed else b"") + struct.pack("<3L", *sizes)
        return _resized(entry.central, offset, method, sizes)


def _unique(entries: list[_Entry]) -> dict[str, None]:
    return dict.fromkeys(entry.name for entry in entries if not entry.name.endswith("/"))


def _directory(data: bytes, label: str) -> tuple[_Tail, list[_Entry]]:
    """The zip comment and the entries in the order of the central directory."""
    try:
        at, count, size, offset, tail = _end_record(data)
        base = at - size - offset
        if base < 0:
            raise ValueError
        found = list(_central_records(data, offset + base, count, base))
    except (struct.error, ValueError):
        raise refusals.damaged(label) from None
    entries = _with_ends(data, found, at - size, label)
    if any(e.size > ENTRY_LIMIT for e in entries) or sum(e.size for e in entries) > TOTAL_LIMIT:
        raise refusals.too_large(label)
    if any(e.size > SMALL and e.size > RATIO_LIMIT * max(e.packed, 1) for e in entries):
        raise refusals.too_large(label)
    return tail, entries


def _end_record(data: bytes) -> tuple[int, int, int, int, _Tail]:
    """(position where the directory ends, entry count, directory size, directory offset, what follows)."""
    lowest = max(0, len(data) - _END.size - 0xFFFF)
    at = data.rfind(b"PK\5\6", lowest)
    while at >= 0 and not _ends_directory(data, at):
        at = data.rfind(b"PK\5\6", lowest, at)
    if at < 0:
        raise ValueError
    *_, count, size, offset, length = _END.unpack_from(data, at)
    tail = _Tail(length, data[at + _END.size :])
    if at >= 20 and data[at - 20 : at - 16] == b"PK\6\7":
        (record,) = struct.unpack_from("<Q", data, at - 12)
        if data[record : record + 4] != b"PK\6\6":
            raise ValueError
        count, size, offset = struct.unpack_from("<3Q", data, record + 32)
        at = record
    return at, count, size, offset, tail


def _ends_directory(data: bytes, at: int) -> bool:
    """Whether a central directory stands before ``at``; the comment may hold the signature of an end record."""
    if at + _END.size > len(data):
        return False
    size = _END.unpack_from(data, at)[5]
    return data[at - size : at - size + 4] == b"PK\1\2" or data[at - 20 : at - 16] == b"PK\6\7"


def _central_records(data: bytes, at: int, count: int, base: int) -> Iterator[_Entry]:
    for _ in range(count):
        fields = _CENTRAL.unpack_from(data, at)
        if fields[0] != b"PK\1\2":
            raise ValueError
        flags, method, crc, packed, size = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_end = at + _CENTRAL.size + fields[10]
        end = name_end + fields[11] + fields[12]
        packed, size, start = _zip64(data[name_end : name_end + fields[11]], packed, size, fields[16])
        raw = data[at + _CENTRAL.size : name_end]
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437").replace("\\", "/").lstrip("/")
        yield _Entry(name, flags, method, crc, packed, size, start + base, 0, data[at:end])
        at = end


def _zip64(extra: bytes, packed: int, size: int, start: int) -> tuple[int, int, int]:
    """The 64-bit values where the 32-bit ones say that they stand in the extra field."""
    if not extra:
        return packed, size, start
    values = _extra_fields(extra).get(1, b"")
    wide = iter(struct.unpack(f"<{len(values) // 8}Q", values[: len(values) // 8 * 8]))
    size = next(wide, size) if size == _FULL else size
    packed = next(wide, packed) if packed == _FULL else packed
    start = next(wide, start) if start == _FULL else start
    return packed, size, start


def _extra_fields(extra: bytes) -> dict[int, bytes]:
    fields, at = {}, 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        fields[kind] = extra[at + 4 : at + 4 + length]
        at += 4 + length
    return fields


def _without_zip64(extra: bytes) -> bytes:
    fields = _extra_fields(extra)
    if 1 not in fields:
        return extra
    return b"".join(struct.pack("<2H", k, len(v)) + v for k, v in fields.items() if k != 1)


def _with_ends(data: bytes, entries: list[_Entry], stop: int, label: str) -> list[_Entry]:
    """Each entry with the end of its raw bytes: the next entry's start. Overlaps are refused."""
    starts = [*sorted(entry.start for entry in entries), stop]
    following = dict(pairwise(starts))
    done = []
    for entry in entries:
        if entry.flags & _ENCRYPTED:
            raise refusals.encrypted(label)
        end = following[entry.start]
        if data[entry.start : entry.start + 4] != b"PK\3\4" or _data_start(data, entry) + entry.packed > end:
            raise refusals.damaged(label, entry.name)
        done.append(entry._replace(end=end))
    return done


def _data_start(data: bytes, entry: _Entry) -> int:
    if entry.start + _LOCAL.size > len(data):
        return len(data) + 1
    name_length, extra_length = struct.unpack_from("<2H", data, entry.start + 26)
    return int(entry.start + _LOCAL.size + name_length + extra_length)


def _inflate(data: bytes, entry: _Entry, label: str) -> bytes:
    start = _data_start(data, entry)
    packed = data[start : start + entry.packed]
    if entry.method == _STORED:
        return packed
    if entry.method != _DEFLATED:
        raise refusals.damaged(label, entry.name)
    try:
        return zlib.decompressobj(-15).decompress(packed, entry.size + 1)
    except zlib.error:
        raise refusals.damaged(label, entry.name) from None


def _deflate(content: bytes) -> bytes:
    """Small parts with buffers of their size, large ones a little faster than well: both for the sake of speed."""
    if len(content) <= 4096:
        squeezer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -12, 5)
    else:
        squeezer = zlib.compressobj(3, zlib.DEFLATED, -15)
    return squeezer.compress(content) + squeezer.flush()


def _moved(central: bytes, offset: int) -> bytes:
    """A central record that points to ``offset``."""
    fields = list(_CENTRAL.unpack_from(central))
    if fields[16] != _FULL:
        return central[:42] + struct.pack("<L", offset) + central[46:]
    values = (fields[7], *_zip64(_central_extra(central, fields), fields[8], fields[9], fields[16])[:2])
    return _resized(central, offset, fields[4], values)


def _central_extra(central: bytes, fields: list[int]) -> bytes:
    start = _CENTRAL.size + fields[10]
    return central[start : start + fields[11]]


def _resized(central: bytes, offset: int, method: int, sizes: tuple[int, int, int]) -> bytes:
    """A central record with new method, sizes (crc, packed, unpacked) and offset, without 64-bit fields."""
    fields = list(_CENTRAL.unpack_from(central))
    extra_at = _CENTRAL.size + fields[10]
    extra = _without_zip64(_central_extra(central, fields))
    rest = central[extra_at + fields[11] :]
    fields[4], fields[16], fields[11] = method, offset, len(extra)
    fields[7:10] = sizes
    return _CENTRAL.pack(*fields) + central[_CENTRAL.size : extra_at] + extra + rest


def _put_new(out: bytearray, name: str, content: bytes) -> bytes:
    offset, packed, raw = len(out), _deflate(content), name.encode()
    flags = 0 if name.isascii() else _UTF8
    sizes = (zlib.crc32(content), len(packed), len(content))
    out += _LOCAL.pack(b"PK\3\4", 20, flags, _DEFLATED, 0, _NEW_DATE, *sizes, len(raw), 0) + raw + packed
    head = (b"PK\1\2", 20, 20, flags, _DEFLATED, 0, _NEW_DATE, *sizes)
    return _CENTRAL.pack(*head, len(raw), 0, 0, 0, 0, 0, offset) + raw

