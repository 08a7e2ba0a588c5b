"""A LibreOffice of our own: started without windows, with a profile of its own, and ended again."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from gouji.errors import GoujiError
from gouji.hosts.live.libreoffice.bridge import desktop, uno_module

_START_AGAIN = 81
"""The exit code after the first start of a new profile."""
_PATIENCE = 90
"""Seconds until a start counts as failed."""


@contextmanager
def started(folder: Path, *, program: str | None = None) -> Iterator[Any]:
    """LibreOffice's component context; its profile lies in ``folder``. Raises ``GoujiError`` where it cannot start."""
    name = f"gouji-{secrets.token_hex(8)}"
    command = [
        program or _program(), "--headless", "--norestore", "--nologo", "--nodefault",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}", f"--accept=pipe,name={name};urp;",
    ]  # fmt: skip
    process = _run(command)
    try:
        deadline = time.monotonic() + _PATIENCE
        while (context := _context(name)) is None:
            if process.poll() == _START_AGAIN:
                process = _run(command)
            if process.poll() is not None or time.monotonic() > deadline:
                raise GoujiError(
                    f"LibreOffice 没有启动（{command[0]}，返回 {process.poll()}）。",
                    f"LibreOffice did not start ({command[0]}, {process.poll()}).",
                )
            time.sleep(0.05)
        yield context
        with suppress(Exception):  # the connection breaks while the program ends
            desktop(context).terminate()
    finally:
        _end(process)


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
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)


def _context(name: str) -> Any:
    uno = uno_module()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    with suppress(Exception):  # UNO's NoConnectException has no class that could be named here: it listens not yet
        return resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    if process.poll() is None:
        process.kill()
        process.wait()
