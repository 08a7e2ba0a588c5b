"""A folder's workbooks checked, one after another or in several processes; none keeps the others from it."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from gouji.cli import exits
from gouji.cli.checking import internal_message, report_code
from gouji.errors import GoujiError, NoStandardTable
from gouji.hosts.package.host import PackageHost
from gouji.report.model import Report
from gouji.report.notes import NoteOptions, write_notes

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et"})
"""What counts as a workbook of a folder; those that cannot be read are reported as such."""


class Copies(NamedTuple):
    """How copies are annotated, into which folder."""

    folder: Path
    options: NoteOptions


class Job(NamedTuple):
    """A workbook to check: ``name`` is its path from the folder on, by which it is reported."""

    path: Path
    name: str
    pack: str | None
    params: Mapping[str, str]
    details: bool
    fail_on: str
    copies: Copies | None = None


class Done(NamedTuple):
    """What became of a workbook: its exit code, its report or why there is none: (Chinese, English).

    ``noted``: cells of its copy that have notes. ``strange``: it holds no standard table.
    """

    name: str
    code: int
    report: Report | None = None
    message: tuple[str, str] = ("", "")
    noted: int = 0
    strange: bool = False


def workbooks(folder: Path, leave_out: Path | None = None) -> list[Path]:
    """The workbooks in a folder and below, in order; not hidden files, locks, kept originals, nor ``leave_out``."""
    from gouji.hosts.package.locks import BACKUP_WORD

    found = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        folders[:] = [each for each in folders if not each.startswith(".") and not _is(here / each, leave_out)]
        found += [here / name for name in names if _is_workbook(name, BACKUP_WORD)]
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def _is(path: Path, other: Path | None) -> bool:
    return other is not None and path.resolve() == other.resolve()


def _is_workbook(name: str, kept: str) -> bool:
    path = Path(name)
    return path.suffix.lower() in SUFFIXES and not name.startswith((".", "~$")) and not path.stem.endswith(f".{kept}")


def done_as_they_come(jobs: Sequence[Job], processes: int) -> Iterator[tuple[int, Done]]:
    """Every job's outcome with its position, as soon as it is known."""
    if processes < 2 or len(jobs) < 2:
        yield from ((index, work(job)) for index, job in enumerate(jobs))
        return
    interrupted = []
    for index, outcome in _in_processes(dict(enumerate(jobs)), min(processes, len(jobs))):
        if outcome is None:
            interrupted.append(index)
        else:
            yield index, outcome
    for index in interrupted:  # one of them ended its process, and with it the others'
        for _, outcome in _in_processes({index: jobs[index]}, 1):
            yield index, outcome or Done(jobs[index].name, exits.INTERNAL, message=_ENDED)


_ENDED = (
    "核对它的进程意外结束了（多半是内存不够），没有结果。",
    "The process that checked it ended unexpectedly (most likely out of memory); there is no result.",
)


def _in_processes(jobs: Mapping[int, Job], processes: int) -> Iterator[tuple[int, Done | None]]:
    """``None`` for a job whose process ended before it answered."""
    with ProcessPoolExecutor(processes, initializer=_leave_interrupts_to_the_parent) as pool:
        waiting: dict[Future[Done], int] = {}
        for index, job in jobs.items():
            try:
                waiting[pool.submit(work, job)] = index
            except BrokenProcessPool:
                yield index, None
        try:
            for future in as_completed(waiting):
                yield waiting[future], None if isinstance(future.exception(), BrokenProcessPool) else future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work(job: Job) -> Done:
    """Check one workbook, and write its copy where copies are wanted; errors become messages."""
    from gouji import flow  # only where workbooks are checked

    try:
        report = flow.validate(job.path, pack=job.pack, params=job.params, details=job.details)
        noted = 0 if job.copies is None or not report.tables else _annotate(job, job.copies, report)
        return Done(job.name, report_code(report, job.fail_on), replace(report, workbook=job.name), noted=noted)
    except GoujiError as error:
        strange = isinstance(error, NoStandardTable)
        return Done(job.name, error.exit_code, message=(error.chinese, error.english), strange=strange)
    except Exception as error:  # the last boundary: one workbook must not keep the others from being checked
        return Done(job.name, exits.INTERNAL, message=internal_message(error))


def _annotate(job: Job, copies: Copies, report: Report) -> int:
    """How many cells of the copy have notes."""
    target = copies.folder / job.name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GoujiError(
            f"建不了文件夹 {target.parent}：{error.strerror}",
            f"cannot make the folder {target.parent}: {error.strerror}",
        ) from None
    return len(write_notes(PackageHost(job.path, out=target, backup=False), report, copies.options).noted)
