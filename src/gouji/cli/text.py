"""``gouji text``: ``draft`` writes the 情况说明 from a workbook, with gaps for what no table says."""

from __future__ import annotations

from pathlib import Path

from gouji.cli import exits
from gouji.cli.commands import Text
from gouji.cli.screen import Screen
from gouji.errors import GoujiError
from gouji.report.words import choose

_WORD, _PLAIN = (".docx",), (".txt", ".md")


def run(command: Text, screen: Screen) -> int:
    """Write the draft and say where. ``GoujiError`` when a file of that name is there, so that no text is lost."""
    from gouji.drafting.plain import plain_text  # not for --help
    from gouji.drafting.workbooks import draft_workbook

    path = _target(command)
    last_year = None if command.last_year is None else Path(command.last_year)
    draft = draft_workbook(Path(command.file), last_year, pack=command.pack)
    if path is None:
        screen.out.write(plain_text(draft.document))
        return exits.CLEAN
    if path.suffix.lower() in _WORD:
        from gouji.hosts.word.new import new_document

        content = new_document(draft.document)
    else:
        content = plain_text(draft.document).encode("utf-8-sig")
    _write(path, content, Path(command.file))
    screen.print(
        screen.say(
            f"已写出 {path}：{draft.gaps} 处留空待填（【此处填写…】）。",
            f"Wrote {path}: {draft.gaps} gaps to fill in (【此处填写…】).",
        )
    )
    for remark in draft.remarks:
        screen.print(choose(remark, screen.language))
    return exits.CLEAN


def _target(command: Text) -> Path | None:
    """Where the draft goes; ``None``: standard output."""
    if command.out == "-":
        return None
    workbook = Path(command.file)
    path = Path(command.out) if command.out else workbook.with_name(f"{workbook.stem}情况说明.docx")
    if path.suffix.lower() not in (*_WORD, *_PLAIN):
        raise GoujiError(f"-o {path}：后缀应是 .docx 或 .txt。", f"-o {path}: the suffix must be .docx or .txt.")
    if path.exists():
        raise GoujiError(
            f"{path} 已经有了，没有改动它；请用 -o 换一个名字。", f"{path} is there already: give another with -o."
        )
    return path


def _write(path: Path, content: bytes, like: Path) -> None:
    from gouji.hosts.package import locks

    locks.refuse_unwritable(path)
    locks.write_atomically(path, content, like=like)
