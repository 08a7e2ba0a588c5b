"""A LibreOffice of our own: started without windows, with a profile of its own, and ended again."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
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
def started(
    folder: Path | None, *, program: str | None = None, options: Sequence[str] = ("--headless",),
    environment: Mapping[str, str] | None = None,
) -> Iterator[Any]:
    """LibreOffice's component context; its profile lies in ``folder``, ``None`` for the person's own.

    Without the option ``--headless`` it appears on the screen that ``environment`` names. Raises ``GoujiError`` where
    it cannot start.
    """
    name = f"gouji-{secrets.token_hex(8)}"
    own = [] if folder is None else [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command = [
        program or _program(), *options, "--norestore", "--nologo", "--nodefault", *own,
        f"--accept=pipe,name={name};urp;",
    ]  # fmt: skip
    process = _run(command, environment)
    try:
        deadline = time.monotonic() + _PATIENCE
        while (context := _context(name)) is None:
            if process.poll() == _START_AGAIN:
                process = _run(command, environment)
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


def _run(command: list[str], environment: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 - no shell reads it
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=environment
    )


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
