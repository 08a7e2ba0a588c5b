"""VBA's compression: what goes in comes out, by our own reader and by olevba's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import decompress_stream

from gouji.addin.excel.compression import CHUNK, compress, decompress

PIECES = st.sampled_from([b"Public Sub ", b"End Sub\r\n", b"' ", b"a", b"\0", b"xyz" * 40, b"\r\n" * 300])
TEXTS = st.lists(PIECES | st.binary(max_size=40), max_size=120).map(b"".join)
DENSEST = 3640
"""The longest last chunk that always fits: 3,640 literals and a byte for every eight of them are 4,095 bytes."""


@given(TEXTS)
def test_both_readers_give_back_what_was_compressed(content: bytes) -> None:
    packed = compress(content)
    assert decompress(packed) == content
    assert bytes(decompress_stream(bytearray(packed))) == content


@given(st.binary(max_size=DENSEST), st.integers(0, 2))
def test_dense_bytes_come_back_too(last: bytes, whole_chunks: int) -> None:
    content = bytes(range(256)) * (16 * whole_chunks) + last
    assert decompress(compress(content)) == content
    assert bytes(decompress_stream(bytearray(compress(content)))) == content


def dense(length: int) -> bytes:
    """Bytes in which no three repeat within a chunk: pairs of a de Bruijn walk."""
    pairs = bytearray()
    for step in range(1, 256):
        pairs += bytes(value * step % 257 % 256 for value in range(1, 40))
    return bytes(pairs[:length])


def test_a_whole_chunk_that_cannot_be_compressed_is_kept_as_it_is() -> None:
    content = dense(CHUNK)
    packed = compress(content)
    assert packed[1:3] == (0x3000 | CHUNK - 1).to_bytes(2, "little")
    assert packed[3:] == content
    assert bytes(decompress_stream(bytearray(packed))) == content


def test_a_last_chunk_too_dense_to_be_written_is_refused_instead_of_coming_back_longer() -> None:
    with pytest.raises(ValueError, match="4000 bytes cannot be compressed"):
        compress(dense(4000))


def test_repetition_is_found_over_the_whole_chunk() -> None:
    text = b"".join(b"Attribute number %d = False\r\n" % number for number in range(140))
    assert len(compress(text)) < len(text) / 3


@pytest.mark.parametrize("broken", [b"", b"\x02abc", b"\x01\x03\xb0\x01\xff\xff\xff"])
def test_what_is_no_container_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"container|chunk"):
        decompress(broken)
