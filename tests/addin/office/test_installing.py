"""``gouji addin`` for LibreOffice: what is asked of unopkg, and what a person is told."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

import gouji
from gouji.addin.office import acting, programs
from gouji.addin.office.programs import Office
from gouji.addin.programs import Action
from gouji.errors import GoujiError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for unopkg is a shell script")

UNOPKG = """#!/bin/sh
here=$(dirname "$0")
echo "$@" >> "$here/asked"
case $1 in
  add) [ -e "$here/refuses" ] && { echo "ERROR: profile is locked" >&2; exit 1; }
       [ -s "$4" ] && touch "$here/installed" ;;
  list) [ -e "$here/installed" ] || exit 1
        printf 'Identifier: org.gouji\\n  Version: %s\\n' "$(cat "$here/version")" ;;
  remove) rm "$here/installed" ;;
esac
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A LibreOffice whose unopkg keeps what it was asked; asked by a person who is not root."""
    tool = tmp_path / "unopkg"
    tool.write_text(UNOPKG, "utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "version").write_text(gouji.__version__, "utf-8")
    (tmp_path / "pythonloader.py").touch()
    monkeypatch.setattr(acting, "_is_root", lambda: False)
    monkeypatch.setattr(acting, "build", lambda: b"extension")
    found = Office(tmp_path, tool)
    monkeypatch.setattr(programs, "find_office", lambda: found)
    return found


def told(action: Action, *, dry_run: bool = False) -> list[str]:
    sentences = acting.act(action, dry_run)
    assert sentences is not None
    return [chinese for chinese, _ in sentences]


def asked(office: Office) -> list[str]:
    place = office.folder / "asked"
    return [line.split()[0] for line in place.read_text("utf-8").splitlines()] if place.exists() else []


def test_installed_then_seen_then_removed(office: Office) -> None:
    assert told("status") == ["没有安装。"]
    assert told("install") == [
        f"已装好 {gouji.__version__}（{office.folder}）", "下一步：重新打开 LibreOffice Calc，点工具栏上的“审核”。"
    ]  # fmt: skip
    assert told("status") == [f"已安装，版本 {gouji.__version__}（{office.folder}）"]
    assert told("uninstall") == ["已卸载。"]
    assert told("uninstall") == ["没有安装，没有可卸载的。"]
    assert asked(office) == ["list", "add", "list", "list", "remove", "list"]


def test_a_trial_does_nothing(office: Office) -> None:
    assert told("install", dry_run=True) == [f"会把 gouji.oxt 装进 {office.folder} 的 LibreOffice"]
    assert asked(office) == []


def test_another_version_is_said(office: Office) -> None:
    told("install")
    (office.folder / "version").write_text("0.0.1", "utf-8")
    assert told("status")[1] == f"不是这一版（{gouji.__version__}）：请关闭 LibreOffice，再运行 gouji addin install。"


def test_a_libreoffice_without_python_is_refused_with_the_package_to_install(office: Office) -> None:
    (office.folder / "pythonloader.py").unlink()
    with pytest.raises(GoujiError, match="请安装软件包 python3-uno"):
        acting.act("install", False)
    assert asked(office) == []


def test_what_unopkg_says_is_passed_on(office: Office) -> None:
    (office.folder / "refuses").touch()
    with pytest.raises(GoujiError, match=r"没有照做：ERROR: profile is locked。请关闭 LibreOffice"):
        acting.act("install", False)


def test_a_machine_without_libreoffice_has_nothing_to_act_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "find_office", lambda: None)
    assert acting.act("install", False) is None
