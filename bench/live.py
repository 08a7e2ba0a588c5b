"""The steps of a check in an open workbook, in a LibreOffice of our own: time that passes, as the person waits.

The program runs beside us and is asked over a pipe; in its own process, as the extension runs, the asking is cheaper.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from bench.subjects import EXAMPLE

if TYPE_CHECKING:
    from xlwings import Book

_T = TypeVar("_T")
_NAMES = {
    "read": ("读单元格", "reading the cells"),
    "judge": ("判断与报告", "judging and reporting"),
    "write": ("写批注（第一次）", "writing the notes, the first time"),
    "again": ("写批注（没有变化）", "writing the notes, nothing changed"),
}


class Step(NamedTuple):
    """One step: its median time in seconds, and its share of a first check."""

    chinese: str
    english: str
    seconds: float
    share: float


def live_steps(folder: Path, rounds: int) -> list[Step]:
    """The steps on the example; raises ``GoujiError`` where there is no LibreOffice or no bridge to it."""
    from gouji.hosts.live.libreoffice.process import Office

    with Office(folder) as context:
        from gouji.hosts.live.libreoffice.engine import activate

        app = activate(context).apps.active
        assert app is not None
        book = app.books.open(str(shutil.copy(EXAMPLE, folder)))
        times = _rounds(book, rounds)
        book.impl.close()
    middle = {name: median(taken) for name, taken in times.items()}
    whole = sum(middle[name] for name in ("read", "judge", "write"))
    return [Step(*_NAMES[name], seconds, seconds / whole) for name, seconds in middle.items()]


def _rounds(book: Book, rounds: int) -> dict[str, list[float]]:
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
    start = time.perf_counter()
    result = step()
    return result, time.perf_counter() - start
