"""``gouji rules docs``: pages on a pack's rules and tables, as Markdown."""

from __future__ import annotations

from pathlib import Path

from gouji.cli import exits
from gouji.cli.commands import Rules
from gouji.cli.screen import Screen
from gouji.errors import GoujiError


def run(command: Rules, screen: Screen) -> int:
    """Write the pages into a folder. ``PackError`` for a faulty pack, ``GoujiError`` where it cannot be written."""
    from gouji.manual import pages_of
    from gouji.packs import load_pack

    pack = load_pack(command.packs[0])
    folder = Path(command.out or f"{pack.id}-docs")
    pages = pages_of([pack])
    try:
        for name, text in pages.items():
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise GoujiError(
            f"写不进文件夹 {folder}：{error.strerror}", f"cannot write into {folder}: {error.strerror}"
        ) from None
    screen.print(screen.say(
        f"{pack.id}：{len(pack.rules)} 条规则、{len(pack.tables)} 张表的说明写在 {folder / 'index.md'}",
        f"{pack.id}: pages on {len(pack.rules)} rules and {len(pack.tables)} tables, from {folder / 'index.md'} on",
    ))  # fmt: skip
    return exits.CLEAN
