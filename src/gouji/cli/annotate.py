"""``gouji annotate``: check, print what was found, write it into the cells and on the words of the text as notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from gouji.cli import exits
from gouji.cli.checking import Attempts, check_each
from gouji.cli.commands import Annotate
from gouji.cli.files import expanded, same_file
from gouji.cli.screen import Screen
from gouji.cli.validate import print_texts, refuse_text_of_many
from gouji.collection import uncollected
from gouji.errors import GoujiError
from gouji.hosts.opening import is_document
from gouji.hosts.package.host import PackageHost
from gouji.hosts.package.locks import FileState, file_state, refuse_changed
from gouji.hosts.protocol import WriteOutcome
from gouji.report.model import Report
from gouji.report.notes import NoteOptions, cell_notes, span_notes, write_notes
from gouji.report.words import choose


def run(command: Annotate, screen: Screen) -> int:
    """The exit code: what was found does not count once it is written."""
    copies = copy_paths(command.files, command.out)
    refuse_text_of_many(command)
    _refuse_text(command)
    attempts = Attempts(screen)
    states = _states(command)
    is_shown = command.detail >= 0
    outcomes = check_each(command.files, command.pack, command.params, attempts, details=is_shown, text=command.text)
    for outcome in print_texts(outcomes, command.detail, screen, advises=False):
        report = outcome.report
        if report is None:
            continue
        if not report.is_about_something:
            attempts.codes.append(exits.WORKBOOK)
            continue
        steps = {outcome.file: partial(_write, command, outcome.file, report, copies, states, screen.language)}
        if command.text is not None:
            steps[command.text] = partial(_write_text, command, report, states, screen.language)
        for file, step in steps.items():
            written = attempts.of(file, step)
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
    where = _places(written)
    if written.changed:
        screen.print(
            screen.say(f"已写入 {written.path}：{where[0]}有批注。", f"Written {written.path}: notes {where[1]}.")
        )
    else:
        screen.print(
            screen.say(
                f"{written.path} 无需改动：{where[0]}的批注已是最新。",
                f"{written.path} unchanged: the notes {where[1]} are up to date.",
            )
        )
    if written.backup is not None:
        screen.print(screen.say(f"原文件的副本：{written.backup}", f"Copy of the original: {written.backup}"))
    for remark in () if quiet else written.remarks:
        screen.print(choose(remark, screen.language))


def _places(written: WriteOutcome) -> tuple[str, str]:
    cells, words = len(written.noted), len(written.words)
    if written.path is not None and is_document(written.path):
        return f"{cells + words} 处", f"in {cells + words} places"
    return f"{cells} 个单元格", f"in {cells} cells"


def _refuse_text(command: Annotate) -> None:
    """``GoujiError`` where the comments on the text would have no place, or one that nobody asked for."""
    if command.text is None:
        if command.text_out is not None:
            raise GoujiError("--text-output 要与 --text 同用。", "--text-output goes with --text.")
        return
    if is_document(Path(command.files[0])):
        raise GoujiError(
            f"{command.files[0]} 就是说明；--text 要与工作簿同用。",
            f"{command.files[0]} is a text itself; --text goes with a workbook.",
        )
    if command.out is not None and command.text_out is None:
        raise GoujiError(
            "工作簿写进副本（-o）时，请用 --text-output 给出说明的副本。",
            "With -o for the workbook, name the copy of the text with --text-output.",
        )
    if command.text_out is not None and same_file(command.text, command.text_out):
        raise GoujiError(
            f"--text-output {command.text_out} 就是原文件；要写在原文件里，请去掉它。",
            f"--text-output {command.text_out} is the file itself; leave it out to write in place.",
        )


def _states(command: Annotate) -> dict[str, FileState | None]:
    """The states of all files before they are read."""
    names = [file for file in expanded(command.files) if isinstance(file, str)]
    return {name: file_state(Path(name)) for name in (*names, *([command.text] if command.text else ()))}


@uncollected
def _write(
    command: Annotate, file: str, report: Report, copies: Mapping[str, Path], states: Mapping[str, FileState | None],
    language: str,
) -> WriteOutcome:
    out = copies.get(file)
    if is_document(Path(file)):
        return _annotate_text(Path(file), out, command, report, states[file], language)
    refuse_changed(Path(file), states[file])
    options = NoteOptions(command.least, command.highlight, command.result_sheet, language)
    return write_notes(PackageHost(Path(file), out=out, backup=command.backup), report, options)


def _write_text(
    command: Annotate, report: Report, states: Mapping[str, FileState | None], language: str
) -> WriteOutcome:
    assert command.text is not None
    out = None if command.text_out is None else Path(command.text_out)
    return _annotate_text(Path(command.text), out, command, report, states[command.text], language, beside=True)


def _annotate_text(
    path: Path, out: Path | None, command: Annotate, report: Report, state: FileState | None, language: str, *,
    beside: bool = False,
) -> WriteOutcome:
    """Comments on the words of a text; one that stands alone has the tables that were judged in it."""
    from gouji.hosts.word.writing import annotate_document  # only for texts

    refuse_changed(path, state)
    cells = [] if beside else cell_notes(report, least=command.least, language=language)
    words = span_notes(report, least=command.least, language=language)
    return annotate_document(path, [*cells, *words], out=out, backup=command.backup)
