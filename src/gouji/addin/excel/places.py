"""Where the add-in and its configuration lie: functions of the platform and the environment, for Windows and macOS."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from gouji.addin.excel.building import FILE
from gouji.errors import GoujiError

CONFIGURATION, MENU, SCRIPT, LOG = "addin.ini", "packs.xml", "gouji.applescript", "addin.log"


class Places(NamedTuple):
    """The files of one person's installation. ``script`` and ``log`` are needed on macOS only.

    ``encoding``: of the menu, as Excel's Basic reads it there.
    """

    addin: Path
    configuration: Path
    menu: Path
    script: Path | None
    log: Path | None
    encoding: str


def places(platform: str, environment: Mapping[str, str]) -> Places | None:
    """The places by ``sys.platform`` and ``os.environ``, ``None`` where there is no Excel.

    ``GoujiError`` when the environment does not tell the person's own folder.
    """
    if platform == "win32":
        return _windows(Path(_told(environment, "APPDATA")))
    if platform == "darwin":
        return _mac(Path(_told(environment, "HOME")))
    return None


def _windows(roaming: Path) -> Places:
    """XLSTART is opened at every start of Excel and is a trusted location, so that the registry is not touched."""
    own = roaming / "gouji"
    start = roaming / "Microsoft" / "Excel" / "XLSTART"
    return Places(start / FILE, own / CONFIGURATION, own / MENU, None, None, "utf-16")


def _mac(home: Path) -> Places:
    """Excel lives in a sandbox: it reads its group's folder, and starts only what lies in its scripts folder."""
    office = home / "Library" / "Group Containers" / "UBF8T346G9.Office"
    start = office / "User Content.localized" / "Startup.localized" / "Excel"
    own = office / "gouji"
    script = home / "Library" / "Application Scripts" / "com.microsoft.Excel" / SCRIPT
    return Places(start / FILE, own / CONFIGURATION, own / MENU, script, own / LOG, "ascii")


def _told(environment: Mapping[str, str], name: str) -> str:
    told = environment.get(name)
    if not told:
        raise GoujiError(f"没有环境变量 {name}，不知道装在哪里。", f"{name} is not set: no place to install.")
    return told
