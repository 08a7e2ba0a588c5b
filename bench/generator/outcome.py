"""What gouji makes of a generated workbook, compared with what is known to be true of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bench.generator.books import Generated
from gouji.errors import GoujiError
from gouji.flow import forms_of, judge_book
from gouji.labels import normalised
from gouji.packs.model import Pack
from gouji.report.model import Report
from gouji.sheet import CellRef
from gouji.tables.model import Line, Section, Table
from gouji.tables.recognise import recognise

NEVER_PRINTED = "项目支出绩效自评表"
"""The one form of the pack that the generator does not print: rules that read it are not applied."""


class Problem(NamedTuple):
    """Something that is not as it should be: ``kind`` groups problems of one cause, ``where`` names the place."""

    kind: str
    where: str


def problems(made: Generated, pack: Pack) -> list[Problem]:
    """Everything wrong about gouji's answer to a consistent workbook: empty when all is well."""
    return examined(made, pack)[0]


def examined(made: Generated, pack: Pack) -> tuple[list[Problem], Report | None]:
    """What is wrong about the answer to a consistent workbook, and the answer."""
    recognition = recognise(made.book, forms_of(pack))
    found = [*_missing(made, recognition.tables), *_misread(made, recognition.tables)]
    try:
        report = judge_book(made.book, pack, {}, details=False)
    except GoujiError as error:
        return [*found, Problem("no report", error.chinese)], None
    return [*found, *_unexpected(made, report)], report


def _missing(made: Generated, tables: tuple[Table, ...]) -> Iterator[Problem]:
    recognised = sorted((table.definition.name, table.sheet.name) for table in tables)
    printed = sorted((table.table, table.sheet) for table in made.tables)
    for table, sheet in printed:
        if recognised.count((table, sheet)) != 1:
            yield Problem(f"table {table} recognised {recognised.count((table, sheet))} times", sheet)
    for table, sheet in recognised:
        if (table, sheet) not in printed:
            yield Problem(f"table {table} where there is none", sheet)


def _misread(made: Generated, tables: tuple[Table, ...]) -> Iterator[Problem]:
    """Amounts that are not read under their own names, and cells read as an amount they are not."""
    names = {ref: (truth.table, normal(truth.row), truth.column) for ref, truth in made.truths.items()}
    read = {ref: name for table in tables for ref, name in figures(table)}
    recognised = {(table.definition.name, table.sheet.name) for table in tables}
    missing = {(table.table, table.sheet) for table in made.tables} - recognised
    blank = {ref for ref in {*names, *read} if not _holds_something(made, ref)}
    for ref, name in names.items():
        if (name[0], ref.sheet) in missing or (ref in blank and name in read.values()):
            continue
        if ref not in read:
            yield Problem(f"{name[0]} {name[2]} not read", f"{ref} {name[1]}")
        elif read[ref] != name:
            yield Problem(f"{name[0]} {name[2]} read as another", f"{ref} {name[1:]} as {read[ref][1:]}")
    for ref, name in read.items():
        if ref not in names and not (ref in blank and name in names.values()):
            yield Problem(f"{name[0]} {name[2]} read where none is", f"{ref} {name[1]}")


def _holds_something(made: Generated, ref: CellRef) -> bool:
    """Whether the cell prints anything: which of several blank cells stands for a zero does not matter."""
    return any(sheet.name == ref.sheet and (ref.row, ref.column) in sheet.cells for sheet in made.book.sheets)


def normal(row: str) -> str:
    """A row's name as the definition spells it, each part normalised."""
    return "/".join(normalised(part) for part in row.split("/"))


def figures(table: Table) -> Iterator[tuple[CellRef, tuple[str, str, str]]]:
    """Every figure cell of a recognised table with its table, row and column names."""
    for section in table.sections:
        for line in section.lines:
            for column in section.columns:
                address = section.address(line, column)
                if address is not None and (address.row, address.column) in table.values:
                    yield table.ref(address), (table.definition.name, row_name(section, line), column)


def row_name(section: Section, line: Line) -> str:
    """The section, the total a row of a double name belongs to, and the row's key."""
    parts = [section.definition.name] if section.definition.name else []
    if line.definition is not None and len(line.definition.parents) > 1:
        parts.append(line.groups[-1])
    return "/".join([*parts, line.key])


def _unexpected(made: Generated, report: Report) -> Iterator[Problem]:
    hidden = made.hidden_zeros() | made.adjusted
    for finding in report.findings:
        if finding.severity != "info":
            yield Problem(f"{finding.severity} {finding.rule}", finding.message_zh)
        elif not hidden & set(finding.cells):
            yield Problem(f"info {finding.rule} without a hidden zero or an adjusted digit", finding.message_zh)
    for rule in report.not_applied:
        if not any(title in rule.reason_zh for title in (NEVER_PRINTED, *made.omitted)):
            yield Problem(f"not applied: {rule.reason_zh}", rule.rule)
    for unknown in report.unknown_sheets:
        if unknown.sheet not in made.others:
            yield Problem(f"unknown sheet: {unknown.reason_zh}", unknown.sheet)
