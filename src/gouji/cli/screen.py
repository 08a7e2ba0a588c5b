"""Standard output and error: language, encodings that lack characters, colour, one clear line an error."""

from __future__ import annotations

import io
import os
import shutil
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from gouji.errors import GoujiError
from gouji.report.layout import PLAIN_ERRORS, register_plain_errors
from gouji.report.model import Report
from gouji.report.words import choose

if TYPE_CHECKING:
    from gouji.report.spans import Options
    from gouji.report.table_map import WorkbookMap

_PROGRAM = "gouji"


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a run speaks, and in which language."""

    out: TextIO
    err: TextIO
    language: str = "zh"

    def say(self, chinese: str, english: str) -> str:
        """The text of the language."""
        return choose((chinese, english), self.language)

    def print(self, text: str = "") -> None:
        """A line on standard output."""
        self.out.write(text + "\n")

    def error(self, text: str, subject: str = "") -> None:
        """A message on standard error; ``subject`` is the file it is about, left out where the text names it."""
        self.out.flush()
        opening = f"{subject}{self.say('：', ': ')}" if subject and os.path.basename(subject) not in text else ""
        self.err.write(f"{_PROGRAM}: {opening}{text}\n")

    def fault(self, error: GoujiError, subject: str = "") -> None:
        """An expected error."""
        self.error(error.message(self.language), subject)

    def document(self, text: str) -> None:
        """A text for programs, as UTF-8 with line feeds, whatever the console's code page is."""
        buffer = getattr(self.out, "buffer", None)
        if buffer is None or (self.out.isatty() and not _is_utf8(self.out)):
            self.out.write(text)
            return
        self.out.flush()
        buffer.write(text.encode("utf-8", "backslashreplace"))
        buffer.flush()

    def report(self, report: Report, detail: int, *, advises: bool = True) -> None:
        """The report for a person: with colour on a terminal, of fixed width elsewhere."""
        from gouji.report import console  # only a text view needs it

        options = replace(self._options(detail), advises=advises)
        if self.out.isatty() and report.findings:
            console.coloured(report, options, self.out)
        else:
            self.out.write(console.plain(report, options))

    def picture(self, found: WorkbookMap, detail: int) -> None:
        """What was recognised, drawn: with colour on a terminal."""
        from gouji.report import console, table_view  # only this verb needs them

        options = self._options(detail)
        if self.out.isatty():
            console.paint(table_view.view(found, options), self.out)
        else:
            self.out.write(table_view.plain(found, options))

    def _options(self, detail: int) -> Options:
        from gouji.report import spans

        columns = spans.WIDTH
        if self.out.isatty():
            columns = max(40, min(shutil.get_terminal_size((spans.WIDTH, 24)).columns - 1, spans.WIDEST))
        return spans.Options(self.language, detail, columns, self.out.encoding)


def standard_screen(language: str) -> Screen:
    """The process's own streams, made unable to fail on a character."""
    register_plain_errors()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN_ERRORS)
    return Screen(sys.stdout, sys.stderr, language)


def silence_broken_pipe(screen: Screen) -> None:
    """Let the interpreter close standard output without a complaint after its reader has gone."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), screen.out.fileno())
    except (OSError, ValueError):
        return


def _is_utf8(stream: TextIO) -> bool:
    return (stream.encoding or "utf-8").lower().replace("-", "").replace("_", "") in ("utf8", "cp65001")
