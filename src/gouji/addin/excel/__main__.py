"""``python -I -m gouji.addin.excel COMMAND``: what a click on the ribbon starts.

The workbook's name comes in a variable of the environment, where no quotation mark and no percent sign can break it.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import NamedTuple

from gouji.addin.excel.telling import tell
from gouji.errors import GoujiError

BOOK_VARIABLE = "GOUJI_BOOK"
COMMANDS = (
    "check", "check_sheet", "clear", "previous", "next", "results", "packs", "choose_pack", "export", "about",
)  # fmt: skip


class Click(NamedTuple):
    """A click: what to do, the handle of the window (``None`` on macOS), the pack chosen in the menu."""

    command: str
    window: int | None
    pack: str


def main(argv: Sequence[str] | None = None) -> int:
    """Do it and give 0 when the person was told how it ended, whatever happened."""
    given = click(argv)
    try:
        perform(given, os.environ.get(BOOK_VARIABLE, ""))
    except GoujiError as error:
        tell(f"{error.chinese}\n{error.english}", given.window)
    except Exception as error:  # the last boundary: no traceback reaches a user
        tell(f"勾稽没有运行成 · gouji could not run\n{type(error).__name__}: {error}", given.window)
    return 0


def click(argv: Sequence[str] | None) -> Click:
    """The arguments of the process."""
    parser = ArgumentParser(prog="gouji.addin.excel")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--window", type=int)
    parser.add_argument("--pack", default="")
    given = parser.parse_args(argv)
    return Click(given.command, given.window, given.pack)


def perform(given: Click, book: str) -> None:
    """Run the command on the open workbook of that name; keep the menu of packs as it is now."""
    from gouji.hosts.live.excel_window import book_in
    from gouji.live import excel

    book_in(given.window, book)
    if given.command == "choose_pack":
        excel.choose_pack(given.pack)
    else:
        getattr(excel, given.command)()
    if given.command in ("packs", "choose_pack"):
        _renew_menu()


def _renew_menu() -> None:
    from gouji.addin.excel.menu import keep_menu
    from gouji.addin.excel.places import places
    from gouji.live.commands import pack_choices
    from gouji.live.settings import load

    where = places(sys.platform, os.environ)
    if where is not None and where.menu.parent.is_dir():
        keep_menu(where.menu, where.encoding, pack_choices(load()))


if __name__ == "__main__":
    sys.exit(main())
