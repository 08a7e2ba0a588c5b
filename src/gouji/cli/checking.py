"""Checking the files of a command one after another; one that fails does not keep the others from being checked."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

from gouji.cli import exits
from gouji.cli.files import expanded
from gouji.cli.screen import Screen
from gouji.document import Document
from gouji.errors import GoujiError
from gouji.report.model import Report
from gouji.report.words import at_least

T = TypeVar("T")
_PACKAGE = Path(__file__).resolve().parents[1]


class Outcome(NamedTuple):
    """A file's report, or why there is none: (Chinese, English)."""

    file: str
    code: int
    report: Report | None = None
    message: tuple[str, str] = ("", "")


class Attempts:
    """Runs the steps of a command, turns errors into messages and codes, says the same error only once."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.codes: list[int] = []
        self.message = ("", "")
        self._said: set[str] = set()

    def of(self, file: str, step: Callable[[], T]) -> T | None:
        """The step's result; ``None`` after an error, which is then said and counted."""
        try:
            return step()
        except GoujiError as error:
            self.message = (error.chinese, error.english)
            self._say(error, file)
            self.codes.append(error.exit_code)
        except BrokenPipeError:
            raise
        except Exception as error:  # the last boundary: no traceback reaches a user
            self.message = internal_message(error)
            self.screen.error(self.screen.say(*self.message), file)
            self.codes.append(exits.INTERNAL)
        return None

    def _say(self, error: GoujiError, file: str) -> None:
        about_file = error.exit_code == exits.WORKBOOK
        if about_file or error.chinese not in self._said:
            self.screen.fault(error, file if about_file else "")
        self._said.add(error.chinese)


def check_each(
    files: Sequence[str], pack: str | None, params: Mapping[str, str], attempts: Attempts, *, details: bool,
    text: str | None = None,
) -> Iterator[Outcome]:
    """The outcome of every file, as soon as it is known; ``details`` as in ``flow.validate``.

    ``text`` is the file of the text that belongs to the workbook.
    """
    beside = None
    if text is not None:
        beside = attempts.of(text, partial(_document, text))
        if beside is None:
            yield Outcome(text, attempts.codes[-1], None, attempts.message)
            return
    for file in expanded(files):
        if isinstance(file, GoujiError):
            attempts.of("", _raiser(file))
            yield Outcome(str(file), file.exit_code, None, (file.chinese, file.english))
            continue
        report = attempts.of(file, partial(_report, file, pack, params, details, beside))
        if report is None:
            yield Outcome(file, attempts.codes[-1], None, attempts.message)
        else:
            yield Outcome(file, exits.CLEAN, report)


def _report(file: str, pack: str | None, params: Mapping[str, str], details: bool, text: Document | None) -> Report:
    from gouji import flow  # the readers and rules are only needed once a file is checked
    from gouji.hosts.opening import is_document

    if is_document(Path(file)):
        return flow.validate_text(_document(file), pack=pack, params=params)
    return flow.validate(Path(file), pack=pack, params=params, details=details, text=text)


def _document(file: str) -> Document:
    from gouji.hosts.opening import document_of  # its readers are only needed for texts

    return document_of(file)


def report_code(report: Report, fail_on: str) -> int:
    """The exit code a report alone gives. A warning or a hint that a person answered no longer counts."""
    if not report.is_about_something:
        return exits.WORKBOOK
    if not report.complete:
        return exits.INCOMPLETE
    open_ones = (each for each in report.findings if each.severity == "error" or not each.answer)
    return exits.FINDINGS if any(at_least(each.severity, fail_on) for each in open_ones) else exits.CLEAN


def internal_message(error: BaseException) -> tuple[str, str]:
    """What is said of a fault of gouji's own: its type and where, never the data it met."""
    if os.environ.get("GOUJI_DEBUG"):
        details = "".join(traceback.format_exception(error))
        return details, details
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _PACKAGE in Path(frame.filename).parents] or list(frames)
    where = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
    what = f"{type(error).__name__}, {where}"
    return (
        f"程序内部错误（{what}），不是您操作的问题。请把这一行告诉 gouji 的维护者；设置 GOUJI_DEBUG=1 可看到详情。",
        f"Internal error ({what}), not your fault. Please report this line; GOUJI_DEBUG=1 shows the details.",
    )


def _raiser(error: GoujiError) -> Callable[[], None]:
    def step() -> None:
        raise error

    return step
