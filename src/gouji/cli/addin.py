"""``gouji addin``: the add-ins of the spreadsheet programs on this machine."""

from __future__ import annotations

from gouji.cli import exits
from gouji.cli.commands import Addin
from gouji.cli.screen import Screen
from gouji.errors import GoujiError


def run(command: Addin, screen: Screen) -> int:
    """Ask every program that is there. ``GoujiError`` where none is, or where one fails."""
    from gouji.addin.programs import PROGRAMS  # not for --help

    told = {program.name: program.act(command.action, command.dry_run) for program in PROGRAMS}
    for name, sentences in told.items():
        for chinese, english in sentences or ():
            screen.print(screen.say(f"{name}：{chinese}", f"{name}: {english}"))
    if all(sentences is None for sentences in told.values()):
        raise GoujiError(
            "Excel 加载项只用于 Windows 和 macOS；这台机器上请用命令行（gouji annotate），或 LibreOffice 的扩展。",
            "The Excel add-in is for Windows and macOS; here use the command line (gouji annotate) or the extension "
            "for LibreOffice.",
        )
    return exits.CLEAN
