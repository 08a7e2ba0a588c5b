"""A screen nobody sees, with a window manager and LibreOffice on it; all of it ends with the test.

Everything is waited for by its effect, with a deadline; nothing sleeps a fixed time.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import quoteattr

from gouji.addin.office import manager
from gouji.hosts.live.libreoffice.process import Office
from tests.programs import needed, office_bridge

T = TypeVar("T")

PATIENCE = 150.0
_SIZE = "1360x820x24"
_SETTINGS = (
    ("Office.Linguistic/General", "UILocale", "zh-CN"),
    ("Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("Setup/Product", "ooSetupLastVersion", "99.0"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "ShowTipOfTheDay", "false"),
)


def wait_for(what: str, look: Callable[[], T | None], patience: float = PATIENCE) -> T:
    """The first answer of ``look`` that is neither ``None`` nor ``False``; fails when there is none in time."""
    deadline = time.monotonic() + patience
    while True:
        if (answer := look()) is not None and answer is not False:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {patience:.0f} s")
        time.sleep(0.02)


@contextlib.contextmanager
def screen(home: Path) -> Iterator[Mapping[str, str]]:
    """The environment of programs that shall appear on a screen of their own and keep what they keep in ``home``."""
    reading, writing = os.pipe()
    command = [needed("Xvfb"), "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
    with running(command, pass_fds=(writing,)) as server:
        os.close(writing)
        number = _line(reading, server)
        environment = {
            **os.environ, "DISPLAY": f":{number}", "SAL_USE_VCLPLUGIN": "gen", "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": str(home / "configuration"), "XDG_CACHE_HOME": str(home / "cache"),
        }  # fmt: skip
        with running([needed("openbox"), "--sm-disable"], env=environment):
            yield environment


def _line(descriptor: int, server: subprocess.Popen[bytes]) -> str:
    with os.fdopen(descriptor) as stream:
        line = stream.readline().strip()
    assert line, f"Xvfb gave no display and ended with {server.poll()}"
    return line


@contextlib.contextmanager
def running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a group of its own, which is ended whole."""
    program = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, **options,
    )  # fmt: skip
    try:
        yield program
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


@contextlib.contextmanager
def office(folder: Path, environment: Mapping[str, str], *extensions: Path) -> Iterator[Any]:
    """The component context of LibreOffice on that screen, with a profile of its own and extensions in it.

    They are added before it starts: LibreOffice runs what is added to it while it runs in another process.
    """
    office_bridge()
    write_settings(folder / "profile" / "user")
    add_extensions(folder, extensions)
    with Office(folder, options=(), environment=environment) as context:
        yield context


def add_extensions(folder: Path, extensions: Iterable[Path]) -> None:
    """Add extensions to the profile in ``folder``."""
    with Office(folder) as context:
        for extension in extensions:
            manager.add(context, extension)


def write_settings(user: Path) -> None:
    """A new profile: Chinese, and none of the windows of a first start."""
    items = "".join(
        f'<item oor:path={quoteattr(f"/org.openoffice.{path}")}><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _SETTINGS
    )
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
        f"{items}</oor:items>\n", "utf-8",
    )  # fmt: skip
