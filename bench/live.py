"""The steps of a check in an open workbook, in a LibreOffice of our own: processor time, its own and ours.

All of it runs in the process of LibreOffice, as the extension does once LibreOffice was started again.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from xlwings import Book

_T = TypeVar("_T")
_NAMES = {
    "read": ("读单元格", "reading the cells"),
    "judge": ("判断与报告", "judging and reporting"),
    "write": ("写批注（第一次）", "writing the notes, the first time"),
    "again": ("写批注（没有变化）", "writing the notes, nothing changed"),
}
_INSIDE = Path(__file__).with_name("inside.py")


class Step(NamedTuple):
    """One step: its median time in seconds, and how many times that of reading the cells it is."""

    chinese: str
    english: str
    seconds: float
    share: float


def live_steps(folder: Path, rounds: int, workbook: Path) -> list[Step]:
    """The steps on a copy of a workbook; raises ``GoujiError`` where there is no LibreOffice or no bridge to it."""
    from gouji.errors import GoujiError
    from gouji.hosts.live.libreoffice.process import Office

    answer = folder / "answer.json"
    request = {"path": sys.path, "workbook": str(shutil.copy(workbook, folder)), "rounds": rounds,
               "answer": str(answer)}  # fmt: skip
    with Office(folder) as context:
        _job(context).trigger(json.dumps(request))
    times = json.loads(answer.read_text("utf-8"))
    if isinstance(times, str):
        raise GoujiError(f"没有量成：{times}", f"Not measured: {times}")
    middle = {name: median(taken) for name, taken in times.items()}
    return [Step(*_NAMES[name], seconds, seconds / middle["read"]) for name, seconds in middle.items()]


def measured(context: Any, workbook: Path, rounds: int) -> dict[str, list[float]]:
    """The seconds of every step in every round; runs inside LibreOffice."""
    from gouji.hosts.live.libreoffice.engine import activate

    app = activate(context).apps.active
    assert app is not None
    book = app.books.open(str(workbook))
    try:
        return _rounds(book, rounds)
    finally:
        book.impl.close()


def _job(context: Any) -> Any:
    loader = context.ServiceManager.createInstanceWithContext("com.sun.star.loader.Python", context)
    return loader.activate("org.gouji.bench.Job", "", _INSIDE.as_uri(), None).createInstanceWithContext(context)


def _rounds(book: Book, rounds: int) -> dict[str, list[float]]:
    """The first round, in which packs are loaded, does not count."""
    from gouji import flow
    from gouji.hosts.live.host import LiveHost
    from gouji.report.notes import cell_notes

    times: dict[str, list[float]] = {name: [] for name in _NAMES}
    for number in range(rounds + 1):
        host = LiveHost(book)
        read, reading = _timed(host.read)
        report, judging = _timed(partial(flow.validate, read, details=False))
        write = partial(host.annotate, cell_notes(report))
        _, writing = _timed(write)
        _, again = _timed(write)
        host.clear()
        if number:
            for name, seconds in zip(_NAMES, (reading, judging, writing, again), strict=True):
                times[name].append(seconds)
    return times


def _timed(step: Callable[[], _T]) -> tuple[_T, float]:
    start = time.thread_time()
    result = step()
    return result, time.thread_time() - start
