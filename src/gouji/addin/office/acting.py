"""``gouji addin`` for LibreOffice: an action on this machine, told in sentences."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import gouji
from gouji.addin.office import manager, programs
from gouji.addin.office.building import FILE, build
from gouji.addin.office.programs import Office
from gouji.errors import GoujiError
from gouji.hosts.live.libreoffice.process import Office as OwnOffice

if TYPE_CHECKING:
    from gouji.addin.programs import Action, Sentence


def act(action: Action, dry_run: bool) -> list[Sentence] | None:
    """Do it for the person who runs this; ``None`` where there is no LibreOffice. ``GoujiError`` where it fails."""
    office = programs.find_office()
    if office is None:
        return None
    if action == "status":
        return office_status(office)
    return install_office(office, dry_run) if action == "install" else uninstall_office(office, dry_run)


def install_office(office: Office, dry_run: bool = False) -> list[Sentence]:
    """Build the extension and add it, in place of an older one."""
    _must_run_python(office)
    if dry_run:
        return [(f"会把 {FILE} 装进 {office.folder} 的 LibreOffice", f"Would add {FILE} to {office.folder}")]
    with tempfile.TemporaryDirectory() as folder:
        extension = Path(folder) / FILE
        extension.write_bytes(build())
        if _is_root():
            with OwnOffice(None) as context:
                manager.add(context, extension)
        else:
            programs.add(office, extension)
    return [
        (f"已装好 {gouji.__version__}（{office.folder}）", f"Installed {gouji.__version__} ({office.folder})"),
        ("下一步：重新打开 LibreOffice Calc，点工具栏上的“审核”。",
         "Next: open LibreOffice Calc again and click 审核 (Check) on the toolbar."),
    ]  # fmt: skip


def office_status(office: Office) -> list[Sentence]:
    """Which version is there and whether it can work."""
    found = _version(office)
    if found is None:
        return [("没有安装。", "Not installed.")]
    told = [(f"已安装，版本 {found}（{office.folder}）", f"Installed, version {found} ({office.folder})")]
    if found != gouji.__version__:
        told.append(
            (
                f"不是这一版（{gouji.__version__}）：请关闭 LibreOffice，再运行 gouji addin install。",
                f"Not this version ({gouji.__version__}): close LibreOffice and run gouji addin install.",
            )
        )
    if not office.runs_python:
        told.append(_NO_PYTHON)
    return told  # fmt: skip


def uninstall_office(office: Office, dry_run: bool = False) -> list[Sentence]:
    """Take the extension away."""
    if _version(office) is None:
        return [("没有安装，没有可卸载的。", "Not installed: nothing to remove.")]
    if dry_run:
        return [(f"会卸载 {FILE}", f"Would remove {FILE}")]
    if _is_root():
        with OwnOffice(None) as context:
            manager.remove(context)
    else:
        programs.remove(office)
    return [("已卸载。", "Removed.")]


_NO_PYTHON = (
    "这个 LibreOffice 不能运行 Python。请安装软件包 python3-uno（Debian、Ubuntu、统信、麒麟），再试一次。",
    "This LibreOffice cannot run Python. Install the package python3-uno (Debian, Ubuntu) and try again.",
)


def _must_run_python(office: Office) -> None:
    if not office.runs_python:
        raise GoujiError(*_NO_PYTHON)


def _version(office: Office) -> str | None:
    if not _is_root():
        return programs.version(office)
    with OwnOffice(None) as context:
        return manager.version(context)


def _is_root() -> bool:
    """``unopkg`` refuses root, who then installs through a LibreOffice without windows."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
