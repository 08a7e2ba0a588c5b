"""Damaged packages: either the notes are written, or a WorkbookError says why not; never anything else."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.errors import WorkbookError
from gouji.hosts.package.writing import annotate_package, clear_package
from gouji.hosts.protocol import CellNote, ResultSheet
from gouji.sheet import CellRef
from tests.hosts import packages
from tests.hosts.test_package_writing_lossless import PACKAGES, TEXT

NOTES = [CellNote(CellRef("一", 2, 1), (TEXT,), "error")]
DAMAGES = (b"", b"<", b'"', b"x", b"\0", b"-1", b"</xml>", b"<a/>", b"1e999", "【勾稽".encode())
makes = st.sampled_from(sorted(PACKAGES))
cuts = st.tuples(st.integers(0, 5000), st.integers(0, 12), st.sampled_from(DAMAGES))


def tried(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(data)
        try:
            annotate_package(path, NOTES, highlight=True, result_sheet=ResultSheet("", ("a",), ()))
        except WorkbookError:
            assert path.read_bytes() == data
        else:  # a sheet without notes is read only when it may hold something of ours
            with contextlib.suppress(WorkbookError):
                assert clear_package(path).changed


@settings(deadline=None, max_examples=250)
@given(makes, st.data())
def test_damaged_parts(make: str, draw: st.DataObject) -> None:
    parts = dict(PACKAGES[make])
    name = draw.draw(st.sampled_from(sorted(parts)))
    start, length, damage = draw.draw(cuts)
    start %= len(parts[name])
    parts[name] = parts[name][:start] + damage + parts[name][start + length :]
    tried(packages.zipped(parts))


@settings(deadline=None, max_examples=150)
@given(makes, cuts)
def test_damaged_archives(make: str, cut: tuple[int, int, bytes]) -> None:
    data = packages.zipped(PACKAGES[make])
    start, length, damage = cut
    tried(data[: start % len(data)] + damage + data[start % len(data) + length :])
