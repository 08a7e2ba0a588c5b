"""``gouji addin`` for Excel: an action on this machine, told in sentences."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import gouji
from gouji.addin.excel import installing
from gouji.addin.excel.menu import keep_menu
from gouji.addin.excel.places import Places, places
from gouji.live.commands import pack_choices
from gouji.live.settings import load

if TYPE_CHECKING:
    from gouji.addin.programs import Action, Sentence

_STATES: dict[installing.State, Sentence] = {
    "absent": ("没有安装。", "Not installed."),
    "current": ("已安装，可以使用。", "Installed and ready."),
    "stale": ("已安装，但不是这一版的：请关闭 Excel，再运行 gouji addin install。",
              "Installed, but not of this version: close Excel and run gouji addin install."),
    "changed": ("文件与安装时的不同，可能被改过：请再运行 gouji addin install。",
                "A file is not the one that was installed: run gouji addin install again."),
    "broken": ("已安装，但不能用：", "Installed, but it cannot work:"),
}  # fmt: skip


def act(action: Action, dry_run: bool) -> list[Sentence] | None:
    """Do it for the person who runs this; ``None`` where there is no Excel."""
    where = places(sys.platform, os.environ)
    if where is None:
        return None
    acts = {"install": _install, "uninstall": _uninstall}
    return _status(where) if action == "status" else acts[action](where, dry_run)


def _install(where: Places, dry_run: bool) -> list[Sentence]:
    interpreter = installing.interpreter_for(sys.executable, sys.platform)
    files = installing.planned(where, interpreter, gouji.__version__)
    if dry_run:
        return [(f"会写入：{path}", f"Would write: {path}") for path in (*files, where.menu)]
    installing.trial(interpreter)
    installing.install(files, where.configuration.parent)
    keep_menu(where.menu, where.encoding, pack_choices(load()))
    return [
        (f"已装好 {gouji.__version__}：{where.addin}", f"Installed {gouji.__version__}: {where.addin}"),
        (f"使用的 Python：{interpreter}", f"Python: {interpreter}"),
        ("下一步：重新打开 Excel，点选项卡“决算勾稽”里的“审核”。",
         "Next: open Excel again and click 审核 on the tab 决算勾稽."),
    ]


def _status(where: Places) -> list[Sentence]:
    found = installing.status(where, gouji.__version__)
    lines = [_STATES[found.state], *found.faults]
    if found.state != "absent":
        lines.append((f"加载项：{found.place}，版本 {found.version or '不明'}",
                      f"Add-in: {found.place}, version {found.version or 'unknown'}"))  # fmt: skip
        lines.append((f"使用的 Python：{found.interpreter}", f"Python: {found.interpreter}"))
    if where.log and where.log.exists() and (said := where.log.read_text("utf-8", "replace").strip()):
        last = said.splitlines()[-1]
        lines.append((f"上一次点按钮时出的错：{last}", f"The last click failed with: {last}"))
    return lines


def _uninstall(where: Places, dry_run: bool) -> list[Sentence]:
    removed, changed = installing.left_by(where)
    if not dry_run:
        installing.uninstall(where)
    done = ("会删除：", "Would remove: ") if dry_run else ("已删除：", "Removed: ")
    lines = [(f"{done[0]}{path}", f"{done[1]}{path}") for path in removed]
    lines += [
        (f"与安装时的不同，没有动：{path}，请自己删除", f"Not the one that was installed, left as it is: {path}")
        for path in changed
    ]
    return lines or [("没有安装，没有可删除的。", "Not installed: nothing to remove.")]
