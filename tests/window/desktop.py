"""A screen nobody sees, with a window manager and LibreOffice on it; all of it ends with the test.

Everything is waited for by its effect, with a deadline; nothing sleeps a fixed time.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from xml.sax.saxutils import quoteattr

from tests.programs import needed, soffice

T = TypeVar("T")

PATIENCE = 60.0
_START_AGAIN = 81
_SIZE = "1360x820x24"
_SETTINGS = (
    ("Office.Linguistic/General", "UILocale", "zh-CN"),
    ("Setup/L10N", "ooSetupSystemLocale", "zh-CN"),
    ("Setup/Product", "ooSetupLastVersion", "99.0"),
    ("Setup/Office", "OfficeRestartInProgress", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Misc", "ShowTipOfTheDay", "false"),
    ("Office.Common/Misc", "MacroRecorderMode", "false"),
)
"""Of the profile: Chinese, and none of the windows of a first start."""


class Place(NamedTuple):
    """A rectangle on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int


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
def screen() -> Iterator[Mapping[str, str]]:
    """The environment of programs that shall appear on a screen of their own."""
    reading, writing = os.pipe()
    command = [needed("Xvfb"), "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp", "-noreset"]
    with running(command, pass_fds=(writing,)) as server:
        os.close(writing)
        number = _line(reading, server)
        environment = {**os.environ, "DISPLAY": f":{number}", "SAL_USE_VCLPLUGIN": "gen", "LC_ALL": "C.UTF-8"}
        with running([needed("openbox"), "--sm-disable"], env=environment):
            yield environment


def _line(descriptor: int, process: subprocess.Popen[bytes]) -> str:
    with os.fdopen(descriptor) as stream:
        line = stream.readline().strip()
    assert line, f"Xvfb gave no display and ended with {process.poll()}"
    return line


@contextlib.contextmanager
def running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a group of its own, which is ended whole."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, **options,
    )  # fmt: skip
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Office:
    """LibreOffice with a profile of its own below ``folder``, spoken to through a pipe of a random name."""

    def __init__(self, folder: Path, environment: Mapping[str, str], *options: str) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self.options = options
        self.pipe = f"gouji-{uuid.uuid4().hex}"
        self.profile = folder / "profile"
        _write_settings(self.profile / "user")

    @contextlib.contextmanager
    def started(self) -> Iterator[Any]:
        """The component context of the running program."""
        program = Path(soffice()).resolve().parent / "soffice.bin"
        command = [
            str(program), f"-env:UserInstallation={self.profile.as_uri()}", f"--accept=pipe,name={self.pipe};urp;",
            "--norestore", "--nologo", "--nofirststartwizard", "--nodefault", *self.options,
        ]  # fmt: skip
        for _ in range(3):
            with running(command, env=self.environment) as process:
                context = wait_for("LibreOffice", lambda process=process: self._connected(process))  # type: ignore[misc]
                if context is not _START_AGAIN:
                    yield context
                    return
        raise AssertionError("LibreOffice asked again and again to be started again")

    def _connected(self, process: subprocess.Popen[bytes]) -> Any:
        uno = office_library()
        if (code := process.poll()) is not None:
            assert code == _START_AGAIN, f"LibreOffice ended with {code}"
            return _START_AGAIN
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        with contextlib.suppress(_exception("com.sun.star.connection.NoConnectException")):
            return resolver.resolve(f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext")
        return None


def office_library() -> Any:
    """The module ``uno``: LibreOffice's, which any Python of the version of the system's own can use."""
    with contextlib.suppress(ImportError):
        import uno

        return uno
    sys.path.append("/usr/lib/python3/dist-packages")
    import uno

    return uno


def _exception(name: str) -> type[Exception]:
    kind: type[Exception] = office_library().getClass(name)
    return kind


def _write_settings(user: Path) -> None:
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


def install(context: Any, extension: Path) -> None:
    """Add an extension to this profile, saying yes where LibreOffice asks (``unopkg`` refuses root)."""
    uno = office_library()
    import unohelper
    from com.sun.star.task import XInteractionHandler  # type: ignore[import-not-found]
    from com.sun.star.ucb import XCommandEnvironment  # type: ignore[import-not-found]

    class Approving(unohelper.Base, XCommandEnvironment, XInteractionHandler):  # type: ignore[misc]
        def getInteractionHandler(self) -> Any:  # noqa: N802 - UNO's name
            return self

        def getProgressHandler(self) -> None:  # noqa: N802
            return None

        def handle(self, request: Any) -> None:
            approving = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
            for answer in request.getContinuations():
                if answer.queryInterface(approving) is not None:
                    answer.select()

    manager = context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
    added = manager.addExtension(extension.as_uri(), (), "user", None, Approving())
    assert added is not None, "the extension was refused"


def properties(**values: Any) -> tuple[Any, ...]:
    """Values as UNO takes them."""
    made = []
    for name, value in values.items():
        each = office_library().createUnoStruct("com.sun.star.beans.PropertyValue")
        each.Name, each.Value = name, value
        made.append(each)
    return tuple(made)
