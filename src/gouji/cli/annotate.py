"""``gouji annotate``: check, print what was found, write it into the cells as notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from gouji.cli import exits
from gouji.cli.checking import Attempts, check_each
from gouji.cli.commands import Annotate
from gouji.cli.files import expanded, same_file
from gouji.cli.screen import Screen
from gouji.cli.validate import print_texts
from gouji.collection import uncollected
from gouji.errors import GoujiError
from gouji.hosts.protocol import WriteOutcome
from gouji.report.model import Report
from gouji.report.words import choose


def run(command: Annotate, screen: Screen) -> int:
    """The exit code: what was found does not count once it is written."""
    copies = copy_paths(command.files, command.out)
    attempts = Attempts(screen)
    outcomes = check_each(command.files, command.pack, command.params, attempts, details=False)
    for outcome in print_texts(outcomes, command.detail, screen):
        report = outcome.report
        if report is None:
            continue
        if not report.tables:
            attempts.codes.append(exits.WORKBOOK)
            continue
        step = partial(_write, command, outcome.file, report, copies.get(outcome.file), screen.language)
        written = attempts.of(outcome.file, step)
        if written is not None:
            say_written(written, screen, quiet=command.detail < 0)
            attempts.codes += [] if report.complete else [exits.INCOMPLETE]
    return exits.most_important(attempts.codes)


def copy_paths(files: Sequence[str], out: str | None) -> dict[str, Path]:
    """Where each file's copy goes: ``out``, or of the same name in the folder ``out``; none when in place."""
    if out is None:
        return {}
    names = [file for file in expanded(files) if isinstance(file, str)]
    folder = Path(out).is_dir()
    if len(names) > 1 and not folder:
        raise GoujiError(
            f"有 {len(names)} 个文件，-o 须是已有的文件夹。",
            f"There are {len(names)} files: -o must be an existing folder.",
        )
    paths = {name: Path(out) / Path(name).name if folder else Path(out) for name in names}
    if any(same_file(name, path) for name, path in paths.items()):
        raise GoujiError(
            f"-o {out} 就是原文件；要写在原文件里，请去掉 -o。",
            f"-o {out} is the file itself; leave -o out to write in place.",
        )
    return paths


def say_written(written: WriteOutcome, screen: Screen, *, quiet: bool = False) -> None:
    """What was written, and where the original's copy lies."""
    cells = len(written.noted)
    if written.changed:
        screen.print(
            screen.say(
                f"已写入 {written.path}：{cells} 个单元格有批注。",
                f"Written {written.path}: notes in {cells} cells.",
            )
        )
    else:
        screen.print(
            screen.say(
                f"{written.path} 无需改动：{cells} 个单元格的批注已是最新。",
                f"{written.path} unchanged: the notes in {cells} cells are up to date.",
            )
        )
    if written.backup is not None:
        screen.print(screen.say(f"原文件的副本：{written.backup}", f"Copy of the original: {written.backup}"))
    for remark in () if quiet else written.remarks:
        screen.print(choose(remark, screen.language))


@uncollected
def _write(command: Annotate, file: str, report: Report, out: Path | None, language: str) -> WriteOutcome:
    from gouji.hosts.package.writing import annotate_package  # only after a report
    from gouji.report import notes

    return annotate_package(
        Path(file),
        notes.cell_notes(report, least=command.least, language=language),
        out=out,
        backup=command.backup,
        highlight=command.highlight,
        result_sheet=notes.result_sheet(report, language=language) if command.result_sheet else None,
    )
