"""Where LibreOffice lies on this machine, and how its ``unopkg`` is asked."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gouji.addin.office.building import IDENTIFIER
from gouji.errors import GoujiError

_PATIENCE = 180
"""Seconds until an answer of ``unopkg`` is given up."""


class Office(NamedTuple):
    """An installed LibreOffice: its folder ``program`` and its tool for extensions."""

    folder: Path
    tool: Path

    @property
    def runs_python(self) -> bool:
        """Whether components in Python can run: a package of its own on Linux."""
        beside = (self.folder, self.folder.parent / "Resources")
        return any((folder / "pythonloader.py").is_file() for folder in beside)


def find_office() -> Office | None:
    """The LibreOffice on the path, else where installers put it; ``None`` where there is none."""
    for folder in _folders():
        for name in ("unopkg.com", "unopkg"):
            if (folder / name).is_file():
                return Office(folder, folder / name)
    return None


def _folders() -> Iterator[Path]:
    for program in ("soffice", "libreoffice"):
        if found := shutil.which(program):
            yield Path(os.path.realpath(found)).parent
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)"):
            yield Path(os.environ.get(variable, "C:\\Program Files")) / "LibreOffice" / "program"
    elif sys.platform == "darwin":
        yield Path("/Applications/LibreOffice.app/Contents/MacOS")
    else:
        yield from sorted(Path("/opt").glob("libreoffice*/program"), reverse=True)


def add(office: Office, extension: Path) -> None:
    """Add or replace the extension for the person who runs this. ``GoujiError`` where that fails."""
    done = _ask(office, "add", "--force", "--suppress-license", str(extension))
    if done.returncode:
        raise _refused(done)


def version(office: Office) -> str | None:
    """The version of gouji's extension that is registered, ``None`` where there is none."""
    told = re.search(r"^\s*Version:\s*(\S+)", _ask(office, "list", IDENTIFIER).stdout, re.MULTILINE)
    return told[1] if told else None


def remove(office: Office) -> None:
    """Remove the extension. ``GoujiError`` where that fails."""
    done = _ask(office, "remove", IDENTIFIER)
    if done.returncode:
        raise _refused(done)


def _ask(office: Office, *words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(  # noqa: S603 - no shell reads it
            [str(office.tool), *words], capture_output=True, text=True, encoding="utf-8", errors="replace",
            timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GoujiError(
            f"{office.tool} 没有答复：{error}。请关闭 LibreOffice 后再试。",
            f"{office.tool} gave no answer: {error}. Close LibreOffice and try again.",
        ) from error


def _refused(done: subprocess.CompletedProcess[str]) -> GoujiError:
    said = next((line.strip() for line in done.stderr.splitlines() if line.strip()), "?")
    return GoujiError(
        f"LibreOffice 没有照做：{said}。请关闭 LibreOffice 的所有窗口后再试。",
        f"LibreOffice did not do it: {said}. Close all windows of LibreOffice and try again.",
    )
