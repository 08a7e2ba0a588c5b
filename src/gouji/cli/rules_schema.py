"""``gouji rules schema``: JSON Schemas of pack files, for editors."""

from __future__ import annotations

from pathlib import Path

from gouji.cli import exits
from gouji.cli.commands import Rules
from gouji.cli.screen import Screen
from gouji.errors import GoujiError


def run(command: Rules, screen: Screen) -> int:
    """Print one schema, or write all into a folder. ``GoujiError`` for an unknown kind or a folder that cannot be."""
    from gouji.language.spelling import nearest
    from gouji.packs import schema
    from gouji.packs.keys import FILES

    if command.out is not None:
        _write(Path(command.out), screen)
        return exits.CLEAN
    kind = command.packs[0] if command.packs else "rules"
    if kind not in FILES:
        guess, known = nearest(kind, FILES), " ".join(FILES)
        hint_zh, hint_en = (f"，是 {guess} 吗？", f"; did you mean {guess}?") if guess else ("。", ".")
        raise GoujiError(f"没有 {kind} 这种文件，有 {known}{hint_zh}", f"no kind {kind}; there are {known}{hint_en}")
    screen.document(schema.text(kind))
    return exits.CLEAN


def _write(folder: Path, screen: Screen) -> None:
    from gouji.packs import schema
    from gouji.packs.keys import FILES

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in FILES:
            place = folder / schema.file_name(kind)
            place.write_text(schema.text(kind), "utf-8", newline="\n")
            screen.print(str(place))
    except OSError as error:
        raise GoujiError(
            f"写不进文件夹 {folder}：{error.strerror}", f"cannot write into {folder}: {error.strerror}"
        ) from None
