"""Compound files as olefile reads them in its strictest mode."""

from __future__ import annotations

import io
from typing import Any

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.addin.excel.compound_file import compound_file

NAMES = st.text("abcdefgXYZ_0123456789", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 9000]) | st.integers(0, 5000)
STREAMS = st.dictionaries(
    st.tuples(st.sampled_from(["", "VBA/", "Other/"]), NAMES).map("".join), SIZES, min_size=1, max_size=24
).filter(lambda streams: not {"VBA", "OTHER"} & {name.upper() for name in streams}
         and len({name.upper() for name in streams}) == len(streams))  # fmt: skip


def opened(content: bytes) -> Any:
    """Opened so that any departure from the format is an error."""
    return olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_UNSURE)


def content_of(name: str, size: int) -> bytes:
    return (name.encode() * (size // len(name) + 1))[:size]


@given(STREAMS)
def test_every_stream_comes_back(sizes: dict[str, int]) -> None:
    streams = {name: content_of(name, size) for name, size in sizes.items()}
    file = opened(compound_file(streams))
    assert {"/".join(path): file.openstream(path).read() for path in file.listdir()} == streams
    assert file.parsing_issues == []


@given(STREAMS)
def test_the_directory_is_a_red_black_tree(sizes: dict[str, int]) -> None:
    file = opened(compound_file({name: content_of(name, size) for name, size in sizes.items()}))
    for entry in filter(None, file.direntries):
        if entry.sid_child != olefile.NOSTREAM:
            heights(file, entry.sid_child, above_red=False)
            assert file.direntries[entry.sid_child].color == 1


def heights(file: Any, sid: int, *, above_red: bool) -> int:
    """The black height of a subtree, the same along every way down; no red below red; sorted."""
    if sid == olefile.NOSTREAM:
        return 0
    entry = file.direntries[sid]
    red = entry.color == 0
    assert not (red and above_red)
    for side, before in ((entry.sid_left, True), (entry.sid_right, False)):
        if side != olefile.NOSTREAM:
            assert (order(file.direntries[side].name) < order(entry.name)) == before
    left, right = (heights(file, side, above_red=red) for side in (entry.sid_left, entry.sid_right))
    assert left == right
    return left + (not red)


def order(name: str) -> tuple[int, str]:
    return len(name), name.upper()


def test_a_table_of_more_than_one_sector() -> None:
    streams = {"VBA/large": bytes(range(256)) * 3000, "small": b"x"}
    file = opened(compound_file(streams))
    assert file.num_fat_sectors == 12
    assert file.openstream("VBA/large").read() == streams["VBA/large"]


def test_what_is_too_large_or_named_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too much"):
        compound_file({"a": bytes(7_200_000)})
    with pytest.raises(ValueError, match="31 characters"):
        compound_file({"a" * 32: b""})
