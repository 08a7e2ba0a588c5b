"""``gouji clear``: remove our notes, and nothing else."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from gouji.cli import exits
from gouji.cli.annotate import copy_paths
from gouji.cli.checking import Attempts
from gouji.cli.commands import Clear
from gouji.cli.files import expanded
from gouji.cli.screen import Screen
from gouji.errors import GoujiError
from gouji.hosts.protocol import WriteOutcome
from gouji.report.words import choose


def run(command: Clear, screen: Screen) -> int:
    """The exit code: 0 when every file is free of our notes."""
    from gouji.hosts.opening import clear_file  # not for --help

    copies = copy_paths(command.files, command.out)
    attempts = Attempts(screen)
    for file in expanded(command.files):
        if isinstance(file, GoujiError):
            attempts.of("", partial(_fail, file))
            continue
        cleared = attempts.of(file, partial(clear_file, Path(file), out=copies.get(file), backup=command.backup))
        if cleared is not None:
            _say(cleared, screen, quiet=command.detail < 0)
    return exits.most_important(attempts.codes)


def _say(cleared: WriteOutcome, screen: Screen, *, quiet: bool) -> None:
    if cleared.removed or cleared.changed:
        text = screen.say(
            f"已清除 {cleared.path}：{cleared.removed} 处勾稽批注。",
            f"Cleared {cleared.path}: {cleared.removed} notes removed.",
        )
    else:
        text = screen.say(f"{cleared.path} 里没有勾稽批注。", f"{cleared.path} holds no notes of ours.")
    screen.print(text)
    if cleared.backup is not None:
        screen.print(screen.say(f"原文件的副本：{cleared.backup}", f"Copy of the original: {cleared.backup}"))
    for remark in () if quiet else cleared.remarks:
        screen.print(choose(remark, screen.language))


def _fail(error: GoujiError) -> WriteOutcome:
    raise error
