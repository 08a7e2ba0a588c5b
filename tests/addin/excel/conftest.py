"""A Python of one's own, as an installation has: closed off from everything but its packages."""

from __future__ import annotations

import site
import sys
import venv
from pathlib import Path

import pytest

import gouji


@pytest.fixture(scope="session")
def own_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The interpreter of a virtual environment whose packages are this checkout and what the tests run with."""
    folder = tmp_path_factory.mktemp("own") / "环境 1"
    venv.create(folder, symlinks=True)
    places = [str(Path(gouji.__file__).parents[1]), *site.getsitepackages()]
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "own.pth").write_text("\n".join(places), "utf-8")
    return str(folder / "bin" / Path(sys.executable).name)
