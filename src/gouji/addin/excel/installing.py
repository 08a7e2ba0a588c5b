"""Putting the add-in where Excel opens it at its start, saying what is there, and taking it away again."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from gouji.addin.excel.building import build, mac_script
from gouji.addin.excel.configuration import Configuration, read_configuration
from gouji.addin.excel.places import Places
from gouji.errors import GoujiError

State: TypeAlias = Literal["absent", "current", "stale", "changed", "broken"]
_TRIAL = "import xlwings, gouji.live.excel"


class Status(NamedTuple):
    """What is installed: ``version`` of it, ``faults`` (Chinese, English) that keep it from working.

    ``state``: ``absent``, ``current``, ``stale`` (of another version than this gouji, or of another text), ``changed``
    (the file is not the one that was installed), ``broken`` (it is there, but ``faults`` keep it from working).
    """

    state: State
    place: Path
    version: str
    interpreter: str
    faults: tuple[tuple[str, str], ...] = ()


def interpreter_for(executable: str, platform: str) -> str:
    """The Python that a click starts: the one running now, without a console window where there is such a one."""
    path = Path(os.path.abspath(executable))  # a link of a virtual environment must not be followed
    quiet = path.with_name("pythonw.exe")
    return str(quiet if platform == "win32" and quiet.exists() else path)


def planned(places: Places, interpreter: str, version: str) -> dict[Path, bytes]:
    """The files that installing writes, besides the menu."""
    files = {places.addin: build(version)}
    if places.script and places.log:
        files[places.script] = mac_script(interpreter, str(places.log)).encode("utf-8")
    digests = {str(path): sha256(content).hexdigest() for path, content in files.items()}
    files[places.configuration] = Configuration(interpreter, version, digests).written()
    return files


def trial(interpreter: str) -> None:
    """``GoujiError`` when this Python, closed off from all but its own packages, cannot do what a click needs."""
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter that is running now, or the one that was
            [interpreter, "-I", "-X", "utf8", "-c", _TRIAL],
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=60, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GoujiError(f"{interpreter} 不能运行：{error}", f"{interpreter} does not run: {error}") from error
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        raise GoujiError(
            f"{interpreter} 缺少加载项要用的东西（{reason}）。请在它自己的环境里装上 gouji[live]："
            "用虚拟环境或离线安装包，不要用 pip install --user。",
            f"{interpreter} lacks what the add-in needs ({reason}). Install gouji[live] into an environment of its "
            "own, or from the offline bundle; not with pip install --user.",
        )


def install(files: Mapping[Path, bytes], workshop: Path) -> None:
    """Write the planned files, each whole or not at all. ``GoujiError`` where one cannot be written.

    ``workshop``: a folder for files in the making; Excel opens whatever it finds in its own.
    """
    for path, content in files.items():
        temporary = workshop / f"{path.name}.part"
        try:
            for folder in (workshop, path.parent):
                folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(content)
            temporary.replace(path)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise _not_changed(path, error) from error


def status(places: Places, version: str) -> Status:
    """What is installed now, compared with what this gouji would install. Runs the interpreter once."""
    kept = read_configuration(places.configuration)
    if not places.addin.exists():
        return Status("absent", places.addin, "", kept.interpreter if kept else "")
    if kept is None or not kept.interpreter:
        fault = (f"没有配置 {places.configuration}", f"{places.configuration} is missing")
        return Status("broken", places.addin, "", "", (fault,))
    faults = _faults(places, kept)
    state: State = "broken" if faults else _state(places, kept, version)
    return Status(state, places.addin, kept.version, kept.interpreter, faults)


def left_by(places: Places) -> tuple[list[Path], list[Path]]:
    """The files that uninstalling removes, and those it leaves because somebody changed them since."""
    kept = read_configuration(places.configuration)
    digests = kept.digests if kept else {}
    written = [path for path in (places.addin, places.script) if path and path.exists()]
    changed = [path for path in written if digests.get(str(path)) != _digest(path)]
    own = [path for path in (places.menu, places.log, places.configuration) if path and path.exists()]
    return [path for path in written if path not in changed] + own, changed


def uninstall(places: Places) -> None:
    """Remove what installing wrote, and its folder when nothing else is in it. ``GoujiError`` where that cannot be."""
    for path in left_by(places)[0]:
        try:
            path.unlink()
        except OSError as error:
            raise _not_changed(path, error) from error
    with suppress(OSError):  # the person's own settings may be there
        places.configuration.parent.rmdir()


def _faults(places: Places, kept: Configuration) -> tuple[tuple[str, str], ...]:
    found = []
    if places.script and not places.script.exists():
        found.append((f"缺少 {places.script}", f"{places.script} is missing"))
    if not Path(kept.interpreter).exists():
        found.append((f"Python 已不在：{kept.interpreter}", f"the Python is gone: {kept.interpreter}"))
    else:
        try:
            trial(kept.interpreter)
        except GoujiError as error:
            found.append((error.chinese, error.english))
    return tuple(found)


def _state(places: Places, kept: Configuration, version: str) -> State:
    ours = planned(places, kept.interpreter, version)
    if any(path.exists() and _digest(path) != digest for path, digest in _digests(kept)):
        return "changed"
    same = all(path.exists() and path.read_bytes() == content for path, content in ours.items())
    return "current" if same else "stale"


def _digests(kept: Configuration) -> list[tuple[Path, str]]:
    return [(Path(path), digest) for path, digest in kept.digests.items()]


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _not_changed(path: Path, error: OSError) -> GoujiError:
    reason = error.strerror or type(error).__name__
    return GoujiError(
        f"不能写入或删除 {path}：{reason}。请先关闭 Excel，再做一次。",
        f"{path} cannot be written or removed: {reason}. Close Excel and try again.",
    )
