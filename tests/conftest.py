"""Settings of all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.programs import office_bridge, soffice
from tests.windows import Window

settings.register_profile("gouji", deadline=None, print_blob=True)  # nothing here is judged by the clock
settings.load_profile("gouji")


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The component context of one LibreOffice without windows, for all tests of a process."""
    soffice()
    office_bridge()
    from gouji.hosts.live.libreoffice.process import Office

    with Office(tmp_path_factory.mktemp("libreoffice")) as context:
        yield context


@pytest.fixture
def window(libreoffice: Any, tmp_path: Path) -> Iterator[Window]:
    """Opens copies of workbooks in LibreOffice; all are closed without saving."""
    opened = Window(libreoffice, tmp_path)
    yield opened
    opened.close()
