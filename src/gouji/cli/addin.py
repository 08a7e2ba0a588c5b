"""``gouji addin``: the add-ins of the spreadsheet programs on this machine."""

from __future__ import annotations

from gouji.cli import exits
from gouji.cli.commands import Addin
from gouji.cli.screen import Screen
from gouji.errors import GoujiError


def run(command: Addin, screen: Screen) -> int:
    """Ask every program that is there, whatever another says. ``GoujiError`` where none is."""
    from gouji.addin.programs import PROGRAMS  # not for --help

    codes = []
    for program in PROGRAMS:
        try:
            told = program.act(command.action, command.dry_run)
        except GoujiError as error:
            screen.fault(error, program.name)
            codes.append(error.exit_code)
            continue
        if told is not None:
            codes.append(exits.CLEAN)
        for chinese, english in told or ():
            screen.print(screen.say(f"{program.name}：{chinese}", f"{program.name}: {english}"))
    if not codes:
        raise GoujiError(
            "这台机器上没有能装加载项的表格程序：Excel（Windows、macOS）或 LibreOffice。请用命令行：gouji annotate。",
            "There is no spreadsheet program here that takes an add-in: Excel (Windows, macOS) or LibreOffice. "
            "Use the command line: gouji annotate.",
        )
    return exits.most_important(codes)
