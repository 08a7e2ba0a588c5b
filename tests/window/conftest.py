"""The extension as built, and what the headless run writes."""

from __future__ import annotations

from pathlib import Path

import pytest

import gouji
from gouji.addin.office.building import FILE, build
from gouji.hosts.package.reading import read_package
from gouji.sheet import CellRef
from tests.window.calc import Notes


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``gouji.oxt``."""
    place = tmp_path_factory.mktemp("extension") / FILE
    place.write_bytes(build())
    return place


def notes_of_the_headless_run(path: Path) -> Notes:
    """What ``gouji annotate`` writes into a copy of the workbook."""
    copy = path.with_name(f"annotated-{path.name}")
    gouji.annotate(path, out=copy)
    sheets = read_package(copy).sheets
    return {CellRef(sheet.name, note.row, note.column): note.text for sheet in sheets for note in sheet.notes}
