"""``gouji template``: a pack's blank forms, on request with the sheets that check them while they are filled in."""

from __future__ import annotations

from pathlib import Path

from gouji.cli import exits
from gouji.cli.commands import Template
from gouji.cli.screen import Screen
from gouji.errors import GoujiError


def run(command: Template, screen: Screen) -> int:
    """Write the workbook and say where. ``GoujiError`` when it cannot be, or a file of that name is there."""
    from gouji.packs import load_pack  # not for --help
    from gouji.selfcheck import write_template

    pack = load_pack(command.pack)
    path = _target(command.out, pack.id)
    if path.exists():
        raise GoujiError(
            f"{path} 已经有了，没有改动它；请用 -o 换一个名字。", f"{path} is there already: give another with -o."
        )
    try:
        write_template(pack, path, self_check=command.self_check, decimals=command.decimals)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise GoujiError(f"无法写入 {path}：{reason}。", f"Cannot write {path}: {reason}.") from error
    also = (
        ("，带“自检”和“自检明细”", " with the sheets 自检 and 自检明细") if command.self_check else ("", "")
    )
    screen.print(screen.say(f"已写出 {path}：{pack.title}{also[0]}", f"Wrote {path}: {pack.title}{also[1]}"))
    return exits.CLEAN


def _target(out: str | None, pack_id: str) -> Path:
    """The file meant: named as such, else the pack's name in that folder."""
    path = Path(out or ".")
    return path if path.suffix.lower() == ".xlsx" else path / f"{pack_id}.xlsx"
