"""``gouji tables``: draw what was recognised on each sheet, and judge nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from gouji.cli import exits
from gouji.cli.checking import Attempts
from gouji.cli.commands import Tables
from gouji.cli.files import expanded
from gouji.cli.screen import Screen
from gouji.errors import GoujiError


def run(command: Tables, screen: Screen) -> int:
    """The exit code: 3 where a workbook cannot be read or holds no standard table."""
    attempts = Attempts(screen)
    for number, file in enumerate(expanded(command.files)):
        if isinstance(file, GoujiError):
            screen.fault(file)
            attempts.codes.append(file.exit_code)
            continue
        if number and command.format == "text":
            screen.print()
        found = attempts.of(file, partial(_show, command, file, screen))
        if found is not None:
            attempts.codes.append(found)
    return exits.most_important(attempts.codes)


def _show(command: Tables, file: str, screen: Screen) -> int:
    from gouji import flow
    from gouji.report.table_map import workbook_map
    from gouji.report.table_view import as_json

    book, pack, recognition = flow.recognise_tables(Path(file), pack=command.pack)
    found = workbook_map(book.name, pack, recognition, book.remarks)
    if command.format == "json":
        screen.document(as_json(found, screen.language) + "\n")
    else:
        screen.picture(found, command.detail)
    return exits.CLEAN if found.tables else exits.WORKBOOK
