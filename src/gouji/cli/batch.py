"""``gouji batch``: check all workbooks of a folder, in several processes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from gouji.cli import exits
from gouji.cli.batch_table import progress, table, totals
from gouji.cli.batch_work import Copies, Done, Job, done_as_they_come, workbooks
from gouji.cli.checking import Outcome
from gouji.cli.commands import Batch
from gouji.cli.files import same_file, write_whole
from gouji.cli.screen import Screen
from gouji.errors import GoujiError
from gouji.report.notes import NoteOptions
from gouji.report.words import choose


def run(command: Batch, screen: Screen) -> int:
    """The exit code, the most important of all workbooks; ``GoujiError`` where there is nothing to check."""
    jobs = _jobs(command, screen.language)
    found: list[Done | None] = [None] * len(jobs)
    processes = command.jobs or os.cpu_count() or 1
    for count, (index, done) in enumerate(done_as_they_come(jobs, processes), 1):
        found[index] = done
        if command.detail >= 0:
            screen.err.write(progress(done, count, len(jobs), screen.language) + "\n")
            screen.err.flush()
    all_done = [done for done in found if done is not None]
    _report(command, all_done, screen)
    return exits.most_important(done.code for done in all_done)


def _jobs(command: Batch, language: str) -> list[Job]:
    folder = Path(command.folder)
    _check_folders(command, folder)
    if command.pack is not None:
        from gouji.packs.load import held_pack  # a faulty pack is said once, before anything is checked

        held_pack(command.pack)
    copies = None
    if command.annotate is not None:
        options = NoteOptions(command.least, command.highlight, command.result_sheet, language)
        copies = Copies(Path(command.annotate), options)
    paths = workbooks(folder, leave_out=copies and copies.folder)
    if not paths:
        raise GoujiError(f"文件夹 {folder} 里没有工作簿。", f"The folder {folder} holds no workbook.")
    details = command.format not in ("text", "html")
    return [
        Job(path, path.relative_to(folder).as_posix(), command.pack, command.params, details, command.fail_on, copies)
        for path in paths
    ]


def _check_folders(command: Batch, folder: Path) -> None:
    if not folder.is_dir():
        raise GoujiError(
            f"{folder} 不是文件夹；核对一个文件用 gouji validate。",
            f"{folder} is no folder; use gouji validate for a file.",
        )
    if command.annotate is not None and same_file(command.annotate, folder):
        raise GoujiError(
            f"--annotate 的文件夹不能就是 {folder}：副本要写在另一个文件夹里。",
            f"--annotate must name another folder than {folder}: copies are written there.",
        )


def _report(command: Batch, all_done: Sequence[Done], screen: Screen) -> None:
    if command.format == "text":
        text = "\n".join([*table(all_done, screen.language), *_unread(all_done, screen)]) + "\n"
    else:
        text = _document(command, all_done, screen.language)
    if command.out not in (None, "-"):
        path = Path(command.out or "")
        write_whole(path, text)
        said = totals(all_done, screen.language)
        screen.print(screen.say(f"{said}报告已写入 {path}", f"{said} Report written to {path}"))
    elif command.format == "text":
        screen.out.write(text)
    else:
        screen.document(text)


def _unread(all_done: Sequence[Done], screen: Screen) -> list[str]:
    """Why workbooks were not checked, a line each."""
    silent = [done for done in all_done if done.report is None]
    lines = []
    for done in silent:
        said = screen.say(*done.message)
        lines.append(said if done.name in said else f"{done.name}{screen.say('：', ': ')}{said}")
    return ["", screen.say("没有核对的：", "Not checked:"), *lines] if lines else []


def _document(command: Batch, all_done: Sequence[Done], language: str) -> str:
    if command.format == "json":
        return "".join(_json_line(done, language) for done in all_done)
    from gouji.cli.validate import document  # what no table needs

    outcomes = [Outcome(done.name, done.code, done.report, done.message) for done in all_done]
    return document(outcomes, command.format, language, fail_on=command.fail_on)


def _json_line(done: Done, language: str) -> str:
    from gouji.report import json_report

    if done.report is None:
        return json_report.unread(done.name, choose(done.message, language))
    return json_report.render([done.report], language)
