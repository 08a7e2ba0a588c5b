"""A LibreOffice of our own: started without windows, with a profile of its own, and ended again."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from gouji.errors import GoujiError
from gouji.hosts.live.libreoffice.bridge import desktop, uno_module

_START_AGAIN = 81
"""The exit code after the first start of a new profile."""
_PATIENCE = 90
"""Seconds until a start counts as failed."""


class Office:
    """A LibreOffice whose profile lies in ``folder``; entering gives its component context, leaving ends it.

    No generator: LibreOffice's exceptions take no new traceback, which one would give them. Raises ``GoujiError``
    where it does not start.
    """

    def __init__(self, folder: Path, *, program: str | None = None) -> None:
        self._name = f"gouji-{secrets.token_hex(8)}"
        self._command = [
            program or _program(), "--headless", "--norestore", "--nologo", "--nodefault",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}", f"--accept=pipe,name={self._name};urp;",
        ]  # fmt: skip

    def __enter__(self) -> Any:
        self._process = _run(self._command)
        deadline = time.monotonic() + _PATIENCE
        while (context := _context(self._name)) is None:
            if self._process.poll() == _START_AGAIN:
                self._process = _run(self._command)
            if self._process.poll() is not None or time.monotonic() > deadline:
                _end(self._process)
                raise GoujiError(
                    f"LibreOffice 没有启动（{self._command[0]}，返回 {self._process.returncode}）。",
                    f"LibreOffice did not start ({self._command[0]}, {self._process.returncode}).",
                )
            time.sleep(0.05)
        self._context = context
        return context

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # the connection breaks while the program ends
            desktop(self._context).terminate()
        _end(self._process)


def _program() -> str:
    """``soffice.bin`` itself: the script around it would outlive a kill."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        raise GoujiError("找不到 LibreOffice（soffice）。", "LibreOffice (soffice) was not found.")
    real = Path(os.path.realpath(found))
    binary = real.with_name("soffice.bin")
    return str(binary if binary.exists() else real)


def _run(command: list[str]) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)  # noqa: S603 - no shell


def _context(name: str) -> Any:
    uno = uno_module()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    with suppress(Exception):  # UNO's NoConnectException has no class that could be named here: it listens not yet
        return resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=5)
    if process.poll() is None:
        process.kill()
        process.wait()
