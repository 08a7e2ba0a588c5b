"""The compression of VBA streams ([MS-OVBA] 2.4.1): chunks of 4,096 bytes, each a run of literals and copies."""

from __future__ import annotations

from collections.abc import Iterator

CHUNK = 4096
"""Bytes of a whole chunk before compression, and the most one may have after it."""
_CONTAINER = 0x01
_COMPRESSED, _RAW = 0xB000, 0x3000
_LEAST_COPY = 3


def compress(content: bytes) -> bytes:
    """``content`` as a compressed container.

    ``ValueError`` when its last chunk cannot be written: the format keeps an incompressible chunk as 4,096 plain
    bytes, so that a shorter one would come back longer. No text is so dense.
    """
    chunks = (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
    return bytes([_CONTAINER]) + b"".join(map(_chunk, chunks))


def decompress(container: bytes) -> bytes:
    """The content of a compressed container; ``ValueError`` where it is none."""
    if not container or container[0] != _CONTAINER:
        raise ValueError("no compressed container")
    found, position = bytearray(), 1
    while position < len(container):
        header = int.from_bytes(container[position : position + 2], "little")
        end = position + (header & 0x0FFF) + 3
        data = container[position + 2 : end]
        found += _expanded(data) if header & 0x8000 else data
        position = end
    return bytes(found)


def _chunk(content: bytes) -> bytes:
    data, kind = _packed(content), _COMPRESSED
    if len(data) > CHUNK:
        if len(content) < CHUNK:
            raise ValueError(f"the last {len(content)} bytes cannot be compressed")
        data, kind = content, _RAW
    return (kind | (len(data) - 1)).to_bytes(2, "little") + data


def _packed(content: bytes) -> bytes:
    """Groups of up to eight tokens, each group after a byte that tells copies (1) from literals (0)."""
    packed = bytearray()
    tokens = list(_tokens(content))
    for start in range(0, len(tokens), 8):
        group = tokens[start : start + 8]
        packed.append(sum(1 << bit for bit, token in enumerate(group) if len(token) == 2))
        packed += b"".join(group)
    return bytes(packed)


def _tokens(content: bytes) -> Iterator[bytes]:
    """A literal is one byte, a copy two."""
    seen: dict[bytes, list[int]] = {}
    position = 0
    while position < len(content):
        offset, length = _longest(content, position, seen.get(content[position : position + _LEAST_COPY], []))
        if length:
            copy = (offset - 1) << _length_bits(position) | (length - _LEAST_COPY)
            yield copy.to_bytes(2, "little")
        else:
            yield content[position : position + 1]
        after = position + max(length, 1)
        for place in range(position, after):
            seen.setdefault(content[place : place + _LEAST_COPY], []).append(place)
        position = after


def _longest(content: bytes, position: int, candidates: list[int]) -> tuple[int, int]:
    """How far back and how long the longest copy is; (0, 0) when there is none. The nearest of equal ones."""
    most = min((1 << _length_bits(position)) + _LEAST_COPY - 1, len(content) - position)
    best = (0, 0)
    for start in reversed(candidates):
        length = 0
        while length < most and content[start + length] == content[position + length]:
            length += 1
        if length > best[1]:
            best = position - start, length
        if length == most:
            break
    return best if best[1] >= _LEAST_COPY else (0, 0)


def _expanded(data: bytes) -> bytes:
    found, position = bytearray(), 0
    while position < len(data):
        flags = data[position]
        position += 1
        for bit in range(8):
            if position >= len(data):
                break
            if not flags >> bit & 1:
                found.append(data[position])
                position += 1
                continue
            _copy(found, int.from_bytes(data[position : position + 2], "little"))
            position += 2
    return bytes(found)


def _copy(found: bytearray, token: int) -> None:
    bits = _length_bits(len(found))
    offset, length = (token >> bits) + 1, (token & ((1 << bits) - 1)) + _LEAST_COPY
    if offset > len(found):
        raise ValueError("a copy from before the chunk")
    for _ in range(length):
        found.append(found[-offset])


def _length_bits(position: int) -> int:
    """How many of a copy's 16 bits tell its length, ``position`` bytes into the chunk: the others tell how far back."""
    return 16 - max((position - 1).bit_length(), 4)
